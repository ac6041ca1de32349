package store

import (
	"context"
	"strings"

	"offprint/internal/errs"
)

// GeneratedUsage are the ids of the journals whose readers were made up, for a
// demonstration.
func (s *Store) GeneratedUsage(ctx context.Context) (journals []string, err error) {
	defer errs.Wrap(&err, "store.GeneratedUsage")
	prefix := GeneratedSpool("")
	err = s.read(ctx, func(t *tx) error {
		return t.query(`SELECT name FROM usage_spool WHERE name >= ?1 AND name < ?2 ORDER BY name`, []any{prefix, strings.TrimSuffix(prefix, ":") + ";"}, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			journals = append(journals, strings.TrimPrefix(name, prefix))
			return err
		})
	})
	return journals, err
}
