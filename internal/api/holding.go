package api

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/format/kbart"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/site"
	"offprint/internal/store"
)

// holdingRoutes are for libraries and archives: what there is to hold, and the
// permission to keep it.
func (f *Face) holdingRoutes() []site.Route {
	routes := []site.Route{
		{Method: "GET", Pattern: "/kbart.tsv", Name: "kbart", In: site.Everywhere, Answer: f.kbart},
		{Method: "GET", Pattern: "/archive.zip", Name: "archive", In: site.InJournal, Answer: f.archive},
		{Method: "GET", Pattern: "/llms.txt", Name: "llms", In: site.Everywhere, Answer: f.llms},
	}
	for i := range permissions {
		p := &permissions[i]
		routes = append(routes,
			site.Route{Method: "GET", Pattern: "/" + p.path + "/", Name: p.path, In: site.InJournal, Answer: func(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
				return f.manifest(a, w, r, p, 0)
			}},
			site.Route{Method: "GET", Pattern: "/" + p.path + "/{year}", Name: p.path, In: site.InJournal, Answer: func(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
				year, err := strconv.Atoi(a.Params["year"])
				if err != nil || year < 1 {
					return errs.Newf(errs.NotFound, "there is no such year")
				}
				return f.manifest(a, w, r, p, year)
			}})
	}
	return routes
}

// kbart lists the holdings (NISO RP-9-2014).
func (f *Face) kbart(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	journals, err := f.journals(a, r)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	body := httpx.Stream(w, r, kbart.Media)
	out := kbart.NewWriter(body)
	for i := range journals {
		j := &journals[i]
		issues, err := f.Store.Issues(r.Context(), j.ID) // the newest first
		if err != nil {
			return err
		}
		var first *journal.Issue
		for k := range issues {
			if issues[k].Articles > 0 {
				first = &issues[k].Issue
			}
		}
		if err := out.Title(j, first, f.home(j)+"/"); err != nil {
			return err
		}
	}
	return body.Close()
}

// permission is the statement that an archive looks for on a manifest page. Its
// words are the archive's own and may not be changed.
type permission struct{ path, Name, Statement string }

var permissions = []permission{
	{"lockss", "LOCKSS", "LOCKSS system has permission to collect, preserve, and serve this open access Archival Unit"},
	{"clockss", "CLOCKSS", "CLOCKSS system has permission to ingest, preserve, and serve this Archival Unit"},
}

// manifest is the page from which an archive begins: with year 0 the years of the
// journal, else the issues and articles of a year, which is one archival unit.
func (f *Face) manifest(a *site.Ask, w http.ResponseWriter, r *http.Request, p *permission, year int) error {
	page := manifestPage{Permission: p, Journal: a.Journal.Title(a.Journal.Language()).Plain, ISSN: a.Journal.ISSN(), Lang: a.Journal.Language(), Year: year}
	if a.Journal.Licence != nil {
		page.Licence = a.Journal.Licence.URL
	}
	var err error
	if year == 0 {
		err = f.years(a, r, p, &page)
	} else {
		err = f.units(a, r, &page)
	}
	if err != nil {
		return err
	}
	if year > 0 && len(page.Links) == 0 {
		return errs.Newf(errs.NotFound, "nothing was published in %d", year)
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	body := httpx.Stream(w, r, "text/html; charset=utf-8")
	return errors.Join(manifestTemplate.Execute(body, &page), body.Close())
}

// years lists the archival units: the years of issues, and those in which articles
// were published outside issues.
func (f *Face) years(a *site.Ask, r *http.Request, p *permission, page *manifestPage) error {
	issues, err := f.Store.Issues(r.Context(), a.Journal.ID)
	if err != nil {
		return err
	}
	outside, err := f.Store.OutsideYears(r.Context(), a.Journal.ID)
	if err != nil {
		return err
	}
	var years []int
	for i := range issues {
		years = append(years, issues[i].Year)
	}
	for _, y := range outside {
		years = append(years, y.Year)
	}
	slices.Sort(years)
	for _, year := range slices.Backward(slices.Compact(years)) {
		if year > 0 {
			page.Links = append(page.Links, manifestLink{a.At("/" + p.path + "/" + strconv.Itoa(year)), strconv.Itoa(year)})
		}
	}
	return nil
}

// outsideAtOnce is how many articles outside issues are read at a time.
const outsideAtOnce = 200

// units lists what belongs to a year: its issues with their articles, and the
// articles outside issues.
func (f *Face) units(a *site.Ask, r *http.Request, page *manifestPage) error {
	issues, err := f.Store.Issues(r.Context(), a.Journal.ID)
	if err != nil {
		return err
	}
	for i := range issues {
		is := &issues[i]
		if is.Year != page.Year {
			continue
		}
		page.Links = append(page.Links, manifestLink{a.At("/issues/" + is.Slug), strings.TrimSpace(strings.Join([]string{is.Volume, is.Number, strconv.Itoa(is.Year)}, " "))})
		lines, err := f.Store.IssueArticles(r.Context(), is.ID)
		if err != nil {
			return err
		}
		if err := f.unit(r, lines, page); err != nil {
			return err
		}
	}
	for offset := 0; ; offset += outsideAtOnce {
		lines, err := f.Store.OutsideArticles(r.Context(), a.Journal.ID, page.Year, outsideAtOnce, offset)
		if err != nil || len(lines) == 0 {
			return err
		}
		if err := f.unit(r, lines, page); err != nil {
			return err
		}
	}
}

// unit lists articles with their files.
func (f *Face) unit(r *http.Request, lines []store.Line, page *manifestPage) error {
	list, err := f.inOrder(r.Context(), lines)
	if err != nil {
		return err
	}
	for i := range list {
		address, title := f.article(&list[i]), list[i].Heading().Plain
		page.Links = append(page.Links, manifestLink{address, title}, manifestLink{address + ".xml", title + " (XML)"})
		for k := range list[i].Record.Files {
			if file := &list[i].Record.Files[k]; file.SHA256 != "" && file.Role != "source" {
				page.Links = append(page.Links, manifestLink{address + "/files/" + url.PathEscape(file.Name), file.Name})
			}
		}
	}
	return nil
}

type manifestLink struct{ URL, Text string }

type manifestPage struct {
	Permission                   *permission
	Journal, ISSN, Lang, Licence string
	Year                         int
	Links                        []manifestLink
}

var manifestTemplate = template.Must(template.New("manifest").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{.Permission.Name}} manifest: {{.Journal}}{{with .Year}}, {{.}}{{end}}</title><meta name="robots" content="noindex"></head>
<body>
<h1>{{.Permission.Name}} manifest</h1>
<p><span lang="{{.Lang}}">{{.Journal}}</span>{{with .ISSN}}, ISSN {{.}}{{end}}{{with .Year}}, {{.}}{{end}}</p>
<ul>
{{range .Links}}<li><a href="{{.URL}}">{{.Text}}</a></li>
{{end}}</ul>
{{with .Licence}}<p>Licence: <a rel="license" href="{{.}}">{{.}}</a></p>
{{end}}<p>{{.Permission.Statement}}</p>
</body>
</html>
`))
