package landing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/refparse"
	"offprint/internal/script"
)

// maxFrontMatter bounds the front matter in bytes.
const maxFrontMatter = 256 << 10

// frontKeys maps the keys of front matter to fields. Keys that only steer a
// site generator map to fIgnored.
var frontKeys = map[string]field{
	"doi": fDOI, "issn": fISSN, "issn_print": fISSN, "issn_online": fISSN, "eissn": fISSN, "udc": fUDC, "udk": fUDC, "bbk": fBBK, "edn": fEDN, "msc": fMSC, "jel": fJEL,
	"tags": fKeywords, "keywords": fKeywords, "journal": fJournal, "publication": fJournal, "volume": fVolume, "year": fYear, "pages": fPages,
	"rubric_name": fSection, "section": fSection, "section_name": fSection, "publisher": fPublisher, "copyright": fCopyright,
	"received": fReceived, "accepted": fAccepted, "revised": fRevised, "date": fPublished, "publishdate": fPublished, "published": fPublished, "publication_date": fPublished,
	"lang": fLanguage, "language": fLanguage, "abstract": fAbstract, "description": fAbstract, "summary": fAbstract,
	"citation": fCitation, "license": fLicence, "licence": fLicence, "article_type": fType, "funding": fFunding,
	"categories": fIgnored, "outputs": fIgnored, "issue_name": fIgnored, "issue_id": fIgnored, "rubric": fIgnored, "layout": fIgnored, "draft": fIgnored,
	"weight": fIgnored, "toc": fIgnored, "menu": fIgnored, "type": fIgnored, "slug": fIgnored, "template": fIgnored, "lastmod": fIgnored, "expirydate": fIgnored, "math": fIgnored,
}

// readFrontMatter reads Markdown with front matter: the text before the first
// heading is the abstract, headings are labels.
func (p *page) readFrontMatter(text string) error {
	text = strings.TrimLeft(text, " \t\n\ufeff")
	fence := text[:3]
	end := strings.Index(text[3:], "\n"+fence)
	if end < 0 || end > maxFrontMatter {
		if fence == "---" {
			p.readText(text) // a line of hyphens opens plain text too
			return nil
		}
		return errs.Newf(errs.Invalid, "%s begins with front matter (%s) that does not end; close it with a line %s", p.name, fence, fence)
	}
	head, rest := text[3:3+end], text[3+end+1:]
	_, body, _ := strings.Cut(rest, "\n")
	front := map[string]any{}
	var err error
	if fence == "+++" {
		_, err = toml.Decode(head, &front)
	} else {
		err = yaml.Unmarshal([]byte(head), &front)
	}
	if err != nil {
		return errs.Newf(errs.Invalid, "the front matter of %s cannot be read: %s", p.name, strings.Join(strings.Fields(err.Error()), " "))
	}
	p.frontMatter(front)
	p.src = body
	lines := splitLines(body, strings.Count(text[:len(text)-len(body)], "\n")+1)
	if p.full(len(lines), maxLines, "lines") {
		return nil
	}
	sections := p.sections(lines)
	for i := range sections {
		if s := &sections[i]; s.field == flow && len(p.r.Article.Abstracts) == 0 && i == 0 {
			abstract := p.span(s.lines)
			p.addAbstract(script.Language(abstract), abstract, lineNo(s.lines[0].no))
			continue
		}
		p.readSection(&sections[i])
	}
	return nil
}

