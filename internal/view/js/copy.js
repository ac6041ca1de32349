// Buttons with data-copy="ID" copy the text of the element with that id. They
// are hidden in the page and shown here, where copying works; those in a part
// that came later are found when it says "fresh".
function ready(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !button.hidden) continue;
    const word = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.textContent.trim());
        button.textContent = button.dataset.done;
      } catch {
        getSelection().selectAllChildren(source);
      }
      setTimeout(() => { button.textContent = word; }, 3000);
    });
  }
}
if (navigator.clipboard) {
  ready(document);
  document.addEventListener("fresh", () => ready(document));
}
