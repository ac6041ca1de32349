// Package pubmed writes articles as NLM's ArticleSet, by which publishers give
// citations to PubMed (PubMed DTD 2.8, https://www.ncbi.nlm.nih.gov/books/NBK3828/).
// All that it writes is in the DTD since 2.6.
//
//	c := pubmed.NewCollection(w)
//	written, err := c.Add(publication, "https://example.org/rjr/articles/panov-2020")
//	err = c.Close()
//
// The title and the abstract of PubMed are English; those in the language of the
// article stand beside them. What NLM demands and a record does not have is said by
// Lacks, and the article is left out.
package pubmed

import (
	"io"
	"strconv"
	"strings"

	"offprint/internal/article"
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

const doctype = `<!DOCTYPE ArticleSet PUBLIC "-//NLM//DTD PubMed 2.8//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/in/PubMed.dtd">` + "\n"

// NewCollection begins an ArticleSet.
func NewCollection(w io.Writer) *xmltree.Collection {
	return xmltree.NewCollection(w, Record, xmltree.New("ArticleSet"), xmltree.Doctype(doctype))
}

var face = xmltree.Marks{article.Italic: "i", article.Bold: "b", article.Underline: "u", article.Sub: "sub", article.Sup: "sup"}

// Lacks is what NLM asks for and the record does not have.
func Lacks(p *journal.Publication, address string) journal.Lacks {
	var l journal.Lacks
	rec := &p.Record
	l.Must(script.Line(journal.In(p.Journal.Publisher, "en").Plain) == "", "publisher")
	l.Must(journalTitle(p) == "", "journal-title")
	l.Must(issn(p) == "", "issn")
	l.Must(date(p) == "", "date")
	l.Must(script.Line(p.Heading().Plain) == "", "title")
	l.Should(english(rec) < 0, "title-english")
	l.Should(len(rec.By("author")) == 0, "authors")
	l.Should(englishAbstract(rec) == nil, "abstract-english")
	_, ok := pid.DOI(rec.DOI)
	l.Should(!ok, "doi")
	l.Should(!ok && rec.Pages.First == "" && rec.Pages.Article == "", "pages")
	l.Should(rec.Language == "", "language")
	return l
}

func issn(p *journal.Publication) string {
	if issn, ok := pid.ISSN(p.Journal.ISSNOnline); ok {
		return issn
	}
	issn, _ := pid.ISSN(p.Journal.ISSNPrint)
	return issn
}

// journalTitle is the title by which NLM knows the journal, where it does.
func journalTitle(p *journal.Publication) string {
	for _, id := range p.Journal.IDs {
		if id.Kind == "nlm-ta" && script.Line(id.Value) != "" {
			return script.Line(id.Value)
		}
	}
	return script.Line(p.Journal.Title("en").Plain)
}

func date(p *journal.Publication) journal.Date {
	if d := p.Record.Published.Valid(); d != "" {
		return d
	}
	return p.Issued().Valid()
}

func isEnglish(tag string) bool { return locale.Alpha2(tag) == "en" }

// english is the index of the English title, -1 if there is none.
func english(rec *journal.Article) int {
	for i, t := range rec.Titles {
		if script.Line(t.Plain) != "" && (isEnglish(t.Lang) || t.Lang == "" && isEnglish(rec.Language)) {
			return i
		}
	}
	return -1
}

func englishAbstract(rec *journal.Article) *journal.Abstract {
	for i := range rec.Abstracts {
		a := &rec.Abstracts[i]
		if a.Role == "" && script.Line(a.Plain) != "" && (isEnglish(a.Lang) || a.Lang == "" && isEnglish(rec.Language)) {
			return a
		}
	}
	return nil
}

// Record is the article, nil where NLM would not take it.
func Record(p *journal.Publication, address string) *xmltree.Element {
	if Lacks(p, address).Grave() {
		return nil
	}
	rec := &p.Record
	e := xmltree.New("Article", inJournal(p))
	at := english(rec)
	if at >= 0 {
		e.Add(title("ArticleTitle", p, at))
	}
	if at != 0 {
		e.Add(title("VernacularTitle", p, 0))
	}
	first := rec.Pages.First
	if first == "" {
		first = rec.Pages.Article
	}
	e.Add(xmltree.Say("FirstPage", script.Line(first)), xmltree.Say("LastPage", script.Line(rec.Pages.Last)))
	doi, hasDOI := pid.DOI(rec.DOI)
	pii := script.Line(rec.ID("pii"))
	if hasDOI {
		e.Add(xmltree.Say("ELocationID", doi).Set("EIdType", "doi"))
	}
	e.Add(xmltree.Say("ELocationID", pii).Set("EIdType", "pii"))
	for _, lang := range rec.TextLanguages() {
		e.Add(xmltree.Say("Language", strings.ToUpper(or(locale.Alpha2(lang), locale.Alpha3(lang)))))
	}
	e.Add(people(rec), groups(rec), publicationType(rec.Type))
	ids := xmltree.New("ArticleIdList")
	if hasDOI {
		ids.Add(xmltree.Say("ArticleId", doi).Set("IdType", "doi"))
	}
	if ids.Add(xmltree.Say("ArticleId", pii).Set("IdType", "pii")); !ids.Empty() {
		e.Add(ids)
	}
	e.Add(history(rec))
	abstracts(e, rec)
	return e.Add(xmltree.Say("CopyrightInformation", script.Line(rec.Copyright)), objects(rec))
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func title(name string, p *journal.Publication, i int) *xmltree.Element {
	t := p.Titled(p.Record.HeadingOf(i))
	return face.Line(name, t)
}

func inJournal(p *journal.Publication) *xmltree.Element {
	e := xmltree.New("Journal", xmltree.Say("PublisherName", script.Line(journal.In(p.Journal.Publisher, "en").Plain)), xmltree.Say("JournalTitle", journalTitle(p)),
		xmltree.Say("Issn", issn(p)))
	if is := p.Place(); is != nil {
		e.Add(xmltree.Say("Volume", script.Line(is.Volume)), xmltree.Say("Issue", script.Line(is.Number)))
	}
	status := "epublish"
	online, _ := p.Released()
	if online == "" {
		status = "ppublish"
	}
	return e.Add(dated(date(p), status))
}

func dated(d journal.Date, status string) *xmltree.Element {
	y, m, day := d.Parts()
	e := xmltree.New("PubDate", xmltree.Say("Year", strconv.Itoa(y))).Set("PubStatus", status)
	if m > 0 {
		e.Add(xmltree.Say("Month", strconv.Itoa(m)))
	}
	if day > 0 {
		e.Add(xmltree.Say("Day", strconv.Itoa(day)))
	}
	return e
}

func people(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("AuthorList")
	for _, c := range rec.By("author") {
		n := c.NameIn("en")
		a := xmltree.New("Author")
		if c.Collective {
			a.Add(xmltree.Say("CollectiveName", script.Line(n.Shown())))
		} else {
			a.Add(parts(&n)...)
		}
		if !a.Empty() {
			e.Add(a.Add(details(rec, &c)...))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

// parts are the parts of a person's name; one that has none is a last name.
func parts(n *journal.Name) []*xmltree.Element {
	family, given := script.Line(n.Family), script.Line(n.Given)
	if family == "" || given == "" {
		name := script.Line(n.Shown())
		if name == "" {
			return nil
		}
		return []*xmltree.Element{xmltree.New("FirstName").Set("EmptyYN", "Y"), xmltree.Say("LastName", name)}
	}
	return []*xmltree.Element{xmltree.Say("FirstName", given), xmltree.Say("LastName", family), xmltree.Say("Suffix", script.Line(n.Suffix))}
}

// details are where somebody works, and the ORCID iD.
func details(rec *journal.Article, c *journal.Contributor) (out []*xmltree.Element) {
	for _, s := range rec.AffiliationsPrinted(c, "en") {
		if s := xmltree.Say("Affiliation", script.Line(s)); s != nil {
			out = append(out, xmltree.New("AffiliationInfo", s))
		}
	}
	if orcid, ok := pid.ORCID(c.ORCID); ok {
		out = append(out, xmltree.Say("Identifier", "https://orcid.org/"+orcid).Set("Source", "ORCID"))
	}
	return out
}

// groups are the members of the bodies among the authors, who stand behind their body in
// the record.
func groups(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("GroupList")
	var group *xmltree.Element
	name := ""
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		if c.Role != "collab-member" {
			if group, name = nil, ""; c.Collective {
				n := c.NameIn("en")
				name = script.Line(n.Shown())
			}
			continue
		}
		n := c.NameIn("en")
		person := xmltree.New("IndividualName").Add(parts(&n)...)
		if c.Collective || person.Empty() {
			continue
		}
		if group == nil {
			group = xmltree.New("Group", xmltree.Say("GroupName", name))
			e.Add(group)
		}
		group.Add(person.Add(details(rec, c)...))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// types are PubMed's publication types by those of JATS.
var types = map[string]string{
	"research-article": "Journal Article", "review-article": "Review", "editorial": "Editorial", "letter": "Letter", "case-report": "Case Reports", "news": "News",
	"correction": "Published Erratum", "retraction": "Retraction of Publication", "expression-of-concern": "Expression of Concern", "article-commentary": "Comment",
	"obituary": "Biography", "introduction": "Introductory Journal Article", "brief-report": "Journal Article", "systematic-review": "Systematic Review",
}

func publicationType(kind string) *xmltree.Element {
	return xmltree.Say("PublicationType", or(types[kind], "Journal Article"))
}

// steps are the states of a history by the events of the record.
var steps = [...]struct{ event, status string }{{"received", "received"}, {"rev-recd", "revised"}, {"revised", "revised"}, {"accepted", "accepted"}, {"published-print", "ppublish"}}

func history(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("History")
	for _, s := range steps {
		if d := rec.On(s.event); d != "" {
			e.Add(dated(d, s.status))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

// abstracts writes the English abstract and those in other languages, one in each, by
// the codes of ISO 639-2/B that PubMed has itself.
func abstracts(e *xmltree.Element, rec *journal.Article) {
	own := englishAbstract(rec)
	if own != nil {
		e.Add(abstract("Abstract", own))
	}
	seen := map[string]bool{"eng": true}
	for i := range rec.Abstracts {
		a := &rec.Abstracts[i]
		lang := locale.Bibliographic(a.Lang)
		if a == own || a.Role != "" || lang == "" || seen[lang] {
			continue
		}
		seen[lang] = true
		e.Add(abstract("OtherAbstract", a).Set("Language", lang))
	}
}

// abstract is in labelled parts where it has headings.
func abstract(name string, a *journal.Abstract) *xmltree.Element {
	parts := face.Paragraphs(a.Text, "title", "p")
	var out []*xmltree.Element
	label, headings := "", false
	for _, p := range parts {
		if p.Name() == "title" {
			label, headings = p.Characters(), true
			continue
		}
		if !headings {
			if len(out) > 0 {
				out = append(out, xmltree.Text(" "))
			}
			out = append(out, p.Kids()...)
			continue
		}
		out = append(out, xmltree.Mixed("AbstractText", p.Kids()...).Set("Label", or(strings.ToUpper(label), "UNLABELLED")))
		label = ""
	}
	if len(out) == 0 {
		return nil
	}
	return xmltree.Mixed(name, out...)
}

// objects are the keywords, the grants, and the works that this one is about.
func objects(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("ObjectList")
	add := func(kind string, params ...string) {
		o := xmltree.New("Object").Set("Type", kind)
		for i := 0; i+1 < len(params); i += 2 {
			o.Add(xmltree.Say("Param", script.Line(params[i+1])).Set("Name", params[i]))
		}
		if !o.Empty() {
			e.Add(o)
		}
	}
	for _, w := range rec.KeywordsIn("en") {
		add("keyword", "value", w)
	}
	for _, f := range rec.Funding {
		for _, award := range f.Awards {
			add("grant", "id", award, "grantor", f.Funder)
		}
	}
	for i := range rec.Related {
		r := &rec.Related[i]
		if kind := about[r.Relation]; kind != "" && r.DOI != "" {
			add(kind, "type", "doi", "id", r.DOI)
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

// about are the kinds of object by the relation of the article to another.
var about = map[string]string{"corrected-article": "Erratum", "retracted-article": "Retraction", "partial-retraction": "PartialRetraction", "object-of-concern": "ExpressionOfConcern",
	"commentary-article": "Comment", "updated-article": "Update", "data": "Dataset", "dataset": "Dataset"}
