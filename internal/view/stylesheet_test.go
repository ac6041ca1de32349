package view

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func sheetSources(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(embedded, "css/*.css")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d sheets: %v", len(names), err)
	}
	out := map[string]string{}
	for _, name := range names {
		b, err := fs.ReadFile(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(b)
	}
	return out
}

var (
	commentForm = regexp.MustCompile(`(?s)/\*.*?\*/`)
	stringForm  = regexp.MustCompile(`"[^"\n]*"|'[^'\n]*'`)
)

func TestMinifyLeavesStringsAsTheyAre(t *testing.T) {
	for name, source := range sheetSources(t) {
		want := stringForm.FindAllString(commentForm.ReplaceAllString(source, ""), -1)
		got := stringForm.FindAllString(minify(source), -1)
		if !slices.Equal(got, want) {
			for i := range min(len(got), len(want)) {
				if got[i] != want[i] {
					t.Errorf("%s: %s became %s", name, want[i], got[i])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s: %d strings became %d", name, len(want), len(got))
			}
		}
	}
}

func TestMinify(t *testing.T) {
	for in, want := range map[string]string{
		"a { color: red; }\n\n/* x */ b > c { margin : 0 1px; }": "a{color:red}b > c{margin : 0 1px}\n",
		`li::after { content: "; "; }`:                           "li::after{content:\"; \"}\n",
		`li::after { content: " /* } "; }`:                       "li::after{content:\" /* } \"}\n",
		`a::before { content: 'it\'s  { '; }`:                    "a::before{content:'it\\'s  { '}\n",
		"a :hover { b: c }":                                      "a :hover{b:c}\n",
		"@media (width >= 70rem) { a { b: calc(1px + 2px); } }":  "@media (width >= 70rem){a{b:calc(1px + 2px)}}\n",
		"":                     "\n",
		`a { b: "never closed`: "a{b:\"never closed\n",
		"/* never closed":      "/* never closed\n",
	} {
		if got := minify(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// TestSheetsStandInLayers: a rule outside the layers wins over every theme.
func TestSheetsStandInLayers(t *testing.T) {
	for name, source := range sheetSources(t) {
		rest := strings.TrimSpace(commentForm.ReplaceAllString(source, ""))
		for rest != "" {
			end := block(rest)
			if end < 0 {
				t.Fatalf("%s: a block is not closed: %.40s", name, rest)
			}
			if head := rest[:strings.IndexByte(rest, '{')]; !strings.HasPrefix(head, "@layer ") && !strings.HasPrefix(head, "@font-face") {
				t.Errorf("%s: %s stands outside the layers", name, head)
			} else if layer, ok := strings.CutPrefix(strings.TrimSpace(head), "@layer "); ok && !strings.Contains(layers, layer) {
				t.Errorf("%s: there is no layer %s", name, layer)
			}
			rest = strings.TrimSpace(rest[end:])
		}
	}
}

// block is where the first block of a sheet ends.
func block(css string) int {
	depth := 0
	for i, c := range css {
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// TestVariablesOfTheSheetsAreTokens: var() of a name that nobody sets is the
// initial value, which nobody sees in a review.
func TestVariablesOfTheSheetsAreTokens(t *testing.T) {
	use, set := regexp.MustCompile(`var\((--[a-z0-9-]+)`), regexp.MustCompile(`(--[a-z0-9-]+)\s*:`)
	all := sheetSources(t)
	known := map[string]bool{}
	for _, source := range all {
		for _, m := range set.FindAllStringSubmatch(source, -1) {
			known[m[1]] = true
		}
	}
	for name, source := range all {
		for _, m := range use.FindAllStringSubmatch(source, -1) {
			if !known[m[1]] {
				t.Errorf("%s uses %s, which is not set", name, m[1])
			}
		}
	}
}

func TestEveryFontOfTheSheetsIsThere(t *testing.T) {
	v := plain(t)
	used := map[string]bool{}
	faces := regexp.MustCompile(`(?s)@font-face \{(.*?)\}`)
	for name, source := range sheetSources(t) {
		for _, face := range faces.FindAllStringSubmatch(source, -1) {
			for _, m := range fontURL.FindAllStringSubmatch(face[1], -1) {
				used[m[1]] = true
				if v.links.fonts[m[1]] == "" {
					t.Errorf("%s: there is no font %s", name, m[1])
				}
			}
			if !strings.Contains(face[1], "local(") && !fontURL.MatchString(face[1]) {
				t.Errorf("%s: a face has no file: %s", name, face[1])
			}
		}
	}
	if len(used) < 10 {
		t.Errorf("%d fonts are used", len(used))
	}
	for name := range v.links.fonts {
		if !used[name] {
			t.Errorf("no sheet uses %s", name)
		}
	}
	for name, link := range v.links.fonts {
		if b := v.assets[link].Bytes; string(b[:4]) != "wOF2" {
			t.Errorf("%s is no WOFF2", name)
		}
		licence := "third_party/fonts/" + familyOf(t, name) + "/LICENSE"
		if _, err := fs.Stat(embedded, licence); err != nil {
			t.Errorf("%s has no licence beside it: %v", name, err)
		}
	}
}

func familyOf(t *testing.T, font string) string {
	t.Helper()
	found, err := fs.Glob(embedded, "third_party/fonts/*/"+font)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v, %v", font, found, err)
	}
	return path.Base(path.Dir(found[0]))
}

// TestSheetNamesNoOtherHost: nothing is loaded from elsewhere.
func TestSheetNamesNoOtherHost(t *testing.T) {
	v := plain(t)
	loads := regexp.MustCompile(`url\(([^)]*)\)|@import`)
	for name, a := range v.assets {
		if path.Ext(name) != ".css" {
			continue
		}
		for _, m := range loads.FindAllStringSubmatch(string(a.Bytes), -1) {
			if v.assets[m[1]] == nil {
				t.Errorf("%s loads %q, which is no asset", name, m[0])
			}
		}
	}
}
