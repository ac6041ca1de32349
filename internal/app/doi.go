package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"offprint/internal/errs"
	"offprint/internal/ingest"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// DOI is one that the journal has reserved, or that an article of it has.
type DOI struct {
	DOI     string `json:"doi"`
	Article string `json:"article,omitempty"` // its address; empty: reserved only
}

// ReserveDOIs makes DOIs that no article has yet, for what is going to be published.
func (a *App) ReserveDOIs(ctx context.Context, path string, n int) ([]string, error) {
	if n < 1 || n > 1000 {
		return nil, errs.Fieldf(errs.Invalid, "number", "reserve between 1 and 1,000 DOIs at once")
	}
	j, err := a.doiJournal(ctx, path)
	if err != nil {
		return nil, err
	}
	articles := make([]journal.Publication, n)
	for i := range articles {
		articles[i] = journal.Publication{Journal: *j, Created: time.Now().UTC().Format("2006-01-02")}
	}
	given, err := ingest.NewDOIs(ctx, a.Store, path, articles)
	if err != nil {
		return nil, err
	}
	return given, a.Store.UpdateJournal(ctx, path, func(j *journal.Journal) error {
		r := *j.Registered()
		r.DOIsReserved = append(slices.Clone(r.DOIsReserved), given...)
		j.Registry = &r
		return nil
	})
}

// doiJournal is a journal that makes DOIs.
func (a *App) doiJournal(ctx context.Context, path string) (*journal.Journal, error) {
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return nil, err
	}
	if r := j.Registered(); r.DOIPrefix == "" || r.DOIPattern == "" {
		return nil, errs.Fieldf(errs.Invalid, "doi-pattern", "the journal %s does not say how its DOIs are made: set doi-prefix and doi-pattern, such as 10.31696 and {journal}.{year}.{seq}", path)
	}
	return j, nil
}

// AssignDOIs gives DOIs to published articles of a journal that have none, or to one by
// its ID or address, and tells of each. Each gets a new version.
func (a *App) AssignDOIs(ctx context.Context, path, article string, told func(DOI)) error {
	if _, err := a.doiJournal(ctx, path); err != nil {
		return err
	}
	if article != "" {
		p, err := a.findArticle(ctx, article)
		if err != nil {
			return err
		}
		if p.Record.DOI != "" {
			return errs.Newf(errs.Conflict, "the article has the DOI %s, which is never changed", p.Record.DOI)
		}
		return a.assignDOIs(ctx, path, []journal.Publication{*p}, told)
	}
	return a.eachPage(ctx, path, func(list []journal.Publication) error {
		list = slices.DeleteFunc(list, func(p journal.Publication) bool { return p.Record.DOI != "" || p.Withdrawn })
		return a.assignDOIs(ctx, path, list, told)
	})
}

func (a *App) assignDOIs(ctx context.Context, path string, list []journal.Publication, told func(DOI)) error {
	if len(list) == 0 {
		return nil
	}
	origins, err := a.Store.Origins(ctx, list)
	if err != nil {
		return err
	}
	given, err := ingest.NewDOIs(ctx, a.Store, path, list)
	if err != nil {
		return err
	}
	writes := make([]store.Write, len(list))
	for i := range list {
		p := &list[i]
		if p.Journal.Path != path {
			return errs.Newf(errs.Invalid, "the article %s is in another journal, %s", p.Slug, p.Journal.Path)
		}
		rec := p.Record
		rec.DOI = given[i]
		writes[i] = store.Write{JournalID: p.Journal.ID, ArticleID: p.ID, Base: p.Version, Record: rec, Counts: p.Counts, Provenance: origins[i].Provenance,
			Losses: origins[i].Losses, Reason: "given a DOI", Actor: "offprint doi assign"}
	}
	if _, err := a.Store.ApplyArticles(ctx, writes); err != nil {
		return err
	}
	for i := range list {
		told(DOI{given[i], "/" + path + "/articles/" + list[i].Slug})
	}
	return nil
}

// DOIs tells of the DOIs that a journal has reserved, and of those that its articles have.
func (a *App) DOIs(ctx context.Context, path string, told func(DOI)) error {
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return err
	}
	used := map[string]bool{}
	err = a.eachPage(ctx, path, func(list []journal.Publication) error {
		for i := range list {
			if doi := list[i].Record.DOI; doi != "" {
				used[strings.ToLower(doi)] = true
				told(DOI{doi, "/" + path + "/articles/" + list[i].Slug})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, doi := range j.Registered().DOIsReserved {
		if !used[doi] {
			told(DOI{DOI: doi})
		}
	}
	return nil
}
