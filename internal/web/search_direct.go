package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/finding"
	"offprint/internal/journal"
	"offprint/internal/search"
	"offprint/internal/site"
)

// direct is where a text leads that is an identifier or the address of an article
// and nothing else. named reports that it is one, also when it leads nowhere.
func (s *Site) direct(ctx context.Context, v *visit, r *http.Request, a *asked) (to string, named bool, err error) {
	switch d := a.query.Direct; {
	case d.DOI != "":
		to, err = s.directToDOI(ctx, v, a)
		return to, true, err
	case d.ORCID != "":
		to, err = s.directToPerson(ctx, v, a, d.ORCID)
		return to, true, err
	case d.Path != "":
		to, err = s.directToAddress(ctx, r, d.Host, d.Path)
		return to, true, err
	}
	return "", false, nil
}

// directToDOI is the one article that has it, of this journal rather than of
// others.
func (s *Site) directToDOI(ctx context.Context, v *visit, a *asked) (string, error) {
	found, err := s.Finder.Search(ctx, search.Request{Query: a.query, Limit: 5})
	if err != nil {
		return "", err
	}
	var here []*finding.Article
	for i := range found.Articles {
		if p := &found.Articles[i]; v.journal != nil && p.Journal.ID == v.journal.ID {
			here = append(here, p)
		}
	}
	switch {
	case len(here) == 1:
		return v.articleAt(&here[0].Publication), nil
	case len(here) == 0 && len(found.Articles) == 1:
		return v.articleAt(&found.Articles[0].Publication), nil
	}
	return "", nil
}

// directToPerson is the page of the person, if there is one: each journal has its
// own.
func (s *Site) directToPerson(ctx context.Context, v *visit, a *asked, orcid string) (string, error) {
	found, err := s.Finder.Search(ctx, a.request(v, 20, 0))
	if err != nil || len(found.Articles) == 0 {
		return "", err
	}
	ids := make([]string, len(found.Articles))
	for i := range found.Articles {
		ids[i] = found.Articles[i].Hit.ID
	}
	lines, err := s.Store.Lines(ctx, ids)
	if err != nil {
		return "", err
	}
	to := ""
	for i := range found.Articles {
		p := &found.Articles[i]
		line := lines[p.Hit.ID]
		if line == nil {
			continue
		}
		slug := ""
		for n, c := range shownContributors(&p.Record) {
			if strings.EqualFold(c.ORCID, orcid) && n < len(line.AuthorSlugs) {
				slug = line.AuthorSlugs[n]
			}
		}
		if slug == "" {
			continue
		}
		at := v.atOf(p.Journal.ID, "/authors/"+url.PathEscape(slug))
		if to != "" && to != at {
			return "", nil // a page in each of several journals: the result shows them
		}
		to = at
	}
	return to, nil
}

// shownContributors are those whose names a line shows, in its order.
func shownContributors(rec *journal.Article) []journal.Contributor {
	if authors := rec.By("author"); len(authors) > 0 {
		return authors
	}
	var out []journal.Contributor
	for _, c := range rec.Contributors {
		if len(c.Names) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// directToAddress is the article at an address of this site, or of a site that a
// journal had before.
func (s *Site) directToAddress(ctx context.Context, r *http.Request, host, path string) (string, error) {
	plain, err := url.PathUnescape(path)
	if err != nil {
		return "", nil
	}
	if host == "" || host == strings.ToLower(r.Host) || host == strings.ToLower(s.base.Host) || s.directory.Load().byHost[hostname(host)] != nil {
		at := &http.Request{Method: http.MethodGet, Host: host, URL: &url.URL{Path: plain}, Header: http.Header{}}
		if host == "" {
			at.Host = r.Host
		}
		v, routes := s.understand(at)
		if rt, params, _, _ := match(routes, http.MethodGet, v.rest); rt != nil && v.journal != nil && params["article"] != "" {
			slug := params["article"]
			for _, f := range forms {
				slug = strings.TrimSuffix(slug, f.ending)
			}
			pub, err := s.Store.PublishedArticle(ctx, v.journal.ID, slug)
			if err == nil {
				return v.articleAt(pub), nil
			}
			if !errors.Is(err, errs.NotFound) {
				return "", err
			}
		}
	}
	if host == "" {
		host = hostname(r.Host)
	}
	journalPath, slug, err := s.Store.OldAddress(ctx, "http://"+host+plain)
	if errors.Is(err, errs.NotFound) || err == nil && s.directory.Load().byPath[journalPath] == nil {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	j := s.directory.Load().byPath[journalPath]
	v := &visit{site: s, lang: site.PlainLanguage(j), plain: site.PlainLanguage(j)}
	return v.of(j, "/articles/"+url.PathEscape(slug)), nil
}
