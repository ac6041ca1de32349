// A choice of style or language shows its reference at once, without a new page;
// on the page of an article the choice opens in a dialog. Both take the part of
// the page of references that is needed. Without this the form and the link work.
const parts = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw answer;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

function live(root, keep) {
  const form = root.querySelector(".cite-form");
  if (!form) return;
  form.querySelector("button").hidden = true;
  let turn = 0;
  form.addEventListener("change", async () => {
    const mine = ++turn;
    const address = form.action + "?" + new URLSearchParams(new FormData(form));
    try {
      const fresh = (await parts(address)).querySelector("#cited");
      if (mine !== turn) return;
      root.querySelector("#cited").replaceChildren(...fresh.childNodes);
      root.dispatchEvent(new CustomEvent("fresh", { bubbles: true }));
      if (keep) history.replaceState(null, "", address);
    } catch {
      form.submit();
    }
  });
}

live(document, true);

for (const link of document.querySelectorAll("a[data-cite]")) {
  let dialog;
  link.addEventListener("click", async (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    try {
      if (!dialog) {
        const page = await parts(link.href);
        dialog = document.createElement("dialog");
        dialog.className = "cite-dialog";
        dialog.setAttribute("aria-label", link.textContent);
        const close = document.createElement("button");
        close.className = "close";
        close.textContent = "×";
        close.setAttribute("aria-label", link.dataset.close);
        close.addEventListener("click", () => dialog.close());
        dialog.append(close, page.querySelector("#citing"));
        document.body.append(dialog);
        live(dialog, false);
        dialog.dispatchEvent(new CustomEvent("fresh", { bubbles: true }));
      }
      dialog.showModal();
    } catch {
      location.href = link.href;
    }
  });
}
