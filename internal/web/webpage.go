package web

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/markdown"
	"offprint/internal/view"
)

// webpageNames is a page as menus know it: its name, and its titles by language.
type webpageNames struct {
	name   string
	titles []journal.Text
}

// readWebpages reads what stands in menus and lists of every journal.
func (s *Site) readWebpages(ctx context.Context, d *directory) error {
	pages, err := s.Store.Webpages(ctx, "")
	if err != nil {
		return err
	}
	d.pages = map[string][]webpageNames{}
	for _, p := range pages { // the languages of a page follow each other
		list := d.pages[p.JournalID]
		if n := len(list); n == 0 || list[n-1].name != p.Name {
			list = append(list, webpageNames{name: p.Name})
		}
		last := &list[len(list)-1]
		last.titles = append(last.titles, journal.T(p.Lang, p.Title))
		d.pages[p.JournalID] = list
	}
	return s.readAnnouncements(ctx, d)
}

// newMenu are the links to all pages, and to those in the navigation of every
// page.
func (v *visit) newMenu(pages []webpageNames) (all, menu []view.Link) {
	kinds := journal.WebpageKinds()
	for _, p := range pages {
		if p.name == journal.Introduction || p.name == journal.Accessibility {
			continue
		}
		link := view.Link{Text: v.pageTitle(p.name, p.titles), URL: v.at("/about/" + p.name)}
		all = append(all, link)
		if slices.ContainsFunc(kinds, func(k journal.WebpageKind) bool { return k.Name == p.name && k.Menu }) {
			menu = append(menu, link)
		}
	}
	return all, menu
}

// pageTitle is what a page is called in the language of the visit: by its own
// title, else by the word for pages of its name, else by its title in another
// language, else by its name.
func (v *visit) pageTitle(name string, titles []journal.Text) view.Run {
	for _, t := range titles {
		if sameBase(t.Lang, v.lang) && t.Plain != "" {
			return run(t)
		}
	}
	if word, ok := locale.For(v.lang).Word("page", name); ok {
		return view.Plain(v.lang, word)
	}
	langs := make([]string, len(titles))
	for i, t := range titles {
		langs[i] = t.Lang
	}
	if i := journal.Nearest(langs, v.lang, v.journal); i >= 0 && titles[i].Plain != "" {
		return run(titles[i])
	}
	return view.Plain("", name)
}

// webpage is a page that the journal has written about itself.
func (s *Site) webpage(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		name := v.params["page"]
		if name == journal.Introduction { // it stands on the front page
			return nil, nil, errs.Newf(errs.NotFound, "there is no page %q", name)
		}
		all, err := s.Store.Webpage(ctx, v.journal.ID, name)
		if err != nil {
			return nil, nil, err
		}
		p, err := newWebpage(v, all)
		return p, nil, err
	})
}

func newWebpage(v *visit, all []journal.Webpage) (*view.Webpage, error) {
	langs, titles := make([]string, len(all)), make([]journal.Text, len(all))
	for i := range all {
		langs[i], titles[i] = all[i].Lang, journal.T(all[i].Lang, all[i].Title)
	}
	chosen := &all[max(journal.Nearest(langs, v.lang, v.journal), 0)]
	d, err := v.markdown(chosen.Source, chosen.Lang)
	if err != nil {
		return nil, err
	}
	p := &view.Webpage{Base: v.newBase("about"), Body: view.Run{Lang: chosen.Lang, HTML: d.HTML}, Written: v.foreign(chosen.Lang), Saved: day(chosen.Saved)}
	switch {
	case chosen.Title != "":
		p.Title = view.Plain(chosen.Lang, chosen.Title)
	case d.Title != "":
		p.Title = view.Plain(chosen.Lang, d.Title)
	default:
		p.Title = v.pageTitle(chosen.Name, titles)
	}
	for _, h := range d.Contents {
		if h.Level == 2 {
			p.Contents = append(p.Contents, view.Link{Text: view.Plain(chosen.Lang, h.Text), URL: "#" + h.ID})
		}
	}
	if len(p.Contents) == 1 {
		p.Contents = nil
	}
	p.Base.Description = cut(p.Body.Text(), 300)
	if slices.ContainsFunc(p.Journal.Menu, func(l view.Link) bool { return l.URL == p.Self }) {
		p.Here = "menu" // where it has an entry of its own
	}
	return p, nil
}

// markdown draws a text of the journal.
func (v *visit) markdown(source, lang string) (*markdown.Document, error) {
	l := locale.For(v.lang)
	return markdown.Read(source, markdown.Options{Lang: lang, Back: l.T("render.back"), Table: l.T("webpage.table")})
}

// foreign is the language of a text where it is not that of the visit.
func (v *visit) foreign(lang string) string {
	if sameBase(lang, v.lang) {
		return ""
	}
	return lang
}

// introduction is the journal's own text on its front page, empty when it has
// none.
func (s *Site) introduction(ctx context.Context, v *visit) (view.Run, error) {
	if !slices.ContainsFunc(s.directory.Load().pages[v.journal.ID], func(p webpageNames) bool { return p.name == journal.Introduction }) {
		return view.Run{}, nil
	}
	all, err := s.Store.Webpage(ctx, v.journal.ID, journal.Introduction)
	if errors.Is(err, errs.NotFound) {
		return view.Run{}, nil
	}
	if err != nil {
		return view.Run{}, err
	}
	p, err := newWebpage(v, all)
	if err != nil {
		return view.Run{}, err
	}
	return p.Body, nil
}

// accessibility is the statement of accessibility, of a journal or of the
// installation.
func (s *Site) accessibility(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(context.Context) (view.Page, []string, error) {
		here := ""
		if v.journal != nil {
			here = "about"
		}
		p := &view.Accessibility{Base: v.newBase(here), Checks: view.Checks(), Built: built()}
		if v.journal != nil {
			for i := range p.Journal.Pages {
				if p.Journal.Pages[i].URL == v.at("/about/contact") {
					p.Contact = &p.Journal.Pages[i]
				}
			}
		}
		return p, []string{tagInstallation}, nil
	})
}

// built is the day of the program's source, empty where it was built without.
func built() view.Date {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			return day(s.Value)
		}
	}
	return ""
}
