package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"slices"
	"strings"

	"offprint/internal/errs"
)

// addressKey is an old address as it is stored and compared: without scheme (so
// http and https are one), user, default port and fragment, the host in lower
// case, without slashes at the end of the path; path and query stay to the
// letter. It is "" for what is not an absolute http address.
func addressKey(address string) string {
	u, err := url.Parse(strings.TrimSpace(clean(address)))
	if err != nil || u.Host == "" || !strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https") {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	k := host + strings.TrimRight(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		k += "?" + u.RawQuery
	}
	return key(k)
}

// OldAddress is where the article is now that had this absolute address on an
// earlier site. Scheme, case of the host, default port, slashes at the end and
// fragment do not matter; path and query must be the same. errs.NotFound.
func (s *Store) OldAddress(ctx context.Context, address string) (journalPath, slug string, err error) {
	defer errs.Wrap(&err, "store.OldAddress(%q)", address)
	err = s.read(ctx, func(t *tx) error {
		return t.row(`SELECT j.path, a.slug FROM old_address o JOIN article a ON a.id = o.article_id JOIN journal j ON j.id = a.journal_id WHERE o.address = ?1`,
			[]any{addressKey(address)}, &journalPath, &slug)
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = errs.Newf(errs.NotFound, "no article had the address %s", address)
	}
	return journalPath, slug, err
}

// remember keeps the old addresses of a batch. One that leads to another
// article already stays with it and is told in Written.
func (t *tx) remember(items []*item) error {
	type claim struct {
		it      *item
		address string
	}
	claims := map[string][]claim{}
	var keys []string
	for _, it := range items {
		if it.w.CountsOnly {
			continue
		}
		for _, a := range it.w.Record.OldAddresses {
			k := addressKey(a)
			if k == "" {
				continue
			}
			if claims[k] == nil {
				keys = append(keys, k)
			}
			claims[k] = append(claims[k], claim{it, a})
		}
	}
	if len(keys) == 0 {
		return nil
	}
	slices.Sort(keys)
	rows := make([][]any, len(keys))
	owner := make(map[string]string, len(keys))
	for i, k := range keys {
		rows[i] = []any{k, claims[k][0].it.id}
	}
	note := func(scan func(...any) error) error {
		var k, id string
		err := scan(&k, &id)
		owner[k] = id
		return err
	}
	err := t.bulk(`INSERT INTO old_address (address, article_id) VALUES % ON CONFLICT DO NOTHING RETURNING address, article_id`, rows, note)
	if err != nil {
		return err
	}
	var old [][]string
	for _, k := range keys {
		if owner[k] == "" {
			old = append(old, []string{k})
		}
	}
	err = t.list(`WITH wanted (address) AS (VALUES %) SELECT o.address, o.article_id FROM wanted w JOIN old_address o ON o.address = w.address`, old, note)
	if err != nil {
		return err
	}
	for _, k := range keys {
		for _, c := range claims[k] {
			if owner[k] != c.it.id && !slices.Contains(c.it.written.AddressesTaken, c.address) {
				c.it.written.AddressesTaken = append(c.it.written.AddressesTaken, c.address)
			}
		}
	}
	return nil
}
