package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/article"
	"offprint/internal/errs"
	"offprint/internal/journal"
)

// refused checks the kind of an error and that a person is told these words.
func refused(t *testing.T, err, kind error, words ...string) {
	t.Helper()
	var p *errs.Problem
	if !errors.Is(err, kind) || !errors.As(err, &p) {
		t.Errorf("got %v, want a problem of the kind %v", err, kind)
		return
	}
	for _, w := range words {
		if !strings.Contains(errs.Message(err), w) {
			t.Errorf("%q does not say %q", errs.Message(err), w)
		}
	}
}

func TestBatchIsWrittenWholeOrNotAtAll(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		good, bad := write(j, "good", sample("Хорошая")), write(j, "bad", sample("Плохая"))
		bad.ArticleID, bad.Base = "no such article", 1
		_, err := s.ApplyArticles(ctx, []Write{good, bad})
		refused(t, err, errs.NotFound, "Плохая", "no such article")
		if n, _ := s.ArticleCount(ctx); n != 0 {
			t.Errorf("%d articles were written", n)
		}
		if changes := allChanges(t, s); len(changes) != 1 {
			t.Errorf("changes %+v", changes)
		}
		if issues, _ := s.Issues(ctx, j.ID); len(issues) != 0 {
			t.Errorf("issues %+v", issues)
		}
		apply(t, s, good)
		if changes := allChanges(t, s); len(changes) != 3 || changes[2].Seq != 3 {
			t.Errorf("changes after a failed batch: %+v", changes)
		}
		if done, err := s.ApplyArticles(ctx, nil); len(done) != 0 || err != nil {
			t.Errorf("empty batch: %v, %v", done, err)
		}
		sound(t, s)
	})
}

func TestVersionPlannedOnAnOldOneIsRefused(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		done := apply(t, s, write(j, "a", sample("Земля")))[0]
		w := write(j, "", sample("Земля и небо"))
		w.ArticleID, w.Base = done.ArticleID, 1
		apply(t, s, w)
		_, err := s.ApplyArticles(ctx, []Write{w})
		refused(t, err, errs.Conflict, "Земля и небо", "version 2", "version 1")
		w.Base = 2
		_, err = s.ApplyArticles(ctx, []Write{w, w})
		refused(t, err, errs.Conflict, "twice")
		sound(t, s)
	})
}

func TestOfManyWhoWriteTheNextVersionOneWins(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s, s2 := context.Background(), p.open(t), p.open(t)
		j := addJournal(t, s, "rjr")
		done := apply(t, s, write(j, "a", sample("Земля")))[0]
		var wg sync.WaitGroup
		results := make([]error, 10)
		for i := range results {
			wg.Go(func() {
				w := write(j, "", sample(fmt.Sprint("Земля ", i)))
				w.ArticleID, w.Base = done.ArticleID, 1
				_, results[i] = []*Store{s, s2}[i%2].ApplyArticles(ctx, []Write{w})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range results {
			if err == nil {
				won++
			} else {
				refused(t, err, errs.Conflict, "Земля")
			}
		}
		if v, _ := s.Versions(ctx, done.ArticleID); won != 1 || len(v) != 2 {
			t.Errorf("%d won, versions %+v", won, v)
		}
		sound(t, s)
	})
}

func TestAddressesOfArticlesAreUniqueInTheirJournal(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		j, other := addJournal(t, s, "one"), addJournal(t, s, "two")
		var writes []Write
		for i := range 12 {
			w := write(j, "editorial", sample("Слово"))
			if i == 5 {
				w.SlugBase = "editorial-3"
			}
			writes = append(writes, w)
		}
		writes = append(writes, write(other, "editorial", sample("Слово")))
		slugs := func(done []Written) (list []string) {
			for _, d := range done {
				list = append(list, d.Slug)
			}
			return list
		}
		want := []string{"editorial", "editorial-2", "editorial-4", "editorial-5", "editorial-6", "editorial-3", "editorial-7", "editorial-8", "editorial-9",
			"editorial-10", "editorial-11", "editorial-12", "editorial"}
		if d := cmp.Diff(want, slugs(apply(t, s, writes...))); d != "" {
			t.Errorf("addresses in one batch (-want +got):\n%s", d)
		}
		more := apply(t, s, write(j, "editorial", sample("Слово")), write(j, "Café & Co.", sample("Слово")), write(j, "", sample("Слово")), write(j, strings.Repeat("word-", 90), sample("Слово")))
		if d := cmp.Diff("editorial-13", more[0].Slug); d != "" {
			t.Error(d)
		}
		if more[1].Slug != "cafe-co" {
			t.Errorf("address made of a text: %q", more[1].Slug)
		}
		if len(more[2].Slug) != 8 || len(more[3].Slug) > 120 {
			t.Errorf("short and long address: %q, %q", more[2].Slug, more[3].Slug)
		}
		sound(t, s)
	})
}

