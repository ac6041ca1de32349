package pdf

import (
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// zone is how many baselines at the top and at the bottom of a page may be
// running heads and page numbers.
const zone = 3

// place is one line at the top or the bottom of a page.
type place struct {
	page  int // index
	line  *Line
	value int // what the line says when it is a number, or -1
}

// markRunning marks the lines that repeat. A line at the top or the bottom of a
// page is a running one when the same words, whatever the numbers among them,
// stand at the same height (6 points) on three pages, or on both of a document
// of two. A line that is a number only is a page number when it counts along
// with the pages.
func markRunning(pages []Page) {
	need := min(3, len(pages))
	if need < 2 {
		return
	}
	groups := map[string][]place{}
	for i := range pages {
		for _, l := range margin(&pages[i]) {
			key := pattern(l.Text)
			p := place{page: i, line: l, value: -1}
			if key == "#" {
				p.value = number(l.Text)
			}
			if key != "" {
				groups[key] = append(groups[key], p)
			}
		}
	}
	for key, group := range groups {
		if key == "#" {
			markNumbers(group, need)
			continue
		}
		sort.SliceStable(group, func(a, b int) bool { return group[a].line.Base < group[b].line.Base })
		for start := 0; start < len(group); {
			end := start + 1
			for end < len(group) && group[end].line.Base-group[end-1].line.Base <= 6 {
				end++
			}
			mark(group[start:end], need)
			start = end
		}
	}
}

// markNumbers groups numbers by how far they are from the page's index.
func markNumbers(group []place, need int) {
	byOffset := map[int][]place{}
	for _, p := range group {
		if p.value >= 0 {
			byOffset[p.value-p.page] = append(byOffset[p.value-p.page], p)
		}
	}
	for _, same := range byOffset {
		mark(same, need)
	}
}

// mark marks the lines when they stand on enough pages.
func mark(group []place, need int) {
	pages := map[int]bool{}
	for _, p := range group {
		pages[p.page] = true
	}
	if len(pages) < need {
		return
	}
	for _, p := range group {
		p.line.Running = true
	}
}

// margin are the lines on the outer baselines of a page.
func margin(p *Page) []*Line {
	var bases []float64
	for i := range p.Lines {
		if !p.Lines[i].Turned {
			bases = append(bases, math.Round(p.Lines[i].Base))
		}
	}
	sort.Float64s(bases)
	var distinct []float64
	for _, b := range bases {
		if n := len(distinct); n == 0 || b-distinct[n-1] > 2 {
			distinct = append(distinct, b)
		}
	}
	if len(distinct) == 0 {
		return nil
	}
	low := distinct[min(zone, len(distinct))-1] + 2
	high := distinct[max(0, len(distinct)-zone)]
	var out []*Line
	for i := range p.Lines {
		l := &p.Lines[i]
		if b := math.Round(l.Base); !l.Turned && len(l.Text) <= 300 && (b <= low || b >= high) {
			out = append(out, l)
		}
	}
	return out
}

// pattern is a line in small letters with # for its numbers, Roman ones too
// where the line is nothing else.
func pattern(text string) string {
	if number(text) >= 0 {
		return "#"
	}
	var b strings.Builder
	digits := false
	for _, r := range strings.ToLower(text) {
		if unicode.IsDigit(r) {
			if !digits {
				b.WriteByte('#')
			}
			digits = true
			continue
		}
		digits = false
		if !unicode.IsSpace(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// number is the value of a line that is a page number, with or without dashes
// around it, Arabic or Roman; otherwise it is -1.
func number(text string) int {
	text = strings.Trim(text, " -–—|[]()")
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && len(text) <= 7 {
		return n
	}
	return roman(strings.ToLower(text))
}

// roman is the value of a Roman numeral below 400, or -1.
func roman(s string) int {
	values := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	sum := 0
	for i := range len(s) {
		v, ok := values[s[i]]
		if !ok || len(s) > 12 {
			return -1
		}
		if i+1 < len(s) && values[s[i+1]] > v {
			v = -v
		}
		sum += v
	}
	if sum == 0 {
		return -1
	}
	return sum
}
