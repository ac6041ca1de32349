package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// Registries are the names of those that CheckFor knows.
var Registries = slices.Sorted(maps.Keys(registries))

// CheckFor reports, article by article, what a registry asks for and the records of a
// journal, or of all, do not have. It returns how many articles there are and how many of
// them lack what the registry takes no record without.
func (a *App) CheckFor(ctx context.Context, registry, path, site string, report func(Missing)) (all, lacking int, err error) {
	lacks, ok := registries[registry]
	if !ok {
		return 0, 0, errs.Fieldf(errs.Invalid, "for", "there is no %q: choose one of %s", registry, strings.Join(Registries, ", "))
	}
	err = a.eachPage(ctx, path, func(list []journal.Publication) error {
		if err := a.resolve(ctx, list); err != nil {
			return err
		}
		for i := range list {
			p := &list[i]
			all++
			found := lacks(p, string(p.Address(site)))
			if found.Grave() {
				lacking++
			}
			if len(found) > 0 {
				report(missing(p, found))
			}
		}
		return nil
	})
	return all, lacking, err
}
