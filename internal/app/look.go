package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"offprint/internal/blob"
	"offprint/internal/errs"
	"offprint/internal/figure"
	"offprint/internal/journal"
	"offprint/internal/view"
)

// LookChange is what a journal's look is to become; nil and empty parts stay as
// they are.
type LookChange struct {
	Logo, Cover *PictureFile
	Tokens      []byte // a style sheet, see view.ParseTokens
	Theme       string // folder of the theme that Tokens are read with; empty: the built-in one
	Serif, Sans *string
	Fonts       []FontFile // are added, or take the place of those of the same family, style and weight
	// Clear takes these parts away first: logo, cover, tokens, fonts.
	Clear []string
	// Issue is the address of an issue; Cover is its cover then.
	Issue string
}

// PictureFile is a picture as it was given.
type PictureFile struct {
	Name  string
	Bytes []byte
	Alt   []journal.Text
}

// FontFile is a font as it was given.
type FontFile struct {
	journal.Font
	Bytes []byte
}

const (
	// coverWidth and logoWidth are in pixels: twice what a page shows, for
	// dense screens.
	coverWidth = 640
	logoWidth  = 640
	fontMost   = 4 << 20 // bytes
)

// FontFamilies are those that a journal need not upload.
func FontFamilies() []string { return view.Families() }

// SetLook changes the look of a journal, or the cover of one of its issues.
// Colours that cannot be read are refused, with each pair and its contrast.
func (a *App) SetLook(ctx context.Context, path string, c LookChange) error {
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return err
	}
	if c.Issue != "" {
		return a.setIssueCover(ctx, j, c)
	}
	var items []blob.Item
	add, err := a.readLook(ctx, c, &items)
	if err != nil {
		return err
	}
	// Files are durable before a row speaks of them.
	if err := a.Blobs.PutAll(ctx, items); err != nil {
		return err
	}
	return a.Store.UpdateJournal(ctx, path, func(j *journal.Journal) error {
		look := journal.Look{}
		if j.Look != nil {
			look = *j.Look
		}
		if err := changeLook(&look, c, add); err != nil {
			return err
		}
		j.Look = &look
		if len(look.Files()) == 0 && look.Serif == "" && look.Sans == "" && len(look.Tokens) == 0 {
			j.Look = nil
		}
		return nil
	})
}

// readLook reads the files of a change.
func (a *App) readLook(ctx context.Context, c LookChange, items *[]blob.Item) (add journal.Look, err error) {
	for _, p := range []struct {
		file  *PictureFile
		width int
		to    **journal.Picture
	}{{c.Logo, logoWidth, &add.Logo}, {c.Cover, coverWidth, &add.Cover}} {
		if p.file == nil {
			continue
		}
		if *p.to, err = lookPicture(ctx, p.file, p.width, items); err != nil {
			return add, err
		}
	}
	if c.Tokens != nil {
		tokens, err := view.ParseTokens(c.Tokens)
		if err != nil {
			return add, err
		}
		if err := view.CheckTokens(c.Theme, tokens); err != nil {
			return add, err
		}
		for _, t := range tokens {
			add.Tokens = append(add.Tokens, journal.Token{Name: t.Name, Light: t.Light, Dark: t.Dark})
		}
	}
	for _, f := range c.Fonts {
		if err := checkFont(&f); err != nil {
			return add, err
		}
		f.SHA256, f.Size = put(f.Bytes, items)
		add.Fonts = append(add.Fonts, f.Font)
	}
	return add, nil
}

func changeLook(look *journal.Look, c LookChange, add journal.Look) error {
	for _, part := range c.Clear {
		switch part {
		case "logo":
			look.Logo = nil
		case "cover":
			look.Cover = nil
		case "tokens":
			look.Tokens = nil
		case "fonts":
			look.Fonts, look.Serif, look.Sans = nil, "", ""
		default:
			return errs.Fieldf(errs.Invalid, "clear", "there is no part %q: choose logo, cover, tokens or fonts", part)
		}
	}
	if add.Logo != nil {
		look.Logo = add.Logo
	}
	if add.Cover != nil {
		look.Cover = add.Cover
	}
	if c.Tokens != nil {
		look.Tokens = add.Tokens
	}
	for _, f := range add.Fonts {
		look.Fonts = append(slices.DeleteFunc(slices.Clone(look.Fonts), func(g journal.Font) bool {
			return g.Family == f.Family && g.Italic == f.Italic && g.Weight == f.Weight
		}), f)
	}
	for _, family := range []struct {
		name string
		new  *string
		to   *string
	}{{"serif", c.Serif, &look.Serif}, {"sans", c.Sans, &look.Sans}} {
		if family.new != nil {
			*family.to = *family.new
		}
		known := view.Families()
		for _, f := range look.Fonts {
			known = append(known, f.Family)
		}
		if *family.to != "" && !slices.Contains(known, *family.to) {
			return errs.Fieldf(errs.Invalid, family.name, "there is no font family %q: choose of %s, or upload it with --font", *family.to, strings.Join(slices.Compact(known), ", "))
		}
	}
	return nil
}

