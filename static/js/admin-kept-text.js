// Sees to it that nothing typed is lost: what is typed before Wagtail begins to look, while it saves or after it has failed is
// saved all the same, a save that failed is tried again with growing waits, and leaving before it is saved warns.
window.keptText = (() => {
  const texts = document.currentScript.dataset;
  const session = window.editorSession;
  const WAITS = [1, 3, 6, 12, 25, 60];
  // Wagtail compares twice a second, and waits for a pause in the typing.
  const NOTICED_WITHIN = 1_500;
  const AT_ONCE = 100;
  const UNCOUNTED = /^(csrfmiddlewaretoken|next|loaded_revision_|overwrite_revision_id|comments-)/;

  const typed = new Map();
  const started = new Map();
  const saved = new Map();
  const sent = new Map();
  const watched = new WeakSet();
  const ready = new WeakSet();
  const early = new WeakSet();
  // Shown with errors: Wagtail takes it for changed from the start, and looks no more.
  const unwatched = new WeakSet();
  const lastDifference = new WeakMap();
  const failing = new Map();

  const isPost = (form) => form?.getAttribute("method")?.toLowerCase() === "post" && !form.matches("[data-session-form], .w-editing-sessions");
  const isEditor = (form) => form.matches("[data-edit-form]");
  const savesItself = (form) => form.matches("[data-controller~='w-autosave']");
  const isUnsaved = (form) => typed.has(form) && typed.get(form) > (saved.get(form) ?? 0);

  // Wagtail compares with what stood there when it began to look; this says that there is something new, whatever it sees.
  // Without a title there can be no page: what came before it is saved together with it.
  const canBeSaved = (form) => form.querySelector("[name=title]")?.value.trim() !== "";
  const isWatched = (form) => watched.has(form) && !unwatched.has(form);
  const mark = (form) => {
    if (!ready.has(form) || !canBeSaved(form)) return;
    form.setAttribute("data-w-unsaved-force-value", "true");
    form.setAttribute("data-w-unsaved-has-edits-value", "true");
  };

  const note = (form) => {
    typed.set(form, Date.now());
    if (!isEditor(form) || isWatched(form)) return;
    early.add(form);
    mark(form);
  };

  const noteEvent = ({ isTrusted, target }) => {
    // What has no name isn't sent: a search among blocks, say.
    const form = isTrusted && (target.name || target.isContentEditable) && target.closest("form");
    if (form && isPost(form)) note(form);
  };
  for (const type of ["input", "beforeinput", "change"]) document.addEventListener(type, noteEvent, { capture: true });

  const contents = (form, skipped = []) => JSON.stringify(
    [...new FormData(form)]
      .filter(([name]) => !UNCOUNTED.test(name) && !skipped.includes(name))
      .map(([name, value]) => [name, value instanceof File ? `${value.name} ${value.size}` : value]),
  );

  // A block that is added or taken away before Wagtail looks.
  document.addEventListener("click", ({ isTrusted, target }) => {
    const form = isTrusted && target.closest?.("[data-edit-form]");
    if (!form || watched.has(form)) return;
    // Comparing costs something; afterwards Wagtail does it.
    const before = contents(form);
    setTimeout(() => { if (contents(form) !== before) note(form); }, AT_ONCE);
  }, { capture: true });

  // What the browser has put back, or was typed before any script ran. Widgets of ours set values too: only plain text is looked at.
  const noteRestored = (form) => {
    const fields = [...form.querySelectorAll("input[type=text], textarea")];
    const restored = fields.some((field) => field.name && field.value !== field.defaultValue && field.checkVisibility()
      && !field.closest("[data-controller~='w-block'], [data-controller~='w-tag'], .modal, .w-dialog"));
    if (restored && !typed.has(form)) note(form);
  };

  document.addEventListener("w-unsaved:ready", ({ target }) => {
    ready.add(target);
    if (target.getAttribute("data-w-unsaved-force-value") === "true") unwatched.add(target);
    if (isUnsaved(target)) mark(target);
  });
  document.addEventListener("w-unsaved:watch-edits", ({ target }) => {
    watched.add(target);
    noteRestored(target);
    if (isUnsaved(target)) mark(target);
  });
  addEventListener("load", () => document.querySelectorAll("[data-edit-form]").forEach(noteRestored));

  const save = (form) => {
    form.setAttribute("data-w-autosave-active-value", "true");
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  };

  const retry = async (form) => {
    const state = failing.get(form);
    if (!state || state.asking || !form.isConnected || window.heldPress.holds(form)) return;
    clearTimeout(state.timer);
    state.asking = true;
    const found = await session.check();
    state.asking = false;
    if (found === "ok" && failing.has(form)) save(form);
    else if (found === "away") later(form);
  };

  const later = (form) => {
    const state = failing.get(form) ?? { tries: 0 };
    failing.set(form, state);
    clearTimeout(state.timer);
    state.timer = setTimeout(retry, WAITS[Math.min(state.tries, WAITS.length - 1)] * 1000, form);
    state.tries += 1;
  };

  document.addEventListener("w-autosave:save", ({ target, detail }) => {
    started.set(target, Date.now());
    if (detail?.formData) sent.set(target, contents(target));
  });
  document.addEventListener("w-autosave:success", ({ target, detail }) => {
    clearTimeout(failing.get(target)?.timer);
    failing.delete(target);
    early.delete(target);
    saved.set(target, started.get(target));
    const updated = Object.keys(detail?.response?.field_updates ?? {});
    const now = contents(target, updated);
    const before = sent.has(target) && JSON.stringify(JSON.parse(sent.get(target)).filter(([name]) => !updated.includes(name)));
    // Wagtail takes what stands there now for what it has saved.
    if (isUnsaved(target) || (before && before !== now && lastDifference.get(target) !== now)) {
      lastDifference.set(target, now);
      typed.set(target, Date.now());
      // Once Stimulus has seen that it was taken for saved: two changes at a time look to it like none.
      setTimeout(mark, 0, target);
    }
  });
  // In words that say what becomes of the text, before Wagtail shows them.
  addEventListener("w-autosave:error", ({ target, detail }) => {
    const problem = detail?.type;
    if (problem !== "network_error" && problem !== "server_error") return;
    detail.text = problem === "network_error" ? texts.away : texts.refused;
    if (target.matches("[data-edit-form]")) later(target);
  }, { capture: true });
  // The page is made; only what is shown beside it did not come.
  document.addEventListener("w-autosave:deactivated", ({ target, detail }) => {
    if (detail?.error?.name === "HydrationError") later(target);
  });
  const retryAll = () => [...failing.keys()].forEach(retry);
  addEventListener("online", retryAll);
  document.addEventListener("editor-session:ok", retryAll);

  const differs = (form) => [...form.elements].some((field) => {
    // What has no name is not sent: a calendar beside a field, say.
    if (!field.name || field.type === "hidden" || field.disabled) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return "defaultValue" in field && field.value !== field.defaultValue;
  });

  const wouldLose = (form) => {
    if (!form.isConnected || !isUnsaved(form)) return false;
    if (!isEditor(form)) return differs(form);
    const noticed = form.getAttribute("data-w-unsaved-has-edits-value") === "true";
    return noticed || !isWatched(form) || early.has(form) || Date.now() - typed.get(form) < NOTICED_WITHIN;
  };

  addEventListener("beforeunload", (event) => {
    if (!window.heldPress.isLeaving() && [...typed.keys()].some(wouldLose)) event.preventDefault();
  });
  // A form that a script of Wagtail's sends on its own, such as an upload in a window for choosing.
  addEventListener("submit", ({ target, defaultPrevented }) => {
    if (defaultPrevented && !isEditor(target)) typed.delete(target);
  });

  return {
    forget: (form) => typed.delete(form),
    retry: (form) => { if (savesItself(form) && isUnsaved(form)) later(form); },
  };
})();
