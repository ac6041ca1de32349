package app

import (
	"bytes"
	"context"
	"io"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/format/bibtex"
	"offprint/internal/format/cff"
	"offprint/internal/format/crossref"
	"offprint/internal/format/csl"
	"offprint/internal/format/datacite"
	"offprint/internal/format/doaj"
	"offprint/internal/format/dublincore"
	"offprint/internal/format/endnote"
	"offprint/internal/format/highwire"
	"offprint/internal/format/jalc"
	"offprint/internal/format/jats"
	"offprint/internal/format/marcxml"
	"offprint/internal/format/mods"
	"offprint/internal/format/ojsnative"
	"offprint/internal/format/pubmed"
	"offprint/internal/format/refworks"
	"offprint/internal/format/ris"
	"offprint/internal/format/rsci"
	"offprint/internal/format/schemaorg"
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
)

// exportForm is a form that Export writes.
type exportForm struct {
	name string
	// lacks is what the form asks for and a record does not have; nil: nothing.
	lacks func(p *journal.Publication, address string) journal.Lacks
	// texts: the form has the full texts in it; cites: it has fields of references.
	texts, cites bool
	// byIssue: articles come by issues, and the sink is told of each.
	byIssue bool
	// open makes the sink of an export.
	open func(x *exporter) error
}

// exportForms are all forms, in the order in which they are listed. "record" is the whole
// record as it is kept, one JSON object a line, with where it came from and what was not
// understood. A form that is one document for each article is written as that for a
// single one, and as a zip archive for several.
var exportForms = []exportForm{
	{name: "jats", texts: true, open: files("xml", func(w io.Writer, p *journal.Publication, texts []journal.Document, address string) error {
		return jats.Encode(w, p, texts, address)
	})},
	{name: "pmc", texts: true, open: openPackage},
	{name: "bagit", texts: true, byIssue: true, open: openBag},
	{name: "ojs", texts: true, byIssue: true, open: openOJS(ojsnative.V35)},
	{name: "ojs-3.4", texts: true, byIssue: true, open: openOJS(ojsnative.V34)},
	{name: "ojs-3.3", texts: true, byIssue: true, open: openOJS(ojsnative.V33)},
	{name: "rsci", lacks: rsci.Lacks, texts: true, cites: true, byIssue: true, open: openRSCI},
	{name: "crossref", lacks: crossref.Lacks, cites: true, open: openCrossref},
	{name: "doaj", lacks: doaj.Lacks, open: collected(doaj.NewCollection)},
	{name: "doaj-json", lacks: doaj.Lacks, open: array(func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		return doaj.EncodeJSON(p, address)
	})},
	{name: "pubmed", lacks: pubmed.Lacks, open: collected(pubmed.NewCollection)},
	{name: "jalc", lacks: jalc.Lacks, open: openJaLC},
	{name: "datacite", lacks: datacite.Lacks, cites: true, open: files("xml", plain(datacite.Encode))},
	{name: "oai_dc", open: files("xml", plain(dublincore.Encode))},
	{name: "dim", open: files("xml", func(w io.Writer, p *journal.Publication, _ []journal.Document, address string) error {
		return dublincore.Intermediate(p, address).Write(w)
	})},
	{name: "openaire", open: files("xml", plain(datacite.EncodeOpenAIRE))},
	{name: "mods", open: collected(mods.NewCollection)},
	{name: "marcxml", open: collected(marcxml.NewCollection)},
	{name: "jsonld", texts: true, open: array(schemaorg.Encode)},
	{name: "csl-json", open: array(func(p *journal.Publication, _ []journal.Document, address string) ([]byte, error) {
		b, err := csl.Encode(p, address)
		// Each article is an array of one; together they are one array.
		return bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(b), []byte("[")), []byte("]")), err
	})},
	{name: "bibtex", open: bibliographic(bibtex.NewWriter)},
	{name: "biblatex", open: bibliographic(bibtex.NewBibLaTeXWriter)},
	{name: "ris", open: joined(ris.Encode)},
	{name: "refworks", open: joined(refworks.Encode)},
	{name: "endnote", open: collected(endnote.NewCollection)},
	{name: "cff", open: files("cff", func(w io.Writer, p *journal.Publication, _ []journal.Document, address string) error {
		_, err := w.Write(cff.Encode(p, address))
		return err
	})},
	{name: "record", open: func(x *exporter) error { x.sink = nothing{}; return nil }},
}

