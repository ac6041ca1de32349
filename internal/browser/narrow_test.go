package browser

import (
	"testing"

	"offprint/internal/testpage"
)

func addresses(pages []*testpage.Got) []string {
	out := make([]string, len(pages))
	for i, g := range pages {
		out[i] = g.Address
	}
	return out
}

// wide names what makes a page wider than its window, empty when nothing does.
const wide = `(() => {
	const room = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= room) return "";
	const inner = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > room + 1 && !e.closest(".scroll, pre, .stay") && e.getBoundingClientRect().width > 1);
	return document.documentElement.scrollWidth + " in " + room + ": " + inner.slice(-3).map(e => e.outerHTML.slice(0, 120)).join(" | ");
})()`

// cut names text that its box hides: what is wider or higher than a box that
// neither grows nor scrolls.
const cut = `[...document.querySelectorAll("body *")].filter(e => {
	const s = getComputedStyle(e);
	return !e.closest(".unseen, svg") && (s.overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1 || s.overflowY === "hidden" && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 120))`

// TestNoPageScrollsSideways: at 320 pixels, which is what a window of 1280 has
// left at 400 % (WCAG 2.2, success criterion 1.4.10).
func TestNoPageScrollsSideways(t *testing.T) {
	d := site(t)
	b := open(t, d)
	for _, look := range []struct {
		name          string
		width, height int64
		scale         float64
	}{{"320 px", 320, 640, 1}, {"400 %", 320, 256, 4}, {"768 px", 768, 1024, 1}, {"1120 px", 1120, 800, 1}, {"1440 px", 1440, 900, 1}} {
		t.Run(look.name, func(t *testing.T) {
			b.t = t
			b.screen(look.width, look.height, look.scale)
			pages := addresses(d.kinds("ru"))
			if look.name == "320 px" {
				pages = addresses(d.some())
			}
			for _, address := range pages {
				b.visit(d.URL + address)
				if what := eval[string](b, wide); what != "" {
					t.Errorf("%s: %s", address, what)
				}
			}
		})
	}
}

// wider sets the spacing of WCAG 2.2, success criterion 1.4.12.
const wider = `(() => {
	const s = new CSSStyleSheet();
	s.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-block-end:2em!important}");
	document.adoptedStyleSheets = [s];
	return true;
})()`

func TestWiderLettersLoseNothing(t *testing.T) {
	d := site(t)
	b := open(t, d)
	for _, width := range []int64{320, 1440} {
		b.screen(width, 900, 1)
		for _, lang := range []string{"en", "ru"} {
			for _, address := range addresses(d.kinds(lang)) {
				b.visit(d.URL + address)
				eval[bool](b, wider)
				if what := eval[string](b, wide); what != "" {
					t.Errorf("%s at %d: %s", address, width, what)
				}
				for _, what := range eval[[]string](b, cut) {
					t.Errorf("%s at %d hides text: %s", address, width, what)
				}
			}
		}
	}
}
