package web

import (
	"fmt"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/view"
)

// tones are the relations that say how an article stands (JATS
// related-article-type; NISO RP-45-2024, CREC, for what must be shown).
var tones = map[string]view.Tone{
	"corrected-article":     view.Notifies,
	"retracted-article":     view.Notifies,
	"object-of-concern":     view.Notifies,
	"correction-forward":    view.Corrected,
	"correction":            view.Corrected,
	"retraction-forward":    view.Retracted,
	"retraction":            view.Retracted,
	"expression-of-concern": view.Concern,
	"concern-forward":       view.Concern,
}

// newNotices are the article's standing and its other related works.
func newNotices(p *view.Article, v *visit, a *reading) {
	if a.pub.Version != a.pub.Latest {
		p.Notices = append(p.Notices, view.Notice{Tone: view.Newer, Link: &view.Link{URL: v.at("/articles/" + a.pub.Slug)}})
	}
	newNamed(p, v, a)
	for i := range a.pub.Record.Related {
		rel := &a.pub.Record.Related[i]
		link := relatedLink(v, a, rel)
		if tone, ok := tones[rel.Relation]; ok {
			p.Notices = append(p.Notices, view.Notice{Tone: tone, Link: link})
			continue
		}
		if link != nil {
			p.Related = append(p.Related, view.Related{Relation: relationWord(rel.Relation), Link: *link, DOI: rel.DOI})
		}
	}
}

// inverse are the relations of an article to those that name it, by theirs.
var inverse = map[string]string{
	"addended-article": "addendum", "commentary-article": "commentary", "companion": "companion", "translated-article": "translation",
	"translation": "translated-article", "updated-article": "update", "preprint": "article-reference", "peer-reviewed-article": "reviewed-article",
	"article-reference": "preprint", "related-article": "related-article",
}

// relationWord is what the catalogues call a relation where they call two the same.
func relationWord(relation string) string {
	if relation == "related-article" {
		return "article-reference"
	}
	return relation
}

// newNamed are the notices and related works that name this article while its
// own record does not name them: a retraction is found by whoever reads the
// article, whichever side says so.
func newNamed(p *view.Article, v *visit, a *reading) {
	for i := range a.pub.Notices {
		n := &a.pub.Notices[i]
		j := v.site.directory.Load().byPath[n.JournalPath]
		if j == nil || slices.ContainsFunc(a.pub.Record.Related, func(r journal.Related) bool {
			return r.DOI != "" && strings.EqualFold(r.DOI, n.DOI) || r.Slug != "" && r.Slug == n.Slug && j.ID == a.pub.Journal.ID
		}) {
			continue
		}
		link := &view.Link{Text: run(n.Title), URL: v.of(j, "/articles/"+n.Slug)}
		switch tone := view.Tone(journal.StandingByOther(n.Relation)); {
		case tone != "":
			p.Notices = append(p.Notices, view.Notice{Tone: tone, Link: link, Date: string(n.Published)})
		case journal.StandingBySelf(n.Relation) != "":
			p.Notices = append(p.Notices, view.Notice{Tone: view.Notifies, Link: link})
		case inverse[n.Relation] != "":
			p.Related = append(p.Related, view.Related{Relation: relationWord(inverse[n.Relation]), Link: *link, DOI: n.DOI})
		}
	}
}

// relatedLink leads to the related work: here, where it is an article of this
// installation, else by its DOI or address; nil when it has none.
func relatedLink(v *visit, a *reading, rel *journal.Related) *view.Link {
	link := &view.Link{Text: view.Plain("", rel.Title)}
	here, ok := a.relatives[strings.ToLower(rel.DOI)]
	switch {
	case rel.Slug != "":
		link.URL = v.at("/articles/" + rel.Slug)
	case ok && rel.DOI != "":
		if j := v.site.directory.Load().byPath[here.journalPath]; j != nil {
			link.URL = v.of(j, "/articles/"+here.slug)
		}
		if rel.Title == "" {
			link.Text = view.Plain("", here.title)
		}
	case rel.DOI != "":
		link.URL = view.DOILink(rel.DOI)
		if rel.Title == "" {
			link.Text = view.Plain("", "doi:"+rel.DOI)
		}
	default:
		link.URL = safeURL(rel.URL)
	}
	if link.URL == "" {
		return nil
	}
	return link
}

// gone is the failure of asking for a withdrawn article.
type gone struct{ pub *journal.Publication }

// Unwrap: to everybody who does not look closer, it is not there.
func (g *gone) Unwrap() error { return errs.NotFound }

func (g *gone) Error() string { return fmt.Sprintf("article %s was withdrawn", g.pub.Slug) }
