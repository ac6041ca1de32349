package store

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

func TestArticlesAreFoundAgainByTheirIdentities(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "one"), addJournal(t, s, "two")
		w := write(j, "a", sample("Земля"))
		w.Record.DOI = "10.55105/2500-2872-A"
		w.Identities = []Identity{{"source", "abc/1"}, {"doi", "10.55105/2500-2872-a"}}
		w.Counts = []journal.Count{{Metric: "views", Value: 3, Source: "x"}}
		done := apply(t, s, w, write(j, "b", sample("Вода")))[0]
		sum, _, err := RecordHash(&w.Record)
		if err != nil {
			t.Fatal(err)
		}
		asked := []Identity{{"source", "none"}, {"doi", "10.55105/2500-2872-a"}, {"source", "abc/1"}, {"source", "ABC/1"}, {"doi", "10.55105/2500-2872-A"}}
		got, err := s.KnownArticles(ctx, j.ID, asked)
		if err != nil {
			t.Fatal(err)
		}
		known := Known{ArticleID: done.ArticleID, Slug: "a", JournalID: j.ID, JournalPath: "one", Version: 1, RecordSHA256: sum, Counts: w.Counts, Title: "Земля", Titles: w.Record.Titles}
		var want []Known
		for _, i := range []int{1, 2, 4} {
			k := known
			k.Identity = asked[i]
			want = append(want, k)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("known (-want +got):\n%s", d)
		}
		elsewhere, err := s.KnownArticles(ctx, other.ID, asked)
		if err != nil || len(elsewhere) != 2 || elsewhere[0].JournalPath != "one" || elsewhere[0].Identity.Kind != "doi" {
			t.Errorf("known in the other journal: %+v, %v", elsewhere, err)
		}
		if none, err := s.KnownArticles(ctx, j.ID, nil); len(none) != 0 || err != nil {
			t.Errorf("known by nothing: %+v, %v", none, err)
		}
		if err := s.Withdraw(ctx, done.ArticleID, "", ""); err != nil {
			t.Fatal(err)
		}
		if after, _ := s.KnownArticles(ctx, j.ID, asked); len(after) != 3 || !after[0].Withdrawn {
			t.Errorf("known after withdrawal: %+v", after)
		}
	})
}

func TestManyIdentitiesAreLookedUpAtOnce(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "one")
		var asked []Identity
		var writes []Write
		for i := range 3000 {
			id := Identity{"source", fmt.Sprint(i)}
			asked = append(asked, id)
			if i%10 == 0 {
				w := write(j, "", sample("A"))
				w.Identities = []Identity{id}
				writes = append(writes, w)
			}
		}
		apply(t, s, writes...)
		got, err := s.KnownArticles(ctx, j.ID, asked)
		if err != nil || len(got) != 300 {
			t.Fatalf("%d known, %v", len(got), err)
		}
		for i, k := range got {
			if k.Identity != asked[i*10] {
				t.Fatalf("known %d is %v", i, k.Identity)
			}
		}
	})
}

func TestDOIBelongsToOneArticleOfTheInstallation(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "one"), addJournal(t, s, "two")
		doi := func(w Write, doi string) Write {
			w.Record.DOI = doi
			return w
		}
		done := apply(t, s, doi(write(j, "a", sample("Земля")), "10.1/A"))[0]
		_, err := s.ApplyArticles(ctx, []Write{write(other, "c", sample("Вода")), doi(write(other, "b", sample("Огонь")), "10.1/a")})
		refused(t, err, errs.Conflict, "«Огонь»", "10.1/a", "«Земля»", "/one/articles/a")
		if n, _ := s.ArticleCount(ctx); n != 1 {
			t.Errorf("%d articles", n)
		}
		_, err = s.ApplyArticles(ctx, []Write{doi(write(other, "c", sample("Вода")), "10.1/b"), doi(write(j, "b", sample("Огонь")), "10.1/B")})
		refused(t, err, errs.Conflict, "«Огонь»", "10.1/b", "«Вода»", "same time")

		next := doi(write(j, "", sample("Земля")), "10.1/a")
		next.ArticleID, next.Base = done.ArticleID, 1
		apply(t, s, next) // its own
		next = doi(next, "10.1/other")
		next.Base = 2
		apply(t, s, next)
		if known, _ := s.KnownArticles(ctx, j.ID, []Identity{{"doi", "10.1/A"}, {"doi", "10.1/other"}}); len(known) != 2 {
			t.Errorf("an article is found by the DOI it had and the one it has: %+v", known)
		}
		sound(t, s)
	})
}

func TestOtherIdentitiesAreOfOneJournal(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "one"), addJournal(t, s, "two")
		with := func(w Write) Write {
			w.Identities = []Identity{{"source", "same"}}
			return w
		}
		apply(t, s, with(write(j, "a", sample("Земля"))), with(write(other, "a", sample("Земля"))))
		_, err := s.ApplyArticles(ctx, []Write{with(write(j, "b", sample("Вода")))})
		refused(t, err, errs.Conflict, "«Вода»", "/one/articles/a")
	})
}

func TestOldAddressesLeadToTheArticleForEver(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		a, b := write(j, "a", sample("A")), write(j, "b", sample("B"))
		a.Record.OldAddresses = []string{"http://Old.Example/article/view/12/", "https://old.example/jour/article?id=7&lang=ru", "mailto:x@example.org"}
		b.Record.OldAddresses = []string{"https://old.example/article/view/12", "https://old.example/b", "http://old.example/b"}
		done := apply(t, s, a, b)
		if d := cmp.Diff([]string{"https://old.example/article/view/12"}, done[1].AddressesTaken); d != "" || done[0].AddressesTaken != nil {
			t.Errorf("taken: %v and %s", done[0].AddressesTaken, d)
		}
		next := write(j, "", sample("A")) // no longer names them
		next.ArticleID, next.Base = done[0].ArticleID, 1
		next.Record.OldAddresses = []string{"https://old.example/b"}
		if got := apply(t, s, next)[0]; len(got.AddressesTaken) != 1 {
			t.Errorf("taken: %v", got.AddressesTaken)
		}
		for address, want := range map[string]string{
			"http://old.example/article/view/12":             "a",
			"https://OLD.example/article/view/12/":           "a",
			"https://old.example:443/article/view/12#ref":    "a",
			"https://old.example/jour/article?id=7&lang=ru":  "a",
			"https://old.example/jour/article/?id=7&lang=ru": "a",
			"http://old.example/b":                           "b",
			"https://old.example/jour/article?id=8&lang=ru":  "",
			"https://old.example/Article/view/12":            "",
			"https://old.example:8080/article/view/12":       "",
			"https://other.example/article/view/12":          "",
			"old.example/b":                                  "",
			"https://old.example/%zz":                        "",
		} {
			path, slug, err := s.OldAddress(ctx, address)
			if slug != want || want != "" && path != "rjr" || want == "" && !errors.Is(err, errs.NotFound) {
				t.Errorf("%s leads to %q in %q, %v", address, slug, path, err)
			}
		}
		sound(t, s)
	})
}
