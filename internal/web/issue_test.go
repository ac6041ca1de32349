package web

import (
	"testing"

	"offprint/internal/view"
)

func TestVolumesAreHeadingsWhereTheyGatherIssues(t *testing.T) {
	one, two := view.Volume{Volume: "4", Issues: make([]view.IssueLine, 1)}, view.Volume{Volume: "5", Issues: make([]view.IssueLine, 2)}
	for name, c := range map[string]struct {
		have     []view.Volume
		headings []string
	}{
		"one volume":            {[]view.Volume{two}, []string{""}},
		"each with one issue":   {[]view.Volume{one, one}, []string{""}},
		"one with two":          {[]view.Volume{two, one}, []string{"5", "4"}},
		"none, and one of each": {[]view.Volume{{Issues: make([]view.IssueLine, 1)}, one}, []string{""}},
	} {
		want, got := 0, 0
		for _, v := range c.have {
			want += len(v.Issues)
		}
		list := grouped(c.have)
		for i, v := range list {
			got += len(v.Issues)
			if len(list) != len(c.headings) || v.Volume != c.headings[i] {
				t.Errorf("%s: heading %d of %d is %q, want %q", name, i, len(list), v.Volume, c.headings)
			}
		}
		if got != want {
			t.Errorf("%s: %d issues, want %d", name, got, want)
		}
	}
}
