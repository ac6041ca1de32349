package house

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// table is where the tiers are written down.
const table = "docs/architecture.md"

// onlyTests is the name of the row of packages that only tests import.
const onlyTests = "tests"

// tiers maps packages to the names of their rows: "0a" is below "0b", which is
// below "1". A row is "| tier | what | packages | … |" with the packages in
// backquotes, by their path below internal; "format/*" is every package below
// format that has no row of its own.
type tiers map[string]string

var (
	rowForm  = regexp.MustCompile(`(?m)^\| *(\d[a-z]?|tests) *\|[^|]*\|([^|]*)\|`)
	nameForm = regexp.MustCompile("`([^`]+)`")
)

func readTiers(text string) (tiers, error) {
	out := tiers{}
	for _, row := range rowForm.FindAllStringSubmatch(text, -1) {
		for _, name := range nameForm.FindAllStringSubmatch(row[2], -1) {
			if was, ok := out[name[1]]; ok {
				return nil, fmt.Errorf("%s stands in two tiers, %s and %s", name[1], was, row[1])
			}
			out[name[1]] = row[1]
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no table of tiers")
	}
	return out, nil
}

// of is the tier of a package and the name that the table has it under.
func (t tiers) of(name string) (tier, entry string, ok bool) {
	if tier, ok = t[name]; ok {
		return tier, name, true
	}
	if i := strings.LastIndex(name, "/"); i > 0 {
		entry = name[:i] + "/*"
		tier, ok = t[entry]
	}
	return tier, entry, ok
}

// allowed says why one package may not import another, or nothing. fromTest is
// an import by a test file, which may reach up to try things together.
func (t tiers) allowed(from, to string, fromTest bool) error {
	a, _, known := t.of(from)
	if !known {
		return nil // said once, by the test
	}
	b, _, known := t.of(to)
	switch {
	case !known, a == onlyTests, fromTest:
		return nil
	case b == onlyTests:
		return fmt.Errorf("%s imports %s, which only tests may import", from, to)
	case b < a:
		return nil
	case b == a:
		return fmt.Errorf("%s imports %s of its own tier %s: move what they share below both", from, to, a)
	default:
		return fmt.Errorf("%s (tier %s) imports %s (tier %s): an arrow that runs up", from, a, to, b)
	}
}

func TestPackagesImportOnlyLowerTiers(t *testing.T) {
	tiers, err := readTiers(read(t, table))
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	used := map[string]bool{}
	for _, p := range packages(t) {
		_, entry, ok := tiers.of(p.short())
		if !ok {
			t.Errorf("package %s has no tier: add it to the table in %s", p.short(), table)
			continue
		}
		used[entry] = true
		for _, to := range p.Imports {
			if own(to) {
				if err := tiers.allowed(p.short(), short(to), false); err != nil {
					t.Error(err)
				}
			}
		}
	}
	for name := range tiers {
		if !used[name] {
			t.Errorf("%s names %s, which is not there: remove it from the table", table, name)
		}
	}
}

// own reports whether an import path is of this module.
func own(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

func TestArrowsThatRunUpAreFound(t *testing.T) {
	tiers, err := readTiers("| tier | what | packages | more |\n|---|---|---|---|\n" +
		"| 0a | kinds | `errs` | never `web` |\n| 0b | leaves | `pid` | |\n| 2 | pure | `format/*`, `render` | |\n| 5b | faces | `web`, `api` | |\n| tests | | `testpg` | |\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		fromTest bool
		ok       bool
	}{
		{"pid", "errs", false, true},
		{"errs", "pid", false, false},
		{"format/jats", "pid", false, true},
		{"format/jats", "format/ris", false, false},
		{"format/jats", "render", false, false},
		{"format/jats", "render", true, true},
		{"render", "web", false, false},
		{"api", "web", false, false},
		{"web", "testpg", false, false},
		{"web", "testpg", true, true},
		{"testpg", "web", false, true},
	} {
		if err := tiers.allowed(c.from, c.to, c.fromTest); (err == nil) != c.ok {
			t.Errorf("%s imports %s (by a test: %v): %v", c.from, c.to, c.fromTest, err)
		}
	}
	if _, _, ok := tiers.of("desk"); ok {
		t.Error("a package without a row has a tier")
	}
	if _, err := readTiers("| 1 | a | `x` | |\n| 2 | b | `x` | |\n"); err == nil {
		t.Error("a package in two tiers is accepted")
	}
}

// sayNothing are names that do not tell what a package holds.
var sayNothing = []string{"util", "utils", "common", "helper", "helpers", "misc", "base", "core", "manager", "processor", "model", "models", "type", "types", "service", "services", "lib", "shared"}

func TestPackagesSayWhatTheyAre(t *testing.T) {
	for _, p := range packages(t) {
		if slices.Contains(sayNothing, p.Name) {
			t.Errorf("package %s: the name says nothing: name it by what it holds", p.ImportPath)
		}
		want := "Package " + p.Name + " "
		if p.Name == "main" {
			want = "Command " + p.ImportPath[strings.LastIndex(p.ImportPath, "/")+1:] + " "
		}
		// go list gives the first sentence only.
		if !strings.HasPrefix(p.Doc, want) {
			t.Errorf("package %s has no doc comment that begins with %q: say what it is, its terms, an example, and what it must not do", p.ImportPath, want)
		}
	}
}
