package store

import (
	"context"
	"encoding/json"
	"strconv"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// Origin is what a version was read from, and what of that was not understood.
type Origin struct {
	Provenance Provenance
	Losses     []journal.Loss
}

// Origins are those of the versions that are shown of publications, in their
// order; errs.NotFound when one is missing. See Losses for that of one.
func (s *Store) Origins(ctx context.Context, list []journal.Publication) (origins []Origin, err error) {
	defer errs.Wrap(&err, "store.Origins")
	rows := make([][]string, len(list))
	for i := range list {
		rows[i] = []string{list[i].ID, strconv.Itoa(list[i].Version)}
	}
	found := map[string]Origin{}
	err = s.read(ctx, func(t *tx) error {
		return t.list(`WITH wanted (id, n) AS (VALUES %) SELECT v.article_id, v.losses, v.provenance FROM wanted w JOIN version v ON v.article_id = w.id AND v.n = CAST(w.n AS BIGINT)`, rows,
			func(scan func(...any) error) error {
				var id string
				var losses, provenance []byte
				if err := scan(&id, &losses, &provenance); err != nil {
					return err
				}
				var o Origin
				if err := json.Unmarshal(losses, &o.Losses); err != nil {
					return err
				}
				err := json.Unmarshal(provenance, &o.Provenance)
				found[id] = o
				return err
			})
	})
	for i := range list {
		o, ok := found[list[i].ID]
		if !ok && err == nil {
			err = errs.Newf(errs.NotFound, "there is no version %d of the article %q", list[i].Version, list[i].ID)
		}
		origins = append(origins, o)
	}
	return origins, err
}
