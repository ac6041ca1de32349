package testrecord

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"unicode/utf8"
)

// schemas are the official schemas of formats, below ../shared/schemas. "" is JATS,
// whose DTDs are a package of npm.
var schemas = map[string]string{
	"crossref": "crossref/schemas/crossref5.4.0.xsd", "datacite": "datacite/kernel-4.6/metadata.xsd", "doaj": "doaj/doajArticles.xsd",
	"oai_dc": "oai/oai_dc.xsd", "mods": "mods/mods-3-8.xsd", "marcxml": "oai/MARC21slim.xsd", "rsci": "rsci/journal-schemas_xml.xsd", "rsci-rcsi": "rsci/journal3.xsd",
	"jats-1.3": "jats/JATS-journalpublishing1-3-mathml3.xsd",
	"ojs-3.4":  "ojs/3.4.0-stable/plugins/importexport/native/native.xsd",
	"ojs-3.3":  "ojs/3.3.0-stable/plugins/importexport/native/native.xsd", "ojs-3.5": "ojs/3.5.0-stable/plugins/importexport/native/native.xsd",
}

// dtds are the formats whose official form is a DTD.
var dtds = map[string]string{"pubmed": "pubmed/PubMed-2.6-noiso.dtd"}

// Valid checks files, by name, against the official schema of their format with
// xmllint. Where the schemas are not there the test is skipped with one line.
func Valid(t *testing.T, format string, files map[string][]byte) {
	t.Helper()
	root := Shared("schemas")
	if root == "" {
		t.Skip("the official schemas are read from ../shared/schemas, which is not here")
	}
	if len(files) == 0 {
		t.Fatal("nothing was written")
	}
	dir := t.TempDir()
	args := []string{"--huge", "--nonet", "--noout"}
	if dtd := dtds[format]; dtd != "" {
		args = append(args, "--dtdvalid", filepath.Join(root, dtd))
	} else {
		args = append(args, "--schema", filepath.Join(root, filepath.FromSlash(schemas[format])))
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), files[name], 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	cmd := exec.Command("xmllint", args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "XML_CATALOG_FILES="+filepath.Join(root, "catalog.xml"))
	out, err := cmd.CombinedOutput()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatalf("%v: scripts/install-test-tools installs it", err)
	}
	for _, m := range complaint.FindAll(out, 20) {
		t.Errorf("%s", bytes.TrimSpace(m))
	}
	if err != nil && !t.Failed() {
		t.Errorf("%v\n%.3000s", err, out)
	}
}

// complaint is a line in which xmllint says what is wrong.
var complaint = regexp.MustCompile(`(?m)^.*(?:error :| error: |validity error).*$`)

// WellFormed fails for what is not XML of one root.
func WellFormed(t *testing.T, name string, b []byte) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(b))
	depth, roots := 0, 0
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		switch tok.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
	if roots != 1 || !utf8.Valid(b) {
		t.Errorf("%s has %d roots, or is not UTF-8", name, roots)
	}
}
