// Package citing keeps what articles cite in step with the store: it reads the
// printed references, finds where the text cites them, and says by what two of them
// are the same work.
//
//	d := citing.New(st)
//	go d.Run(ctx) // follows the change feed
//
// Terms. A source is a work that articles cite; a mark is something by which a
// reference is known as the same work as another: its DOI, its printed text, all of
// its fields. The store joins by marks and keeps the addresses of sources.
//
// Everything here is derived, outside the transaction that publishes an article and
// outside any request. It is made again when what reads the references has another
// Version, and by Rebuild. What a source marks of its references itself is kept over
// what is read from print. The package reads no bytes and draws nothing.
package citing

import (
	"context"
	"runtime"
	"sync"

	"offprint/internal/article"
	"offprint/internal/intext"
	"offprint/internal/journal"
	"offprint/internal/refparse"
	"offprint/internal/store"
)

// Version is that of everything that is made here: it is raised when references are
// read, places found or marks made otherwise.
const Version = int64(refparse.Version)*10_000 + int64(intext.Version)*100 + ownVersion

const ownVersion = 1

const (
	// atOnce is how many changes are derived in one transaction, and rebuiltAtOnce
	// how many where all are: marks lie anywhere, so that each transaction writes
	// most pages of the index of a large installation.
	atOnce        = 200
	rebuiltAtOnce = 500
)

// Deriver derives what articles cite.
type Deriver struct {
	store  *store.Store
	atOnce int
}

// New makes a Deriver.
func New(st *store.Store) *Deriver { return &Deriver{st, atOnce} }

// Run derives until ctx ends. When several processes do so on one database, they
// take turns.
func (d *Deriver) Run(ctx context.Context) error {
	return d.store.KeepUp(ctx, "what articles cite", d.CatchUp)
}

// CatchUp derives everything that was written and not derived yet.
func (d *Deriver) CatchUp(ctx context.Context) error {
	for {
		seq, madeBy, err := d.store.ReferencesAt(ctx)
		if err != nil {
			return err
		}
		if madeBy != Version {
			if err := d.store.ResetReferences(ctx, Version); err != nil {
				return err
			}
			seq = 0
		}
		p := d.portion(ctx, seq)
		if p.err != nil || p.last == seq {
			return p.err
		}
		if err := d.write(ctx, p); err != nil {
			return err
		}
	}
}

// portion is what the articles of some changes cite.
type portion struct {
	from, last int64 // numbers of changes
	list       []store.ArticleReferences
	err        error
}

func (d *Deriver) portion(ctx context.Context, after int64) portion {
	p := portion{from: after}
	var ids []string
	if ids, p.last, p.err = d.store.ChangedArticles(ctx, after, d.atOnce); p.err == nil && len(ids) > 0 {
		p.list, p.err = d.read(ctx, ids)
	}
	return p
}

// write writes a portion and those behind it, each while the next is read, until
// there is none or another process has written.
func (d *Deriver) write(ctx context.Context, p portion) error {
	for p.last > p.from {
		next := make(chan portion, 1)
		go func() { next <- d.portion(ctx, p.last) }()
		written, err := d.store.WriteReferences(ctx, p.from, p.last, p.list)
		p = <-next
		if err != nil || !written {
			return err
		}
		if p.err != nil {
			return p.err
		}
	}
	return nil
}

// Rebuild derives everything again.
func (d *Deriver) Rebuild(ctx context.Context) error {
	if err := d.store.ResetReferences(ctx, Version); err != nil {
		return err
	}
	return (&Deriver{d.store, rebuiltAtOnce}).CatchUp(ctx)
}

// read reads what some articles cite.
func (d *Deriver) read(ctx context.Context, ids []string) ([]store.ArticleReferences, error) {
	articles, err := d.store.Articles(ctx, ids)
	if err != nil {
		return nil, err
	}
	accepted, err := d.store.AcceptedDOIs(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]store.ArticleReferences, len(articles))
	errors := make([]error, len(articles))
	var wait sync.WaitGroup
	turns := make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))
	for i := range articles {
		turns <- struct{}{}
		wait.Go(func() {
			defer func() { <-turns }()
			out[i], errors[i] = d.article(ctx, &articles[i], accepted[articles[i].ID])
		})
	}
	wait.Wait()
	for _, err := range errors {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// article reads what one article cites; accepted are the DOIs that editors have
// accepted for its references.
func (d *Deriver) article(ctx context.Context, p *journal.Publication, accepted map[string]string) (store.ArticleReferences, error) {
	out := store.ArticleReferences{ArticleID: p.ID, JournalID: p.Journal.ID}
	if p.Withdrawn {
		return out, nil
	}
	out.Own = ownMarks(p)
	if len(p.Record.References) == 0 {
		return out, nil
	}
	texts, err := d.store.Documents(ctx, p.Record.Documents)
	if err != nil {
		return out, err
	}
	refs := Read(p.Record.References)
	store.WithDOIs(refs, accepted)
	places := placesOf(refs, texts)
	for i := range refs {
		r := refs[i]
		r.Printed.Rich = nil
		out.References = append(out.References, store.ReadReference{Record: r, Marks: marksOf(&r), Weight: weight(&r), Places: places[i]})
	}
	return out, nil
}

// Read are references with what their printed text says beside what their source
// marks.
func Read(list []journal.Reference) []journal.Reference {
	out := make([]journal.Reference, len(list))
	for i := range list {
		out[i] = refparse.Complete(list[i])
	}
	return out
}

// mostPlaces is how many places of one article are kept for one source.
const mostPlaces = 20

// placesOf are the places that cite each reference, in all texts of an article: in
// the first that does.
func placesOf(refs []journal.Reference, texts []article.Document) [][]store.CitedPlace {
	out := make([][]store.CitedPlace, len(refs))
	if len(texts) == 0 {
		return out
	}
	list := intext.New(refs)
	for i := range texts {
		linked := list.Link(&texts[i])
		here := make([][]store.CitedPlace, len(refs))
		for _, p := range list.Places(&linked) {
			lang := p.Lang
			if lang == "" {
				lang = texts[i].Lang
			}
			for _, r := range p.Refs {
				if len(here[r]) < mostPlaces {
					here[r] = append(here[r], store.CitedPlace{Locator: p.Locator, Sentence: p.Sentence, Lang: lang})
				}
			}
		}
		for r := range here {
			if len(out[r]) == 0 {
				out[r] = here[r]
			}
		}
	}
	return out
}
