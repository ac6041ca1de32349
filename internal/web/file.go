package web

import (
	"context"
	"mime"
	"net/http"
	"strconv"
	"time"

	"offprint/internal/errs"
	"offprint/internal/format/signposting"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/render"
	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/view"
)

// inline are the types that a browser may show in the site's own name; all
// others are kept as files.
var inline = map[string]bool{"application/pdf": true, "image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/svg+xml": true, "text/plain": true}

// file sends a file of an article, whole or in ranges.
func (s *Site) file(v *visit, w http.ResponseWriter, r *http.Request) error {
	f, id, err := s.fileOf(r.Context(), v)
	if err != nil {
		return err
	}
	switch f.Role { // pictures are part of the page that shows them
	case "galley":
		httpx.Info(r.Context()).Subject = v.reading(r, id, tally.Request, tally.File)
	case "supplement":
		httpx.Info(r.Context()).Subject = v.reading(r, id, tally.Investigation, tally.File)
	}
	disposition := "attachment"
	if inline[f.Media] {
		disposition = "inline"
	}
	w.Header().Set("Link", signposting.Of("collection", v.origin+v.plainAt("/articles/"+v.params["article"])))
	w.Header().Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
	return s.sendBlob(w, r, f.SHA256, f.Media)
}

// fileOf is the file that a request names, with the id of its article.
func (s *Site) fileOf(ctx context.Context, v *visit) (*journal.File, string, error) {
	pub, err := s.Store.PublishedArticle(ctx, v.journal.ID, v.params["article"])
	if err != nil {
		return nil, "", err
	}
	if pub.Withdrawn {
		return nil, "", &gone{pub: pub}
	}
	for i := range pub.Record.Files {
		if f := &pub.Record.Files[i]; f.Name == v.params["file"] && f.SHA256 != "" && f.Role != "source" {
			return f, pub.ID, nil
		}
	}
	return nil, "", errs.Newf(errs.NotFound, "this article has no file %q", v.params["file"])
}

// rendition sends a picture of an article at one width: 960.webp.
func (s *Site) rendition(v *visit, w http.ResponseWriter, r *http.Request) error {
	f, _, err := s.fileOf(r.Context(), v)
	if err != nil {
		return err
	}
	pictures, err := s.Store.Pictures(r.Context(), 0, f.SHA256)
	if err != nil {
		return err
	}
	for _, rend := range pictures[f.SHA256].Renditions {
		if renditionName(&rend) == v.params["width"] {
			return s.sendBlob(w, r, rend.SHA256, rend.Media)
		}
	}
	return errs.Newf(errs.NotFound, "this picture has no rendition %q", v.params["width"])
}

// renditionName is the last part of a rendition's address.
func renditionName(r *store.Rendition) string {
	return strconv.Itoa(r.Width) + map[string]string{"image/webp": ".webp", "image/png": ".png", "image/jpeg": ".jpg", "image/svg+xml": ".svg"}[r.Media]
}

// picture is how a figure is loaded: a rendition that every browser shows, and
// the others by their widths; without a URL where there is nothing to show.
func picture(p *store.Picture, address string) render.Image {
	im := render.Image{Width: p.Width, Height: p.Height}
	if p.Shown {
		im.URL = address
	}
	for i := range p.Renditions {
		r := &p.Renditions[i]
		url := address + "/" + renditionName(r)
		if r.Media == "image/webp" {
			im.Sources = append(im.Sources, render.Source{URL: url, Width: r.Width})
		}
		if !p.Shown || r.Media == "image/svg+xml" {
			im.URL = url // the last one is for browsers that know least
		}
		if im.Width == 0 {
			im.Width, im.Height = r.Width, r.Height
		}
	}
	return im
}

// sendBlob sends a file by its content, whole or in ranges. The address stays
// when the content changes, so it is asked for again.
func (s *Site) sendBlob(w http.ResponseWriter, r *http.Request, sha, media string) error {
	content, err := s.Blobs.Open(r.Context(), sha)
	if err != nil {
		return err
	}
	defer content.Close()
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Etag", `"`+sha+`"`)
	h.Set("Cache-Control", "public, max-age=3600, must-revalidate")
	if media == "image/svg+xml" { // a drawing is opened by its address without the right to run or load anything
		h.Set("Content-Security-Policy", httpx.Sandbox)
	}
	http.ServeContent(httpx.Patient(w), r, "", time.Time{}, content)
	return nil
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
	if done, err := s.lookAsset(w, r); done {
		return err
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
