// Package datacite writes articles by DataCite's metadata schema 4.6
// (https://schema.datacite.org/meta/kernel-4.6/), and by OpenAIRE's guidelines for
// literature repositories 4.0, whose form is made of DataCite's elements with some of
// their own (https://openaire-guidelines-for-literature-repository-managers.readthedocs.io/en/v4.0.0/).
//
//	e := datacite.Record(publication, "https://example.org/rjr/articles/panov-2020")
//	e = datacite.OpenAIRE(publication, address)
//
// DataCite takes no record without a DOI, a creator, a title, a publisher and a year;
// what is missing of them is said by Lacks, and Record is nil then. OpenAIRE takes any
// that has a title and an address.
package datacite

import (
	"io"
	"strconv"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Namespace and Schema of kernel 4.
const (
	Namespace = "http://datacite.org/schema/kernel-4"
	Schema    = "https://schema.datacite.org/meta/kernel-4.6/metadata.xsd"
)

// Encode writes the article as a document. The error of kind errs.Invalid is that of
// a record that lacks what DataCite demands.
func Encode(w io.Writer, p *journal.Publication, address string) error {
	e := Record(p, address)
	if e == nil {
		return errs.Newf(errs.Invalid, "the article %s lacks what DataCite demands: a DOI, a title, an author, a publisher and a year", p.Slug)
	}
	return e.Write(w)
}

// Lacks is what DataCite demands and the record does not have.
func Lacks(p *journal.Publication, address string) journal.Lacks {
	var l journal.Lacks
	_, ok := pid.DOI(p.Record.DOI)
	l.Must(!ok, "doi")
	l.Must(script.Line(p.Record.Heading().Plain) == "", "title")
	l.Must(writer{}.creators(&p.Record) == nil, "authors")
	l.Must(publisher(p) == "", "publisher")
	l.Must(year(p) == "", "date")
	l.Should(address == "", "address")
	return l
}

// publisher is the publisher, or else the journal, as DataCite advises for a body that
// publishes itself.
func publisher(p *journal.Publication) string {
	if s := script.Line(journal.In(p.Journal.Publisher, p.Record.Language).Plain); s != "" {
		return s
	}
	return script.Line(p.Journal.Title(p.Record.Language).Plain)
}

func year(p *journal.Publication) string {
	if y := p.Issued().Valid(); y != "" {
		return string(y[:4])
	}
	return ""
}

// writer makes the elements that both forms have; the prefix is that of DataCite's
// namespace, with its colon.
type writer struct{ prefix string }

func (w writer) say(name, value string) *xmltree.Element {
	return xmltree.Say(w.prefix+name, script.Line(value))
}

func (w writer) group(name string, kids ...*xmltree.Element) *xmltree.Element {
	return xmltree.Group(w.prefix+name, kids...)
}

// Record is the article as DataCite's resource, nil where DataCite would not take it.
func Record(p *journal.Publication, address string) *xmltree.Element {
	if Lacks(p, address).Grave() {
		return nil
	}
	rec, w := &p.Record, writer{}
	doi, _ := pid.DOI(rec.DOI)
	e := xmltree.New("resource").Set("xmlns", Namespace).Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").Set("xsi:schemaLocation", Namespace+" "+Schema)
	e.Add(w.say("identifier", doi).Set("identifierType", "DOI"), w.creators(rec), w.titles(p), w.say("publisher", publisher(p)),
		w.say("publicationYear", year(p)), xmltree.Mixed("resourceType", xmltree.Text(script.Line(rec.Type))).Set("resourceTypeGeneral", general(rec.Type)),
		w.subjects(rec), w.contributors(rec), w.dates(p), xmltree.Say("language", locale.Tag(rec.Language)),
		w.alternates(rec, address), w.related(p), formats(rec))
	if p.Version > 0 {
		e.Add(xmltree.Say("version", strconv.Itoa(p.Version)))
	}
	return e.Add(w.rights(rec), w.descriptions(rec), funding(rec), host(p))
}

// general is the resource type by the article's type.
func general(kind string) string {
	switch kind {
	case "reviewer-report", "referee-report", "peer-review":
		return "PeerReview"
	case "data-paper":
		return "DataPaper"
	}
	return "JournalArticle"
}

func (w writer) titles(p *journal.Publication) *xmltree.Element {
	e := xmltree.New(w.prefix + "titles")
	for i, t := range p.Record.Titles {
		kind := "TranslatedTitle"
		if i == 0 {
			kind = ""
		}
		e.Add(w.say("title", p.Titled(t).Plain).Set("titleType", kind).Set("xml:lang", locale.Tag(t.Lang)))
	}
	for _, t := range p.Record.Subtitles {
		e.Add(w.say("title", t.Plain).Set("titleType", "Subtitle").Set("xml:lang", locale.Tag(t.Lang)))
	}
	return e
}

func (w writer) creators(rec *journal.Article) *xmltree.Element {
	e := xmltree.New(w.prefix + "creators")
	for i := range rec.Contributors {
		if c := &rec.Contributors[i]; c.Role == "" || c.Role == "author" {
			e.Add(w.person(rec, c, "creator"))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

// kinds of contributor by the roles of the record.
var kinds = map[string]string{"editor": "Editor", "guest-editor": "Editor", "translator": "Translator", "supervisor": "Supervisor", "data-curator": "DataCurator", "compiler": "Researcher", "collab-member": "ProjectMember"}

func (w writer) contributors(rec *journal.Article) *xmltree.Element {
	e := xmltree.New(w.prefix + "contributors")
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		if c.Role == "" || c.Role == "author" {
			continue
		}
		kind := kinds[c.Role]
		if kind == "" {
			kind = "Other"
		}
		e.Add(w.person(rec, c, "contributor").Set("contributorType", kind))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// person is a creator or contributor by the name in the language of the article; nil
// for a name of white space.
func (w writer) person(rec *journal.Article, c *journal.Contributor, element string) *xmltree.Element {
	n := c.NameIn(rec.Language)
	kind, name := "Personal", n.Sorted()
	if c.Collective {
		kind, name = "Organizational", n.Shown()
	}
	head := w.say(element+"Name", name).Set("nameType", kind).Set("xml:lang", locale.Tag(n.Lang))
	if head == nil {
		return nil
	}
	e := xmltree.New(w.prefix+element, head)
	if !c.Collective {
		e.Add(w.say("givenName", n.Given), w.say("familyName", n.Family))
	}
	if orcid, ok := pid.ORCID(c.ORCID); ok {
		e.Add(w.say("nameIdentifier", "https://orcid.org/"+orcid).Set("nameIdentifierScheme", "ORCID").Set("schemeURI", "https://orcid.org"))
	}
	for _, f := range rec.AffiliationsOf(c) {
		a := w.say("affiliation", f.Printed(rec.Language))
		if ror, ok := pid.ROR(f.ROR); ok {
			a.Set("affiliationIdentifier", "https://ror.org/"+ror).Set("affiliationIdentifierScheme", "ROR").Set("schemeURI", "https://ror.org")
		}
		e.Add(a)
	}
	if len(c.Affiliations) == 0 {
		e.Add(w.say("affiliation", c.AffiliationPrinted))
	}
	return e
}

func (w writer) subjects(rec *journal.Article) *xmltree.Element {
	e := xmltree.New(w.prefix + "subjects")
	for _, k := range rec.Keywords {
		for _, word := range k.Words {
			e.Add(w.say("subject", word).Set("xml:lang", locale.Tag(k.Lang)))
		}
	}
	for _, s := range rec.Subjects {
		scheme := script.Line(s.Scheme)
		if !s.InScheme() {
			scheme = ""
		}
		e.Add(w.say("subject", s.Code).Set("subjectScheme", scheme))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// dates are those of the history that the schema has a type for.
func (w writer) dates(p *journal.Publication) *xmltree.Element {
	e := xmltree.New(w.prefix + "dates")
	add := func(kind string, d journal.Date) {
		e.Add(w.say("date", string(d)).Set("dateType", kind))
	}
	online, print := p.Released()
	if online == "" {
		online = print
	}
	add("Issued", p.Issued().Valid())
	add("Available", online)
	add("Accepted", p.Record.On("accepted"))
	add("Submitted", p.Record.On("received"))
	if p.Version > 1 && len(p.Created) >= 10 {
		add("Updated", journal.Date(p.Created[:10]).Valid())
	}
	if e.Empty() {
		return nil
	}
	return e
}

func (w writer) alternates(rec *journal.Article, address string) *xmltree.Element {
	e := xmltree.New(w.prefix + "alternateIdentifiers")
	e.Add(w.say("alternateIdentifier", address).Set("alternateIdentifierType", "URL"))
	for _, id := range rec.IDs {
		if kind := script.Line(id.Kind); kind != "" && kind != "article-version" {
			e.Add(w.say("alternateIdentifier", id.Value).Set("alternateIdentifierType", strings.ToUpper(kind)))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

// relations are the schema's relations by those of JATS.
var relations = map[string]string{
	"translation": "HasTranslation", "translated-article": "IsTranslationOf", "preprint": "IsVersionOf", "article-reference": "HasVersion", "version": "HasVersion",
	"updated-article": "IsNewVersionOf", "update": "IsPreviousVersionOf", "peer-review": "IsReviewedBy", "reviewed-article": "Reviews", "peer-reviewed-article": "Reviews",
	"product": "Reviews", "data": "IsSupplementedBy", "dataset": "IsSupplementedBy", "software": "IsSupplementedBy", "supplement": "IsSupplementedBy", "supplement-to": "IsSupplementTo",
	"corrected-article": "Describes", "retracted-article": "Obsoletes", "object-of-concern": "Describes", "addended-article": "IsSupplementTo",
	"correction-forward": "IsDescribedBy", "retraction-forward": "IsObsoletedBy", "commentary-article": "Describes", "commentary": "IsDescribedBy", "part-of": "IsPartOf",
	"continues": "Continues", "continued-by": "IsContinuedBy", "related-article": "References",
}

// related are other works: those that the record names, what it cites by DOI, and the
// journal by its ISSN.
func (w writer) related(p *journal.Publication) *xmltree.Element {
	e := xmltree.New(w.prefix + "relatedIdentifiers")
	seen := map[string]bool{}
	add := func(kind, relation, value string) {
		if once := relation + " " + strings.ToLower(value); !seen[once] {
			seen[once] = true
			e.Add(w.say("relatedIdentifier", value).Set("relatedIdentifierType", kind).Set("relationType", relation))
		}
	}
	for _, s := range []struct{ kind, issn string }{{"EISSN", p.Journal.ISSNOnline}, {"ISSN", p.Journal.ISSNPrint}} {
		if issn, ok := pid.ISSN(s.issn); ok {
			add(s.kind, "IsPublishedIn", issn)
		}
	}
	for i := range p.Record.Related {
		r := &p.Record.Related[i]
		relation := relations[r.Relation]
		if doi, ok := pid.DOI(r.DOI); ok && relation != "" {
			add("DOI", relation, doi)
		} else if relation != "" && r.URL != "" {
			add("URL", relation, xmltree.Address(script.Line(r.URL)))
		}
	}
	for i := range p.Record.References {
		r := p.Record.References[i].Certain()
		if doi, ok := pid.DOI(r.DOI); ok {
			add("DOI", "References", doi)
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

func formats(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("formats")
	seen := map[string]bool{}
	for _, f := range rec.Galleys() {
		if !seen[f.Media] {
			seen[f.Media] = true
			e.Add(xmltree.Say("format", script.Line(f.Media)))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

func (w writer) rights(rec *journal.Article) *xmltree.Element {
	l := rec.Licence
	if l == nil {
		return nil
	}
	text := script.Line(l.Text)
	if text == "" {
		text = l.Name()
	}
	e := w.say("rights", text).Set("rightsURI", xmltree.Address(script.Line(l.URL)))
	if l.SPDX != "" {
		e.Set("rightsIdentifier", l.SPDX).Set("rightsIdentifierScheme", "SPDX").Set("schemeURI", "https://spdx.org/licenses/")
	}
	return w.group("rightsList", e)
}

func (w writer) descriptions(rec *journal.Article) *xmltree.Element {
	e := xmltree.New(w.prefix + "descriptions")
	for _, a := range rec.Abstracts {
		kind := "Abstract"
		if a.Role != "" {
			kind = "Other"
		}
		e.Add(w.say("description", a.Plain).Set("descriptionType", kind).Set("xml:lang", locale.Tag(a.Lang)))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// funderID is a funder's identifier with the name of its kind in the schema.
func funderID(id string) (value, kind string) {
	if ror, ok := pid.ROR(id); ok {
		return "https://ror.org/" + ror, "ROR"
	}
	if doi, ok := pid.DOI(id); ok && strings.HasPrefix(doi, "10.13039/") {
		return "https://doi.org/" + doi, "Crossref Funder ID"
	}
	return "", ""
}

// eachAward calls f for every grant of every funder; a funder without a grant once.
func eachAward(rec *journal.Article, f func(funder, id, kind, award string)) {
	for i := range rec.Funding {
		fund := &rec.Funding[i]
		name := script.Line(fund.Funder)
		id, kind := funderID(fund.ID)
		if name == "" {
			continue
		}
		for _, award := range fund.Awards {
			f(name, id, kind, script.Line(award))
		}
		if len(fund.Awards) == 0 {
			f(name, id, kind, "")
		}
	}
}

func funding(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("fundingReferences")
	eachAward(rec, func(funder, id, kind, award string) {
		e.Add(xmltree.New("fundingReference", xmltree.Say("funderName", funder), xmltree.Say("funderIdentifier", id).Set("funderIdentifierType", kind), xmltree.Say("awardNumber", award)))
	})
	if e.Empty() {
		return nil
	}
	return e
}

// host is the journal with the place of the article in it.
func host(p *journal.Publication) *xmltree.Element {
	e := xmltree.New("relatedItem").Set("relatedItemType", "Journal").Set("relationType", "IsPublishedIn")
	if issn, ok := pid.ISSN(p.Journal.ISSN()); ok {
		e.Add(xmltree.Say("relatedItemIdentifier", issn).Set("relatedItemIdentifierType", "ISSN"))
	}
	titles := xmltree.New("titles")
	for i, t := range p.Journal.Titles {
		kind := "TranslatedTitle"
		if i == 0 {
			kind = ""
		}
		titles.Add(xmltree.Say("title", script.Line(t.Plain)).Set("titleType", kind).Set("xml:lang", locale.Tag(t.Lang)))
	}
	if titles.Empty() {
		return nil
	}
	e.Add(titles, xmltree.Say("publicationYear", year(p)))
	if is := p.Place(); is != nil {
		e.Add(xmltree.Say("volume", script.Line(is.Volume)), xmltree.Say("issue", script.Line(is.Number)))
	}
	e.Add(xmltree.Say("number", script.Line(p.Record.Pages.Article)).Set("numberType", "Article"),
		xmltree.Say("firstPage", script.Line(p.Record.Pages.First)), xmltree.Say("lastPage", script.Line(p.Record.Pages.Last)),
		xmltree.Say("publisher", script.Line(journal.In(p.Journal.Publisher, p.Record.Language).Plain)))
	return xmltree.New("relatedItems", e)
}
