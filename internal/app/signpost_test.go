package app

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var typedLink = regexp.MustCompile(`<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?`)

func TestSignpostsOfAnArticleAllLeadSomewhere(t *testing.T) {
	in := demoSite(t)
	for _, path := range in.articles() {
		links := typedLink.FindAllStringSubmatch(in.get(path).Header.Get("Link"), -1)
		rels := map[string]int{}
		linkset := ""
		for _, l := range links {
			target, rel, media := l[1], l[2], l[3]
			rels[rel]++
			at, own := strings.CutPrefix(target, in.server.URL)
			if !own {
				continue
			}
			g := in.get(at)
			if got, _, _ := strings.Cut(g.Header.Get("Content-Type"), ";"); g.Status != 200 || got != media {
				t.Errorf("%s: rel %s leads to %s: %d %q, want %q", path, rel, at, g.Status, got, media)
			}
			back := map[string]string{"item": "collection", "describedby": "describes"}[rel]
			if want := "<" + in.server.URL + path + `>; rel="` + back + `"`; back != "" && !strings.Contains(g.Header.Get("Link"), want) {
				t.Errorf("%s: %s leads back by %q, want %s", path, at, g.Header.Get("Link"), want)
			}
			if rel == "linkset" {
				linkset = g.Body
			}
		}
		if rels["type"] != 2 || rels["describedby"] < 3 || rels["item"] < 1 || rels["linkset"] != 1 || rels["license"] != 1 {
			t.Errorf("%s: links %v", path, rels)
		}
		var set struct {
			Linkset []map[string]any
		}
		if err := json.Unmarshal([]byte(linkset), &set); err != nil || len(set.Linkset) < 2 || set.Linkset[0]["anchor"] != in.server.URL+path {
			t.Errorf("%s: linkset %v, %.200s", path, err, linkset)
		}
	}
}

// articles are the addresses of all articles of the demonstration.
func (in *installation) articles() (paths []string) {
	in.t.Helper()
	list, err := in.Store.ArticlesAfter(in.t.Context(), "", "", 100)
	if err != nil {
		in.t.Fatal(err)
	}
	for _, p := range list {
		paths = append(paths, "/"+p.Journal.Path+"/articles/"+p.Slug)
	}
	return paths
}

func TestArticleAnswersInTheFormThatIsAskedFor(t *testing.T) {
	in := demoSite(t)
	paths := in.articles()
	path := paths[slices.IndexFunc(paths, func(p string) bool {
		return in.get(p+".crossref.xml").Status == 200
	})]
	for accept, want := range map[string]string{
		"":                         "text/html",
		"text/html":                "text/html",
		"application/vnd.jats+xml": "application/xml",
		"application/ld+json":      "application/ld+json",
		"application/vnd.citationstyles.csl+json": "application/vnd.citationstyles.csl+json",
		"application/x-bibtex":                    "application/x-bibtex",
		"application/x-research-info-systems":     "application/x-research-info-systems",
		"application/vnd.crossref.unixref+xml":    "application/vnd.crossref.deposit+xml",
		"application/vnd.datacite.datacite+xml":   "application/vnd.datacite.datacite+xml",
		"text/plain":                              "text/plain",
	} {
		g := in.get(path, "Accept", accept)
		if got, _, _ := strings.Cut(g.Header.Get("Content-Type"), ";"); g.Status != 200 || got != want || !strings.Contains(g.Header.Get("Vary"), "Accept") {
			t.Errorf("Accept %q: %d %q, Vary %q; want %q", accept, g.Status, got, g.Header.Get("Vary"), want)
		}
	}
	if g := in.get(path, "Accept", "image/png"); g.Status != 406 {
		t.Errorf("Accept image/png: %d", g.Status)
	}
	list, err := in.Store.ArticlesAfter(t.Context(), "", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		path := "/demo/articles/" + list[i].Slug
		want := map[bool]int{true: 302, false: 404}[list[i].Record.PDF(path) != ""]
		if g := in.get(path + ".pdf"); g.Status != want {
			t.Errorf("%s.pdf: %d, want %d", path, g.Status, want)
		}
	}
	if g := in.get(path + ".txt"); !strings.Contains(g.Body, in.server.URL+path) || strings.Contains(g.Body, "<p") {
		t.Errorf(".txt: %.300s", g.Body)
	}
}
