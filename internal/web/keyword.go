package web

import (
	"context"
	"net/http"

	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/view"
)

// keywords is the index of a journal's keywords.
func (s *Site) keywords(v *visit, w http.ResponseWriter, r *http.Request) error {
	asked := askFor(r)
	return s.draw(v, w, r, asked.query(), func(ctx context.Context) (view.Page, []string, error) {
		letters, err := s.Store.KeywordLetters(ctx, v.journal.ID)
		if err != nil {
			return nil, nil, err
		}
		p := &view.KeywordIndex{Base: v.newBase("")}
		withQuery(&p.Base, asked.query())
		p.Index, err = v.indexOf(ctx, v.at("/keywords/"), asked, letters, func(ctx context.Context, letter string, limit, offset int) ([]indexWord, error) {
			list, err := s.Store.Keywords(ctx, v.journal.ID, letter, limit, offset)
			words := make([]indexWord, len(list))
			for i := range list {
				words[i] = indexWord{list[i].Letter, view.IndexEntry{Link: v.keywordLink(&list[i]), Articles: list[i].Articles}}
				if !sameBase(list[i].Lang, v.lang) {
					words[i].entry.Lang = list[i].Lang
				}
			}
			return words, err
		})
		return p, []string{tagBrowse(v.journal.ID)}, err
	})
}

func (v *visit) keywordLink(k *store.KeywordLine) view.Link {
	return view.Link{Text: view.Plain(k.Lang, k.Word), URL: v.at("/keywords/" + k.Slug)}
}

// keyword is the articles that have a keyword.
func (s *Site) keyword(v *visit, w http.ResponseWriter, r *http.Request) error {
	asked := askFor(r)
	asked.letter = ""
	return s.draw(v, w, r, asked.query(), func(ctx context.Context) (view.Page, []string, error) {
		k, err := s.Store.Keyword(ctx, v.journal.ID, v.params["keyword"], linesOnPage, (asked.page-1)*linesOnPage)
		if err != nil {
			return nil, nil, err
		}
		return newKeywordPage(v, k, asked), []string{tagBrowse(v.journal.ID), tagList(v.journal.ID)}, nil
	})
}

func newKeywordPage(v *visit, k *store.Keyword, asked askedFor) *view.Keyword {
	p := &view.Keyword{Base: v.newBase(""), Word: view.Plain(k.Lang, k.Word), Total: k.Articles, Lines: v.linesOf(k.Lines)}
	withQuery(&p.Base, asked.query())
	p.NoIndex = len(k.Lines) == 0
	p.Previous, p.Next = asked.neighbours(v.at("/keywords/"+k.Slug), asked.page*linesOnPage < k.Articles)
	for i := range k.Also {
		p.Also = append(p.Also, view.KeywordName{Link: v.keywordLink(&k.Also[i]), Lang: k.Also[i].Lang})
	}
	return p
}

// newKeywords are the keywords of an article with their addresses.
func newKeywords(v *visit, rec *journal.Article, addresses map[[2]int]string) []view.Keywords {
	var out []view.Keywords
	for n, k := range rec.Keywords {
		words := view.Keywords{Lang: k.Lang}
		for i, w := range k.Words {
			link := view.Link{Text: view.Plain(k.Lang, w)}
			if slug := addresses[[2]int{n, i}]; slug != "" {
				link.URL = v.at("/keywords/" + slug)
			}
			words.Words = append(words.Words, link)
		}
		out = append(out, words)
	}
	return out
}
