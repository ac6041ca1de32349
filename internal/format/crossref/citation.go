package crossref

import (
	"regexp"
	"strconv"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// citationTypes are the schema's types of citation by those of CSL.
var citationTypes = map[string]string{
	"article-journal": "journal_article", "article-magazine": "journal_article", "book": "book", "chapter": "book_chapter", "paper-conference": "conference_paper",
	"dataset": "dataset", "thesis": "dissertation", "patent": "patent", "review": "peer_review", "report": "report", "software": "software", "standard": "standard",
	"webpage": "web_resource", "post-weblog": "blog_post", "post": "web_resource", "article": "preprint",
}

// citationList is the reference list. Every citation has its text as printed; fields
// stand beside it only where the source marks them or they were read without doubt. Keys
// count the entries, so that a later deposit gives the same ones.
func citationList(list []journal.Reference) *xmltree.Element {
	e := xmltree.New("citation_list")
	for i := range list {
		if c := citation(&list[i]); !c.Empty() {
			e.Add(c.Set("key", "ref"+strconv.Itoa(i+1)))
		}
	}
	if e.Empty() {
		return nil
	}
	return e
}

var isbnForm = regexp.MustCompile(`^(97[89]-)?\d[\d -]+[\dX]$`)
var yearForm = regexp.MustCompile(`^[12]\d{3}$`)

func citation(ref *journal.Reference) *xmltree.Element {
	r := ref.Certain()
	e := xmltree.New("citation").Set("type", citationTypes[r.Type])
	if issn, ok := pid.ISSN(r.Identifier("issn")); ok {
		e.Add(xmltree.Say("issn", issn))
	}
	article := r.Type == "article-journal" || r.Type == "article-magazine" || r.Type == "article-newspaper"
	chapter := r.Type == "chapter" || r.Type == "paper-conference" || r.Type == "entry-encyclopedia"
	if article {
		e.Add(xmltree.Say("journal_title", script.Line(r.Container)))
	}
	if len(r.Authors) > 0 {
		author := r.Authors[0]
		e.Add(xmltree.Say("author", script.Line(or(author.Family, author.Literal))))
	}
	e.Add(short("volume", r.Volume, 32), short("issue", r.Issue, 32), short("first_page", r.Pages.First, 32))
	if r.Pages.First == "" {
		e.Add(xmltree.Say("elocation_id", script.Line(r.Pages.Article)))
	}
	if y := strconv.Itoa(r.Issued.Year()); yearForm.MatchString(y) {
		e.Add(xmltree.Say("cYear", y))
	}
	if doi, ok := pid.DOI(r.DOI); ok && depositable(doi) {
		e.Add(xmltree.Say("doi", doi))
	}
	if isbn := script.Line(r.Identifier("isbn")); len(isbn) >= 10 && len(isbn) <= 17 && isbnForm.MatchString(isbn) {
		e.Add(xmltree.Say("isbn", isbn))
	}
	e.Add(xmltree.Say("series_title", script.Line(r.Series)))
	switch {
	case article || r.Type == "webpage" || r.Type == "post-weblog":
		e.Add(xmltree.Say("article_title", script.Line(r.Title)))
	case chapter:
		e.Add(xmltree.Say("volume_title", script.Line(r.Container)), xmltree.Say("article_title", script.Line(r.Title)))
	default:
		e.Add(xmltree.Say("volume_title", script.Line(r.Title)))
	}
	e.Add(short("edition_number", r.Edition, 15))
	return e.Add(face.Line("unstructured_citation", r.Printed))
}

// short is a value that the schema takes up to some length and that would say something
// else if it were cut.
func short(name, value string, most int) *xmltree.Element {
	if value = script.Line(value); len([]rune(value)) > most {
		return nil
	}
	return xmltree.Say(name, value)
}
