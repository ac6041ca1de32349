package journal

import (
	"strings"
	"testing"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// TestSameIsFoldedAndNormal: where the short way is taken it leads to the same.
func TestSameIsFoldedAndNormal(t *testing.T) {
	whole := func(s string) string {
		return strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(s))), " ")
	}
	plain := 0
	for r := rune(0); r < 0x3000; r++ {
		s := "x " + string(r) + "Я " + string(r)
		if _, ok := plainSame(s); ok {
			plain++
		}
		if got, want := Same(s), whole(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	if plain < 0x80+0x60 {
		t.Errorf("%d characters are plain", plain)
	}
	for _, s := range []string{"", " A  b\tC\n", "Straße", "ΣΊΣΥΦΟΣ", "И\u0306", "ﬁn № 5", "Ё–«Ж»", "\xff"} {
		if got, want := Same(s), whole(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
