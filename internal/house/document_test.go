package house

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	requirement = regexp.MustCompile(`(?m)^(?:require )?\s*([a-z0-9][\w./~-]*\.[\w./~-]+) v[^\s]+( // indirect)?$`)
	reason      = regexp.MustCompile("(?m)^\\| *`([^`]+)` *\\|([^|]*)\\|")
)

// direct are the modules that go.mod requires for the project's own imports.
func direct(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, m := range requirement.FindAllStringSubmatch(read(t, "go.mod"), -1) {
		if m[2] == "" {
			out = append(out, m[1])
		}
	}
	return out
}

func TestEveryDependencyHasItsReason(t *testing.T) {
	const document = "docs/dependencies.md"
	required := direct(t)
	if len(required) == 0 {
		t.Fatal("go.mod requires nothing directly: run go mod tidy")
	}
	reasons := map[string]string{}
	for _, m := range reason.FindAllStringSubmatch(read(t, document), -1) {
		reasons[m[1]] = strings.TrimSpace(m[2])
	}
	for _, m := range required {
		if reasons[m] == "" {
			t.Errorf("%s does not say why the project needs %s: add a row", document, m)
		}
	}
	for m := range reasons {
		if !slices.Contains(required, m) {
			t.Errorf("%s names %s, which is no direct dependency of go.mod: remove the row, or run go mod tidy", document, m)
		}
	}
}

// TestImportsAreDirectDependencies: go.mod marks as indirect only what the
// project does not import itself, so that the list of reasons is complete.
func TestImportsAreDirectDependencies(t *testing.T) {
	required := direct(t)
	missing := map[string]string{}
	used := map[string]bool{}
	for _, p := range packages(t) {
		for _, list := range [][]string{p.Imports, p.TestImports, p.XTestImports} {
			for _, to := range list {
				if first, _, _ := strings.Cut(to, "/"); own(to) || !strings.Contains(first, ".") {
					continue // this module or the standard library
				}
				i := slices.IndexFunc(required, func(m string) bool { return to == m || strings.HasPrefix(to, m+"/") })
				if i < 0 {
					missing[to] = p.short()
				} else {
					used[required[i]] = true
				}
			}
		}
	}
	for to, by := range missing {
		t.Errorf("%s imports %s, which go.mod has not as a direct dependency: run go mod tidy", by, to)
	}
	for _, m := range required {
		if !used[m] {
			t.Errorf("go.mod requires %s directly and nothing imports it: run go mod tidy", m)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// awaited are pictures that are made from the finished pages by hand.
var awaited = []string{"docs/screenshots/article.png"}

func TestLinksOfDocumentsLeadToFiles(t *testing.T) {
	files(t, func(name string) {
		if path.Ext(name) != ".md" || strings.Contains(name, "/testdata/") {
			return
		}
		for _, m := range link.FindAllStringSubmatch(read(t, name), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			file := path.Join(path.Dir(name), target)
			if slices.Contains(awaited, file) {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, file)); err != nil {
				t.Errorf("%s links to %s, which is not there", name, m[1])
			}
		}
	})
}

// private are folders of somebody's own machine.
var private = regexp.MustCompile("(?m)(?:^|[\\s\"'`(=:,])/(?:work|root|home/[a-z]\\w*|Users/[A-Za-z]\\w*)(?:/|[\\s\"'`),]|$)")

func TestNothingKnowsAPrivateMachine(t *testing.T) {
	for _, s := range []string{"see /" + "work/shared", "\"/" + "root/x\"", "cd /" + "home/anna/offprint"} {
		if !private.MatchString(s) {
			t.Errorf("%q is not found", s)
		}
	}
	files(t, func(name string) {
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
			return
		}
		if bytes.IndexByte(b, 0) >= 0 {
			return // not a text
		}
		for i, line := range strings.Split(string(b), "\n") {
			if m := private.FindString(line); m != "" {
				t.Errorf("%s:%d names a folder of a private machine, %s", name, i+1, strings.TrimSpace(m))
			}
		}
	})
}

func TestEveryDecisionHasItsForm(t *testing.T) {
	form := regexp.MustCompile(`^docs/decisions/\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md$`)
	n := 0
	files(t, func(name string) {
		if path.Dir(name) != "docs/decisions" {
			return
		}
		n++
		if !form.MatchString(name) {
			t.Errorf("%s is not named YYYY-MM-DD-title.md", name)
		}
		if text := read(t, name); !strings.HasPrefix(text, "# ") || !strings.Contains(text, "\nStatus: ") {
			t.Errorf("%s has no title or no line \"Status: …\"", name)
		}
	})
	if n == 0 {
		t.Error("there are no decisions")
	}
}
