package bibtex

import (
	"strings"

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
		return whole(n.Family)
	}
	parts := []string{part(n.Family)}
	if n.Suffix != "" {
		parts = append(parts, part(n.Suffix))
	}
	return strings.Join(append(parts, part(n.Given)), ", ")
}

// part is one part of a name, in braces where BibTeX would cut it: at a comma
// or at the word "and". A particle at its beginning ("van der Berg") stays
// bare, for BibTeX knows it by its small letters.
func part(s string) string {
	t := escape(s)
	if strings.Contains(t, ",") || strings.Contains(" "+strings.ToLower(t)+" ", " and ") {
		return "{" + t + "}"
	}
	return t
}

// whole is a family name that stands alone: BibTeX would take its first word
// for a given name.
func whole(s string) string {
	if t := escape(s); strings.ContainsAny(t, " ,") {
		return "{" + t + "}"
	}
	return escape(s)
}
