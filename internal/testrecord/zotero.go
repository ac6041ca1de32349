package testrecord

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"testing"
)

// ZoteroPage is what a page has for citation managers: spans of COinS and the contents
// of citation_author.
type ZoteroPage struct {
	COinS   []string `json:"coins,omitempty"`
	Authors []string `json:"authors,omitempty"`
}

// ZoteroCreator is a person as Zotero keeps it; a body has a last name alone.
type ZoteroCreator struct {
	First string `json:"firstName"`
	Last  string `json:"lastName"`
}

// ZoteroItem is what Zotero makes of a span.
type ZoteroItem struct {
	Type     string          `json:"itemType"`
	Title    string          `json:"title"`
	Journal  string          `json:"publicationTitle"`
	Date     string          `json:"date"`
	Volume   string          `json:"volume"`
	Issue    string          `json:"issue"`
	Pages    string          `json:"pages"`
	DOI      string          `json:"DOI"`
	ISSN     string          `json:"ISSN"`
	URL      string          `json:"url"`
	Language string          `json:"language"`
	Creators []ZoteroCreator `json:"creators"`
}

// ZoteroReading is what Zotero makes of a page.
type ZoteroReading struct {
	Items    []ZoteroItem    `json:"items"`
	Creators []ZoteroCreator `json:"creators"`
}

// Zotero reads pages by Zotero's own code.
func Zotero(t *testing.T, pages ...ZoteroPage) (read []ZoteroReading) {
	t.Helper()
	in, err := json.Marshal(pages)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join(Root(), "internal", "testrecord", "testdata", "zotero.mjs"), filepath.Join(Root(), "tools", "node_modules"))
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		t.Fatalf("%v: %.2000s", err, exit.Stderr)
	}
	if err != nil {
		t.Fatalf("%v: scripts/install-test-tools installs what it needs", err)
	}
	if err := json.Unmarshal(out, &read); err != nil || len(read) != len(pages) {
		t.Fatalf("%v of %.300s", err, out)
	}
	return read
}
