package app

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"offprint/citeproc"
	"offprint/internal/citation"
	"offprint/internal/config"
	"offprint/internal/errs"
	"offprint/internal/format/csl"
)

// CitationStyles are the names of the styles that come along, the short ones
// where they have one.
func CitationStyles() (names []string) {
	for _, s := range citation.Styles() {
		name := s.Short
		if name == "" {
			name = s.Name
		}
		names = append(names, name)
	}
	return names
}

// Cite says what to print in which style.
type Cite struct {
	Style   string // a name that comes along, or a CSL file
	Locale  string // a language tag; empty: the style's own
	Article string // id or address; empty: CSL-JSON is read
	BaseURL string
	HTML    bool
	InText  bool // the citation in a text, not the list
}

// Cited is a printed reference.
type Cited struct {
	ID   string `json:"id,omitempty"`
	Text string `json:"text"`
}

// PrintCitations prints an article of the installation at place, or the items
// that are read.
func PrintCitations(ctx context.Context, place config.Place, c Cite, items io.Reader) ([]Cited, error) {
	shelf := citation.Open()
	style, err := openStyle(shelf, c.Style)
	if err != nil {
		return nil, err
	}
	lang := ""
	if c.Locale != "" {
		if lang = citation.Language(c.Locale); lang == "" {
			return nil, errs.Fieldf(errs.Invalid, "locale", "there are no words for %q: give a language such as en-GB, ru-RU or ja-JP", c.Locale)
		}
	}
	list, err := citationItems(ctx, place, c, items)
	if err != nil {
		return nil, err
	}
	form := citeproc.Text
	if c.HTML {
		form = citeproc.HTML
	}
	printed, err := shelf.Print(style, lang, form, list)
	if c.Article != "" {
		printed, err = shelf.PrintOne(style, lang, form, list[0])
	}
	if err != nil {
		return nil, errs.Newf(errs.Invalid, "%v", err)
	}
	if c.InText {
		return []Cited{{Text: printed.InText}}, nil
	}
	out := make([]Cited, len(printed.Entries))
	for k, e := range printed.Entries {
		out[k] = Cited{e.ID, e.Text}
	}
	return out, nil
}

// openStyle is a style that comes along, or a file.
func openStyle(shelf *citation.Shelf, name string) (*citeproc.Style, error) {
	style, err := shelf.Style(name)
	if !errors.Is(err, citation.ErrUnknown) {
		return style, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, errs.Fieldf(errs.NotFound, "style", "%q is neither a style that comes along nor a file that can be read: offprint cite --help names the styles", name)
	}
	defer f.Close()
	if style, err = citeproc.ParseStyle(f); err != nil {
		return nil, errs.Fieldf(errs.Invalid, "style", "%s: %s", name, strings.TrimPrefix(err.Error(), "citeproc: style: "))
	}
	return style, nil
}

func citationItems(ctx context.Context, place config.Place, c Cite, r io.Reader) ([]*citeproc.Item, error) {
	if c.Article == "" {
		items, err := citeproc.DecodeItems(r)
		if err != nil {
			return nil, errs.Newf(errs.Invalid, "standard input is no CSL-JSON: %s", strings.TrimPrefix(err.Error(), "citeproc: items: "))
		}
		return items, nil
	}
	a, err := Open(ctx, place)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	p, err := a.findArticle(ctx, c.Article)
	if err != nil {
		return nil, err
	}
	item, err := csl.New(p, string(p.Address(c.BaseURL))).Processed()
	if err != nil {
		return nil, err
	}
	return []*citeproc.Item{item}, nil
}
