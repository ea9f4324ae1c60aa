// Tells the pages behind this window that somebody has logged in, and closes it where the browser lets it.
new BroadcastChannel("editor-session").postMessage("changed");
if (window.name === "session-login") window.close();
