package citing

import (
	"context"
	"slices"

	"offprint/internal/journal"
	"offprint/internal/store"
)

// Accepted gives the references of articles the DOIs that editors have accepted for
// them. The records are changed in place.
func Accepted(ctx context.Context, st *store.Store, list []journal.Publication) error {
	accepted, err := st.AcceptedDOIs(ctx, idsOf(list))
	for i := range list {
		store.WithDOIs(list[i].Record.References, accepted[list[i].ID])
	}
	return err
}

// Sure gives references, beside what their source marks, what was read from their
// printed text without doubt. The records are changed in place.
func Sure(ctx context.Context, st *store.Store, list []journal.Publication) error {
	read, err := st.ReadReferences(ctx, idsOf(list))
	if err != nil {
		return err
	}
	for i := range list {
		own := list[i].Record.References
		all := read[list[i].ID]
		same := func(a, b journal.Reference) bool { return a.Printed.Plain == b.Printed.Plain }
		if !slices.EqualFunc(all, own, same) { // the article is new, or has changed
			all = Read(own)
		}
		for n := range own {
			printed := own[n].Printed
			own[n] = all[n].Certain()
			own[n].Printed = printed
		}
	}
	return nil
}

func idsOf(list []journal.Publication) []string {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return ids
}
