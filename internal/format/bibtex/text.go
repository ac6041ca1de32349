package bibtex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/script"
)

// special are TeX's special characters as text. Braces are written as commands,
// for an escaped brace still counts where BibTeX looks for the end of a value.
var special = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`,
	"%", `\%`, "&", `\&`, "#", `\#`, "_", `\_`, "$", `\$`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
)

// escape is plain text as TeX, on one line: an empty line would end the
// paragraph inside a command.
func escape(s string) string { return special.Replace(script.Line(s)) }

// commands are the TeX commands for marked-up runs.
var commands = map[article.Kind][2]string{
	article.Italic:    {`\textit{`, "}"},
	article.Bold:      {`\textbf{`, "}"},
	article.Sup:       {`\textsuperscript{`, "}"},
	article.Sub:       {`\textsubscript{`, "}"},
	article.SmallCaps: {`\textsc{`, "}"},
	article.Monospace: {`\texttt{`, "}"},
}

// markup is a text with its markup as TeX, on one line.
func markup(t journal.Text) string {
	if len(t.Rich) == 0 {
		return escape(t.Plain)
	}
	var b strings.Builder
	article.Marked(&b, t.Rich, commands, special.Replace)
	return script.Line(b.String())
}

// people is a list of names: "Family, Given and Family, Suffix, Given and
// {{Body}}".
func people(of []journal.Contributor) string {
	out := make([]string, 0, len(of))
	for _, c := range of {
		out = append(out, person(&c))
	}
	return strings.Join(out, " and ")
}

func person(c *journal.Contributor) string {
	n := c.Names[0]
	if c.Collective || n.Family == "" {
		return "{" + escape(n.Literal) + "}"
	}
	if n.Given == "" && n.Suffix == "" {
		return alone(n.Family)
	}
	parts := []string{familyPart(n.Family, n.Given)}
	if n.Suffix != "" {
		parts = append(parts, part(n.Suffix))
	}
	return strings.Join(append(parts, part(n.Given)), ", ")
}

// part is one part of a name, in braces where BibTeX would cut it: at a comma
// or at the word "and".
func part(s string) string {
	t := escape(s)
	if strings.Contains(t, ",") || divides(t) {
		return "{" + t + "}"
	}
	return t
}

// divides: a list ends an item at the word "and".
func divides(t string) bool { return strings.Contains(" "+strings.ToLower(t)+" ", " and ") }

// familyPart is a family name. Particles at its beginning ("van der Berg") stay bare,
// for BibTeX knows them by their small letters. The rest is in braces where it would
// take a word of it for one: in "Ramos da Silva", and in "Álvarez García", for it does
// not know letters beyond ASCII and looks at the next one. biber takes a name in small
// letters for a particle where the given name is so, too.
func familyPart(family, given string) string {
	rest := family
	for {
		word, more, ok := strings.Cut(rest, " ")
		if !ok || !small(word) {
			break
		}
		rest = more
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == '-' })
	if len(words) == 0 {
		return part(family)
	}
	particle := func(w string) bool {
		r, size := utf8.DecodeRuneInString(w)
		return small(w) || r >= utf8.RuneSelf && unicode.Is(unicode.Latin, r) && len(w) > size && small(w[size:])
	}
	if slices.ContainsFunc(words[:len(words)-1], particle) || rest == family && small(family) && small(given) {
		return strings.TrimLeft(escape(family[:len(family)-len(rest)])+" {"+escape(rest)+"}", " ")
	}
	return part(family)
}

// small: the first letter is a small one.
func small(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// alone is a family name that stands alone: BibTeX would take its first word
// for a given name.
func alone(s string) string {
	if t := escape(s); strings.ContainsAny(t, " ,-") {
		return "{" + t + "}"
	}
	return escape(s)
}