func (a *App) setIssueCover(ctx context.Context, j *journal.Journal, c LookChange) error {
	if c.Cover == nil && !slices.Contains(c.Clear, "cover") || c.Logo != nil || c.Tokens != nil || c.Serif != nil || c.Sans != nil || len(c.Fonts) > 0 {
		return errs.Fieldf(errs.Invalid, "issue", "an issue has a cover and nothing else of its own: give --cover, or --clear cover")
	}
	var items []blob.Item
	var cover *journal.Picture
	if c.Cover != nil {
		var err error
		if cover, err = lookPicture(ctx, c.Cover, coverWidth, &items); err != nil {
			return err
		}
		if err := a.Blobs.PutAll(ctx, items); err != nil {
			return err
		}
	}
	return a.Store.SetIssueCover(ctx, j.ID, c.Issue, cover, "command line")
}

// lookPicture makes a picture fit for every page: an SVG written anew from what
// is allowed, others not wider than they are shown.
func lookPicture(ctx context.Context, f *PictureFile, width int, items *[]blob.Item) (*journal.Picture, error) {
	maker := figure.NewLimited("", figure.Limits{Bytes: 32 << 20, Widths: []int{width}})
	defer maker.Close()
	made, err := maker.Make(ctx, filepath.Base(f.Name), f.Bytes)
	if err != nil {
		return nil, err
	}
	p := &journal.Picture{Media: made.Media, Width: made.Width, Height: made.Height, Alt: f.Alt}
	body := f.Bytes
	switch made.Media {
	case figure.PNG, figure.JPEG, figure.WebP, figure.SVG:
	default:
		return nil, errs.Newf(errs.Invalid, "%s is not a PNG, JPEG, WebP or SVG: save it as one of them", filepath.Base(f.Name))
	}
	if n := len(made.Renditions); n > 0 {
		r := &made.Renditions[n-1]
		body, p.Media, p.Width, p.Height = r.Bytes, r.Media, r.Width, r.Height
	}
	if p.Width <= 0 || p.Height <= 0 {
		return nil, errs.Newf(errs.Invalid, "%s does not say how large it is: give the SVG a viewBox, or width and height", filepath.Base(f.Name))
	}
	p.SHA256, p.Size = put(body, items)
	return p, nil
}

// put notes content that has to be kept.
func put(b []byte, items *[]blob.Item) (sha string, size int64) {
	sum := sha256.Sum256(b)
	sha = hex.EncodeToString(sum[:])
	*items = append(*items, blob.Item{SHA256: sha, Size: int64(len(b)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }})
	return sha, int64(len(b))
}

// checkFont looks at what can be looked at without reading the font: browsers
// check the rest before they use it (WOFF2, section 4.1: signature and length).
func checkFont(f *FontFile) error {
	switch {
	case !view.FamilyName(f.Family):
		return errs.Fieldf(errs.Invalid, "font", "%q is no name for a font family: use letters, digits and spaces, 60 at most", f.Family)
	case slices.Contains(view.Families(), f.Family):
		return errs.Fieldf(errs.Conflict, "font", "%s comes with the program: give the uploaded family another name", f.Family)
	case strings.TrimSpace(f.Licence) == "":
		return errs.Fieldf(errs.Invalid, "font-licence", "say by what right the font is published, with --font-licence: “SIL Open Font License 1.1”")
	case f.Weight != "" && !view.FontWeight(f.Weight):
		return errs.Fieldf(errs.Invalid, "font", "%q is no weight: write 400, or 200 900 for a variable font", f.Weight)
	case len(f.Bytes) > fontMost:
		return errs.Fieldf(errs.TooLarge, "font", "the font has %d MB; %d MB are taken: leave out the characters that the journal does not use", len(f.Bytes)>>20, fontMost>>20)
	case len(f.Bytes) < 48 || string(f.Bytes[:4]) != "wOF2" || binary.BigEndian.Uint32(f.Bytes[8:12]) != uint32(len(f.Bytes)):
		return errs.Fieldf(errs.Invalid, "font", "the font of %s is no whole WOFF2 file: convert it to WOFF2", f.Family)
	}
	return nil
}