func (p *page) frontMatter(front map[string]any) {
	keys := make([]string, 0, len(front))
	for k := range front {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	p.frontTitles(front)
	for _, key := range keys {
		where, value := "front matter "+key, front[key]
		text := scalar(value)
		switch lower := strings.ToLower(key); {
		case value == nil, lower == "title", lower == "original_title":
		case lower == "author", lower == "authors":
			p.frontAuthors(value, where)
		case lower == "file", lower == "pdf", lower == "pdf_url":
			p.addFile(text, "")
		case lower == "url", lower == "permalink", lower == "canonical", lower == "aliases":
			for _, a := range list1(value) {
				p.addOldAddress(a)
			}
		case lower == "issue":
			p.frontIssue(text, where)
		case lower == "first_page" || lower == "firstpage":
			p.setPages(pagesOf(text, scalar(front[strings.Replace(key, "irst", "ast", 1)])), where)
			p.setPages(pagesOf(text, scalar(front["last_page"])), where)
		case lower == "last_page" || lower == "lastpage":
		case frontKeys[lower] == fIgnored:
			p.furnish++
		case frontKeys[lower] == fKeywords:
			words := list1(value)
			if s, isString := value.(string); isString {
				words = splitWords(s)
			}
			p.addKeywords(script.Language(strings.Join(words, ", ")), words)
		case frontKeys[lower] != none && text != "":
			s := section{label: label{field: frontKeys[lower]}, printed: key, lines: []line{{text: text}}}
			p.readFront(&s, where)
		case text != "":
			p.loss(where, text, "a key that is not known")
		}
	}
}

// readFront reads one value; its place is the key.
func (p *page) readFront(s *section, where string) {
	before := len(p.r.Losses)
	if s.field == fLicence {
		p.setLicence(s.lines[0].text, "", where)
		return
	}
	p.readSection(s)
	for i := before; i < len(p.r.Losses); i++ {
		p.r.Losses[i].Where = where
	}
}

// frontTitles takes the page's own title first, then the one that the source
// names as the original's.
func (p *page) frontTitles(front map[string]any) {
	for _, key := range []string{"title", "original_title"} {
		if title := scalar(front[key]); title != "" {
			p.addTitle(script.Language(title), title, "front matter "+key)
		}
	}
	if sub := scalar(front["subtitle"]); sub != "" {
		p.r.Article.Subtitles = p.addText(p.r.Article.Subtitles, textOf(sub))
		delete(front, "subtitle")
	}
}

// frontIssue reads "2014-01" as the first issue of 2014, and anything else as
// the number of the issue.
func (p *page) frontIssue(text, where string) {
	if year, number, found := strings.Cut(text, "-"); found && refparse.IsYear(year) && number != "" && len(number) <= 2 {
		p.takePlace(place{year: atoi(year), issue: strings.TrimLeft(number, "0")}, where)
		return
	}
	if b, ok := placeIn(text); ok {
		p.takePlace(b, where)
		return
	}
	p.setNumber(text, where)
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

// frontAuthors reads authors: names, tables with a name, or identifiers of
// people whose names the site keeps elsewhere.
func (p *page) frontAuthors(value any, where string) {
	items, isList := value.([]any)
	if !isList {
		items = []any{value}
	}
	for _, item := range items {
		if table, ok := item.(map[string]any); ok {
			p.frontPerson(table, where)
			continue
		}
		text := scalar(item)
		if text == "" {
			continue
		}
		people, sure := splitNames(text)
		switch {
		case sure != noName:
			p.addPeople(people)
		default:
			p.addContributor(journal.Name{Literal: clean(text)})
			if !strings.Contains(text, " ") {
				p.loss(where, text, "an identifier of a person; the site keeps the full name elsewhere")
			}
		}
	}
}

func (p *page) frontPerson(table map[string]any, where string) {
	name, _ := parseName(scalar(table["name"]))
	if family := scalar(table["family"]); family != "" {
		name = journal.Name{Family: family, Given: scalar(table["given"]), Literal: strings.TrimSpace(scalar(table["given"]) + " " + family)}
	}
	if name.Literal == "" {
		p.loss(where, fmt.Sprint(table), "an author without a name")
		return
	}
	c := p.addContributor(name)
	for key, v := range table {
		switch text := scalar(v); key {
		case "name", "family", "given":
		case "orcid", "email":
			p.personCode(c, key+" "+text)
		case "affiliation", "affiliations":
			for _, a := range list1(v) {
				p.affiliate(c, a, "", "")
			}
		default:
			p.loss(where, key+": "+text, "a key of an author that is not known")
		}
	}
}

// scalar prints a plain value; dates in their ISO form.
func scalar(v any) string {
	switch v := v.(type) {
	case nil, map[string]any:
		return ""
	case string:
		return strings.TrimSpace(v)
	case time.Time:
		return v.Format("2006-01-02")
	case []any:
		return strings.Join(list1(v), ", ")
	}
	return strings.TrimSpace(fmt.Sprint(v))
}

// list1 is a list of plain values, or the one value.
func list1(v any) []string {
	items, ok := v.([]any)
	if !ok {
		items = []any{v}
	}
	var out []string
	for _, item := range items {
		if s := scalar(item); s != "" {
			out = append(out, s)
		}
	}
	return out
}
