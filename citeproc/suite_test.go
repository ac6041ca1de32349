package citeproc

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	suiteShow = flag.String("show", "", "print what the fixtures whose names contain this give")
	suiteList = flag.Bool("failing", false, "print the names of the fixtures that fail")
)

const (
	suiteFolder  = "../../shared/data/csl/test-suite"
	localeFolder = "../../shared/data/csl/locales"

	// suiteFloor is how many fixtures passed when it was raised last. Fewer is
	// a fault.
	suiteFloor = 834
)

// fixture is a test of the official suite: a style, items, and what they give.
type fixture struct {
	name, mode, result, style, input, items, citations string
}

func readFixture(path string) (fixture, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return fixture{}, err
	}
	f := fixture{name: strings.TrimSuffix(filepath.Base(path), ".txt")}
	sections := map[string]*string{"MODE": &f.mode, "RESULT": &f.result, "CSL": &f.style, "INPUT": &f.input,
		"CITATION-ITEMS": &f.items, "CITATIONS": &f.citations}
	var to *string
	for _, line := range strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(b), "\ufeff"), "\r\n", "\n"), "\n") {
		name := strings.Trim(line, "=<> ")
		switch {
		case strings.HasPrefix(line, ">>=") && sections[name] != nil:
			to = sections[name]
		case strings.HasPrefix(line, "<<="):
			to = nil
		case to != nil:
			*to += line + "\n"
		}
	}
	for _, s := range sections {
		*s = strings.TrimSpace(*s)
	}
	return f, nil
}

// locales reads the official locale files once.
type locales map[string]*Locale

func (l locales) load(tag string) *Locale {
	if have, ok := l[tag]; ok {
		return have
	}
	l[tag] = nil
	f, err := os.Open(filepath.Join(localeFolder, "locales-"+tag+".xml"))
	if err != nil {
		return nil
	}
	defer f.Close()
	if have, err := ParseLocale(f); err == nil {
		l[tag] = have
	}
	return l[tag]
}

func (f *fixture) run(l locales) (out string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	style, err := ParseStyle(strings.NewReader(f.style))
	if err != nil {
		return "", err
	}
	items, err := DecodeItems(strings.NewReader(f.input))
	if err != nil {
		return "", err
	}
	p, err := New(style, Options{Locale: l.load})
	if err != nil {
		return "", err
	}
	if f.citations != "" {
		return f.document(p, items)
	}
	if err := p.SetItems(items); err != nil {
		return "", err
	}
	if f.mode == "bibliography" {
		b, err := p.Bibliography()
		if err != nil {
			return "", err
		}
		return b.String(), nil
	}
	var clusters [][]Cite
	if f.items != "" {
		if err := json.Unmarshal([]byte(f.items), &clusters); err != nil {
			return "", err
		}
	} else {
		var all []Cite
		for _, e := range p.ranked { // in the order of the bibliography
			all = append(all, Cite{ID: e.item.ID})
		}
		clusters = [][]Cite{all}
	}
	var lines []string
	for _, c := range clusters {
		s, err := p.Cite(c)
		if err != nil {
			return "", err
		}
		lines = append(lines, s)
	}
	return strings.Join(lines, "\n"), nil
}

// step is one change of a document, as word processors report them.
type step struct {
	Citation struct {
		ID string `json:"citationID"`
		Citation
	}
	Before, After []string
	Notes         map[string]int
}

func (s *step) UnmarshalJSON(b []byte) error {
	var raw [3]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	var id struct {
		ID string `json:"citationID"`
	}
	if err := json.Unmarshal(raw[0], &id); err != nil {
		return err
	}
	s.Citation.ID = id.ID
	if err := json.Unmarshal(raw[0], &s.Citation.Citation); err != nil {
		return err
	}
	for k, to := range []*[]string{&s.Before, &s.After} {
		var list [][]any
		if err := json.Unmarshal(raw[k+1], &list); err != nil {
			return err
		}
		for _, l := range list {
			*to = append(*to, fmt.Sprint(l[0]))
			if s.Notes == nil {
				s.Notes = map[string]int{}
			}
			s.Notes[fmt.Sprint(l[0])] = int(l[1].(float64))
		}
	}
	return nil
}

