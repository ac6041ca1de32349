package api

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/format/sitemap"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/site"
)

// articlesInMap is how many articles stand in one map: in the languages of the
// interface that is fewer than the 50,000 addresses and 50 MB of the protocol.
const articlesInMap = 2000

func (f *Face) sitemapRoutes() []site.Route {
	return []site.Route{
		{Method: "GET", Pattern: "/sitemap.xml", Name: "sitemap", In: site.Everywhere, Answer: f.sitemapIndex},
		{Method: "GET", Pattern: "/sitemap/{part}", Name: "sitemap", In: site.InJournal, Answer: f.sitemapPart},
	}
}

// sitemapIndex names the maps of a journal, or of all journals of the installation.
func (f *Face) sitemapIndex(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	journals, err := f.journals(a, r)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	body := httpx.Stream(w, r, sitemap.Media)
	index := sitemap.NewIndex(body)
	var failed error
	for i := range journals {
		j := &journals[i]
		// A map may only name addresses of its own host (sitemaps.org, "location").
		if a.Journal == nil && j.Host != "" {
			continue
		}
		parts, err := f.divided(r.Context(), j.ID)
		if err != nil {
			return err
		}
		newest := ""
		for _, p := range parts {
			newest = max(newest, p.Changed)
		}
		failed = errors.Join(failed, index.Add(f.home(j)+"/sitemap/pages.xml", newest))
		for _, p := range parts {
			failed = errors.Join(failed, index.Add(f.home(j)+"/sitemap/articles-"+p.First+".xml", p.Changed))
		}
	}
	return errors.Join(failed, index.Close(), body.Close())
}

// sitemapPart is one map: of the pages of a journal, or of some articles.
func (f *Face) sitemapPart(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	name, ok := strings.CutSuffix(a.Params["part"], ".xml")
	first, articles := strings.CutPrefix(name, "articles-")
	if !ok || !articles && name != "pages" {
		return errs.Newf(errs.NotFound, "there is no such map")
	}
	release, err := f.place(w, r)
	if err != nil {
		return err
	}
	defer release()
	w.Header().Set("Cache-Control", "public, max-age=3600")
	body := httpx.Stream(w, r, sitemap.Media)
	m := sitemap.NewMap(body)
	if articles {
		err = f.mapArticles(a, m, r, first)
	} else {
		err = f.mapPages(a, m, r)
	}
	return errors.Join(err, m.Close(), body.Close())
}

// mapPages writes the pages of a journal that are not articles.
func (f *Face) mapPages(a *site.Ask, m *sitemap.Map, r *http.Request) error {
	issues, err := f.Store.Issues(r.Context(), a.Journal.ID)
	if err != nil {
		return err
	}
	paths := []string{"/", "/issues/", "/about/", "/authors/", "/keywords/", "/sections/"}
	for i := range issues {
		paths = append(paths, "/issues/"+url.PathEscape(issues[i].Slug))
	}
	for _, p := range paths {
		if err := m.Add(f.mapped(a.Journal, p)); err != nil {
			return err
		}
	}
	return nil
}

// mapped is a page of a journal with its other languages.
func (f *Face) mapped(j *journal.Journal, path string) sitemap.Page {
	home, plain := f.home(j), site.PlainLanguage(j)
	page := sitemap.Page{Address: home + path}
	for _, tag := range locale.Supported() {
		address := home + path
		if tag != plain {
			address = home + "/" + tag + path
		}
		page.Languages = append(page.Languages, sitemap.Alternate{Lang: tag, Address: address})
	}
	return page
}

// mapArticles writes articlesInMap articles from one on.
func (f *Face) mapArticles(a *site.Ask, m *sitemap.Map, r *http.Request, first string) error {
	after := before(first)
	for n := 0; n < articlesInMap; {
		list, err := f.Store.ArticlesAfter(r.Context(), a.Journal.ID, after, min(200, articlesInMap-n))
		if err != nil || len(list) == 0 {
			return err
		}
		for i := range list {
			p := &list[i]
			page := f.mapped(&p.Journal, "/articles/"+url.PathEscape(p.Slug))
			page.Changed = p.Created
			for k := range p.Record.Files {
				if file := &p.Record.Files[k]; file.Role == "figure" && file.SHA256 != "" {
					page.Images = append(page.Images, page.Address+"/files/"+url.PathEscape(file.Name))
				}
			}
			if err := m.Add(page); err != nil {
				return err
			}
		}
		n += len(list)
		after = list[len(list)-1].ID
	}
	return nil
}

// before is an id that sorts immediately before another of the same length.
func before(id string) string {
	if id == "" {
		return ""
	}
	return id[:len(id)-1] + string(id[len(id)-1]-1) + "~"
}
