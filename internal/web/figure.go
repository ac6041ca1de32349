package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/render"
	"offprint/internal/tally"
	"offprint/internal/view"
)

// figure is the page of one figure or table, at its full size, or the values of
// a table as CSV (RFC 4180).
func (s *Site) figure(v *visit, w http.ResponseWriter, r *http.Request) error {
	anchor, csv := strings.CutSuffix(v.params["figure"], ".csv")
	lang := chosen(r, 1)
	return s.Cache.Serve(w, r, v.key(r, textQuery(lang)), func(ctx context.Context) (*httpx.Page, error) {
		a, err := s.readArticle(ctx, v, v.params["article"], 0, lang)
		if err != nil {
			return nil, err
		}
		if err := s.readShown(ctx, a); err != nil {
			return nil, err
		}
		part, ok := render.Part{}, false
		if len(a.texts) > 0 {
			linked := a.list().Link(a.texts[0])
			part, ok = render.One(&linked, anchor, v.at("/articles/"+a.pub.Slug)+queryPart(textQuery(lang)), renderOptions(v, a))
		}
		if !ok || csv && part.Table == nil {
			return nil, errs.Newf(errs.NotFound, "this article has no figure or table %q", anchor)
		}
		tags := []string{tagArticle(a.pub.ID), tagJournal(v.journal.ID)}
		if csv {
			body, err := values(part.Table)
			return &httpx.Page{Type: "text/csv; charset=utf-8; header=absent", Body: body, Tags: tags}, err
		}
		v.subject = v.reading(r, a.pub.ID, tally.Investigation, tally.Page)
		return s.drawn(v, newFigurePage(v, a, anchor, &part, lang), tags, []string{"Cookie"}, "")
	})
}

func newFigurePage(v *visit, a *reading, anchor string, part *render.Part, lang []string) *view.Figure {
	at := "/articles/" + a.pub.Slug
	p := &view.Figure{Base: v.newBase("archive"), Name: part.Name, HTML: part.HTML, TextLang: a.texts[0].Lang,
		Article: view.Link{Text: run(a.pub.Heading()), URL: v.at(at) + queryPart(textQuery(lang)) + "#" + anchor}}
	if p.Name == "" {
		p.Name = p.Article.Text.Text()
	}
	p.Math, p.NoIndex = part.HasMath, true
	if part.Table != nil {
		p.CSV = v.plainAt(at+"/figures/"+anchor+".csv") + queryPart(textQuery(lang))
	}
	return p
}

func values(table [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range table {
		if err := w.Write(guarded(row)); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// guarded keeps spreadsheets from taking a cell for a formula: a quotation mark
// before what begins like one and is no number.
func guarded(row []string) []string {
	out := slices.Clone(row)
	for i, cell := range out {
		if cell != "" && strings.ContainsRune("=+@\t\r", rune(cell[0])) && !strings.ContainsAny(cell[1:min(2, len(cell))], "0123456789.") {
			out[i] = "'" + cell
		}
	}
	return out
}

// chosen are the languages of the text that a request asks for: text=ru, or
// text=ru,en for two side by side.
func chosen(r *http.Request, most int) []string {
	var langs []string
	for lang := range strings.SplitSeq(r.URL.Query().Get("text"), ",") {
		if lang != "" && len(lang) <= 35 && len(langs) < most {
			langs = append(langs, lang)
		}
	}
	return langs
}

func textQuery(langs []string) string {
	if len(langs) == 0 {
		return ""
	}
	return "text=" + strings.Join(langs, ",")
}

func queryPart(s string) string {
	if s == "" {
		return ""
	}
	return "?" + s
}

// documents are the texts to show: those chosen, else that of the language of
// the interface, else the article's own.
func documents(v *visit, refs []journal.DocumentRef, langs []string, own string) (shown []journal.DocumentRef) {
	for _, lang := range langs {
		for _, ref := range refs {
			if strings.EqualFold(ref.Lang, lang) && !slices.ContainsFunc(shown, func(r journal.DocumentRef) bool { return r.SHA256 == ref.SHA256 }) {
				shown = append(shown, ref)
			}
		}
	}
	if ref := documentIn(refs, v.lang, own); len(shown) == 0 && ref != nil {
		shown = []journal.DocumentRef{*ref}
	}
	return shown
}

// readShown reads the texts that are to be shown.
func (s *Site) readShown(ctx context.Context, a *reading) error {
	for _, ref := range a.shown {
		doc, err := s.Store.Document(ctx, ref.SHA256)
		if err != nil {
			return err
		}
		a.texts = append(a.texts, doc)
	}
	return nil
}

// textChoices are the ways to read an article that has several texts: each
// alone, and the one shown beside each other one.
func textChoices(v *visit, a *reading) []view.TextChoice {
	refs := a.pub.Record.Documents
	if len(refs) < 2 || len(a.shown) == 0 {
		return nil
	}
	at := v.at("/articles/" + a.pub.Slug)
	var out []view.TextChoice
	add := func(langs ...string) {
		now := len(a.shown) == len(langs)
		for i := range langs {
			now = now && strings.EqualFold(a.shown[i].Lang, langs[i])
		}
		out = append(out, view.TextChoice{Langs: langs, URL: at + queryPart(textQuery(langs)), Current: now})
	}
	for _, ref := range refs {
		add(ref.Lang)
	}
	for _, ref := range refs {
		if !strings.EqualFold(ref.Lang, a.shown[0].Lang) {
			add(a.shown[0].Lang, ref.Lang)
		}
	}
	return out
}
