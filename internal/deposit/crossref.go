package deposit

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/store"
)

// Crossref is the REST API of Crossref (https://api.crossref.org/swagger-ui/).
type Crossref struct{ client *client }

// NewCrossref makes a client. errs.Invalid for an address that is none, or without
// an e-mail address.
func NewCrossref(s Settings) (*Crossref, error) {
	c, err := newClient(s)
	if err != nil {
		return nil, err
	}
	return &Crossref{c}, nil
}

// Work is what a registry has of a work.
type Work struct {
	DOI       string   `json:"doi"`
	Type      string   `json:"type,omitempty"`
	Titles    []string `json:"titles,omitempty"` // also the original one
	Authors   []string `json:"authors,omitempty"`
	Container []string `json:"container,omitempty"` // also the short one
	Year      int      `json:"year,omitempty"`
	Volume    string   `json:"volume,omitempty"`
	Issue     string   `json:"issue,omitempty"`
	Page      string   `json:"page,omitempty"` // the first
}

// crossrefWork is a work as the API gives it. Some members are null or have other
// types in old records: those are left out.
type crossrefWork struct {
	DOI       string   `json:"DOI"`
	Type      string   `json:"type"`
	Title     []string `json:"title"`
	Subtitle  []string `json:"subtitle"`
	Original  []string `json:"original-title"`
	Container []string `json:"container-title"`
	Short     []string `json:"short-container-title"`
	Author    []struct {
		Family string `json:"family"`
		Given  string `json:"given"`
		Name   string `json:"name"`
	} `json:"author"`
	Editor []struct {
		Family string `json:"family"`
	} `json:"editor"`
	Issued    crossrefDate     `json:"issued"`
	Volume    string           `json:"volume"`
	Issue     string           `json:"issue"`
	Page      string           `json:"page"`
	Article   string           `json:"article-number"`
	UpdatedBy []crossrefUpdate `json:"updated-by"`
}

type crossrefDate struct {
	Parts [][]*int `json:"date-parts"`
}

// date is a date of the parts that are there.
func (d crossrefDate) date() journal.Date {
	if len(d.Parts) == 0 || len(d.Parts[0]) == 0 || d.Parts[0][0] == nil {
		return ""
	}
	var b strings.Builder
	for i, n := range d.Parts[0] {
		if n == nil || *n < 1 || i == 0 && *n > 9999 || i > 0 && *n > 31 || i > 2 {
			break
		}
		if i == 0 {
			b.WriteString(strings.Repeat("0", max(0, 4-len(strconv.Itoa(*n)))))
		} else {
			b.WriteByte('-')
			if *n < 10 {
				b.WriteByte('0')
			}
		}
		b.WriteString(strconv.Itoa(*n))
	}
	return journal.Date(b.String())
}

type crossrefUpdate struct {
	DOI     string       `json:"DOI"`
	Type    string       `json:"type"`
	Updated crossrefDate `json:"updated"`
}

// longestQuestion is how many letters of a printed reference are asked for.
const longestQuestion = 500

// Find are the works that the registry finds nearest to a printed reference, most at
// most, in its order.
func (c *Crossref) Find(ctx context.Context, printed string, most int) ([]Work, error) {
	printed = strings.Join(strings.Fields(strings.ToValidUTF8(printed, "")), " ")
	if utf8.RuneCountInString(printed) > longestQuestion {
		printed = string([]rune(printed)[:longestQuestion])
	}
	body, err := c.client.get(ctx, "/works", url.Values{"query.bibliographic": {printed}, "rows": {strconv.Itoa(most)}})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Message struct {
			Items []json.RawMessage `json:"items"`
		} `json:"message"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, c.unreadable(err)
	}
	var out []Work
	for _, item := range answer.Message.Items[:min(len(answer.Message.Items), most)] {
		var w crossrefWork
		if json.Unmarshal(item, &w) != nil {
			continue // one record that is not as documented does not spoil the others
		}
		if work, ok := w.work(); ok {
			out = append(out, work)
		}
	}
	return out, nil
}

func (c *Crossref) unreadable(err error) error {
	return errs.Newf(errs.Unavailable, "the answer of %s cannot be read: %v", c.client.base.Host, err)
}

func (w *crossrefWork) work() (Work, bool) {
	doi, ok := pid.DOI(w.DOI)
	if !ok {
		return Work{}, false
	}
	out := Work{DOI: strings.ToLower(doi), Type: w.Type, Titles: w.Title, Container: slices.Concat(w.Container, w.Short), Year: w.Issued.date().Year(), Volume: w.Volume, Issue: w.Issue}
	if len(w.Title) > 0 && len(w.Subtitle) > 0 {
		out.Titles = append([]string{w.Title[0] + ": " + w.Subtitle[0]}, out.Titles...)
	}
	out.Titles = append(out.Titles, w.Original...)
	out.Page, _, _ = strings.Cut(strings.ReplaceAll(w.Page, "–", "-"), "-")
	if out.Page == "" {
		out.Page = w.Article
	}
	for _, a := range w.Author {
		if name := firstOf(a.Family, a.Name); name != "" {
			out.Authors = append(out.Authors, name)
		}
	}
	if len(out.Authors) == 0 {
		for _, e := range w.Editor {
			out.Authors = append(out.Authors, e.Family)
		}
	}
	return out, true
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// grave are the updates after which a work is cited otherwise, the gravest first.
// Crossref: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
var grave = []string{"retraction", "withdrawal", "removal", "partial_retraction", "expression_of_concern"}

// Updates are the grave notices on the work with a DOI, the gravest first, then by
// date. errs.NotFound when the registry does not have it, as with the DOIs of other
// agencies.
func (c *Crossref) Updates(ctx context.Context, doi string) ([]store.WorkUpdate, error) {
	body, err := c.client.get(ctx, "/works/"+doi, url.Values{})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Message struct {
			DOI       string            `json:"DOI"`
			UpdatedBy []json.RawMessage `json:"updated-by"`
		} `json:"message"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, c.unreadable(err)
	}
	if !pid.SameDOI(answer.Message.DOI, doi) {
		return nil, c.unreadable(errors.New("it is of another work"))
	}
	var out []store.WorkUpdate
	for _, raw := range answer.Message.UpdatedBy {
		var u crossrefUpdate
		if json.Unmarshal(raw, &u) != nil {
			continue
		}
		kind := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(u.Type))
		if !slices.Contains(grave, kind) {
			continue
		}
		notice, _ := pid.DOI(u.DOI)
		if update := (store.WorkUpdate{Kind: kind, Date: u.Updated.date(), Notice: strings.ToLower(notice)}); !slices.Contains(out, update) && len(out) < 20 {
			out = append(out, update)
		}
	}
	slices.SortStableFunc(out, func(a, b store.WorkUpdate) int {
		if a.Kind != b.Kind {
			return slices.Index(grave, a.Kind) - slices.Index(grave, b.Kind)
		}
		return strings.Compare(string(a.Date), string(b.Date))
	})
	return out, nil
}
