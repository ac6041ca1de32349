package search

import (
	"strings"
	"testing"
)

// shown writes runs with brackets around what is marked.
func shown(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Marked {
			b.WriteString("[" + r.Text + "]")
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestWhatWasFoundIsMarked(t *testing.T) {
	texts := []string{
		"Neutrinos and the neutrino’s mass", "Хатояма Итиро в Москве", "鳩山一郎の訪ソ", "An e-mail about L’Étude",
		"the ﬁeld of ｎｅｕｔｒｉｎｏ", "meteorology of a meteor",
	}
	var docs []Document
	for i, text := range texts {
		docs = append(docs, title(string(rune('a'+i)), "en", text))
	}
	docs[1].Titles[0].Lang = "ru"
	docs = append(docs, Document{ID: "x", Authors: []Author{{[]Name{{"Hatoyama", "Ichirō"}, {"鳩山", "一郎"}}}}})
	x := open(t, docs...)
	for _, c := range []struct {
		typed string
		text  int
		want  string
	}{
		{"neutrino", 0, "[Neutrinos] and the [neutrino]’s mass"},
		{"neutrino", 4, "the ﬁeld of [ｎｅｕｔｒｉｎｏ]"},
		{"field", 4, "the [ﬁeld] of ｎｅｕｔｒｉｎｏ"},
		{"Hatoyama", 1, "[Хатояма] Итиро в Москве"},
		{"Hatoyama", 2, "[鳩山]一郎の訪ソ"},
		{"鳩山一郎", 2, "[鳩山一郎]の訪ソ"},
		{"москва", 1, "Хатояма Итиро в [Москве]"},
		{"email", 3, "An [e-mail] about L’Étude"},
		{"e-mail", 3, "An [e-mail] about L’Étude"},
		{"etude", 3, "An e-mail about L’[Étude]"},
		{"meteor*", 5, "[meteorology] of a [meteor]"},
		{`"of a meteor"`, 5, "meteorology [of a meteor]"},
		{"meteor -neutrino", 0, "Neutrinos and the neutrino’s mass"},
	} {
		if got := shown(ask(t, x, c.typed).Marker().Mark(texts[c.text])); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.typed, got, c.want)
		}
	}
}

func TestSnippetsShowWhereMostStands(t *testing.T) {
	filler := strings.Repeat("Nothing to see here at all. ", 20)
	texts := []string{
		filler + "A neutrino alone. " + filler,
		filler + "Here oscillations of a neutrino were seen. " + filler + "Once more a neutrino. " + filler,
	}
	x := open(t, Document{ID: "a", Abstracts: []Text{{"en", texts[0]}, {"en", texts[1]}}})
	m := ask(t, x, "neutrino oscillations").Marker()
	got := m.Snippets(texts, 2, 100)
	if len(got) != 2 {
		t.Fatalf("%d snippets, want 2: %+v", len(got), got)
	}
	for i, want := range []string{"A [neutrino] alone.", "Here [oscillations] of a [neutrino] were seen."} {
		s := got[i]
		text := shown(s.Runs)
		if s.Of != i || !s.Before || !s.After || !strings.Contains(text, want) {
			t.Errorf("snippet %d is of text %d (before %v, after %v): %s", i, s.Of, s.Before, s.After, text)
		}
		if n := len([]rune(text)); n > 120 {
			t.Errorf("snippet %d has %d letters, about 100 were asked for: %s", i, n, text)
		}
	}
	if got := m.Snippets([]string{filler}, 2, 100); len(got) != 0 {
		t.Errorf("a text without what was looked for has the snippets %+v", got)
	}
	if got := m.Snippets(texts[1:], 1, 2000)[0]; got.Before || got.After {
		t.Error("a snippet as wide as the text says that the text goes on")
	}
}

func FuzzSnippets(f *testing.F) {
	f.Add("A neutrino of the neutrino’s mass", "neutrino", 20)
	f.Add("鳩山一郎の訪ソ 鳩山 e-mail", "鳩山", 5)
	f.Add("a\xffb c\u00adc", "c", 1)
	f.Fuzz(func(t *testing.T, text, word string, width int) {
		width = min(max(width, 1), 1000)
		var terms []slot
		m := &Marker{terms: map[string]int{}, prefixes: map[string]int{}}
		tokenize(word, 0, func(tok token) {
			m.terms[tok.term] = len(m.terms)
			terms = append(terms, slot{at: len(terms), forms: []form{{surface: tok.term}}})
		})
		if len(terms) > 1 {
			m.phrase(70, terms)
		}
		plain := func(runs []Run) string {
			var b strings.Builder
			for _, r := range runs {
				if r.Text == "" {
					t.Error("an empty run")
				}
				b.WriteString(r.Text)
			}
			return b.String()
		}
		if got := plain(m.Mark(text)); got != text {
			t.Errorf("marking changes %q to %q", text, got)
		}
		snippets := m.Snippets([]string{text, text}, 3, width)
		for _, s := range snippets {
			if !strings.Contains(text, plain(s.Runs)) {
				t.Errorf("%q is no piece of %q", plain(s.Runs), text)
			}
		}
	})
}
