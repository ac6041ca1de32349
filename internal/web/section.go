package web

import (
	"context"
	"net/http"

	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/view"
)

// sectionList is the headings of a journal and the types of its articles.
func (s *Site) sectionList(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		headings, types, err := s.Store.Sections(ctx, v.journal.ID)
		p := &view.Sections{Base: v.newBase("")}
		for i := range headings {
			p.Headings = append(p.Headings, v.sectionLine(&headings[i]))
		}
		for i := range types {
			p.Types = append(p.Types, v.sectionLine(&types[i]))
		}
		return p, []string{tagBrowse(v.journal.ID)}, err
	})
}

func (v *visit) sectionLine(l *store.SectionLine) view.SectionLine {
	return view.SectionLine{URL: v.at("/sections/" + pathEscape(l.Slug)), Text: run(journal.In(l.Texts, v.lang)), Type: l.Type, Articles: l.Articles}
}

// section is the articles under a heading or of a type.
func (s *Site) section(v *visit, w http.ResponseWriter, r *http.Request) error {
	asked := askFor(r)
	asked.letter = ""
	return s.draw(v, w, r, asked.query(), func(ctx context.Context) (view.Page, []string, error) {
		got, err := s.Store.Section(ctx, v.journal.ID, v.params["section"], linesOnPage, (asked.page-1)*linesOnPage)
		if err != nil {
			return nil, nil, err
		}
		return newSectionPage(v, got, asked), []string{tagBrowse(v.journal.ID), tagList(v.journal.ID)}, nil
	})
}

func newSectionPage(v *visit, got *store.SectionPage, asked askedFor) *view.SectionPage {
	line := v.sectionLine(&got.SectionLine)
	p := &view.SectionPage{Base: v.newBase(""), Text: line.Text, Type: got.Type, Total: got.Articles, Lines: v.linesOf(got.Lines)}
	withQuery(&p.Base, asked.query())
	p.NoIndex = len(got.Lines) == 0
	p.Previous, p.Next = asked.neighbours(line.URL, asked.page*linesOnPage < got.Articles)
	for _, t := range got.Texts {
		if r := run(t); r.HTML != line.Text.HTML {
			p.Names = append(p.Names, r)
		}
	}
	return p
}
