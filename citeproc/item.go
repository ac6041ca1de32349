package citeproc

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// Item is what is cited: the variables of CSL by their names. Text holds what
// is neither a name nor a date, numbers too, as they were written. Variables
// that the specification does not know ("title-translated") are carried and can
// be printed by a style.
type Item struct {
	ID    string
	Type  string
	Text  map[string]string
	Names map[string][]Name
	Dates map[string]Date
}

// Name is a person, or a body when it has a literal form only.
type Name struct {
	Family              string
	Given               string
	DroppingParticle    string
	NonDroppingParticle string
	Suffix              string
	CommaSuffix         bool // a comma stands before the suffix: "King, Jr."
	Literal             string
	StaticOrder         bool // family name first, always
	NoParsing           bool // particles and suffix are not looked for in the names
}

// maxItems bounds a list that is read, maxItemBytes its text.
const (
	maxItems     = 100_000
	maxItemBytes = 64 << 20
)

// DecodeItems reads CSL-JSON: a list of items, a single item, or an object with
// the list in "items".
func DecodeItems(r io.Reader) ([]*Item, error) {
	limited := &io.LimitedReader{R: r, N: maxItemBytes + 1}
	b, err := io.ReadAll(limited)
	if err != nil {
		return nil, fmt.Errorf("citeproc: items: %w", err)
	}
	if limited.N <= 0 {
		return nil, fmt.Errorf("citeproc: items: longer than %d bytes", maxItemBytes)
	}
	var list []*Item
	if err := json.Unmarshal(b, &list); err == nil {
		return checkItems(list)
	} else if trimmed := strings.TrimSpace(string(b)); !strings.HasPrefix(trimmed, "{") {
		return nil, fmt.Errorf("citeproc: items: %w", err)
	}
	var wrapped struct {
		Items []*Item `json:"items"`
	}
	if err := json.Unmarshal(b, &wrapped); err == nil && wrapped.Items != nil {
		return checkItems(wrapped.Items)
	}
	one := &Item{}
	if err := json.Unmarshal(b, one); err != nil {
		return nil, fmt.Errorf("citeproc: items: %w", err)
	}
	return checkItems([]*Item{one})
}

func checkItems(list []*Item) ([]*Item, error) {
	if len(list) > maxItems {
		return nil, fmt.Errorf("citeproc: items: more than %d", maxItems)
	}
	out := list[:0]
	for _, item := range list {
		if item != nil {
			out = append(out, item)
		}
	}
	return out, nil
}

// aliases are names of variables that other programs write.
var aliases = map[string]string{
	"shortTitle": "title-short", "journalAbbreviation": "container-title-short",
}

// UnmarshalJSON reads one item of CSL-JSON. Numbers become the text that they
// were written as; a value that is none of the schema's forms is left out.
func (item *Item) UnmarshalJSON(b []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	*item = Item{Text: make(map[string]string, len(raw)), Names: map[string][]Name{}, Dates: map[string]Date{}}
	for name, value := range raw {
		switch name {
		case "id":
			item.ID = scalar(value)
			continue
		case "type":
			item.Type = scalar(value)
			continue
		}
		if to, ok := aliases[name]; ok {
			if _, both := raw[to]; both {
				continue
			}
			name = to
		}
		item.set(name, value)
	}
	item.readNote()
	return nil
}

var noteLine = regexp.MustCompile(`^\s*(?:\{:)?([A-Za-z][A-Za-z-]*):\s*([^}]*?)\}?\s*$`)

// readNote takes over variables that stand in the note, one a line, as people
// write what their citation manager has no field for: "event-date: 2004-10-01",
// "reviewed-author: Hall || W. C.". Lines of another form end the search.
func (item *Item) readNote() {
	note, ok := item.Text["note"]
	if !ok || !strings.Contains(note, ":") {
		return
	}
	lines := strings.Split(note, "\n")
	for len(lines) > 0 {
		m := noteLine.FindStringSubmatch(lines[0])
		if m == nil || m[2] == "" || !item.takeOver(m[1], m[2]) {
			break
		}
		lines = lines[1:]
	}
	item.Text["note"] = strings.TrimSpace(strings.Join(lines, "\n"))
	if item.Text["note"] == "" {
		delete(item.Text, "note")
	}
}

func (item *Item) takeOver(name, value string) bool {
	switch {
	case name == "type":
		item.Type = value
	case isDate[name]:
		item.Dates[name] = ParseDate(value)
	case isName[name]:
		family, given, divided := strings.Cut(value, "||")
		n := Name{Family: strings.TrimSpace(family), Given: strings.TrimSpace(given)}
		if !divided {
			n = Name{Literal: value}
		}
		item.Names[name] = append(item.Names[name], n)
	case isText[name] || isNumber[name] || isText[strings.TrimSuffix(name, "-short")]:
		if _, has := item.Text[name]; !has {
			item.Text[name] = value
		}
	default:
		return false
	}
	return true
}

