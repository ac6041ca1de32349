// Completes what is typed into a search box: a combobox with a list
// (WAI-ARIA Authoring Practices 1.2). Without it the box is a box.
const box = document.querySelector("input[data-suggest]");
const list = document.createElement("ul");
let asked = "", timer = 0, at = -1, typed = "";

function close() {
  clearTimeout(timer);
  list.hidden = true;
  at = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function choose(i) {
  list.children[at]?.removeAttribute("aria-selected");
  at = i;
  const item = list.children[i];
  if (item) {
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", item.id);
  } else box.removeAttribute("aria-activedescendant");
  box.value = item ? item.dataset.text : typed;
}

async function ask() {
  const text = box.value.trim();
  if (text === asked && !list.hidden) return;
  asked = text;
  if (text.length < 2 && !/[^\u0000-\u2fff]/.test(text)) return close();
  try {
    const answer = await fetch(`${box.form.action.replace(/search$/, "suggest.json")}?q=${encodeURIComponent(text)}`);
    if (!answer.ok || asked !== text || document.activeElement !== box) return;
    const [, texts, words, addresses] = await answer.json();
    list.replaceChildren(...texts.map((s, i) => {
      const item = document.createElement("li"), what = document.createElement("small");
      item.id = `suggestion-${i}`;
      item.setAttribute("role", "option");
      item.dataset.text = s;
      item.dataset.to = addresses[i];
      what.textContent = words[i];
      item.append(s, " ", what);
      return item;
    }));
    typed = box.value;
    at = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = !texts.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  } catch { close(); }
}

if (box) {
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggest);
  box.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) box.setAttribute(name, value);
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (e) => {
    const n = list.children.length;
    if (e.key === "Escape" && !list.hidden) {
      box.value = typed;
      close();
    } else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && !list.hidden && n) {
      choose(e.key === "ArrowDown" ? (at + 2) % (n + 1) - 1 : (at + n + 1) % (n + 1) - 1);
    } else return;
    e.preventDefault();
  });
  // Enter sends the form, unless something is chosen.
  box.form.addEventListener("submit", (e) => {
    if (at < 0 || list.hidden) return;
    e.preventDefault();
    location.href = list.children[at].dataset.to;
  });
  list.addEventListener("mousedown", (e) => {
    const item = e.target.closest("li");
    if (item) { e.preventDefault(); location.href = item.dataset.to; }
  });
}
