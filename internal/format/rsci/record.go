package rsci

import (
	"strconv"
	"strings"

	"offprint/internal/article"
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// kinds are the types of article of the schema by those of JATS.
var kinds = map[string]string{"research-article": "RAR", "review-article": "REV", "brief-report": "SCO", "rapid-communication": "SCO", "case-report": "RAR", "editorial": "EDI",
	"book-review": "BRV", "product-review": "BRV", "letter": "COR", "reply": "COR", "abstract": "ABS", "meeting-report": "CNF", "obituary": "PER", "report": "REP", "reprint": "RPR",
	"systematic-review": "REV", "data-paper": "RAR"}

// Record is an article of an issue; it is never nil.
func Record(p *journal.Publication, documents []journal.Document, address string) *xmltree.Element {
	rec := &p.Record
	kind := kinds[rec.Type]
	if kind == "" {
		kind = "MIS"
	}
	e := xmltree.New("article", xmltree.Mixed("pages", xmltree.Text(pages(rec.Pages))), xmltree.Say("artType", kind), xmltree.Say("langPubl", language(rec.Language)))
	e.Add(authors(rec), xmltree.Group("artTitles", texts("artTitle", titles(p))...), abstracts(rec))
	e.Add(fullText(rec, documents), classification(rec), keywords(rec), references(rec), files(rec, address), dates(p))
	return e.Add(xmltree.Group("fundings", fundings(rec)...))
}

// roles are the numbers of the schema (typeRole) by the roles of the record.
var roles = map[string]string{"editor": "0", "guest-editor": "0", "translator": "3", "compiler": "4", "photographer": "5", "illustrator": "9"}

func authors(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("authors")
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		role, known := roles[c.Role]
		if !known && c.Role != "" && c.Role != "author" {
			continue
		}
		a := xmltree.New("author").Set("num", strconv.Itoa(e.Len()+1))
		a.Add(xmltree.Say("role", role))
		if c.Corresponding {
			a.Add(xmltree.Say("correspondent", "1"))
		}
		if orcid, ok := pid.ORCID(c.ORCID); ok {
			a.Add(xmltree.New("authorCodes", xmltree.Say("orcid", orcid)))
		}
		if people := individuals(rec, c); len(people) > 0 {
			e.Add(a.Add(people...))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

// individuals are a person in the languages of the names, at most three.
func individuals(rec *journal.Article, c *journal.Contributor) []*xmltree.Element {
	var out []*xmltree.Element
	seen := map[string]bool{}
	for _, n := range c.Names {
		lang := languageOf(n.Lang, n.Shown())
		if lang == any {
			if own := language(rec.Language); own != "" {
				lang = own
			}
		}
		surname, initials := script.Line(n.Family), script.Line(n.Given)
		if surname == "" || c.Collective {
			surname, initials = script.Line(n.Shown()), ""
		}
		if surname == "" || seen[lang] || len(out) == 3 {
			continue
		}
		seen[lang] = true
		tag := n.Lang
		if tag == "" {
			tag = rec.Language
		}
		// Several institutions of a person stand in one element with semicolons between.
		places := strings.Join(institutions(rec, c, tag), "; ")
		e := xmltree.New("individInfo", xmltree.Say("surname", surname), xmltree.Say("initials", initials), xmltree.Say("orgName", script.Line(places))).Set("lang", lang)
		for _, f := range rec.AffiliationsOf(c) {
			if town := script.Line(f.City); town != "" {
				e.Add(xmltree.Say("town", town))
				break
			}
		}
		e.Add(xmltree.Say("email", script.Line(c.Email)))
		out = append(out, e)
	}
	return out
}

func institutions(rec *journal.Article, c *journal.Contributor, tag string) []string {
	var out []string
	for _, f := range rec.AffiliationsOf(c) {
		if s := script.Line(journal.In(f.Names, tag).Plain); s != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		if s := script.Line(c.AffiliationPrinted); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func abstracts(rec *journal.Article) *xmltree.Element {
	var list []journal.Text
	for _, a := range rec.Abstracts {
		if a.Role == "" {
			list = append(list, a.Text)
		}
	}
	return xmltree.Group("abstracts", texts("abstract", list)...)
}

// fullText is the text of the article without markup, which eLIBRARY searches. The
// element has to be there.
func fullText(rec *journal.Article, documents []journal.Document) *xmltree.Element {
	lang, body := language(rec.Language), ""
	if len(documents) > 0 {
		body = article.Plain(documents[0].Body)
		if own := language(documents[0].Lang); own != "" {
			lang = own
		}
	}
	return xmltree.Mixed("text", xmltree.Text(paragraphs(body))).Set("lang", lang)
}

// paragraphs is a text whose paragraphs are lines.
func paragraphs(s string) string {
	var out []string
	for _, p := range strings.Split(s, "\n\n") {
		if p = script.Line(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}

// schemes are the elements of classifications by the schemes of the record.
var schemes = map[string]string{"udc": "udk", "udk": "udk", "bbk": "bbk", "lbc": "bbk", "vak": "vak", "jel": "jel", "msc": "msc", "pacs": "pacs"}

// classification are the identifiers and the codes of classifications.
func classification(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("codes")
	if doi, ok := pid.DOI(rec.DOI); ok {
		e.Add(xmltree.Say("doi", doi))
	}
	e.Add(xmltree.Say("edn", script.Line(rec.ID("edn"))))
	vak := false // of which there is one
	for _, s := range rec.Subjects {
		if name := schemes[strings.ToLower(s.Scheme)]; name != "" && !(name == "vak" && vak) {
			vak = vak || name == "vak"
			e.Add(xmltree.Say(name, script.Line(s.Code)))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

// keywords are those whose language is known, of an unmarked group that of the article.
func keywords(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("keywords")
	for _, k := range rec.Keywords {
		lang := languageOf(k.Lang, strings.Join(k.Words, " "))
		if lang == any {
			if lang = language(rec.Language); lang == "" {
				continue
			}
		}
		group := xmltree.New("kwdGroup").Set("lang", lang)
		for _, w := range k.Words {
			group.Add(xmltree.Say("keyword", script.Line(w)))
		}
		if !group.Empty() {
			e.Add(group)
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

func references(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("references")
	for i := range rec.References {
		r := rec.References[i].Certain()
		text := marks.Line("text", r.Printed)
		if text == nil {
			continue
		}
		info := xmltree.New("refInfo", text, elements(&r)).Set("lang", languageOf(r.Printed.Lang, r.Printed.Plain))
		e.Add(xmltree.New("reference", info))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// elements are the parts of a reference that are sure. Name is the name of the work,
// Title that of what it stands in.
func elements(r *journal.Reference) *xmltree.Element {
	e := xmltree.New("elements")
	add := func(field, value string) {
		e.Add(xmltree.Say("element", script.Line(value)).Set("field", field))
	}
	var names []string
	for _, n := range r.Authors {
		names = append(names, n.Shown())
	}
	add("Authors", strings.Join(names, ", "))
	add("Name", r.Title)
	add("Title", r.Container)
	if y := r.Issued.Valid(); y != "" {
		add("YearPubl", string(y[:4]))
	}
	add("PlacePubl", r.Place)
	add("Volume", r.Volume)
	add("Issue", r.Issue)
	add("Pages", pages(r.Pages))
	if doi, ok := pid.DOI(r.DOI); ok {
		add("DOI", doi)
	}
	add("EDN", r.Identifier("edn"))
	add("PMID", r.Identifier("pmid"))
	add("ISBN", r.Identifier("isbn"))
	add("URL", r.URL)
	if e.Empty() {
		return nil
	}
	return e
}

// files are the addresses of the text: the page, and the PDF.
func files(rec *journal.Article, address string) *xmltree.Element {
	e := xmltree.New("files", xmltree.Say("furl", xmltree.Address(script.Line(address))).Set("desc", "fullText").Set("lang", language(rec.Language)))
	for _, f := range rec.Galleys() {
		if to := script.Line(journal.Address(address).File(f)); to != "" && f.Media == "application/pdf" {
			e.Add(xmltree.Say("furl", xmltree.Address(to)).Set("desc", "fullText").Set("lang", language(f.Lang)))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

// dates are written as 31.12.2024; only days are dates here.
func dates(p *journal.Publication) *xmltree.Element {
	e := xmltree.New("dates")
	add := func(name string, d journal.Date) {
		if s := d.Exact(); s != "" {
			e.Add(xmltree.Say(name, s[8:]+"."+s[5:7]+"."+s[:4]))
		}
	}
	add("dateReceived", p.Record.On("received"))
	add("dateAccepted", p.Record.On("accepted"))
	add("datePublication", p.Record.Published)
	if e.Empty() {
		return nil
	}
	return e
}

func fundings(rec *journal.Article) []*xmltree.Element {
	if len(rec.FundingStatement) > 0 {
		return texts("funding", rec.FundingStatement)
	}
	var parts []string
	for _, f := range rec.Funding {
		parts = append(parts, strings.Join(append([]string{f.Funder}, f.Awards...), ", "))
	}
	s := strings.Join(parts, "; ")
	return texts("funding", []journal.Text{journal.T(locale.Tag(rec.Language), s)})
}
