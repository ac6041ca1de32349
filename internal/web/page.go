package web

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"

	"offprint/internal/article"
	"offprint/internal/format/feed"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/render"
	"offprint/internal/view"
)

// draw answers with a page from the cache, or made now. make returns the page
// and the tags of what it shows.
func (s *Site) draw(v *visit, w http.ResponseWriter, r *http.Request, query string, make func(context.Context) (view.Page, []string, error)) error {
	return s.Cache.Serve(w, r, v.key(r, query), func(ctx context.Context) (*httpx.Page, error) {
		p, tags, err := make(ctx)
		if err != nil {
			return nil, err
		}
		return s.drawn(v, p, append(tags, tagInstallationOf(v)), []string{"Cookie"}, "")
	})
}

// quick answers with a page that is in memory, before anything else is made for
// the request: nearly every request ends here.
func (s *Site) quick(w http.ResponseWriter, r *http.Request) string {
	if r.URL.RawQuery != "" || !wantsPage(r.Header["Accept"]) {
		return ""
	}
	v, _ := s.understand(r)
	return s.Cache.Hit(w, r, v.key(r, ""))
}

// wantsPage: nothing else than the page can be meant, as with every browser;
// other wishes are weighed by negotiated.
func wantsPage(accept []string) bool {
	return len(accept) == 0 || len(accept) == 1 && (accept[0] == "*/*" || strings.HasPrefix(accept[0], "text/html,"))
}

func (s *Site) drawn(v *visit, p view.Page, tags, vary []string, link string) (*httpx.Page, error) {
	var b bytes.Buffer
	if err := s.View.Render(&b, p); err != nil {
		return nil, err
	}
	page := &httpx.Page{Type: "text/html; charset=utf-8", Body: b.Bytes(), Tags: tags, Vary: vary, Link: link, Language: v.lang}
	if v.subject != nil {
		page.Subject = v.subject
	}
	return page, nil
}

// tagInstallationOf is the tag that every page has: the settings of its
// journal, or the installation.
func tagInstallationOf(v *visit) string {
	if v.journal != nil {
		return tagJournal(v.journal.ID)
	}
	return tagInstallation
}

// newBase is what every page of a visit has.
func (v *visit) newBase(here string) view.Base {
	b := view.Base{
		Lang: v.lang, Theme: v.theme, ThemeAction: v.at("/preferences"), Self: v.at(v.rest), Canonical: v.origin + v.at(v.rest), Here: here,
		Accessibility: v.at("/" + journal.Accessibility),
		Site:          view.Site{URL: "/", SearchURL: "/search", Single: len(v.site.directory.Load().list) == 1},
	}
	if v.lang != "en" {
		b.Site.URL, b.Site.SearchURL = "/"+v.lang+"/", "/"+v.lang+"/search"
	}
	b.Describes = v.described()
	for _, lang := range locale.Supported() {
		b.Languages = append(b.Languages, view.Alternate{Lang: lang, URL: v.in(lang, v.rest), Absolute: v.origin + v.in(lang, v.rest)})
	}
	b.DefaultLanguage = v.origin + v.in(v.plain, v.rest)
	if v.journal != nil {
		b.Journal = v.newJournal(v.journal)
		b.Accessibility = v.at("/about/" + journal.Accessibility)
	}
	return b
}

// feeds are the feeds of what stands below an address of the journal or of the
// installation, "" for all of it.
func (v *visit) feeds(below string) []view.Format {
	var out []view.Format
	for _, f := range [...][3]string{{"atom", feed.AtomMedia, "Atom"}, {"rss", feed.RSSMedia, "RSS"}, {"json", feed.JSONMedia, "JSON Feed"}} {
		out = append(out, view.Format{Label: f[2], Media: f[1], URL: v.plainAt(below + "/feed." + f[0])})
	}
	return out
}

func (v *visit) newJournal(j *journal.Journal) *view.Journal {
	d := v.site.directory.Load()
	vj := &view.Journal{
		Title: run(j.Title(v.lang)), URL: v.at("/"), Archive: v.at("/issues/"), About: v.at("/about/"), Search: v.at("/search"),
		Authors: v.at("/authors/"), Keywords: v.at("/keywords/"), Sections: v.at("/sections/"), Sources: v.at("/sources/"),
		ISSNPrint: j.ISSNPrint, ISSNOnline: j.ISSNOnline, Publisher: run(journal.In(j.Publisher, v.lang)), Licence: newLicence(j.Licence),
		Logo: lookImage(j, "logo", v.lang), Style: d.styles[j.ID], OwnFonts: j.Look != nil && (j.Look.Serif != "" || j.Look.Sans != ""),
	}
	vj.Pages, vj.Menu = v.newMenu(d.pages[j.ID])
	if len(d.news[j.ID]) > 0 {
		vj.News = v.at("/news/")
	}
	return vj
}

func newLicence(l *journal.Licence) *view.Licence {
	if l == nil {
		return nil
	}
	name, text := l.Name(), l.Text
	if name == text {
		text = ""
	}
	return &view.Licence{Name: name, URL: safeURL(l.URL), Text: view.Plain("", text), Derived: l.Derived}
}

// safeURL is the address if a link may lead there.
func safeURL(s string) string {
	low := strings.ToLower(s)
	if strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "http://") {
		return s
	}
	return ""
}

// run is a text of one line, with its markup.
func run(t journal.Text) view.Run {
	if len(t.Rich) == 0 {
		return view.Plain(t.Lang, t.Plain)
	}
	return view.Run{Lang: t.Lang, HTML: render.Inline(t.Rich, render.Options{Lang: t.Lang})}
}

func runs(texts []journal.Text) []view.Run {
	out := make([]view.Run, len(texts))
	for i, t := range texts {
		out[i] = run(t)
	}
	return out
}

// prose is a text of one or more paragraphs.
func prose(t journal.Text, opt render.Options) (view.Run, error) {
	var b bytes.Buffer
	err := render.HTML(&b, paragraphs(t), opt)
	return view.Run{Lang: t.Lang, HTML: safeHTML(b.String())}, err
}

// paragraphs are the nodes of a text as blocks.
func paragraphs(t journal.Text) []article.Node {
	nodes := t.Nodes()
	if len(nodes) > 0 && !nodes[0].Kind.IsBlock() {
		nodes = []article.Node{{Kind: article.Paragraph, Kids: nodes}}
	}
	return nodes
}

func year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// cut is the beginning of a text for a description, at a word's end.
func cut(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	s = string(r[:most])
	if i := strings.LastIndexByte(s, ' '); i > most/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,.;:–—-") + "…"
}
