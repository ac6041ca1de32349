// Helps a reader of the full text. Everything here enhances links that work
// without it: a glance at what a link leads to, notes lifted into the margin,
// addresses of paragraphs, the place kept when the language of the text changes.

const root = document.documentElement;
const prose = document.querySelectorAll(".prose");

/** A copy of what an element shows, without ids and links back. */
function copyOf(target) {
  const copy = target.cloneNode(true);
  for (const el of [copy, ...copy.querySelectorAll("[id]")]) el.removeAttribute("id");
  for (const el of copy.querySelectorAll(".backs, .said, .back, .pilcrow, .part-links")) el.remove();
  copy.removeAttribute("style");
  return copy;
}

/* A glance: by pointer after a moment, by keyboard at once, by touch at the
   first tap (the second follows the link). Escape closes it, and it stays while
   the pointer is on it (WCAG 2.2, 1.4.13). */
if (HTMLElement.prototype.showPopover) {
  const box = document.createElement("div");
  box.className = "glance";
  box.popover = "manual";
  box.setAttribute("role", "note");
  document.body.append(box);
  let owner = null, timer = 0, touched = false;

  const targetOf = (link) => {
    const id = decodeURIComponent(link.hash.slice(1));
    if (!id || link.pathname !== location.pathname) return null;
    const el = document.getElementById(id);
    return el?.closest("li.reference, .notes > li, figure, .equation, .box") ?? null;
  };
  const hide = () => {
    clearTimeout(timer);
    if (owner) { box.hidePopover(); owner.removeAttribute("aria-describedby"); owner = null; }
  };
  const show = (link) => {
    clearTimeout(timer);
    if (owner === link) return true;
    hide();
    const target = targetOf(link);
    if (!target || target.contains(link)) return false;
    const copy = copyOf(target);
    const lang = target.closest("[lang]")?.lang;
    if (lang) copy.lang = lang;
    const list = target.localName === "li" ? document.createElement("ul") : null;
    list?.append(copy);
    box.replaceChildren(list ?? copy);
    box.id = "glance";
    box.showPopover();
    owner = link;
    link.setAttribute("aria-describedby", "glance");
    const at = link.getBoundingClientRect(), size = box.getBoundingClientRect();
    const above = at.bottom + size.height + 8 > innerHeight && at.top > size.height + 8;
    box.style.top = `${above ? at.top - size.height - 6 : at.bottom + 6}px`;
    box.style.left = `${Math.max(8, Math.min(at.left, root.clientWidth - size.width - 8))}px`;
    return true;
  };
  const linkOf = (event) => event.target.closest?.("a.cite, a.note, .prose a[href^='#']:not(.back)");

  for (const text of [...prose, ...document.querySelectorAll(".abstract")]) {
    text.addEventListener("pointerover", (e) => {
      const link = linkOf(e);
      if (!link || e.pointerType === "touch") return;
      clearTimeout(timer);
      timer = setTimeout(show, 150, link);
    });
    text.addEventListener("pointerout", (e) => {
      if (!linkOf(e) || e.pointerType === "touch") return;
      clearTimeout(timer);
      timer = setTimeout(hide, 250);
    });
    text.addEventListener("focusin", (e) => { const link = linkOf(e); if (link?.matches(":focus-visible")) show(link); });
    text.addEventListener("focusout", () => { timer = setTimeout(hide, 100); });
    text.addEventListener("pointerdown", (e) => { touched = e.pointerType === "touch"; });
    text.addEventListener("click", (e) => {
      const link = linkOf(e);
      if (link && touched && owner !== link && show(link)) e.preventDefault(); else hide();
    });
  }
  box.addEventListener("pointerover", () => clearTimeout(timer));
  box.addEventListener("pointerleave", () => { timer = setTimeout(hide, 250); });
  addEventListener("keydown", (e) => { if (e.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true });
  document.addEventListener("pointerdown", (e) => { if (owner && !box.contains(e.target) && !owner.contains(e.target)) hide(); });
}

/* Notes in the margin, beside their marks, where the page has one. */
const wide = matchMedia("(width >= 70rem)");
const lists = [...document.querySelectorAll(".section-notes")].filter((el) => !el.closest(".parallel"));
function lift() {
  const page = document.getElementById("main");
  const top = page.getBoundingClientRect().top;
  const far = document.querySelector(".page > .far");
  let free = far ? far.getBoundingClientRect().bottom - top + 24 : 0;
  for (const list of lists) {
    list.classList.toggle("lifted", wide.matches);
    for (const note of list.querySelectorAll("li")) {
      note.style.top = "";
      if (!wide.matches) continue;
      const back = note.querySelector(".back");
      const mark = back && document.getElementById(back.hash.slice(1));
      if (!mark) continue;
      const want = mark.getBoundingClientRect().top - top;
      free = Math.max(free, want);
      note.style.top = `${free}px`;
      free += note.getBoundingClientRect().height + 12;
    }
  }
}
if (lists.length) {
  let asked = 0;
  const again = () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(lift); };
  new ResizeObserver(again).observe(document.getElementById("main"));
  wide.addEventListener("change", again);
  addEventListener("beforeprint", () => { for (const list of lists) list.classList.remove("lifted"); });
  addEventListener("afterprint", again);
}

/* The address of a paragraph, for who points at it. */
for (const p of document.querySelectorAll(".prose p[id^='p-']")) {
  p.addEventListener("pointerenter", () => {
    const link = document.createElement("a");
    link.className = "pilcrow";
    link.href = `#${p.id}`;
    link.textContent = "¶";
    link.tabIndex = -1;
    link.setAttribute("aria-hidden", "true");
    p.append(link);
  }, { once: true });
}

/* The place in the text when another language of it is chosen. */
const place = "place-in-text";
const sections = () => [...document.querySelectorAll(".prose > section")];
for (const link of document.querySelectorAll("a[data-text]")) {
  link.addEventListener("click", () => {
    const i = sections().findLastIndex((s) => s.getBoundingClientRect().top < innerHeight / 3);
    if (i >= 0) sessionStorage.setItem(place, JSON.stringify([location.pathname, i]));
  });
}
try {
  const [path, i] = JSON.parse(sessionStorage.getItem(place) ?? "[]");
  sessionStorage.removeItem(place);
  if (path === location.pathname && !location.hash) sections()[i]?.scrollIntoView();
} catch { /* storage is off: the text begins at its beginning */ }
