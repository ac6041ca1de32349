// Package report makes the reports of usage that libraries read: it gives what
// the store has counted to package format/counter.
//
//	p, err := report.PlatformOf("https://journals.example.org", "", "", "")
//	src := &report.Source{Store: st, Platform: p, BaseURL: "https://journals.example.org"}
//	span, err := src.Span(ctx, time.Now())
//	ask, fault := counter.Parse(counter.ReportOf("ir"), values, p, span, false)
//	err = src.Write(ctx, ask, &j, counter.NewJSON(out, ask, p, time.Now()))
//
// It decides of which months usage is ready, and what the words of the Code mean
// here: an article is Open under a licence of Creative Commons and else
// Free_To_Read, since nothing is behind a wall; its year of publication is that of
// its issue, or of its date. Articles are read some hundred at a time.
package report

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"offprint/internal/errs"
	"offprint/internal/format/counter"
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/tally"
)

// Source is where reports come from.
type Source struct {
	Store    *store.Store
	Platform counter.Platform
	// BaseURL is the public address of the installation; without it items have no
	// addresses.
	BaseURL string
}

// Writer writes a report, item by item.
type Writer interface {
	Item(*counter.Item) error
	Close() error
}

// ready is how long after its end a month is ready: what nodes have noted is taken
// into the log some minutes later.
const ready = time.Hour

// Span is the months of which usage is known at a time: those that are over, up to
// the first that has a day that is still to be counted.
func (s *Source) Span(ctx context.Context, now time.Time) (span counter.Span, err error) {
	defer errs.Wrap(&err, "report.Span")
	now = now.UTC()
	span.Current = now.Format("2006-01")
	since, err := s.Store.UsageSince(ctx)
	if err != nil {
		return span, err
	}
	over := now.Add(-ready)
	span.Last = time.Date(over.Year(), over.Month(), 0, 0, 0, 0, 0, time.UTC).Format("2006-01")
	if since == "" {
		span.First = span.Current
		return span, nil
	}
	span.First = since[:len("2006-01")]
	if !strings.HasSuffix(since, "-01") {
		span.Since = since
	}
	stale, err := s.Store.StaleUsage(ctx)
	if err != nil {
		return span, err
	}
	for _, d := range stale {
		if month, err := time.Parse("2006-01", d.Day[:len("2006-01")]); err == nil {
			span.Last = min(span.Last, month.AddDate(0, -1, 0).Format("2006-01"))
		}
	}
	return span, nil
}

