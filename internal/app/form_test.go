package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// recordForms are the forms of a record by the ending of their address.
var recordForms = map[string]struct{ media, begins string }{
	".csl.json": {"application/vnd.citationstyles.csl+json", ""},
	".bib":      {"application/x-bibtex", "@article{"},
	".ris":      {"application/x-research-info-systems", "TY  - JOUR"},
}

func TestRecordIsTheSameByItsAddressAndByAccept(t *testing.T) {
	in := demoSite(t)
	path := "/demo/articles/" + slugOf(t, in, "10.5555/", "river")
	for ending, form := range recordForms {
		by := in.get(path + ending)
		asked := in.get(path, "Accept", form.media)
		for _, g := range []struct {
			name, body, kind, vary string
			status                 int
		}{{"by address", by.Body, by.Header.Get("Content-Type"), by.Header.Get("Vary"), by.Status}, {"by Accept", asked.Body, asked.Header.Get("Content-Type"), asked.Header.Get("Vary"), asked.Status}} {
			if g.status != http.StatusOK || !strings.HasPrefix(g.kind, form.media) || !strings.HasPrefix(g.body, form.begins) || !strings.Contains(g.body, "10.5555/") {
				t.Errorf("%s %s: %d %s %.80q", ending, g.name, g.status, g.kind, g.body)
			}
			if !strings.Contains(g.vary, "Accept") {
				t.Errorf("%s %s: Vary is %q", ending, g.name, g.vary)
			}
		}
		if by.Body != asked.Body {
			t.Errorf("%s is another record by Accept", ending)
		}
		if link := by.Header.Get("Link"); !strings.Contains(link, in.server.URL+path) || !strings.Contains(link, `rel="describes"`) {
			t.Errorf("%s: Link is %q", ending, link)
		}
		if page := in.page(path); !strings.Contains(page.Header.Get("Link"), path+ending+`>; rel="describedby"; type="`+form.media) {
			t.Errorf("the page's Link lacks %s: %s", ending, page.Header.Get("Link"))
		}
	}
	var items []struct{ DOI, Title string }
	body := in.get(path + ".csl.json").Body
	if err := json.Unmarshal([]byte(body), &items); err != nil {
		var one struct{ DOI, Title string }
		if err := json.Unmarshal([]byte(body), &one); err != nil || one.DOI == "" {
			t.Errorf("the CSL-JSON cannot be read: %v", err)
		}
	}
}

func TestAcceptOfBrowsersAndProgramsIsUnderstood(t *testing.T) {
	in := demoSite(t)
	path := "/demo/articles/" + slugOf(t, in, "10.5555/", "river")
	for accept, want := range map[string]string{
		"": "text/html",
		"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8": "text/html",
		"*/*": "text/html",
		"application/vnd.citationstyles.csl+json, text/html;q=0.5":                "application/vnd.citationstyles.csl+json",
		"application/x-bibtex;q=0.2, application/vnd.citationstyles.csl+json;q=0": "application/x-bibtex",
		"application/x-research-info-systems":                                     "application/x-research-info-systems",
		"text/*;q=0.1, application/x-bibtex;q=0.9":                                "application/x-bibtex",
	} {
		if g := in.get(path, "Accept", accept); g.Status != http.StatusOK || !strings.HasPrefix(g.Header.Get("Content-Type"), want) {
			t.Errorf("Accept %q: %d %s, want %s", accept, g.Status, g.Header.Get("Content-Type"), want)
		}
	}
	g := in.get(path, "Accept", "image/png")
	if g.Status != http.StatusNotAcceptable || !g.HTML() || !strings.Contains(text(g, "h1"), "Not in this form") {
		t.Errorf("Accept image/png: %d %q, want 406 with its page", g.Status, text(g, "h1"))
	}
}
