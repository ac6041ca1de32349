package script

import (
	"slices"
)

// Related are the search keys of the forms that stand in a cluster together with a
// word that has the given keys, without those keys, in a stable order: for the keys
// of Dulles those of Даллес and ダレス. An index that has search keys of its words
// finds by them the other names of what was asked for. It looks through the whole
// table, which takes some tens of microseconds; it is not for every word of a text.
func (a *Aliases) Related(keys []string) []string {
	names := a.Append(nil, keys)
	if len(names) == 0 {
		return nil
	}
	var out []string
	for ; a != nil; a = a.base {
		for key, of := range a.of {
			if slices.ContainsFunc(of, func(n string) bool { return slices.Contains(names, n) }) && !slices.Contains(keys, key) {
				out = append(out, key)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
