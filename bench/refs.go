//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"offprint/internal/format/csl"
	"offprint/internal/journal"
	"offprint/internal/refparse"
)

// refs measures the reading of reference strings: how many fields come out as in
// annotations by hand, and how fast. The annotated strings belong to others and
// are not part of the project.
func (b *bench) refs(context.Context) error {
	if b.gold != "" {
		return ownReferences(b.gold)
	}
	data := filepath.Join(b.root, "..", "shared", "data")
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		section("refs: left out, since its references are read from ../shared/data, which is not here")
		return nil
	}
	gold, err := goldReferences(filepath.Join(data, "refs", "gold-dev.jsonl"))
	if err != nil {
		return err
	}
	seed, err := seedReferences(filepath.Join(data, "seed", "gold.json"))
	if err != nil {
		return err
	}
	both := append(slices.Clone(gold), seed...)
	fieldReport(fmt.Sprintf("refs: %d strings annotated by hand, and the %d of the seed page", len(gold), len(seed)), both, refTargets)
	halves(gold)
	styleReport(both)
	pastedReport(both)
	silver, err := silverReferences(filepath.Join(data, "refs", "silver-scielo-dev.jsonl"))
	if err != nil {
		return err
	}
	fieldReport(fmt.Sprintf("refs: %d strings with their publisher's own fields, which have errors", len(silver)), silver, nil)
	if err := matching(silver); err != nil {
		return err
	}
	held, err := heldReferences(filepath.Join(data, "refs", "labelled.jsonl"))
	if err != nil {
		return err
	}
	fieldReport(fmt.Sprintf("refs: %d labelled strings that the weights have not seen", len(held)), held, nil)
	return b.refSpeed(filepath.Join(data, "refs", "refs-dev.tsv"))
}

// ownReferences measures an annotated list and tells what comes out otherwise.
func ownReferences(name string) error {
	list, err := goldReferences(name)
	if err != nil {
		return err
	}
	fieldReport(fmt.Sprintf("refs: %d strings of %s", len(list), name), list, refTargets)
	styleReport(list)
	pastedReport(list)
	section("refs: what comes out otherwise")
	for _, a := range list {
		said := false
		for _, field := range refFields {
			want, got := valueOf(a.want, field), valueOf(a.got, field)
			if want == got || want == "" && refTargets[field] == 0 {
				continue
			}
			if !said {
				fmt.Printf("  %s: %s\n", a.style, a.text)
				said = true
			}
			fmt.Printf("    %-26s %q, not %q\n", field, got, want)
		}
	}
	return nil
}

// refTargets are the shares of exact matches to reach.
var refTargets = map[string]float64{
	"author": 0.95, "title": 0.93, "year": 0.98, "container-title": 0.90, "page": 0.95, "title-translated": 0.95, "language-note": 0.98, "key": 1,
}

// refFields are compared, in this order.
var refFields = []string{
	"key", "type", "author", "editor", "translator", "title", "title-translated", "container-title", "container-title-translated", "year", "issued", "accessed",
	"volume", "volume-title", "issue", "part", "page", "number-of-pages", "number", "edition", "publisher", "publisher-place", "language-note", "language", "URL", "url-remnant", "DOI",
}

// annotated is a string with what is right.
type annotated struct {
	text, style string
	want        map[string]any
	got         map[string]any
}

// read parses the string as the command does.
func (a *annotated) read() error {
	r := refparse.Parse(a.text)
	parsed := csl.NewParsed(&r, a.text)
	b, err := json.Marshal(&parsed)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, &a.got)
}

// jsonLines reads a file of one object a line.
func jsonLines(name string, one func(map[string]any) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v map[string]any
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return err
		}
		if err := one(v); err != nil {
			return err
		}
	}
	return lines.Err()
}

func goldReferences(name string) (out []annotated, err error) {
	err = jsonLines(name, func(v map[string]any) error {
		a := annotated{text: v["text"].(string), style: v["style"].(string), want: v}
		out = append(out, a)
		return out[len(out)-1].read()
	})
	return out, err
}

