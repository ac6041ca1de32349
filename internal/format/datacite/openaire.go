package datacite

import (
	"io"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Namespace and schema of OpenAIRE 4.
const (
	OpenAIRENamespace = "http://namespace.openaire.eu/schema/oaire/"
	OpenAIRESchema    = "https://www.openaire.eu/schema/repo-lit/4.0/openaire.xsd"
)

// EncodeOpenAIRE writes the article as a document.
func EncodeOpenAIRE(w io.Writer, p *journal.Publication, address string) error {
	return OpenAIRE(p, address).Write(w)
}

// Concepts of COAR's controlled vocabularies (https://vocabularies.coar-repositories.org):
// what the article is, who may read it, and that this is the version of record.
var resources = map[string][2]string{
	"review-article": {"review article", "c_dcae04bc"}, "editorial": {"editorial", "c_b239"}, "book-review": {"book review", "c_ba08"}, "product-review": {"review", "c_efa0"},
	"letter": {"letter to the editor", "c_545b"}, "correction": {"corrigendum", "c_7acd"}, "data-paper": {"data paper", "c_beb9"}, "brief-report": {"research article", "c_2df8fbb1"},
	"research-article": {"research article", "c_2df8fbb1"},
}

const coar = "http://purl.org/coar/"

// OpenAIRE is the article by the guidelines; it is never nil.
func OpenAIRE(p *journal.Publication, address string) *xmltree.Element {
	rec, w := &p.Record, writer{"datacite:"}
	e := xmltree.New("oaire:resource").Set("xmlns:oaire", OpenAIRENamespace).Set("xmlns:datacite", Namespace).Set("xmlns:dc", "http://purl.org/dc/elements/1.1/").
		Set("xmlns:dcterms", "http://purl.org/dc/terms/").Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").Set("xsi:schemaLocation", OpenAIRENamespace+" "+OpenAIRESchema)
	e.Add(w.titles(p), w.creators(rec), w.contributors(rec), oaireFunding(rec), w.alternates(rec, ""), w.related(p), w.dates(p))
	e.Add(xmltree.Say("dc:language", locale.Alpha3(rec.Language)))
	for _, t := range p.Journal.Publisher {
		e.Add(xmltree.Say("dc:publisher", script.Line(t.Plain)).Set("xml:lang", locale.Tag(t.Lang)))
	}
	kind, ok := resources[rec.Type]
	if !ok {
		kind = [2]string{"journal article", "c_6501"}
	}
	e.Add(xmltree.Say("oaire:resourceType", kind[0]).Set("resourceTypeGeneral", "literature").Set("uri", coar+"resource_type/"+kind[1]))
	for _, a := range rec.Abstracts {
		e.Add(xmltree.Say("dc:description", script.Line(a.Plain)).Set("xml:lang", locale.Tag(a.Lang)))
	}
	for _, f := range rec.Galleys() {
		e.Add(xmltree.Say("dc:format", script.Line(f.Media)))
	}
	doi, ok := pid.DOI(rec.DOI)
	if ok {
		e.Add(w.say("identifier", "https://doi.org/"+doi).Set("identifierType", "DOI"))
	} else {
		e.Add(w.say("identifier", address).Set("identifierType", "URL"))
	}
	e.Add(accessRight(rec), xmltree.Say("dc:source", script.Line(p.Journal.Title(rec.Language).Plain)), w.subjects(rec), licence(p))
	e.Add(xmltree.Say("oaire:version", "VoR").Set("uri", coar+"version/c_970fb48d4fbd8a85"), xmltree.Say("oaire:citationTitle", script.Line(p.Journal.Title(rec.Language).Plain)))
	if is := p.Place(); is != nil {
		e.Add(xmltree.Say("oaire:citationVolume", script.Line(is.Volume)), xmltree.Say("oaire:citationIssue", script.Line(is.Number)))
	}
	first := rec.Pages.First
	if first == "" {
		first = rec.Pages.Article
	}
	e.Add(xmltree.Say("oaire:citationStartPage", script.Line(first)), xmltree.Say("oaire:citationEndPage", script.Line(rec.Pages.Last)))
	return e.Add(files(rec, address)...)
}

// open: the article may be read by everybody, by a licence that says so.
func open(rec *journal.Article) bool {
	return rec.Licence != nil && strings.Contains(rec.Licence.URL, "creativecommons.org/")
}

// accessRight is that of open access, where the licence says so.
func accessRight(rec *journal.Article) *xmltree.Element {
	if !open(rec) {
		return nil
	}
	return xmltree.Say("datacite:rights", "open access").Set("rightsURI", coar+"access_right/c_abf2")
}

func licence(p *journal.Publication) *xmltree.Element {
	l := p.Record.Licence
	if l == nil {
		return nil
	}
	online, _ := p.Released()
	return xmltree.Say("oaire:licenseCondition", script.Line(l.Name())).Set("startDate", online.Exact()).Set("uri", xmltree.Address(script.Line(l.URL)))
}

func files(rec *journal.Article, address string) []*xmltree.Element {
	var out []*xmltree.Element
	right := ""
	if open(rec) {
		right = coar + "access_right/c_abf2"
	}
	at := journal.Address(address)
	for _, f := range rec.Galleys() {
		out = append(out, xmltree.Say("oaire:file", xmltree.Address(at.File(f))).Set("accessRightsURI", right).Set("mimeType", script.Line(f.Media)).Set("objectType", "fulltext"))
	}
	return out
}

func oaireFunding(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("oaire:fundingReferences")
	eachAward(rec, func(funder, id, kind, award string) {
		e.Add(xmltree.New("oaire:fundingReference", xmltree.Say("oaire:funderName", funder), xmltree.Say("oaire:funderIdentifier", id).Set("funderIdentifierType", kind), xmltree.Say("oaire:awardNumber", award)))
	})
	if e.Empty() {
		return nil
	}
	return e
}
