package csl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/journal"
	"offprint/internal/testrecord"
)

// citationJS has citation-js read a list of items.
func citationJS(t *testing.T, items []byte, into any) {
	t.Helper()
	cmd := exec.Command("node", "testdata/read.mjs", filepath.Join(testrecord.Root(), "tools", "node_modules"))
	cmd.Stdin = bytes.NewReader(items)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: scripts/install-test-tools installs node and citation-js\n%.3000s", err, &said)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(err)
	}
}

// TestCitationJSReadsWhatWasWritten: nothing of an item is lost or becomes another, and
// what is read is what the record says.
func TestCitationJSReadsWhatWasWritten(t *testing.T) {
	cases := testrecord.Readable("nameless") // which has names of signs
	var list []journal.Publication
	addresses := map[string]string{}
	for _, c := range cases {
		list, addresses[c.Pub.ID+c.Pub.Slug] = append(list, *c.Pub), c.Address
	}
	var b bytes.Buffer
	if err := EncodeList(&b, list, func(p *journal.Publication) string { return addresses[p.ID+p.Slug] }); err != nil {
		t.Fatal(err)
	}
	var read []Item
	citationJS(t, b.Bytes(), &read)
	same(t, b.Bytes(), read)
	var got []testrecord.Entry
	for i := range read {
		got = append(got, entryOf(&read[i]))
	}
	testrecord.Read(t, cases, got, []string{"title", "author", "editor", "translator", "journal", "abbreviation", "volume", "issue", "first", "last", "date", "doi", "issn", "language",
		"abstract", "url", "publisher", "place", "keywords"}, form)
}

// TestCitationJSReadsReferences: the references of all records are read as they are
// written.
func TestCitationJSReadsReferences(t *testing.T) {
	var items []Item
	for _, c := range testrecord.All() {
		for i := range c.Pub.Record.References {
			items = append(items, Reference(&c.Pub.Record.References[i], ""))
		}
	}
	b, err := json.Marshal(items)
	if err != nil {
		t.Fatal(err)
	}
	var read []Item
	citationJS(t, b, &read)
	same(t, b, read)
	t.Logf("%d references", len(items))
}

func same(t *testing.T, written []byte, read []Item) {
	t.Helper()
	var items []Item
	if err := json.Unmarshal(written, &items); err != nil {
		t.Fatal(err)
	}
	if len(items) != len(read) {
		t.Fatalf("%d items are read, %d were written", len(read), len(items))
	}
	for i := range items {
		if diff := cmp.Diff(items[i], read[i]); diff != "" {
			t.Errorf("%s (- written, + read)\n%.2000s", items[i].ID, diff)
		}
	}
}

func entryOf(i *Item) testrecord.Entry {
	e := testrecord.Entry{"title": plain(i.Title), "author": persons(i.Author), "editor": persons(i.Editor), "translator": persons(i.Translator), "journal": i.ContainerTitle,
		"abbreviation": i.ContainerTitleShort, "volume": i.Volume, "issue": i.Issue, "doi": i.DOI, "issn": i.ISSN, "language": i.Language, "abstract": i.Abstract, "url": i.URL,
		"publisher": i.Publisher, "place": i.PublisherPlace, "keywords": i.Keyword}
	e["first"], e["last"], _ = strings.Cut(i.Page, "-")
	if e["first"] == "" {
		e["first"] = i.Number
	}
	if i.Issued != nil {
		var parts []string
		for _, n := range i.Issued.Parts[0] {
			parts = append(parts, fmt.Sprintf("%02d", n))
		}
		e["date"] = strings.Join(parts, "-")
	}
	return e
}

var tag = regexp.MustCompile(`</?(?:i|b|sup|sub|span)(?: [^>]*)?>`)

func plain(s string) string { return tag.ReplaceAllString(s, "") }

func persons(list []Name) string {
	var out []string
	for _, n := range list {
		name := n.Literal
		if name == "" {
			name = n.Family + "|" + n.Given + "|" + n.Suffix
		}
		if name = strings.TrimRight(name, "| "); name != "" {
			out = append(out, name)
		}
	}
	return strings.Join(out, "; ")
}

// form: titles have the tags of CSL, abstracts paragraphs, and keywords are divided by
// commas.
func form(field, value string) string {
	switch field {
	case "title":
		return plain(value)
	case "abstract":
		return strings.Join(strings.Fields(value), " ")
	case "keywords":
		return strings.ReplaceAll(value, ";", ",")
	}
	return value
}
