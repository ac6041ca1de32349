package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/article"
	"offprint/internal/errs"
	"offprint/internal/journal"
)

func TestArticleComesBackAsItWasWritten(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		w := write(j, "yolkin-2020", sample("Земля"))
		w.Documents = []journal.Document{{Lang: "ru", Body: []article.Node{{Kind: article.Paragraph, Kids: []article.Node{article.Str("Текст <тут>")}}}}}
		w.Counts = []journal.Count{{Metric: "views", Value: 300, Source: "https://old.example"}, {Metric: "downloads", Value: 7, Source: "https://old.example", Since: "2019", Until: "2023-06"}}
		w.Losses = []journal.Loss{{Where: "line 3", What: "Scopus", Why: "unknown"}}
		w.Provenance.SourceSHA256 = strings.Repeat("ab", 32)
		done := apply(t, s, w)[0]
		if done.Slug != "yolkin-2020" || done.Version != 1 || done.Action != Created {
			t.Fatalf("written %+v", done)
		}

		got, err := s.PublishedArticle(ctx, j.ID, "yolkin-2020")
		if err != nil {
			t.Fatal(err)
		}
		sum, _, err := DocumentHash(&w.Documents[0])
		if err != nil {
			t.Fatal(err)
		}
		rec := sample("Земля")
		rec.Documents = []journal.DocumentRef{{Lang: "ru", SHA256: sum}}
		want := &journal.Publication{Journal: *j, ID: done.ArticleID, Slug: "yolkin-2020", Version: 1, Latest: 1, Reason: "imported", Record: rec, Counts: w.Counts,
			Created: got.Created, Issue: &journal.Issue{ID: got.Issue.ID, JournalID: j.ID, Slug: "2020-v5-n2", Year: 2020, Volume: "5", Number: "2"}}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("publication (-want +got):\n%s", d)
		}
		byID, err := s.ArticleByID(ctx, done.ArticleID)
		if d := cmp.Diff(got, byID); d != "" || err != nil {
			t.Errorf("by id: %v\n%s", err, d)
		}
		doc, err := s.Document(ctx, sum)
		if err != nil || cmp.Diff(&w.Documents[0], doc) != "" {
			t.Errorf("document %+v, %v", doc, err)
		}
		losses, from, err := s.Losses(ctx, done.ArticleID, 1)
		if err != nil || cmp.Diff(w.Losses, losses) != "" || cmp.Diff(w.Provenance, from) != "" {
			t.Errorf("losses %+v from %+v, %v", losses, from, err)
		}
		events, err := s.Events(ctx, done.ArticleID)
		if err != nil || len(events) != 1 || events[0].Action != Created || events[0].Actor != "tester" || events[0].Note != "imported" {
			t.Errorf("events %+v, %v", events, err)
		}
		sound(t, s)
	})
}

func TestSecondVersionLeavesTheFirstUntouched(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		first := apply(t, s, write(j, "a", sample("Первый")))[0]
		row := func(n int) string {
			var all [8]string
			err := s.read(ctx, func(tx *tx) error {
				return tx.row(`SELECT record, sha256, provenance, losses, reason, actor, created, article_id FROM version WHERE n = ?1`, []any{n},
					&all[0], &all[1], &all[2], &all[3], &all[4], &all[5], &all[6], &all[7])
			})
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("%q", all)
		}
		before := row(1)

		w := write(j, "ignored", sample("Второй"))
		w.ArticleID, w.Base, w.Reason = first.ArticleID, 1, "title corrected"
		second := apply(t, s, w)[0]
		if second.Version != 2 || second.Slug != "a" || second.Action != Updated {
			t.Fatalf("written %+v", second)
		}
		if after := row(1); after != before {
			t.Errorf("version 1 was\n%s\nand is\n%s", before, after)
		}
		old, err := s.ArticleVersion(ctx, j.ID, "a", 1)
		if err != nil || old.Record.Titles[0].Plain != "Первый" || old.Version != 1 || old.Latest != 2 {
			t.Errorf("version 1: %+v, %v", old, err)
		}
		now, err := s.PublishedArticle(ctx, j.ID, "a")
		if err != nil || now.Record.Titles[0].Plain != "Второй" || now.Version != 2 || now.Reason != "title corrected" {
			t.Errorf("newest: %+v, %v", now, err)
		}
		lines, err := s.Versions(ctx, first.ArticleID)
		if err != nil || len(lines) != 2 || lines[0].Number != 2 || lines[1].Number != 1 || lines[0].Reason != "title corrected" {
			t.Errorf("versions %+v, %v", lines, err)
		}
		for _, text := range []string{`UPDATE version SET reason = 'x'`, `DELETE FROM version`, `UPDATE change SET action = 'x'`, `DELETE FROM change`} {
			if err := raw(t, s, text); err == nil || !strings.Contains(err.Error(), "immutable") {
				t.Errorf("%s: %v", text, err)
			}
		}
		sound(t, s)
	})
}

