// Package rsci writes an issue of a journal for the Russian Science Citation Index: the
// XML that eLIBRARY.RU takes, as its markup program Articulus makes it (schema
// journal-schemas_xml.xsd).
//
//	i := rsci.NewIssue(w, &journal, &issue)
//	written, err := i.Add(publication, documents, "https://example.org/rjr/articles/panov-2020")
//	err = i.Close()
//
// Terms: a role is a number (empty for an author, 0 editor, 3 translator …); individInfo is
// a person in one language, of which there are three at most; a reference has its text as
// printed and, where they are sure, its elements.
//
// eLIBRARY takes issues, so that an article outside issues cannot go there, nor one of a
// journal whose number in eLIBRARY is not known; see Lacks. Languages have codes of their
// own there.
package rsci

import (
	"io"
	"strconv"
	"strings"

	"offprint/internal/article"
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// marks are those that the schema's texts may have.
var marks = xmltree.Marks{article.Italic: "i", article.Bold: "b", article.Sub: "sub", article.Sup: "sup"}

// Lacks is what eLIBRARY asks for and the record does not have.
func Lacks(p *journal.Publication, address string) journal.Lacks {
	var l journal.Lacks
	rec := &p.Record
	l.Must(titleID(&p.Journal) == "", "rsci-title")
	l.Must(script.Line(journal.In(p.Journal.Titles, "ru").Plain) == "", "journal-title")
	is := p.Place()
	l.Must(is == nil || volume(is) == "" && script.Line(is.Number) == "", "issue")
	l.Must(is != nil && year(p, is) == "", "date")
	l.Must(len(texts("artTitle", titles(p))) == 0, "title")
	has := map[string]bool{}
	for _, t := range rec.Titles {
		has[languageOf(t.Lang, t.Plain)] = true
	}
	l.Should(!has["ENG"], "title-english")
	l.Should(!has["RUS"], "title-russian")
	l.Should(len(rec.By("author")) == 0, "authors")
	placed := false
	for _, c := range rec.By("author") {
		placed = placed || len(rec.AffiliationsPrinted(&c, rec.Language)) > 0
	}
	l.Should(len(rec.By("author")) > 0 && !placed, "affiliations")
	l.Should(len(rec.Abstracts) == 0, "abstract")
	l.Should(len(rec.Keywords) == 0, "keywords")
	l.Should(len(rec.References) == 0, "references")
	l.Should(pages(rec.Pages) == "", "pages")
	l.Should(language(rec.Language) == "", "language")
	return l
}

func titleID(j *journal.Journal) string {
	id := j.Registered().RSCITitle
	if n, err := strconv.ParseUint(id, 10, 32); err == nil {
		return strconv.FormatUint(n, 10)
	}
	return ""
}

// volume is a volume that is a number; the schema takes no other.
func volume(is *journal.Issue) string {
	if n, err := strconv.ParseUint(strings.TrimSpace(is.Volume), 10, 32); err == nil {
		return strconv.FormatUint(n, 10)
	}
	return ""
}

// year is that of the issue, or of the article where the issue has none.
func year(p *journal.Publication, is *journal.Issue) string {
	y := is.Year
	if y == 0 && p != nil {
		y = p.Issued().Valid().Year()
	}
	if y <= 0 || y > 65535 {
		return ""
	}
	return strconv.Itoa(y)
}

func pages(p journal.Pages) string {
	if first := script.Line(p.First); first != "" {
		if last := script.Line(p.Last); last != "" && last != first {
			return first + "-" + last
		}
		return first
	}
	return script.Line(p.Article)
}

func titles(p *journal.Publication) []journal.Text {
	var out []journal.Text
	for i := range p.Record.Titles {
		out = append(out, p.Titled(p.Record.HeadingOf(i)))
	}
	return out
}

// Issue is an issue that is being written.
type Issue struct {
	w       io.Writer
	journal *journal.Journal
	issue   *journal.Issue
	stream  *xmltree.Stream
	section string
}

// NewIssue begins an issue. Nothing is written before the first article.
func NewIssue(w io.Writer, j *journal.Journal, is *journal.Issue) *Issue {
	return &Issue{w: w, journal: j, issue: is}
}

// Add writes an article and reports whether it did. Articles of one section stand
// together when they come so; its heading stands before the first.
func (i *Issue) Add(p *journal.Publication, documents []journal.Document, address string) (bool, error) {
	if Lacks(p, address).Grave() {
		return false, nil
	}
	if i.stream == nil {
		i.begin(p)
	}
	if heading := journal.In(p.Record.Section, "").Plain; heading != i.section {
		i.section = heading
		if kids := texts("secTitle", p.Record.Section); len(kids) > 0 {
			if err := i.stream.Add(xmltree.New("section", kids...)); err != nil {
				return false, err
			}
		}
	}
	return true, i.stream.Add(Record(p, documents, address))
}

// begin writes what stands before the articles.
func (i *Issue) begin(first *journal.Publication) {
	j, is := i.journal, i.issue
	if is == nil {
		is = first.Place()
	}
	root := xmltree.New("journal", xmltree.Say("titleid", titleID(j)))
	if issn, ok := pid.ISSN(j.ISSNPrint); ok {
		root.Add(xmltree.Say("issn", issn))
	}
	if issn, ok := pid.ISSN(j.ISSNOnline); ok {
		root.Add(xmltree.Say("eissn", issn))
	}
	if t := journal.In(j.Titles, "ru"); script.Line(t.Plain) != "" {
		root.Add(xmltree.New("journalInfo", xmltree.Say("title", script.Line(t.Plain))).Set("lang", languageOf(t.Lang, t.Plain)))
	}
	issue := xmltree.New("issue", xmltree.Say("volume", volume(is)))
	number := script.Line(is.Number)
	if volume(is) == "" && script.Line(is.Volume) != "" {
		number = strings.Trim(script.Line(is.Volume)+", "+number, ", ")
	}
	issue.Add(xmltree.Say("number", number), xmltree.Say("dateUni", year(first, is)))
	if t := journal.In(is.Titles, "ru"); script.Line(t.Plain) != "" {
		issue.Add(xmltree.Say("issTitle", script.Line(t.Plain)).Set("lang", languageOf(t.Lang, t.Plain)))
	}
	i.stream = xmltree.NewStream(i.w, root, issue, xmltree.New("articles"))
}

// Empty reports whether no article was written.
func (i *Issue) Empty() bool { return i.stream == nil }

// Close ends the issue; of an empty one nothing was written.
func (i *Issue) Close() error {
	if i.stream == nil {
		return nil
	}
	return i.stream.Close()
}
