package web

import (
	"cmp"
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"offprint/citeproc"
	"offprint/internal/citation"
	"offprint/internal/format/csl"
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/view"
)

// references is the page of an article's reference list in a style of the
// reader's choice.
func (s *Site) references(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.styled(v, w, r, func(ctx context.Context, pub *journal.Publication, style citation.Listed, lang string) (view.Page, error) {
		read, err := s.Store.CitedReferences(ctx, pub.ID)
		if err != nil {
			return nil, err
		}
		return s.newReferencesPage(v, pub, parts(pub.Record.References, read), style, lang)
	})
}

// marked reports whether the parts of a reference are known, so that a style can
// print it.
func marked(r journal.Reference) bool {
	return r.Title != "" && (len(r.Authors) > 0 || len(r.Editors) > 0 || r.Container != "" || r.Publisher != "")
}

// parts are the references with what their source marks or, where it marks too
// little for a style, with what is certain of their printed text.
func parts(list []journal.Reference, read []store.CitedReference) []journal.Reference {
	out := slices.Clone(list)
	if len(read) != len(list) {
		return out // not read yet
	}
	for i := range out {
		if marked(out[i]) {
			continue
		}
		if certain := read[i].Record.Certain(); marked(certain) {
			out[i] = certain
		}
	}
	return out
}

func (s *Site) newReferencesPage(v *visit, pub *journal.Publication, list []journal.Reference, style citation.Listed, lang string) (*view.References, error) {
	at := "/articles/" + pub.Slug
	p := &view.References{Base: v.newBase("archive"), Article: view.Link{Text: run(pub.Heading()), URL: v.at(at)}, Action: v.at(at + "/references")}
	p.NoIndex = true
	withQuery(&p.Base, url.Values{"style": {style.Name}, "locale": {lang}}.Encode())
	p.Styles, p.Tongues = citeChoices(style, lang)
	anchors := refAnchors(pub.Record.References)
	var items []*citeproc.Item
	for i := range list {
		if !marked(list[i]) {
			p.Rest = append(p.Rest, newPrinted(v, pub, i, anchors))
			continue
		}
		item, err := csl.Reference(&list[i], strconv.Itoa(i)).Processed()
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	if len(items) == 0 {
		return p, nil
	}
	compiled, err := s.shelf.Style(style.Name)
	if err != nil {
		return nil, err
	}
	printed, err := s.shelf.Print(compiled, citation.Language(lang), citeproc.HTML, items)
	if err != nil {
		return nil, err
	}
	for _, e := range printed.Entries {
		i, err := strconv.Atoi(e.ID)
		if err != nil || i < 0 || i >= len(list) {
			continue
		}
		plain := newPrinted(v, pub, i, anchors)
		p.Entries = append(p.Entries, view.StyledReference{Lang: spokenIn(e.Text, cmp.Or(list[i].Language, plain.Printed.Lang), lang), PrintedReference: plain,
			Entry: template.HTML(tidy(e.Text))}) //nolint:gosec // the processor escapes all data
	}
	return p, nil
}

func newPrinted(v *visit, pub *journal.Publication, i int, anchors []string) view.PrintedReference {
	r := &pub.Record.References[i]
	printed := view.Linked(cmp.Or(r.Printed.Lang, scriptLang(r.Printed.Plain, pub.Record.Language)), r.Printed.Plain)
	return view.PrintedReference{URL: v.at("/articles/"+pub.Slug) + "#" + anchors[i], Number: r.Number, Printed: printed}
}
