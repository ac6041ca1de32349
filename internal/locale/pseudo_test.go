package locale

import (
	"regexp"
	"slices"
	"testing"

	"golang.org/x/text/feature/plural"
)

func TestPseudoLocaleHasEveryMessageInOtherLetters(t *testing.T) {
	l, en := For(Pseudo), For("en")
	if l.Tag() != Pseudo || l.Dir() != "rtl" || slices.Contains(Supported(), Pseudo) {
		t.Errorf("%s %s", l.Tag(), l.Dir())
	}
	latin := regexp.MustCompile(`[A-Za-z]`)
	for key, m := range en.messages {
		for form, text := range m {
			got := l.messages[key][form]
			if latin.MatchString(got) || latin.MatchString(text) && len([]rune(got)) <= len([]rune(text)) {
				t.Errorf("%s: %q became %q", key, text, got)
			}
			if !slices.Equal(places(got), places(text)) {
				t.Errorf("%s: %q has lost a place: %q", key, text, got)
			}
		}
	}
	if text := l.messages["issue.articles"][plural.Other]; !regexp.MustCompile(`^\{0\} `).MatchString(text) {
		t.Errorf("%q", text)
	}
	if For("ar").Tag() != "en" {
		t.Error("Arabic is answered with the pseudo-locale")
	}
}
