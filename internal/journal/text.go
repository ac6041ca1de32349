package journal

import (
	"fmt"
	"strings"

	"offprint/internal/article"
)

// Text is prose in one language.
type Text struct {
	Lang string `json:"lang,omitempty"` // BCP 47; empty: unknown
	// Plain is the text without markup; paragraphs are separated by "\n\n".
	Plain string `json:"text"`
	// Rich is the same text with its markup, only where it has any.
	Rich []article.Node `json:"rich,omitempty"`
}

// T makes a plain Text.
func T(lang, plain string) Text { return Text{Lang: lang, Plain: plain} }

// Nodes is the text as a tree: Rich, or else Plain as one node per paragraph
// (a single paragraph is bare inline text).
func (t Text) Nodes() []article.Node {
	if len(t.Rich) > 0 {
		return t.Rich
	}
	if t.Plain == "" {
		return nil
	}
	paragraphs := strings.Split(t.Plain, "\n\n")
	if len(paragraphs) == 1 {
		return []article.Node{article.Str(t.Plain)}
	}
	nodes := make([]article.Node, len(paragraphs))
	for i, p := range paragraphs {
		nodes[i] = article.Node{Kind: article.Paragraph, Kids: []article.Node{article.Str(p)}}
	}
	return nodes
}

// In picks the text in lang: the same tag, else the same base language, else
// the first. It is the zero Text for an empty list.
func In(texts []Text, lang string) Text {
	base, _, _ := strings.Cut(lang, "-")
	near := -1
	for i, t := range texts {
		if strings.EqualFold(t.Lang, lang) {
			return t
		}
		if b, _, _ := strings.Cut(t.Lang, "-"); near < 0 && b != "" && strings.EqualFold(b, base) {
			near = i
		}
	}
	switch {
	case near >= 0:
		return texts[near]
	case len(texts) > 0:
		return texts[0]
	}
	return Text{}
}

// Document is a full text in one language.
type Document = article.Document

// Date is a date as exact as it is known: "2020", "2020-03" or "2020-03-14".
type Date string

// YearDate is the date of which only the year is known.
func YearDate(year int) Date { return Date(fmt.Sprintf("%04d", year)) }

// Year is the year of the date, 0 if there is none.
func (d Date) Year() int {
	y, _, _ := d.Parts()
	return y
}

// Parts are year, month and day; 0 where not known.
func (d Date) Parts() (year, month, day int) {
	parts := [3]int{}
	for i, p := range strings.SplitN(string(d), "-", 3) {
		for _, c := range p {
			if c < '0' || c > '9' {
				return parts[0], parts[1], parts[2]
			}
			parts[i] = parts[i]*10 + int(c-'0')
		}
	}
	return parts[0], parts[1], parts[2]
}
