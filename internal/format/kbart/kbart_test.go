package kbart

import (
	"strings"
	"testing"

	"offprint/internal/journal"
)

func TestRunningJournalHasNoLastIssue(t *testing.T) {
	j := &journal.Journal{Path: "lamp", Titles: []journal.Text{journal.T("en", "Annals of\tLamps")}, Languages: []string{"en"}, ISSNPrint: "9999-9994", ISSNOnline: "9999-9986",
		Publisher: []journal.Text{journal.T("en", "Lighthouse Press")}}
	var b strings.Builder
	w := NewWriter(&b)
	for _, first := range []*journal.Issue{{Year: 2019, Volume: "1", Number: "1", Published: "2020-01-15"}, nil} {
		if err := w.Title(j, first, "https://example.org/lamp/"); err != nil {
			t.Fatal(err)
		}
	}
	end := "\t\t\t\thttps://example.org/lamp/\t\tlamp\t\tfulltext\t\tLighthouse Press\tserial\t\t\t\t\t\t\t\tF"
	want := []string{strings.Join(columns, "\t"), "Annals of Lamps\t9999-9994\t9999-9986\t2019\t1\t1" + end, "Annals of Lamps\t9999-9994\t9999-9986\t\t\t" + end, ""}
	if got := strings.Split(b.String(), "\n"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
