// Package view draws pages: typed page data in, HTML out, together with the
// style sheets, fonts and small scripts that the pages link to.
//
// A face of the house fills a page struct with plain data (addresses, names,
// HTML made by package render) and draws it:
//
//	v, err := view.New("")
//	page := &view.Article{Title: view.Plain("en", "On measures")}
//	page.Lang = "en"
//	err = v.Render(w, page)
//
// Terms. A page is one of the structs that embed Base. A Run is a piece of
// text that knows its language. An asset is a file under /assets/ whose
// address holds a hash of its content, so that it never changes. A theme is a
// folder laid over the one built in (see New).
//
// Words of the interface, plurals and dates come from package locale in the
// language of Base.Lang: a page is given dates as they are stored ("2020-03").
//
// The package reads nothing but the embedded files and, once, the theme's
// folder. It asks no store, decides nothing about an article, and never puts
// text into HTML unescaped: only Run.HTML and the fields of type template.HTML,
// which package render makes, are taken as markup.
package view

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"os"
	"sync"

	"offprint/internal/errs"
	"offprint/internal/locale"
)

//go:embed templates css js third_party/fonts favicon.svg
var embedded embed.FS

// View draws pages in one theme. It is safe for use by several goroutines.
type View struct {
	files   fs.FS
	assets  map[string]*Asset
	links   links
	colours palette // of the theme
	version string

	mu   sync.Mutex
	sets map[setKey]*template.Template
}

// setKey names a set of templates: html/template escapes a set once, so each
// page in each language has its own.
type setKey struct{ page, lang string }

// New prepares the built-in theme with the folder themeDir laid over it; an
// empty themeDir is the built-in theme alone.
//
// A file of the folder takes the place of the built-in file of the same name:
// css/tokens.css to change colours and fonts, templates/footer.html to change
// a block. Files of other names are added: css/*.css after the built-in
// sheets, templates/*.html to define blocks anew. All templates are read here,
// and each page of a theme is drawn once without content, so that a mistake in
// a theme stops the start and not a reader.
func New(themeDir string) (v *View, err error) {
	defer errs.Wrap(&err, "view.New(%q)", themeDir)
	files, err := themeFiles(themeDir)
	if err != nil {
		return nil, err
	}
	v = &View{files: files, sets: map[setKey]*template.Template{}}
	if err := v.loadAssets(); err != nil {
		return nil, err
	}
	if err := v.parseAll(); err != nil {
		return nil, err
	}
	if themeDir != "" {
		if err := v.try(); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// themeFiles are the built-in files with those of a theme in their places.
func themeFiles(dir string) (fs.FS, error) {
	if dir == "" {
		return embedded, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, errs.Fieldf(errs.NotFound, "theme", "%s is not a folder that can be read: give the folder of a theme, or leave it out", dir)
	}
	return overlay{top: os.DirFS(dir), base: embedded}, nil
}

// Version is a hash of everything that decides how a page is drawn besides its
// data: templates, style sheets, words. It belongs into the ETag of a page.
func (v *View) Version() string { return v.version }

// Render draws the page to w. The page is drawn in memory first, so that a
// failure writes nothing.
func (v *View) Render(w io.Writer, p Page) (err error) {
	defer errs.Wrap(&err, "view.Render(%s)", p.template())
	l := locale.For(p.common().Lang)
	set, err := v.set(p.template(), l)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, "base", p); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// set is the templates of a page in a language, parsed at their first use.
func (v *View) set(page string, l *locale.Locale) (*template.Template, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	key := setKey{page, l.Tag()}
	if t, ok := v.sets[key]; ok {
		return t, nil
	}
	t, err := v.parse(page, l)
	if err != nil {
		return nil, err
	}
	v.sets[key] = t
	return t, nil
}

// parseAll reads every page's templates once, in English.
func (v *View) parseAll() error {
	pages, err := fs.Glob(v.files, "templates/page/*.html")
	if err != nil {
		return err
	}
	if len(pages) == 0 {
		return fmt.Errorf("no pages among the templates")
	}
	for _, name := range pages {
		if _, err := v.set(pageName(name), locale.For("en")); err != nil {
			return err
		}
	}
	return nil
}

// try draws every page once with nothing on it. Reading alone does not find a
// block that is missing or a field that there is not.
func (v *View) try() error {
	for _, p := range pages() {
		b := p.common()
		b.Lang, b.Self, b.Site.URL, b.Site.SearchURL = "en", "/", "/", "/search"
		b.Journal = &Journal{Title: Plain("en", "Journal"), URL: "/", Archive: "/issues/", About: "/about/", Search: "/search"}
		if err := v.Render(io.Discard, p); err != nil {
			return err
		}
	}
	return nil
}
