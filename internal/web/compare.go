package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"offprint/internal/article"
	"offprint/internal/diff"
	"offprint/internal/errs"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/render"
	"offprint/internal/store"
	"offprint/internal/view"
)

// compare is what differs between two versions of an article: without numbers,
// between the newest and the one before it.
func (s *Site) compare(v *visit, w http.ResponseWriter, r *http.Request) error {
	from, to := versionAsked(r, "from"), versionAsked(r, "to")
	if from < 0 || to < 0 {
		return errs.Newf(errs.Invalid, "from and to are numbers of versions")
	}
	query := "from=" + strconv.Itoa(from) + "&to=" + strconv.Itoa(to)
	return s.Cache.Serve(w, r, v.key(r, query), func(ctx context.Context) (*httpx.Page, error) {
		c, err := s.readComparison(ctx, v, v.params["article"], from, to)
		if err != nil {
			return nil, err
		}
		tags := []string{tagArticle(c.to.ID), tagJournal(v.journal.ID)}
		return s.drawn(v, newComparisonPage(v, c), tags, []string{"Cookie"}, "")
	})
}

// versionAsked is 0 when the query does not say, -1 when it says nonsense.
func versionAsked(r *http.Request, name string) int {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return -1
	}
	return n
}

// comparison is two versions with their texts.
type comparison struct {
	from, to *journal.Publication
	old, now []*journal.Document // in turn in one language; without text where one has none
	versions []store.VersionLine
}

func (s *Site) readComparison(ctx context.Context, v *visit, slug string, from, to int) (*comparison, error) {
	newest, err := s.Store.PublishedArticle(ctx, v.journal.ID, slug)
	if err != nil {
		return nil, err
	}
	if newest.Withdrawn {
		return nil, &gone{pub: newest}
	}
	if to == 0 {
		to = newest.Latest
	}
	if from == 0 {
		from = max(1, to-1)
	}
	c := &comparison{}
	if c.from, err = s.Store.ArticleVersion(ctx, v.journal.ID, slug, from); err != nil {
		return nil, err
	}
	if c.to, err = s.Store.ArticleVersion(ctx, v.journal.ID, slug, to); err != nil {
		return nil, err
	}
	if c.versions, err = s.Store.Versions(ctx, newest.ID); err != nil {
		return nil, err
	}
	return c, s.readTexts(ctx, c)
}

// readTexts reads the texts that differ, an article's in each of its languages.
func (s *Site) readTexts(ctx context.Context, c *comparison) error {
	rest := append([]journal.DocumentRef(nil), c.from.Record.Documents...)
	for _, ref := range c.to.Record.Documents {
		var was *journal.DocumentRef
		for i := range rest {
			if rest[i].Lang == ref.Lang {
				one := rest[i]
				was, rest = &one, append(rest[:i], rest[i+1:]...)
				break
			}
		}
		if was != nil && was.SHA256 == ref.SHA256 {
			continue
		}
		now, err := s.Store.Document(ctx, ref.SHA256)
		if err != nil {
			return err
		}
		old := &journal.Document{Lang: ref.Lang}
		if was != nil {
			if old, err = s.Store.Document(ctx, was.SHA256); err != nil {
				return err
			}
		}
		c.old, c.now = append(c.old, old), append(c.now, now)
	}
	for _, ref := range rest {
		old, err := s.Store.Document(ctx, ref.SHA256)
		if err != nil {
			return err
		}
		c.old, c.now = append(c.old, old), append(c.now, &journal.Document{Lang: ref.Lang})
	}
	return nil
}

func newComparisonPage(v *visit, c *comparison) *view.Comparison {
	at := "/articles/" + c.to.Slug
	p := &view.Comparison{Base: v.newBase("archive"), Article: view.Link{Text: run(c.to.Heading()), URL: v.at(at)}, Action: v.at(at + "/compare")}
	p.NoIndex = true
	withQuery(&p.Base, "from="+strconv.Itoa(c.from.Version)+"&to="+strconv.Itoa(c.to.Version))
	version := func(pub *journal.Publication) view.CompareVersion {
		return view.CompareVersion{Number: pub.Version, Date: day(pub.Created), URL: v.at(at + "/v" + strconv.Itoa(pub.Version))}
	}
	p.From, p.To = version(c.from), version(c.to)
	for _, ver := range c.versions {
		p.Choices = append(p.Choices, ver.Number)
	}
	a, b := &c.from.Record, &c.to.Record
	add := func(name, lang string, before, after []string) {
		if lines := compareLines(lang, diff.Paragraphs(before, after)); lines != nil {
			p.Parts = append(p.Parts, view.ComparePart{Name: name, Lines: lines})
		}
	}
	add("title", "", plainTexts(append(a.Titles, a.Subtitles...)), plainTexts(append(b.Titles, b.Subtitles...)))
	add("authors", "", peopleTexts(a), peopleTexts(b))
	add("abstract", "", abstractTexts(a), abstractTexts(b))
	add("keywords", "", keywordTexts(a), keywordTexts(b))
	for i := range c.now {
		p.Parts = append(p.Parts, compareTexts(c.old[i], c.now[i])...)
	}
	add("references", "", referenceTexts(a), referenceTexts(b))
	return p
}

