// Shows the buttons that copy a quote with its speaker and source, where the browser lets a page copy.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const words = button.textContent;
    const figure = button.closest("[id]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.querySelector("link[rel=canonical]")?.href ?? location.href;
      await navigator.clipboard.writeText(`${button.dataset.copy}\n${document.title}\n${source}#${figure.id}`);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}
