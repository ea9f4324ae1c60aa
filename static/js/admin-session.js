// Knows whether the one who is writing is still logged in: prolongs the log-in while somebody types or clicks, says so before it
// ends, and lets one log in again in a window of its own while the page stays as it is. Offers `editorSession` to the other scripts.
window.editorSession = (() => {
  const { address, warning, step, ...first } = document.currentScript.dataset;
  const LONGEST_WAIT = 10_000;
  const PAUSE = 3_000;
  const channel = new BroadcastChannel("editor-session");
  const owner = { user: first.user, name: first.name };
  let latest = owner;
  let idleEnd, longestEnd;
  let acted = Date.now();
  let told = acted;
  let asked = 0;
  let postponed = false;
  let known = "ok";
  // Somebody has said "not now": only a press of a button asks again.
  let dismissed = false;

  const dialog = (name) => document.getElementById(`session-${name}`);
  const fill = (what, text) => document.querySelectorAll(`[data-session-${what}]`).forEach((place) => { place.textContent = text; });
  const clock = (time) => new Date(time).toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");

  const adopt = ({ idle, longest }) => {
    idleEnd = Date.now() + idle * 1000;
    longestEnd = Date.now() + longest * 1000;
  };

  // Every form, and what Wagtail's own scripts send, must show the token of the present log-in.
  const renew = (token) => {
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
  };

  const request = async (method) => {
    const headers = { Accept: "application/json", [window.wagtailConfig.CSRF_HEADER_NAME]: window.wagtailConfig.CSRF_TOKEN };
    const options = { method, headers, cache: "no-store", signal: AbortSignal.timeout(LONGEST_WAIT) };
    const response = await fetch(address, options);
    return response.ok ? response.json() : Promise.reject(response.status);
  };

  const judge = async (method) => {
    let answer;
    try {
      answer = await request(method);
    } catch (problem) {
      // Somebody has logged in again beside us: the token of this page is an old one.
      return method === "POST" && problem === 403 ? judge("GET") : "away";
    }
    if (!answer || !("user" in answer)) return "away";
    latest = answer;
    if (answer.user === null) return "out";
    // Only the forms that lead to a log-in as somebody else may be sent while it is not the owner's.
    if (answer.user !== owner.user) {
      dialog("other").querySelector("input[name=csrfmiddlewaretoken]").value = answer.token;
      return "other";
    }
    adopt(answer);
    renew(answer.token);
    dismissed = false;
    return "ok";
  };

  // Answers with "ok", "out" (nobody is logged in), "other" (somebody else is) or "away" (no answer).
  const ask = async (method = "GET") => {
    asked = Date.now();
    known = await judge(method);
    return known;
  };

  // One dialogue at a time; whoever needs the same waits for the same answer.
  let open = null;

  const close = (answer) => {
    if (!open) return;
    const { element, resolve, focused } = open;
    open = null;
    element.close();
    if (focused?.isConnected) focused.focus();
    resolve(answer);
  };

  const show = (name) => {
    const element = dialog(name);
    if (open?.element === element) return open.promise;
    const focused = open?.focused ?? document.activeElement;
    close("again");
    fill("owner", owner.name);
    fill("current", latest.name ?? "");
    fill("time", clock(Math.min(idleEnd, longestEnd)));
    element.querySelector("[data-session-refused]")?.setAttribute("hidden", "");
    open = { element, focused };
    open.promise = new Promise((resolve) => { open.resolve = resolve; });
    element.showModal();
    return open.promise;
  };

  const tell = (found) => {
    if ((found !== "out" && found !== "other") || dismissed) return;
    show(found).then((answer) => { dismissed ||= answer === "cancel"; });
  };

  const isOpen = (name) => open?.element === dialog(name);

  // Looks how things stand, and shows what is wrong with the log-in. Whoever is away is left to who asked.
  const check = async () => {
    const found = await ask();
    tell(found);
    if (found === "ok") {
      if (isOpen("out") || isOpen("other")) close("again");
      if (isOpen("idle") && !isIdleSoon()) close("again");
      document.dispatchEvent(new CustomEvent("editor-session:ok"));
    }
    return found;
  };

  // The same, but not more often than every few seconds.
  const look = () => { if (Date.now() - asked > PAUSE) check(); };

  // Waits until the owner is logged in; answers whether she is, or has had enough.
  const settle = async (found) => {
    while (found === "out" || found === "other") {
      if (await show(found) === "cancel") return false;
      found = await ask();
    }
    return found;
  };

  const work = async () => {
    told = Date.now();
    const found = await ask("POST");
    if (found === "ok") channel.postMessage("prolonged");
    tell(found);
  };

  const showNotice = () => {
    const notice = document.querySelector("[data-session-notice]");
    const shown = longestEnd - Date.now() <= warning * 1000 && !postponed;
    if (shown === !notice.nextElementSibling.hidden) return;
    notice.textContent = shown ? notice.dataset.text.replace("TIME", clock(longestEnd)) : "";
    notice.nextElementSibling.hidden = !shown;
  };

  // At the longest length there is nothing to prolong, and the notice says it.
  const isIdleSoon = () => idleEnd < longestEnd && idleEnd - Date.now() <= warning * 1000;

  const tick = () => {
    const now = Date.now();
    if (known === "out" || known === "other") return;
    if (now >= Math.min(idleEnd, longestEnd)) {
      if (now - asked > (known === "away" ? LONGEST_WAIT : PAUSE)) check();
      return;
    }
    showNotice();
    if (acted > told && now - told >= step * 1000 && !isOpen("idle")) work();
    else if (isIdleSoon() && !open && now - asked > PAUSE) {
      // Somebody may have worked in another tab.
      ask().then((found) => {
        tell(found);
        if (found === "ok" && isIdleSoon()) {
          show("idle").then((answer) => { if (answer !== "again") work(); });
        }
      });
    }
  };

  for (const type of ["keydown", "pointerdown", "input", "paste", "wheel", "touchstart"]) {
    document.addEventListener(type, (event) => { if (event.isTrusted) acted = Date.now(); }, { capture: true, passive: true });
  }

  const mayGoOn = async () => {
    const response = await fetch(location.href, { redirect: "manual", cache: "no-store" }).catch(() => null);
    return Boolean(response?.ok);
  };

  document.addEventListener("click", async (event) => {
    const answer = event.target.closest?.("[data-session-answer]");
    if (answer) return close(answer.dataset.sessionAnswer);
    const link = event.target.closest?.("[data-session-window]");
    // A small window where the browser allows one, else a tab: the link itself.
    if (link && window.open(link.href, link.target, "popup,width=560,height=760")) event.preventDefault();
    if (event.target.closest?.("[data-session-later]")) {
      postponed = true;
      showNotice();
    }
    if (event.target.closest?.("[data-session-adopt]")) {
      if (await mayGoOn()) {
        Object.assign(owner, { user: latest.user, name: latest.name });
        close("again");
        check();
      } else {
        dialog("other").querySelector("[data-session-refused]").hidden = false;
      }
    }
  });
  // Escape is "not now", and in the question whether one is still there "yes".
  document.addEventListener("cancel", (event) => {
    if (!event.target.matches?.(".session-dialog")) return;
    event.preventDefault();
    close("cancel");
  }, { capture: true });

  channel.addEventListener("message", ({ data }) => {
    if (data === "changed" || isOpen("idle")) check();
  });
  for (const type of ["focus", "online"]) addEventListener(type, () => { if (open) look(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  // What Wagtail sends in the background, and its windows for choosing, may be the first to learn of it.
  addEventListener("w-swap:error", look);
  addEventListener("DOMContentLoaded", () => {
    window.jQuery?.(document).ajaxError((_event, { status }) => {
      // Wagtail disables the button of a window for choosing until it is closed, also where none has come, and one inside for long.
      document.querySelectorAll("button[disabled='true']").forEach((button) => button.removeAttribute("disabled"));
      document.querySelectorAll(".modal [data-w-progress-loading-value='true']")
        .forEach((button) => button.setAttribute("data-w-progress-loading-value", "false"));
      if (status === 401 || status === 403) look();
    });
  });
  // Another page of the editor has come: somebody may have logged in there.
  channel.postMessage("changed");

  adopt({ idle: Number(first.idle), longest: Number(first.longest) });
  setInterval(tick, 1000);

  return { ask, check, show, close, settle, fill, get user() { return owner.user; } };
})();
