package tally_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/tally"
)

func TestFewReadersAreNotTold(t *testing.T) {
	month := func(m, name string, n int64) tally.OriginMonth {
		return tally.OriginMonth{Month: m, OriginRow: tally.OriginRow{OriginPlace: tally.OriginPlace{Journal: "J", Kind: tally.ByCountry, Name: name}, OriginCounts: tally.OriginCounts{Investigations: 2 * n, Requests: n, Sessions: n}}}
	}
	total := func(name string, n int64) tally.OriginTotal {
		return tally.OriginTotal{Name: name, OriginCounts: tally.OriginCounts{Investigations: 2 * n, Requests: n, Sessions: n}}
	}
	for name, c := range map[string]struct {
		rows []tally.OriginMonth
		want []tally.OriginTotal
	}{
		"many of each":                          {[]tally.OriginMonth{month("1", "DE", 30), month("1", "FR", 10), month("1", "", 50)}, []tally.OriginTotal{total("DE", 30), total("FR", 10), total("", 50)}},
		"few of one among others":               {[]tally.OriginMonth{month("1", "DE", 30), month("1", "FR", 9), month("1", "", 50)}, []tally.OriginTotal{total("DE", 30), total("", 59)}},
		"few of one that would be found":        {[]tally.OriginMonth{month("1", "DE", 30), month("1", "CL", 20), month("1", "FR", 9)}, []tally.OriginTotal{total("DE", 30), total("", 29)}},
		"two few ones are enough together":      {[]tally.OriginMonth{month("1", "DE", 30), month("1", "CL", 6), month("1", "FR", 6)}, []tally.OriginTotal{total("DE", 30), total("", 12)}},
		"few that are not known":                {[]tally.OriginMonth{month("1", "DE", 30), month("1", "CL", 20), month("1", "", 1)}, []tally.OriginTotal{total("DE", 30), total("", 21)}},
		"all are known":                         {[]tally.OriginMonth{month("1", "DE", 30)}, []tally.OriginTotal{total("DE", 30)}},
		"few in one of two months, many in all": {[]tally.OriginMonth{month("1", "DE", 30), month("1", "", 20), month("2", "DE", 9), month("2", "", 20)}, []tally.OriginTotal{total("DE", 30), total("", 49)}},
		"only few":                              {[]tally.OriginMonth{month("1", "DE", 3)}, []tally.OriginTotal{total("", 3)}},
		"nobody":                                {nil, nil},
	} {
		if diff := cmp.Diff(c.want, tally.Cells(c.rows, 10)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
