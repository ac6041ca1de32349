package query

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/internal/script"
)

var update = flag.Bool("update", false, "write the golden files")

// TestQueriesAreReadAsWritten compares testdata/*.txt: a line "> text" is a query,
// in Go's quotation marks where it holds what cannot be seen; what is indented
// below it is what Parse makes of it. Other lines are for the reader.
func TestQueriesAreReadAsWritten(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("testdata holds no text: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			was := strings.TrimSuffix(string(b), "\n")
			got := reread(t, was)
			if *update {
				if err := os.WriteFile(name, []byte(got+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, have := strings.Split(was, "\n"), strings.Split(got, "\n")
			query := ""
			for i := range min(len(want), len(have)) {
				if strings.HasPrefix(want[i], "> ") {
					query = want[i]
				}
				if want[i] != have[i] {
					t.Fatalf("line %d, of %s\n got: %s\nwant: %s", i+1, query, have[i], want[i])
				}
			}
			if len(want) != len(have) {
				t.Fatalf("the file has %d lines, what is read %d", len(want), len(have))
			}
		})
	}
}

// reread is the text of a golden file with its trees made anew.
func reread(t *testing.T, text string) string {
	t.Helper()
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "    ") {
			continue
		}
		out = append(out, line)
		typed, ok := strings.CutPrefix(line, "> ")
		if !ok {
			continue
		}
		if strings.HasPrefix(typed, `"\`) {
			var err error
			if typed, err = strconv.Unquote(typed); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
		out = append(out, tell(typed)...)
	}
	return strings.Join(out, "\n")
}

func tell(typed string) []string {
	q := Parse(typed)
	var out []string
	line := func(depth int, format string, args ...any) {
		out = append(out, strings.Repeat("    ", depth+1)+fmt.Sprintf(format, args...))
	}
	if q.Root == nil {
		line(0, "nothing")
	} else {
		outline(q.Root, 0, line)
		line(0, "= %s", q)
	}
	if d := q.Direct; d != (Direct{}) {
		line(0, "direct %s", strings.TrimSpace(d.DOI+d.ORCID+" "+d.Host+d.Path))
	}
	for _, n := range q.Notes {
		line(0, "note %s %v", n.Key, n.Args)
	}
	return out
}

func outline(n *Node, depth int, line func(int, string, ...any)) {
	field := ""
	if n.Field != Anywhere {
		field = " " + string(n.Field)
	}
	switch {
	case len(n.Kids) > 0:
		line(depth, "%s", n.Op)
		for i := range n.Kids {
			outline(&n.Kids[i], depth+1, line)
		}
	case n.Op == Range:
		line(depth, "%s%s %q to %q", n.Op, field, n.From, n.To)
	default:
		line(depth, "%s%s %s", n.Op, field, n.Text)
	}
}

func TestWordsAreThoseLookedForInTexts(t *testing.T) {
	q := Parse(`Ёлка елка "новый год" -снег метео* author:Иванов lang:ru doi:10.1000/182 year:1956 (мир | «война и мир»)`)
	if got, want := strings.Join(q.Words(), " "), "Ёлка новый год метео Иванов мир война и"; got != want {
		t.Errorf("words are %s; want %s", got, want)
	}
	var terms []string
	for _, n := range q.Terms() {
		terms = append(terms, n.String())
	}
	if got, want := strings.Join(terms, ", "), `Ёлка, елка, "новый год", метео*, author:Иванов, мир, "война и мир"`; got != want {
		t.Errorf("terms are %s; want %s", got, want)
	}
	if got := Parse("-снег lang:ru").Words(); len(got) != 0 {
		t.Errorf("words that are excluded or codes are given: %v", got)
	}
	if got := (Query{}).Words(); got != nil {
		t.Errorf("an empty query has the words %v", got)
	}
}

// TestNamesOfFieldsAreDistinctAndFolded: a name is compared with what is typed
// after folding, and printed names must be read back.
func TestNamesOfFieldsAreDistinctAndFolded(t *testing.T) {
	seen := map[string]Field{}
	for _, s := range spellings {
		for i, name := range strings.Fields(s.names) {
			if other, ok := seen[name]; ok {
				t.Errorf("%s names %s and %s", name, other, s.field)
			}
			seen[name] = s.field
			if script.Fold(name) != name {
				t.Errorf("%s is not folded: write %s", name, script.Fold(name))
			}
			if utf8.RuneCountInString(name) > longestName {
				t.Errorf("%s is longer than longestName", name)
			}
			if i == 0 && name != string(s.field) {
				t.Errorf("the first name of %s is %s", s.field, name)
			}
			if f, ok := fieldOf(strings.ToUpper(name)); !ok || f != s.field {
				t.Errorf("%s in capitals is %q", name, f)
			}
		}
	}
	for op := range operators {
		if utf8.RuneCountInString(op) > longestOperator {
			t.Errorf("%s is longer than longestOperator", op)
		}
	}
}