func TestConcurrentWritersNeverShareAnAddressOrAnIssue(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s, s2 := context.Background(), p.open(t), p.open(t)
		j := addJournal(t, s, "rjr")
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				for n := range 10 {
					rec := sample(fmt.Sprintf("Слово %d %d", i, n))
					rec.Issue = &journal.Issue{Year: 2000 + n%3, Number: fmt.Sprint((i + n) % 4)}
					second := sample("Ещё")
					second.Issue = &journal.Issue{Year: 2000 + (i+n)%3, Number: fmt.Sprint(n % 4)}
					writes := []Write{write(j, "editorial", rec), write(j, "editorial", second)}
					for try := 0; ; try++ {
						_, err := []*Store{s, s2}[i%2].ApplyArticles(ctx, writes)
						if err == nil {
							break
						}
						if !errors.Is(err, errs.Conflict) || try > 50 {
							t.Error(err)
							return
						}
					}
				}
			})
		}
		wg.Wait()
		issues, err := s.Issues(ctx, j.ID)
		if err != nil {
			t.Fatal(err)
		}
		seen, articles := map[string]bool{}, 0
		for _, is := range issues {
			key := fmt.Sprint(is.Year, "/", is.Number)
			if seen[key] {
				t.Errorf("issue %s exists twice", key)
			}
			seen[key] = true
			articles += is.Articles
		}
		if articles != 160 {
			t.Errorf("%d articles in issues, want 160", articles)
		}
		sound(t, s)
	})
}

func TestCountsAloneMakeNoVersion(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		w := write(j, "a", sample("Земля"))
		w.Counts = []journal.Count{{Metric: "views", Value: 300, Source: "x"}, {Metric: "downloads", Value: 5, Source: "x"}, {Metric: "views", Value: 1, Source: "y"}}
		done := apply(t, s, w)[0]
		before := allChanges(t, s)

		only := Write{JournalID: j.ID, ArticleID: done.ArticleID, CountsOnly: true, Reason: "counts", Actor: "tester",
			Counts: []journal.Count{{Metric: "views", Value: 310, Source: "x"}}, Identities: []Identity{{"source", "again"}}}
		if got := apply(t, s, only)[0]; got.Action != Updated || got.Version != 1 || got.Slug != "a" {
			t.Errorf("written %+v", got)
		}
		now, err := s.PublishedArticle(ctx, j.ID, "a")
		want := []journal.Count{{Metric: "views", Value: 310, Source: "x"}, {Metric: "downloads", Value: 5, Source: "x"}, {Metric: "views", Value: 1, Source: "y"}}
		if err != nil || now.Version != 1 {
			t.Fatalf("%+v, %v", now, err)
		}
		if d := cmp.Diff(want, now.Counts); d != "" {
			t.Errorf("counts (-want +got):\n%s", d)
		}
		after := allChanges(t, s)
		if len(after) != len(before)+1 || after[len(after)-1].Action != Updated || after[len(after)-1].ID != done.ArticleID {
			t.Errorf("changes %+v", after[len(before):])
		}
		if known, _ := s.KnownArticles(ctx, j.ID, only.Identities); len(known) != 1 {
			t.Errorf("known by the identity that came with the counts: %+v", known)
		}

		if got := apply(t, s, only)[0]; got.Action != Unchanged {
			t.Errorf("the same counts again: %+v", got)
		}
		if again := allChanges(t, s); len(again) != len(after) {
			t.Errorf("the same counts again are in the change feed: %+v", again[len(after):])
		}
		only.ArticleID = ""
		_, err = s.ApplyArticles(ctx, []Write{only})
		refused(t, err, errs.Invalid)
		sound(t, s)
	})
}

func TestArticleThatMovesToAnotherIssueTellsBoth(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		done := apply(t, s, write(j, "a", sample("Земля")))[0]
		old, _ := s.PublishedArticle(ctx, j.ID, "a")
		w := write(j, "", sample("Земля"))
		w.ArticleID, w.Base = done.ArticleID, 1
		w.Record.Issue = &journal.Issue{Year: 2021, Number: "1", Titles: []journal.Text{journal.T("en", "Special")}}
		apply(t, s, w)
		now, _ := s.PublishedArticle(ctx, j.ID, "a")
		var got []string
		for _, c := range allChanges(t, s)[3:] {
			got = append(got, fmt.Sprint(c.Kind, " ", c.Action, " ", map[string]string{old.Issue.ID: "old", now.Issue.ID: "new"}[c.IssueID]))
		}
		if d := cmp.Diff([]string{"issue created new", "article updated new", "issue updated old"}, got); d != "" {
			t.Errorf("changes (-want +got):\n%s", d)
		}
		w.Base, w.Record.Issue = 2, nil
		apply(t, s, w)
		if last, _ := s.PublishedArticle(ctx, j.ID, "a"); last.Issue != nil {
			t.Errorf("issue of an article outside issues: %+v", last.Issue)
		}
		sound(t, s)
	})
}

