// Lets a text be longer than its field may hold, and says so, instead of cutting the end off what is pasted without a word. The
// server refuses it in the same words. A newline is sent as two characters, and counted so there.
(() => {
  const { count, tooLong } = document.currentScript.dataset;
  const NEAR = 0.9;
  let made = 0;

  const lengthOf = (field) => {
    const value = field.value.trim();
    return [...value].length + (value.match(/\n/g)?.length ?? 0);
  };

  function noteFor(field) {
    const known = field.dataset.lengthNote && document.getElementById(field.dataset.lengthNote);
    if (known) return known;
    const note = document.createElement("p");
    note.id = `length-note-${made += 1}`;
    note.className = "length-note";
    note.setAttribute("role", "status");
    field.dataset.lengthNote = note.id;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${note.id}`.trim());
    field.after(note);
    return note;
  }

  function tell(field) {
    const limit = Number(field.dataset.limit);
    const length = lengthOf(field);
    if (length <= limit * NEAR && !field.dataset.lengthNote) return;
    const over = length > limit;
    const note = noteFor(field);
    note.classList.toggle("length-note--over", over);
    const words = over ? tooLong : length > limit * NEAR ? count : "";
    note.textContent = words.replace("{count}", length).replace("{limit}", limit);
  }

  function lift({ target }) {
    if (!target.matches?.("input[maxlength], textarea[maxlength]") || target.type === "password") return;
    target.dataset.limit = target.getAttribute("maxlength");
    target.removeAttribute("maxlength");
  }

  document.addEventListener("focusin", lift);
  document.addEventListener("dragenter", lift);
  document.addEventListener("input", ({ target }) => { if (target.dataset?.limit) tell(target); });
})();
