package api

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"offprint/internal/citing"
	"offprint/internal/errs"
	"offprint/internal/format/oaipmh"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// prepareList finds where the list of one response begins.
func (h *harvest) prepareList() (*oaipmh.Fault, error) {
	none := &oaipmh.Fault{Code: oaipmh.NoRecordsMatch, Says: "nothing was published, changed or withdrawn that matches"}
	want := store.Harvest{From: h.req.From, Until: h.req.Until, Limit: h.form.page + 1}
	if h.req.Verb == oaipmh.ListIdentifiers {
		want.Limit = headersOnPage + 1
	}
	if h.ask.Journal != nil {
		want.JournalID = h.ask.Journal.ID
	}
	ok, err := h.narrow(&want)
	if err != nil {
		return nil, err
	}
	if !ok {
		return none, nil
	}
	if p := h.req.Place; p != nil {
		want.After = store.HarvestCursor{Stamp: p.Stamp, ID: p.ID}
	} else if !want.From.IsZero() && want.Until.IsZero() {
		// What changes while the list is read has a later stamp and belongs to
		// the next list; without this bound it would be told twice in this one.
		want.Until = h.Now().UTC().Truncate(time.Second)
		h.req.Until = want.Until
		if want.Until.Before(want.From) {
			return none, nil
		}
	}
	if err := h.begin(&want); err != nil {
		return nil, err
	}
	if len(h.items) == 0 && h.req.Place != nil {
		if err := h.again(); err != nil {
			return nil, err
		}
	}
	if len(h.items) == 0 {
		return none, nil
	}
	return nil, nil
}

// begin reads rows until there is something to tell: a list that goes on may not be
// empty (section 3.5). Of their articles it reads the first ones only; the others
// are read while those are on their way.
func (h *harvest) begin(want *store.Harvest) error {
	n := max(h.form.part/8, 1)
	for {
		found, err := h.Store.Harvest(h.ctx, *want)
		if err != nil {
			return err
		}
		if h.more = len(found) == want.Limit; h.more {
			found = found[:want.Limit-1]
			goOn(want, &found[len(found)-1])
		}
		for len(found) > 0 && len(h.items) == 0 {
			first := min(n, len(found))
			if h.items, err = h.tell(found[:first]); err != nil {
				return err
			}
			found, n = found[first:], min(2*n, h.form.part)
		}
		if h.rest, h.next = found, *want; len(h.items) > 0 || !h.more {
			return nil
		}
	}
}

// goOn makes a list go on after a row.
func goOn(want *store.Harvest, row *store.Harvested) {
	want.After.ID = row.ArticleID
	if !want.From.IsZero() {
		want.After.Stamp = row.Stamp
	}
}

// again tells the last record of the list once more. What followed it when the token was
// given has changed since and belongs to a later list, and a list may not be empty.
func (h *harvest) again() error {
	last, err := h.Store.HarvestByID(h.ctx, h.req.Place.ID)
	if errors.Is(err, errs.NotFound) {
		return nil
	}
	if err == nil {
		h.items, err = h.tell([]store.Harvested{last})
	}
	return err
}

// list tells the items of a list by a function, and ends it.
func (h *harvest) list(say func(*item) error) error {
	told, last := 0, (*store.Harvested)(nil)
	sayAll := func(items []item) error {
		for i := range items {
			if err := say(&items[i]); err != nil {
				return err
			}
			told, last = told+1, items[i].row
		}
		return nil
	}
	if err := sayAll(h.items); err != nil {
		return err
	}
	if len(h.rest) > 0 {
		if err := errors.Join(h.out.Flush(), h.body.Flush()); err != nil {
			return err
		}
		if err := h.eachPart(func(p *part) error {
			items, err := h.itemsOf(p)
			return errors.Join(err, sayAll(items))
		}); err != nil {
			return err
		}
	}
	return h.end(told, last)
}

// eachPart calls do for the rows of the response that begin did not tell, in parts. While
// one is told, the next is read. How long that takes is up to the harvester: only the
// reading of each part has a limit of its own.
func (h *harvest) eachPart(do func(*part) error) error {
	h.ctx = httpx.Lasting(h.ctx)
	ctx, cancel := context.WithCancel(h.ctx)
	parts := make(chan *part)
	var reader sync.WaitGroup
	defer reader.Wait()
	defer cancel()
	reader.Go(func() {
		defer close(parts)
		for rows := range slices.Chunk(h.rest, h.form.part) {
			select {
			case parts <- h.readAhead(ctx, rows):
			case <-ctx.Done():
				return
			}
		}
	})
	told := 0
	for p := range parts {
		if err := do(p); err != nil {
			return err
		}
		told += len(p.rows)
	}
	if told < len(h.rest) {
		return context.Cause(ctx)
	}
	return nil
}

