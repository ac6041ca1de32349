package main

import (
	"strings"

	"offprint/internal/app"
	"offprint/internal/errs"
	"offprint/internal/journal"
)

type journalLookCmd struct {
	Path        string   `arg:"" help:"The journal."`
	Logo        string   `help:"Logo: PNG, JPEG, WebP or SVG. It stands before the title." placeholder:"FILE"`
	Cover       string   `help:"Cover: PNG, JPEG, WebP or SVG." placeholder:"FILE"`
	Alt         []string `help:"What the cover shows, for those who do not see it; in another language: --alt ru=Текст." placeholder:"TEXT" sep:"none"`
	Issue       string   `help:"The cover is that of this issue, by the last part of its address." placeholder:"ISSUE"`
	Tokens      string   `help:"Colours: a style sheet that sets tokens (--ink, --paper …) in :root. Those that cannot be read are refused." placeholder:"FILE"`
	Theme       string   `help:"Folder of the theme that the site is served with; the colours are read together with its own." env:"OFFPRINT_THEME" placeholder:"DIR" type:"path"`
	Serif       *string  `help:"Font family of texts: ${families}, or an uploaded one. Empty: the theme's." placeholder:"NAME"`
	Sans        *string  `help:"Font family of headings and menus." placeholder:"NAME"`
	Font        []string `help:"Upload a font: NAME=FILE.woff2, or NAME/italic/400=FILE.woff2 with style and weight." placeholder:"NAME=FILE" sep:"none"`
	FontLicence string   `help:"By what right the uploaded fonts are published." name:"font-licence" placeholder:"TEXT"`
	Clear       []string `help:"Take parts away: logo, cover, tokens, fonts." placeholder:"PART"`
}

func (c *journalLookCmd) Run(e *env) error {
	return e.withJournal(c.Path, func(a *app.App, j *journal.Journal) error {
		change := app.LookChange{Serif: c.Serif, Sans: c.Sans, Clear: c.Clear, Issue: c.Issue, Theme: c.Theme}
		var err error
		if change.Logo, err = pictureFile(c.Logo, nil); err != nil {
			return err
		}
		if change.Cover, err = pictureFile(c.Cover, texts(c.Alt, j.Languages)); err != nil {
			return err
		}
		if c.Tokens != "" {
			if change.Tokens, err = readFile(c.Tokens, 1<<20); err != nil {
				return err
			}
		}
		for _, font := range c.Font {
			f, err := fontFile(font, c.FontLicence)
			if err != nil {
				return err
			}
			change.Fonts = append(change.Fonts, f)
		}
		if err := a.SetLook(e.ctx, c.Path, change); err != nil {
			return err
		}
		if j, err = a.Store.Journal(e.ctx, c.Path); err != nil {
			return err
		}
		return e.journals([]journal.Journal{*j})
	})
}

func pictureFile(file string, alt []journal.Text) (*app.PictureFile, error) {
	if file == "" {
		return nil, nil
	}
	b, err := readFile(file, 64<<20)
	return &app.PictureFile{Name: file, Bytes: b, Alt: alt}, err
}

// fontFile reads "NAME/italic/400=FILE".
func fontFile(value, licence string) (f app.FontFile, err error) {
	name, file, ok := strings.Cut(value, "=")
	if !ok || name == "" || file == "" {
		return f, errs.Fieldf(errs.Invalid, "font", "%q is no font: write NAME=FILE.woff2", value)
	}
	parts := strings.Split(name, "/")
	f.Family, f.Licence = parts[0], licence
	for _, p := range parts[1:] {
		switch p {
		case "italic":
			f.Italic = true
		case "normal":
		default:
			f.Weight = p
		}
	}
	f.Bytes, err = readFile(file, 16<<20)
	return f, err
}
