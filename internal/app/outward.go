package app

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"offprint/internal/citing"
	"offprint/internal/config"
	"offprint/internal/deposit"
	"offprint/internal/errs"
	"offprint/internal/store"
)

// reachable refuses what would ask others where that is switched off or nobody is
// named to write to.
func reachable(o config.Outward) error {
	switch {
	case o.Offline:
		return errs.Newf(errs.Unavailable, "this installation is offline and asks nothing of other sites: leave out --offline (OFFPRINT_OFFLINE)")
	case !strings.Contains(o.Mailto, "@"):
		return errs.Newf(errs.Invalid, "other sites are told whom to write to: give an e-mail address with --mailto (OFFPRINT_MAILTO)")
	}
	return nil
}

// Registry is how Crossref is asked.
type Registry struct {
	config.Outward
	Address string
}

func (r Registry) open() (*deposit.Crossref, error) {
	if err := reachable(r.Outward); err != nil {
		return nil, err
	}
	return deposit.NewCrossref(deposit.Settings{Base: r.Address, Mail: r.Mailto})
}

// Proposal is a DOI that is proposed for a reference, or was decided on.
type Proposal struct {
	ID         string       `json:"id"`
	Path       string       `json:"path"` // of the article, with the entry
	Printed    string       `json:"printed"`
	State      string       `json:"state"`
	DOI        string       `json:"doi,omitempty"`
	Work       deposit.Work `json:"work,omitzero"`
	Confidence float64      `json:"confidence"`
}

// Matching says which references are matched, and how.
type Matching struct {
	Journal string
	Above   float64 // accept what is surer; 0: nothing
	Limit   int     // references that are asked for, at most; 0: all
	Again   bool    // ask also for what was asked already and is not decided
}

// leastAsked is how many letters a printed reference must have to be asked for.
const leastAsked = 30

// entriesAtOnce is how many references are read at a time.
const entriesAtOnce = 100

