// Lets the editor save once at a time: a button waits for the autosave under way, and no autosave begins after it. Two at once
// would make two pages of a new one, or refuse the second for its address. A press is never held longer than ten seconds.
(() => {
  const LONGEST = 10_000;
  let saving = false;
  let pressed = null;
  let timer;

  const letAutosave = (form, active) => form.setAttribute("data-w-autosave-active-value", active);

  const release = () => {
    saving = false;
    clearTimeout(timer);
    if (!pressed) return;
    const { form, button } = pressed;
    pressed = null;
    // Wagtail has disabled the button that was pressed, and a disabled one isn't sent along.
    const disabled = button?.disabled;
    if (disabled) button.disabled = false;
    form.requestSubmit(button);
    if (disabled) button.disabled = true;
  };

  document.addEventListener("w-autosave:save", () => { saving = true; });
  document.addEventListener("w-autosave:success", release);
  document.addEventListener("w-autosave:error", release);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-edit-form]")) return;
    if (!saving) return letAutosave(form, false);
    event.preventDefault();
    pressed = { form, button: event.submitter };
    clearTimeout(timer);
    timer = setTimeout(release, LONGEST);
  });
  // Back from a page that couldn't be sent.
  addEventListener("pageshow", ({ persisted }) => {
    const form = document.querySelector("[data-edit-form]");
    if (persisted && form) letAutosave(form, true);
  });
})();
