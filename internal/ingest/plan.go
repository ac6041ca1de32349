package ingest

import (
	"encoding/json"
	"fmt"
	"slices"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// Actions of an import.
const (
	Created   = "created"
	Updated   = "updated"
	Unchanged = "unchanged"
	Failed    = "failed"
)

// decision is what is to be done with one reading, and why.
type decision struct {
	action string
	why    string
	known  store.Known // the article it is, when there is one
	err    error
}

// decide says what a reading is against what the installation knows under its
// identities. It is a pure function of its arguments.
func decide(j *journal.Journal, rec *journal.Article, ids []store.Identity, known []store.Known) decision {
	at := map[store.Identity]store.Known{}
	for _, k := range known {
		at[k.Identity] = k
	}
	for _, id := range ids {
		k, ok := at[id]
		if !ok {
			continue
		}
		switch {
		case id.Kind == bySource:
			return decision{action: Unchanged, why: "this very source was imported before", known: k}
		case id.Kind == byDOI && k.JournalID != j.ID:
			return decision{err: errs.Fieldf(errs.Conflict, "DOI", "%s belongs to «%s» at /%s/articles/%s in another journal; a DOI names one article: correct it in the source, or import into that journal",
				rec.DOI, k.Title, k.JournalPath, k.Slug)}
		case id.Kind == byDOI && !sharesTitle(rec.Titles, k.Titles):
			return decision{err: errs.Fieldf(errs.Conflict, "DOI", "%s belongs already to «%s» at /%s/articles/%s, whose title is another; a DOI names one article: correct it in the source",
				rec.DOI, k.Title, k.JournalPath, k.Slug)}
		}
		return decision{action: Updated, why: "known by its " + id.Kind, known: k}
	}
	return decision{action: Created, why: "not known yet"}
}

// merge adds to a record the languages of the version before that the new
// source lacks: the Russian and the English page of one article are two faces
// of it, and importing one must not take the other away.
func merge(rec, old *journal.Article) {
	rec.Titles = addTexts(rec.Titles, old.Titles)
	if old.Language != "" && rec.Language != old.Language && hasLang(old.Titles, old.Language) {
		// The article was known in its own language first; the newcomer is a
		// translation of its metadata.
		rec.Language = old.Language
		slices.SortStableFunc(rec.Titles, func(a, b journal.Text) int { return rank(a, old.Language) - rank(b, old.Language) })
	}
	for _, a := range old.Abstracts {
		if !slices.ContainsFunc(rec.Abstracts, func(b journal.Abstract) bool { return b.Lang == a.Lang && b.Role == a.Role }) {
			rec.Abstracts = append(rec.Abstracts, a)
		}
	}
	for _, k := range old.Keywords {
		if !slices.ContainsFunc(rec.Keywords, func(b journal.Keywords) bool { return b.Lang == k.Lang }) {
			rec.Keywords = append(rec.Keywords, k)
		}
	}
	rec.Section = addTexts(rec.Section, old.Section)
	if len(rec.References) == 0 {
		rec.References = old.References
	}
	if len(rec.Contributors) == len(old.Contributors) {
		for i := range rec.Contributors {
			rec.Contributors[i].Names = addNames(rec.Contributors[i].Names, old.Contributors[i].Names)
		}
	}
	for _, a := range old.OldAddresses {
		if !slices.Contains(rec.OldAddresses, a) {
			rec.OldAddresses = append(rec.OldAddresses, a)
		}
	}
}

func rank(t journal.Text, lang string) int {
	if t.Lang == lang {
		return 0
	}
	return 1
}

func hasLang(texts []journal.Text, lang string) bool {
	return slices.ContainsFunc(texts, func(t journal.Text) bool { return t.Lang == lang })
}

func addTexts(to, from []journal.Text) []journal.Text {
	for _, t := range from {
		if t.Lang != "" && !hasLang(to, t.Lang) {
			to = append(to, t)
		}
	}
	return to
}

func addNames(to, from []journal.Name) []journal.Name {
	for _, n := range from {
		if n.Lang != "" && !slices.ContainsFunc(to, func(m journal.Name) bool { return m.Lang == n.Lang || m.Literal == n.Literal }) {
			to = append(to, n)
		}
	}
	return to
}

// lacksLanguages reports whether the version before has titles in languages
// that the new source does not have.
func lacksLanguages(rec, old *journal.Article) bool {
	return slices.ContainsFunc(old.Titles, func(t journal.Text) bool { return t.Lang != "" && !hasLang(rec.Titles, t.Lang) })
}

// same reports whether two records say the same.
func same(a, b *journal.Article) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

func sameCounts(a, b []journal.Count) bool { return slices.Equal(a, b) }

// aboutJournal compares what the source says of its journal with the journal
// it is imported into. It returns the journal as it should be, whether it
// changed, and what the source says otherwise.
func aboutJournal(j journal.Journal, seen *journal.Journal) (out journal.Journal, changed bool, losses []journal.Loss) {
	if len(seen.Titles) > 0 && len(j.Titles) > 0 && !sharesTitle(seen.Titles, j.Titles) {
		losses = append(losses, journal.Loss{Where: "journal", What: seen.Titles[0].Plain,
			Why: fmt.Sprintf("the source names another journal than «%s», into which it was imported", j.Titles[0].Plain)})
		return j, false, losses
	}
	if seen.ISSNPrint == "" && seen.ISSNOnline == "" {
		return j, false, losses
	}
	j.Disputes = slices.Clone(j.Disputes)
	swapped := seen.ISSNPrint != "" && seen.ISSNPrint == j.ISSNOnline || seen.ISSNOnline != "" && seen.ISSNOnline == j.ISSNPrint
	if swapped {
		d := journal.Dispute{Field: "issn", Says: issns(seen.ISSNPrint, seen.ISSNOnline), Taken: issns(j.ISSNPrint, j.ISSNOnline),
			Why: "a source gives the two numbers the other way round; both are valid, so which medium each belongs to is disputed"}
		if !slices.Contains(j.Disputes, d) {
			j.Disputes, changed = append(j.Disputes, d), true
		}
		return j, changed, losses
	}
	for _, m := range []struct {
		medium string
		have   *string
		seen   string
	}{{"print", &j.ISSNPrint, seen.ISSNPrint}, {"online", &j.ISSNOnline, seen.ISSNOnline}} {
		switch {
		case m.seen == "" || *m.have == m.seen:
		case *m.have == "":
			*m.have, changed = m.seen, true
		default:
			losses = append(losses, journal.Loss{Where: "ISSN (" + m.medium + ")", What: m.seen, Why: "the journal is registered with " + *m.have})
		}
	}
	return j, changed, losses
}

func issns(print, online string) string {
	return fmt.Sprintf("%s (print), %s (online)", print, online)
}