// ExportFormats are the names of the forms that Export writes.
var ExportFormats = func() (names []string) {
	for i := range exportForms {
		names = append(names, exportForms[i].name)
	}
	return names
}()

// registries are those that Missing can speak of, by name.
var registries = map[string]func(p *journal.Publication, address string) journal.Lacks{
	"crossref": crossref.Lacks, "datacite": datacite.Lacks, "doaj": doaj.Lacks, "jalc": jalc.Lacks, "pubmed": pubmed.Lacks, "rsci": rsci.Lacks, "scholar": highwire.Lacks,
}

func plain(encode func(w io.Writer, p *journal.Publication, address string) error) encodeFile {
	return func(w io.Writer, p *journal.Publication, _ []journal.Document, address string) error {
		return encode(w, p, address)
	}
}

// nothing is the sink of what is written otherwise, and has what sinks do not need.
type nothing struct{}

func (nothing) add(context.Context, *journal.Publication, []journal.Document, string) error {
	return nil
}
func (nothing) turn(context.Context, *journal.Journal, *journal.Issue) error { return nil }
func (nothing) close() error                                                 { return nil }

// collected is the form of one document of any number of articles.
func collected(open func(w io.Writer) *xmltree.Collection) func(x *exporter) error {
	return func(x *exporter) error {
		x.sink = &collectionSink{collection: open(x.w)}
		return nil
	}
}

type collectionSink struct {
	nothing
	collection *xmltree.Collection
}

func (s *collectionSink) add(_ context.Context, p *journal.Publication, _ []journal.Document, address string) error {
	_, err := s.collection.Add(p, address)
	return err
}

func (s *collectionSink) close() error { return s.collection.Close() }

// bibliographic is the form of BibTeX's entries, whose keys differ.
func bibliographic(open func(w io.Writer) *bibtex.Writer) func(x *exporter) error {
	return func(x *exporter) error {
		x.sink = &bibliography{entries: open(x.w)}
		return nil
	}
}

type bibliography struct {
	nothing
	entries *bibtex.Writer
}

func (b *bibliography) add(_ context.Context, p *journal.Publication, _ []journal.Document, address string) error {
	return b.entries.Write(p, address)
}

// openCrossref begins a deposit. It speaks in the name of the journal; of several
// journals, in that of the first article's, since who deposits is the same.
func openCrossref(x *exporter) error {
	x.sink = &depositSink{begin: func(j *journal.Journal) registration {
		return crossref.NewBatch(x.w, crossref.HeadOf(j, strings.Trim(j.Path+"-"+x.At.UTC().Format("20060102T150405.000"), "-"), x.At))
	}}
	return nil
}

// openJaLC begins a registration by the site that the journal is registered under.
func openJaLC(x *exporter) error {
	site := func(j *journal.Journal) string { return jalc.Site(j.Registered().JaLCSite) }
	x.sink = &depositSink{by: site, begin: func(j *journal.Journal) registration { return jalc.NewCollection(x.w, site(j)) }}
	return nil
}

// registration is a document in the name of somebody.
type registration interface {
	Add(p *journal.Publication, address string) (bool, error)
	Close() error
}

// depositSink begins a deposit with the first article.
type depositSink struct {
	nothing
	begin func(j *journal.Journal) registration
	// by is in whose name it is, where that matters: one deposit has one name.
	by   func(j *journal.Journal) string
	name string
	to   registration
}

func (d *depositSink) add(_ context.Context, p *journal.Publication, _ []journal.Document, address string) error {
	first := d.to == nil
	if first {
		d.to = d.begin(&p.Journal)
	}
	if d.by != nil {
		if name := d.by(&p.Journal); first {
			d.name = name
		} else if name != d.name {
			return errs.Newf(errs.Invalid, "the journal %s registers in the name of %s, those before it in that of %s: export them one by one, with --journal", p.Journal.Path, name, d.name)
		}
	}
	_, err := d.to.Add(p, address)
	return err
}

func (d *depositSink) close() error {
	if d.to == nil {
		d.to = d.begin(&journal.Journal{})
	}
	return d.to.Close()
}
