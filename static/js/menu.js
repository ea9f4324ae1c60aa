// The menu works without this file. With it, Escape and a click elsewhere close what is open.
const drawers = document.querySelectorAll(".menu details");

const close = (drawer, { focus }) => {
  if (!drawer.open) return;
  drawer.open = false;
  if (focus) drawer.querySelector("summary").focus();
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = [...drawers].filter((drawer) => drawer.open && drawer.contains(document.activeElement));
  const innermost = open.at(-1);
  if (innermost) close(innermost, { focus: true });
});

document.addEventListener("click", (event) => {
  for (const drawer of drawers) {
    if (!drawer.contains(event.target)) close(drawer, { focus: false });
  }
});
