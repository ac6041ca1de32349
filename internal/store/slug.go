package store

import (
	"strconv"
	"strings"
)

// slugTries is how often an address is chosen again that another node takes at
// the same moment.
const slugTries = 10

// slugWish is the address somebody wants in a journal.
type slugWish struct{ journalID, base string }

type slugKey struct{ journalID, slug string }

// freeSlugs gives every wish an address that is not taken in its journal: the
// base itself or with -2, -3 …. Most wishes are granted by the first of its
// queries; each further one tries ten times as many numbers. The text is the
// query for those of the list «wanted (journal_id, slug)» that exist.
func (t *tx) freeSlugs(wishes []slugWish, text string) ([]string, error) {
	taken := map[slugKey]bool{}
	look := func(tries []slugKey) error {
		rows := make([][]string, len(tries))
		for i, k := range tries {
			rows[i] = []string{k.journalID, k.slug}
		}
		return t.list("WITH wanted (journal_id, slug) AS (VALUES %)\n"+text, rows, func(scan func(...any) error) error {
			var k slugKey
			err := scan(&k.journalID, &k.slug)
			taken[k] = true
			return err
		})
	}
	got := make([]string, len(wishes))
	var tries []slugKey
	for i, w := range wishes {
		if w.base == "" {
			wishes[i].base = shortID()
		}
		tries = append(tries, slugKey{w.journalID, wishes[i].base})
	}
	if err := look(tries); err != nil {
		return nil, err
	}
	left := 0
	for i, w := range wishes {
		if k := (slugKey{w.journalID, w.base}); !taken[k] {
			taken[k], got[i] = true, w.base
		} else {
			left++
		}
	}
	for from, to := 2, 9; left > 0 && from < 10_000; from, to = to+1, to*10+9 {
		if err := look(numbered(wishes, got, from, to)); err != nil {
			return nil, err
		}
		next := map[slugWish]int{}
		for i, w := range wishes {
			for n := max(from, next[w]); got[i] == "" && n <= to; n++ {
				next[w] = n + 1
				if k := (slugKey{w.journalID, w.base + "-" + strconv.Itoa(n)}); !taken[k] {
					taken[k], got[i] = true, k.slug
					left--
				}
			}
		}
	}
	for i, w := range wishes {
		if got[i] == "" {
			got[i] = w.base + "-" + shortID()
		}
	}
	return got, nil
}

// numbered are the numbered addresses of all wishes that are not granted yet.
func numbered(wishes []slugWish, got []string, from, to int) (tries []slugKey) {
	seen := map[slugWish]bool{}
	for i, w := range wishes {
		if got[i] != "" || seen[w] {
			continue
		}
		seen[w] = true
		for n := from; n <= to; n++ {
			tries = append(tries, slugKey{w.journalID, w.base + "-" + strconv.Itoa(n)})
		}
	}
	return tries
}

// shortID is a random address of eight letters and digits, 40 bits.
func shortID() string {
	id := newID()
	return strings.ToLower(id[len(id)-8:])
}