// readAhead reads a part beside the handler, where nobody else would meet a panic.
func (h *harvest) readAhead(ctx context.Context, rows []store.Harvested) (p *part) {
	ctx, cancel := context.WithTimeout(ctx, httpx.Patience)
	defer cancel()
	defer func() {
		if fault := recover(); fault != nil {
			p = &part{err: fmt.Errorf("panic: %v\n%s", fault, debug.Stack())}
		}
	}()
	return h.read(ctx, rows)
}

// end ends a list of which so many items were told, the last of them this one.
func (h *harvest) end(told int, last *store.Harvested) error {
	before, token := 0, ""
	if h.req.Place != nil {
		before = h.req.Place.Done
	}
	if h.more && h.form.some {
		var err error
		if h.more, err = h.follows(); err != nil {
			return err
		}
	}
	if h.more {
		at := oaipmh.Place{ID: last.ArticleID, Done: before + told}
		if !h.req.From.IsZero() {
			at.Stamp = last.Stamp
		}
		token = h.req.Token(h.ask.Scope(), at)
	}
	return h.out.End(token, before)
}

// follows finds out whether something is to be told behind the rows of this response
// where the format cannot hold every article. Nearly always it is.
func (h *harvest) follows() (bool, error) {
	want := h.next
	for want.Limit = 5; ; want.Limit = min(2*want.Limit, h.form.page) {
		found, err := h.Store.Harvest(h.ctx, want)
		if err != nil {
			return false, err
		}
		ahead, err := h.tell(found)
		if err != nil || len(ahead) > 0 {
			return err == nil, err
		}
		if len(found) < want.Limit {
			return false, nil
		}
		goOn(&want, &found[len(found)-1])
	}
}

// part is some rows with what was read of their articles.
type part struct {
	rows      []store.Harvested
	articles  []journal.Publication
	documents [][]journal.Document // of the articles, where the format has texts in it
	err       error
}

// read reads the articles of rows, and their texts where the format has them in it.
func (h *harvest) read(ctx context.Context, rows []store.Harvested) *part {
	p := &part{rows: rows}
	if h.headersOnly() {
		return p
	}
	ids := make([]string, 0, len(rows))
	for i := range rows {
		if !rows[i].Deleted {
			ids = append(ids, rows[i].ArticleID)
		}
	}
	articles := h.Store.Articles
	if h.form.lean {
		articles = h.Store.LeanArticles
	}
	if p.articles, p.err = articles(ctx, ids); p.err == nil && !h.form.lean {
		p.err = citing.Accepted(ctx, h.Store, p.articles)
	}
	if p.err == nil && h.form.sure {
		p.err = citing.Sure(ctx, h.Store, p.articles)
	}
	if p.err == nil && h.form.record == nil {
		p.documents, p.err = texts(ctx, h.Store, p.articles)
	}
	return p
}

// headersOnly: no article is needed for what is told of it.
func (h *harvest) headersOnly() bool {
	return h.req.Verb == oaipmh.ListIdentifiers && !h.form.some
}

// tell makes items of rows. What the format cannot hold is left out.
func (h *harvest) tell(rows []store.Harvested) ([]item, error) {
	return h.itemsOf(h.read(h.ctx, rows))
}

func (h *harvest) itemsOf(p *part) ([]item, error) {
	if p.err != nil {
		return nil, p.err
	}
	items := make([]item, 0, len(p.rows))
	place := make(map[string]int, len(p.articles))
	for i := range p.articles {
		place[p.articles[i].ID] = i
	}
	for i := range p.rows {
		it := item{row: &p.rows[i]}
		at, ok := place[it.row.ArticleID]
		switch {
		case h.headersOnly():
		case !ok || p.articles[at].Withdrawn: // since the row was read, perhaps
			it.row.Deleted = true
		default:
			if err := h.metadata(&it, p, at); err != nil {
				return nil, err
			}
			if it.metadata == nil {
				continue
			}
		}
		items = append(items, it)
	}
	return items, nil
}

// metadata gives an item the record of an article, none where the format cannot hold it.
func (h *harvest) metadata(it *item, p *part, at int) (err error) {
	a := &p.articles[at]
	if h.form.record != nil {
		it.metadata = h.form.record(a, h.article(a))
	} else {
		it.metadata, err = jatsRecord(a, p.documents[at], h.article(a))
	}
	it.about = rights(a)
	return err
}
