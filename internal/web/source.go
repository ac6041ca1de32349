package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/view"
)

// tagSources is the tag of the pages of sources: what an article of one journal
// cites shows on those of all.
const tagSources = "sources"

// sources is the index of what a journal's articles cite.
func (s *Site) sources(v *visit, w http.ResponseWriter, r *http.Request) error {
	asked := askFor(r)
	return s.draw(v, w, r, asked.query(), func(ctx context.Context) (view.Page, []string, error) {
		letters, err := s.Store.SourceLetters(ctx, v.journal.ID)
		if err != nil {
			return nil, nil, err
		}
		p := &view.SourceIndex{Base: v.newBase("")}
		withQuery(&p.Base, asked.query())
		p.Index, err = v.indexOf(ctx, v.at("/sources/"), asked, letters, func(ctx context.Context, letter string, limit, offset int) ([]indexWord, error) {
			list, err := s.Store.Sources(ctx, v.journal.ID, letter, limit, offset)
			words := make([]indexWord, len(list))
			for i := range list {
				text := view.Plain(printedLang(&list[i].Record, v.lang), cut(list[i].Record.Printed.Plain, longestEntry))
				words[i] = indexWord{list[i].Letter, view.IndexEntry{Link: view.Link{Text: text, URL: v.at("/sources/" + list[i].ID)}, Articles: list[i].Articles}}
			}
			return words, err
		})
		return p, []string{tagSources}, err
	})
}

// longestEntry is how many letters of a source an index shows.
const longestEntry = 160

// printedLang is the language of a printed reference, lang where its script does not
// say otherwise.
func printedLang(r *journal.Reference, lang string) string {
	return cmp.Or(r.Printed.Lang, scriptLang(r.Printed.Plain, lang))
}

// source is the page of a work that articles cite. An address that is another's now
// leads there.
func (s *Site) source(v *visit, w http.ResponseWriter, r *http.Request) error {
	asked := askFor(r)
	asked.letter = ""
	id := v.params["source"]
	src, err := s.Store.Source(r.Context(), id, linesOnPage, (asked.page-1)*linesOnPage)
	if err != nil {
		return err
	}
	if src.ID != id {
		redirect(w, r, v.at("/sources/"+src.ID))
		return nil
	}
	return s.draw(v, w, r, asked.query(), func(ctx context.Context) (view.Page, []string, error) {
		return newSourcePage(v, src, asked), []string{tagSources}, nil
	})
}

func newSourcePage(v *visit, src *store.Source, asked askedFor) *view.Source {
	rec := &src.Record
	p := &view.Source{Base: v.newBase(""), Printed: view.Plain(printedLang(rec, v.lang), rec.Printed.Plain), Total: src.Articles}
	withQuery(&p.Base, asked.query())
	// A work that one article alone cites says no more than its list does.
	p.NoIndex = src.Articles < 2
	p.Outward = view.Reference{Printed: p.Printed, DOI: rec.DOI, URL: safeURL(rec.URL)}.Outward()
	if src.Here != nil {
		p.Ours = v.articleOf(src.Here)
	}
	for i := range src.Citing {
		p.Citing = append(p.Citing, v.newCiting(&src.Citing[i]))
	}
	p.Previous, p.Next = asked.neighbours(v.at("/sources/"+src.ID), asked.page*linesOnPage < src.Articles)
	return p
}

// articleOf is the address of an article of any journal here.
func (v *visit) articleOf(k *store.Known) string {
	if j := v.site.directory.Load().byPath[k.JournalPath]; j != nil && (v.journal == nil || j.ID != v.journal.ID) {
		return v.of(j, "/articles/"+k.Slug)
	}
	return v.at("/articles/" + k.Slug)
}

// mostQuotes is how many sentences of one article are shown.
const mostQuotes = 5

