package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

func TestEditorDecidesWhichDOIAReferenceHas(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, ctx := p.open(t), context.Background()
		j := addJournal(t, s, "rjr")
		rec := sample("A")
		a := apply(t, s, write(j, "a", rec))[0]
		printed := PrintedHash(&rec.References[0])
		m := ReferenceMatch{ArticleID: a.ArticleID, Printed: printed, DOI: "10.5555/x", Record: "{}", Confidence: 0.9, State: MatchProposed}
		nothing := ReferenceMatch{ArticleID: a.ArticleID, Printed: "other", Record: "{}", State: MatchNone}
		if err := s.WriteMatches(ctx, []ReferenceMatch{m, nothing}); err != nil {
			t.Fatal(err)
		}
		id := MatchID(a.ArticleID, printed)
		accepted := func() string {
			t.Helper()
			dois, err := s.AcceptedDOIs(ctx, []string{a.ArticleID, "none"})
			if err != nil {
				t.Fatal(err)
			}
			list := []journal.Reference{rec.References[0], {Printed: journal.T("en", "Another"), DOI: "10.5555/own"}}
			WithDOIs(list, dois[a.ArticleID])
			if list[1].DOI != "10.5555/own" {
				t.Errorf("a DOI of the source was replaced by %s", list[1].DOI)
			}
			return list[0].DOI
		}
		if doi := accepted(); doi != "" {
			t.Errorf("what is only proposed is used: %s", doi)
		}
		last, err := s.LastChange(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.DecideMatches(ctx, []string{id, "nothing"}, MatchAccepted, "ed"); !errors.Is(err, errs.NotFound) || accepted() != "" {
			t.Errorf("half of it was done: %v", err)
		}
		if err := s.DecideMatches(ctx, []string{MatchID(a.ArticleID, "other")}, MatchAccepted, "ed"); !errors.Is(err, errs.Invalid) {
			t.Errorf("nothing was proposed: %v", err)
		}
		if err := s.DecideMatches(ctx, []string{id}, MatchAccepted, "ed"); err != nil || accepted() != "10.5555/x" {
			t.Errorf("%v %s", err, accepted())
		}
		told := false
		for _, c := range allChanges(t, s) {
			told = told || c.Seq > last && c.Kind == KindArticle && c.ID == a.ArticleID
		}
		if !told {
			t.Error("the feed is not told")
		}
		// What was decided stays when the registry is asked again.
		m.DOI = "10.5555/y"
		if err := s.WriteMatches(ctx, []ReferenceMatch{m}); err != nil || accepted() != "10.5555/x" {
			t.Errorf("%v %s", err, accepted())
		}
		if err := s.DecideMatches(ctx, []string{id}, MatchRejected, "ed"); err != nil || accepted() != "" {
			t.Errorf("taken back: %v %s", err, accepted())
		}
		if got, err := s.Matches(ctx, []string{id}); err != nil || got[id].State != MatchRejected || got[id].Actor != "ed" {
			t.Errorf("%+v %v", got, err)
		}
	})
}

func TestWhatBecameOfAWorkIsToldToWhoCitesIt(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, ctx := p.open(t), context.Background()
		j := addJournal(t, s, "rjr")
		a := apply(t, s, write(j, "a", sample("A")))[0]
		r := ReadReference{Record: journal.Reference{Number: 1, Printed: journal.T("en", "One"), DOI: "10.5555/X"}, Marks: []Mark{MarkOf(MarkDOI, "10.5555/x")}}
		writeReferences(t, s, ArticleReferences{ArticleID: a.ArticleID, JournalID: j.ID, References: []ReadReference{r}})
		last, err := s.LastChange(ctx)
		if err != nil {
			t.Fatal(err)
		}
		w := WorkStatus{DOI: "10.5555/x", Known: true, Updates: []WorkUpdate{{Kind: "retraction", Date: "2021-07", Notice: "10.5555/r"}}}
		for range 2 {
			if err := s.WriteWorkStatus(ctx, w); err != nil {
				t.Fatal(err)
			}
		}
		list, err := s.CitedReferences(ctx, a.ArticleID)
		if err != nil || len(list) != 1 || len(list[0].Updates) != 1 || list[0].Updates[0] != w.Updates[0] {
			t.Fatalf("%+v %v", list, err)
		}
		told := 0
		for _, c := range allChanges(t, s) {
			if c.Seq > last && c.Kind == KindReference && c.ID == a.ArticleID {
				told++
			}
		}
		if told != 1 {
			t.Errorf("told %d times, want once", told)
		}
		entries, err := s.CitedEntries(ctx, j.ID, "", 0, 10)
		if err != nil || len(entries) != 1 || entries[0].Slug != "a" {
			t.Errorf("%+v %v", entries, err)
		}
		if entries, err = s.CitedEntries(ctx, "", a.ArticleID, 0, 10); err != nil || len(entries) != 0 {
			t.Errorf("%+v %v", entries, err)
		}
	})
}

