package tally

import (
	"cmp"
	"slices"
)

// OriginMonth is the readers of an origin in a month.
type OriginMonth struct {
	Month string
	OriginRow
}

// OriginTotal is the readers of an origin in some months.
type OriginTotal struct {
	Name string // "" is all others: too few to be told, or of networks that are not known
	OriginCounts
}

// Cells adds the months of one kind by origin. In every month, origins with fewer
// sessions than least are added to those that are not known, and if these are then
// fewer, too, the smallest of the rest are: nobody finds them by subtracting. The
// most read come first, the others last.
func Cells(rows []OriginMonth, least int64) []OriginTotal {
	byMonth := map[string][]OriginMonth{}
	for _, r := range rows {
		byMonth[r.Month] = append(byMonth[r.Month], r)
	}
	sums := map[string]OriginCounts{}
	for _, list := range byMonth {
		slices.SortFunc(list, func(a, b OriginMonth) int {
			return cmp.Or(cmp.Compare(rank(&a), rank(&b)), cmp.Compare(b.Sessions, a.Sessions), cmp.Compare(a.Name, b.Name))
		})
		var others OriginCounts
		shown := len(list)
		for ; shown > 0; shown-- {
			r := &list[shown-1]
			if r.Name != "" && r.Sessions >= least && (others == (OriginCounts{}) || others.Sessions >= least) {
				break
			}
			others = others.Plus(r.OriginCounts)
		}
		for _, r := range list[:shown] {
			sums[r.Name] = sums[r.Name].Plus(r.OriginCounts)
		}
		if others != (OriginCounts{}) {
			sums[""] = sums[""].Plus(others)
		}
	}
	var out []OriginTotal
	for name, n := range sums {
		out = append(out, OriginTotal{name, n})
	}
	slices.SortFunc(out, func(a, b OriginTotal) int {
		return cmp.Or(cmp.Compare(min(len(b.Name), 1), min(len(a.Name), 1)), cmp.Compare(b.Investigations, a.Investigations), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// rank puts readers of networks that are not known last.
func rank(r *OriginMonth) int {
	if r.Name == "" {
		return 1
	}
	return 0
}