// document prints the citations after the last step, marking those that the
// last step changed.
func (f *fixture) document(p *Processor, items []*Item) (string, error) {
	var steps []step
	if err := json.Unmarshal([]byte(f.citations), &steps); err != nil {
		return "", err
	}
	byID := map[string]*Item{}
	for _, item := range items {
		byID[item.ID] = item
	}
	known := map[string]Citation{}
	var before, after map[string]string
	firsts := map[string]string{}
	numbered := strings.Contains(f.style, "first-reference-note-number")
	var order []string
	var last string
	for k, s := range steps {
		known[s.Citation.ID] = s.Citation.Citation
		last = s.Citation.ID
		for id, note := range s.Notes {
			c := known[id]
			c.Note = note
			known[id] = c
		}
		order = append(append(slices.Clone(s.Before), s.Citation.ID), s.After...)
		if k < len(steps)-2 {
			continue
		}
		var list []Citation
		var cited []*Item
		for _, id := range order {
			list = append(list, known[id])
			for _, c := range known[id].Cites {
				if item := byID[c.ID]; item != nil && !slices.Contains(cited, item) {
					cited = append(cited, item)
				}
			}
		}
		if err := p.SetItems(cited); err != nil {
			return "", err
		}
		texts, err := p.Document(list)
		if err != nil {
			return "", err
		}
		before, after = after, map[string]string{}
		if k == len(steps)-2 {
			for id, c := range known {
				firsts[id] = firstNotes(p, c)
			}
		}
		for k, id := range order {
			after[id] = texts[k]
		}
	}
	if f.mode == "bibliography" {
		b, err := p.Bibliography()
		if err != nil {
			return "", err
		}
		return b.String(), nil
	}
	var lines []string
	for k, id := range order {
		mark := ".."
		if id == last || before[id] != after[id] || numbered && firsts[id] != firstNotes(p, known[id]) {
			mark = ">>"
		}
		lines = append(lines, fmt.Sprintf("%s[%d] %s", mark, k, after[id]))
	}
	return strings.Join(lines, "\n"), nil
}

// firstNotes are the notes in which what a citation cites stands first.
func firstNotes(p *Processor, c Citation) string {
	var b strings.Builder
	for _, cite := range c.Cites {
		if e := p.entries[cite.ID]; e != nil {
			fmt.Fprintf(&b, "%d ", e.firstNote)
		}
	}
	return b.String()
}

func TestOfficialSuite(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(suiteFolder, "*.txt"))
	if len(paths) == 0 {
		t.Skipf("no official test suite at %s: only the package's own samples are run", suiteFolder)
	}
	l := locales{}
	passed, total := map[string]int{}, map[string]int{}
	var failing []string
	for _, path := range paths {
		f, err := readFixture(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.run(l)
		if err != nil {
			got = "error: " + err.Error()
		}
		total[f.mode]++
		ok := got == f.result
		if ok {
			passed[f.mode]++
		} else {
			failing = append(failing, f.name)
		}
		if *suiteShow != "" && strings.Contains(f.name, *suiteShow) {
			fmt.Printf("%s %v\nwant %s\ngot  %s\n", f.name, ok, f.result, got)
		}
	}
	all, good := total["citation"]+total["bibliography"], passed["citation"]+passed["bibliography"]
	line := fmt.Sprintf("official CSL test suite: %d of %d pass (%.1f %%); citation %d of %d, bibliography %d of %d",
		good, all, 100*float64(good)/float64(all), passed["citation"], total["citation"], passed["bibliography"], total["bibliography"])
	fmt.Println(line)
	if *suiteList {
		fmt.Println(strings.Join(failing, "\n"))
	}
	if good < suiteFloor {
		t.Errorf("%s: fewer than %d", line, suiteFloor)
	}
}
