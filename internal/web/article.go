package web

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"offprint/internal/article"
	"offprint/internal/format/signposting"
	"offprint/internal/httpx"
	"offprint/internal/intext"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/render"
	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/view"
)

// article is the landing page with the full text, or the record in the form
// that the reader's program asks for.
func (s *Site) article(v *visit, w http.ResponseWriter, r *http.Request) error {
	name := v.params["article"]
	for i := range forms {
		if slug, ok := strings.CutSuffix(name, forms[i].ending); ok {
			return s.form(v, w, r, slug, &forms[i])
		}
	}
	if slug, ok := strings.CutSuffix(name, ".pdf"); ok {
		return s.pdf(v, w, r, slug)
	}
	w.Header().Set("Vary", "Accept")
	form, ok := negotiated(r)
	switch {
	case !ok:
		return errNotOffered
	case form != nil:
		return s.form(v, w, r, name, form)
	}
	return s.drawArticle(v, w, r, name, 0)
}

// version is an earlier version of an article, or the newest by its number.
func (s *Site) version(v *visit, w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(strings.TrimPrefix(v.params["version"], "v"))
	if err != nil || n < 1 || v.params["version"] != "v"+strconv.Itoa(n) {
		return s.lost(w, r)
	}
	return s.drawArticle(v, w, r, v.params["article"], n)
}

func (s *Site) drawArticle(v *visit, w http.ResponseWriter, r *http.Request, slug string, n int) error {
	langs := chosen(r, 2)
	return s.Cache.Serve(w, r, v.key(r, textQuery(langs)), func(ctx context.Context) (*httpx.Page, error) {
		a, err := s.readArticle(ctx, v, slug, n, langs)
		if err != nil {
			return nil, err
		}
		key := drawnKey(v, a)
		if a.drawn = s.texts.drawn(key); a.drawn == nil {
			if err := s.readShown(ctx, a); err != nil {
				return nil, err
			}
		}
		page, err := s.newArticlePage(v, a)
		if err != nil {
			return nil, err
		}
		s.texts.keep(key, a.drawn)
		tags := append([]string{tagArticle(a.pub.ID), tagJournal(v.journal.ID), tagWays(v.journal.ID)}, append(a.relatedTags(), a.citingTags()...)...)
		tags = append(tags, tagUsage(tally.OfArticle, a.pub.ID))
		if a.pub.Issue != nil {
			tags = append(tags, tagIssue(a.pub.Issue.ID))
		}
		v.subject = v.reading(r, a.pub.ID, a.what(), tally.Page)
		return s.drawn(v, page, tags, []string{"Cookie", "Accept"}, signposting.Header(signposts(v, a.pub)))
	})
}

// reading is everything that a landing page is made of.
type reading struct {
	pub       *journal.Publication
	shown     []journal.DocumentRef // the texts to show: none without full text, two to be read side by side
	texts     []*journal.Document   // the same, when they were read
	drawn     *drawnText            // the same, when they were drawn
	versions  []store.VersionLine
	issue     []store.Line     // the contents of its issue
	relatives map[string]known // articles here, by the DOI of Related
	usage     *store.Usage
	ways      *store.Way               // where it leads on to
	pictures  map[string]store.Picture // of its figures, by the hash of the file
	refs      []journal.Reference      // with what was read of their printed texts
	prepared  *intext.List             // of refs, when it was asked for: see list
	cited     []store.CitedReference   // what these lead to; as many, or none
	citedBy   []store.Citing           // articles here that cite this one
}

// known is an article of this installation.
type known struct{ journalPath, slug, title string }

// readArticle reads all but the full texts: see readShown.
func (s *Site) readArticle(ctx context.Context, v *visit, slug string, n int, langs []string) (*reading, error) {
	pub, err := s.Store.PublishedArticle(ctx, v.journal.ID, slug)
	if err != nil {
		return nil, err
	}
	if pub.Withdrawn {
		return nil, &gone{pub: pub}
	}
	a := &reading{pub: pub, relatives: map[string]known{}}
	if n > 0 && n != pub.Version {
		if a.pub, err = s.Store.ArticleVersion(ctx, v.journal.ID, slug, n); err != nil {
			return nil, err
		}
	}
	if pub.Latest > 1 {
		if a.versions, err = s.Store.Versions(ctx, pub.ID); err != nil {
			return nil, err
		}
	}
	if a.pub.Issue != nil {
		if a.issue, err = s.Store.IssueArticles(ctx, a.pub.Issue.ID); err != nil {
			return nil, err
		}
	}
	if a.ways, err = s.Store.Ways(ctx, pub.ID); err != nil {
		return nil, err
	}
	if err := s.readCited(ctx, a); err != nil {
		return nil, err
	}
	if a.usage, err = s.Store.Usage(ctx, v.journal.ID, tally.OfArticle, pub.ID); err != nil {
		return nil, err
	}
	a.shown = documents(v, a.pub.Record.Documents, langs, a.pub.Record.Language)
	if err := s.readPictures(ctx, a); err != nil {
		return nil, err
	}
	return a, s.readRelatives(ctx, v, a)
}

