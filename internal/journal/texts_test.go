package journal

import (
	"slices"
	"testing"
)

func TestLanguagesInWhichAnArticleCanBeRead(t *testing.T) {
	a := &Article{Language: "pt", Documents: []DocumentRef{{Lang: "en"}, {Lang: "pt"}}, Files: []File{{Role: "galley", Lang: "es"}, {Role: "supplement", Lang: "de"}, {Role: "galley"}}}
	if got := a.TextLanguages(); !slices.Equal(got, []string{"pt", "en", "es"}) {
		t.Errorf("%q", got)
	}
	a.Language = ""
	if got := a.TextLanguages(); !slices.Equal(got, []string{"en", "pt", "es"}) {
		t.Errorf("without its own: %q", got)
	}
}
