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
	// A batch of documents is applied when it has so many, or so many bytes.
	documentsAtOnce = 16_000
	bytesAtOnce     = 32 << 20
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
	w := writing{finder: f, index: x}
	if err := w.putAll(ctx, ""); err != nil {
		return err
	}
	w.batch.Durable = true
	return w.end(ctx, to)
}

// apply brings the index to the state after some changes. Of an article that
// changed several times only what it is now counts.
func (f *Finder) apply(ctx context.Context, x *search.Index, changes []store.Change) error {
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
	w := writing{finder: f, index: x}
	for _, id := range whole {
		if err := w.putAll(ctx, id); err != nil {
			return err
		}
	}
	list, err := f.Store.Articles(ctx, ids)
	if err != nil {
		return err
	}
	// A batch holds an article once: those of whole journals go before.
	if err := w.flush(ctx); err != nil {
		return err
	}
	there := list[:0]
	for _, p := range list {
		if p.Withdrawn {
			w.batch.Remove = append(w.batch.Remove, p.ID)
		} else {
			there = append(there, p)
		}
	}
	if err := w.put(ctx, there); err != nil {
		return err
	}
	return w.end(ctx, atChange(changes[len(changes)-1]))
}

// writing gathers documents to batches that are worth a file of the index.
type writing struct {
	finder *Finder
	index  *search.Index
	batch  search.Batch
	size   int // bytes of the texts of the batch
}

// putAll puts the articles of a journal, or of all, a page after the other.
func (w *writing) putAll(ctx context.Context, journalID string) error {
	for after := ""; ; {
		list, err := w.finder.Store.ArticlesAfter(ctx, journalID, after, fillBatch)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].ID
		if err := w.put(ctx, list); err != nil {
			return err
		}
	}
}

// put puts articles with their full texts, which are read a few at a time.
func (w *writing) put(ctx context.Context, list []journal.Publication) error {
	for len(list) > 0 {
		n, texts, err := w.finder.texts(ctx, list)
		if err != nil {
			return err
		}
		for i := range n {
			d := newDocument(&list[i], texts, func(sha, text string) { w.finder.kept.write(sha, shown(text)) })
			w.batch.Put = append(w.batch.Put, d)
			w.size += sizeOf(&d)
		}
		list = list[n:]
		if len(w.batch.Put) >= documentsAtOnce || w.size >= bytesAtOnce {
			if err := w.flush(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush applies what is gathered. Only end says that the index has come further.
func (w *writing) flush(ctx context.Context) error {
	if len(w.batch.Put) == 0 && len(w.batch.Remove) == 0 {
		return nil
	}
	b := w.batch
	b.Seq, b.Mark, b.Durable = w.finder.reached.seq, w.finder.reached.mark, false
	w.batch.Put, w.batch.Remove, w.size = nil, nil, 0
	return w.index.Apply(ctx, b)
}

// end applies the rest; from now on the index is that far.
func (w *writing) end(ctx context.Context, to at) error {
	w.batch.Seq, w.batch.Mark = to.seq, to.mark
	if err := w.index.Apply(ctx, w.batch); err != nil {
		return err
	}
	w.finder.reached = to
	return nil
}

func sizeOf(d *search.Document) (n int) {
	for _, texts := range [][]search.Text{d.Titles, d.Keywords, d.Abstracts, d.References, d.FullText} {
		for _, t := range texts {
			n += len(t.Text)
		}
	}
	return n
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
