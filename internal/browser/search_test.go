package browser

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tabTo presses Tab until the focus is on what a selector finds.
func (b *tab) tabTo(selector string) {
	b.t.Helper()
	for range 150 {
		if eval[bool](b, `document.activeElement?.matches(`+"`"+selector+"`"+`) ?? false`) {
			return
		}
		b.do(chromedp.KeyEvent(kb.Tab))
	}
	b.t.Fatalf("Tab does not reach %s", selector)
}

// searched waits for the page of a result, and returns its address.
func (b *tab) searched(what, part string) string {
	b.t.Helper()
	b.await(what, `location.href.includes(`+"`"+part+"`"+`) && document.readyState === "complete" && document.querySelector(".results h2") !== null`)
	return eval[string](b, `location.pathname + location.search`)
}

// TestSearchIsDoneByTheKeyboardAlone: typing, narrowing, sorting, opening a hit.
func TestSearchIsDoneByTheKeyboardAlone(t *testing.T) {
	d := site(t)
	b := open(t, d)
	b.screen(1440, 900, 1)
	b.visit(d.URL + "/demo/search")
	b.tabTo("#query")
	b.do(chromedp.KeyEvent("demonstration"), chromedp.KeyEvent(kb.Enter))
	b.searched("the result", "q=demonstration")
	all := eval[int](b, `document.querySelectorAll(".hits > li").length`)
	if all < 3 {
		t.Fatalf("%d hits", all)
	}
	b.tabTo(`input[name="f-type"]`)
	b.do(chromedp.KeyEvent(" "))
	b.tabTo("#narrow-form button")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.searched("the narrowed result", "f-type=")
	if n := eval[int](b, `document.querySelectorAll(".hits > li").length`); n == 0 || n >= all {
		t.Errorf("%d of %d hits are left", n, all)
	}
	b.tabTo(".chosen a")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.await("the wider result", `!location.href.includes("f-type=") && document.readyState === "complete"`)
	b.tabTo("#sort")
	b.do(chromedp.KeyEvent("o"), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	b.searched("the sorted result", "sort=oldest")
	b.tabTo(".hits h3 a")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.await("the article", `location.pathname.includes("/articles/")`)
}

// TestAdvancedFormIsFilledByTheKeyboard opens the form, fills it and sends it.
func TestAdvancedFormIsFilledByTheKeyboard(t *testing.T) {
	d := site(t)
	b := open(t, d)
	b.screen(320, 700, 1)
	b.visit(d.URL + "/demo/search")
	b.tabTo(".advanced summary")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.tabTo(`.advanced input[name="author"]`)
	b.do(chromedp.KeyEvent("Fallowfield"), chromedp.KeyEvent(kb.Enter))
	address := b.searched("the result", "author=Fallowfield")
	if !strings.Contains(address, "form=1") || !eval[bool](b, `document.querySelector("details.advanced").open && document.querySelector("#query").value === "author:Fallowfield"`) {
		t.Errorf("after %s the form is closed, or the box does not say what was asked", address)
	}
	if what := eval[string](b, wide); what != "" {
		t.Errorf("at 320 pixels the open form scrolls sideways: %s", what)
	}
}

// TestSuggestionsAreAComboboxOfTheKeyboard: arrows choose, Escape gives the typed
// text back, Enter goes there; nothing on the page moves.
func TestSuggestionsAreAComboboxOfTheKeyboard(t *testing.T) {
	d := site(t)
	b := open(t, d)
	b.screen(1440, 900, 1)
	b.visit(d.URL + "/demo/search")
	b.await("the combobox", `document.querySelector("#query").getAttribute("role") === "combobox"`)
	b.tabTo("#query")
	before := eval[float64](b, `document.querySelector(".advanced").getBoundingClientRect().top`)
	b.do(chromedp.KeyEvent("fallow"))
	b.await("suggestions", `document.querySelector("#query").getAttribute("aria-expanded") === "true" && document.querySelectorAll("#suggestions [role=option]").length > 0`)
	if after := eval[float64](b, `document.querySelector(".advanced").getBoundingClientRect().top`); after != before {
		t.Errorf("the page moves by %v pixels", after-before)
	}
	source, err := os.ReadFile(tool(t, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range axe(b, string(source)) {
		t.Errorf("axe with the list open: %+v", f)
	}
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	if !eval[bool](b, `(() => { const q = document.querySelector("#query"), o = document.getElementById(q.getAttribute("aria-activedescendant")); return o?.getAttribute("aria-selected") === "true" && q.value.startsWith("Fallowfield"); })()`) {
		t.Errorf("the arrow chooses nothing: %s", eval[string](b, `document.querySelector("#query").value`))
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	if got := eval[string](b, `document.querySelector("#query").value + "|" + document.querySelector("#suggestions").hidden`); got != "fallow|true" {
		t.Errorf("after Escape: %s", got)
	}
	b.do(chromedp.KeyEvent("f"))
	b.await("suggestions again", `document.querySelector("#query").getAttribute("aria-expanded") === "true"`)
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	b.searched("the articles of the author", "f-author=")
	if n := eval[int](b, `document.querySelectorAll(".hits > li").length`); n < 1 {
		t.Error("the author has no articles")
	}
}
