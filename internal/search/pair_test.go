package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestPhrasesOfFrequentWordsAreFoundWhereTheyStand: of documents that nearly all have
// the words, those are found that have them side by side, and all of these.
func TestPhrasesOfFrequentWordsAreFoundWhereTheyStand(t *testing.T) {
	words := strings.Fields("tide reed lamp harbour ледник волна gauge night")
	r := rand.New(rand.NewPCG(1, 2))
	var docs []Document
	texts := map[string]string{}
	for n := range 2600 {
		var b []string
		for range 24 {
			b = append(b, words[r.IntN(len(words))])
		}
		id := fmt.Sprintf("d%04d", n)
		texts[id] = " " + strings.Join(b, " ") + " "
		d := Document{ID: id, Titles: []Text{{"en", "x"}}}
		if n%2 == 0 {
			d.Abstracts = []Text{{"en", texts[id]}}
		} else {
			d.FullText = []Text{{"en", texts[id]}}
		}
		docs = append(docs, d)
	}
	x := open(t, docs...)
	s, err := x.snapshot()
	if err != nil {
		t.Fatal(err)
	}
	sieved := 0
	for range 40 {
		var phrase []string
		for range 2 + r.IntN(2) {
			phrase = append(phrase, words[r.IntN(len(words))])
		}
		typed := strings.Join(phrase, " ")
		want := 0
		for _, text := range texts {
			if strings.Contains(text, " "+typed+" ") {
				want++
			}
		}
		if got := ask(t, x, `"`+typed+`"`).Total; got != want {
			t.Errorf("%q is found %d times, and stands in %d", typed, got, want)
		}
		forms := func(w string) []form { return []form{{surface: w}} }
		for _, p := range s.parts {
			some, sure, err := p.pairs(inAbstract, forms(phrase[0]), forms(phrase[1]))
			if err != nil || !sure {
				t.Fatal(sure, err)
			}
			if n := some.GetCardinality(); n > 0 && n < 1300 {
				sieved++
			}
		}
	}
	s.close()
	if sieved == 0 {
		t.Error("nothing was left out before the places were read")
	}
}
