package landing

import (
	"strings"

	"golang.org/x/text/language"

	"offprint/internal/refparse"
	"offprint/internal/script"
)

// articleTypes maps what pages call kinds of articles to JATS article-types.
var articleTypes = map[string]string{
	"article": "research-article", "research article": "research-article", "original article": "research-article", "original paper": "research-article",
	"original research": "research-article", "research paper": "research-article", "research papers": "research-article", "original research article": "research-article",
	"research articles": "research-article", "original articles": "research-article", "scientific article": "research-article",
	"статья": "research-article", "статья в журнале - научная статья": "research-article", "статья в журнале": "research-article", "научная статья": "research-article", "оригинальная статья": "research-article", "оригинальные статьи": "research-article",
	"оригинальное исследование": "research-article", "оригинальные исследования": "research-article", "стаття": "research-article",
	"artigo": "research-article", "artigo original": "research-article", "artigos originais": "research-article", "articulo original": "research-article", "artigo de pesquisa": "research-article",
	"原著論文": "research-article", "原著": "research-article", "論文": "research-article", "研究論文": "research-article",
	"review": "review-article", "review article": "review-article", "reviews": "review-article", "review paper": "review-article", "literature review": "review-article", "systematic review": "review-article",
	"обзор": "review-article", "обзорная статья": "review-article", "обзоры": "review-article", "artigo de revisao": "review-article", "articulo de revision": "review-article", "総説": "review-article", "総説論文": "review-article",
	"editorial": "editorial", "от редакции": "editorial", "редакционная статья": "editorial", "巻頭言": "editorial", "передовая статья": "editorial",
	"book review": "book-review", "book reviews": "book-review", "рецензия": "book-review", "рецензии": "book-review", "resenha": "book-review", "resenhas": "book-review", "resena": "book-review", "書評": "book-review",
	"short communication": "brief-report", "brief report": "brief-report", "short report": "brief-report", "brief communication": "brief-report", "краткое сообщение": "brief-report", "краткие сообщения": "brief-report", "comunicacao breve": "brief-report", "速報": "rapid-communication", "rapid communication": "rapid-communication",
	"case report": "case-report", "case reports": "case-report", "клинический случай": "case-report", "клиническое наблюдение": "case-report", "relato de caso": "case-report", "症例報告": "case-report",
	"letter": "letter", "letter to the editor": "letter", "письмо в редакцию": "letter", "carta ao editor": "letter", "письма в редакцию": "letter",
	"correction": "correction", "erratum": "correction", "corrigendum": "correction", "исправление": "correction", "поправка": "correction", "errata": "correction", "訂正": "correction",
	"retraction": "retraction", "retraction notice": "retraction", "ретракция": "retraction", "отзыв статьи": "retraction",
	"obituary": "obituary", "некролог": "obituary", "news": "news", "новости": "news", "хроника": "news", "translation": "translation", "перевод": "translation",
	"introduction": "introduction", "discussion": "discussion", "interview": "interview", "интервью": "interview", "entrevista": "interview",
}

// typed takes the type of the article from the words for it.
func (p *page) typed(value string) bool {
	t := articleTypes[strings.Trim(script.Fold(clean(value)), " .")]
	if t == "" {
		return false
	}
	if p.r.Article.Type == "" {
		p.r.Article.Type = t
	}
	return true
}

// languageTag reads the name or the code of a language: "en_US", "rus",
// "Russian", "ru"; "" if it is none.
func languageTag(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 40 {
		return ""
	}
	if lang := refparse.LanguageNamed(s); lang != "" {
		return lang
	}
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c == ' ' {
			return ""
		}
	}
	base, _, _ := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	if len(base) < 2 || len(base) > 3 {
		return ""
	}
	b, err := language.ParseBase(base)
	if err != nil || b.String() == "und" || b.String() == "mul" {
		return ""
	}
	return b.String()
}
