package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strconv"

	"offprint/internal/errs"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/site"
	"offprint/internal/store"
	"offprint/internal/view"
)

// write sends a page that is not kept.
func (s *Site) write(w http.ResponseWriter, r *http.Request, status int, lang string, p view.Page) error {
	var b bytes.Buffer
	if err := s.View.Render(&b, p); err != nil {
		return err
	}
	h := w.Header()
	h["Content-Type"] = []string{"text/html; charset=utf-8"}
	h["Content-Language"] = []string{lang}
	h["Content-Length"] = []string{strconv.Itoa(b.Len())}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(b.Bytes())
	}
	return nil
}

// lost leads an old address to its successor; what is not one is not found.
func (s *Site) lost(w http.ResponseWriter, r *http.Request) error {
	old := "http://" + hostname(r.Host) + r.URL.Path
	if r.URL.RawQuery != "" {
		old += "?" + r.URL.RawQuery
	}
	path, slug, err := s.Store.OldAddress(r.Context(), old)
	if err != nil {
		return err
	}
	j := s.directory.Load().byPath[path]
	if j == nil {
		return errs.Newf(errs.NotFound, "the journal of this address is not here")
	}
	v := &visit{site: s, lang: site.PlainLanguage(j), plain: site.PlainLanguage(j)}
	w.Header().Set("Cache-Control", "public, max-age=86400")
	http.Redirect(w, r, v.of(j, "/articles/"+slug), http.StatusMovedPermanently)
	return nil
}

// errNotOffered is the failure of asking for a form that there is not (RFC 9110,
// section 15.5.7); the Link header of the page names those that there are.
var errNotOffered = errs.Newf(errs.Invalid, "this article is not offered in the form that was asked for")

// errorPage is what a reader sees instead of a page.
func (s *Site) errorPage(w http.ResponseWriter, r *http.Request, status int, err error) {
	v, _ := s.understand(r)
	p := &view.Error{Base: v.newBase(""), Status: status}
	p.NoIndex, p.Canonical, p.Languages, p.DefaultLanguage = true, "", nil, ""
	if info := httpx.Info(r.Context()); info != nil && status >= 500 {
		p.RequestID = info.ID
	}
	if errors.Is(err, errNotOffered) {
		p.Status = http.StatusNotAcceptable
	}
	var g *gone
	if errors.As(err, &g) {
		p.Status = http.StatusGone
		p.Subject = run(journal.In(g.pub.Record.Titles, ""))
		p.Citation = view.Linked(g.pub.Record.Language, g.pub.Record.Citation)
		p.Reason, p.Date = s.withdrawal(r.Context(), g.pub.ID)
	}
	if werr := s.write(w, r, p.Status, v.lang, p); werr != nil {
		s.Log.Error("the error page failed", "error", werr)
		http.Error(w, http.StatusText(p.Status), p.Status)
	}
}

// withdrawal is why and when an article was withdrawn, as its log says. What the
// log does not say now is left out: the page must be drawn.
func (s *Site) withdrawal(ctx context.Context, id string) (reason view.Run, date view.Date) {
	events, err := s.Store.Events(ctx, id)
	if err != nil {
		s.Log.Error("the log of a withdrawn article cannot be read", "article", id, "error", err)
	}
	for _, e := range events {
		if e.Action == store.Withdrawn {
			reason, date = view.Plain("", e.Note), day(e.At)
		}
	}
	return reason, date
}

// health: the process runs.
func (s *Site) health(_ *visit, w http.ResponseWriter, _ *http.Request) error {
	return word(w, http.StatusOK, "ok")
}

// ready: it can answer readers.
func (s *Site) ready(_ *visit, w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.Ping(r.Context()); err != nil {
		s.Log.Warn("not ready", "error", err)
		return word(w, http.StatusServiceUnavailable, "the database does not answer")
	}
	return word(w, http.StatusOK, "ready")
}

func word(w http.ResponseWriter, status int, text string) error {
	w.Header()["Content-Type"] = []string{"text/plain; charset=utf-8"}
	w.Header()["Cache-Control"] = []string{"no-store"}
	w.WriteHeader(status)
	_, err := w.Write([]byte(text + "\n"))
	return err
}

// robots lets everybody read everything but the searches and the tables of usage
// (RFC 9309).
func (s *Site) robots(v *visit, w http.ResponseWriter, _ *http.Request) error {
	w.Header()["Content-Type"] = []string{"text/plain; charset=utf-8"}
	w.Header()["Cache-Control"] = []string{"public, max-age=3600"}
	text := "User-agent: *\nDisallow: /search\nDisallow: /*/search\nDisallow: /suggest\nDisallow: /*/suggest\nDisallow: /preferences\nDisallow: /*/preferences\n" +
		"Disallow: /counter/\nDisallow: /*/counter/\n"
	_, err := w.Write([]byte(text + "\nSitemap: " + v.origin + "/sitemap.xml\n"))
	return err
}
