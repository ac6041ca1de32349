package finding

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/search"
)

// Values of has: by which articles are asked for that are there in some form.
const (
	HasPDF      = "pdf"
	HasFullText = "fulltext"
)

// newDocument is what the index knows of an article. texts are the full texts by
// their hashes; each is given to keep as plain text.
func newDocument(p *journal.Publication, texts map[string]*journal.Document, keep func(sha, text string)) search.Document {
	rec := &p.Record
	d := search.Document{
		ID: p.ID, Journal: p.Journal.ID, Type: rec.Type, Issue: IssueName(p.Place()),
		Titles: plain(rec.Titles), Year: p.Issued().Year(), Date: string(rec.Published),
	}
	if d.Date == "" {
		d.Date = string(p.Issued())
	}
	if len(rec.Section) > 0 {
		d.Section = rec.Section[0].Plain
	}
	d.Titles = append(d.Titles, plain(rec.Subtitles)...)
	for _, a := range rec.Abstracts {
		d.Abstracts = append(d.Abstracts, search.Text{Lang: a.Lang, Text: a.Plain})
	}
	for _, k := range rec.Keywords {
		for _, w := range k.Words {
			d.Keywords = append(d.Keywords, search.Text{Lang: k.Lang, Text: w})
		}
	}
	for i := range rec.Contributors {
		addContributor(&d, &rec.Contributors[i])
	}
	for i := range rec.References {
		addReference(&d, &rec.References[i])
	}
	for _, ref := range rec.Documents {
		if t := texts[ref.SHA256]; t != nil {
			text := textOf(t)
			keep(ref.SHA256, text)
			d.FullText = append(d.FullText, search.Text{Lang: t.Lang, Text: text})
			add(&d.Languages, t.Lang)
		}
	}
	add(&d.Languages, rec.Language)
	for _, issn := range []string{p.Journal.ISSNPrint, p.Journal.ISSNOnline} {
		add(&d.ISSNs, issn)
	}
	add(&d.DOIs, rec.DOI)
	if rec.PDF("x") != "" {
		d.Has = append(d.Has, HasPDF)
	}
	if len(d.FullText) > 0 {
		d.Has = append(d.Has, HasFullText)
	}
	for _, c := range p.Counts {
		if c.Metric == "views" {
			d.Views += c.Value
		}
	}
	return d
}

// IssueName is how an issue is asked for: "49(4)", "2020(4)", "49", "2020".
func IssueName(is *journal.Issue) string {
	if is == nil {
		return ""
	}
	name := is.Volume
	if name == "" && is.Year > 0 {
		name = string(journal.YearDate(is.Year))
	}
	if is.Number != "" {
		name += "(" + is.Number + ")"
	}
	return name
}

// addContributor adds a person or body with all names. What the names of several
// scripts are to each other, the index finds out.
func addContributor(d *search.Document, c *journal.Contributor) {
	var a search.Author
	for _, n := range c.Names {
		name := search.Name{Family: n.Family, Given: n.Given}
		if name.Family == "" {
			name = search.Name{Family: n.Shown()}
		}
		a.Names = append(a.Names, name)
	}
	if len(a.Names) > 0 {
		d.Authors = append(d.Authors, a)
	}
	add(&d.ORCIDs, c.ORCID)
}

// addReference adds an entry of the list with its key, as printed.
func addReference(d *search.Document, r *journal.Reference) {
	text := r.Printed.Plain
	if r.Key != "" {
		text = r.Key + " " + text
	}
	if text != "" {
		d.References = append(d.References, search.Text{Lang: r.Printed.Lang, Text: text})
	}
}

func plain(texts []journal.Text) []search.Text {
	out := make([]search.Text, 0, len(texts))
	for _, t := range texts {
		if t.Plain != "" {
			out = append(out, search.Text{Lang: t.Lang, Text: t.Plain})
		}
	}
	return out
}

// textOf is the running text with its notes.
func textOf(t *journal.Document) string {
	var b strings.Builder
	for _, nodes := range [][]article.Node{t.Body, t.Back, t.Notes} {
		b.WriteString(article.Plain(nodes))
		b.WriteString("\n")
	}
	return b.String()
}

// add adds a value that is not empty and not there yet.
func add(list *[]string, s string) {
	if s == "" {
		return
	}
	for _, have := range *list {
		if have == s {
			return
		}
	}
	*list = append(*list, s)
}
