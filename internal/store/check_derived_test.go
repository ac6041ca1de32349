package store

import (
	"context"
	"strings"
	"testing"

	"offprint/internal/journal"
)

// TestCheckDerivesAgainAndCompares: whatever is changed in the derived tables is
// named, with what to do, and doing it puts it right.
func TestCheckDerivesAgainAndCompares(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		a, b, c := work("A", by("", "en=Pyotr Yolkin"), by("", "en=A. N. Panov")), work("B", by("", "en=Pyotr Yolkin")), work("C", by("", "en=The Editors of It"))
		for _, w := range []*journal.Article{&a, &b} {
			w.References, w.Section = refs("one", "two", "10.1/x"), []journal.Text{journal.T("en", "Tides")}
			w.Keywords = []journal.Keywords{{Lang: "en", Words: []string{"law", "peace"}}}
		}
		c.Related = []journal.Related{{Relation: "retracted-article", Slug: "a"}}
		apply(t, s, write(j, "a", a), write(j, "b", b), write(j, "c", c))
		if found := findings(t, s); len(found) != 0 {
			t.Fatalf("what was not derived yet is called wrong: %+v", found)
		}
		caughtUp(t, s)
		sound(t, s)
		for text, says := range map[string]string{
			`UPDATE article SET standing = '' WHERE slug = 'a'`:                               "it is shown as \"current\"",
			`DELETE FROM mention`:                                                             "the works that it names",
			`UPDATE authorship SET record = '{"names":[{"literal":"X"}]}' WHERE position = 1`: "its authors in the index",
			`DELETE FROM authorship WHERE position = 1`:                                       "its authors in the index",
			`DELETE FROM authorship_mark WHERE mark LIKE 'name:%' AND article_id = (SELECT id FROM article WHERE slug = 'b')`:                                                     "its authors in the index",
			`UPDATE authorship SET person_id = (SELECT min(id) FROM person WHERE slug LIKE '%panov%') WHERE person_id = (SELECT min(id) FROM person WHERE slug = 'pyotr-yolkin')`: "leads to another person",
			`UPDATE person SET articles = 9 WHERE slug = 'pyotr-yolkin'`:                                                                                                          "what the index shows",
			`UPDATE keyword SET articles = 9`:                                              "the number of articles",
			`DELETE FROM article_keyword WHERE position = 1`:                               "its keywords",
			`UPDATE article_place SET type = 'other'`:                                      "the section and the type",
			`UPDATE article_place SET section_id = ''`:                                     "the section and the type",
			`DELETE FROM cited`:                                                            "known to cite",
			`DELETE FROM kin WHERE article_id = (SELECT id FROM article WHERE slug = 'a')`: "not related to it",
		} {
			if err := raw(t, s, text); err != nil {
				t.Fatal(err)
			}
			said := false
			for _, f := range findings(t, s) {
				said = said || strings.Contains(f.What, says)
				if f.Do != doRebuild {
					t.Errorf("%s: %q, to do: %s", text, f.What, f.Do)
				}
			}
			if !said {
				t.Errorf("%s: %+v, want %q", text, findings(t, s), says)
			}
			if _, err := s.Rebuild(ctx); err != nil {
				t.Fatal(err)
			}
			if err := s.RebuildBrowse(ctx); err != nil {
				t.Fatal(err)
			}
			if found := findings(t, s); len(found) != 0 {
				t.Fatalf("%s: made anew, %+v", text, found)
			}
		}
	})
}
