package app

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/store"
	"offprint/internal/usage"
)

// Carry is a list of counts of an earlier site that is to be kept with a journal's
// articles.
type Carry struct {
	Journal string // path
	List    io.Reader
	// Given is the source and the time of counts that do not say theirs.
	Given journal.Count
	// Address is how the earlier site addressed an article, with {} where the list
	// has its id: https://old.example.org/article/view/{}; empty where the list has
	// whole addresses or DOIs.
	Address string
}

// Carrying is what became of a line of a list.
type Carrying struct {
	Line    int
	Article string // as the list names it
	Err     error  // nil when the counts are kept, or were already
}

// CarriedUsage says what CarryUsage did, in articles and lines.
type CarriedUsage struct {
	Changed, Unchanged, Failed int
	Passed                     []string // columns that were not read
}

// carriedAtOnce is how many lines are kept in one transaction.
const carriedAtOnce = 500

// CarryUsage keeps counts of an earlier site with the articles of a journal: apart
// from the installation's own, and in the place of those of the same source that
// were kept before. It tells of every line that it cannot take and goes on.
func (a *App) CarryUsage(ctx context.Context, c Carry, tell func(Carrying)) (done CarriedUsage, err error) {
	if c.Address != "" && strings.Count(c.Address, "{}") != 1 {
		return done, errs.Fieldf(errs.Invalid, "address", "write the address of an article of the earlier site with {} where its id stands: https://old.example.org/article/view/{}")
	}
	j, err := a.Store.Journal(ctx, c.Journal)
	if err != nil {
		return done, err
	}
	var lines []usage.CarriedLine
	flush := func() error {
		err := a.carry(ctx, j, c.Address, lines, &done, tell)
		lines = lines[:0]
		return err
	}
	done.Passed, err = usage.ReadCarried(c.List, c.Given, func(l usage.CarriedLine) error {
		if lines = append(lines, l); len(lines) < carriedAtOnce {
			return nil
		}
		return flush()
	})
	return done, errors.Join(flush(), err) // what stands before a damaged line is kept
}

func (a *App) carry(ctx context.Context, j *journal.Journal, address string, lines []usage.CarriedLine, done *CarriedUsage, tell func(Carrying)) error {
	known, err := a.carriedTo(ctx, j, address, lines)
	if err != nil {
		return err
	}
	var writes []store.Write
	at := map[string]int{}
	for i := range lines {
		l := &lines[i]
		k, ok := known[l.Article]
		switch {
		case l.Err != nil:
		case !ok:
			l.Err = errs.Newf(errs.NotFound, "the journal %s has no article %s", j.Path, l.Article)
		case k.Withdrawn:
			l.Err = errs.Newf(errs.Conflict, "the article %s was withdrawn", l.Article)
		}
		if l.Err != nil {
			done.Failed++
			tell(Carrying{l.Line, l.Article, l.Err})
			continue
		}
		if n, twice := at[k.ArticleID]; twice {
			writes[n].Counts = append(writes[n].Counts, l.Counts...)
			continue
		}
		at[k.ArticleID] = len(writes)
		writes = append(writes, store.Write{JournalID: j.ID, ArticleID: k.ArticleID, Base: k.Version, CountsOnly: true, Counts: l.Counts, Reason: "counts carried over", Actor: "operator"})
	}
	written, err := a.Store.ApplyArticles(ctx, writes)
	for _, w := range written {
		if w.Action == store.Unchanged {
			done.Unchanged++
		} else {
			done.Changed++
		}
	}
	return err
}

// carriedTo finds the articles that lines name.
func (a *App) carriedTo(ctx context.Context, j *journal.Journal, address string, lines []usage.CarriedLine) (map[string]store.Known, error) {
	var dois []store.Identity
	var places []store.Place
	for i := range lines {
		if doi, ok := pid.DOI(lines[i].Article); ok {
			dois = append(dois, store.Identity{Kind: store.KindDOI, Value: doi})
		}
		places = append(places, placesOf(lines[i].Article, j.Path, address)...)
	}
	at, err := a.Store.ArticlesAt(ctx, j.ID, places)
	if err != nil {
		return nil, err
	}
	known, err := a.Store.KnownArticles(ctx, j.ID, dois)
	if err != nil {
		return nil, err
	}
	byDOI := map[string]store.Known{}
	for _, k := range known {
		if k.JournalID == j.ID {
			byDOI[k.Identity.Value] = k
		}
	}
	found := map[string]store.Known{}
	for i := range lines {
		name := lines[i].Article
		if doi, ok := pid.DOI(name); ok && byDOI[doi].ArticleID != "" {
			found[name] = byDOI[doi]
		}
		for _, p := range placesOf(name, j.Path, address) {
			if k, ok := at[p]; ok {
				found[name] = k
			}
		}
	}
	return found, nil
}

// placesOf is where an article may be that a list names so.
func placesOf(name, path, address string) (list []store.Place) {
	if address != "" && !strings.Contains(name, "/") {
		return []store.Place{{Old: strings.Replace(address, "{}", url.PathEscape(name), 1)}}
	}
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		list = append(list, store.Place{Old: name})
		name = u.Path
	}
	if _, slug, ok := strings.Cut(name, "/articles/"); ok && strings.Contains("/"+name, "/"+path+"/") {
		return append(list, store.Place{Slug: strings.Trim(slug, "/")})
	}
	if !strings.Contains(name, "/") {
		list = append(list, store.Place{Slug: name}, store.Place{ID: name})
	}
	return list
}
