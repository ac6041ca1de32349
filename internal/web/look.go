package web

import (
	"net/http"

	"offprint/internal/errs"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/view"
)

// looks are what journals look like, by the addresses of what they need.
type looks struct {
	styles map[string]string        // journal id → address of its sheet
	sheets map[string]*httpx.Static // by address
	files  map[string]lookFile      // by address: logos, covers, fonts
}

type lookFile struct{ sha256, media string }

// staleMost is how many addresses of earlier looks are kept: a page that was
// drawn a moment ago still names them.
const staleMost = 200

// readLooks makes the sheets of all journals.
func (s *Site) readLooks(d, before *directory) error {
	d.looks = looks{styles: map[string]string{}, sheets: map[string]*httpx.Static{}, files: map[string]lookFile{}}
	if before != nil && len(before.sheets)+len(before.files) < staleMost {
		for path, sheet := range before.sheets {
			d.sheets[path] = sheet
		}
		for path, f := range before.files {
			d.files[path] = f
		}
	}
	for i := range d.list {
		j := &d.list[i]
		sheet, err := s.View.LookSheet(newLook(j))
		if err != nil {
			return err
		}
		if sheet != nil {
			d.styles[j.ID] = sheet.Path
			if d.sheets[sheet.Path] == nil {
				d.sheets[sheet.Path] = static(sheet)
				if err := s.View.CheckTokens(newLook(j).Tokens); err != nil { // the theme may be another since they were set
					s.Log.Warn("colours of a journal cannot be read with this theme: set others with offprint journal look", "journal", j.Path, "error", err)
				}
			}
		}
		if j.Look == nil {
			continue
		}
		for kind, p := range map[string]*journal.Picture{"logo": j.Look.Logo, "cover": j.Look.Cover} {
			if p != nil {
				d.files[lookPath(kind, p.SHA256, p.Media)] = lookFile{p.SHA256, p.Media}
			}
		}
		for _, f := range j.Look.Fonts {
			d.files[lookPath("font", f.SHA256, fontMedia)] = lookFile{f.SHA256, fontMedia}
		}
	}
	return nil
}

const fontMedia = "font/woff2"

// lookPath is the address of a file of a look. It stands below /assets/ and not
// below the journal, so that it is the same on all hosts.
func lookPath(kind, sha, media string) string {
	return "/assets/" + kind + "." + sha[:min(len(sha), 16)] + journal.Ending(media)
}

func newLook(j *journal.Journal) view.Look {
	l := view.Look{Accent: j.Accent}
	if j.Look == nil {
		return l
	}
	l.Serif, l.Sans = j.Look.Serif, j.Look.Sans
	for _, t := range j.Look.Tokens {
		l.Tokens = append(l.Tokens, view.Token{Name: t.Name, Light: t.Light, Dark: t.Dark})
	}
	for _, f := range j.Look.Fonts {
		l.Fonts = append(l.Fonts, view.Font{Family: f.Family, Italic: f.Italic, Weight: f.Weight, URL: lookPath("font", f.SHA256, fontMedia)})
	}
	return l
}

// lookAsset sends a sheet or a file of a look; done is false when the address
// is of none.
func (s *Site) lookAsset(w http.ResponseWriter, r *http.Request) (done bool, err error) {
	d := s.directory.Load()
	if sheet := d.sheets[r.URL.Path]; sheet != nil {
		sheet.Send(w, r)
		return true, nil
	}
	if f, ok := d.files[r.URL.Path]; ok {
		return true, s.sendBlob(w, r, f.sha256, f.media)
	}
	return false, nil
}

// lookImage is the logo or the cover of a journal, nil when it has none.
func lookImage(j *journal.Journal, kind, lang string) *view.Image {
	if j.Look == nil {
		return nil
	}
	switch {
	case kind == "logo" && j.Look.Logo != nil:
		// The title stands beside it and says the same.
		return newImage(j.Look.Logo, lookPath(kind, j.Look.Logo.SHA256, j.Look.Logo.Media), view.Run{}, lang)
	case kind == "cover" && j.Look.Cover != nil:
		alt := view.Plain(lang, locale.For(lang).T("look.cover", j.Title(lang).Plain))
		return newImage(j.Look.Cover, lookPath(kind, j.Look.Cover.SHA256, j.Look.Cover.Media), alt, lang)
	}
	return nil
}

// newImage has the picture's own words, or others where it has none.
func newImage(p *journal.Picture, address string, otherwise view.Run, lang string) *view.Image {
	alt := otherwise
	if t := journal.In(p.Alt, lang); t.Plain != "" {
		alt = run(t)
	}
	return &view.Image{URL: address, Alt: alt, Width: p.Width, Height: p.Height}
}

// issueCover is the cover of an issue, nil when it has none.
func issueCover(v *visit, is *journal.Issue) *view.Image {
	if is.Cover == nil {
		return nil
	}
	alt := view.Plain(v.lang, locale.For(v.lang).T("look.issue-cover", v.journal.Title(v.lang).Plain, issueTitle(v.lang, is)))
	return newImage(is.Cover, v.plainAt("/issues/"+is.Slug+"/"+coverName(is.Cover)), alt, v.lang)
}

func coverName(p *journal.Picture) string {
	return "cover." + p.SHA256[:min(len(p.SHA256), 16)] + journal.Ending(p.Media)
}

// cover sends the cover of an issue.
func (s *Site) cover(v *visit, w http.ResponseWriter, r *http.Request) error {
	is, err := s.Store.Issue(r.Context(), v.journal.ID, v.params["issue"])
	if err != nil {
		return err
	}
	if is.Cover == nil || coverName(is.Cover) != v.params["file"] {
		return errs.Newf(errs.NotFound, "this issue has no cover of that name")
	}
	return s.sendBlob(w, r, is.Cover.SHA256, is.Cover.Media)
}
