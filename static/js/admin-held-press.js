// Holds the press of a button until the site can take what is sent. The log-in is looked at first; then an editor's form is sent
// without leaving the page, so that whatever answers (an error, a log-in page, nothing at all) takes nothing away that was written.
window.heldPress = (() => {
  const session = window.editorSession;
  const WAITS = [2, 4, 8, 15, 30, 60];
  const LONGEST_WAIT = 120_000;
  // Whoever pressed so long ago is asked before anything but a draft is sent.
  const STILL_WANTED = 60_000;
  const held = new Set();
  let passing = null;
  let leaving = false;

  const attribute = (form, button, name) => button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
  const addressOf = (form, button) => new URL(attribute(form, button, "action"), location.href);
  const label = (button) => button?.textContent.trim().replace(/\s+/g, " ") || document.title;
  const isDraft = (form, button) => !button?.name?.startsWith("action-") && !form.querySelector("[name='action-workflow-action']");

  // Wagtail disables the button that was pressed, and a disabled one isn't sent along.
  const enabled = (button, use) => {
    const disabled = button?.disabled;
    if (disabled) button.disabled = false;
    const result = use();
    if (disabled) button.disabled = true;
    return result;
  };

  const giveBack = (form, button) => {
    held.delete(form);
    // What Wagtail has added for the button that was pressed must not go along with the next save.
    form.querySelectorAll("[name='action-workflow-action'], [name='workflow-action-name'], [name='workflow-action-extra-data']")
      .forEach((input) => input.remove());
    if (form.matches("[data-controller~='w-unsaved']")) form.setAttribute("data-w-unsaved-confirmation-value", "true");
    if (form.matches("[data-controller~='w-autosave']")) form.setAttribute("data-w-autosave-active-value", "true");
    if (button) {
      if (button.hasAttribute("data-w-progress-loading-value")) button.setAttribute("data-w-progress-loading-value", "false");
      button.disabled = false;
      button.focus();
    }
    window.keptText.retry(form);
  };

  // The way of the browser itself.
  const pass = (form, button) => {
    held.delete(form);
    passing = form;
    window.keptText.forget(form);
    enabled(button, () => form.requestSubmit(button));
  };

  const go = (address) => {
    leaving = true;
    const target = new URL(address, location.href);
    const isHere = target.pathname + target.search === location.pathname + location.search;
    if (isHere && target.hash) {
      history.replaceState(null, "", target);
      location.reload();
    } else {
      location.assign(target);
    }
  };

  const post = async (form, button) => {
    const body = enabled(button, () => new FormData(form, button));
    const headers = { Accept: "text/html", "X-Filled-In-By": session.user };
    // A file may take its time.
    const signal = [...body.values()].some((value) => value.size) ? null : AbortSignal.timeout(LONGEST_WAIT);
    let response;
    try {
      response = await fetch(addressOf(form, button), { method: "POST", body, headers, redirect: "manual", signal });
    } catch {
      return { outcome: "away" };
    }
    if (response.headers.get("Content-Type")?.startsWith("application/json")) {
      return response.json().catch(() => ({ outcome: "away" }));
    }
    if (response.status >= 500 || response.status === 0) return { outcome: "away" };
    // A page to look at: most often the form with what has to be mended.
    return { outcome: response.ok ? "page" : "refused" };
  };

  // Waits, says so, and answers whether to go on.
  const wait = async (tries) => {
    let left = WAITS[Math.min(tries, WAITS.length - 1)];
    session.fill("seconds", left);
    const timer = setInterval(() => {
      left -= 1;
      session.fill("seconds", Math.max(left, 0));
      if (left <= 0) session.close("again");
    }, 1000);
    const back = () => session.close("again");
    addEventListener("online", back);
    const answer = await session.show("away");
    clearInterval(timer);
    removeEventListener("online", back);
    return answer !== "cancel";
  };

  const hold = async (form, button) => {
    held.add(form);
    const pressed = Date.now();
    let refusals = 0;
    for (let tries = 0; form.isConnected;) {
      const found = await session.settle(await session.ask());
      if (found === false) return giveBack(form, button);
      if (found === "away") {
        if (!(await wait(tries))) return giveBack(form, button);
        tries += 1;
        continue;
      }
      if (tries && !isDraft(form, button) && Date.now() - pressed > STILL_WANTED) {
        session.fill("action", label(button));
        if (await session.show("back") === "cancel") return giveBack(form, button);
      }
      if (!form.matches("[data-edit-form]")) return pass(form, button);
      const { outcome, location: address } = await post(form, button);
      if (outcome === "done") return go(address);
      if (outcome === "page") return pass(form, button);
      if (outcome === "away") {
        if (!(await wait(tries))) return giveBack(form, button);
        tries += 1;
      } else if (outcome === "refused") {
        // The token may have changed in between; once is then enough.
        refusals += 1;
        if (refusals > 1 && await session.show("refused") === "cancel") return giveBack(form, button);
      }
    }
    held.delete(form);
  };

  addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (event.defaultPrevented || form.matches("[data-session-form]")) return;
    if (passing === form) {
      passing = null;
      return;
    }
    const elsewhere = attribute(form, button, "target");
    if (attribute(form, button, "method").toLowerCase() !== "post" || (elsewhere && elsewhere !== "_self")) return;
    if (addressOf(form, button).origin !== location.origin) return;
    event.preventDefault();
    if (!held.has(form)) hold(form, button);
  });
  // After the windows of the workflow Wagtail sends the form itself, without the event that tells of it.
  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-edit-form]").forEach((form) => { form.submit = () => form.requestSubmit(); });
  });
  // Wagtail asks in a window of its own, before the press gets here, when it has no network; this script does it with less.
  const oneQuestion = () => document.querySelectorAll("[data-w-session-intercept-value='network']")
    .forEach((element) => element.setAttribute("data-w-session-intercept-value", ""));
  for (const type of ["w-swap:error", "w-autosave:error"]) addEventListener(type, oneQuestion);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) leaving = false; });

  return { holds: (form) => held.has(form), isLeaving: () => leaving };
})();