func (s *Site) readPictures(ctx context.Context, a *reading) (err error) {
	var hashes []string
	for _, f := range a.pub.Record.Files {
		if f.Role == "figure" && f.SHA256 != "" {
			hashes = append(hashes, f.SHA256)
		}
	}
	if len(a.shown) > 0 && len(hashes) > 0 {
		a.pictures, err = s.Store.Pictures(ctx, 0, hashes...)
	}
	return err
}

// documentIn is the full text to show: in the language of the interface where
// there is one, else in the article's own.
func documentIn(refs []journal.DocumentRef, langs ...string) *journal.DocumentRef {
	for _, l := range langs {
		for i := range refs {
			if sameBase(refs[i].Lang, l) {
				return &refs[i]
			}
		}
	}
	if len(refs) > 0 {
		return &refs[0]
	}
	return nil
}

func sameBase(a, b string) bool {
	a, _, _ = strings.Cut(a, "-")
	b, _, _ = strings.Cut(b, "-")
	return a != "" && strings.EqualFold(a, b)
}

// readRelatives finds the related works that are articles here.
func (s *Site) readRelatives(ctx context.Context, v *visit, a *reading) error {
	var ids []store.Identity
	for _, rel := range a.pub.Record.Related {
		if rel.DOI != "" {
			ids = append(ids, store.Identity{Kind: "doi", Value: strings.ToLower(rel.DOI)})
		}
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := s.Store.KnownArticles(ctx, v.journal.ID, ids)
	for _, k := range list {
		a.relatives[k.Identity.Value] = known{journalPath: k.JournalPath, slug: k.Slug, title: k.Title}
	}
	return err
}

// newArticlePage is the page of a reading.
func (s *Site) newArticlePage(v *visit, a *reading) (*view.Article, error) {
	rec := &a.pub.Record
	p := &view.Article{Base: v.newBase("archive"), Type: rec.Type, Section: run(journal.In(rec.Section, v.lang)), Published: string(rec.Published),
		Version: a.pub.Version, Latest: a.pub.Latest, DOI: rec.DOI, Copyright: spoken(rec.Copyright, rec.Language), Licence: newLicence(rec.Licence)}
	if a.pub.Version != a.pub.Latest {
		p.NoIndex = true
	}
	p.Canonical = v.origin + v.at("/articles/"+a.pub.Slug)
	p.Pages, p.Number = pageRange(rec.Pages), articleNumber(rec.Pages)
	newTitles(p, a.pub)
	newPeople(p, rec, v.lang)
	if err := newAbstracts(p, v, a); err != nil {
		return nil, err
	}
	newWays(p, v, a.pub, a.ways)
	newFiles(p, v, a.pub)
	if err := newText(p, v, a); err != nil {
		return nil, err
	}
	newTruth(p, a)
	newFacts(p, v, a)
	if p.Usage = newUsage(a.usage, time.Now()); p.Usage != nil {
		p.Usage.CSV = v.plainAt("/articles/" + a.pub.Slug + "/usage.csv")
	}
	newNeighbours(p, v, a)
	newNotices(p, v, a)
	p.CiteURL = v.at("/articles/" + a.pub.Slug + "/cite")
	if slices.ContainsFunc(rec.References, marked) {
		p.ReferencesURL = v.at("/articles/" + a.pub.Slug + "/references")
	}
	if err := s.newCitations(p, v, a.pub); err != nil {
		return nil, err
	}
	for i := range forms {
		address := v.plainAt("/articles/" + a.pub.Slug + forms[i].ending)
		f := view.Format{Label: forms[i].label, Media: forms[i].media, URL: address}
		if !forms[i].of(a.pub, v.origin+v.plainAt("/articles/"+a.pub.Slug)) {
			continue
		}
		p.Alternates = append(p.Alternates, f)
		if !forms[i].listed {
			continue
		}
		if forms[i].whole {
			p.Files = append(p.Files, view.File{Label: f.Label, Media: f.Media, URL: f.URL, Text: true})
			continue
		}
		p.Formats = append(p.Formats, f)
	}
	return p, newMeta(p, v, a.pub)
}

func newTitles(p *view.Article, pub *journal.Publication) {
	rec := &pub.Record
	if len(rec.Titles) == 0 {
		return
	}
	p.Title = run(pub.Titled(rec.Titles[0]))
	own := rec.Titles[0].Lang
	sub := func(lang string) view.Run {
		for _, t := range rec.Subtitles {
			if t.Lang == lang {
				return run(t)
			}
		}
		return view.Run{}
	}
	p.Subtitle = sub(own)
	for _, t := range rec.Titles[1:] {
		p.Translated = append(p.Translated, view.Heading{Title: run(pub.Titled(t)), Subtitle: sub(t.Lang)})
	}
}

func newPeople(p *view.Article, rec *journal.Article, lang string) {
	at := authorAffiliations(p, rec)
	for _, c := range rec.Contributors {
		if len(c.Names) == 0 {
			continue
		}
		person := newPerson(&c)
		author := c.Role == "author" || c.Role == ""
		said := false
		for _, i := range c.Affiliations {
			if i < 0 || i >= len(rec.Affiliations) {
				continue
			}
			said = said || rec.Affiliations[i].Country != ""
			if author {
				person.Affiliations = append(person.Affiliations, at[i])
			} else {
				person.Places = append(person.Places, newAffiliation(&rec.Affiliations[i], rec.Language))
			}
		}
		if !said {
			person.Country = spoken(c.Country, rec.Language)
		}
		if author {
			p.Authors = append(p.Authors, person)
		} else {
			p.Others = append(p.Others, person)
		}
	}
}

// authorAffiliations sets the affiliations that stand under the title, those of
// the authors and those of nobody, and tells their places by their indexes in
// the record.
func authorAffiliations(p *view.Article, rec *journal.Article) map[int]int {
	others := map[int]bool{}
	for _, author := range []bool{false, true} {
		for _, c := range rec.Contributors {
			if (c.Role == "author" || c.Role == "") == author {
				for _, i := range c.Affiliations {
					others[i] = !author
				}
			}
		}
	}
	at := map[int]int{}
	for i := range rec.Affiliations {
		if !others[i] {
			at[i] = len(p.Affiliations)
			p.Affiliations = append(p.Affiliations, newAffiliation(&rec.Affiliations[i], rec.Language))
		}
	}
	return at
}

func newAffiliation(a *journal.Affiliation, lang string) view.Affiliation {
	return view.Affiliation{Name: run(journal.In(a.Names, lang)), Place: spoken(placeOf(*a), lang), ROR: a.ROR}
}

func newPerson(c *journal.Contributor) view.Person {
	person := view.Person{Role: c.Role, Position: c.Position, ORCID: c.ORCID, Degree: c.Degree, Corresponding: c.Corresponding, Credit: c.Credit, Bio: runs(c.Bio)}
	if c.Corresponding {
		person.Email = c.Email // an address is shown only where it was given for letters
	}
	for i, n := range c.Names {
		name := view.Plain(n.Lang, n.Literal)
		if i == 0 {
			person.Name = name
		} else if n.Literal != c.Names[0].Literal {
			person.Others = append(person.Others, name)
		}
	}
	return person
}

func placeOf(a journal.Affiliation) string {
	var parts []string
	for _, s := range []string{a.City, a.Country} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// newAbstracts sets the abstracts. What they cite leads to the list of references, as
// in the text.
func newAbstracts(p *view.Article, v *visit, a *reading) error {
	for _, abstract := range a.pub.Record.Abstracts {
		heading, body := ownHeading(abstract.Text)
		opt := render.Options{Lang: body.Lang, HeadingLevel: 3}
		if len(a.refs) > 0 && mayCite(&body) {
			linked := a.list().Link(&article.Document{Lang: body.Lang, Body: paragraphs(body)})
			body.Rich, opt.RefURL = linked.Body, renderOptions(v, a).RefURL
		}
		text, err := prose(body, opt)
		if err != nil {
			return err
		}
		p.Abstracts = append(p.Abstracts, view.Abstract{Run: text, Role: abstract.Role, Heading: heading})
		if p.Description == "" && abstract.Role == "" {
			p.Description = cut(abstract.Plain, 300)
		}
	}
	return nil
}

// mayCite: there are brackets, or something raised or linked. Most abstracts have
// nothing of these.
func mayCite(t *journal.Text) bool {
	found := strings.ContainsAny(t.Plain, "([（［〔⁰¹²³⁴⁵⁶⁷⁸⁹")
	article.Walk(t.Rich, func(n *article.Node) bool {
		found = found || n.Kind == article.Cross || n.Kind == article.Sup || n.Kind == article.Text && strings.ContainsAny(n.Text, "([（［〔⁰¹²³⁴⁵⁶⁷⁸⁹")
		return !found
	})
	return found
}

// list is the list of references, prepared for finding what cites it.
func (a *reading) list() *intext.List {
	if a.prepared == nil {
		a.prepared = intext.New(a.refs)
	}
	return a.prepared
}

// ownHeading takes the title off an abstract that has one of its own, such as
// "eLife digest": it stands in the place of the words of the interface.
func ownHeading(t journal.Text) (view.Run, journal.Text) {
	if len(t.Rich) < 2 || t.Rich[0].Kind != article.Title {
		return view.Run{}, t
	}
	heading := journal.Text{Lang: t.Lang, Rich: t.Rich[0].Kids}
	t.Rich = t.Rich[1:]
	return run(heading), t
}

func newFiles(p *view.Article, v *visit, pub *journal.Publication) {
	for _, f := range pub.Record.Files {
		if f.Role != "galley" && f.Role != "supplement" {
			continue
		}
		file := view.File{Label: f.Label, URL: v.plainAt("/articles/" + pub.Slug + "/files/" + pathEscape(f.Name)), Media: f.Media, Lang: f.Lang, Size: f.Size, Text: f.Role == "galley"}
		if f.SHA256 == "" {
			if file.URL, file.Elsewhere = safeURL(f.Address), true; file.URL == "" {
				continue
			}
		}
		if file.Label == "" {
			file.Label = fileLabel(f)
		}
		p.Files = append(p.Files, file)
	}
}

func fileLabel(f journal.File) string {
	switch f.Media {
	case "application/pdf":
		return "PDF"
	case "text/html":
		return "HTML"
	case "application/xml", "text/xml":
		return "XML"
	case "application/epub+zip":
		return "EPUB"
	}
	return f.Name
}

// newText sets the full text and the references.
func newText(p *view.Article, v *visit, a *reading) (err error) {
	rec := &a.pub.Record
	if a.drawn == nil {
		if a.drawn, err = drawTexts(a.texts, a.list(), renderOptions(v, a)); err != nil {
			return err
		}
	}
	d := a.drawn
	p.Body, p.Back, p.Notes, p.Rows, p.Contents, p.Math = d.body, d.back, d.notes, d.rows, d.contents, d.math
	p.TextLang, p.OtherLang, p.Extracted = d.lang, d.other, d.extracted
	p.Texts = textChoices(v, a)
	p.References = newReferences(a.refs, rec.Language, d.cited)
	newSources(p, v, a)
	return nil
}

// renderOptions are what the text of a reading does not say itself.
func renderOptions(v *visit, a *reading) render.Options {
	refs := a.refs
	anchors, byID := refAnchors(refs), map[string]int{}
	for i, id := range intext.IDs(refs) {
		byID[id] = i
	}
	asked := "" // where there are several texts, a figure is of the one shown
	if len(a.pub.Record.Documents) > 1 && len(a.shown) > 0 {
		asked = queryPart(textQuery([]string{a.shown[0].Lang}))
	}
	return render.Options{
		Lang: v.lang, HeadingLevel: 2, Words: words(v.lang),
		FileURL: func(name string) string { return fileURL(v, a.pub, name) },
		Image: func(name string) (render.Image, bool) {
			for _, f := range a.pub.Record.Files {
				if p, ok := a.pictures[f.SHA256]; ok && f.Name == name {
					return picture(&p, fileURL(v, a.pub, name)), true
				}
			}
			return render.Image{}, false
		},
		RefURL: func(id string) (string, string) {
			i, ok := byID[id]
			if !ok {
				return "", ""
			}
			return "#" + anchors[i], refName(v.lang, &refs[i])
		},
		PartURL: func(anchor string, csv bool) string {
			if csv {
				return v.plainAt("/articles/"+a.pub.Slug+"/figures/"+anchor+".csv") + asked
			}
			return v.at("/articles/"+a.pub.Slug+"/figures/"+anchor) + asked
		},
	}
}

func fileURL(v *visit, pub *journal.Publication, name string) string {
	for _, f := range pub.Record.Files {
		if f.Name == name && f.SHA256 != "" {
			return v.plainAt("/articles/" + pub.Slug + "/files/" + pathEscape(name))
		}
	}
	return ""
}

// newFacts are the status line and the furniture.
func newFacts(p *view.Article, v *visit, a *reading) {
	rec := &a.pub.Record
	if is := a.pub.Issue; is != nil {
		p.Issue = &view.Link{Text: view.Plain(v.lang, issueTitle(v.lang, is)), URL: v.at("/issues/" + is.Slug)}
	}
	for _, id := range rec.IDs {
		p.IDs = append(p.IDs, view.Fact{Label: id.Kind, Value: id.Value})
	}
	for _, s := range rec.Subjects {
		p.IDs = append(p.IDs, view.Fact{Label: s.Scheme, Value: s.Code})
	}
	for _, c := range a.pub.Counts {
		p.Counts = append(p.Counts, view.Count{Metric: c.Metric, Value: c.Value, Earlier: true, Source: c.Source, Since: string(c.Since), Until: string(c.Until)})
	}
	for _, f := range rec.Funding {
		text := f.Funder
		if len(f.Awards) > 0 {
			text += " (" + strings.Join(f.Awards, ", ") + ")"
		}
		p.Funding = append(p.Funding, spoken(text, rec.Language))
	}
	for _, h := range rec.History {
		p.History = append(p.History, view.Event{Name: h.Event, Date: string(h.Date)})
	}
	if rec.Published != "" && !slices.ContainsFunc(rec.History, func(w journal.When) bool { return w.Event == "published" }) {
		p.History = append(p.History, view.Event{Name: "published", Date: string(rec.Published)})
	}
	for _, ver := range a.versions {
		line := view.Version{Number: ver.Number, Date: day(ver.Created), Reason: view.Plain("en", ver.Reason), Current: ver.Number == a.pub.Version,
			URL: v.at(fmt.Sprintf("/articles/%s/v%d", a.pub.Slug, ver.Number))}
		if ver.Number > 1 {
			line.Compare = v.at(fmt.Sprintf("/articles/%s/compare?from=%d&to=%d", a.pub.Slug, ver.Number-1, ver.Number))
		}
		p.Versions = append(p.Versions, line)
	}
	p.Disputes = newDisputes(append(slices.Clone(rec.Disputes), v.journal.Disputes...))
}

func newDisputes(list []journal.Dispute) []view.Dispute {
	var out []view.Dispute
	for _, d := range list {
		out = append(out, view.Dispute{Field: d.Field, Says: d.Says, Taken: d.Taken, Why: view.Plain("en", d.Why)})
	}
	return out
}

func day(at string) string { return at[:min(len(at), 10)] }

func newNeighbours(p *view.Article, v *visit, a *reading) {
	i := slices.IndexFunc(a.issue, func(l store.Line) bool { return l.ID == a.pub.ID })
	if i < 0 {
		return
	}
	link := func(l *store.Line) *view.Link {
		return &view.Link{Text: run(journal.In(l.Titles, "")), URL: v.at("/articles/" + l.Slug)}
	}
	if i > 0 {
		p.Previous = link(&a.issue[i-1])
	}
	if i+1 < len(a.issue) {
		p.Next = link(&a.issue[i+1])
	}
}

func issueTitle(lang string, is *journal.Issue) string {
	title := view.IssueTitle(lang, is.Volume, is.Number, year(is.Year))
	if t := journal.In(is.Titles, lang); t.Plain != "" {
		title += locale.For(lang).T("mark.colon") + t.Plain
	}
	return title
}

// words are the words of the interface that stand inside a full text.
func words(lang string) map[string]string {
	l := locale.For(lang)
	out := make(map[string]string, len(render.English))
	for key := range render.English {
		if word, ok := l.Word("render", key); ok {
			out[key] = word
		}
	}
	return out
}

func safeHTML(s string) template.HTML { return template.HTML(s) }
