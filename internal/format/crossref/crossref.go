// Package crossref writes articles as a deposit of Crossref: XML of the metadata
// deposit schema 5.4.0 (https://data.crossref.org/reports/help/schema_doc/5.4.0/).
//
// Terms: a batch is one file that is deposited, with who sends it in its head; a
// journal element holds the journal, the issue and an article of it. There is one of
// them for each article, which the schema allows and which makes a batch of any
// number of articles a stream.
//
//	b := crossref.NewBatch(w, crossref.Head{ID: "rjr-20260102", …})
//	err := b.Add(publication, "https://example.org/rjr/articles/panov-2020")
//	err = b.Close()
//
// What Crossref demands and a record does not have is said by Lacks; Add leaves such
// an article out. Values that the schema has no room for are cut or left out, never
// made up. The package sends nothing and knows no passwords.
package crossref

import (
	"io"
	"strconv"
	"time"

	"offprint/internal/article"
	"offprint/internal/errs"
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Version of the schema.
const Version = "5.4.0"

// Namespace and Schema of deposits.
const (
	Namespace = "http://www.crossref.org/schema/" + Version
	Schema    = "https://www.crossref.org/schemas/crossref" + Version + ".xsd"
)

// Head is what a batch says of itself. Of one that is not deposited but shown to
// everybody only ID and At are given: it names nobody then.
type Head struct {
	ID string // unique for the depositor, at most 100 characters
	// At is the time of the deposit: of two deposits of a DOI the later one holds.
	At time.Time
	// Depositor and Email are who is told of the outcome, Registrant is the
	// organisation that owns the DOIs.
	Depositor, Email, Registrant string
}

// HeadOf is the head for a journal's own deposit: its words, where it has given them,
// else its publisher and title.
func HeadOf(j *journal.Journal, id string, at time.Time) Head {
	r := j.Registered()
	publisher := journal.In(j.Publisher, "en").Plain
	return Head{ID: id, At: at, Depositor: or(r.Depositor, publisher, j.Title("en").Plain), Email: r.DepositorEmail,
		Registrant: or(r.Registrant, publisher, j.Title("en").Plain)}
}

func or(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// Batch is a deposit that is being written.
type Batch struct{ stream *xmltree.Stream }

// NewBatch begins a deposit.
func NewBatch(w io.Writer, h Head) *Batch {
	root := xmltree.New("doi_batch", xmltree.New("head",
		xmltree.Say("doi_batch_id", pad(script.Cut(or(script.Line(h.ID), "batch"), 100), 4)),
		xmltree.Say("timestamp", h.At.UTC().Format("20060102150405")+millis(h.At)),
		xmltree.New("depositor", xmltree.Say("depositor_name", script.Cut(or(script.Line(h.Depositor), "unknown"), 130)),
			xmltree.Say("email_address", email(h.Email))),
		xmltree.Say("registrant", script.Cut(or(script.Line(h.Registrant), "unknown"), 255)))).
		Set("xmlns", Namespace).Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").
		Set("xsi:schemaLocation", Namespace+" "+Schema).
		Set("xmlns:jats", "http://www.ncbi.nlm.nih.gov/JATS1").Set("xmlns:fr", "http://www.crossref.org/fundref.xsd").
		Set("xmlns:ai", "http://www.crossref.org/AccessIndicators.xsd").Set("xmlns:rel", "http://www.crossref.org/relations.xsd").
		Set("version", Version)
	return &Batch{xmltree.NewStream(w, root, xmltree.New("body"))}
}

func millis(t time.Time) string {
	s := strconv.Itoa(t.Nanosecond() / 1e6)
	return "000"[len(s):] + s
}

// pad makes a value as long as the schema wants it.
func pad(s string, least int) string {
	for len(s) < least {
		s += "-"
	}
	return s
}

// noEmail is an address that reaches nobody (RFC 2606), for a journal that has given none.
const noEmail = "nobody@example.invalid"

func email(s string) string {
	if s = script.Line(s); len(s) < 6 || len(s) > 200 {
		return noEmail
	}
	return s
}

// Add writes an article and reports whether it did: one that lacks what Crossref
// demands is left out. The error is that of the writer.
func (b *Batch) Add(p *journal.Publication, address string) (bool, error) {
	e := Record(p, address)
	if e == nil {
		return false, nil
	}
	return true, b.stream.Add(e)
}

// Close ends the deposit.
func (b *Batch) Close() error { return b.stream.Close() }

// Encode writes a deposit of one article. The error of kind errs.Invalid says what
// the article lacks.
func Encode(w io.Writer, p *journal.Publication, address string, h Head) error {
	if Lacks(p, address).Grave() {
		return errs.Newf(errs.Invalid, "the article %s lacks what Crossref demands: a DOI, a title, a journal with an ISSN, a year and a public address", p.Slug)
	}
	b := NewBatch(w, h)
	if _, err := b.Add(p, address); err != nil {
		return err
	}
	return b.Close()
}

// Lacks is what Crossref asks for and the record does not have.
func Lacks(p *journal.Publication, address string) journal.Lacks {
	var l journal.Lacks
	rec := &p.Record
	doi, ok := pid.DOI(rec.DOI)
	l.Must(!ok, "doi")
	l.Must(ok && !depositable(doi), "doi-form", rec.DOI)
	l.Must(heading(p).Plain == "", "title")
	l.Must(journalTitle(p) == "", "journal-title")
	l.Must(address == "", "address")
	l.Must(published(p) == "", "date")
	l.Must(printISSN(p) == "" && onlineISSN(p) == "", "issn")
	prefix := p.Journal.Registered().DOIPrefix
	l.Should(ok && prefix != "" && !hasPrefix(doi, prefix), "doi-prefix", rec.DOI, prefix)
	l.Should(p.Journal.Registered().DepositorEmail == "", "depositor")
	l.Should(len(rec.By("author")) == 0, "authors")
	l.Should(len(rec.Abstracts) == 0, "abstract")
	l.Should(rec.Licence == nil || rec.Licence.URL == "", "licence")
	l.Should(len(rec.References) == 0, "references")
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		l.Should(!named(c), "name", c.NameIn("").Shown())
	}
	for i := range rec.Related {
		r := &rec.Related[i]
		if updates[r.Relation] == "" {
			continue
		}
		l.Should(r.DOI == "", "update-doi", r.Title)
		l.Should(r.DOI != "" && (p.Journal.Registered().UpdatePolicy == "" || start(p) == ""), "update-policy")
	}
	return l
}

// depositable is the form that the schema allows.
func depositable(doi string) bool {
	for i := 3; i < len(doi); i++ {
		if doi[i] == '/' {
			n := len([]rune(doi[i+1:]))
			return i-3 >= 4 && i-3 <= 9 && digits(doi[3:i]) && n >= 1 && n <= 200
		}
	}
	return false
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

func hasPrefix(doi, prefix string) bool {
	return len(doi) > len(prefix) && doi[:len(prefix)] == prefix && doi[len(prefix)] == '/'
}

func heading(p *journal.Publication) journal.Text {
	if len(p.Record.Titles) == 0 {
		return journal.Text{}
	}
	t := p.Titled(p.Record.Titles[0])
	t.Plain = script.Line(t.Plain)
	return t
}

func journalTitle(p *journal.Publication) string { return script.Line(p.Journal.Title("").Plain) }

// published is the first date of publication whose year the schema allows.
func published(p *journal.Publication) journal.Date {
	online, print := p.Released()
	for _, d := range []journal.Date{online, print} {
		if y := d.Year(); y >= 1400 && y <= 2200 {
			return d
		}
	}
	return ""
}

func onlineISSN(p *journal.Publication) string {
	issn, _ := pid.ISSN(p.Journal.ISSNOnline)
	return issn
}
func printISSN(p *journal.Publication) string { issn, _ := pid.ISSN(p.Journal.ISSNPrint); return issn }

// face are the marks that titles and citations may have.
var face = xmltree.Marks{article.Italic: "i", article.Bold: "b", article.Underline: "u", article.Sub: "sub", article.Sup: "sup", article.SmallCaps: "scp", article.Monospace: "tt"}

// jats are the marks that abstracts may have.
var jats = xmltree.Marks{article.Italic: "jats:italic", article.Bold: "jats:bold", article.Underline: "jats:underline", article.Sub: "jats:sub", article.Sup: "jats:sup",
	article.SmallCaps: "jats:sc", article.Monospace: "jats:monospace", article.Strike: "jats:strike"}

// language is a tag as the schema lists languages: by two letters, or three.
func language(tag string) string {
	if two := locale.Alpha2(tag); two != "" {
		return two
	}
	return locale.Alpha3(tag)
}
