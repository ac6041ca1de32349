package query

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// pieces are what queries are made of at random: what means something, next to
// what looks like it.
var pieces = []string{
	"war", "мир", "明治維新", "C++", "foo:bar", "http://example.org/a(b)", "Re:", "dark-matter", "don’t", "e\u0301t\u00e9", "ＤＮＡ", "x", "1956", "meteor*", "м*", "史*", "*", "**", "fo*o",
	`"`, `"a b"`, "„", "“", "”", "«", "»", "«a b»", "「", "」", "(", ")", "（", "）", "((((((((((", "))))))))))",
	"OR", "AND", "NOT", "ИЛИ", "НЕ", "И", "or", "|", "||", "-", "--", "−", "–", "&", "+", "..", "…", ",", ".", ":", "/", " ", " ", " ", " ", "\u3000", "\u00a0", "\t", "\u202e", "\u200c", "\x00", "\xff",
	"author:", "Title:", "year:", "date:", "год:", "著者：", "doi:", "orcid:", "issn:", "lang:", "has:pdf", "type:", "nothing:",
	"1956..1960", "1956-60", "1956–60", "2019-03", "2019-3-5", "195*", "..1960", "1956..", "19561",
	"10.1000/182", "10.1016/S0140-6736(05)1", "10.1000/a(b", "10.1000/%22", "https://doi.org/10.1000/182", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "1234-5679",
	"/rjr/articles/a", "https://example.org/articles/a?b#c", strings.Repeat("long", 30), "РОССИЯ", "ЕВРОПА", "\u0301", "İ", "ß", "ﬁ", "=\u0338", "🙂",
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(30) {
		b.WriteString(pieces[r.IntN(len(pieces))])
		if r.IntN(2) == 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// check is what holds for every text.
func check(t *testing.T, text string) {
	t.Helper()
	q := Parse(text)
	if q.Root == nil {
		return
	}
	clauses := 0
	soundness(t, text, q.Root, "", 0, &clauses)
	if clauses > MaxClauses {
		t.Errorf("%q has %d clauses", text, clauses)
	}
	if len(q.Notes) > MaxNotes {
		t.Errorf("%q has %d notes", text, len(q.Notes))
	}
	printed := q.String()
	if utf8.RuneCountInString(printed) <= MaxRunes {
		again := Parse(printed)
		if d := cmp.Diff(q.Root, again.Root); d != "" {
			t.Errorf("%q\nis printed as %q\nwhich is another tree: %s", text, printed, d)
		}
		if len(again.Notes) > 0 && !slices.ContainsFunc(again.Notes, func(n Note) bool { return n.Key == NoteValue || n.Key == NoteWildcard }) {
			t.Errorf("%q\nis printed as %q\nwhich has notes: %v", text, printed, again.Notes)
		}
	}
	checkForm(t, text, q)
}

// soundness checks the promises of Node.
func soundness(t *testing.T, text string, n *Node, parent Op, depth int, clauses *int) {
	t.Helper()
	bad := func(what string) { t.Errorf("%q: %s: %+v", text, what, *n) }
	if depth > 2*MaxNesting+2 {
		bad("too deep")
	}
	switch n.Op {
	case And, Or:
		if len(n.Kids) < 2 || n.Op == parent {
			bad("not joined as promised")
		}
	case Not:
		if len(n.Kids) != 1 || parent == Not {
			bad("no plain opposite")
		}
	case Range:
		if n.Text != "" || !n.Field.ranged() || n.From == "" && n.To == "" || n.Field == Year && len(n.From+n.To)%4 != 0 {
			bad("no range")
		}
	default:
		if n.Field.ranged() || !strings.ContainsFunc(n.Text, begins) || !norm.NFC.IsNormalString(n.Text) || n.Op != Phrase && strings.Contains(n.Text, " ") {
			bad("no text")
		}
		if strings.ContainsFunc(n.Text, func(r rune) bool { return isQuote(r) || unicode.IsControl(r) || r == '\u202e' }) {
			bad("what should have vanished has not")
		}
		if n.Op != Phrase && !n.Field.identifier() && utf8.RuneCountInString(n.Text) > MaxWord {
			bad("too long")
		}
	}
	if len(n.Kids) == 0 {
		*clauses++
	}
	for i := range n.Kids {
		soundness(t, text, &n.Kids[i], n.Op, depth+1, clauses)
	}
}

// checkForm checks that a query goes through the form and comes back.
func checkForm(t *testing.T, text string, q Query) {
	t.Helper()
	p := printer{}
	if p.node(q.Root, 0); p.deepest == MaxNesting {
		return // the form puts parentheses around alternatives
	}
	form, rest := FormOf(q)
	back := strings.TrimSpace(form.Query() + " " + rest)
	if len([]rune(back)) > MaxRunes {
		return
	}
	got := Parse(back)
	if want, have := unordered(q), unordered(got); want != have {
		t.Errorf("%q\nis %s\nthe form %+v\nand the rest %q\nare %s", text, want, form, rest, have)
	}
}

func unordered(q Query) string {
	var all []string
	for _, n := range parts(q.Root) {
		all = append(all, n.String())
	}
	slices.Sort(all)
	return strings.Join(all, " & ")
}

func TestWhatIsPrintedIsReadAsTheSame(t *testing.T) {
	n := 5_000
	if testing.Short() {
		n = 1_500
	}
	for seed := range n {
		text := randomText(rand.New(rand.NewPCG(uint64(seed), 1)))
		check(t, text)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range pieces {
		f.Add(s)
	}
	for seed := range 50 {
		f.Add(randomText(rand.New(rand.NewPCG(uint64(seed), 2))))
	}
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

// TestLongTextsCostWhatTheirBeginningCosts: what is read, and so the memory that
// is asked for, does not grow with what is cut.
func TestLongTextsCostWhatTheirBeginningCosts(t *testing.T) {
	for _, unit := range []string{"a", "(", ")", "-", `"`, "«", "-(", "title:", "a: ", "title:(", "year:", "year:1956-", "OR ", "| a", "a* ", "* ", "*x", "10.1000/(", "10.1000/1 ", "..", "\u0301", "\u202e", "\xff", "ﷺ", "a OR b ", "НЕ "} {
		short := strings.Repeat(unit, MaxRunes)
		long := strings.Repeat(unit, 100_000)
		small := testing.AllocsPerRun(3, func() { Parse(short) })
		large := testing.AllocsPerRun(3, func() { Parse(long) })
		if large > small+5 {
			t.Errorf("%q: %v allocations for %d, %v for 100,000", unit, small, MaxRunes, large)
		}
		q := Parse(long)
		if len(q.Notes) == 0 || q.Notes[0].Key != NoteCut {
			t.Errorf("%q: that the text was cut is not told: %v", unit, q.Notes)
		}
		check(t, long)
	}
}

func TestDeepTextsStayShallow(t *testing.T) {
	q := Parse(strings.Repeat("(a | (b ", 100))
	depth := 0
	var down func(n *Node, at int)
	down = func(n *Node, at int) {
		depth = max(depth, at)
		for i := range n.Kids {
			down(&n.Kids[i], at+1)
		}
	}
	down(q.Root, 0)
	if depth > 2*MaxNesting+2 {
		t.Errorf("the tree is %d deep", depth)
	}
	if !slices.ContainsFunc(q.Notes, func(n Note) bool { return n.Key == NoteNesting }) {
		t.Errorf("that parentheses were left out is not told: %v", q.Notes)
	}
}

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{
		"usual": `author:Иванов (война | мир) year:1956..1960 "холодная война" -рецензия`,
		"100kB": strings.Repeat("year: a: 10.1/x (", 6_000),
		"notes": strings.Repeat("*a ", 30_000),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Parse(text)
			}
		})
	}
}

func ExampleParse() {
	q := Parse(`author:Иванов (война OR мир) год:1956–1960 -рецензия`)
	fmt.Println(q)
	// Output: author:Иванов (война | мир) year:1956..1960 -рецензия
}
