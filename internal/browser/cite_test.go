package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const cited = `document.querySelector("dialog #cited-entry, #cited-entry").textContent.trim()`

// TestCitationIsChosenByTheKeyboardAlone: the dialog of an article opens, shows
// another style at once, and closes; the page of references does so too, and
// keeps the choice in its address.
func TestCitationIsChosenByTheKeyboardAlone(t *testing.T) {
	d := site(t)
	b := open(t, d)
	b.screen(1440, 900, 1)
	article := ""
	for _, g := range d.in("en") {
		if g.Doc.Find("a[data-cite]").Length() > 0 {
			article = g.Address
			break
		}
	}
	if article == "" {
		t.Fatal("no page of an article leads to other styles")
	}
	b.visit(d.URL + article)
	b.tabTo("a[data-cite]")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.await("the dialog", `document.querySelector("dialog.cite-dialog[open] #cited-entry") !== null`)
	first := eval[string](b, cited)
	b.tabTo(`dialog select[name="style"]`)
	b.do(chromedp.KeyEvent("M")) // MLA
	b.await("another style", `document.querySelector("dialog select[name=style]").value === "modern-language-association" && `+cited+` !== `+"`"+first+"`")
	b.await("the button for copying", `!document.querySelector("dialog button[data-copy=cited-entry]").hidden`)
	if eval[string](b, `location.pathname`) != article {
		t.Error("the article was left")
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	b.await("the end of the dialog", `document.querySelector("dialog[open]") === null`)

	b.visit(d.URL + article + "/cite")
	first = eval[string](b, cited)
	b.tabTo(`select[name="style"]`)
	b.do(chromedp.KeyEvent("V")) // Vancouver
	b.await("another style", `location.search.includes("style=vancouver") && `+cited+` !== `+"`"+first+"`")
}
