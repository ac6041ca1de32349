package store

import (
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"offprint/internal/tally"
)

// listening is an engine that notes the statements of a store.
type listening struct {
	engine
	mu   sync.Mutex
	said map[string]bool
}

func (l *listening) bind(text string) string {
	l.mu.Lock()
	l.said[text] = true
	l.mu.Unlock()
	return l.engine.bind(text)
}

// small are tables of few rows, which may be read from one end to the other.
var small = []string{"journal", "follower", "migration", "usage_spool", "usage_log", "source_join", "source_split", "wanted", "w", "given", "g", "n", "j", "webpage", "announcement"}

var scanned = regexp.MustCompile(`^SCAN ([a-z]\w*)`)

// TestPagesOfReadersScanNoTable: what is asked for a page finds its rows by an index,
// however many there are.
func TestPagesOfReadersScanNoTable(t *testing.T) {
	s := place{Config{DataDir: t.TempDir()}}.open(t)
	j := addJournal(t, s, "j")
	done := apply(t, s, write(j, "one", sample("One")), write(j, "two", sample("Two")))
	citeAs(t, s, done[0], j, "doi:one", "text:a", "doi:two")
	citeAs(t, s, done[1], j, "doi:two", "text:a")
	ctx := t.Context()
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	source, _ := sourceOf(t, s, done[0], 0)
	heard := &listening{engine: s.engine, said: map[string]bool{}}
	s.engine = heard
	issue, slug := "", ""
	asked := map[string]func() error{
		"article":    func() error { _, err := s.PublishedArticle(ctx, j.ID, "one"); return err },
		"cited":      func() error { _, err := s.CitedReferences(ctx, done[0].ArticleID); return err },
		"cited by":   func() error { _, err := s.CitedBy(ctx, done[0].ArticleID); return err },
		"source":     func() error { _, err := s.Source(ctx, source, 20, 0); return err },
		"sources":    func() error { _, err := s.Sources(ctx, j.ID, "E", 20, 0); return err },
		"ways":       func() error { _, err := s.Ways(ctx, done[0].ArticleID); return err },
		"versions":   func() error { _, err := s.Versions(ctx, done[0].ArticleID); return err },
		"lines":      func() error { _, err := s.Lines(ctx, []string{done[0].ArticleID}); return err },
		"recent":     func() error { _, err := s.Recent(ctx, j.ID, 20); return err },
		"usage":      func() error { _, err := s.Usage(ctx, j.ID, tally.OfArticle, done[0].ArticleID); return err },
		"usage sum":  func() error { _, err := s.UsageOfArticles(ctx, j.ID, []string{done[0].ArticleID}); return err },
		"accepted":   func() error { _, err := s.AcceptedDOIs(ctx, []string{done[0].ArticleID}); return err },
		"read":       func() error { _, err := s.ReadReferences(ctx, []string{done[0].ArticleID}); return err },
		"old":        func() error { _, _, err := s.OldAddress(ctx, "https://x.example/1"); return ignore(err) },
		"authors":    func() error { _, err := s.Authors(ctx, j.ID, "A", 20, 0); return err },
		"keywords":   func() error { _, err := s.Keywords(ctx, j.ID, "A", 20, 0); return err },
		"issue":      func() error { _, err := s.Issue(ctx, j.ID, slug); return ignore(err) },
		"of issue":   func() error { _, err := s.IssueArticles(ctx, issue); return err },
		"identifier": func() error { _, err := s.HarvestOf(ctx, "", "j", "one"); return ignore(err) },
		"harvest":    func() error { _, err := s.Harvest(ctx, Harvest{JournalID: j.ID, Limit: 10}); return err },
		"places": func() error {
			_, err := s.ArticlesAt(ctx, j.ID, []Place{{Slug: "one"}, {Old: "https://x.example/1"}})
			return err
		},
		"fates":  func() error { _, err := s.WorkStatuses(ctx, []string{"10.5555/x"}); return err },
		"health": func() error { _, err := s.LinkHealths(ctx, []string{"https://x.example"}); return err },
		"ailing": func() error { _, err := s.ReferenceHealths(ctx, j.ID, true, 20, 0); return err },
		"sick":   func() error { _, err := s.ReferenceHealthTotals(ctx, j.ID); return err },
	}
	for name, ask := range asked {
		heard.said = map[string]bool{}
		if err := ask(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for text := range heard.said {
			plan := planOf(t, s, text)
			for _, step := range plan {
				m := scanned.FindStringSubmatch(step)
				if m != nil && !slices.Contains(small, m[1]) && !slices.Contains(plan, "CO-ROUTINE "+m[1]) && !slices.Contains(plan, "MATERIALIZE "+m[1]) {
					t.Errorf("%s: %s\n%s", name, step, text)
				}
			}
		}
	}
}

func ignore(err error) error {
	if err != nil && strings.Contains(err.Error(), "no ") {
		return nil
	}
	return err
}

// planOf is how SQLite finds what a statement asks for.
func planOf(t *testing.T, s *Store, text string) (steps []string) {
	t.Helper()
	if !strings.HasPrefix(text, "SELECT") && !strings.HasPrefix(text, "WITH") {
		return nil
	}
	text = strings.Replace(text, "VALUES %", "VALUES (?1, ?2, ?3, ?4)", 1)
	var rows *sql.Rows
	var err error
	for n := 4; n >= 1; n-- { // as many columns as the list has
		marks := strings.TrimSuffix(strings.Repeat("?, ", n), ", ")
		if rows, err = s.reading.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+strings.Replace(text, "VALUES (?1, ?2, ?3, ?4)", "VALUES ("+marks+")", 1), arguments(9)...); err == nil {
			break
		}
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	return steps
}

func arguments(n int) (out []any) {
	for i := range n {
		out = append(out, fmt.Sprint(i))
	}
	return out
}