func TestUnknownThingsAreNotFound(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		apply(t, s, write(j, "a", sample("A")))
		calls := map[string]func() error{
			"article":         func() error { _, err := s.PublishedArticle(ctx, j.ID, "b"); return err },
			"article of none": func() error { _, err := s.PublishedArticle(ctx, "x", "a"); return err },
			"nul in slug":     func() error { _, err := s.PublishedArticle(ctx, j.ID, "a\x00b"); return err },
			"bad utf-8":       func() error { _, err := s.PublishedArticle(ctx, j.ID, "\xff"); return err },
			"by id":           func() error { _, err := s.ArticleByID(ctx, "x"); return err },
			"version":         func() error { _, err := s.ArticleVersion(ctx, j.ID, "a", 2); return err },
			"version 0":       func() error { _, err := s.ArticleVersion(ctx, j.ID, "a", 0); return err },
			"losses":          func() error { _, _, err := s.Losses(ctx, "x", 1); return err },
			"document":        func() error { _, err := s.Document(ctx, "x"); return err },
			"issue":           func() error { _, err := s.Issue(ctx, j.ID, "x"); return err },
			"issue by id":     func() error { _, err := s.IssueByID(ctx, "x"); return err },
			"journal":         func() error { _, err := s.Journal(ctx, "x"); return err },
			"journal by id":   func() error { _, err := s.JournalByID(ctx, "x"); return err },
			"host":            func() error { _, err := s.JournalByHost(ctx, "x"); return err },
			"empty host":      func() error { _, err := s.JournalByHost(ctx, ""); return err },
			"old address":     func() error { _, _, err := s.OldAddress(ctx, "https://x.example/"); return err },
			"no address":      func() error { _, _, err := s.OldAddress(ctx, ""); return err },
			"withdraw":        func() error { return s.Withdraw(ctx, "x", "", "") },
			"update journal":  func() error { return s.UpdateJournal(ctx, "x", func(*journal.Journal) error { return nil }) },
		}
		for name, call := range calls {
			if err := call(); !errors.Is(err, errs.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestWithdrawnArticleKeepsItsAddressAndLeavesTheLists(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		w := write(j, "a", sample("Земля"))
		w.Record.OldAddresses = []string{"https://old.example/a"}
		done := apply(t, s, w, write(j, "b", sample("Вода")))
		for range 2 { // the second time changes nothing
			if err := s.Withdraw(ctx, done[0].ArticleID, "plagiarism", "editor"); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.PublishedArticle(ctx, j.ID, "a")
		if err != nil || !got.Withdrawn {
			t.Errorf("withdrawn article: %+v, %v", got, err)
		}
		if _, slug, err := s.OldAddress(ctx, "https://old.example/a"); slug != "a" || err != nil {
			t.Errorf("old address leads to %q, %v", slug, err)
		}
		recent, _ := s.Recent(ctx, j.ID, 10)
		all, _ := s.Recent(ctx, "", 10)
		inIssue, _ := s.IssueArticles(ctx, got.Issue.ID)
		lines, err := s.Lines(ctx, []string{got.ID, recent[0].ID})
		if err != nil || len(lines) != 1 || lines[recent[0].ID] == nil {
			t.Errorf("lines of a withdrawn article and another: %v, %v", lines, err)
		}
		for name, list := range map[string][]Line{"recent": recent, "all": all, "issue": inIssue} {
			if d := cmp.Diff([]string{"Вода"}, titles(list)); d != "" {
				t.Errorf("%s: %s", name, d)
			}
		}
		issues, _ := s.Issues(ctx, j.ID)
		walk, _ := s.ArticlesAfter(ctx, j.ID, "", 10)
		count, _ := s.ArticleCount(ctx)
		if len(issues) != 1 || issues[0].Articles != 1 || len(walk) != 1 || count != 1 {
			t.Errorf("issues %+v, walk of %d, count %d", issues, len(walk), count)
		}
		changes := allChanges(t, s)
		if last := changes[len(changes)-1]; last.Action != Withdrawn || last.ID != done[0].ArticleID || last.IssueID == "" || len(changes) != 5 {
			t.Errorf("changes %+v", changes)
		}
		next := write(j, "", sample("Земля"))
		next.ArticleID, next.Base = done[0].ArticleID, 1
		if _, err := s.ApplyArticles(ctx, []Write{next}); !errors.Is(err, errs.Conflict) {
			t.Errorf("a new version of a withdrawn article: %v", err)
		}
		sound(t, s)
	})
}

func TestWalkVisitsEveryArticleOnce(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "one"), addJournal(t, s, "two")
		for i := range 25 {
			w := write(j, "", sample(fmt.Sprint("Статья ", i)))
			w.Counts = []journal.Count{{Metric: "views", Value: int64(i), Source: "x"}}
			apply(t, s, w, write(other, "", sample("Чужая")))
		}
		var got []string
		for after := ""; ; {
			page, err := s.ArticlesAfter(ctx, j.ID, after, 7)
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range page {
				got = append(got, p.Record.Titles[0].Plain)
				if len(p.Counts) != 1 || fmt.Sprint("Статья ", p.Counts[0].Value) != p.Record.Titles[0].Plain {
					t.Errorf("counts of %s: %+v", page[i].Slug, p.Counts)
				}
				after = p.ID
			}
			if len(page) < 7 {
				break
			}
		}
		var want []string
		for i := range 25 {
			want = append(want, fmt.Sprint("Статья ", i))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("walk (-want +got):\n%s", d)
		}
		if all, err := s.ArticlesAfter(ctx, "", "", 100); len(all) != 50 || err != nil {
			t.Errorf("walk of all journals: %d, %v", len(all), err)
		}
	})
}