func (v *visit) newCiting(c *store.Citing) view.Citing {
	line := v.newLine(&c.Line, true)
	out := view.Citing{Line: line}
	if len(c.References) > 0 {
		out.Reference = line.URL + "#ref-" + strconv.Itoa(c.References[0])
	}
	before := ""
	for _, p := range c.Places {
		if p.Sentence != before && len(out.Quotes) < mostQuotes {
			out.Quotes = append(out.Quotes, view.Quote{Locator: p.Locator, Sentence: view.Plain(p.Lang, p.Sentence)})
		}
		before = p.Sentence
	}
	return out
}

// readCited reads what was made of the references and who cites the article. What
// was read is of the newest version, and of no other.
func (s *Site) readCited(ctx context.Context, a *reading) (err error) {
	a.refs = a.pub.Record.References
	if a.pub.Version != a.pub.Latest {
		return nil
	}
	if a.citedBy, err = s.Store.CitedBy(ctx, a.pub.ID); err != nil || len(a.refs) == 0 {
		return err
	}
	cited, err := s.Store.CitedReferences(ctx, a.pub.ID)
	if err != nil || len(cited) != len(a.refs) {
		return err
	}
	refs := make([]journal.Reference, len(cited))
	for i := range cited {
		if cited[i].Record.Printed.Plain != a.refs[i].Printed.Plain {
			return nil // of the version before; the newest is read in a moment
		}
		refs[i] = cited[i].Record
		refs[i].Printed = a.refs[i].Printed
	}
	a.refs, a.cited = refs, cited
	return nil
}

// citingTags are the tags of the articles that cite this one.
func (a *reading) citingTags() (tags []string) {
	for i := range a.citedBy {
		tags = append(tags, tagArticle(a.citedBy[i].ID))
	}
	return tags
}

// newSources sets where the references lead to in this installation and outside, and
// who cites the article.
func newSources(p *view.Article, v *visit, a *reading) {
	for i := range p.References {
		r := &p.References[i]
		if i < len(a.cited) {
			c := &a.cited[i]
			if c.Articles > 1 {
				r.Source, r.Articles = v.at("/sources/"+c.Source), c.Articles
			}
			if c.Here != nil {
				r.Here = v.articleOf(c.Here)
			}
			setFate(r, c.Updates)
		}
		r.Archived = archived(&a.refs[i])
		if r.Here == "" && r.Outward() == nil && !strings.Contains(string(r.Printed.HTML), "<a ") {
			r.Scholar = scholar(&a.refs[i])
		}
	}
	for i := range a.citedBy {
		p.CitedBy = append(p.CitedBy, v.newCiting(&a.citedBy[i]))
	}
}

// scholar is a search for a work by its title, where that is known for sure, and its
// first author.
func scholar(r *journal.Reference) string {
	const sure = 0.7
	if c, read := r.Confidence["title"]; r.Title == "" || read && c < sure {
		return ""
	}
	words := `"` + strings.ReplaceAll(r.Title, `"`, "") + `"`
	if len(r.Authors) > 0 {
		words += " " + cmp.Or(r.Authors[0].Family, r.Authors[0].Shown())
	}
	return "https://scholar.google.com/scholar?q=" + url.QueryEscape(words)
}

// setFate says what has become of a work, by the gravest notice.
func setFate(r *view.Reference, updates []store.WorkUpdate) {
	if len(updates) == 0 {
		return
	}
	r.Fate, r.FateYear = updates[0].Kind, year(updates[0].Date.Year())
	if updates[0].Notice != "" {
		r.FateURL = view.DOILink(updates[0].Notice)
	}
}

// archives are the addresses of kept copies of other sites' pages.
var archives = regexp.MustCompile(`(?i)\bhttps?://(?:www\.)?(?:web\.archive\.org|archive\.(?:today|ph|is|li|vn|fo|md)|webcitation\.org|perma\.cc)/[^\s<>"«»“”]+`)

// archived is the address of a kept copy that a reference names; empty without one.
func archived(r *journal.Reference) string {
	for _, text := range []string{r.URL, r.Printed.Plain} {
		if found := archives.FindString(text); found != "" {
			return strings.TrimRight(found, ".,;:!?'’)]")
		}
	}
	return ""
}
