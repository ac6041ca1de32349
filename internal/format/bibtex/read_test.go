package bibtex

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"offprint/internal/testrecord"
)

// written is what a writer makes of the cases.
func written(t *testing.T, cases []testrecord.Case, w func(*bytes.Buffer) *Writer) []byte {
	t.Helper()
	var b bytes.Buffer
	out := w(&b)
	for _, c := range cases {
		if err := out.Write(c.Pub, c.Address); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func bibtexWriter(b *bytes.Buffer) *Writer   { return NewWriter(b) }
func biblatexWriter(b *bytes.Buffer) *Writer { return NewBibLaTeXWriter(b) }

// run runs a program in a folder with files; a complaint of the program that is no
// warning fails the test.
func run(t *testing.T, files map[string][]byte, program string, args ...string) (dir, said string) {
	t.Helper()
	dir = t.TempDir()
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "BSTINPUTS=.:", "BIBINPUTS=.:")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: scripts/install-test-tools installs it\n%.2000s", program, err, out)
	}
	return dir, string(out)
}

// TestBibTeXReadsWhatWasWritten: a style that prints every field has BibTeX print what
// it understood.
func TestBibTeXReadsWhatWasWritten(t *testing.T) {
	style, err := os.ReadFile("testdata/fields.bst")
	if err != nil {
		t.Fatal(err)
	}
	cases := testrecord.Readable("nameless")
	dir, said := run(t, map[string][]byte{
		"fields.bst": style, "all.bib": written(t, cases, bibtexWriter), "all.aux": []byte("\\citation{*}\n\\bibstyle{fields}\n\\bibdata{all}\n"),
	}, "bibtex", "all")
	if strings.Contains(said, "Warning") || strings.Contains(said, "error") {
		t.Errorf("BibTeX complains:\n%.3000s", said)
	}
	b, err := os.ReadFile(filepath.Join(dir, "all.bbl"))
	if err != nil {
		t.Fatal(err)
	}
	var got []testrecord.Entry
	for _, line := range strings.Split(strings.ReplaceAll(string(b), "\n  ", " "), "\n@") {
		name, value, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(line, "@"), "\n"), " ")
		if name == "key" {
			got = append(got, testrecord.Entry{})
			continue
		}
		e := got[len(got)-1]
		switch name {
		case "author", "editor", "translator":
			p := strings.Split(strings.ReplaceAll(value, "~", " "), "|")
			add(e, name, p[0], p[1], p[2], p[3])
		case "pages":
			e["first"], e["last"], _ = strings.Cut(value, "--")
			e["first"], e["last"] = text(e["first"]), text(e["last"])
		case "doi", "url":
			e[name] = value
		default:
			e[name] = text(value)
		}
	}
	for _, e := range got {
		if e["month"] != "" {
			e["month"] = e["year"] + "-" + e["month"]
		}
		settle(e)
	}
	testrecord.Read(t, cases, got, append(shared, "year", "month", "keywords"), form)
}

