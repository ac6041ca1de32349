package web

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"offprint/citeproc"
	"offprint/internal/citation"
	"offprint/internal/errs"
	"offprint/internal/format/coins"
	"offprint/internal/format/csl"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/view"
)

// cite is the page that gives an article as a reference in a style of the
// reader's choice.
func (s *Site) cite(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.styled(v, w, r, func(_ context.Context, pub *journal.Publication, style citation.Listed, lang string) (view.Page, error) {
		return s.newCitePage(v, pub, style, lang)
	})
}

// styled answers with a page about an article in the style and language that are
// asked for.
func (s *Site) styled(v *visit, w http.ResponseWriter, r *http.Request, draw func(context.Context, *journal.Publication, citation.Listed, string) (view.Page, error)) error {
	style, lang, err := citeAsked(v, r.URL.Query())
	if err != nil {
		return err
	}
	query := url.Values{"style": {style.Name}, "locale": {lang}}.Encode()
	return s.Cache.Serve(w, r, v.key(r, query), func(ctx context.Context) (*httpx.Page, error) {
		pub, err := s.Store.PublishedArticle(ctx, v.journal.ID, v.params["article"])
		if err != nil {
			return nil, err
		}
		if pub.Withdrawn {
			return nil, &gone{pub: pub}
		}
		p, err := draw(ctx, pub, style, lang)
		if err != nil {
			return nil, err
		}
		return s.drawn(v, p, []string{tagArticle(pub.ID), tagJournal(v.journal.ID)}, []string{"Cookie"}, "")
	})
}

// citeAsked is the style and the language that a query asks for. Without a
// style it is the journal's, or the first one.
func citeAsked(v *visit, q url.Values) (style citation.Listed, lang string, err error) {
	name := q.Get("style")
	if name == "" {
		name = v.journal.CitationStyle
	}
	if name == "" {
		name = citation.Styles()[0].Name
	}
	style, ok := citation.Find(name)
	if !ok {
		return style, "", errs.Newf(errs.NotFound, "there is no style of that name")
	}
	lang = q.Get("locale")
	if lang != "" && !slices.Contains(locale.Supported(), lang) {
		return style, "", errs.Newf(errs.NotFound, "there is no language of that name")
	}
	if _, asked := q["locale"]; !asked && style.Lang == "" {
		lang = v.lang
	}
	return style, lang, nil
}

func (s *Site) newCitePage(v *visit, pub *journal.Publication, style citation.Listed, lang string) (*view.Cite, error) {
	at := "/articles/" + pub.Slug
	p := &view.Cite{Base: v.newBase("archive"), Article: view.Link{Text: run(pub.Heading()), URL: v.at(at)}, Action: v.at(at + "/cite")}
	p.NoIndex = true
	withQuery(&p.Base, url.Values{"style": {style.Name}, "locale": {lang}}.Encode())
	p.Styles, p.Tongues = citeChoices(style, lang)
	p.COinS = coins.Encode(pub, v.origin+v.plainAt(at))
	for i := range forms {
		if forms[i].cites {
			p.Formats = append(p.Formats, view.Format{Label: forms[i].label, Media: forms[i].media, URL: v.plainAt(at + forms[i].ending)})
		}
	}
	printed, spoken, err := s.reference(v, pub, style.Name, lang)
	if err != nil || len(printed.Entries) == 0 {
		return p, err
	}
	p.Source = tidy(printed.Entries[0].Text)
	p.Lang = spokenIn(p.Source, spoken, lang)
	p.Entry, p.InText = template.HTML(p.Source), template.HTML(tidy(printed.InText)) //nolint:gosec // the processor escapes all data
	return p, nil
}

// citeChoices are the options of the form.
func citeChoices(style citation.Listed, lang string) (styles []view.CiteStyle, tongues []view.CiteTongue) {
	for _, l := range citation.Styles() {
		styles = append(styles, view.CiteStyle{Value: l.Name, Title: l.Title, Lang: titleLang(l.Title), Current: l.Name == style.Name})
	}
	tongues = append(tongues, view.CiteTongue{Current: lang == ""})
	for _, l := range locale.Supported() {
		tongues = append(tongues, view.CiteTongue{Value: l, Lang: l, Current: l == lang})
	}
	return styles, tongues
}

// spokenIn is the language of a work that is printed in the words of a style's
// language: undetermined where it is a title in one among the words of another, or
// names in the letters of another.
func spokenIn(printed, work, words string) string {
	if words != "" && !sameBase(words, work) || writtenOtherwise(printed, work) {
		return "und"
	}
	return work
}

// writtenOtherwise reports whether there are Cyrillic letters, kana or kanji in a
// text whose language does not use them.
func writtenOtherwise(text, lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	cyrillic := slices.Contains([]string{"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "und"}, base)
	asian := slices.Contains([]string{"ja", "zh", "ko", "und"}, base)
	return strings.ContainsFunc(text, func(r rune) bool {
		return !cyrillic && unicode.Is(unicode.Cyrillic, r) || !asian && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
	})
}

// titleLang is the language of a style's title that is not in Latin letters.
func titleLang(title string) string {
	switch {
	case writtenOtherwise(title, "ja"):
		return "ru"
	case writtenOtherwise(title, "ru"):
		return "ja"
	}
	return ""
}

// reference prints an article in a style, and says the language of its title.
// With a language that the record has, its title and names are in it.
func (s *Site) reference(v *visit, pub *journal.Publication, style, lang string) (*citation.Printed, string, error) {
	compiled, err := s.shelf.Style(style)
	if err != nil {
		return nil, "", err
	}
	item := csl.New(pub, v.origin+v.plainAt("/articles/"+pub.Slug))
	if lang != "" {
		item = csl.In(pub, item.URL, lang)
	}
	one, err := item.Processed()
	if err != nil {
		return nil, "", err
	}
	printed, err := s.shelf.PrintOne(compiled, citation.Language(lang), citeproc.HTML, one)
	return printed, item.Language, err
}

// tidy takes the line breaks out of a reference, which belong to lists.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// newCitations sets the citations that the page of an article recommends: in the
// style that the journal has chosen, in the language of the article and in the
// journal's other one; without a choice the one that the source prints, or a
// plain one.
func (s *Site) newCitations(p *view.Article, v *visit, pub *journal.Publication) error {
	rec := &pub.Record
	if v.journal.CitationStyle == "" {
		text := rec.Citation
		if text == "" {
			text = csl.Recommended(pub, rec.Language)
		}
		p.Citation = view.Linked(rec.Language, text)
		return nil
	}
	var err error
	if p.Citation, err = s.styledCitation(v, pub, rec.Language); err != nil {
		return err
	}
	for _, lang := range v.journal.Languages {
		if t := pub.HeadingIn(lang); !sameBase(lang, rec.Language) && sameBase(t.Lang, lang) {
			p.OtherCitation, err = s.styledCitation(v, pub, lang)
			return err
		}
	}
	return nil
}

func (s *Site) styledCitation(v *visit, pub *journal.Publication, lang string) (view.Run, error) {
	printed, spoken, err := s.reference(v, pub, v.journal.CitationStyle, lang)
	if err != nil || len(printed.Entries) == 0 {
		return view.Run{}, err
	}
	return view.Run{Lang: spoken, HTML: template.HTML(tidy(printed.Entries[0].Text))}, nil //nolint:gosec // the processor escapes all data
}
