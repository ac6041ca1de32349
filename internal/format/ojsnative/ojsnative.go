// Package ojsnative writes issues and articles as the native XML of Open Journal Systems,
// which its import takes: in the dialects of OJS 3.3, 3.4 and 3.5 (native.xsd and
// pkp-native.xsd of each).
//
//	d := ojsnative.NewIssue(w, ojsnative.V35, &journal, &issue, sections)
//	err := d.Add(publication, files, "https://example.org/rjr/articles/panov-2020")
//	err = d.Close()
//
// Terms: a locale is a language as OJS names it ("ru_RU" in 3.3, "ru" in 3.5); a section
// is named by its abbreviation; a genre is the kind of a file by its name in the journal
// there; a galley is a form of the article with its files. Numbers of things are those of
// the document, which OJS replaces by its own.
//
// The journal there must have the sections' languages and the genre "Article Text" and the
// role "Author", by these names; reviews, decisions and users are not written.
package ojsnative

import (
	"io"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// Dialect is the form of a version of OJS.
type Dialect int

// The dialects.
const (
	V33 Dialect = iota
	V34
	V35
)

// Locale is a language as OJS names it.
func (d Dialect) Locale(tag string) string {
	t, err := language.Parse(tag)
	base, _, _ := t.Raw()
	code := base.String()
	if err != nil || len(code) < 2 || code == "und" {
		return d.Locale("en")
	}
	region, _ := t.Region()
	if d == V33 {
		if len(code) != 2 || !region.IsCountry() { // for which 3.3 has no locale
			return d.Locale("en")
		}
		return code + "_" + region.String()
	}
	switch code {
	case "pt":
		if region.String() == "BR" {
			return "pt_BR"
		}
		return "pt_PT"
	case "zh":
		s, _ := t.Script()
		return chinese[[2]bool{d == V34, s.String() == "Hant"}]
	}
	return code
}

// chinese are the locales of Chinese, before 3.5 or since, and in which characters.
var chinese = map[[2]bool]string{{true, true}: "zh_TW", {true, false}: "zh_CN", {false, true}: "zh_Hant", {false, false}: "zh_Hans"}

// File is a file of an article.
type File struct {
	Name, Label, Media, Lang string
	Size                     int64
	// Galley: it is a form of the article itself; otherwise it comes with it.
	Galley bool
	// Open gives the content.
	Open func() (io.ReadCloser, error)
	// Address is where the file is kept elsewhere, without Open then.
	Address string
}

// Section is a heading of an issue.
type Section struct{ Titles []journal.Text }

// Ref is the abbreviation of a section: the first letters of its title's words, "ART"
// for articles without a heading.
func (s Section) Ref() string {
	title := script.Latin(script.Line(journal.In(s.Titles, "en").Plain))
	var b strings.Builder
	for _, word := range strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		b.WriteString(strings.ToUpper(word[:min(len(word), 3)]))
	}
	if ref := b.String(); ref != "" {
		return ref[:min(len(ref), 12)]
	}
	return "ART"
}

// Document is a document that is being written.
type Document struct {
	stream  *xmltree.Stream
	dialect Dialect
	journal *journal.Journal
	section string // of articles without a heading
	inIssue bool
	next    map[string]int // numbers that were given
	seq     int
}

func named(e *xmltree.Element) *xmltree.Element {
	return e.Set("xmlns", "http://pkp.sfu.ca").Set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").Set("xsi:schemaLocation", "http://pkp.sfu.ca native.xsd")
}

func newDocument(d Dialect, j *journal.Journal) *Document {
	section := j.Registered().OJSSection
	if section == "" {
		section = "ART"
	}
	return &Document{dialect: d, journal: j, section: section, next: map[string]int{}}
}

// NewIssue begins an issue with its sections, which are those of its articles.
func NewIssue(w io.Writer, d Dialect, j *journal.Journal, is *journal.Issue, sections []Section) *Document {
	doc := newDocument(d, j)
	doc.inIssue = true
	root := named(xmltree.New("issue")).Set("published", "1").Set("current", "0").Set("access_status", "1").Set("url_path", is.Slug)
	root.Add(xmltree.Say("id", strconv.Itoa(doc.number("issue"))).Set("type", "internal").Set("advice", "ignore"))
	root.Add(doc.identification(is), xmltree.Say("date_published", day(is.Published)), doc.sections(sections))
	doc.stream = xmltree.NewStream(w, root, xmltree.New("articles"))
	return doc
}

// NewArticles begins a document of articles outside issues, or of some whose issue is
// there already.
func NewArticles(w io.Writer, d Dialect, j *journal.Journal) *Document {
	doc := newDocument(d, j)
	doc.stream = xmltree.NewStream(w, named(xmltree.New("articles")))
	return doc
}

// Close ends the document.
func (d *Document) Close() error { return d.stream.Close() }

// number gives the next number of a kind of thing.
func (d *Document) number(kind string) int {
	d.next[kind]++
	return d.next[kind]
}

// day is a date of the schema, which takes days only; one that is not so exact begins.
func day(date journal.Date) string {
	switch v := date.Valid(); len(v) {
	case 4:
		return string(v) + "-01-01"
	case 7:
		return string(v) + "-01"
	default:
		return string(v)
	}
}

func (d *Document) say(name string, t journal.Text) *xmltree.Element {
	return xmltree.Say(name, script.Line(t.Plain)).Set("locale", d.Locale(t.Lang))
}

// Locale is a language in the dialect; that of the journal for none.
func (d *Document) Locale(tag string) string {
	if tag == "" {
		tag = d.journal.Language()
	}
	return d.dialect.Locale(tag)
}

// localized are texts, each locale once.
func (d *Document) localized(name string, list []journal.Text) []*xmltree.Element {
	var out []*xmltree.Element
	seen := map[string]bool{}
	for _, t := range list {
		if e := d.say(name, t); e != nil && !seen[d.Locale(t.Lang)] {
			seen[d.Locale(t.Lang)] = true
			out = append(out, e)
		}
	}
	return out
}

// identification names an issue. A volume that is no number goes into the number.
func (d *Document) identification(is *journal.Issue) *xmltree.Element {
	e := xmltree.New("issue_identification")
	number := script.Line(is.Number)
	if n, err := strconv.ParseInt(strings.TrimSpace(is.Volume), 10, 32); err == nil {
		e.Add(xmltree.Say("volume", strconv.FormatInt(n, 10)))
	} else if v := script.Line(is.Volume); v != "" {
		number = strings.Trim(v+", "+number, ", ")
	}
	e.Add(xmltree.Say("number", number))
	if is.Year > 0 {
		e.Add(xmltree.Say("year", strconv.Itoa(is.Year)))
	}
	return e.Add(d.localized("title", is.Titles)...)
}

func (d *Document) sections(list []Section) *xmltree.Element {
	e := xmltree.New("sections")
	seen := map[string]bool{}
	for _, s := range list {
		ref := d.ref(s)
		if seen[ref] {
			continue
		}
		seen[ref] = true
		titles := s.Titles
		if len(titles) == 0 {
			titles = []journal.Text{journal.T("en", "Articles")}
		}
		k := xmltree.New("section").Set("ref", ref).Set("seq", strconv.Itoa(e.Len()))
		for _, t := range titles {
			k.Add(d.say("abbrev", journal.T(t.Lang, ref)))
		}
		e.Add(k.Add(d.localized("title", titles)...))
	}
	if e.Empty() {
		return nil
	}
	return e
}

func (d *Document) ref(s Section) string {
	if len(s.Titles) == 0 || script.Line(s.Titles[0].Plain) == "" {
		return d.section
	}
	return s.Ref()
}
