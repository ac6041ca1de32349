package jats

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"offprint/internal/journal"
)

// shared is the folder of real inputs beside the project, or "" when it is not
// there.
func shared(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
	}
	data := filepath.Join(dir, "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("real articles are read from ../shared/data, which is not here")
	}
	return data
}

// corpus are the real articles.
func corpus(t testing.TB) []string {
	data := shared(t)
	var files []string
	for _, pattern := range []string{"jats/*.xml", "pages/*.jats.xml"} {
		found, err := filepath.Glob(filepath.Join(data, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("there are no articles in ../shared/data")
	}
	return files
}

// Of all elements of the corpus, at most these shares may be lost: overall,
// and in one real article.
const (
	mostLost      = 0.004
	mostLostInOne = 0.20
)

func TestCorpusIsReadWithFewLosses(t *testing.T) {
	var all tally
	lost := map[string]*lostElement{}
	files := corpus(t)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		reading, one, err := decode(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		all.elements += one.elements
		all.lost += one.lost
		share := float64(one.lost) / float64(one.elements)
		if one.lost > 0 {
			t.Logf("%-55s %6d elements %5d lost %6.2f %%", name, one.elements, one.lost, 100*share)
		}
		for _, l := range reading.Losses {
			note(lost, l)
		}
		if share > mostLostInOne {
			t.Errorf("%s: %.2f %% of the elements are lost", name, 100*share)
		}
		sound(t, name, reading)
	}
	share := float64(all.lost) / float64(all.elements)
	t.Logf("all: %d files, %d elements, %d lost, %.3f %%", len(files), all.elements, all.lost, 100*share)
	if share > mostLost {
		t.Errorf("%.3f %% of all elements are lost, at most %.3f %% may be", 100*share, 100*mostLost)
	}
	table := lossTable(lost)
	t.Log("\n" + table)
	total := fmt.Sprintf("%d articles with %d elements, of which %d are lost (%.2f %%).\n\n", len(files), all.elements, all.lost, 100*share)
	documented(t, total+table)
}

// lostElement is what is lost of one kind of element.
type lostElement struct {
	name, why string
	count     int
	places    map[string]int
}

func note(lost map[string]*lostElement, l journal.Loss) {
	where, times, _ := strings.Cut(l.Where, " ×")
	n, err := strconv.Atoi(times)
	if err != nil {
		n = 1
	}
	name := path.Base(strings.TrimSuffix(where, "/text()"))
	e := lost[name]
	if e == nil {
		e = &lostElement{name: name, why: l.Why, places: map[string]int{}}
		lost[name] = e
	}
	e.count += n
	e.places[where] += n
}

// lossReasons are why the record has no place for an element.
var lossReasons = map[string]string{
	"self-uri": "a file is named without the place where it is", "alt-title": "a short title for the heads of printed pages",
	"custom-meta-group": "pairs for the publisher's own machines", "season": "an issue has a year; its season is printed in its number",
	"contrib-id": "identifiers of people other than ORCID", "role": "contributions in another language, which the article itself states",
	"article-categories": "headings of a part of the discussion, which has its title", "email": "an address of an institution that several people share",
	"elocation-id": "the number of a part, which has no pages of its own", "history": "dates of a part of the discussion",
	"object-id": "identifiers of parts other than DOIs", "index-term": "entries of a printed index", "page-count": "it counts what is there",
	"xref": "a mark beside a name that leads nowhere", "issn": "it is no valid ISSN (ISO 3297)", "kwd-group": "keywords of a figure",
}

// lossTable lists the lost elements, the commonest first.
func lossTable(lost map[string]*lostElement) string {
	list := slices.SortedFunc(maps.Values(lost), func(a, b *lostElement) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.name, b.name))
	})
	var b strings.Builder
	b.WriteString("| element | lost | where most | why |\n|---|---:|---|---|\n")
	for _, e := range list {
		most := slices.MaxFunc(slices.Sorted(maps.Keys(e.places)), func(x, y string) int {
			return cmp.Or(cmp.Compare(e.places[x], e.places[y]), cmp.Compare(y, x))
		})
		why := lossReasons[e.name]
		if why == "" {
			why = e.why
		}
		fmt.Fprintf(&b, "| `%s` | %d | `%s` | %s |\n", e.name, e.count, most, why)
	}
	return b.String()
}

const (
	manual     = "../../../docs/jats.md"
	lossBegin  = "<!-- losses: written by go test ./internal/format/jats -run Corpus -update -->\n"
	lossEnd    = "<!-- end of losses -->\n"
	lossRemedy = "run go test ./internal/format/jats -run Corpus -update"
)

// documented compares the list in the manual with what is lost now.
func documented(t *testing.T, list string) {
	t.Helper()
	b, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(b), lossBegin)
	was, after, closed := strings.Cut(rest, lossEnd)
	if !ok || !closed {
		t.Fatalf("%s has no place for the losses", manual)
	}
	switch {
	case was == list:
	case *update:
		if err := os.WriteFile(manual, []byte(before+lossBegin+list+lossEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the losses in %s are not those of the corpus: %s", manual, lossRemedy)
	}
}

// sound checks what holds for every reading.
func sound(t testing.TB, name string, r *journal.Reading) {
	t.Helper()
	a := &r.Article
	if len(a.Titles) == 0 && a.Type != "correction" {
		t.Errorf("%s: no title", name)
	}
	for i, ref := range a.References {
		if ref.Number != i+1 || strings.TrimSpace(ref.Printed.Plain) == "" {
			t.Errorf("%s: reference %d is numbered %d and prints %q", name, i+1, ref.Number, ref.Printed.Plain)
		}
	}
	for _, c := range a.Contributors {
		for _, i := range c.Affiliations {
			if i < 0 || i >= len(a.Affiliations) {
				t.Errorf("%s: affiliation %d of %d", name, i, len(a.Affiliations))
			}
		}
	}
}
