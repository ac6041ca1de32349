package journal

import (
	"net/url"
	"strings"

	"offprint/internal/article"
)

// Place is the issue as it is stored, or else what the record says of it; nil
// for an article outside issues.
func (p *Publication) Place() *Issue {
	if p.Issue != nil {
		return p.Issue
	}
	return p.Record.Issue
}

// Issued is the date to cite the article by. An article that went online in
// one year and into an issue of another belongs to the year of the issue.
func (p *Publication) Issued() Date {
	issue, published := p.Place(), p.Record.Published
	switch {
	case issue == nil || issue.Year == 0 || published.Year() == issue.Year:
		return published
	case issue.Published.Year() == issue.Year:
		return issue.Published
	}
	return YearDate(issue.Year)
}

// Heading is the original title with its subtitle, in the language of the
// title: "Title: Subtitle". A title that ends with a mark of its own gets no
// colon.
func (a *Article) Heading() Text {
	if len(a.Titles) == 0 {
		return Text{}
	}
	return a.HeadingIn(a.Titles[0].Lang)
}

// HeadingIn is the title in lang, or the original one, with the subtitle of the
// same language.
func (a *Article) HeadingIn(lang string) Text {
	title := In(a.Titles, lang)
	for _, sub := range a.Subtitles {
		if sub.Lang == title.Lang && sub.Plain != "" {
			return join(title, sub)
		}
	}
	return title
}

// HeadingOf is title i with the subtitle of the same language.
func (a *Article) HeadingOf(i int) Text {
	if i < 0 || i >= len(a.Titles) {
		return Text{}
	}
	title := a.Titles[i]
	if sub := a.SubtitleIn(title.Lang); sub.Plain != "" {
		return join(title, sub)
	}
	return title
}

func join(title, sub Text) Text {
	between := ": "
	if strings.HasSuffix(title.Plain, ":") || strings.HasSuffix(title.Plain, "?") || strings.HasSuffix(title.Plain, "!") {
		between = " "
	}
	out := Text{Lang: title.Lang, Plain: title.Plain + between + sub.Plain}
	if len(title.Rich) > 0 || len(sub.Rich) > 0 {
		out.Rich = append(append(append(out.Rich, title.Nodes()...), article.Str(between)), sub.Nodes()...)
	}
	return out
}

// AbstractIn is the abstract proper in lang, or the first there is; graphical
// abstracts and summaries for other readers are none.
func (a *Article) AbstractIn(lang string) Text {
	var texts []Text
	for _, abstract := range a.Abstracts {
		if abstract.Role == "" {
			texts = append(texts, abstract.Text)
		}
	}
	return In(texts, lang)
}

// KeywordsIn are the keywords in lang, or the first there are.
func (a *Article) KeywordsIn(lang string) []string {
	for _, k := range a.Keywords {
		if strings.EqualFold(k.Lang, lang) {
			return k.Words
		}
	}
	if len(a.Keywords) > 0 {
		return a.Keywords[0].Words
	}
	return nil
}

// By lists the contributors in a role, in order. A contributor without a role
// is an author.
func (a *Article) By(role string) []Contributor {
	var out []Contributor
	for _, c := range a.Contributors {
		if len(c.Names) > 0 && (c.Role == role || c.Role == "" && role == "author") {
			out = append(out, c)
		}
	}
	return out
}

// NameIn is the contributor's name in lang (the same base language), or the
// name as shown.
func (c *Contributor) NameIn(lang string) Name {
	if len(c.Names) == 0 {
		return Name{}
	}
	base, _, _ := strings.Cut(lang, "-")
	for _, n := range c.Names {
		if b, _, _ := strings.Cut(n.Lang, "-"); b != "" && strings.EqualFold(b, base) {
			return n
		}
	}
	return c.Names[0]
}

// ISSN is the one to cite by: of the online edition, or else of the printed
// one.
func (j *Journal) ISSN() string {
	if j.ISSNOnline != "" {
		return j.ISSNOnline
	}
	return j.ISSNPrint
}

// PDF is the address of the article's PDF, where it has one, and empty
// otherwise. address is the article's own, without it only a file kept
// elsewhere has one.
func (a *Article) PDF(address string) string {
	for _, f := range a.Files {
		switch {
		case f.Role != "galley" || f.Media != "application/pdf":
		case f.SHA256 != "" && address != "":
			return address + "/files/" + url.PathEscape(f.Name)
		case f.SHA256 == "" && f.Address != "":
			return f.Address
		}
	}
	return ""
}
