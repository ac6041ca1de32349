package landing

import (
	"slices"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// textOf makes a text with the language that it shows.
func textOf(s string) journal.Text { return journal.T(script.Language(s), s) }

// langOf is the language of a text under a label: what the text shows, else
// that of the label where the two agree in script.
func (p *page) langOf(text, labelLang string) string {
	if lang := script.Language(text); lang != "" {
		return lang
	}
	if labelLang != "" && sameScript(text, labelLang) {
		return labelLang
	}
	return ""
}

// scriptsOf are the scripts in which a language is written.
func sameScript(text, lang string) bool {
	of := script.Of(text)
	switch lang {
	case "ru", "uk", "be", "bg", "sr", "mk", "kk":
		return of == "Cyrl"
	case "ja":
		return of == "Jpan" || of == "Hani"
	case "zh":
		return of == "Hani"
	case "ko":
		return of == "Hang"
	}
	return of == "Latn"
}

// settleLanguages gives titles and keywords that do not show their language
// the one that is left for them, and decides the language of the article.
func (p *page) settleLanguages() {
	a := &p.r.Article
	taken := map[string]bool{}
	unknown := 0
	for _, t := range a.Titles {
		if t.Lang == "" {
			unknown++
		}
		taken[t.Lang] = true
	}
	var left []string
	add := func(lang string) {
		if lang != "" && !taken[lang] {
			taken[lang] = true
			left = append(left, lang)
		}
	}
	add(p.declared)
	for _, ab := range a.Abstracts {
		add(ab.Lang)
	}
	for _, lang := range p.labelLangs {
		add(lang)
	}
	if unknown == 1 || unknown == len(left) {
		for i := range a.Titles {
			if t := &a.Titles[i]; t.Lang == "" {
				for j, lang := range left {
					if sameScript(t.Plain, lang) {
						t.Lang = lang
						left = append(left[:j:j], left[j+1:]...)
						break
					}
				}
			}
		}
	}
	for i := range a.Titles {
		if t := &a.Titles[i]; t.Lang == "" && script.Of(t.Plain) == "Hani" {
			t.Lang = p.eastern()
		}
	}
	p.settleArticle()
	p.fillLanguages()
	first := func(lang string) int {
		if lang == a.Language {
			return 0
		}
		return 1
	}
	if a.Language != "" {
		slices.SortStableFunc(a.Titles, func(x, y journal.Text) int { return first(x.Lang) - first(y.Lang) })
		slices.SortStableFunc(a.Abstracts, func(x, y journal.Abstract) int { return first(x.Lang) - first(y.Lang) })
		slices.SortStableFunc(a.Keywords, func(x, y journal.Keywords) int { return first(x.Lang) - first(y.Lang) })
	}
}

// fillLanguages gives short texts, which do not show their language, the one
// language that the page's titles and abstracts have in their script.
func (p *page) fillLanguages() {
	a := &p.r.Article
	of := map[string]string{}
	scriptOf := func(text string) string {
		if s := script.Of(text); s != "Hani" {
			return s
		}
		return "Jpan"
	}
	note := func(lang, text string) {
		if lang == "" {
			return
		}
		s := scriptOf(text)
		if have, seen := of[s]; seen && have != lang {
			of[s] = "" // more than one: nothing follows
		} else if !seen {
			of[s] = lang
		}
	}
	for _, t := range a.Titles {
		note(t.Lang, t.Plain)
	}
	for _, ab := range a.Abstracts {
		note(ab.Lang, ab.Plain)
	}
	fill := func(lang *string, text string) {
		if *lang == "" {
			*lang = of[scriptOf(text)]
		}
	}
	texts := func(lists ...[]journal.Text) {
		for _, list := range lists {
			for i := range list {
				fill(&list[i].Lang, list[i].Plain)
			}
		}
	}
	texts(a.Titles, a.Subtitles, a.Section, a.FundingStatement, p.r.Journal.Titles, p.r.Journal.Publisher)
	for i := range a.Abstracts {
		fill(&a.Abstracts[i].Lang, a.Abstracts[i].Plain)
	}
	for i := range a.Keywords {
		if k := &a.Keywords[i]; k.Lang == "" {
			fill(&k.Lang, strings.Join(k.Words, " "))
		}
	}
	for i := range a.Affiliations {
		texts(a.Affiliations[i].Names)
	}
	for i := range a.Contributors {
		texts(a.Contributors[i].Bio)
	}
}

// eastern is the language of titles in Han characters alone: Japanese where
// the page has kana anywhere in what was read.
func (p *page) eastern() string {
	for _, t := range p.r.Journal.Titles {
		if t.Lang == "ja" {
			return "ja"
		}
	}
	for _, ab := range p.r.Article.Abstracts {
		if ab.Lang == "ja" || ab.Lang == "zh" {
			return ab.Lang
		}
	}
	return ""
}

// settleArticle decides the language of the article: what a tag declares, else
// the language of the first title, else of the first abstract. A language note
// in the recommended citation is printed by journals for all their articles
// alike and does not decide.
func (p *page) settleArticle() {
	a := &p.r.Article
	shown := ""
	if len(a.Titles) > 0 {
		shown = a.Titles[0].Lang
	}
	if shown == "" && len(a.Abstracts) > 0 {
		shown = a.Abstracts[0].Lang
	}
	a.Language = p.declared
	if a.Language == "" && !p.unordered {
		a.Language = shown
	}
	if p.noted == "" || a.Language == "" || p.noted == a.Language {
		return
	}
	a.Disputes = append(a.Disputes, journal.Dispute{
		Field: "language", Says: p.notedAt, Taken: a.Language,
		Why: "the recommended citation carries a language note that title and abstract contradict; journals print such a note for all their articles",
	})
}