func TestHostileTextIsStoredOnBothEngines(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		long := strings.Repeat("Очень длинное название ", 5000)
		rec := sample("a\x00b\xff\xffc \\ufffd '; DROP TABLE article; -- ?1 $1")
		rec.Titles = append(rec.Titles, journal.T("ru", long))
		rec.DOI = "10.1/" + strings.Repeat("x", 5000) + "\x00"
		rec.OldAddresses = []string{"https://old.example/" + strings.Repeat("y", 9000), "not an address", "https://old.example/\x00"}
		rec.Issue = &journal.Issue{Year: -3, Volume: "\x00I\xff", Number: "№ 1 (спец.)"}
		w := write(j, "a", rec)
		w.Identities = []Identity{{"pl\x00ace", long}, {"place", long + "2"}, {"place", long + "2"}}
		w.Counts = []journal.Count{{Metric: "v\x00", Value: -1, Source: long}, {Metric: "v\x00", Value: 4, Source: long}}
		w.Actor, w.Reason = "\x00", "\xff"
		w.Losses = []journal.Loss{{What: "\x00"}}
		apply(t, s, w)
		known, err := s.KnownArticles(ctx, j.ID, []Identity{{"place", long + "2"}, {"place", long}, {"doi", strings.ToUpper(rec.DOI)}, {"pl\x00ace", long}})
		if err != nil || len(known) != 4 {
			t.Errorf("%d known, %v", len(known), err)
		}
		if _, slug, err := s.OldAddress(ctx, rec.OldAddresses[0]); slug != "a" || err != nil {
			t.Errorf("long old address leads to %q, %v", slug, err)
		}
		recent, err := s.Recent(ctx, "", 10)
		if err != nil || len(recent) != 1 {
			t.Fatalf("%d articles, %v", len(recent), err)
		}
		if lines, err := s.Lines(ctx, []string{recent[0].ID, "'; DROP TABLE article; --"}); len(lines) != 1 || err != nil {
			t.Errorf("lines %+v, %v", lines, err)
		}
		sound(t, s)

		rec.Issue.Volume = strings.Repeat("5", 300)
		_, err = s.ApplyArticles(ctx, []Write{write(j, "b", rec)})
		refused(t, err, errs.Invalid, "volume")
	})
}

func TestFullTextsAreStoredOnceAndMustExist(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		doc := journal.Document{Lang: "en", Body: []article.Node{article.Str("Text")}}
		sum, _, _ := DocumentHash(&doc)
		a, b := write(j, "a", sample("A")), write(j, "b", sample("B"))
		a.Documents, b.Documents = []journal.Document{doc}, []journal.Document{doc}
		apply(t, s, a, b)
		c := write(j, "c", sample("C"))
		c.Record.Documents = []journal.DocumentRef{{Lang: "en", SHA256: sum}}
		apply(t, s, c)
		if lines, _ := s.Recent(ctx, j.ID, 10); len(lines) != 3 || !lines[0].HasText {
			t.Errorf("lines %+v", lines)
		}
		c.Record.Documents = []journal.DocumentRef{{Lang: "en", SHA256: "nowhere"}}
		_, err := s.ApplyArticles(ctx, []Write{c})
		refused(t, err, errs.Invalid, "nowhere", "«C»")
		sound(t, s)
	})
}

func TestFilesOfRecordsAndSourcesAreListed(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		w := write(j, "a", sample("A"))
		w.Provenance.SourceSHA256 = strings.Repeat("c", 64)
		w.Record.Files = []journal.File{{Name: "a.pdf", SHA256: strings.Repeat("b", 64), Size: 10}, {Name: "far.pdf", Address: "https://x.example"}}
		done := apply(t, s, w)[0]
		next := write(j, "", sample("A"))
		next.ArticleID, next.Base = done.ArticleID, 1
		next.Record.Files = []journal.File{{Name: "a.pdf", SHA256: strings.Repeat("a", 64), Size: 11}, {Name: "source", SHA256: strings.Repeat("c", 64), Size: 12}}
		apply(t, s, next)
		var got []string
		err := s.FileHashes(ctx, func(sha string, size int64) error {
			got = append(got, fmt.Sprint(sha[:1], size))
			return nil
		})
		if d := cmp.Diff([]string{"a11", "b10", "c12"}, got); d != "" || err != nil {
			t.Errorf("files: %v\n%s", err, d)
		}
		stop := errors.New("stop")
		if err := s.FileHashes(ctx, func(string, int64) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("the walk goes on after %v", err)
		}
		sound(t, s)
	})
}

func TestUnknownJournalIsRefused(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s := p.open(t)
		_, err := s.ApplyArticles(context.Background(), []Write{write(&journal.Journal{ID: "x"}, "a", sample("A"))})
		refused(t, err, errs.NotFound, "«A»", "journal")
	})
}