// Write writes a report on a journal, or on all where it is nil, and closes it.
func (s *Source) Write(ctx context.Context, ask *counter.Ask, of *journal.Journal, w Writer) (err error) {
	defer errs.Wrap(&err, "report.Write(%s)", ask.Report.ID)
	if err := s.generated(ctx, ask, of); err != nil {
		return err
	}
	if !ask.None {
		if ask.Report.Level == counter.OfPlatform {
			err = s.platform(ctx, ask, of, w)
		} else {
			err = s.titles(ctx, ask, of, w)
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}

// madeUp is the code of the warning that readers never were.
const madeUp = 1

// generated says which journals' readers were made up, for a demonstration.
func (s *Source) generated(ctx context.Context, ask *counter.Ask, of *journal.Journal) error {
	ids, err := s.Store.GeneratedUsage(ctx)
	if err != nil || len(ids) == 0 || of != nil && !slices.Contains(ids, of.ID) {
		return err
	}
	ask.Warn(madeUp, "Generated Usage", "the readers of the demonstration journal never were: its numbers are made up")
	return nil
}

// platform sums the platform up.
func (s *Source) platform(ctx context.Context, ask *counter.Ask, of *journal.Journal, w Writer) error {
	id := ""
	if of != nil {
		id = of.ID
	}
	var it counter.Item
	for class, dataType := range map[tally.Class]string{tally.OfArticle: counter.Journal, tally.OfSearch: counter.Platformed} {
		months, err := s.Store.UsageTotals(ctx, class, id)
		if err != nil {
			return err
		}
		for _, m := range months {
			c := counts(m.Counts)
			if class == tally.OfSearch {
				c = counter.Counts{counter.SearchesPlatform: m.Investigations}
			}
			ask.Add(&it, m.Month, counter.Attributes{DataType: dataType, Method: method(m.Method)}, c)
		}
	}
	return w.Item(&it)
}

// titles writes the journals, or their articles.
func (s *Source) titles(ctx context.Context, ask *counter.Ask, of *journal.Journal, w Writer) error {
	var journals []journal.Journal
	if of != nil {
		journals = []journal.Journal{*of}
	} else {
		var err error
		if journals, err = s.Store.Journals(ctx); err != nil {
			return err
		}
	}
	for i := range journals {
		j := &journals[i]
		title := s.title(j)
		items := ask.Report.Level == counter.OfItem
		if !items && !ask.Wants(title, s.Platform) {
			continue
		}
		err := s.Store.UsedArticles(ctx, j.ID, "", ask.Begin, ask.End, func(a *store.UsedArticle) error {
			if !items {
				add(ask, title, a, counter.Journal)
				return nil
			}
			it := s.item(j, title, a)
			if !ask.Wants(it, s.Platform) {
				return nil
			}
			add(ask, it, a, counter.Article)
			return w.Item(it)
		})
		if err == nil && !items {
			err = w.Item(title)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// add adds an article's months to an item.
func add(ask *counter.Ask, it *counter.Item, a *store.UsedArticle, dataType string) {
	at := counter.Attributes{DataType: dataType, YOP: yop(&a.Line), AccessType: counter.FreeToRead}
	if a.Open {
		at.AccessType = counter.Open
	}
	for _, m := range a.Months {
		at.Method = method(m.Method)
		ask.Add(it, m.Month, at, counts(m.Counts))
	}
}

func counts(c tally.Counts) counter.Counts {
	return counter.Counts{counter.TotalItemInvestigations: c.Investigations, counter.TotalItemRequests: c.Requests,
		counter.UniqueItemInvestigations: c.UniqueInvestigations, counter.UniqueItemRequests: c.UniqueRequests}
}

func method(m tally.Method) string {
	if m == tally.TDM {
		return counter.TDM
	}
	return counter.Regular
}

// yop is the year of publication: that of the issue, where the article is in one,
// as it is cited.
func yop(l *store.Line) string {
	year := l.Year
	if year == 0 {
		year = l.Published.Year()
	}
	if year < 1 || year > 9998 { // 9999 are articles in press
		return counter.UnknownYear
	}
	return fmt.Sprintf("%04d", year)
}

// title is a journal.
func (s *Source) title(j *journal.Journal) *counter.Item {
	return &counter.Item{Name: j.Title(j.Language()).Plain, Publisher: journal.In(j.Publisher, j.Language()).Plain,
		IDs: counter.IDs{Proprietary: j.Path, PrintISSN: j.ISSNPrint, OnlineISSN: j.ISSNOnline, URI: j.Address(s.BaseURL)}}
}

// item is an article.
func (s *Source) item(j *journal.Journal, title *counter.Item, a *store.UsedArticle) *counter.Item {
	p := journal.Publication{Journal: *j, Slug: a.Slug, Standing: a.Standing}
	it := &counter.Item{Name: p.Titled(journal.In(a.Titles, "")).Plain, Publisher: title.Publisher, Parent: title,
		IDs: counter.IDs{DOI: a.DOI, Proprietary: a.ID, URI: string(p.Address(s.BaseURL))}}
	for i, name := range a.Contributors {
		who := counter.Author{Name: name}
		if i < len(a.ORCIDs) {
			who.ORCID = a.ORCIDs[i]
		}
		it.Authors = append(it.Authors, who)
	}
	if _, err := time.Parse(time.DateOnly, string(a.Published)); err == nil {
		it.Published = string(a.Published)
	}
	if a.Type != "preprint" {
		it.Version = "VoR"
	}
	return it
}

// registryForm is the address of a record of the COUNTER Registry, by its old host
// or its new one.
var registryForm = regexp.MustCompile(`^https://registry\.(projectcounter|countermetrics)\.org/platform/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// mostID is the length of a platform's ID (section 11.1).
const mostID = 17

// PlatformOf is the platform at an address. Its name is the host unless another is
// given, its ID the part of the host that fits, its registry record the address
// that COUNTER gave it.
func PlatformOf(baseURL, name, id, registry string) (p counter.Platform, err error) {
	host := ""
	if u, err := url.Parse(baseURL); err == nil {
		host = u.Hostname()
	}
	p = counter.Platform{Name: name, ID: id, Registry: registry}
	if p.Name == "" {
		p.Name = host
	}
	if len(p.Name) < 2 {
		p.Name = counter.MadeBy
	}
	if p.ID == "" {
		p.ID = idOf(host)
	}
	if !validID(p.ID) {
		return p, errs.Fieldf(errs.Invalid, "counter-id", "%q is no name for identifiers: write a letter and then at most %d letters, digits, dots and underscores", p.ID, mostID-1)
	}
	if registry != "" && !registryForm.MatchString(registry) {
		return p, errs.Fieldf(errs.Invalid, "counter-registry", "%q is no record of the COUNTER Registry: write https://registry.countermetrics.org/platform/…", registry)
	}
	return p, nil
}

// idOf is as much of a host's name, from its end, as makes an ID.
func idOf(host string) string {
	host = strings.ReplaceAll(strings.ToLower(host), "-", "_")
	labels := strings.Split(host, ".")
	for i := range labels {
		if id := strings.Join(labels[i:], "."); validID(id) {
			return id
		}
	}
	return "offprint"
}

func validID(id string) bool {
	letter := func(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
	return len(id) >= 2 && len(id) <= mostID && letter(rune(id[0])) &&
		!slices.ContainsFunc([]rune(id), func(c rune) bool { return !letter(c) && !('0' <= c && c <= '9') && !strings.ContainsRune("_./", c) })
}
