package web

import (
	"bytes"
	"encoding/xml"
	"net/http"

	"offprint/internal/format/feed"
	"offprint/internal/locale"
	"offprint/internal/view"
)

const openSearchMedia = "application/opensearchdescription+xml"

// An OpenSearch description document (OpenSearch 1.1, draft 6).
type (
	openSearch struct {
		XMLName        xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName      string          `xml:"ShortName"`
		LongName       string          `xml:"LongName,omitempty"`
		Description    string          `xml:"Description"`
		URLs           []openSearchURL `xml:"Url"`
		Language       string          `xml:"Language"`
		InputEncoding  string          `xml:"InputEncoding"`
		OutputEncoding string          `xml:"OutputEncoding"`
	}
	openSearchURL struct {
		Type     string `xml:"type,attr"`
		Rel      string `xml:"rel,attr,omitempty"`
		Template string `xml:"template,attr"`
	}
)

// openSearch describes the search to browsers, which offer it then beside their
// own.
func (s *Site) openSearch(v *visit, w http.ResponseWriter, _ *http.Request) error {
	l := locale.For(v.lang)
	name, description := "Offprint", l.T("search.in-all")
	if v.journal != nil {
		name, description = v.journal.Title(v.lang).Plain, l.T("search.in-journal")
	}
	d := openSearch{ShortName: cut(name, 16), LongName: cut(name, 48), Description: description, Language: v.lang, InputEncoding: "UTF-8", OutputEncoding: "UTF-8"}
	for _, u := range []openSearchURL{
		{"text/html", "results", "/search?q={searchTerms}"}, {feed.AtomMedia, "", "/search.atom?q={searchTerms}"}, {"application/json", "", "/search.json?q={searchTerms}"},
		{suggestMedia, "suggestions", "/suggest.json?q={searchTerms}"}, {openSearchMedia, "self", "/opensearch.xml"},
	} {
		u.Template = v.origin + v.at(u.Template)
		d.URLs = append(d.URLs, u)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(d); err != nil {
		return err
	}
	w.Header()["Content-Type"] = []string{openSearchMedia + "; charset=utf-8"}
	w.Header()["Cache-Control"] = []string{"public, max-age=86400"}
	_, err := w.Write(append(b.Bytes(), '\n'))
	return err
}

// described names the description in the head of a page.
func (v *visit) described() *view.Format {
	label := "Offprint"
	if v.journal != nil {
		label = v.journal.Title(v.lang).Plain
	}
	return &view.Format{Label: label, Media: openSearchMedia, URL: v.at("/opensearch.xml")}
}
