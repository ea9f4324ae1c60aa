// Says below a chosen document what readers will miss in it, when the editor opens and whenever another one is chosen.
// The script's own element names the address to ask, with 0 in the place of the document's number.
(() => {
  const { address } = document.currentScript.dataset;
  const shown = new WeakMap();

  const say = (chooser, input, text) => {
    const id = `${input.id}-faults`;
    document.getElementById(id)?.remove();
    if (!text) return;
    const note = document.createElement("p");
    note.id = id;
    note.className = "help-block help-warning document-faults";
    note.setAttribute("role", "status");
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("class", "icon icon-warning");
    icon.setAttribute("aria-hidden", "true");
    icon.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
    icon.firstChild.setAttribute("href", "#icon-warning");
    note.append(icon, text);
    chooser.after(note);
  };

  const look = async (chooser) => {
    const input = document.getElementById(chooser.id.replace(/-chooser$/, ""));
    const number = input?.getAttribute("value") ?? "";
    if (!input || shown.get(chooser) === number) return;
    shown.set(chooser, number);
    let text = "";
    if (number) {
      const answer = await fetch(address.replace("/0/", `/${number}/`)).catch(() => null);
      text = answer?.ok ? (await answer.json()).text : "";
    }
    // Another one may have been chosen in the meantime.
    if (shown.get(chooser) === number) say(chooser, input, text);
  };

  const lookAtAll = () => document.querySelectorAll(".chooser.document-chooser").forEach(look);

  document.addEventListener("change", lookAtAll);
  // Blocks are written out by a script, and added by the editor.
  new MutationObserver(lookAtAll).observe(document.body, { childList: true, subtree: true });
  lookAtAll();
})();
