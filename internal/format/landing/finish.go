package landing

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// finish settles what can only be decided when all is read, and refuses a page
// that is no article.
func (p *page) finish() (*journal.Reading, error) {
	if p.refused != nil {
		return nil, p.refused
	}
	p.settleLanguages()
	p.settleReferences()
	p.settleNames()
	a := &p.r.Article
	if is := a.Issue; is != nil && is.Year == 0 && a.Published != "" && (is.Volume != "" || is.Number != "") {
		is.Year = a.Published.Year()
	}
	for _, t := range a.Titles {
		if n := utf8.RuneCountInString(t.Plain); n > maxTitle {
			p.titleTooLong("title", n)
			return nil, p.refused
		}
	}
	if err := p.mustBeArticle(); err != nil {
		return nil, err
	}
	if len(a.Titles) == 0 {
		p.loss("title", "", "the page gives no title")
	}
	if p.asides > 0 {
		lines := " lines"
		if p.asides == 1 {
			lines = " line"
		}
		p.loss(lineNo(p.asideAt), strconv.Itoa(p.asides)+lines+" of menus and other frame: "+p.asideText, "text of the site outside the article")
	}
	if p.losses > len(p.r.Losses) {
		p.r.Losses = append(p.r.Losses, journal.Loss{Where: "text", What: fmt.Sprintf("%d more lines", p.losses-len(p.r.Losses)), Why: "not understood; only the first are listed"})
	}
	return &p.r, nil
}

// mustBeArticle: a title or a name, and one sign of an article; or two signs.
// Signs are a citation_title, a DOI, an abstract under a heading or in a tag, keywords, a code,
// references, a place in a journal, a recommended citation, a history. A date,
// a name and prose are on every page of the web. A list of issues or articles
// has places too, and none of the other signs.
func (p *page) mustBeArticle() error {
	a := &p.r.Article
	signs := p.signs
	if len(a.Contributors) > 0 && p.signs > 0 {
		signs++
	}
	if len(a.Titles) > 0 && p.signs > 0 {
		signs++
	}
	own := a.DOI != "" || a.Citation != "" || len(a.Keywords) > 0 || len(a.References) > 0 || len(a.Abstracts) > 0 && !p.prose
	if p.isList() && !own {
		return errs.Newf(errs.Invalid, "%s is a list of issues or articles and not the page of one article; give the page of each article as text or HTML", p.name)
	}
	if signs >= 2 {
		return nil
	}
	var seen []string
	if len(a.Titles) > 0 {
		seen = append(seen, fmt.Sprintf("the title “%s”", shorten(a.Titles[0].Plain, 80)))
	}
	if len(a.Contributors) > 0 {
		seen = append(seen, "a name")
	}
	found := "nothing of it was found"
	if len(seen) > 0 {
		found = "only " + strings.Join(seen, " and ") + " was found"
	}
	return errs.Newf(errs.Invalid, "%s is not the page of an article: a title with authors, abstract, keywords, references, DOI, “For citation” or a volume and pages was looked for and %s; give the page of one article as text or HTML", p.name, found)
}

// isList: the page names several issues, has an issue for its first heading, or
// has several lines that are nothing but pages.
func (p *page) isList() bool {
	issues := 0
	for _, d := range p.r.Article.Disputes {
		if d.Field == "issue" || d.Field == "volume" {
			issues++
		}
	}
	return issues > 0 || p.issueFirst || p.bare > 1
}
