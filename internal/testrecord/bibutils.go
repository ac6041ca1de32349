package testrecord

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Bibutils has a program of bibutils ("ris2xml") read a file, and returns what it
// understood.
func Bibutils(t *testing.T, program string, file []byte) []Entry {
	t.Helper()
	name := filepath.Join(t.TempDir(), "all")
	if err := os.WriteFile(name, file, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-i", "utf8", name).Output()
	if err != nil {
		t.Fatalf("%v: scripts/install-test-tools installs bibutils", err)
	}
	var all struct {
		Mods []mods `xml:"mods"`
	}
	if err := xml.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	var entries []Entry
	for i := range all.Mods {
		entries = append(entries, all.Mods[i].entry())
	}
	return entries
}

// mods are the elements that bibutils writes.
type mods struct {
	Titles []modsTitle `xml:"titleInfo"`
	Names  []struct {
		Parts []struct {
			Kind string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"namePart"`
		Role string `xml:"role>roleTerm"`
	} `xml:"name"`
	Date     string `xml:"originInfo>dateIssued"`
	Place    string `xml:"originInfo>place>placeTerm"`
	Language string `xml:"language>languageTerm"`
	Host     struct {
		Titles    []modsTitle `xml:"titleInfo"`
		Publisher string      `xml:"originInfo>publisher"`
		Place     string      `xml:"originInfo>place>placeTerm"`
		IDs       []modsID    `xml:"identifier"`
	} `xml:"relatedItem"`
	Abstract string   `xml:"abstract"`
	Topics   []string `xml:"subject>topic"`
	IDs      []modsID `xml:"identifier"`
	URLs     []string `xml:"location>url"`
	Details  []struct {
		Kind   string `xml:"type,attr"`
		Number string `xml:"number"`
	} `xml:"part>detail"`
	Start string `xml:"part>extent>start"`
	End   string `xml:"part>extent>end"`
}

type modsTitle struct {
	Kind  string `xml:"type,attr"`
	Title string `xml:"title"`
	Sub   string `xml:"subTitle"`
}

type modsID struct {
	Kind  string `xml:"type,attr"`
	Value string `xml:",chardata"`
}

func (m *mods) entry() Entry {
	e := Entry{"title": titled(m.Titles, ""), "journal": titled(m.Host.Titles, ""), "abbreviation": titled(m.Host.Titles, "abbreviated"), "date": m.Date, "language": m.Language,
		"publisher": m.Host.Publisher, "place": m.Place + m.Host.Place, "abstract": m.Abstract, "keywords": strings.Join(m.Topics, "; "), "first": m.Start, "last": m.End}
	e["year"], _, _ = strings.Cut(m.Date, "-")
	for _, n := range m.Names {
		parts := map[string]string{}
		for _, p := range n.Parts {
			parts[p.Kind] = strings.TrimSpace(parts[p.Kind] + " " + p.Text)
		}
		name := parts[""]
		if name == "" {
			name = strings.TrimRight(parts["family"]+"|"+parts["given"]+"|"+parts["suffix"], "|")
		}
		if e[n.Role] != "" {
			name = "; " + name
		}
		e[n.Role] += name
	}
	for _, id := range append(m.IDs, m.Host.IDs...) {
		e[id.Kind] = id.Value
	}
	for _, d := range m.Details {
		if e[d.Kind] = d.Number; d.Kind == "page" {
			e["first"] = d.Number
		}
	}
	if len(m.URLs) > 0 {
		e["url"] = m.URLs[0]
	}
	return e
}

func titled(list []modsTitle, kind string) string {
	for _, t := range list {
		switch {
		case t.Kind != kind:
		case t.Sub == "":
			return t.Title
		case strings.HasSuffix(t.Title, "?") || strings.HasSuffix(t.Title, "!"):
			return t.Title + " " + t.Sub
		default:
			return t.Title + ": " + t.Sub
		}
	}
	return ""
}

// BibutilsForm brings values into the form that bibutils leaves of them: it takes the
// full stops from initials, divides "A.N." and the names of bodies, also at "and", leaves
// out a person who stands there twice, and knows DOIs whose prefix has four digits. Of a name the
// letters are compared.
func BibutilsForm(field, value string) string {
	switch field {
	case "author", "editor", "translator":
		var names []string
		for name := range strings.SplitSeq(strings.ReplaceAll(value, " and ", "; "), "; ") {
			letters := slices.DeleteFunc([]rune(name), func(r rune) bool { return strings.ContainsRune(" .,|", r) })
			slices.Sort(letters)
			if name := string(letters); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return strings.Join(names, "; ")
	case "doi":
		if len(value) > 7 && value[7] != '/' {
			return ""
		}
	}
	return value
}
