package usage

import (
	"fmt"
	"strings"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// carriedText is what a list says, in lines that a person can read.
func carriedText(list string, given journal.Count) string {
	var b strings.Builder
	passed, err := ReadCarried(strings.NewReader(list), given, func(l CarriedLine) error {
		fmt.Fprintf(&b, "%d %s", l.Line, l.Article)
		for _, c := range l.Counts {
			fmt.Fprintf(&b, ", %d %s of %s %s–%s", c.Value, c.Metric, c.Source, c.Since, c.Until)
		}
		if l.Err != nil {
			fmt.Fprintf(&b, ": %s", errs.Message(l.Err))
		}
		b.WriteString("\n")
		return nil
	})
	if len(passed) > 0 {
		fmt.Fprintf(&b, "not read: %s\n", strings.Join(passed, ", "))
	}
	if err != nil {
		fmt.Fprintf(&b, "%s\n", errs.Message(err))
	}
	return b.String()
}

func TestListsOfCarriedCounts(t *testing.T) {
	given := journal.Count{Source: "old.example.org", Until: "2020-06"}
	for _, c := range []struct{ name, list, want string }{
		{"plain", "article,views,downloads\n10.5555/a,300,12\n10.5555/b,,0\n",
			"2 10.5555/a, 300 views of old.example.org –2020-06, 12 downloads of old.example.org –2020-06\n3 10.5555/b, 0 downloads of old.example.org –2020-06\n"},
		{"its own source and time", "\ufeffArticle;Views;Since;Until;Source\n/rjr/articles/x;1\u00a0300;2014;2019-03-31;\"Library; the old one\"\n",
			"2 /rjr/articles/x, 1300 views of Library; the old one 2014–2019-03-31\n"},
		{"as OJS gives it", "ID,Title,Total,Abstract Views,File Views,PDF\n123,\"A title, with a comma\",45,30,15,15\n",
			"2 123, 30 views of old.example.org –2020-06, 15 downloads of old.example.org –2020-06\nnot read: Title, Total, PDF\n"},
		{"what is wrong", "article\tviews\tsince\na\tmany\t2014\nb\t-3\t2014\nc\t3\t31.3.2014\n\t5\t2014\nd\t5\t2021\n\"e\nf\"\t1\t\n",
			"2 a: \"many\" is not a number of views\n3 b: \"-3\" is not a number of views\n4 c: \"31.3.2014\" is not a date: write 2019, 2019-03 or 2019-03-31\n5 : it names no article\n6 d: its time ends (2020-06) before it begins (2021)\n7 e\nf, 1 views of old.example.org –2020-06\n"},
		{"no columns", "10.5555/a,300\n", "the first line of the list must name its columns: article, and views, downloads or both\n"},
		{"empty", "", "the list is empty\n"},
		{"binary", "article,views\n\"\x00\xff", "line 2 of the list is not CSV: extraneous or missing \" in quoted-field\n"},
		{"a long line", "article,views\n" + strings.Repeat("x", 70<<10), "the list has a line of more than 65536 bytes: it is not a list of counts\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := carriedText(c.list, given); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func FuzzReadCarried(f *testing.F) {
	f.Add("article,views,downloads\n10.5555/a,300,12\n")
	f.Add("ID;Abstract Views;Since\n\"1\n2\";3;2014\n")
	f.Fuzz(func(t *testing.T, list string) {
		lines := 0
		_, err := ReadCarried(strings.NewReader(list), journal.Count{Source: "x"}, func(l CarriedLine) error {
			lines++
			for _, c := range l.Counts {
				if c.Value < 0 || l.Err != nil || c.Source == "" {
					t.Errorf("taken: %+v", l)
				}
			}
			return nil
		})
		if lines > strings.Count(list, "\n")+strings.Count(list, "\r")+1 {
			t.Errorf("%d lines, %v", lines, err)
		}
	})
}
