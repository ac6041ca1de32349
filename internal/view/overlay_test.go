package view

import (
	"strings"
	"testing"

	"offprint/internal/testpage"
)

// TestAnotherThemeDrawsEveryPage: a theme that is as different as tokens and
// two blocks can make it is no less whole.
func TestAnotherThemeDrawsEveryPage(t *testing.T) {
	v, err := New("testdata/theme-broadsheet")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range v.colours.faults() {
		t.Error(fault)
	}
	if v.colours["paper"].light.String() != "#fff6e9" {
		t.Error("the theme's colours are not those that looks are made for")
	}
	for _, lang := range []string{"en", "ru", "ja"} {
		for _, bare := range []bool{false, true} {
			for _, p := range pages() {
				fill(p, lang, bare)
				page := draw(t, v, p)
				for _, fault := range testpage.Faults(page) {
					t.Errorf("%s in %s: %s", p.template(), lang, fault)
				}
				if !strings.Contains(page, `class="nameplate"`) || !strings.Contains(page, `class="imprint"`) || strings.Contains(page, `class="masthead"`) || strings.Contains(page, `class="colophon"`) {
					t.Errorf("%s does not have the theme's blocks", p.template())
				}
			}
		}
	}
	css := string(v.assets[v.links.Style].Bytes)
	if strings.Contains(css, "#fcfcfa") || !strings.Contains(css, ".nameplate{") {
		t.Error("the theme's sheets are not those of the pages")
	}
	for name, a := range v.assets {
		if strings.HasSuffix(name, ".css") && physical.MatchString(stringForm.ReplaceAllString(string(a.Bytes), `""`)) {
			t.Errorf("%s knows left and right", name)
		}
	}
}
