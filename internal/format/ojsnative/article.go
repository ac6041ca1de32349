package ojsnative

import (
	"encoding/base64"
	"html"
	"io"
	"path"
	"strconv"
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/script"
)

// Add writes an article with its files.
func (d *Document) Add(p *journal.Publication, files []File, address string) error {
	d.seq++
	id := strconv.Itoa(d.number("article"))
	e := xmltree.New("article").Set("locale", d.Locale(p.Record.Language)).Set("date_submitted", day(p.Record.On("received"))).Set("status", "3").
		Set("current_publication_id", id).Set("stage", "production")
	e.Add(internal(id))
	kept := d.files(p, files)
	for i := range kept {
		e.Add(d.submissionFile(&kept[i]))
	}
	return d.stream.Add(e.Add(d.publication(p, id, kept)))
}

func internal(id string) *xmltree.Element {
	return xmltree.Say("id", id).Set("type", "internal").Set("advice", "ignore")
}

// numbered is a file with its number in the document.
type numbered struct {
	File
	id int
}

// files gives numbers to the files.
func (d *Document) files(p *journal.Publication, files []File) []numbered {
	var out []numbered
	for _, f := range files {
		if f.Lang == "" {
			f.Lang = p.Record.Language
		}
		n := numbered{File: f}
		if f.Open != nil {
			n.id = d.number("file")
		}
		out = append(out, n)
	}
	return out
}

// submissionFile embeds a file; it is nil for one that is kept elsewhere.
func (d *Document) submissionFile(f *numbered) *xmltree.Element {
	if f.Open == nil {
		return nil
	}
	id := strconv.Itoa(f.id)
	genre := "Article Text"
	if !f.Galley {
		genre = "Other"
	}
	embed := xmltree.Written("embed", func(w io.Writer) error { return encode(w, f.Open) }).Set("encoding", "base64")
	return xmltree.New("submission_file", d.say("name", journal.T(f.Lang, f.Name)),
		xmltree.New("file", embed).Set("id", id).Set("filesize", strconv.FormatInt(f.Size, 10)).Set("extension", strings.TrimPrefix(path.Ext(f.Name), "."))).
		Set("id", id).Set("file_id", id).Set("stage", "proof").Set("genre", genre).Set("viewable", "true")
}

func encode(w io.Writer, open func() (io.ReadCloser, error)) error {
	r, err := open()
	if err != nil {
		return err
	}
	defer r.Close()
	b := base64.NewEncoder(base64.StdEncoding, w)
	if _, err := io.Copy(b, r); err != nil {
		return err
	}
	return b.Close()
}

func (d *Document) publication(p *journal.Publication, id string, files []numbered) *xmltree.Element {
	rec := &p.Record
	published := rec.Published
	if published.Valid() == "" {
		published = p.Issued()
	}
	e := xmltree.New("publication").Set("version", strconv.Itoa(max(1, p.Version))).Set("status", "3").Set("url_path", p.Slug).Set("seq", strconv.Itoa(d.seq)).
		Set("date_published", day(published)).Set("section_ref", d.ref(Section{rec.Section})).Set("access_status", "0")
	if d.dialect == V33 {
		e.Set("locale", d.Locale(rec.Language))
	}
	e.Add(internal(id))
	if doi, ok := pid.DOI(rec.DOI); ok {
		e.Add(xmltree.Say("id", doi).Set("type", "doi").Set("advice", "update"))
	}
	var titles []journal.Text
	for _, t := range rec.Titles {
		titles = append(titles, p.Titled(t))
	}
	if list := d.localized("title", titles); len(list) > 0 {
		e.Add(list...)
	} else {
		e.Add(xmltree.New("title").Set("locale", d.Locale(rec.Language)))
	}
	e.Add(d.localized("subtitle", rec.Subtitles)...).Add(d.abstracts(rec)...)
	if l := rec.Licence; l != nil {
		if l.URL == "" {
			e.Add(d.say("rights", journal.T(rec.Language, l.Text)))
		}
		e.Add(xmltree.Say("licenseUrl", xmltree.Address(script.Line(l.URL))))
	}
	e.Add(d.say("copyrightHolder", journal.T(rec.Language, holder(rec.Copyright))))
	e.Add(d.keywords(rec)...).Add(d.subjects(rec)...)
	e.Add(d.authors(rec))
	for i := range files {
		if files[i].Galley {
			e.Add(d.galley(&files[i], i))
		}
	}
	e.Add(citations(rec))
	if is := p.Place(); is != nil && !d.inIssue {
		e.Add(d.identification(is))
	}
	pages := script.Line(rec.Pages.First)
	if last := script.Line(rec.Pages.Last); pages != "" && last != "" && last != pages {
		pages += "-" + last
	}
	if pages == "" {
		pages = script.Line(rec.Pages.Article)
	}
	return e.Add(xmltree.Say("pages", pages))
}

