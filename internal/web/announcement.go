package web

import (
	"context"
	"net/http"
	"slices"

	"offprint/internal/journal"
	"offprint/internal/view"
)

// announcementText is an announcement as lists know it.
type announcementText struct {
	slug   string
	dates  []journal.Date // beside titles
	titles []journal.Text
}

func (s *Site) readAnnouncements(ctx context.Context, d *directory) error {
	list, err := s.Store.Announcements(ctx, "")
	if err != nil {
		return err
	}
	d.news = map[string][]announcementText{}
	for _, a := range list { // the languages of one follow each other
		of := d.news[a.JournalID]
		if n := len(of); n == 0 || of[n-1].slug != a.Slug {
			of = append(of, announcementText{slug: a.Slug})
		}
		last := &of[len(of)-1]
		last.titles, last.dates = append(last.titles, journal.T(a.Lang, a.Title)), append(last.dates, a.Date)
		d.news[a.JournalID] = of
	}
	return nil
}

// newNews are the newest announcements, all when most is 0.
func (v *visit) newNews(all []announcementText, most int) []view.NewsLine {
	if most > 0 && len(all) > most {
		all = all[:most]
	}
	out := make([]view.NewsLine, len(all))
	for i := range all {
		n := all[i].nearest(v)
		out[i] = view.NewsLine{URL: v.at("/news/" + all[i].slug), Title: run(all[i].titles[n]), Date: string(all[i].dates[n])}
	}
	return out
}

// nearest is the index of the text for a visit.
func (a *announcementText) nearest(v *visit) int {
	langs := make([]string, len(a.titles))
	for i, t := range a.titles {
		langs[i] = t.Lang
	}
	return max(journal.Nearest(langs, v.lang, v.journal), 0)
}

// announcements is the list of a journal's announcements.
func (s *Site) announcements(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(context.Context) (view.Page, []string, error) {
		return &view.Announcements{Base: v.newBase("news"), News: v.newNews(s.directory.Load().news[v.journal.ID], 0)}, nil, nil
	})
}

// announcement is one of them.
func (s *Site) announcement(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		all, err := s.Store.Announcement(ctx, v.journal.ID, v.params["slug"])
		if err != nil {
			return nil, nil, err
		}
		p, err := newAnnouncement(v, all, s.directory.Load().news[v.journal.ID])
		return p, nil, err
	})
}

func newAnnouncement(v *visit, all []journal.Announcement, list []announcementText) (*view.Announcement, error) {
	langs := make([]string, len(all))
	for i := range all {
		langs[i] = all[i].Lang
	}
	a := &all[max(journal.Nearest(langs, v.lang, v.journal), 0)]
	d, err := v.markdown(a.Source, a.Lang)
	if err != nil {
		return nil, err
	}
	p := &view.Announcement{Base: v.newBase("news"), Title: view.Plain(a.Lang, a.Title), Date: string(a.Date),
		Body: view.Run{Lang: a.Lang, HTML: d.HTML}, Written: v.foreign(a.Lang)}
	p.Base.Description = cut(p.Body.Text(), 300)
	i := slices.IndexFunc(list, func(other announcementText) bool { return other.slug == a.Slug })
	neighbour := func(i int) *view.Link {
		if i < 0 || i >= len(list) {
			return nil
		}
		return &view.Link{Text: run(list[i].titles[list[i].nearest(v)]), URL: v.at("/news/" + list[i].slug)}
	}
	if i >= 0 { // newest first
		p.Previous, p.Next = neighbour(i+1), neighbour(i-1)
	}
	return p, nil
}