func (item *Item) set(name string, value json.RawMessage) {
	if len(value) == 0 {
		return
	}
	switch {
	case isDate[name]:
		if d, ok := decodeDate(value); ok {
			item.Dates[name] = d
		}
	case value[0] == '[':
		var list []jsonName
		if json.Unmarshal(value, &list) == nil && len(list) > 0 {
			for _, n := range list {
				item.Names[name] = append(item.Names[name], n.name())
			}
			return
		}
		var words []json.RawMessage
		if json.Unmarshal(value, &words) == nil {
			var texts []string
			for _, w := range words {
				if s := scalar(w); s != "" {
					texts = append(texts, s)
				}
			}
			item.Text[name] = strings.Join(texts, ", ")
		}
	case value[0] == '{':
		if d, ok := decodeDate(value); ok {
			item.Dates[name] = d
		}
	default:
		if s := scalar(value); s != "" {
			item.Text[name] = s
		}
	}
}

// scalar is a string, number or truth value as text.
func scalar(value json.RawMessage) string {
	if len(value) == 0 {
		return ""
	}
	switch value[0] {
	case '"':
		var s string
		if json.Unmarshal(value, &s) == nil {
			return s
		}
	case '{', '[', 'n':
		return ""
	default:
		return string(value)
	}
	return ""
}

type jsonName struct {
	Family      json.RawMessage `json:"family"`
	Given       json.RawMessage `json:"given"`
	Dropping    json.RawMessage `json:"dropping-particle"`
	NonDropping json.RawMessage `json:"non-dropping-particle"`
	Suffix      json.RawMessage `json:"suffix"`
	CommaSuffix json.RawMessage `json:"comma-suffix"`
	Static      json.RawMessage `json:"static-ordering"`
	Literal     json.RawMessage `json:"literal"`
	Parse       json.RawMessage `json:"parse-names"`
	Institution json.RawMessage `json:"isInstitution"`
}

func (j *jsonName) name() Name {
	n := Name{
		Family: scalar(j.Family), Given: scalar(j.Given), DroppingParticle: scalar(j.Dropping),
		NonDroppingParticle: scalar(j.NonDropping), Suffix: scalar(j.Suffix), Literal: scalar(j.Literal),
		CommaSuffix: isTrue(j.CommaSuffix), StaticOrder: isTrue(j.Static), NoParsing: string(j.Parse) == "false",
	}
	if n.Literal == "" && n.Given == "" && isTrue(j.Institution) {
		n.Literal, n.Family = n.Family, ""
	}
	return n
}

func isTrue(value json.RawMessage) bool {
	switch s := scalar(value); s {
	case "", "false", "0":
		return false
	}
	return true
}

func set(names ...string) map[string]bool {
	out := make(map[string]bool, len(names))
	for _, n := range names {
		out[n] = true
	}
	return out
}

// The variables of CSL 1.0.2, appendix IV, by their kinds.
var (
	isName = set("author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor",
		"curator", "director", "editor", "editor-translator", "editorial-director", "executive-producer", "guest", "host",
		"illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient",
		"reviewed-author", "script-writer", "series-creator", "translator")

	isText = set("abstract", "annote", "archive", "archive_collection", "archive_location", "archive-place", "authority",
		"call-number", "citation-key", "citation-label", "collection-title", "container-title", "container-title-short",
		"dimensions", "division", "DOI", "event-title", "event-place", "genre", "ISBN", "ISSN", "jurisdiction", "keyword",
		"language", "license", "medium", "original-publisher", "original-publisher-place", "original-title", "part-title",
		"PMCID", "PMID", "publisher", "publisher-place", "references", "reviewed-genre", "reviewed-title", "scale", "source",
		"status", "title", "title-short", "title-translated", "URL", "volume-title", "year-suffix")

	isDate = set("accessed", "available-date", "event-date", "issued", "locator-date", "original-date", "submitted")

	isNumber = set("chapter-number", "citation-number", "collection-number", "edition",
		"first-reference-note-number", "issue", "locator", "number", "number-of-pages", "number-of-volumes", "page",
		"page-first", "part-number", "printing-number", "section", "supplement-number", "version", "volume")
)

// text is the value of a variable, or "". Variables that follow from others
// are made here.
func (item *Item) text(name, form string) string {
	if form == "short" {
		if s := item.Text[name+"-short"]; s != "" {
			return s
		}
	}
	if s := item.Text[name]; s != "" {
		return s
	}
	switch name {
	case "page-first":
		return firstPage(item.Text["page"])
	case "title-short", "container-title-short":
		if form == "" {
			return ""
		}
		return item.Text[strings.TrimSuffix(name, "-short")]
	}
	return ""
}
