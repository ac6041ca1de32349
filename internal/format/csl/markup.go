package csl

import (
	"strings"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// tags are the rich text tags that citation processors know
// (https://citeproc-js.readthedocs.io, "HTML-like formatting tags").
var tags = map[article.Kind][2]string{
	article.Italic:    {"<i>", "</i>"},
	article.Bold:      {"<b>", "</b>"},
	article.Sup:       {"<sup>", "</sup>"},
	article.Sub:       {"<sub>", "</sub>"},
	article.SmallCaps: {`<span style="font-variant:small-caps;">`, "</span>"},
}

// markup is a text with those tags, on one line.
func markup(t journal.Text) string {
	if len(t.Rich) == 0 {
		return script.Line(t.Plain)
	}
	var b strings.Builder
	article.Marked(&b, t.Rich, tags, func(s string) string { return s })
	return script.Line(b.String())
}
