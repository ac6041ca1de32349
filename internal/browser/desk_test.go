package browser

import (
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"offprint/internal/app"
	"offprint/internal/citing"
	"offprint/internal/deposit"
	"offprint/internal/store"
)

// deskKey opens the editors' pages of the demonstration.
const deskKey = "key-of-the-editors-01"

// ail makes every second link in the references dead, the first among them.
func (d *demonstration) ail(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	if err := citing.New(d.app.Store).CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	entries, err := d.app.Store.CitedEntries(ctx, "", "", 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	var health []store.LinkHealth
	for _, e := range entries {
		if e.Record.URL != "" {
			h := store.LinkHealth{URL: e.Record.URL, State: deposit.LinkOK, Status: 200}
			if len(health)%2 == 0 {
				h.State, h.Status = deposit.LinkGone, 404
			}
			health = append(health, h)
		}
	}
	if len(health) == 0 {
		t.Fatal("no reference of the demonstration has a link")
	}
	if err := d.app.Store.WriteLinkHealth(ctx, health); err != nil {
		t.Fatal(err)
	}
	links := deposit.NewLinks("editor@example.org", time.Millisecond)
	if err := d.app.CheckLinks(ctx, links, "", time.Hour, func(l app.LinkAnswer) error { t.Errorf("%s was asked", l.URL); return nil }); err != nil {
		t.Fatal(err)
	}
}

// TestEditorComesInByTheKeyboardAlone: the key is typed, the dead links are seen, one
// leads to its reference, and axe finds nothing on the way.
func TestEditorComesInByTheKeyboardAlone(t *testing.T) {
	d := site(t)
	d.ail(t)
	b := open(t, d)
	source, err := os.ReadFile(tool(t, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	look := func() {
		t.Helper()
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1440, 320} {
				b.prefers("prefers-color-scheme", scheme)
				b.screen(width, 900, 1)
				for _, f := range axe(b, string(source)) {
					t.Errorf("%s at %d: %s: %s", scheme, width, f.ID, f.Where)
				}
				if eval[bool](b, `document.documentElement.scrollWidth > innerWidth`) {
					t.Errorf("at %d the page is wider than the screen", width)
				}
			}
		}
	}
	b.visit(d.URL + "/demo/desk/")
	look()
	b.tabTo("#key")
	b.do(chromedp.KeyEvent("not-the-right-key-01"), chromedp.KeyEvent(kb.Enter))
	b.await("the fault", `document.querySelector("[role=alert]") !== null && document.readyState === "complete"`)
	look()
	b.tabTo("#key")
	b.do(chromedp.KeyEvent(deskKey), chromedp.KeyEvent(kb.Enter))
	b.await("the dead links", `location.pathname.endsWith("/desk/references") && document.querySelector(".badge.ailing") !== null && document.readyState === "complete"`)
	look()
	b.tabTo(".dead a")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.await("the reference", `location.pathname.includes("/articles/") && document.querySelector(":target") !== null`)
}
