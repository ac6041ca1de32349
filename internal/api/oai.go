package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"offprint/internal/citing"
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
	// items are what is told, and more says that the list goes on after them.
	items []item
	more  bool
	sets  []oaipmh.Set
}

// item is one record, or without metadata a header.
type item struct {
	row             *store.Harvested
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
	if h.items, err = h.tell([]store.Harvested{found}); err != nil {
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

// gather reads rows until there is something to tell, and finds out whether there is
// more: a list that goes on may not be empty (section 3.5).
func (h *harvest) gather(want *store.Harvest) error {
	for len(h.items) == 0 {
		found, err := h.Store.Harvest(h.ctx, *want)
		if err != nil {
			return err
		}
		if h.more = len(found) == want.Limit; h.more {
			found = found[:want.Limit-1]
			goOn(want, &found[len(found)-1])
		}
		if h.items, err = h.tell(found); err != nil || !h.more {
			return err
		}
	}
	if !h.form.some {
		return nil
	}
	// What follows may be nothing that the format can hold. Nearly always it is.
	for want.Limit = 5; ; want.Limit = min(2*want.Limit, h.form.page) {
		found, err := h.Store.Harvest(h.ctx, *want)
		if err != nil {
			return err
		}
		ahead, err := h.tell(found)
		if err != nil || len(ahead) > 0 {
			return err
		}
		if h.more = len(found) == want.Limit; !h.more {
			return nil
		}
		goOn(want, &found[len(found)-1])
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
			if err := h.out.Header(h.header(h.items[i].row)); err != nil {
				return err
			}
		}
		return h.end()
	}
	for i := range h.items {
		if err := h.out.Record(h.header(h.items[i].row), h.items[i].metadata, h.items[i].about); err != nil {
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
	if h.more {
		last := h.items[len(h.items)-1].row
		at := oaipmh.Place{ID: last.ArticleID, Done: before + len(h.items)}
		if !h.req.From.IsZero() {
			at.Stamp = last.Stamp
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
func (h *harvest) tell(found []store.Harvested) (items []item, err error) {
	if h.req.Verb == oaipmh.ListIdentifiers && !h.form.some {
		for i := range found {
			items = append(items, item{row: &found[i]})
		}
		return items, nil
	}
	list, documents, err := h.read(found)
	if err != nil {
		return nil, err
	}
	place := make(map[string]int, len(list))
	for i := range list {
		place[list[i].ID] = i
	}
	for i := range found {
		it := item{row: &found[i]}
		at, ok := place[found[i].ArticleID]
		if !ok || list[at].Withdrawn { // since the row was read, perhaps
			it.row.Deleted = true
			items = append(items, it)
			continue
		}
		p := &list[at]
		if h.form.record != nil {
			it.metadata = h.form.record(p, h.article(p))
		} else if it.metadata, err = jatsRecord(p, documents[at], h.article(p)); err != nil {
			return nil, err
		}
		if it.metadata != nil {
			it.about = rights(p)
			items = append(items, it)
		}
	}
	return items, nil
}

// read reads the articles of rows, and their texts where the format has them in it.
func (h *harvest) read(found []store.Harvested) (list []journal.Publication, documents [][]journal.Document, err error) {
	ids := make([]string, 0, len(found))
	for i := range found {
		if !found[i].Deleted {
			ids = append(ids, found[i].ArticleID)
		}
	}
	read := h.Store.Articles
	if h.form.lean {
		read = h.Store.LeanArticles
	}
	if list, err = read(h.ctx, ids); err == nil && !h.form.lean {
		err = citing.Accepted(h.ctx, h.Store, list)
	}
	if err == nil && h.form.sure {
		err = citing.Sure(h.ctx, h.Store, list)
	}
	if err != nil || h.form.record != nil {
		return list, nil, err
	}
	documents, err = texts(h.ctx, h.Store, list)
	return list, documents, err
}
