// Package cff writes articles as Citation File Format 1.2.0 (CITATION.cff): YAML that a
// repository of code or data keeps to say how it is to be cited.
//
//	cff.Encode(publication, "https://example.org/rjr/articles/panov-2020")
//	// cff-version: "1.2.0"
//	// preferred-citation:
//	//   type: article
//
// The format is one of software and data, whose file the reader completes; the article is
// its preferred citation. Strings are quoted as in JSON, which is YAML.
package cff

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Media is the media type of what Encode writes.
const Media = "application/yaml"

// Encode writes the article. One without authors is by its journal, since the format
// demands one.
func Encode(p *journal.Publication, address string) []byte {
	w := &writer{}
	rec := &p.Record
	title := or(script.Line(p.Heading().Plain), p.Slug)
	w.say("", "cff-version", "1.2.0")
	w.say("", "message", "If you use this work, please cite the article below.")
	w.say("", "title", title)
	w.authors("", p)
	w.b.WriteString("preferred-citation:\n")
	const in = "  "
	w.b.WriteString(in + "type: article\n")
	w.say(in, "title", title)
	w.authors(in, p)
	w.say(in, "journal", p.Journal.Title(rec.Language).Plain)
	if is := p.Place(); is != nil {
		w.say(in, "volume", is.Volume)
		w.say(in, "issue", is.Number)
		w.say(in, "issue-title", journal.In(is.Titles, rec.Language).Plain)
	}
	first := rec.Pages.First
	if first == "" {
		first = rec.Pages.Article
	}
	w.say(in, "start", first)
	w.say(in, "end", rec.Pages.Last)
	if y, m, _ := p.Issued().Valid().Parts(); y > 0 {
		fmt.Fprintf(&w.b, "%syear: %d\n", in, y)
		if m > 0 {
			fmt.Fprintf(&w.b, "%smonth: %d\n", in, m)
		}
	}
	if d := rec.Published.Exact(); d != "" {
		w.say(in, "date-published", d)
	}
	if doi, ok := pid.DOI(rec.DOI); ok && doiForm.MatchString(doi) {
		w.say(in, "doi", doi)
	}
	w.say(in, "url", address)
	w.say(in, "issn", p.Journal.ISSN())
	if publisher := script.Line(journal.In(p.Journal.Publisher, rec.Language).Plain); publisher != "" {
		w.b.WriteString(in + "publisher:\n")
		w.say(in+"  ", "name", publisher)
	}
	if lang := locale.Alpha3(rec.Language); lang != "" {
		w.b.WriteString(in + "languages:\n")
		w.item(in, lang)
	}
	if rec.Licence != nil && (strings.HasPrefix(rec.Licence.SPDX, "CC-BY") || rec.Licence.SPDX == "CC0-1.0") {
		w.say(in, "license", rec.Licence.SPDX)
	}
	w.words(in, rec)
	w.say(in, "abstract", rec.AbstractIn(rec.Language).Plain)
	return []byte(w.b.String())
}

// doiForm is that of the format's schema.
var doiForm = regexp.MustCompile(`^10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+$`)

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

type writer struct{ b strings.Builder }

// quoted is a string as JSON, without the escapes of HTML.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // of a string it cannot fail
	// YAML has these as line breaks or not at all.
	return strings.NewReplacer("\uFEFF", `\ufeff`, "\u0085", `\u0085`, "\uFFFE", "\uFFFD", "\uFFFF", "\uFFFD").Replace(strings.TrimSpace(b.String()))
}

func (w *writer) say(indent, key, value string) {
	if value = script.Line(value); value != "" {
		w.b.WriteString(indent + key + ": " + quoted(value) + "\n")
	}
}

func (w *writer) item(indent, value string) {
	w.b.WriteString(indent + "  - " + quoted(value) + "\n")
}

func (w *writer) words(indent string, rec *journal.Article) {
	var words []string
	seen := map[string]bool{}
	for _, s := range rec.KeywordsIn(rec.Language) {
		if s = script.Line(s); s != "" && !seen[s] {
			seen[s] = true
			words = append(words, s)
		}
	}
	if len(words) == 0 {
		return
	}
	w.b.WriteString(indent + "keywords:\n")
	for _, s := range words {
		w.item(indent, s)
	}
}

func (w *writer) authors(indent string, p *journal.Publication) {
	rec := &p.Record
	w.b.WriteString(indent + "authors:\n")
	n := 0
	for _, c := range rec.By("author") {
		name := c.NameIn(rec.Language)
		if script.Line(name.Shown()) == "" {
			continue
		}
		n++
		dash := indent + "  - "
		key := func(k, v string) {
			if v = script.Line(v); v != "" {
				w.b.WriteString(dash + k + ": " + quoted(v) + "\n")
				dash = indent + "    "
			}
		}
		if c.Collective {
			key("name", name.Shown())
			continue
		}
		if script.Line(name.Family) == "" {
			key("alias", name.Shown())
		}
		key("family-names", name.Family)
		key("given-names", name.Given)
		key("name-suffix", name.Suffix)
		if orcid, ok := pid.ORCID(c.ORCID); ok {
			key("orcid", "https://orcid.org/"+orcid)
		}
		key("affiliation", strings.Join(rec.AffiliationsPrinted(&c, rec.Language), "; "))
	}
	if n == 0 {
		w.b.WriteString(indent + "  - name: " + quoted(or(script.Line(p.Journal.Title(rec.Language).Plain), p.Journal.Path)) + "\n")
	}
}
