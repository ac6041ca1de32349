package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"offprint/internal/errs"
	"offprint/internal/format/oaipmh"
	"offprint/internal/format/xmltree"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/site"
	"offprint/internal/store"
)

// oai answers a harvester (OAI-PMH 2.0), of one journal or of all.
func (f *Face) oai(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	values := r.URL.Query()
	if r.Method == http.MethodPost {
		if err := r.ParseForm(); err != nil {
			return errs.Newf(errs.Invalid, "the form cannot be read")
		}
		values = r.PostForm
	}
	req, fault := oaipmh.Parse(values, a.Scope())
	release, err := f.place(w, r)
	if err != nil {
		return err
	}
	defer release()
	h := &harvest{Face: f, ask: a, req: req, ctx: r.Context()}
	if fault == nil {
		if fault, err = h.prepare(); err != nil {
			return err
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	out := httpx.Stream(w, r, oaipmh.Media)
	h.out = oaipmh.NewResponse(out, a.At("/oai"), req, f.Now())
	if fault != nil {
		err = h.out.Fault(fault)
	} else {
		h.out.Begin()
		err = h.write()
	}
	return errors.Join(err, h.out.Close(), out.Close())
}

// harvest is one request while it is answered.
type harvest struct {
	*Face
	ask  *site.Ask
	req  *oaipmh.Request
	ctx  context.Context
	out  *oaipmh.Response
	form *oaiForm
	// items are what is told, done is how many rows were looked at for them, and
	// next is where the list goes on, nil at its end.
	items []item
	done  int
	next  *store.Harvested
	sets  []oaipmh.Set
}

// item is one record, or with nothing but its head a header.
type item struct {
	head            oaipmh.Header
	metadata, about *xmltree.Element
}

// prepare finds out what will be answered, so that faults are known before the
// first byte is written.
func (h *harvest) prepare() (*oaipmh.Fault, error) {
	if h.req.Prefix != "" {
		if h.form = formOf(h.req.Prefix); h.form == nil {
			return &oaipmh.Fault{Code: oaipmh.CannotDisseminateFormat, Says: "there is no such format here: ask with ListMetadataFormats"}, nil
		}
	}
	switch h.req.Verb {
	case oaipmh.GetRecord:
		return h.prepareItem()
	case oaipmh.ListMetadataFormats:
		if h.req.Identifier != "" {
			return h.prepareItem()
		}
	case oaipmh.ListSets:
		if h.req.Place != nil {
			return &oaipmh.Fault{Code: oaipmh.BadResumptionToken, Says: "the list of sets fits one response and has no tokens"}, nil
		}
		var err error
		h.sets, err = h.listSets()
		return nil, err
	case oaipmh.ListRecords, oaipmh.ListIdentifiers:
		return h.prepareList()
	}
	return nil, nil
}

// prepareItem finds the item with an identifier.
func (h *harvest) prepareItem() (*oaipmh.Fault, error) {
	unknown := &oaipmh.Fault{Code: oaipmh.IDDoesNotExist, Says: "there is no item with this identifier here"}
	path, slug := "", ""
	if rest, ok := strings.CutPrefix(h.req.Identifier, "oai:"+h.domain()+":"); ok {
		path, slug, _ = strings.Cut(rest, "/")
		if s, err := url.PathUnescape(slug); err == nil {
			slug = s
		}
	}
	found, err := h.Store.HarvestOf(h.ctx, h.req.Identifier, path, slug)
	switch {
	case errors.Is(err, errs.NotFound):
		return unknown, nil
	case err != nil:
		return nil, err
	case h.ask.Journal != nil && found.JournalID != h.ask.Journal.ID:
		return unknown, nil
	}
	if h.req.Verb == oaipmh.ListMetadataFormats {
		return nil, nil
	}
	if err := h.tell([]store.Harvested{found}); err != nil {
		return nil, err
	}
	if len(h.items) == 0 {
		return &oaipmh.Fault{Code: oaipmh.CannotDisseminateFormat, Says: "this item lacks what the format demands"}, nil
	}
	return nil, nil
}

// prepareList finds the items of one response.
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
	if err := h.gather(&want); err != nil {
		return nil, err
	}
	if len(h.items) == 0 {
		if h.next != nil {
			return nil, errs.Newf(errs.Unavailable, "this format has nothing for very many articles in a row")
		}
		return none, nil
	}
	return nil, nil
}

// mostRows is how many rows are looked at for one response: a format may be such
// that nearly no article can be told in it.
const mostRows = 10_000

// gather reads rows until there is something to tell.
func (h *harvest) gather(want *store.Harvest) error {
	for len(h.items) == 0 && h.done < mostRows {
		found, err := h.Store.Harvest(h.ctx, *want)
		if err != nil {
			return err
		}
		h.next = nil
		if len(found) == want.Limit {
			found = found[:want.Limit-1]
			h.next = &found[len(found)-1]
		}
		h.done += len(found)
		if err := h.tell(found); err != nil || h.next == nil {
			return err
		}
		want.After.ID = h.next.ArticleID
		if !want.From.IsZero() {
			want.After.Stamp = h.next.Stamp
		}
	}
	return nil
}

func (h *harvest) write() error {
	switch h.req.Verb {
	case oaipmh.Identify:
		return h.identify()
	case oaipmh.ListMetadataFormats:
		list := make([]oaipmh.Format, len(oaiForms))
		for i := range oaiForms {
			list[i] = oaiForms[i].Format
		}
		return h.out.Formats(list)
	case oaipmh.ListSets:
		for _, s := range h.sets {
			if err := h.out.Set(s); err != nil {
				return err
			}
		}
		return nil
	case oaipmh.ListIdentifiers:
		for i := range h.items {
			if err := h.out.Header(h.items[i].head); err != nil {
				return err
			}
		}
		return h.end()
	}
	for i := range h.items {
		if err := h.out.Record(h.items[i].head, h.items[i].metadata, h.items[i].about); err != nil {
			return err
		}
	}
	if h.req.Verb == oaipmh.ListRecords {
		return h.end()
	}
	return nil
}

// end ends a list.
func (h *harvest) end() error {
	before, token := 0, ""
	if h.req.Place != nil {
		before = h.req.Place.Done
	}
	if h.next != nil {
		at := oaipmh.Place{ID: h.next.ArticleID, Done: before + h.done}
		if !h.req.From.IsZero() {
			at.Stamp = h.next.Stamp
		}
		token = h.req.Token(h.ask.Scope(), at)
	}
	return h.out.End(token, before)
}

func (h *harvest) identify() error {
	begins, err := h.Store.HarvestBegins(h.ctx, h.journalID())
	if err != nil {
		return err
	}
	if begins.IsZero() {
		begins = h.Now()
	}
	repo := &oaipmh.Repository{Name: h.base.Host, Base: h.ask.At("/oai"), Begins: begins, Domain: h.domain(), Admins: []string{"postmaster@" + h.domain()},
		Sample: "oai:" + h.domain() + ":journal/author-2020-title"}
	if j := h.ask.Journal; j != nil {
		repo.Name = j.Title(j.Language()).Plain
		repo.Sample = "oai:" + h.domain() + ":" + j.Path + "/author-2020-title"
		if mail := j.Registered().DepositorEmail; mail != "" {
			repo.Admins = []string{mail}
		}
	}
	return h.out.Identify(repo)
}

func (h *harvest) journalID() string {
	if h.ask.Journal == nil {
		return ""
	}
	return h.ask.Journal.ID
}

// header is what is said of an item.
func (h *harvest) header(e *store.Harvested) oaipmh.Header {
	id := e.Identifier
	if id == "" {
		id = "oai:" + h.domain() + ":" + e.JournalPath + "/" + url.PathEscape(e.Slug)
	}
	return oaipmh.Header{Identifier: id, Stamp: e.Stamp, Deleted: e.Deleted, Sets: setsOf(e)}
}

// tell makes items of rows. What the format cannot hold is left out.
func (h *harvest) tell(found []store.Harvested) error {
	if h.req.Verb == oaipmh.ListIdentifiers && !h.form.some {
		for i := range found {
			h.items = append(h.items, item{head: h.header(&found[i])})
		}
		return nil
	}
	ids := make([]string, 0, len(found))
	for _, e := range found {
		if !e.Deleted {
			ids = append(ids, e.ArticleID)
		}
	}
	read := h.Store.Articles
	if h.form.lean {
		read = h.Store.LeanArticles
	}
	list, err := read(h.ctx, ids)
	if err != nil {
		return err
	}
	var documents [][]journal.Document
	if h.form.record == nil {
		if documents, err = texts(h.ctx, h.Store, list); err != nil {
			return err
		}
	}
	place := make(map[string]int, len(list))
	for i := range list {
		place[list[i].ID] = i
	}
	for i := range found {
		it := item{head: h.header(&found[i])}
		at, ok := place[found[i].ArticleID]
		if !ok || list[at].Withdrawn { // since the row was read, perhaps
			it.head.Deleted = true
			h.items = append(h.items, it)
			continue
		}
		p := &list[at]
		if h.form.record != nil {
			it.metadata = h.form.record(p, h.article(p))
		} else if it.metadata, err = jatsRecord(p, documents[at], h.article(p)); err != nil {
			return err
		}
		if it.metadata != nil {
			it.about = rights(p)
			h.items = append(h.items, it)
		}
	}
	return nil
}
