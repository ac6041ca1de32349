package search

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"offprint/internal/query"
)

func TestNothingThatIsTypedIsAnError(t *testing.T) {
	x, _ := crowd(t, 160)
	for _, typed := range []string{
		"", "*", "-", "\"", "((((", "a*", "ant*", "-ant", "^(a+)+$", "\x00\x01\u202eant\u202c",
		strings.Repeat("ant ", 10_000), strings.Repeat("a", 100_000), strings.Repeat("ant | ", 5000),
		strings.Repeat("(", 1000) + "ant", `"` + strings.Repeat("ant ", 200), strings.Repeat("-ant ", 100),
		"year:9999..1", "date:..", "lang:", "doi:10.1/*", "鳩", "鳩*", "ー", "a-b-c-d-e-f-g", "'''", "l'", "é\u0301\u0301\u0301", "\xff\xfe",
	} {
		start := time.Now()
		res := ask(t, x, typed)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.40q took %v", typed, took)
		}
		res.Marker().Snippets([]string{typed, "ant bee"}, 2, 50)
		if _, err := x.Suggest(context.Background(), typed, nil, 5); err != nil {
			t.Errorf("%.40q: suggestions: %v", typed, err)
		}
	}
}

func TestSearchThatReachesItsDeadlineIsCut(t *testing.T) {
	x, _ := crowd(t, 400)
	x.options.Deadline = time.Nanosecond
	res, err := x.Search(context.Background(), Request{Query: query.Parse("ant bee"), Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if !res.Cut {
		t.Error("a search without time says that it is complete")
	}
	x.options.Deadline = patience
	if res := ask(t, x, "ant bee"); res.Cut || res.Total == 0 {
		t.Errorf("a search with time: cut %v, total %d", res.Cut, res.Total)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, Request{Query: query.Parse("ant")}); !errors.Is(err, context.Canceled) {
		t.Errorf("a search that nobody waits for: %v", err)
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"L’Étude of e-mail", "ortho-\ngraphy", "鳩山一郎とモスクワ", "Il'yin's", "a-b-c", "ｎｅｕ", "\u00ad-\u00ad", "한국어 text"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, last := 0, -1
		tokenize(s, 0, func(tok token) {
			n++
			if tok.term == "" || tok.start < 0 || tok.end > len(s) || tok.start >= tok.end {
				t.Errorf("%q: %+v", s, tok)
			}
			if !tok.whole {
				if tok.pos <= last {
					t.Errorf("%q: place %d after %d", s, tok.pos, last)
				}
				last = tok.pos
			}
		})
		if n > 2*len(s)+2 {
			t.Errorf("%q: %d terms", s, n)
		}
	})
}

func FuzzPlaces(f *testing.F) {
	f.Add([]byte{1, 2, 3})
	f.Add([]byte{255, 255, 1, 1, 1, 1, 1, 1, 1, 1})
	f.Fuzz(func(t *testing.T, steps []byte) {
		f := newInverted(index.IndexField, 1)
		var want []int
		at := 0
		for i, s := range steps {
			at += 1 + int(s)<<(i%9)
			f.place(f.number("x"), 7, at)
			want = append(want, at)
		}
		if len(want) == 0 {
			return
		}
		got := placesIn(made{f}, nil)
		want = want[:min(len(want), mostPlaces)]
		if !slices.Equal(got, want) {
			t.Fatalf("places %d, want %d", got, want)
		}
		if n := timesOf(f.postings[0].code); n != uint64(min(len(steps), mostTimes)) {
			t.Errorf("%d times, want %d", n, len(steps))
		}
	})
}
