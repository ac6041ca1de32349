package main

import (
	"bufio"
	"fmt"

	"offprint/internal/app"
)

type citeCmd struct {
	Style   string `help:"Style: the name of one that comes along (${styles}), or a CSL file." required:"" placeholder:"STYLE"`
	Locale  string `help:"Language of the words around: en-GB, ru-RU … The style's own, if it is not said." placeholder:"TAG"`
	Format  string `help:"Form to write: text or html." enum:"text,html" default:"text" placeholder:"FORMAT"`
	Article string `help:"The article with this ID or address (/rjr/articles/…). Without it CSL-JSON is read from standard input." placeholder:"ID"`
	InText  bool   `help:"Print the citation that stands in a text, instead of the list of references." name:"in-text"`
	BaseURL string `help:"The site's public address, for the address of the article." name:"base-url" env:"OFFPRINT_BASE_URL" placeholder:"URL"`
}

func (c *citeCmd) Run(e *env) error {
	printed, err := app.PrintCitations(e.ctx, e.place, app.Cite{Style: c.Style, Locale: c.Locale, Article: c.Article,
		BaseURL: c.BaseURL, HTML: c.Format == "html", InText: c.InText}, e.stdin)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(e.stdout)
	whole := c.Format == "html" && !e.json && !c.InText
	if whole {
		fmt.Fprintln(out, `<div class="csl-bib-body">`)
	}
	for _, entry := range printed {
		switch {
		case e.json:
			if err := writeLine(out, entry); err != nil {
				return err
			}
		case whole:
			fmt.Fprintf(out, "  <div class=\"csl-entry\">%s</div>\n", entry.Text)
		default:
			fmt.Fprintln(out, entry.Text)
		}
	}
	if whole {
		fmt.Fprintln(out, "</div>")
	}
	return out.Flush()
}
