package citing

import (
	"context"

	"offprint/internal/store"
)

// Check reads all references again and reports what is stored otherwise, and what
// is wrong with the sources. Nothing is written. What another version has derived is
// left out: whoever serves the site comes to it.
func (d *Deriver) Check(ctx context.Context, report func(store.Finding)) error {
	_, madeBy, err := d.store.ReferencesAt(ctx)
	if err != nil || madeBy != Version {
		return err
	}
	for after := ""; ; {
		ids, err := d.store.ArticleIDs(ctx, after, atOnce)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			break
		}
		after = ids[len(ids)-1]
		list, err := d.read(ctx, ids)
		if err != nil {
			return err
		}
		if err := d.store.CheckReferences(ctx, list, report); err != nil {
			return err
		}
	}
	return d.store.CheckSources(ctx, report)
}
