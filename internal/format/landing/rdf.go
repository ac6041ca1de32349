package landing

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/refparse"
	"offprint/internal/script"
)

// maxDepth bounds how deep elements may nest.
const maxDepth = 64

// record is what is gathered of one rdf:Description.
type record struct {
	first, last  string
	issn, eissn  []string
	person       journal.Name
	mail         string
	inPerson     bool
	creators     []journal.Name
	plainCreator []string
}

// readRDF reads a record in RDF/XML with terms of Dublin Core, PRISM and FOAF.
// The terms are known by their local names, whatever their prefix.
func (p *page) readRDF(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // the text is decoded already
	var (
		path   []string
		chars  strings.Builder
		rec    record
		about  int
		marked bool
	)
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			no, _ := d.InputPos()
			return errs.Newf(errs.Invalid, "%s is no well-formed XML: line %d: %s", p.name, no, xmlProblem(err))
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(path) >= maxDepth {
				return errs.Newf(errs.Invalid, "%s: elements nest deeper than %d; this is no record of an article", p.name, maxDepth)
			}
			path = append(path, t.Name.Local)
			switch t.Name.Local {
			case "Description":
				about++
			case "Person":
				rec.inPerson, rec.person, rec.mail = true, journal.Name{}, ""
			}
			chars.Reset()
			marked = false
		case xml.CharData:
			chars.Write(t)
		case xml.EndElement:
			if len(path) == 0 {
				return errs.Newf(errs.Invalid, "%s is no well-formed XML: an end tag %s without its start", p.name, t.Name.Local)
			}
			value := strings.TrimSpace(chars.String())
			if !marked || t.Name.Local == "Person" {
				switch {
				case about > 1 && value != "":
					p.loss(strings.Join(path, "/"), value, "a second record in the file; one file holds one article")
				default:
					p.term(&rec, path, value)
				}
			}
			marked = true // what follows before the next start tag belongs to the parent
			path = path[:len(path)-1]
			chars.Reset()
		}
	}
	p.settleRecord(&rec)
	return nil
}

// xmlProblem is what a decoder says without its place.
func xmlProblem(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Msg
	}
	return err.Error()
}

// term takes one element of the record.
func (p *page) term(rec *record, path []string, value string) {
	where := strings.Join(path, "/")
	name := path[len(path)-1]
	if rec.inPerson {
		p.personTerm(rec, name, value, where)
		return
	}
	if value == "" {
		return
	}
	switch name {
	case "doi":
		p.setDOI(value, where)
	case "title", "alternative":
		p.addTitle(script.Language(plainMarkup(value)), value, where)
	case "publicationName":
		p.addJournalTitle("", value)
	case "creator":
		rec.plainCreator = append(rec.plainCreator, clean(value))
	case "publisher":
		p.r.Journal.Publisher = p.addText(p.r.Journal.Publisher, nameText(value))
	case "date", "publicationDate", "issued", "created", "coverDate":
		p.recordDate(value, where)
	case "volume":
		p.setVolume(value, where)
	case "number", "issueIdentifier":
		p.setNumber(value, where)
	case "startingPage":
		rec.first = value
	case "endingPage":
		rec.last = value
	case "pageRange":
		if pages, ok := parsePages(value); ok {
			p.setPages(pages, where)
		}
	case "issn":
		rec.issn = append(rec.issn, value)
	case "eIssn", "eissn":
		rec.eissn = append(rec.eissn, value)
	case "subject", "keyword":
		p.addKeywords("", splitWords(value))
	case "abstract", "description":
		p.addAbstract("", value, where)
	case "language":
		p.declared = languageTag(value)
	case "rights", "license", "copyright":
		p.setLicence(value, "", where)
	case "url", "link":
		p.addOldAddress(value)
	case "section":
		p.r.Article.Section = p.addText(p.r.Article.Section, textOf(value))
	case "identifier":
		p.identifierTerm(value, where)
	default:
		p.loss(where, value, "a term that is not known")
	}
}

func (p *page) identifierTerm(value, where string) {
	switch {
	case strings.Contains(value, "10.") && (strings.Contains(strings.ToLower(value), "doi") || strings.HasPrefix(value, "10.")):
		p.setDOI(value, where)
	case strings.HasPrefix(value, "http"):
		p.addOldAddress(value)
	default:
		p.loss(where, value, "an identifier of an unknown kind")
	}
}

// recordDate takes the date of a record, and the year of the issue from it.
func (p *page) recordDate(value, where string) {
	d, ok := refparse.ParseDate(value)
	if !ok {
		p.loss(where, value, "this is no date")
		return
	}
	p.setPublished(d)
	if p.issue().Year == 0 {
		p.issue().Year = d.Year()
	}
}

func (p *page) personTerm(rec *record, name, value, where string) {
	switch name {
	case "name":
		rec.person.Literal = clean(value)
	case "familyName", "family_name", "surname":
		rec.person.Family = clean(value)
	case "givenName", "firstName":
		rec.person.Given = clean(value)
	case "mbox":
		rec.mail = strings.TrimPrefix(value, "mailto:")
	case "Person":
		rec.inPerson = false
		if rec.person.Literal == "" {
			rec.person.Literal = strings.TrimSpace(rec.person.Given + " " + rec.person.Family)
		}
		if rec.person.Literal != "" {
			rec.creators = append(rec.creators, rec.person)
		}
	default:
		if value != "" {
			p.loss(where, value, "a term of a person that is not known")
		}
	}
}

// settleRecord takes what needs all of the record: pages, media of the ISSNs,
// people. Creators given both as persons and as plain names are one.
func (p *page) settleRecord(rec *record) {
	p.setPages(pagesOf(rec.first, rec.last), "record")
	paired := len(rec.issn) == 1 && len(rec.eissn) == 1
	for _, v := range rec.issn {
		medium := ""
		if paired {
			medium = "print"
		}
		p.recordISSN(v, medium)
	}
	for _, v := range rec.eissn {
		p.recordISSN(v, "online")
	}
	seen := map[string]bool{}
	for _, n := range rec.creators {
		p.addContributor(n)
		seen[plainKey(n.Literal)] = true
	}
	for _, literal := range rec.plainCreator {
		if n, _ := parseName(literal); !seen[plainKey(literal)] {
			p.addContributor(n)
		}
	}
	p.pairNames()
	p.signs++
	// Records give English first and the original after it, without saying so.
	p.unordered = len(p.r.Article.Titles) > 1
}

// recordISSN takes an ISSN from a tag.
func (p *page) recordISSN(value, medium string) {
	if strings.TrimSpace(value) == "" {
		return
	}
	if !p.issnText("ISSN "+value+map[string]string{"print": " (Print)", "online": " (Online)"}[medium], "ISSN") {
		p.loss("ISSN", value, "this is no ISSN: it should look like 1234-567X; correct it in the source")
	}
}
