package jats

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/article"
	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// samples are the project's own articles, which are always there.
func samples(t testing.TB) []string {
	var out []string
	for _, pattern := range []string{"testdata/*.xml", "../../demo/articles/*.xml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("there is nothing in %s", pattern)
		}
		out = append(out, found...)
	}
	return out
}

// everything is the project's own articles and, where it is there, the corpus.
func everything(t *testing.T, each func(t *testing.T, file string)) {
	for _, file := range samples(t) {
		t.Run(filepath.Base(file), func(t *testing.T) { each(t, file) })
	}
	t.Run("corpus", func(t *testing.T) {
		for _, file := range corpus(t) {
			t.Run(filepath.Base(file), func(t *testing.T) { each(t, file) })
		}
	})
}

// encoded is the canonical form of a reading.
func encoded(t testing.TB, r *journal.Reading) []byte {
	t.Helper()
	var b bytes.Buffer
	p := journal.Publication{Journal: r.Journal, Record: r.Article}
	if err := Encode(&b, &p, r.Documents, ""); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decodeFile(t testing.TB, file string) *journal.Reading {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Decode(b)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return r
}

// What was read and written is read as the same record and the same texts.
func TestWhatIsWrittenIsReadAsTheSame(t *testing.T) {
	everything(t, func(t *testing.T, file string) {
		first := decodeFile(t, file)
		b := encoded(t, first)
		second, err := Decode(b)
		if err != nil {
			t.Fatalf("%v\n%s", err, b)
		}
		first.Losses, second.Losses = nil, nil
		expected(first)
		if diff := difference(t, first, second); diff != "" {
			t.Errorf("differs (- read, + written and read again):\n%s", diff)
		}
	})
}

// difference compares two readings line by line of their JSON, in which empty
// and missing are the same, and shows the first place where they differ.
func difference(t testing.TB, a, b *journal.Reading) string {
	t.Helper()
	lines := func(r *journal.Reading) []string {
		out, err := json.MarshalIndent(r, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(string(out), "\n")
	}
	x, y := lines(a), lines(b)
	at := 0
	for at < len(x) && at < len(y) && x[at] == y[at] {
		at++
	}
	if at == len(x) && at == len(y) {
		return ""
	}
	window := func(l []string) []string { return l[min(len(l), max(0, at-12)):min(len(l), at+25)] }
	return cmp.Diff(window(x), window(y))
}

// expected applies the rules by which the written form says less than what was
// read.
func expected(r *journal.Reading) {
	ids := map[string]bool{}
	for _, ref := range r.Article.References {
		ids[ref.ID] = true
	}
	for _, aff := range r.Article.Affiliations {
		ids[aff.ID] = true
	}
	all := func(f func(n *article.Node)) {
		walk := func(nodes []article.Node) { article.Walk(nodes, func(n *article.Node) bool { f(n); return true }) }
		for i := range r.Documents {
			walk(r.Documents[i].Body)
			walk(r.Documents[i].Back)
			walk(r.Documents[i].Notes)
		}
		for i := range r.Article.References {
			walk(r.Article.References[i].Printed.Rich)
		}
		for i := range r.Article.Abstracts {
			walk(r.Article.Abstracts[i].Rich)
		}
	}
	all(func(n *article.Node) { ids[n.ID] = true })
	// An identifier that is given twice belongs to what has it first.
	once := map[string]bool{}
	for i := range r.Article.Affiliations {
		if aff := &r.Article.Affiliations[i]; once[aff.ID] {
			aff.ID = ""
		} else {
			once[aff.ID] = true
		}
	}
	// What no address may have is escaped in it, except in a DOI.
	all(func(n *article.Node) {
		if doi, _ := pid.DOI(n.Target); n.Kind == article.Link && n.Target != "https://doi.org/"+doi {
			n.Target = xmltree.Address(n.Target)
		}
	})
	for i := range r.Article.References {
		if ref := &r.Article.References[i]; ref.URL != "" {
			ref.URL = xmltree.Address(ref.URL)
		}
	}
	// A cross-reference that leads to nothing in the record leads nowhere.
	all(func(n *article.Node) {
		if n.Kind != article.Cross {
			return
		}
		var targets []string
		for _, id := range strings.Fields(n.Target) {
			if ids[id] {
				targets = append(targets, id)
			}
		}
		n.Target = strings.Join(targets, " ")
	})
}

// The written form is valid JATS Journal Publishing 1.3.
func TestWhatIsWrittenIsValid(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", "..", "..", "..", "shared", "schemas"))
	if err != nil {
		t.Fatal(err)
	}
	schema := filepath.Join(root, "jats", "JATS-journalpublishing1-3-mathml3.xsd")
	if _, err := os.Stat(schema); err != nil {
		t.Skip("validity is checked with ../shared/schemas, which is not here")
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Fatal("validity is checked with xmllint, which is not installed: apt-get install libxml2-utils, or scripts/install-test-tools")
	}
	dir := t.TempDir()
	args := []string{"--huge", "--nonet", "--noout", "--schema", schema}
	add := func(file string) {
		name := filepath.Join(dir, filepath.Base(file))
		if err := os.WriteFile(name, encoded(t, decodeFile(t, file)), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	files := samples(t)
	if !testing.Short() {
		files = append(files, corpus(t)...)
	}
	for _, file := range files {
		add(file)
	}
	lint := exec.Command("xmllint", args...)
	lint.Env = append(os.Environ(), "XML_CATALOG_FILES="+filepath.Join(root, "catalog.xml"))
	out, err := lint.CombinedOutput()
	if err == nil {
		return
	}
	shown := 0
	for _, line := range strings.Split(string(out), "\n") {
		if strings.Contains(line, " error ") && shown < 100 {
			shown++
			t.Error(strings.TrimPrefix(line, dir+"/"))
		}
	}
	if shown == 0 {
		t.Errorf("xmllint: %v\n%.2000s", err, out)
	}
}

// The written form of the samples, for people to read.
func TestSamplesAreWrittenAsInTheGoldenFiles(t *testing.T) {
	for _, name := range []string{"lamp", "misplaced"} {
		got := encoded(t, decodeFile(t, filepath.Join("testdata", name+".xml")))
		golden := filepath.Join("testdata", "written", name+".xml")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
			t.Errorf("%s differs (- file, + now); see it with -update:\n%s", golden, diff)
		}
	}
}

func TestCharactersThatXMLCannotHoldAreReplaced(t *testing.T) {
	p := journal.Publication{Record: journal.Article{Language: "en", Titles: []journal.Text{journal.T("en", "a\x00b\x0bc\xffd\ufffee <&> \"f\"\r")},
		IDs: []journal.ID{{Kind: "lamp \"&<\n", Value: "]]>"}}}}
	var b bytes.Buffer
	if err := Encode(&b, &p, nil, "https://lamp.example/a b"); err != nil {
		t.Fatal(err)
	}
	r, err := Decode(b.Bytes())
	if err != nil {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	if got := r.Article.Titles[0].Plain; got != "a\ufffdb\ufffdc\ufffdd\ufffde <&> \"f\"" {
		t.Errorf("the title is %q", got)
	}
	if got := r.Article.IDs[0]; got.Kind != "lamp \"&<\n" || got.Value != "]]>" {
		t.Errorf("the identifier is %+v", got)
	}
	if got := r.Article.OldAddresses[0]; got != "https://lamp.example/a%20b" {
		t.Errorf("the address is %q", got)
	}
}

func TestIdentifiersSurviveAsNamesOfXML(t *testing.T) {
	for _, id := range []string{"fig1", "1", "a b", "ä:1", "_x0031_", "_x", "x_x0041_y", "図1", "𝕜", "", "-", "a.b-c"} {
		name := toName(id)
		if got := fromName(name); got != id {
			t.Errorf("%q is written as %q and read as %q", id, name, got)
		}
		if id != "" && !plainName(strings.ReplaceAll(name, "_x", "x")) {
			t.Errorf("%q is written as %q, which is no name", id, name)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	r := decodeFile(b, "testdata/lamp.xml")
	p := journal.Publication{Journal: r.Journal, Record: r.Article}
	for b.Loop() {
		if err := Encode(io.Discard, &p, r.Documents, ""); err != nil {
			b.Fatal(err)
		}
	}
}

// Identifiers are unique and references to them lead somewhere, as the DTD
// demands and the schema does not check.
func TestIdentifiersOfTheWrittenFormHoldTogether(t *testing.T) {
	everything(t, func(t *testing.T, file string) {
		root, _, err := parse(encoded(t, decodeFile(t, file)))
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		var rids []string
		var walk func(e *elem)
		walk = func(e *elem) {
			if id := e.at("id"); id != "" && ids[id] {
				t.Errorf("the id %q is given twice", id)
			} else {
				ids[id] = true
			}
			rids = append(rids, strings.Fields(e.at("rid"))...)
			for k := range e.each() {
				walk(k)
			}
		}
		walk(root)
		for _, rid := range rids {
			if !ids[rid] {
				t.Errorf("%q is referred to and not there", rid)
			}
		}
	})
}
