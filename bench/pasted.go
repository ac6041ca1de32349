//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"offprint/internal/refparse"
)

// pastings are the ways in which a list of references comes from a page, a word processor
// or a PDF. Each writes entry n of a list, from 0.
var pastings = []struct {
	name  string
	entry func(b *strings.Builder, n int, text string)
}{
	{"a line each", func(b *strings.Builder, _ int, text string) { b.WriteString(text + "\n") }},
	{"broken lines, empty ones between", func(b *strings.Builder, _ int, text string) {
		b.WriteString(strings.Join(broken(text, 72), "\n") + "\n\n")
	}},
	{"broken lines, the first set in", func(b *strings.Builder, _ int, text string) {
		b.WriteString("    " + strings.Join(broken(text, 72), "\n") + "\n")
	}},
	{"broken lines, hanging", func(b *strings.Builder, _ int, text string) {
		b.WriteString(strings.Join(broken(text, 72), "\n    ") + "\n")
	}},
	{"broken lines, numbers, a page's end", func(b *strings.Builder, n int, text string) {
		lines := broken(text, 72)
		if n == 3 {
			lines[0] += "\n\n123\n\f\nJournal of Lighthouses 2020, Vol. 4\n"
		}
		fmt.Fprintf(b, "[%d] %s\n", n+1, strings.Join(lines, "\n"))
	}},
	{"all on one line, numbers", func(b *strings.Builder, n int, text string) { fmt.Fprintf(b, "%d. %s ", n+1, text) }},
	{"broken lines and nothing else", func(b *strings.Builder, _ int, text string) {
		b.WriteString(strings.Join(broken(text, 72), "\n") + "\n")
	}},
	{"broken lines and words, nothing else", func(b *strings.Builder, _ int, text string) {
		b.WriteString(strings.Join(hyphenated(text, 66), "\n") + "\n")
	}},
}

// broken are the lines of a text in a column of so many letters.
func broken(text string, width int) (lines []string) {
	line := ""
	for _, w := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimPrefix(line+" "+w, " ")
	}
	return append(lines, line)
}

// hyphenated breaks long words of small letters, too.
func hyphenated(text string, width int) []string {
	lines := broken(text, width)
	for i := 1; i < len(lines); i++ {
		word, rest, _ := strings.Cut(lines[i], " ")
		letters := []rune(word)
		if len(letters) >= 8 && strings.ToLower(word) == word && strings.Trim(word, ".,:;0123456789/-–()[]«»“”") == word && !strings.ContainsAny(word, "/-.:0123456789") {
			lines[i-1] += " " + string(letters[:4]) + "-"
			lines[i] = strings.TrimSuffix(string(letters[4:])+" "+rest, " ")
		}
	}
	return lines
}

// listLength is how many entries of one style make a list.
const listLength = 8

// pastedReport prints how many entries of lists begin where they should after pasting, and
// how many are made besides. The lists are of strings of one style each.
func pastedReport(list []annotated) {
	byStyle := map[string][]string{}
	for i := range list {
		text := strings.Join(strings.Fields(list[i].text), " ")
		if _, rest, _, numbered := refparse.CutNumber(text); numbered {
			text = rest
		}
		byStyle[list[i].style] = append(byStyle[list[i].style], text)
	}
	section(fmt.Sprintf("refs: lists of at most %d strings of one style, pasted", listLength))
	for _, p := range pastings {
		lists, whole, entries, found, more := 0, 0, 0, 0, 0
		for _, texts := range byStyle {
			for part := range slices.Chunk(texts, listLength) {
				if len(part) < 3 {
					continue
				}
				var b strings.Builder
				for n, text := range part {
					p.entry(&b, n, text)
				}
				made := map[string]bool{}
				got := refparse.Split(b.String())
				for _, e := range got {
					made[begin(e.Text)] = true
				}
				right := 0
				for _, text := range part {
					if made[begin(text)] {
						right++
					}
				}
				lists, entries, found, more = lists+1, entries+len(part), found+right, more+max(len(got)-right, 0)
				if right == len(part) && len(got) == right {
					whole++
				}
			}
		}
		fmt.Printf("  %-37s  %d of %d entries begin where they should, %d more are made; %d of %d lists are wholly right\n", p.name, found, entries, more, whole, lists)
	}
}

// begin is how an entry begins, without its number and hyphens.
func begin(s string) string {
	if _, rest, plain, numbered := refparse.CutNumber(s); numbered && !plain {
		s = rest
	}
	letters := []rune(strings.ReplaceAll(strings.TrimLeft(s, "•·*▪■-. "), "-", ""))
	return string(letters[:min(len(letters), 14)])
}