func TestAddressKeepsSinceWhenItDoesNotAnswer(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, ctx := p.open(t), context.Background()
		write := func(state string) LinkHealth {
			t.Helper()
			if err := s.WriteLinkHealth(ctx, []LinkHealth{{URL: "http://example.org/x", State: state, Status: 404, Note: "n"}}); err != nil {
				t.Fatal(err)
			}
			got, err := s.LinkHealths(ctx, []string{"http://example.org/x", "http://example.org/y"})
			if err != nil || len(got) != 1 {
				t.Fatal(got, err)
			}
			return got["http://example.org/x"]
		}
		first := write("gone")
		if again := write("gone"); again.Since != first.Since || again.State != "gone" {
			t.Errorf("%+v, first %+v", again, first)
		}
		if n, err := s.DeadLinks(ctx); err != nil || n != 1 {
			t.Errorf("%d %v", n, err)
		}
		write("ok")
		if n, err := s.DeadLinks(ctx); err != nil || n != 0 {
			t.Errorf("%d %v", n, err)
		}
	})
}

func TestCountsOfLinksOfAnArticle(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		s, ctx := p.open(t), context.Background()
		j := addJournal(t, s, "j")
		var list []ReferenceHealth
		for i, slug := range []string{"a", "b", "c"} {
			a := apply(t, s, write(j, slug, sample(slug)))[0]
			list = append(list, ReferenceHealth{ArticleID: a.ArticleID, JournalID: j.ID, Links: 3, Dead: i, Refused: 1, Asked: fmt.Sprintf("2026-11-0%dT02:00:00Z", i+1)})
		}
		sum := func() HealthTotals {
			t.Helper()
			sum, err := s.ReferenceHealthTotals(ctx, j.ID)
			if err != nil {
				t.Fatal(err)
			}
			return sum
		}
		if got := sum(); got != (HealthTotals{}) {
			t.Errorf("before the first count: %+v", got)
		}
		if err := s.WriteReferenceHealth(ctx, list); err != nil {
			t.Fatal(err)
		}
		if got := sum(); got != (HealthTotals{Articles: 3, Ailing: 2, Asked: "2026-11-03"}) {
			t.Errorf("%+v", got)
		}
		if got, err := s.ReferenceHealths(ctx, j.ID, true, 10, 0); err != nil || len(got) != 2 || got[0] != list[2] || got[1] != list[1] {
			t.Errorf("%+v %v, those with most dead links first", got, err)
		}
		if got, err := s.ReferenceHealths(ctx, j.ID, false, 2, 2); err != nil || len(got) != 1 || got[0] != list[0] {
			t.Errorf("%+v %v", got, err)
		}
		list[2].Dead = 0
		if err := s.WriteReferenceHealth(ctx, list[2:]); err != nil {
			t.Fatal(err)
		}
		if got := sum(); got.Ailing != 1 || got.Articles != 3 {
			t.Errorf("counted again: %+v", got)
		}
		if err := s.ForgetReferenceHealth(ctx, "another", time.Now().Add(time.Hour)); err != nil || sum().Articles != 3 {
			t.Error("counts of another journal were forgotten", err)
		}
		if err := s.ForgetReferenceHealth(ctx, j.ID, time.Now().Add(time.Hour)); err != nil || sum() != (HealthTotals{}) {
			t.Errorf("%+v %v", sum(), err)
		}
	})
}