// holder is who holds the copyright, of a line such as "© 2024 The authors".
func holder(s string) string {
	s = script.Line(s)
	for _, mark := range []string{"Copyright", "©", "(c)", "(C)"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	return strings.TrimLeft(s, "0123456789–-, ")
}

// abstracts are HTML in OJS.
func (d *Document) abstracts(rec *journal.Article) []*xmltree.Element {
	var list []journal.Text
	for _, a := range rec.Abstracts {
		if a.Role != "" {
			continue
		}
		var b strings.Builder
		for _, p := range strings.Split(a.Plain, "\n\n") {
			if p = script.Line(p); p != "" {
				b.WriteString("<p>" + html.EscapeString(p) + "</p>")
			}
		}
		list = append(list, journal.T(a.Lang, b.String()))
	}
	return d.localized("abstract", list)
}

// word is an entry of a controlled vocabulary, which has parts since 3.5.
func (d *Document) word(name, s string) *xmltree.Element {
	if d.dialect < V35 {
		return xmltree.Say(name, script.Line(s))
	}
	return xmltree.Group(name, xmltree.Say("name", script.Line(s)))
}

func (d *Document) keywords(rec *journal.Article) []*xmltree.Element {
	var out []*xmltree.Element
	for _, k := range rec.Keywords {
		e := xmltree.New("keywords").Set("locale", d.Locale(k.Lang))
		for _, w := range k.Words {
			e.Add(d.word("keyword", w))
		}
		if !e.Empty() {
			out = append(out, e)
		}
	}
	return out
}

func (d *Document) subjects(rec *journal.Article) []*xmltree.Element {
	e := xmltree.New("subjects").Set("locale", d.Locale(rec.Language))
	for _, s := range rec.Subjects {
		e.Add(d.word("subject", strings.TrimSpace(strings.ToUpper(script.Line(s.Scheme))+" "+s.Code)))
	}
	if e.Empty() {
		return nil
	}
	return []*xmltree.Element{e}
}

// groups are OJS's names of roles by those of the record.
var groups = map[string]string{"editor": "Volume editor", "translator": "Translator"}

func (d *Document) authors(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("authors")
	primary := false
	for i := range rec.Contributors {
		c := &rec.Contributors[i]
		group, known := groups[c.Role]
		if !known && c.Role != "" && c.Role != "author" || len(c.Names) == 0 {
			continue
		}
		if group == "" {
			group = "Author"
		}
		a := xmltree.New("author").Set("include_in_browse", "true").Set("user_group_ref", group).Set("seq", strconv.Itoa(e.Len())).Set("id", strconv.Itoa(d.number("author")))
		if c.Corresponding && !primary {
			primary = true
			a.Set("primary_contact", "true")
		}
		given, family := d.names(c)
		if len(given) == 0 {
			continue
		}
		a.Add(given...).Add(family...).Add(d.affiliations(rec, c)...)
		if len(c.CountryCode) == 2 {
			a.Add(xmltree.Say("country", c.CountryCode))
		}
		// OJS wants an address of everybody, also where nobody gave one.
		a.Add(xmltree.Mixed("email", xmltree.Text(script.Line(c.Email))))
		if orcid, ok := pid.ORCID(c.ORCID); ok {
			a.Add(xmltree.Say("orcid", "https://orcid.org/"+orcid))
		}
		e.Add(a.Add(d.localized("biography", c.Bio)...))
	}
	if e.Empty() {
		return nil
	}
	return e
}

// names are the given and the family names in each locale; a name that is not divided is
// a given name, as OJS has it.
func (d *Document) names(c *journal.Contributor) (given, family []*xmltree.Element) {
	var g, f []journal.Text
	seen := map[string]bool{}
	for _, n := range c.Names {
		if seen[d.Locale(n.Lang)] {
			continue
		}
		first, last := script.Line(n.Given), script.Line(strings.TrimSpace(n.Family+" "+n.Suffix))
		if first == "" || last == "" || c.Collective {
			first, last = script.Line(n.Shown()), ""
		}
		if first == "" {
			continue
		}
		seen[d.Locale(n.Lang)] = true
		g = append(g, journal.T(n.Lang, first))
		if last != "" {
			f = append(f, journal.T(n.Lang, last))
		}
	}
	return d.localized("givenname", g), d.localized("familyname", f)
}

// affiliations are one text with all of them before 3.5, and one each, with ROR, since.
func (d *Document) affiliations(rec *journal.Article, c *journal.Contributor) []*xmltree.Element {
	of := rec.AffiliationsOf(c)
	if d.dialect < V35 {
		return d.localized("affiliation", []journal.Text{journal.T(rec.Language, strings.Join(rec.AffiliationsPrinted(c, rec.Language), "; "))})
	}
	var out []*xmltree.Element
	for _, f := range of {
		names := d.localized("name", f.Names)
		if len(names) == 0 {
			continue
		}
		if ror, ok := pid.ROR(f.ROR); ok {
			out = append(out, xmltree.New("rorAffiliation", xmltree.Say("ror", "https://ror.org/"+ror)).Add(names...))
		} else {
			out = append(out, xmltree.New("affiliation", names...))
		}
	}
	if len(out) == 0 {
		if name := d.say("name", journal.T(rec.Language, c.AffiliationPrinted)); name != nil {
			out = append(out, xmltree.New("affiliation", name))
		}
	}
	return out
}

func (d *Document) galley(f *numbered, seq int) *xmltree.Element {
	label := script.Line(f.Label)
	if label == "" {
		label = strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), "."))
	}
	if label == "" {
		label = "File"
	}
	e := xmltree.New("article_galley", internal(strconv.Itoa(d.number("galley"))), d.say("name", journal.T(f.Lang, label)), xmltree.Say("seq", strconv.Itoa(seq))).
		Set("locale", d.Locale(f.Lang)).Set("approved", "true")
	if f.Open != nil {
		return e.Add(xmltree.New("submission_file_ref").Set("id", strconv.Itoa(f.id)))
	}
	return e.Add(xmltree.New("remote").Set("src", xmltree.Address(script.Line(f.Address))))
}

func citations(rec *journal.Article) *xmltree.Element {
	e := xmltree.New("citations")
	for i := range rec.References {
		e.Add(xmltree.Say("citation", script.Line(rec.References[i].Printed.Plain)))
	}
	if e.Empty() {
		return nil
	}
	return e
}
