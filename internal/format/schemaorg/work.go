package schemaorg

import (
	"slices"
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// links are the properties that lead to other works, and the classes of these, by the
// relations of the record.
var links = map[string][2]string{
	"translation": {"workTranslation", "ScholarlyArticle"}, "translated-article": {"translationOfWork", "ScholarlyArticle"},
	"correction-forward": {"correction", "ScholarlyArticle"}, "correction": {"correction", "ScholarlyArticle"}, "erratum": {"correction", "ScholarlyArticle"},
	"retraction-forward": {"correction", "ScholarlyArticle"}, "retraction": {"correction", "ScholarlyArticle"}, "expression-of-concern": {"correction", "ScholarlyArticle"},
	"corrected-article": {"about", "ScholarlyArticle"}, "retracted-article": {"about", "ScholarlyArticle"}, "object-of-concern": {"about", "ScholarlyArticle"},
	"commentary-article": {"about", "ScholarlyArticle"}, "addended-article": {"about", "ScholarlyArticle"}, "product": {"about", "CreativeWork"},
	"reviewed-article": {"about", "ScholarlyArticle"}, "peer-reviewed-article": {"about", "ScholarlyArticle"}, "commentary": {"subjectOf", "ScholarlyArticle"},
	"peer-review": {"review", "Review"}, "preprint": {"isBasedOn", "ScholarlyArticle"}, "article-reference": {"exampleOfWork", "ScholarlyArticle"},
	"data": {"isBasedOn", "Dataset"}, "dataset": {"isBasedOn", "Dataset"}, "software": {"isBasedOn", "SoftwareSourceCode"}, "supplement": {"hasPart", "CreativeWork"},
	"companion": {"mentions", "ScholarlyArticle"}, "related-article": {"mentions", "ScholarlyArticle"}, "version": {"workExample", "ScholarlyArticle"},
}

// related leads to other works, those that the record names and those whose records
// name this article.
func related(o object, p *journal.Publication) {
	by := map[string][]any{}
	add := func(relation, doi, address, title string) {
		link, ok := links[relation]
		if !ok {
			return
		}
		if link[0] == "correction" { // which takes an address, and no work
			if doi, ok := pid.DOI(doi); ok {
				address = "https://doi.org/" + doi
			}
			if address = webAddress(address); address != "" {
				by[link[0]] = append(by[link[0]], address)
			}
			return
		}
		one := typed(link[1]).put("name", title)
		if doi, ok := pid.DOI(doi); ok {
			one.put("@id", "https://doi.org/"+doi).put("url", "https://doi.org/"+doi)
		} else {
			one.put("url", webAddress(address))
		}
		if len(one) > 1 {
			by[link[0]] = append(by[link[0]], one)
		}
	}
	for i := range p.Record.Related {
		r := &p.Record.Related[i]
		add(r.Relation, r.DOI, r.URL, r.Title)
	}
	for i := range p.Notices {
		n := &p.Notices[i]
		if journal.StandingByOther(n.Relation) != "" && n.DOI != "" && !slices.ContainsFunc(p.Record.Related, func(r journal.Related) bool { return pid.SameDOI(r.DOI, n.DOI) }) {
			add("correction-forward", n.DOI, "", n.Title.Plain)
		}
	}
	for property, list := range by {
		if have, ok := o[property]; ok { // about: subjects are there
			if several, ok := have.([]any); ok {
				list = append(slices.Clone(several), list...)
			} else {
				list = append([]any{have}, list...)
			}
		}
		o.put(property, list)
	}
}

// encodings are the forms of the article: the page, JATS, and the files.
func encodings(p *journal.Publication, address string) []any {
	at := journal.Address(address)
	var out []any
	add := func(to, media, lang, size string) {
		if script.Line(to) != "" {
			out = append(out, typed("MediaObject").put("contentUrl", to).put("encodingFormat", media).put("inLanguage", locale.Tag(lang)).put("contentSize", size))
		}
	}
	add(at.Form("xml"), "application/xml", "", "")
	for _, f := range p.Record.Galleys() {
		add(at.File(f), f.Media, f.Lang, "")
	}
	return out
}

// access says what the text offers (the vocabulary of schema.org's accessibility
// properties, W3C, "Schema.org Accessibility Properties for Discoverability Vocabulary"). A
// text that was taken out of a PDF has no structure to speak of.
func access(o object, documents []journal.Document) {
	if len(documents) == 0 || documents[0].Extracted {
		return
	}
	d := &documents[0]
	var pictures, described, formulas, sections int
	for _, part := range [][]article.Node{d.Body, d.Back} {
		article.Walk(part, func(n *article.Node) bool {
			switch n.Kind {
			case article.Image, article.InlineImage:
				pictures++
				if n.Alt != "" {
					described++
				}
			case article.Figure:
				if n.Alt != "" { // the figure's words stand for its pictures
					pictures, described = pictures+1, described+1
					return false
				}
			case article.Math, article.InlineMath:
				if n.Markup != "" {
					formulas++
				}
			case article.Section:
				sections++
			}
			return true
		})
	}
	features := []any{"displayTransformability", "readingOrder"}
	if sections > 0 {
		features = append(features, "structuralNavigation")
	}
	if formulas > 0 {
		features = append(features, "MathML")
	}
	modes := []any{"textual"}
	if pictures > 0 {
		modes = append(modes, "visual")
	}
	if pictures > 0 && described == pictures {
		features = append(features, "alternativeText")
	}
	o.put("accessibilityFeature", features).put("accessMode", modes)
	if described == pictures {
		o.put("accessModeSufficient", typed("ItemList").put("itemListElement", []any{"textual"}))
	}
}

// classes are those of cited works by the types of CSL.
var classes = map[string]string{
	"article-journal": "ScholarlyArticle", "paper-conference": "ScholarlyArticle", "article": "ScholarlyArticle", "article-newspaper": "NewsArticle", "article-magazine": "Article",
	"book": "Book", "chapter": "Chapter", "thesis": "Thesis", "report": "Report", "dataset": "Dataset", "software": "SoftwareSourceCode", "webpage": "WebPage", "map": "Map",
	"legislation": "Legislation", "post-weblog": "BlogPosting", "motion_picture": "Movie", "manuscript": "Manuscript",
}

// citations are the cited works: by their fields where they are sure, with the text as
// printed as the description.
func citations(list []journal.Reference) []any {
	var out []any
	for i := range list {
		r := list[i].Certain()
		class := classes[r.Type]
		if class == "" {
			class = "CreativeWork"
		}
		o := typed(class).put("name", r.Title).put("description", r.Printed.Plain)
		if doi, ok := pid.DOI(r.DOI); ok {
			o.put("@id", "https://doi.org/"+doi).put("url", "https://doi.org/"+doi)
		} else {
			o.put("url", webAddress(r.URL))
		}
		if script.Line(r.Title) == "" {
			o.put("name", r.Printed.Plain)
			delete(o, "description")
		}
		var authors []any
		for _, a := range r.Authors {
			if name := script.Line(a.Shown()); name != "" {
				authors = append(authors, typed("Person").put("name", name).put("familyName", a.Family).put("givenName", a.Given))
			}
		}
		o.put("author", authors).put("datePublished", string(r.Issued.Valid()))
		if len(o) > 1 {
			out = append(out, o)
		}
	}
	return out
}

func webAddress(s string) string {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return s
	}
	return ""
}
