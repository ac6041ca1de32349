package bibtex

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// Key is the entry key of an article: the first author's family name, the year
// and the first word of the title that has four letters or more, in small
// ASCII letters and digits: "panov2020soviet". It depends on the record alone
// and stays the same as long as these three do. Where nothing of them can be
// written in Latin letters it is made of the article's address.
func Key(p *journal.Publication) string {
	key := family(&p.Record)
	if year := p.Issued().Year(); year > 0 {
		key += string(journal.YearDate(year))
	}
	key += word(&p.Record)
	if strings.Trim(key, "0123456789") == "" {
		key = plain(p.Journal.Path) + key + plain(p.Slug)
	}
	return key
}

func family(rec *journal.Article) string {
	authors := rec.By("author")
	if len(authors) == 0 {
		return ""
	}
	for _, n := range authors[0].Names {
		name := n.Family
		if name == "" {
			name = n.Literal
		}
		if s := plain(script.Slug(name, 40)); s != "" {
			return s
		}
	}
	return ""
}

func word(rec *journal.Article) string {
	for _, t := range rec.Titles {
		words := strings.Split(script.Slug(t.Plain, 120), "-")
		for _, w := range words {
			if len(w) >= 4 {
				return plain(w)
			}
		}
		if words[0] != "" {
			return plain(words[0])
		}
	}
	return ""
}

// plain drops what is not a small letter or a digit.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