// TestBiberReadsWhatWasWritten: biber finds nothing wrong with the file by the data model
// of biblatex and understands every field. Keywords are compared in BibTeX, which writes
// them alike: what biber prints leaves them out.
func TestBiberReadsWhatWasWritten(t *testing.T) {
	cases := testrecord.Readable("nameless", "spoilt", "dates") // which have volumes and ISSNs that are none
	dir, said := run(t, map[string][]byte{"all.bib": written(t, cases, biblatexWriter)},
		"biber", "--tool", "--validate-datamodel", "--output-format=biblatexml", "--output-file=all.xml", "all.bib")
	for line := range strings.Lines(said) {
		if !strings.HasPrefix(line, "INFO") && !harmless.MatchString(line) {
			t.Errorf("biber says: %.300s", line)
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "all.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Entries []bltxEntry `xml:"entry"`
	}
	if err := xml.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	var got []testrecord.Entry
	for _, e := range all.Entries {
		got = append(got, e.entry())
	}
	testrecord.Read(t, cases, got, append(shared, "place", "date"), form)
}

// harmless are the complaints of biber that do not concern how something is written:
// articles whose record has no title, journal or date, the publisher of an article, and
// reviews, which styles print as articles and the data model does not describe.
var harmless = regexp.MustCompile(`Invalid field '(publisher|location)' for entrytype 'article'|Invalid field '[a-z]+' for entrytype 'review'|Missing mandatory field`)

// shared are the fields that both programs know.
var shared = []string{"title", "author", "editor", "translator", "journal", "abbreviation", "volume", "issue", "first", "last", "number", "doi", "issn", "language", "abstract", "url", "publisher"}

// bltxEntry is an entry of biber's own XML.
type bltxEntry struct {
	Names []struct {
		Kind  string `xml:"type,attr"`
		Names []struct {
			Parts []bltxPart `xml:"namepart"`
		} `xml:"name"`
	} `xml:"names"`
	Pages struct {
		Start string `xml:"start"`
		End   string `xml:"end"`
		Only  string `xml:",chardata"`
	} `xml:"pages>list>item"`
	Fields []struct {
		XMLName xml.Name
		Items   []string `xml:"list>item"`
		Text    string   `xml:",chardata"`
	} `xml:",any"`
}

type bltxPart struct {
	Kind  string     `xml:"type,attr"`
	Parts []bltxPart `xml:"namepart"`
	Text  string     `xml:",chardata"`
}

func (p *bltxPart) whole() string {
	words := strings.Fields(p.Text)
	for i := range p.Parts {
		words = append(words, p.Parts[i].whole())
	}
	return strings.Join(words, " ")
}

func (b *bltxEntry) entry() testrecord.Entry {
	e := testrecord.Entry{"first": text(b.Pages.Start + strings.TrimSpace(b.Pages.Only)), "last": text(b.Pages.End)}
	for _, list := range b.Names {
		for _, n := range list.Names {
			parts := map[string]string{}
			for i := range n.Parts {
				parts[n.Parts[i].Kind] = n.Parts[i].whole()
			}
			add(e, list.Kind, parts["prefix"], parts["family"], parts["given"], parts["suffix"])
		}
	}
	called := map[string]string{"journaltitle": "journal", "shortjournal": "abbreviation", "number": "issue", "eid": "number", "location": "place"}
	for _, f := range b.Fields {
		name, value := f.XMLName.Local, f.Text
		if len(f.Items) > 0 {
			value = strings.Join(f.Items, ", ")
		}
		if other := called[name]; other != "" {
			name = other
		}
		if name != "doi" && name != "url" {
			value = text(value)
		}
		e[name] = value
	}
	if sub := e["subtitle"]; sub != "" {
		between := ": "
		if strings.HasSuffix(e["title"], "?") || strings.HasSuffix(e["title"], "!") || strings.HasSuffix(e["title"], ":") {
			between = " "
		}
		e["title"] += between + sub
	}
	settle(e)
	return e
}

// add adds a person to a list.
func add(e testrecord.Entry, role, von, last, first, junior string) {
	name := strings.TrimRight(strings.TrimSpace(text(von)+" "+text(last))+"|"+text(first)+"|"+text(junior), "|")
	if e[role] != "" {
		name = "; " + name
	}
	e[role] += name
}

// settle is the article number in the place of the pages.
func settle(e testrecord.Entry) {
	if e["first"] == "" {
		e["first"] = e["number"]
	}
}

// form: languages have names, which are those of babel, keywords are divided by commas,
// and the blanks of names are plain, none behind a hyphen.
func form(field, value string) string {
	switch field {
	case "language":
		base, _, _ := strings.Cut(strings.ToLower(value), "-")
		if name := languages[base]; name != "" {
			return name
		}
	case "keywords":
		return strings.ReplaceAll(value, ",", ";")
	case "author", "editor", "translator":
		return strings.NewReplacer("- ", "-", "\u00a0", " ").Replace(value)
	}
	return value
}

// text is what TeX shows of a value.
func text(s string) string {
	for _, c := range [][2]string{{`\textbraceleft{}`, "\x01"}, {`\textbraceright{}`, "\x02"}, {`\textbackslash{}`, "\x03"}, {`\textasciitilde{}`, "\x04"}, {`\textasciicircum{}`, "^"}} {
		s = strings.ReplaceAll(s, c[0], c[1])
	}
	s = command.ReplaceAllString(s, "")
	s = regexp.MustCompile(`\\([%&#_$])`).ReplaceAllString(s, "$1")
	return strings.NewReplacer("{", "", "}", "", "~", "\u00a0", "\x01", "{", "\x02", "}", "\x03", `\`, "\x04", "~").Replace(s)
}

var command = regexp.MustCompile(`\\text[a-z]+`)
