package app

import (
	"context"
	"errors"
	"strconv"
	"time"

	"offprint/internal/deposit"
	"offprint/internal/store"
)

const (
	// linkPause is how long a host is left alone between two of its addresses.
	linkPause = 2 * time.Second
	// linksEvery is how old an answer must be before the nightly run asks again.
	linksEvery = 6 * 24 * time.Hour
	// linksForgotten is for how long addresses are kept that nobody cites.
	linksForgotten = 180 * 24 * time.Hour
	// nightly is the hour of the nightly run, UTC.
	nightly = 2
)

// entryPath is the address of an entry within the site.
func entryPath(e *store.CitedEntry) string {
	return "/" + e.JournalPath + "/articles/" + e.Slug + "#ref-" + strconv.Itoa(e.Position+1)
}

// LinkAnswer is how the address of a reference answers.
type LinkAnswer struct {
	Path    string `json:"path,omitempty"` // of an entry that gives it
	URL     string `json:"url"`
	State   string `json:"state"`
	Status  int    `json:"status,omitempty"`
	Note    string `json:"note,omitempty"`
	Checked string `json:"checked,omitempty"`
	Since   string `json:"since,omitempty"`
}

// Well tells whether the address answered as it should.
func (l *LinkAnswer) Well() bool { return l.State == deposit.LinkOK }

// CheckLinks asks the addresses of references of a journal, or of all, whether they
// answer, those that were not asked within a time, and tells each answer.
func (a *App) CheckLinks(ctx context.Context, links *deposit.Links, path string, within time.Duration, tell func(LinkAnswer) error) error {
	start := time.Now().UTC()
	before := start.Add(-within).Format(time.RFC3339)
	counts := healthCounts{to: a.Store}
	err := a.eachEntries(ctx, path, func(list []store.CitedEntry) error {
		var addresses []string
		from := map[string]string{}
		for i := range list {
			if u := list[i].Record.URL; u != "" && from[u] == "" {
				from[u] = entryPath(&list[i])
				addresses = append(addresses, u)
			}
		}
		known, err := a.Store.LinkHealths(ctx, addresses)
		if err != nil {
			return err
		}
		var due []string
		for _, u := range addresses {
			if h, there := known[u]; !there || h.Checked <= before {
				due = append(due, u)
			}
		}
		err = links.CheckAll(ctx, due, func(u string, h deposit.Health) error {
			answer := store.LinkHealth{URL: u, State: h.State, Status: h.Status, Note: h.Note, Checked: time.Now().UTC().Format(time.RFC3339)}
			if err := a.Store.WriteLinkHealth(ctx, []store.LinkHealth{answer}); err != nil {
				return err
			}
			known[u] = answer
			return tell(LinkAnswer{Path: from[u], URL: u, State: h.State, Status: h.Status, Note: h.Note})
		})
		if err != nil {
			return err
		}
		return counts.add(ctx, list, known)
	})
	if err == nil {
		err = counts.end(ctx)
	}
	if err != nil {
		return err
	}
	return a.forgetHealth(ctx, path, start)
}

// forgetHealth forgets what was not met in a round that began at start.
func (a *App) forgetHealth(ctx context.Context, path string, start time.Time) error {
	if path == "" {
		return errors.Join(a.Store.ForgetReferenceHealth(ctx, "", start), a.Store.ForgetLinkHealth(ctx, start.Add(-linksForgotten)))
	}
	j, err := a.Store.Journal(ctx, path)
	if err != nil {
		return err
	}
	return a.Store.ForgetReferenceHealth(ctx, j.ID, start)
}

// healthCounts counts the links of one article after the other.
type healthCounts struct {
	to   *store.Store
	list []store.ReferenceHealth
}

// countsAtOnce is how many articles' counts are written in one transaction.
const countsAtOnce = 500

// add counts entries, which come in the order of articles, by what is known of their
// addresses.
func (c *healthCounts) add(ctx context.Context, entries []store.CitedEntry, known map[string]store.LinkHealth) error {
	for i := range entries {
		e := &entries[i]
		h, asked := known[e.Record.URL]
		if !asked {
			continue
		}
		last := len(c.list) - 1
		if last < 0 || c.list[last].ArticleID != e.ArticleID {
			if len(c.list) >= countsAtOnce {
				if err := c.end(ctx); err != nil {
					return err
				}
			}
			c.list = append(c.list, store.ReferenceHealth{ArticleID: e.ArticleID, JournalID: e.JournalID})
			last = len(c.list) - 1
		}
		sum := &c.list[last]
		sum.Asked = max(sum.Asked, h.Checked)
		if h.State == deposit.LinkRefused {
			sum.Refused++
			continue
		}
		sum.Links++
		if deposit.Dead(h.State) {
			sum.Dead++
		}
	}
	return nil
}

// end writes what was counted.
func (c *healthCounts) end(ctx context.Context) error {
	err := c.to.WriteReferenceHealth(ctx, c.list)
	c.list = c.list[:0]
	return err
}

// LinkReport tells of every reference whose address was asked and, unless all is set,
// did not answer well. Nothing is asked.
func (a *App) LinkReport(ctx context.Context, path string, all bool, tell func(LinkAnswer) error) error {
	return a.eachEntries(ctx, path, func(list []store.CitedEntry) error {
		var addresses []string
		for i := range list {
			if u := list[i].Record.URL; u != "" {
				addresses = append(addresses, u)
			}
		}
		known, err := a.Store.LinkHealths(ctx, addresses)
		if err != nil {
			return err
		}
		for i := range list {
			h, there := known[list[i].Record.URL]
			if !there || !all && h.State == deposit.LinkOK {
				continue
			}
			if err := tell(LinkAnswer{entryPath(&list[i]), h.URL, h.State, h.Status, h.Note, h.Checked, h.Since}); err != nil {
				return err
			}
		}
		return nil
	})
}

// CheckLinksNightly asks the addresses of references every night until ctx ends.
func (s *Server) CheckLinksNightly(ctx context.Context) error {
	for {
		now := time.Now().UTC()
		next := time.Date(now.Year(), now.Month(), now.Day(), nightly, 0, 0, 0, time.UTC)
		if !next.After(now) {
			next = next.AddDate(0, 0, 1)
		}
		t := time.NewTimer(time.Until(next))
		select {
		case <-ctx.Done():
			t.Stop()
			return nil
		case <-t.C:
		}
		asked, bad := 0, 0
		err := s.CheckLinks(ctx, deposit.NewLinks(s.cfg.Mailto, linkPause), "", linksEvery, func(l LinkAnswer) error {
			if asked++; !l.Well() {
				bad++
			}
			return nil
		})
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			s.log.Warn("the addresses of references were not all asked; trying again next night", "asked", asked, "error", err)
		} else {
			s.log.Info("the addresses of references were asked", "asked", asked, "not well", bad)
		}
	}
}

// NewLinks makes what asks addresses, unless that is switched off.
func (r Registry) NewLinks() (*deposit.Links, error) {
	if err := reachable(r.Outward); err != nil {
		return nil, err
	}
	return deposit.NewLinks(r.Mailto, linkPause), nil
}
