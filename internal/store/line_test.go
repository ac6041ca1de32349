package store

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/journal"
)

func TestRecentArticlesComeNewestFirst(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "one"), addJournal(t, s, "two")
		add := func(j *journal.Journal, title string, published journal.Date, year int) {
			rec := sample(title)
			rec.Published, rec.Issue = published, nil
			if year != 0 {
				rec.Issue = &journal.Issue{Year: year}
			}
			apply(t, s, write(j, "", rec))
		}
		add(j, "no date", "", 0)
		add(j, "March", "2020-03", 0)
		add(j, "March 14", "2020-03-14", 0)
		add(j, "issue of 2019", "", 2019)
		add(other, "other", "2020-03-15", 0)
		add(j, "2020", "2020", 2018)
		add(j, "December", "2019-12-31", 0)
		add(j, "March again", "2020-03", 0)
		got, err := s.Recent(ctx, j.ID, 10)
		if d := cmp.Diff([]string{"March 14", "March again", "March", "2020", "December", "issue of 2019", "no date"}, titles(got)); d != "" || err != nil {
			t.Errorf("%v, of one journal (-want +got):\n%s", err, d)
		}
		got, err = s.Recent(ctx, "", 2)
		if d := cmp.Diff([]string{"other", "March 14"}, titles(got)); d != "" || err != nil {
			t.Errorf("%v, of all (-want +got):\n%s", err, d)
		}
	})
}

func TestLineKnowsTheORCIDsOfWhomItNames(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		rec := sample("A")
		named := func(role, name, orcid string) journal.Contributor {
			return journal.Contributor{Role: role, Names: []journal.Name{{Literal: name}}, ORCID: orcid}
		}
		rec.Contributors = []journal.Contributor{named("author", "One", ""), named("editor", "Two", "0000-0001-5109-3700"), {Role: "author", ORCID: "0000-0001-5109-3700"}, named("", "Three", "0000-0002-1825-0097")}
		apply(t, s, write(j, "a", rec))
		got, err := s.Recent(ctx, j.ID, 1)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([][]string{{"One", "Three"}, {"", "0000-0002-1825-0097"}}, [][]string{got[0].Contributors, got[0].ORCIDs}); d != "" {
			t.Error(d)
		}
	})
}

func TestLineShowsTheRecordInItsPlace(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		rec := sample("Земля")
		rec.DOI, rec.Section = "10.1/X", []journal.Text{journal.T("en", "History")}
		done := apply(t, s, write(j, "a", rec))[0]
		is, _ := s.Issue(ctx, j.ID, "2020-v5-n2")
		got, err := s.Recent(ctx, j.ID, 1)
		want := []Line{{ID: done.ArticleID, Slug: "a", JournalID: j.ID, JournalPath: "rjr", Titles: rec.Titles, Type: rec.Type, Language: "ru", Contributors: []string{"Пётр Ёлкин"},
			IssueID: is.ID, IssueSlug: is.Slug, Volume: "5", Number: "2", Year: 2020, Pages: rec.Pages, Published: "2020-07", DOI: "10.1/X", Section: rec.Section}}
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("%v, line (-want +got):\n%s", err, d)
		}
	})
}
