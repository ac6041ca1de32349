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

// mustBeArticle: a title and one sign of an article, or two signs. Signs are a
// DOI, an abstract, keywords, references, a place in a journal, a recommended
// citation, a history, authors under a heading.
func (p *page) mustBeArticle() error {
	signs := p.signs
	if len(p.r.Article.Contributors) > 0 {
		signs++
	}
	if len(p.r.Article.Titles) > 0 {
		signs++
	}
	if signs >= 2 {
		return nil
	}
	var seen []string
	if len(p.r.Article.Titles) > 0 {
		seen = append(seen, fmt.Sprintf("the title “%s”", shorten(p.r.Article.Titles[0].Plain, 80)))
	}
	if len(p.r.Article.Contributors) > 0 {
		seen = append(seen, "a name")
	}
	found := "nothing of it was found"
	if len(seen) > 0 {
		found = "only " + strings.Join(seen, " and ") + " was found"
	}
	return errs.Newf(errs.Invalid, "%s is not the page of an article: a title with authors, abstract, keywords, references, DOI, “For citation” or a volume and pages was looked for and %s; give the page of one article as text or HTML", p.name, found)
}
