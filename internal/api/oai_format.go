package api

import (
	"bytes"
	"context"
	"time"

	"offprint/internal/format/crossref"
	"offprint/internal/format/datacite"
	"offprint/internal/format/dublincore"
	"offprint/internal/format/jats"
	"offprint/internal/format/marcxml"
	"offprint/internal/format/mods"
	"offprint/internal/format/oaipmh"
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// oaiForm is a metadata format of the repository.
type oaiForm struct {
	oaipmh.Format
	// record makes the metadata, nil of an article that the format cannot hold; it
	// is nil itself for a format that needs the full texts.
	record func(p *journal.Publication, address string) *xmltree.Element
	// some: there are articles that the format cannot hold; lean: it has no use
	// for the references; sure: it tells what was read of them without doubt.
	some, lean, sure bool
	// page is how many records stand in one response, and part how many of them
	// are read at once.
	page, part int
}

// recordsOnPage is how many records stand in one response, and textsOnPage how
// many of those that hold full texts, which may have some MB each; recordsAtOnce
// is how many of the former are read at once: while those are told, as many more are
// in memory.
const (
	recordsOnPage = 200
	recordsAtOnce = 40
	textsOnPage   = 25
	headersOnPage = 1000
)

var oaiForms = []oaiForm{
	{Format: oaipmh.Format{Prefix: "oai_dc", Schema: dublincore.Schema, Namespace: dublincore.Namespace}, record: dublincore.Record, lean: true, page: recordsOnPage, part: recordsAtOnce},
	{Format: oaipmh.Format{Prefix: "oai_openaire", Schema: datacite.OpenAIRESchema, Namespace: datacite.OpenAIRENamespace}, record: datacite.OpenAIRE, some: true, lean: true, page: recordsOnPage, part: recordsAtOnce},
	{Format: oaipmh.Format{Prefix: "jats", Schema: "https://jats.nlm.nih.gov/publishing/1.3/xsd/JATS-journalpublishing1-3-mathml3.xsd", Namespace: "http://jats.nlm.nih.gov"}, page: textsOnPage, part: textsAtOnce},
	{Format: oaipmh.Format{Prefix: "marcxml", Schema: marcxml.Schema, Namespace: marcxml.Namespace}, record: marcxml.Record, lean: true, page: recordsOnPage, part: recordsAtOnce},
	{Format: oaipmh.Format{Prefix: "mods", Schema: mods.Schema, Namespace: mods.Namespace}, record: mods.Record, lean: true, page: recordsOnPage, part: recordsAtOnce},
	{Format: oaipmh.Format{Prefix: "datacite", Schema: datacite.Schema, Namespace: datacite.Namespace}, record: datacite.Record, some: true, sure: true, page: recordsOnPage, part: recordsAtOnce},
	{Format: oaipmh.Format{Prefix: "oai_dim", Schema: "http://www.dspace.org/schema/dim.xsd", Namespace: dublincore.DIM}, record: dublincore.Intermediate, lean: true, page: recordsOnPage, part: recordsAtOnce},
	{Format: oaipmh.Format{Prefix: "crossref", Schema: crossref.Schema, Namespace: crossref.Namespace}, record: deposit, some: true, sure: true, page: recordsOnPage, part: recordsAtOnce},
}

// deposit is an article as a deposit of its own, by nobody: who deposits is told of the
// outcome by e-mail, which is not for everybody who harvests.
func deposit(p *journal.Publication, address string) *xmltree.Element {
	if crossref.Lacks(p, address).Grave() {
		return nil
	}
	at, err := time.Parse(time.RFC3339, p.Created)
	if err != nil {
		at = time.Unix(0, 0)
	}
	var b bytes.Buffer
	if err := crossref.Encode(&b, p, address, crossref.Head{ID: p.ID, At: at}); err != nil {
		return nil // what it lacks was asked before, and a buffer takes everything
	}
	return xmltree.Embed(b.Bytes())
}

func formOf(prefix string) *oaiForm {
	for i := range oaiForms {
		if oaiForms[i].Prefix == prefix {
			return &oaiForms[i]
		}
	}
	return nil
}

// texts are the full texts of some articles, asked for at once, in their order.
func texts(ctx context.Context, st *store.Store, list []journal.Publication) ([][]journal.Document, error) {
	var refs []journal.DocumentRef
	for i := range list {
		refs = append(refs, list[i].Record.Documents...)
	}
	all, err := st.Documents(ctx, refs)
	if err != nil {
		return nil, err
	}
	out := make([][]journal.Document, len(list))
	for i := range list {
		n := len(list[i].Record.Documents)
		out[i], all = all[:n], all[n:]
	}
	return out, nil
}

// jatsRecord is an article with its full text as metadata.
func jatsRecord(p *journal.Publication, documents []journal.Document, address string) (*xmltree.Element, error) {
	var b bytes.Buffer
	if err := jats.Encode(&b, p, documents, address); err != nil {
		return nil, err
	}
	return xmltree.Embed(b.Bytes()), nil
}

// rights says under which licence a record may be used, in the terms of the
// Dublin Core. Nothing for an article whose licence is not known.
func rights(p *journal.Publication) *xmltree.Element {
	l := p.Record.Licence
	if l == nil || l.URL == "" {
		return nil
	}
	return xmltree.New("oai_dc:dc", xmltree.Say("dc:rights", l.Name()), xmltree.Say("dc:rights", l.URL)).
		Set("xmlns:oai_dc", dublincore.Namespace).Set("xmlns:dc", "http://purl.org/dc/elements/1.1/").
		Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").
		Set("xsi:schemaLocation", dublincore.Namespace+" "+dublincore.Schema)
}