// eachEntries calls f for the references of a journal, or of all when none is named,
// some at a time.
func (a *App) eachEntries(ctx context.Context, path string, f func([]store.CitedEntry) error) error {
	if err := citing.New(a.Store).CatchUp(ctx); err != nil {
		return err
	}
	id := ""
	if path != "" {
		j, err := a.Store.Journal(ctx, path)
		if err != nil {
			return err
		}
		id = j.ID
	}
	after, position := "", 0
	for {
		list, err := a.Store.CitedEntries(ctx, id, after, position, entriesAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		last := &list[len(list)-1]
		after, position = last.ArticleID, last.Position
		if err := f(list); err != nil {
			return err
		}
	}
}

var errEnough = errors.New("enough")

// MatchReferences asks Crossref for the references of a journal that have no DOI, and
// tells what it proposes. What is proposed waits for an editor, unless it is surer
// than m.Above. When it is interrupted, what was asked is kept.
func (a *App) MatchReferences(ctx context.Context, r Registry, m Matching, tell func(Proposal) error) error {
	registry, err := r.open()
	if err != nil {
		return err
	}
	asked := 0
	err = a.eachEntries(ctx, m.Journal, func(list []store.CitedEntry) error {
		states, err := a.Store.Matches(ctx, matchIDs(list))
		if err != nil {
			return err
		}
		for i := range list {
			e := &list[i]
			if !worthAsking(e) {
				continue
			}
			was, there := states[matchID(e)]
			if there && (!m.Again || was.State == store.MatchAccepted || was.State == store.MatchRejected) {
				continue
			}
			if m.Limit > 0 && asked >= m.Limit {
				return errEnough
			}
			asked++
			p, err := a.match(ctx, registry, e, m.Above)
			if err != nil {
				return err
			}
			if err := tell(p); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

func matchID(e *store.CitedEntry) string {
	return store.MatchID(e.ArticleID, store.PrintedHash(&e.Record))
}

func matchIDs(list []store.CitedEntry) []string {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = matchID(&list[i])
	}
	return ids
}

// worthAsking: what has a DOI needs none, and documents of archives have none.
func worthAsking(e *store.CitedEntry) bool {
	r := &e.Record
	return r.DOI == "" && r.Archive.Repository == "" && r.Archive.Fond == "" && utf8.RuneCountInString(r.Printed.Plain) >= leastAsked
}

// candidates is how many works of the registry are compared.
const candidates = 5

// match asks for one reference and keeps the answer.
func (a *App) match(ctx context.Context, registry *deposit.Crossref, e *store.CitedEntry, above float64) (Proposal, error) {
	works, err := registry.Find(ctx, e.Record.Printed.Plain, candidates)
	if err != nil && !errors.Is(err, errs.NotFound) && !errors.Is(err, errs.Invalid) {
		return Proposal{}, err
	}
	m := store.ReferenceMatch{ArticleID: e.ArticleID, Printed: store.PrintedHash(&e.Record), State: store.MatchNone, Record: "{}"}
	best, confidence, near := deposit.Best(&e.Record, works)
	m.Confidence = confidence
	if near {
		record, err := json.Marshal(&best)
		if err != nil {
			return Proposal{}, err
		}
		m.DOI, m.Record, m.State = best.DOI, string(record), store.MatchProposed
	}
	if err := a.Store.WriteMatches(ctx, []store.ReferenceMatch{m}); err != nil {
		return Proposal{}, err
	}
	m.ID = matchID(e)
	if near && above > 0 && confidence >= above {
		if err := a.Store.DecideMatches(ctx, []string{m.ID}, store.MatchAccepted, commandLine); err != nil {
			return Proposal{}, err
		}
		m.State = store.MatchAccepted
	}
	return proposal(e, &m)
}

func proposal(e *store.CitedEntry, m *store.ReferenceMatch) (Proposal, error) {
	p := Proposal{ID: m.ID, Path: entryPath(e), Printed: e.Record.Printed.Plain, State: m.State, DOI: m.DOI, Confidence: m.Confidence}
	err := json.Unmarshal([]byte(m.Record), &p.Work)
	return p, err
}

// Proposals tells what is proposed for the references of a journal, with all also
// what was decided and what nothing is near to.
func (a *App) Proposals(ctx context.Context, path string, all bool, tell func(Proposal) error) error {
	return a.eachEntries(ctx, path, func(list []store.CitedEntry) error {
		states, err := a.Store.Matches(ctx, matchIDs(list))
		if err != nil {
			return err
		}
		for i := range list {
			m, there := states[matchID(&list[i])]
			if !there || !all && m.State != store.MatchProposed {
				continue
			}
			p, err := proposal(&list[i], &m)
			if err == nil {
				err = tell(p)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Decide accepts or rejects proposals by their ids; with above, all of a journal that
// are proposed and at least that sure. It returns how many.
func (a *App) Decide(ctx context.Context, ids []string, path string, above float64, accept bool) (int, error) {
	if above > 0 {
		err := a.Proposals(ctx, path, false, func(p Proposal) error {
			if p.Confidence >= above {
				ids = append(ids, p.ID)
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	state := store.MatchRejected
	if accept {
		state = store.MatchAccepted
	}
	if err := a.Store.DecideMatches(ctx, ids, state, commandLine); err != nil {
		return 0, err
	}
	return len(ids), citing.New(a.Store).CatchUp(ctx)
}

// Fate is what a registry says of a cited work.
type Fate struct {
	DOI     string             `json:"doi"`
	Known   bool               `json:"known"`
	Updates []store.WorkUpdate `json:"updates,omitempty"`
	Path    string             `json:"path"` // of an article that cites it
}

// CheckRetractions asks Crossref what has become of the works that are cited with a
// DOI and were not asked for within a time, and tells each answer.
func (a *App) CheckRetractions(ctx context.Context, r Registry, path string, within time.Duration, tell func(Fate) error) error {
	registry, err := r.open()
	if err != nil {
		return err
	}
	before := time.Now().Add(-within).UTC().Format(time.RFC3339)
	return a.eachEntries(ctx, path, func(list []store.CitedEntry) error {
		cited := map[string]string{}
		var dois []string
		for i := range list {
			if doi := strings.ToLower(list[i].Record.DOI); doi != "" && cited[doi] == "" {
				cited[doi] = entryPath(&list[i])
				dois = append(dois, doi)
			}
		}
		known, err := a.Store.WorkStatuses(ctx, dois)
		if err != nil {
			return err
		}
		for _, doi := range dois {
			if s, there := known[doi]; there && s.Checked > before {
				continue
			}
			updates, err := registry.Updates(ctx, doi)
			if err != nil && !errors.Is(err, errs.NotFound) && !errors.Is(err, errs.Invalid) {
				return err
			}
			w := store.WorkStatus{DOI: doi, Known: err == nil, Updates: updates}
			if err := a.Store.WriteWorkStatus(ctx, w); err != nil {
				return err
			}
			if err := tell(Fate{doi, w.Known, updates, cited[doi]}); err != nil {
				return err
			}
		}
		return nil
	})
}
