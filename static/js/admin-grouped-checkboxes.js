// Gives each group of boxes a button that ticks or clears all of it.
document.addEventListener("DOMContentLoaded", () => {
  for (const label of document.querySelectorAll("#id_municipalities label")) {
    const boxes = [...(label.parentElement?.querySelectorAll("input[type=checkbox]") ?? [])];
    if (boxes.length < 2 || label.querySelector("input")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = label.textContent;
    button.addEventListener("click", () => {
      const tick = boxes.some((box) => !box.checked);
      for (const box of boxes) {
        if (box.checked === tick) continue;
        box.checked = tick;
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
    label.replaceWith(button);
  }
});
