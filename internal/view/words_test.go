package view

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// sources are all templates by their names.
func sources(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(embedded, "templates", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(embedded, name)
		out[name] = string(b)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d templates: %v", len(out), err)
	}
	return out
}

var (
	message = regexp.MustCompile(`\b(?:t|heading) "([a-z0-9.-]+)"`)
	family  = regexp.MustCompile(`\bword "([a-z-]+)"`)
)

// TestTemplatesUseWordsThatExist: T prints the key itself where nobody has the
// message, which no reader should see.
func TestTemplatesUseWordsThatExist(t *testing.T) {
	var english map[string]map[string]any
	if _, err := toml.DecodeFile("../locale/catalog/en.toml", &english); err != nil {
		t.Fatal(err)
	}
	found := 0
	for name, source := range sources(t) {
		for _, m := range message.FindAllStringSubmatch(source, -1) {
			found++
			section, key, _ := strings.Cut(m[1], ".")
			if english[section][key] == nil {
				t.Errorf("%s: there is no message %q", name, m[1])
			}
		}
		for _, m := range family.FindAllStringSubmatch(source, -1) {
			found++
			if len(english[m[1]]) == 0 {
				t.Errorf("%s: there is no family %q", name, m[1])
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d words found in the templates: does the test still read them?", found)
	}
}
