package app

import (
	"context"
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
	start := time.Now()
	before := start.Add(-within).UTC().Format(time.RFC3339)
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
		return links.CheckAll(ctx, due, func(u string, h deposit.Health) error {
			answer := store.LinkHealth{URL: u, State: h.State, Status: h.Status, Note: h.Note}
			if err := a.Store.WriteLinkHealth(ctx, []store.LinkHealth{answer}); err != nil {
				return err
			}
			return tell(LinkAnswer{Path: from[u], URL: u, State: h.State, Status: h.Status, Note: h.Note})
		})
	})
	if err != nil || path != "" {
		return err
	}
	return a.Store.ForgetLinkHealth(ctx, start.Add(-linksForgotten))
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
