package browser

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// mark numbers everything that can be reached by Tab in the order of the
// source, and forgets what is not shown.
const mark = `(() => {
	const seen = new Set();
	return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(e => {
		if (e.type === "hidden" || e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true})) return false;
		if (e.type === "radio") { // one stop for the whole group
			if (!e.checked) return false;
		}
		return true;
	}).map((e, i) => { e.dataset.stop = i; return e.outerHTML.slice(0, 90); });
})()`

// focused is the number of what has the focus, -1 for none, and whether one
// sees it: an outline, within the window or scrolled to.
const focused = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return {stop: -1, seen: true, html: ""};
	const s = getComputedStyle(e), r = e.getBoundingClientRect();
	const ring = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
	const here = r.width > 1 && r.height > 1 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
	return {stop: Number(e.dataset.stop ?? -2), seen: ring && here, html: e.outerHTML.slice(0, 120)};
})()`

type focus struct {
	Stop int    `json:"stop"`
	Seen bool   `json:"seen"`
	HTML string `json:"html"`
}

// TestKeyboardReachesEverythingInOrder: Tab follows the source, every stop is
// seen, nothing is left out and nothing holds the focus.
func TestKeyboardReachesEverythingInOrder(t *testing.T) {
	d := site(t)
	b := open(t, d)
	for _, width := range []int64{1440, 320} {
		b.screen(width, 900, 1)
		for _, address := range addresses(d.kinds("en")) {
			b.visit(d.URL + address)
			stops := eval[[]string](b, mark)
			var order []int
			for range len(stops) + 3 {
				b.do(chromedp.KeyEvent(kb.Tab))
				f := eval[focus](b, focused)
				if f.Stop == -1 {
					break
				}
				if !f.Seen {
					t.Errorf("%s at %d: the focus is not seen on %s", address, width, f.HTML)
				}
				if f.Stop == -2 {
					t.Errorf("%s at %d: the focus is on %s, which was not expected", address, width, f.HTML)
				}
				order = append(order, f.Stop)
			}
			if !slices.IsSorted(order) {
				t.Errorf("%s at %d: Tab goes %v", address, width, order)
			}
			for i, html := range stops {
				if !slices.Contains(order, i) {
					t.Errorf("%s at %d: Tab does not reach %s", address, width, html)
				}
			}
		}
	}
}

func TestSkipLinkLeadsPastTheMasthead(t *testing.T) {
	d := site(t)
	b := open(t, d)
	b.screen(1440, 900, 1)
	b.visit(d.URL + "/demo/")
	b.do(chromedp.KeyEvent(kb.Tab))
	if f := eval[focus](b, focused); !strings.Contains(f.HTML, `class="skip"`) || !f.Seen {
		t.Fatalf("the first stop is %s, seen: %v", f.HTML, f.Seen)
	}
	b.do(chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab))
	if in := eval[bool](b, `document.querySelector("main").contains(document.activeElement)`); !in {
		t.Errorf("after the skip link Tab is on %s", eval[focus](b, focused).HTML)
	}
}
