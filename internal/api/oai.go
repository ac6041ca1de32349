package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/format/oaipmh"
	"offprint/internal/format/xmltree"
	"offprint/internal/httpx"
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
	h.body = httpx.Stream(w, r, oaipmh.Media)
	h.out = oaipmh.NewResponse(h.body, a.At("/oai"), req, f.Now())
	if fault != nil {
		err = h.out.Fault(fault)
	} else {
		h.out.Begin()
		err = h.write()
	}
	if err != nil { // what is not whole may not look as if it were
		return err
	}
	return errors.Join(h.out.Close(), h.body.Close())
}

// harvest is one request while it is answered.
type harvest struct {
	*Face
	ask  *site.Ask
	req  *oaipmh.Request
	ctx  context.Context
	body *httpx.Body
	out  *oaipmh.Response
	form *oaiForm
	// items are what is told first, and rest the rows of what follows in this response;
	// more says that the list goes on in another one, which begins at next.
	items []item
	rest  []store.Harvested
	more  bool
	next  store.Harvest
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
		return h.list(func(it *item) error { return h.out.Header(h.header(it.row)) })
	case oaipmh.ListRecords:
		return h.list(h.record)
	}
	return h.record(&h.items[0])
}

func (h *harvest) record(it *item) error {
	return h.out.Record(h.header(it.row), it.metadata, it.about)
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
