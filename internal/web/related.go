package web

import (
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/view"
)

// newWays sets where an article page leads on to: people, keywords, heading and
// related articles.
// What is derived is of the newest version: an earlier one, which may have other
// people and words, has only the related articles.
func newWays(p *view.Article, v *visit, pub *journal.Publication, ways *store.Way) {
	newNear(p, v, ways.Related)
	if pub.Version != pub.Latest {
		ways = &store.Way{}
	}
	p.Keywords = newKeywords(v, &pub.Record, ways.Keywords)
	if ways.Section != "" {
		p.SectionURL = v.at("/sections/" + ways.Section)
	}
	for i := range p.Authors {
		if i < len(ways.AuthorSlugs) && ways.AuthorSlugs[i] != "" {
			p.Authors[i].URL = v.at("/authors/" + ways.AuthorSlugs[i])
		}
	}
}

func newNear(p *view.Article, v *visit, list []store.Relative) {
	for i := range list {
		r := &list[i]
		near := view.Near{Line: v.newLine(&r.Line, true), Sources: r.Sources, Authors: r.Authors}
		if r.Keywords > 1 || r.Sources+r.Authors > 0 {
			near.Keywords = r.Keywords
		}
		p.Near = append(p.Near, near)
	}
}

// relatedTags are the tags of the related articles that a page shows.
func (a *reading) relatedTags() (tags []string) {
	for i := range a.ways.Related {
		tags = append(tags, tagArticle(a.ways.Related[i].ID))
	}
	return tags
}
