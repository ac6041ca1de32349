package journal

import (
	"strings"

	"offprint/internal/article"
)

// Standing is what a reader must know of an article before relying on it (NISO
// RP-45-2024, CREC, section 2): the gravest thing that is said of it. Empty:
// nothing is.
type Standing string

// The standings from quiet to grave.
const (
	Corrected Standing = "corrected"
	Concern   Standing = "concern"
	Retracted Standing = "retracted"
)

// ownRelations says how a related work makes the article stand that has the
// relation in its record (JATS, related-article-type).
var ownRelations = map[string]Standing{
	"correction-forward":    Corrected,
	"correction":            Corrected,
	"erratum":               Corrected,
	"expression-of-concern": Concern,
	"concern-forward":       Concern,
	"retraction-forward":    Retracted,
	"retraction":            Retracted,
}

// otherRelations says the same of the article that the relation leads to.
var otherRelations = map[string]Standing{
	"corrected-article": Corrected,
	"object-of-concern": Concern,
	"retracted-article": Retracted,
}

// StandingBySelf is what a relation in an article's own record says of it.
func StandingBySelf(relation string) Standing { return ownRelations[relation] }

// StandingByOther is what a relation in the record of a notice says of the
// article that the notice names.
func StandingByOther(relation string) Standing { return otherRelations[relation] }

// Graver is the graver of two standings.
func (s Standing) Graver(t Standing) Standing {
	order := map[Standing]int{Corrected: 1, Concern: 2, Retracted: 3}
	if order[t] > order[s] {
		return t
	}
	return s
}

// Notice is an article of the installation whose record names this one as
// corrected, retracted or the like, or as related in another way.
type Notice struct {
	Relation          string // of the notice to this article: retracted-article …
	ArticleID         string
	JournalPath, Slug string
	DOI               string
	Title             Text
	Published         Date
}

// retractedMark stands before the title of a retracted article in everything
// that leaves the site (NISO RP-45-2024, 3.1.1: "RETRACTED:" in capitals, in
// English whatever the language of the title).
const retractedMark = "RETRACTED: "

// Titled is a title of the article as every output shows it: with the mark
// before it when the article is retracted. A title that says so itself gets no
// second mark.
func (p *Publication) Titled(t Text) Text {
	if p.Standing != Retracted || t.Plain == "" || saysRetracted(t.Plain) {
		return t
	}
	out := Text{Lang: t.Lang, Plain: retractedMark + t.Plain}
	if len(t.Rich) > 0 {
		out.Rich = append([]article.Node{article.Str(retractedMark)}, t.Rich...)
	}
	return out
}

func saysRetracted(title string) bool {
	title = strings.ToUpper(strings.TrimLeft(title, " [("))
	for _, mark := range []string{"RETRACTED:", "RETRACTED ARTICLE", "RETRACTED]", "RETRACTED)"} {
		if strings.HasPrefix(title, mark) {
			return true
		}
	}
	return false
}

// Heading is the original title with its subtitle as every output shows it.
func (p *Publication) Heading() Text { return p.Titled(p.Record.Heading()) }

// HeadingIn is the title in lang, or the original one, likewise.
func (p *Publication) HeadingIn(lang string) Text { return p.Titled(p.Record.HeadingIn(lang)) }
