package diff

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden file anew")

// print shows runs as [-removed-]{+added+}.
func print(list []Run) string {
	var b strings.Builder
	for _, r := range list {
		switch r.Kind {
		case Added:
			b.WriteString("{+" + r.Text + "+}")
		case Removed:
			b.WriteString("[-" + r.Text + "-]")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// sides are the two texts that runs were made of.
func sides(list []Run) (before, after string) {
	for _, r := range list {
		if r.Kind != Added {
			before += r.Text
		}
		if r.Kind != Removed {
			after += r.Text
		}
	}
	return before, after
}

func TestChangesOfTexts(t *testing.T) {
	var b strings.Builder
	for _, c := range []struct{ name, before, after string }{
		{"a word", "The treaty was signed in Moscow.", "The treaty was signed in Tokyo."},
		{"a phrase is one change", "They met on a cold day in March to talk.", "They met during the warm summer to talk."},
		{"a sentence goes", "One came. Two stayed. Three left.", "One came. Three left."},
		{"a sentence comes", "Мир был заключён. Война кончилась.", "Мир был заключён. Так решили оба. Война кончилась."},
		{"another sentence", "Nothing here is alike. The end.", "Quite different words stand now. The end."},
		{"Japanese", "日本は島国である。山が多い。", "日本は美しい島国である。山が多い。"},
		{"an abbreviation ends no sentence", "See vol. 3 of the set.", "See vol. 4 of the set."},
		{"punctuation alone", "First, second and third", "First, second, and third"},
		{"empty before", "", "New."},
		{"empty after", "Old.", ""},
		{"equal", "Same.", "Same."},
	} {
		runs := Text(c.before, c.after)
		if x, y := sides(runs); x != c.before || y != c.after {
			t.Errorf("%s: the runs are of %q and %q", c.name, x, y)
		}
		fmt.Fprintf(&b, "%s\n\t%s\n", c.name, print(runs))
	}
	fmt.Fprintln(&b, "\nparts")
	before := []Part{{"", []string{"An opening."}}, {"Methods", []string{"We counted all of the letters twice.", "Then we stopped."}}, {"Results", []string{"There were many."}}, {"Thanks", []string{"To all."}}}
	after := []Part{{"", []string{"An opening."}}, {"Results", []string{"There were very many."}}, {"How we counted", []string{"We counted all of the letters three times.", "Then we stopped.", "We slept."}}, {"Funding", []string{"None."}}}
	for _, p := range Parts(before, after) {
		fmt.Fprintf(&b, "%s%s\n", print(p.Heading), map[bool]string{true: " (moved)"}[p.Moved])
		for _, q := range p.Paragraphs {
			fmt.Fprintf(&b, "\t%s\n", print(q.Runs))
		}
	}
	const golden = "testdata/changes.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || b.String() != string(want) {
		t.Errorf("%v\ngot:\n%s\nwant:\n%s", err, b.String(), want)
	}
}

func TestEveryPartOfBothTextsIsShownOnce(t *testing.T) {
	before := []Part{{"A", []string{"a"}}, {"B", []string{"b"}}, {"A", []string{"again"}}, {"C", nil}}
	after := []Part{{"C", nil}, {"A", []string{"a"}}, {"D", []string{"d"}}}
	var old, now []string
	for _, p := range Parts(before, after) {
		x, y := sides(p.Heading)
		if p.Kind != Added {
			old = append(old, x)
		}
		if p.Kind != Removed {
			now = append(now, y)
		}
	}
	slices.Sort(old)
	if !slices.Equal(old, []string{"A", "A", "B", "C"}) || !slices.Equal(now, []string{"C", "A", "D"}) {
		t.Errorf("old %q, new %q", old, now)
	}
}

func TestLargeTextsWithNothingInCommonTakeLittleTime(t *testing.T) {
	text := func(seed int) []string {
		var list []string
		for i := range 3000 {
			list = append(list, strings.Repeat(fmt.Sprintf("w%d ", i*7919+seed), 40)+".")
		}
		return list
	}
	start := time.Now()
	list := Paragraphs(text(1), text(2))
	if len(list) != 6000 {
		t.Errorf("%d paragraphs", len(list))
	}
	one, two := strings.Join(text(1), " "), strings.Join(text(3), " ")
	if x, y := sides(Text(one, two)); x != one || y != two {
		t.Error("the runs are of other texts")
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
}

func FuzzRunsAreOfBothTexts(f *testing.F) {
	f.Add("One came. Two stayed.", "One stayed. Two came! Three")
	f.Add("a\n\nb\n\nc", "c\n\na\n\nb")
	f.Add("日本。山", "\xff. A")
	f.Fuzz(func(t *testing.T, before, after string) {
		if x, y := sides(Text(before, after)); x != before || y != after {
			t.Fatalf("%q and %q became %q and %q", before, after, x, y)
		}
		var x, y []string
		old, now := strings.Split(before, "\n\n"), strings.Split(after, "\n\n")
		for _, p := range Paragraphs(old, now) {
			a, b := sides(p.Runs)
			if p.Kind != Added {
				x = append(x, a)
			}
			if p.Kind != Removed {
				y = append(y, b)
			}
		}
		if !slices.Equal(x, old) || !slices.Equal(y, now) {
			t.Fatalf("%q and %q became %q and %q", old, now, x, y)
		}
	})
}
