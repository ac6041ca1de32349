package store

import (
	"context"
	"slices"
	"testing"

	"offprint/internal/journal"
)

// noticeOf is a notice that names another work.
func noticeOf(relation, doi string) journal.Article {
	rec := sample("Notice")
	rec.Type, rec.Related = "retraction", []journal.Related{{Relation: relation, DOI: doi}}
	return rec
}

func TestNoticeAloneMakesAnArticleRetracted(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		rec := sample("A")
		rec.DOI = "10.5555/Work.1"
		a := apply(t, s, write(j, "a", rec))[0]
		got, err := s.PublishedArticle(ctx, j.ID, "a")
		if err != nil || got.Standing != "" || len(got.Notices) != 0 {
			t.Fatalf("before the notice: %q, %v, %v", got.Standing, got.Notices, err)
		}
		last, _ := s.LastChange(ctx)
		notice := apply(t, s, write(j, "notice", noticeOf("retracted-article", "10.5555/wORK.1")))[0]
		if got, err = s.PublishedArticle(ctx, j.ID, "a"); err != nil || got.Standing != journal.Retracted {
			t.Errorf("it stands as %q, %v", got.Standing, err)
		}
		if len(got.Notices) != 1 || got.Notices[0].Slug != "notice" || got.Notices[0].Relation != "retracted-article" || got.Notices[0].Title.Plain != "Notice" {
			t.Errorf("notices %+v", got.Notices)
		}
		changes, err := s.Changes(ctx, last, 100)
		if err != nil || !slices.ContainsFunc(changes, func(c Change) bool { return c.Kind == KindArticle && c.ID == a.ArticleID }) {
			t.Errorf("the change feed does not tell of the retracted article: %+v, %v", changes, err)
		}
		lines, err := s.Recent(ctx, j.ID, 10)
		if i := slices.IndexFunc(lines, func(l Line) bool { return l.Slug == "a" }); err != nil || i < 0 || lines[i].Standing != journal.Retracted {
			t.Errorf("lists: %+v, %v", lines, err)
		}
		next := write(j, "a", rec)
		next.ArticleID, next.Base, next.Record.Pages.Last = a.ArticleID, 1, "99"
		apply(t, s, next)
		if got, err = s.PublishedArticle(ctx, j.ID, "a"); err != nil || got.Standing != journal.Retracted {
			t.Errorf("its next version stands as %q, %v", got.Standing, err)
		}
		if err := s.Withdraw(ctx, notice.ArticleID, "sent by mistake", "tester"); err != nil {
			t.Fatal(err)
		}
		if got, err = s.PublishedArticle(ctx, j.ID, "a"); err != nil || got.Standing != "" || len(got.Notices) != 0 {
			t.Errorf("without the notice: %q, %v, %v", got.Standing, got.Notices, err)
		}
		sound(t, s)
	})
}

func TestArticleThatComesAfterItsNoticeIsCorrected(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		apply(t, s, write(j, "notice", noticeOf("corrected-article", "10.5555/late")))
		rec := sample("Late")
		rec.DOI = "10.5555/LATE"
		apply(t, s, write(j, "late", rec))
		if got, err := s.PublishedArticle(ctx, j.ID, "late"); err != nil || got.Standing != journal.Corrected {
			t.Errorf("it stands as %q, %v", got.Standing, err)
		}
	})
}

func TestStandingIsMadeAgainFromTheRecords(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		rec := sample("A")
		rec.DOI, rec.Related = "10.5555/a", []journal.Related{{Relation: "correction-forward", URL: "https://example.org/c"}}
		apply(t, s, write(j, "a", rec), write(j, "notice", noticeOf("object-of-concern", "10.5555/a")))
		for _, text := range []string{`DELETE FROM mention`, `UPDATE article SET standing = ''`} {
			if err := raw(t, s, text); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := s.Rebuild(ctx); err != nil || n != 1 {
			t.Errorf("rebuilt %d, %v", n, err)
		}
		if got, err := s.PublishedArticle(ctx, j.ID, "a"); err != nil || got.Standing != journal.Concern || len(got.Notices) != 1 {
			t.Errorf("it stands as %q, %v, %v", got.Standing, got.Notices, err)
		}
		if n, err := s.Rebuild(ctx); err != nil || n != 0 {
			t.Errorf("rebuilt again %d, %v", n, err)
		}
	})
}
