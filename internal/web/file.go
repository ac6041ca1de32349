package web

import (
	"mime"
	"net/http"
	"time"

	"offprint/internal/errs"
	"offprint/internal/httpx"
	"offprint/internal/view"
)

// inline are the types that a browser may show in the site's own name; all
// others are kept as files.
var inline = map[string]bool{"application/pdf": true, "image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/svg+xml": true, "text/plain": true}

// file sends a file of an article, whole or in ranges.
func (s *Site) file(v *visit, w http.ResponseWriter, r *http.Request) error {
	pub, err := s.Store.PublishedArticle(r.Context(), v.journal.ID, v.params["article"])
	if err != nil {
		return err
	}
	if pub.Withdrawn {
		return &gone{pub: pub}
	}
	for _, f := range pub.Record.Files {
		if f.Name != v.params["file"] || f.SHA256 == "" || f.Role == "source" {
			continue
		}
		content, err := s.Blobs.Open(r.Context(), f.SHA256)
		if err != nil {
			return err
		}
		defer content.Close()
		h := w.Header()
		disposition := "attachment"
		if inline[f.Media] {
			disposition = "inline"
		}
		h.Set("Content-Type", f.Media)
		h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
		h.Set("Etag", `"`+f.SHA256+`"`)
		h.Set("Cache-Control", "public, max-age=3600, must-revalidate")
		if f.Media == "image/svg+xml" { // a drawing is opened by its address without the right to run or load anything
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
		}
		http.ServeContent(httpx.Patient(w), r, "", time.Time{}, content)
		return nil
	}
	return errs.Newf(errs.NotFound, "this article has no file %q", v.params["file"])
}

func static(a *view.Asset) *httpx.Static {
	return &httpx.Static{Type: a.Type, Body: a.Bytes, Gzip: a.Gzip, Zstd: a.Zstd, ETag: `"` + a.Hash[:20] + `"`}
}

// asset sends a style sheet, font or script.
func (s *Site) asset(w http.ResponseWriter, r *http.Request) error {
	if a, ok := s.assets[r.URL.Path]; ok {
		a.Send(w, r)
		return nil
	}
	a, ok := s.View.Asset(r.URL.Path)
	if !ok {
		return errs.Newf(errs.NotFound, "there is no file at this address")
	}
	static(a).Send(w, r)
	return nil
}

func (s *Site) favicon(_ *visit, w http.ResponseWriter, r *http.Request) error {
	for path, a := range s.assets {
		if a.Type == "image/svg+xml" && len(path) > 15 && path[:15] == "/assets/favicon" {
			http.Redirect(w, r, path, http.StatusFound)
			return nil
		}
	}
	return errs.Newf(errs.NotFound, "there is no icon")
}
