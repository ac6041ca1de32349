package journal

import (
	"strings"
	"time"
)

// Exact is the date as YYYY-MM-DD, or "" where a day is not known or none such is in
// the calendar.
func (d Date) Exact() string {
	if t, err := time.Parse("2006-01-02", string(d)); err == nil && t.Year() > 0 {
		return string(d)
	}
	return ""
}

// Valid is the date as exact as it makes sense: what is no month or no day of the
// calendar is left out, and "" is what has no year of four digits.
func (d Date) Valid() Date {
	for _, layout := range [...]string{"2006-01-02", "2006-01", "2006"} {
		if len(d) < len(layout) || len(d) > len(layout) && d[len(layout)] >= '0' && d[len(layout)] <= '9' {
			continue
		}
		if t, err := time.Parse(layout, string(d[:len(layout)])); err == nil && t.Year() > 0 {
			return d[:len(layout)]
		}
	}
	return ""
}

// On is the date of the first step of that name in the article's history, "" if it
// has none.
func (a *Article) On(event string) Date {
	for _, w := range a.History {
		if strings.EqualFold(w.Event, event) {
			return w.Date.Valid()
		}
	}
	return ""
}

// Released are the dates on which the article came out online and in print, either
// of them "" where it is not known. A date of publication that does not say of what
// is that of the online edition, where the journal has one.
func (p *Publication) Released() (online, print Date) {
	online, print = p.Record.On("published-online"), p.Record.On("published-print")
	plain := p.Record.Published.Valid()
	if plain == "" {
		plain = p.Issued().Valid()
	}
	switch {
	case plain == "" || plain == online || plain == print:
	case online == "" && (p.Journal.ISSNOnline != "" || p.Journal.ISSNPrint == ""):
		online = plain
	case print == "" && online == "":
		print = plain
	}
	return online, print
}

// ID is the first identifier of a kind, without regard to case; "" if there is none.
func (a *Article) ID(kind string) string {
	for _, id := range a.IDs {
		if strings.EqualFold(id.Kind, kind) {
			return strings.TrimSpace(id.Value)
		}
	}
	return ""
}

// Identifier is the first identifier of a kind, likewise.
func (r *Reference) Identifier(kind string) string {
	for _, id := range r.IDs {
		if strings.EqualFold(id.Kind, kind) {
			return strings.TrimSpace(id.Value)
		}
	}
	return ""
}

// TitleLanguages lists the languages of the titles of the article, the original
// first, each once.
func (a *Article) TitleLanguages() []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range a.Titles {
		if t.Plain != "" && !seen[t.Lang] {
			seen[t.Lang] = true
			out = append(out, t.Lang)
		}
	}
	return out
}

// SubtitleIn is the subtitle that belongs to a title of that language, in it; the zero Text if there
// is none.
func (a *Article) SubtitleIn(lang string) Text {
	for _, t := range a.Subtitles {
		if t.Lang == lang && t.Plain != "" {
			return t
		}
	}
	return Text{}
}

// AffiliationsOf are the institutions of a contributor.
func (a *Article) AffiliationsOf(c *Contributor) []*Affiliation {
	var out []*Affiliation
	for _, i := range c.Affiliations {
		if i >= 0 && i < len(a.Affiliations) {
			out = append(out, &a.Affiliations[i])
		}
	}
	return out
}

// Printed is the institution on one line, in lang or the first language that it
// has: "Lamp Museum, Northhaven, United Kingdom".
func (f *Affiliation) Printed(lang string) string {
	var parts []string
	for _, s := range [...]string{In(f.Names, lang).Plain, f.City, f.Country} {
		if s = strings.TrimSpace(s); s != "" && (len(parts) == 0 || !strings.Contains(parts[0], s)) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// AffiliationsPrinted are the institutions of a contributor on a line each; where
// the record has them only as printed, that.
func (a *Article) AffiliationsPrinted(c *Contributor, lang string) []string {
	var out []string
	for _, f := range a.AffiliationsOf(c) {
		if s := f.Printed(lang); s != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 && strings.TrimSpace(c.AffiliationPrinted) != "" {
		out = append(out, strings.TrimSpace(c.AffiliationPrinted))
	}
	return out
}
