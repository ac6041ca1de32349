package csl

import (
	"testing"

	"offprint/internal/testrecord"
)

// TestNamesAreInTheLanguageAskedFor: an English article of an author who is printed in
// Russian first is cited in English by the Latin name, where there is one.
func TestNamesAreInTheLanguageAskedFor(t *testing.T) {
	p := testrecord.Sample()
	for lang, want := range map[string][3]string{
		"en":    {"Mezhevoy", "Oribon", "The lamp of <i>Patience</i> & H<sub>2</sub>: A log read twice"},
		"en-GB": {"Mezhevoy", "Oribon", "The lamp of <i>Patience</i> & H<sub>2</sub>: A log read twice"},
		"ru":    {"Межевой", "折本", "Лампа «Терпения»: Журнал, прочитанный дважды"},
		"ja":    {"Межевой", "折本", "忍耐の灯"},
		"de":    {"Межевой", "折本", "The lamp of <i>Patience</i> & H<sub>2</sub>: A log read twice"},
	} {
		item := In(p, "", lang)
		if got := [3]string{item.Author[0].Family, item.Author[1].Family, item.Title}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