// compareTexts are the parts of a full text that differ.
func compareTexts(old, now *journal.Document) []view.ComparePart {
	var out []view.ComparePart
	for _, c := range diff.Parts(partsOf(old), partsOf(now)) {
		if !c.Changed() {
			continue
		}
		part := view.ComparePart{Name: "text", Heading: changes(c.Heading), Moved: c.Moved, Lines: compareLines(now.Lang, c.Paragraphs)}
		out = append(out, part)
	}
	return out
}

// partsOf cuts a text at its headings.
func partsOf(d *journal.Document) []diff.Part {
	parts := []diff.Part{{}}
	var walk func(nodes []article.Node)
	walk = func(nodes []article.Node) {
		for i := range nodes {
			n := &nodes[i]
			switch n.Kind {
			case article.Section, article.Appendix, article.Acknowledged, article.Glossary, article.NoteList:
				if len(n.Kids) > 0 && n.Kids[0].Kind == article.Title {
					heading := render.Text(n.Kids[:1])
					if n.Label != "" {
						heading = n.Label + " " + heading
					}
					parts = append(parts, diff.Part{Heading: heading})
					walk(n.Kids[1:])
					continue
				}
				walk(n.Kids)
			default:
				last := &parts[len(parts)-1]
				for text := range strings.SplitSeq(render.Text(nodes[i:i+1]), "\n\n") {
					if text = strings.TrimSpace(text); text != "" {
						last.Paragraphs = append(last.Paragraphs, text)
					}
				}
			}
		}
	}
	walk(d.Body)
	walk(d.Back)
	walk(d.Notes)
	return parts
}

// compareLines are nil where nothing differs; paragraphs that are the same are
// counted.
func compareLines(lang string, list []diff.Paragraph) []view.CompareLine {
	var out []view.CompareLine
	differs := false
	for i := range list {
		if list[i].Changed() {
			differs = true
			out = append(out, view.CompareLine{Lang: lang, Changes: changes(list[i].Runs)})
		} else if n := len(out); n > 0 && out[n-1].Unchanged > 0 {
			out[n-1].Unchanged++
		} else {
			out = append(out, view.CompareLine{Unchanged: 1})
		}
	}
	if !differs {
		return nil
	}
	return out
}

func changes(runs []diff.Run) []view.Change {
	out := make([]view.Change, len(runs))
	for i, r := range runs {
		out[i] = view.Change{Added: r.Kind == diff.Added, Removed: r.Kind == diff.Removed, Text: r.Text}
	}
	return out
}

func plainTexts(list []journal.Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, strings.Split(t.Plain, "\n\n")...)
	}
	return out
}

func abstractTexts(rec *journal.Article) []string {
	var out []string
	for _, a := range rec.Abstracts {
		out = append(out, strings.Split(a.Plain, "\n\n")...)
	}
	return out
}

func keywordTexts(rec *journal.Article) []string {
	var out []string
	for _, k := range rec.Keywords {
		out = append(out, strings.Join(k.Words, "; "))
	}
	return out
}

// peopleTexts are the contributors with what is said of them, a line each.
func peopleTexts(rec *journal.Article) []string {
	var out []string
	for _, c := range rec.Contributors {
		var parts []string
		for _, n := range c.Names {
			parts = append(parts, n.Shown())
		}
		if c.ORCID != "" {
			parts = append(parts, "ORCID "+c.ORCID)
		}
		for _, i := range c.Affiliations {
			if i >= 0 && i < len(rec.Affiliations) {
				af := &rec.Affiliations[i]
				parts = append(parts, strings.TrimSuffix(journal.In(af.Names, rec.Language).Plain+", "+placeOf(*af), ", "))
			}
		}
		out = append(out, strings.Join(parts, "; "))
	}
	return out
}

func referenceTexts(rec *journal.Article) []string {
	var out []string
	for i := range rec.References {
		text := rec.References[i].Printed.Plain
		if k := rec.References[i].Key; k != "" {
			text = k + " — " + text
		}
		if doi := rec.References[i].DOI; doi != "" && !strings.Contains(strings.ToLower(text), strings.ToLower(doi)) {
			text += " doi:" + doi
		}
		out = append(out, text)
	}
	return out
}
