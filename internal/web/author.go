package web

import (
	"context"
	"net/http"
	"strconv"

	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/view"
)

// authors is the index of a journal's authors.
func (s *Site) authors(v *visit, w http.ResponseWriter, r *http.Request) error {
	asked := askFor(r)
	return s.draw(v, w, r, asked.query(), func(ctx context.Context) (view.Page, []string, error) {
		letters, err := s.Store.AuthorLetters(ctx, v.journal.ID)
		if err != nil {
			return nil, nil, err
		}
		p := &view.Authors{Base: v.newBase("")}
		withQuery(&p.Base, asked.query())
		p.Index, err = v.indexOf(ctx, v.at("/authors/"), asked, letters, func(ctx context.Context, letter string, limit, offset int) ([]indexWord, error) {
			list, err := s.Store.Authors(ctx, v.journal.ID, letter, limit, offset)
			words := make([]indexWord, len(list))
			for i := range list {
				words[i] = indexWord{list[i].Letter, view.IndexEntry{Link: v.personLink(&list[i], list[i].Name.Sorted()), Articles: list[i].Articles}}
			}
			return words, err
		})
		return p, []string{tagBrowse(v.journal.ID)}, err
	})
}

func (v *visit) personLink(p *store.PersonLine, shown string) view.Link {
	return view.Link{Text: view.Plain(p.Name.Lang, shown), URL: v.at("/authors/" + p.Slug)}
}

// author is the page of one author. An address that was another person's once
// leads to who it is now.
func (s *Site) author(v *visit, w http.ResponseWriter, r *http.Request) error {
	slug := v.params["person"]
	p, err := s.Store.Author(r.Context(), v.journal.ID, slug)
	if err != nil {
		return err
	}
	if p.Slug != slug {
		redirect(w, r, v.at("/authors/"+p.Slug))
		return nil
	}
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		page := newAuthorPage(v, p)
		page.Readers, err = s.readers(ctx, v, p.Lines, "/authors/"+p.Slug+"/usage.csv")
		return page, []string{tagBrowse(v.journal.ID), tagList(v.journal.ID), tagUsage(tally.OfJournal, v.journal.ID)}, err
	})
}

func newAuthorPage(v *visit, p *store.Person) *view.Author {
	page := &view.Author{Base: v.newBase(""), Name: view.Plain(p.Name.Lang, p.Name.Shown()), ORCIDs: p.ORCIDs, Lines: v.linesOf(p.Lines)}
	page.NoIndex = len(p.Lines) == 0
	if len(p.Names) > 1 {
		for _, n := range p.Names {
			page.Forms = append(page.Forms, view.Plain(n.Lang, n.Shown()))
		}
	}
	for _, a := range p.Affiliations {
		page.Affiliations = append(page.Affiliations, view.AuthorPlace{
			Affiliation: newAffiliation(&a.Affiliation, v.lang),
			Years:       years(a.From, a.To)})
	}
	for i := range p.CoAuthors {
		c := &p.CoAuthors[i]
		page.CoAuthors = append(page.CoAuthors, view.CoAuthor{Link: v.personLink(&c.PersonLine, c.Name.Shown()), Together: c.Together})
	}
	return page
}

func years(from, to int) string {
	switch {
	case from == 0:
		return ""
	case from == to:
		return strconv.Itoa(from)
	}
	return strconv.Itoa(from) + "–" + strconv.Itoa(to)
}
