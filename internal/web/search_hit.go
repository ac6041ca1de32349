package web

import (
	"net/url"
	"strconv"

	"offprint/internal/finding"
	"offprint/internal/journal"
	"offprint/internal/query"
	"offprint/internal/script"
	"offprint/internal/search"
	"offprint/internal/view"
)

const (
	// shownAuthors is how many authors of an article are named.
	shownAuthors = 8
	mostFoundAs  = 4
	mostNear     = 5
)

// newHits are the articles of the page with what was found in them.
func newHits(v *visit, a *asked, res *result) []view.SearchHit {
	other := otherForms(res.Terms)
	var out []view.SearchHit
	for i := range res.Articles {
		found := &res.Articles[i]
		line := res.lines[found.Hit.ID]
		if line == nil {
			continue // withdrawn a moment ago
		}
		hit := view.SearchHit{Line: v.newLine(line, true)}
		var runs []search.Run
		for n, name := range line.Contributors {
			if found := res.Marker().Mark(name); n < len(hit.Line.Authors) && len(found) > 0 {
				hit.Line.Authors[n].Text = view.Marked(hit.Line.Authors[n].Text.Lang, pieces(found), false, false)
				runs = append(runs, found...)
			}
		}
		if n := len(hit.Line.Authors); n > shownAuthors+1 {
			hit.Line.Authors, hit.Line.MoreAuthors = hit.Line.Authors[:shownAuthors], n-shownAuthors
		}
		title := res.Marker().Mark(found.Record.Heading().Plain)
		if len(line.Titles) > 0 {
			hit.Line.Title = markedTitle(res.Marker(), line.Titles[0])
		}
		runs = append(runs, title...)
		for n := range found.Passages {
			p := &found.Passages[n]
			hit.Snippets = append(hit.Snippets, newSnippet(hit.Line.URL, p, found))
			runs = append(runs, p.Runs...)
		}
		hit.FoundAs = foundAs(runs, other, found.Record.Language)
		out = append(out, hit)
	}
	return out
}

func newSnippet(address string, p *finding.Passage, of *finding.Article) view.Snippet {
	lang := p.Lang
	if lang == "" {
		lang = scriptLang(p.Text(), of.Record.Language)
	}
	s := view.Snippet{Text: view.Marked(lang, pieces(p.Runs), p.Before, p.After)}
	switch p.Part {
	case query.Abstract:
	case query.Reference:
		s.Reference = strconv.Itoa(p.Reference)
		s.ReferenceURL = address + "#ref-" + s.Reference
	default:
		s.Part = string(p.Part)
	}
	return s
}

func pieces(runs []search.Run) []view.Piece {
	out := make([]view.Piece, len(runs))
	for i, r := range runs {
		out[i] = view.Piece(r)
	}
	return out
}

// otherForms are the words by which a search found what was typed otherwise: true
// for those of another script, spelling or name, false for those as typed.
func otherForms(terms []search.Understood) map[string]bool {
	out := map[string]bool{}
	for _, t := range terms {
		for _, f := range t.Forms {
			out[script.Fold(f.Surface)] = f.Tier >= search.Crossed
		}
	}
	return out
}

// foundAs are the marked words of an article that are written otherwise than what
// was typed; none where it also has what was typed.
func foundAs(runs []search.Run, other map[string]bool, lang string) []view.Run {
	var out []view.Run
	seen := map[string]bool{}
	for _, r := range runs {
		folded := script.Fold(r.Text)
		if !r.Marked || seen[folded] {
			continue
		}
		otherwise, known := other[folded]
		if known && !otherwise {
			return nil
		}
		seen[folded] = true
		if otherwise && len(out) < mostFoundAs {
			out = append(out, spoken(r.Text, lang))
		}
	}
	return out
}

// newTerms tell what became of each part of a query.
func newTerms(v *visit, a *asked, res *result) []view.SearchTerm {
	var out []view.SearchTerm
	for _, t := range res.Terms {
		if t.Excluded {
			continue
		}
		term := view.SearchTerm{Text: spoken(t.Text, v.lang), Field: string(t.Field), Articles: t.Docs}
		if t.Field == query.Journal { // the index knows journals by their ids
			if j := v.site.journalByID(t.Text); j != nil {
				term.Text = run(j.Title(v.lang))
			}
		}
		for _, f := range t.Forms {
			if f.Tier != search.Fuzzy || len(term.Near) == mostNear {
				continue
			}
			text := f.Surface
			if t.Field != query.Anywhere {
				text = string(t.Field) + ":" + text
			}
			term.Near = append(term.Near, view.Link{Text: spoken(f.Surface, v.lang), URL: a.instead(text).at(v.at("/search"), 1)})
		}
		out = append(out, term)
	}
	return out
}

func (s *Site) journalByID(id string) *journal.Journal {
	list := s.directory.Load().list
	for i := range list {
		if list[i].ID == id {
			return &list[i]
		}
	}
	return nil
}

// otherWays are other searches for a query that found nothing: without what
// narrows it, with one of the words, in the lists of references.
func otherWays(v *visit, a *asked) []view.SearchOther {
	var out []view.SearchOther
	add := func(name string, b *asked) {
		out = append(out, view.SearchOther{Name: name, URL: b.at(v.at("/search"), 1)})
	}
	if len(a.chosen) > 0 || a.from != "" || a.to != "" {
		if a.text != "" {
			add("wider", a.with(func(b *asked) { b.chosen, b.from, b.to = nil, "", "" }))
		}
		return out
	}
	root := a.query.Root
	switch {
	case root == nil:
	case root.Op == query.And && len(a.query.Words()) > 1:
		form := query.Form{}
		for _, w := range a.query.Words() {
			form.Any += w + " "
		}
		add("any", a.instead(form.Query()))
	case root.Op == query.Word && root.Field == query.DOI:
		add("citing", a.instead(`ref:"`+root.Text+`"`))
	case root.Op == query.Word && root.Field != query.Anywhere:
		add("anywhere", a.instead(root.Text))
	}
	return out
}

// articleAt is the address of an article of any journal.
func (v *visit) articleAt(p *journal.Publication) string {
	return v.atOf(p.Journal.ID, "/articles/"+url.PathEscape(p.Slug))
}

// atOf is the address of a page of any journal.
func (v *visit) atOf(journalID, rest string) string {
	if v.journal != nil && v.journal.ID == journalID {
		return v.at(rest)
	}
	if j := v.site.journalByID(journalID); j != nil {
		return v.of(j, rest)
	}
	return ""
}
