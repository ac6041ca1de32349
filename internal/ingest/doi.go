package ingest

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"offprint/internal/journal"
	"offprint/internal/store"
)

// makesDOIs: the journal has said how its DOIs are made.
func makesDOIs(j *journal.Journal) bool {
	r := j.Registered()
	return r.DOIPrefix != "" && r.DOIPattern != ""
}

// giveDOIs gives DOIs to the new articles of a journal that have none, where the journal
// makes them. They are counted before the articles are written: a number that is not
// used after all is lost, and none is used twice.
func (b *batch) giveDOIs(ctx context.Context, list []*planned) error {
	if b.run.DryRun || len(list) == 0 || !makesDOIs(&list[0].journal) {
		return nil
	}
	var lacking []*planned
	for _, p := range list {
		if p.err == nil && p.write != nil && p.action == Created && p.write.Record.DOI == "" {
			lacking = append(lacking, p)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	articles := make([]journal.Publication, len(lacking))
	for i, p := range lacking {
		articles[i] = journal.Publication{Journal: p.journal, Record: p.write.Record, Created: time.Now().UTC().Format("2006-01-02")}
	}
	given, err := NewDOIs(ctx, b.run.Store, list[0].journal.Path, articles)
	if err != nil {
		return err
	}
	for i, p := range lacking {
		p.write.Record.DOI = given[i]
	}
	return nil
}

// NewDOIs makes a DOI for each of some articles of a journal and counts them; articles
// need not be there yet. A DOI that belongs to an article already is passed over.
func NewDOIs(ctx context.Context, s *store.Store, path string, articles []journal.Publication) ([]string, error) {
	given := make([]string, len(articles))
	passed := map[string]bool{}
	const tries = 100
	for range tries {
		var ids []store.Identity
		err := s.UpdateJournal(ctx, path, func(j *journal.Journal) error {
			ids = ids[:0]
			r := *j.Registered()
			for i := range articles {
				if given[i] == "" || passed[given[i]] {
					given[i] = r.NextDOI(&articles[i], randomBytes, func(doi string) bool { return passed[doi] })
				}
				ids = append(ids, store.Identity{Kind: byDOI, Value: given[i]})
			}
			j.Registry = &r
			return nil
		})
		if err != nil {
			return nil, err
		}
		known, err := s.KnownArticles(ctx, "", ids)
		if err != nil {
			return nil, err
		}
		if len(known) == 0 {
			return given, nil
		}
		for _, k := range known {
			passed[k.Identity.Value] = true
		}
	}
	return nil, fmt.Errorf("the DOIs of the form that the journal %s makes are all taken: change its doi-pattern", path)
}

func randomBytes() (b [5]byte) {
	_, _ = rand.Read(b[:]) // it never fails (crypto/rand)
	return b
}

// keepDOI keeps the DOI of an article whatever a newer source says: one that was made
// here is never changed, and one that the new source does not know is not lost.
func keepDOI(rec *journal.Article, old *journal.Article, j *journal.Journal) {
	switch prefix := j.Registered().DOIPrefix; {
	case old.DOI == "" || strings.EqualFold(rec.DOI, old.DOI):
	case rec.DOI == "":
		rec.DOI = old.DOI
	case makesDOIs(j) && strings.HasPrefix(old.DOI, prefix+"/"):
		rec.Disputes = append(rec.Disputes, journal.Dispute{Field: "doi", Says: rec.DOI, Taken: old.DOI, Why: "a DOI that was given is never changed"})
		rec.DOI = old.DOI
	}
}
