package browser

import (
	"os"
	"strings"
	"testing"
)

// finding is what axe found, one place each.
type finding struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Where string `json:"where"`
}

const runAxe = `axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
	.then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => ({id: v.id, help: v.help, where: n.target.join(" ") + " " + n.html.slice(0, 160) + " " + (n.any[0]?.message ?? "")}))))`

// axe loads the checker into the page that is shown and lists what it finds.
func axe(b *tab, source string) []finding {
	b.t.Helper()
	eval[bool](b, source+";true")
	return eval[[]finding](b, runAxe)
}

// TestAxeFindsNothing looks at the pages in English in light on a wide screen,
// at those in Russian in dark on a narrow one, and at one page of each kind
// the other way round.
func TestAxeFindsNothing(t *testing.T) {
	d := site(t)
	b := open(t, d)
	source, err := os.ReadFile(tool(t, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, look := range []struct {
		name, scheme string
		width        int64
		pages        []string
	}{
		{"light, wide", "light", 1440, addresses(d.in("en"))},
		{"dark, narrow", "dark", 320, addresses(d.in("ru"))},
		{"dark, wide", "dark", 1440, addresses(d.kinds("en"))},
		{"light, narrow", "light", 320, addresses(d.kinds("ru"))},
	} {
		t.Run(look.name, func(t *testing.T) {
			b.t = t
			b.prefers("prefers-color-scheme", look.scheme)
			b.screen(look.width, 900, 1)
			said := map[string]bool{}
			for _, address := range look.pages {
				b.visit(d.URL + address)
				for _, f := range axe(b, string(source)) {
					if line := f.ID + ": " + f.Help + ": " + f.Where; !said[line] {
						said[line] = true
						t.Errorf("%s: %s", address, line)
					}
				}
			}
			if len(look.pages) < 8 {
				t.Errorf("only %d pages: %s", len(look.pages), strings.Join(look.pages, " "))
			}
		})
	}
}
