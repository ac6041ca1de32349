package finding

import (
	"context"

	"offprint/internal/journal"
	"offprint/internal/search"
	"offprint/internal/store"
)

const (
	// fillBatch is how many articles are read at once when all are.
	fillBatch = 1000
	// textsAtOnce is how many full texts are held at once, as trees.
	textsAtOnce = 32
)

// at is how far the index is: the number of the last change and its mark.
type at struct {
	seq  int64
	mark string
}

func atChange(c store.Change) at { return at{c.Seq, markOf(c)} }

// newest is the last change of the store.
func (f *Finder) newest(ctx context.Context) (at, error) {
	last, err := f.Store.LastChange(ctx)
	if err != nil || last == 0 {
		return at{}, err
	}
	list, err := f.Store.Changes(ctx, last-1, 1)
	if err != nil || len(list) == 0 {
		return at{}, err
	}
	return atChange(list[0]), nil
}

// fill applies every published article to an empty index. How far it is then is
// what was newest before the first was read: what changes meanwhile is applied
// again.
func (f *Finder) fill(ctx context.Context, x *search.Index) error {
	to, err := f.newest(ctx)
	if err != nil {
		return err
	}
	if err := f.putAll(ctx, x, "", at{}); err != nil {
		return err
	}
	f.reached = to
	return x.Apply(ctx, search.Batch{Seq: to.seq, Mark: to.mark, Durable: true})
}

// putAll applies the articles of a journal, or of all, a page after the other.
func (f *Finder) putAll(ctx context.Context, x *search.Index, journalID string, to at) error {
	for after := ""; ; {
		list, err := f.Store.ArticlesAfter(ctx, journalID, after, fillBatch)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].ID
		if err := f.put(ctx, x, list, nil, to, to); err != nil {
			return err
		}
	}
}

// apply brings the index to the state after some changes. Of an article that
// changed several times only what it is now counts.
func (f *Finder) apply(ctx context.Context, x *search.Index, changes []store.Change) error {
	from, to := f.reached, atChange(changes[len(changes)-1])
	var ids []string
	seen := map[string]bool{}
	var whole []string // journals of which all articles are to be applied
	for _, c := range changes {
		switch {
		case c.Kind == store.KindArticle && !seen[c.ID]:
			seen[c.ID] = true
			ids = append(ids, c.ID)
		case c.Kind == store.KindJournal:
			was := f.journals.Load().byID[c.ID]
			if err := f.readJournals(ctx); err != nil {
				return err
			}
			if now := f.journals.Load().byID[c.ID]; was != nil && now != nil && said(was) != said(now) {
				whole = append(whole, c.ID)
			}
		}
	}
	for _, id := range whole {
		if err := f.putAll(ctx, x, id, from); err != nil {
			return err
		}
	}
	list, err := f.Store.Articles(ctx, ids)
	if err != nil {
		return err
	}
	var gone []string
	there := list[:0]
	for _, p := range list {
		if p.Withdrawn {
			gone = append(gone, p.ID)
		} else {
			there = append(there, p)
		}
	}
	if err := f.put(ctx, x, there, gone, from, to); err != nil {
		return err
	}
	f.reached = to
	return nil
}

// put applies articles with their full texts, which are read a few at a time.
// Only the last batch says how far the index is.
func (f *Finder) put(ctx context.Context, x *search.Index, list []journal.Publication, gone []string, from, to at) error {
	for {
		n, texts, err := f.texts(ctx, list)
		if err != nil {
			return err
		}
		b := search.Batch{Put: make([]search.Document, n), Seq: from.seq, Mark: from.mark}
		for i := range n {
			b.Put[i] = newDocument(&list[i], texts)
		}
		list = list[n:]
		if len(list) == 0 {
			b.Remove, b.Seq, b.Mark = gone, to.seq, to.mark
			return x.Apply(ctx, b)
		}
		if err := x.Apply(ctx, b); err != nil {
			return err
		}
	}
}

// texts reads the full texts of as many articles from the start of the list as
// are well held in memory together, of one at least.
func (f *Finder) texts(ctx context.Context, list []journal.Publication) (n int, texts map[string]*journal.Document, err error) {
	texts = map[string]*journal.Document{}
	var refs []journal.DocumentRef
	for n < len(list) && len(refs) < textsAtOnce {
		refs = append(refs, list[n].Record.Documents...)
		n++
	}
	if len(refs) == 0 {
		return n, texts, nil
	}
	docs, err := f.Store.Documents(ctx, refs)
	if err != nil {
		return 0, nil, err
	}
	for i := range docs {
		texts[refs[i].SHA256] = &docs[i]
	}
	return n, texts, nil
}