// seedReferences are those of the first page; what its transcriber inferred and no
// word says is left out.
func seedReferences(name string) (out []annotated, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var gold struct{ References []map[string]any }
	if err := json.Unmarshal(text, &gold); err != nil {
		return nil, err
	}
	for _, v := range gold.References {
		for from, to := range map[string]string{"title_translated": "title-translated", "language_note": "language-note", "url_remnant": "url-remnant"} {
			v[to] = v[from]
		}
		delete(v, "number")
		delete(v, "genre")
		out = append(out, annotated{text: v["raw"].(string), style: "rjr-key-apa", want: v})
		if err := out[len(out)-1].read(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// silverReferences have the fields of the publisher's JATS.
func silverReferences(name string) (out []annotated, err error) {
	err = jsonLines(name, func(v map[string]any) error {
		jats, _ := v["jats"].(map[string]any)
		one := func(field string) any {
			if list, ok := jats[field].([]any); ok && len(list) > 0 {
				return list[0]
			}
			return nil
		}
		want := map[string]any{"volume": one("volume"), "issue": one("issue"), "publisher": one("publisher-name"), "publisher-place": one("publisher-loc"), "year": yearOf(one("year"))}
		want["title"], want["container-title"] = one("article-title"), one("source")
		if want["title"] == nil {
			want["title"] = one("chapter-title")
		}
		if want["title"] == nil {
			want["title"], want["container-title"] = one("source"), nil
		}
		if first, ok := one("fpage").(string); ok {
			want["page"] = first
			if last, ok := one("lpage").(string); ok && last != first {
				want["page"] = first + "-" + last
			}
		}
		if names, ok := jats["author"].([]any); ok {
			want["author"] = names
		}
		text := strings.Join(strings.Fields(v["text"].(string)), " ")
		out = append(out, annotated{text: text, style: "scielo", want: want})
		return out[len(out)-1].read()
	})
	return out, err
}

// yearOf is a year without the letter that tells two works of one year apart.
func yearOf(v any) any {
	if s, ok := v.(string); ok && len(s) == 5 && refparse.IsYear(s[:4]) {
		return s[:4]
	}
	return v
}

// heldReferences are the fifth of the labelled strings that training leaves out.
func heldReferences(name string) (out []annotated, err error) {
	n := -1
	err = jsonLines(name, func(v map[string]any) error {
		if n++; n%5 != 0 {
			return nil
		}
		fields, _ := v["fields"].([]any)
		want := map[string]any{}
		keep := func(name string, value any) {
			if want[name] == nil {
				want[name] = value
			}
		}
		article := false
		for _, f := range fields {
			name := f.([]any)[0].(string)
			article = article || name == "title:a" || name == "title"
		}
		for _, f := range fields {
			name, value := f.([]any)[0].(string), strings.Trim(f.([]any)[1].(string), " .,;:\"“”()")
			switch name {
			case "title:a", "title":
				keep("title", value)
			case "title:m":
				if article {
					keep("container-title", value)
				} else {
					keep("title", value)
				}
			case "title:j", "journal", "container-title":
				keep("container-title", strings.TrimPrefix(strings.TrimPrefix(value, "In: "), "In "))
			case "publisher":
				keep("publisher", value)
			case "pubPlace", "location":
				keep("publisher-place", value)
			case "biblScope:vol", "biblScope:volume":
				keep("volume", value)
			case "biblScope:issue":
				keep("issue", value)
			case "biblScope:pp", "biblScope:page", "pages":
				keep("page", strings.TrimSpace(strings.TrimLeft(strings.ToLower(value), "pages. ")))
			case "date":
				for word := range strings.FieldsFuncSeq(value, func(r rune) bool { return r < '0' || r > '9' }) {
					if refparse.IsYear(word) {
						keep("year", word)
					}
				}
			}
		}
		out = append(out, annotated{text: strings.Join(strings.Fields(v["raw"].(string)), " "), style: "labelled", want: want})
		return out[len(out)-1].read()
	})
	return out, err
}

// same is a value in the form in which two are compared: letter case, kinds of
// dashes and quotation marks, spaces and closing punctuation do not count.
func same(field string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		s := journal.Same(v)
		s = strings.NewReplacer("‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "−", "-", "~", "-", "’", "'", "‘", "'", "`", "'", "“", `"`, "”", `"`, "«", `"`, "»", `"`, "„", `"`).Replace(s)
		s = strings.NewReplacer(" -", "-", "- ", "-").Replace(s)
		return strings.Trim(s, ` .,;:"()`)
	case []any:
		var out []string
		for _, name := range v {
			m, _ := name.(map[string]any)
			family, given := same(field, m["family"]), strings.ReplaceAll(same(field, m["given"]), " ", "")
			out = append(out, strings.Trim(family+" "+given+" "+same(field, m["literal"]), " "))
		}
		return strings.Join(out, "; ")
	case map[string]any:
		if parts, ok := v["date-parts"]; ok {
			return fmt.Sprint(parts)
		}
	}
	return fmt.Sprint(v)
}

// valueOf is the compared form of a field; "year" is the first of issued where
// no year of its own is given.
func valueOf(v map[string]any, field string) string {
	if field == "year" && v["year"] == nil {
		issued, _ := v["issued"].(map[string]any)
		parts, _ := issued["date-parts"].([]any)
		if len(parts) == 0 {
			return ""
		}
		return fmt.Sprint(parts[0].([]any)[0])
	}
	return same(field, v[field])
}

// tally counts one field.
type tally struct {
	n, right, extra int
	f1              float64
}

func (t *tally) add(want, got string) {
	switch {
	case want == "" && got != "":
		t.extra++
	case want != "":
		t.n++
		if want == got {
			t.right++
		}
		t.f1 += tokenF1(want, got)
	}
}

func (t *tally) share() float64 { return float64(t.right) / float64(max(t.n, 1)) }

// tokenF1 is the harmonic mean of precision and recall of the words.
func tokenF1(want, got string) float64 {
	count := map[string]int{}
	w, g := strings.Fields(want), strings.Fields(got)
	for _, word := range w {
		count[word]++
	}
	both := 0
	for _, word := range g {
		if count[word] > 0 {
			count[word]--
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return 2 * float64(both) / float64(len(w)+len(g))
}

func fieldReport(title string, list []annotated, targets map[string]float64) {
	section(title)
	for _, field := range refFields {
		var t tally
		for _, a := range list {
			t.add(valueOf(a.want, field), valueOf(a.got, field))
		}
		if t.n == 0 {
			continue
		}
		note := fmt.Sprintf("token F1 %.3f, %d of %d", t.f1/float64(t.n), t.right, t.n)
		if targets != nil {
			note += fmt.Sprintf(", %d more where none is annotated", t.extra)
		}
		if target, ok := targets[field]; ok {
			note += "; " + atLeast(t.share(), target, "")
		}
		line(field+", exact", fmt.Sprintf("%.3f", t.share()), note)
	}
}

// halves compares the even with the odd strings: far apart, they would tell of
// rules made for single strings.
func halves(list []annotated) {
	var half [2]tally
	for i, a := range list {
		for _, field := range refFields {
			half[i%2].add(valueOf(a.want, field), valueOf(a.got, field))
		}
	}
	line("all fields, even and odd strings", fmt.Sprintf("%.3f / %.3f", half[0].share(), half[1].share()), "")
}

func styleReport(list []annotated) {
	section("refs: the same by style, all fields together")
	styles := map[string]*tally{}
	var names []string
	for _, a := range list {
		if styles[a.style] == nil {
			styles[a.style] = &tally{}
			names = append(names, a.style)
		}
		for _, field := range refFields {
			styles[a.style].add(valueOf(a.want, field), valueOf(a.got, field))
		}
	}
	for _, name := range names {
		t := styles[name]
		line(name, fmt.Sprintf("%.3f", t.share()), fmt.Sprintf("token F1 %.3f, %d of %d fields", t.f1/float64(max(t.n, 1)), t.right, t.n))
	}
}

// refSpeed parses real strings on one core, beside reading and writing what comes
// out as JSON.
func (b *bench) refSpeed(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var strs []string
	for row := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimRight(row, "\n"), "\t")
		strs = append(strs, cells[len(cells)-1])
	}
	strs = strs[1:]
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	outs := make([][]byte, len(strs))
	for i, s := range strs {
		r := refparse.Parse(s)
		p := csl.NewParsed(&r, s)
		if outs[i], err = json.Marshal(&p); err != nil {
			return err
		}
	}
	var parsed, coded, lists []float64
	for range b.rounds {
		begun := time.Now()
		for _, s := range strs {
			refparse.Parse(s)
		}
		parsed = append(parsed, float64(len(strs))/time.Since(begun).Seconds())
		begun = time.Now()
		for _, out := range outs {
			var v any
			if err := json.NewDecoder(bytes.NewReader(out)).Decode(&v); err != nil {
				return err
			}
			if _, err := json.Marshal(v); err != nil {
				return err
			}
		}
		coded = append(coded, float64(len(outs))/time.Since(begun).Seconds())
		list := strings.Join(strs[:min(500, len(strs))], "\n\n")
		begun = time.Now()
		for _, e := range refparse.Split(list) {
			refparse.Parse(e.Text)
		}
		lists = append(lists, float64(time.Since(begun).Microseconds())/1000)
	}
	section(fmt.Sprintf("refs: %d real strings, on one core", len(strs)))
	line("parses a second", thousands(median(parsed)), atLeast(median(parsed), 5000, "")+fmt.Sprintf("; %s; %.2f of reading and writing the result as JSON (%s)", spread(parsed, "%.0f"), median(parsed)/median(coded), thousands(median(coded))))
	line("a list of 500, divided and parsed", fmt.Sprintf("%.0f ms", median(lists)), atMost(median(lists), 300, "ms")+"; "+spread(lists, "%.0f"))
	return nil
}
