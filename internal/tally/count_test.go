package tally_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"offprint/internal/tally"
	"offprint/internal/tally/tallytest"
)

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// clock is a time of 1 March 2026; past 24:00 it is the next day.
func clock(t *testing.T, s string) int64 {
	t.Helper()
	var h, m, sec int
	if _, err := fmt.Sscanf(s, "%d:%d:%d", &h, &m, &sec); err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 3, 1, h, m, sec, 0, time.UTC).UnixMilli()
}

func count(t *testing.T, events []tally.Event) *tally.Day {
	t.Helper()
	block := tally.Encode(nil, events)
	d, err := tally.NewRules(tally.OfficialRobots()).CountDay("2026-03-01", func(_ int, f func([]byte) error) error { return f(block) })
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The first two are the examples of the Code of Practice, section 7.2.
func TestDoubleClicksAreOneAction(t *testing.T) {
	for _, c := range []struct {
		name, at string
		want     tally.Counts
	}{
		{"29 seconds", "10:01:00 10:01:29", tally.Counts{Investigations: 1, UniqueInvestigations: 1}},
		{"35 seconds", "10:01:00 10:01:35", tally.Counts{Investigations: 2, UniqueInvestigations: 1}},
		{"30 seconds", "10:01:00 10:01:30", tally.Counts{Investigations: 1, UniqueInvestigations: 1}},
		{"a chain", "10:01:00 10:01:29 10:01:50 10:02:10", tally.Counts{Investigations: 1, UniqueInvestigations: 1}},
		{"over the hour, the last counts", "10:59:50 11:00:10", tally.Counts{Investigations: 1, UniqueInvestigations: 1}},
		{"in two hours", "10:10:00 11:10:00", tally.Counts{Investigations: 2, UniqueInvestigations: 2}},
		{"in any order of the log", "10:01:29 10:01:00", tally.Counts{Investigations: 1, UniqueInvestigations: 1}},
	} {
		var events []tally.Event
		for _, at := range strings.Fields(c.at) {
			events = append(events, tally.Event{At: clock(t, at), Visitor: 1, Link: 9, Item: "A", Journal: "J", Agent: firefox})
		}
		d := count(t, events)
		if len(d.Rows) != 1 || d.Rows[0].Counts != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, d.Rows, c.want)
		}
		if got := d.Filtered[tally.ByDoubleClick]; got != int64(len(events))-c.want.Investigations {
			t.Errorf("%s: %d double clicks", c.name, got)
		}
	}
}

func TestPageAndPDFAreTwoRequestsOfOneUniqueItem(t *testing.T) {
	d := count(t, []tally.Event{
		{At: clock(t, "10:00:00"), Visitor: 1, Link: 1, Item: "A", Journal: "J", What: tally.Request, Agent: firefox},
		{At: clock(t, "10:00:05"), Visitor: 1, Link: 2, Item: "A", Journal: "J", What: tally.Request, Agent: firefox},
		{At: clock(t, "10:00:07"), Visitor: 2, Link: 3, Item: "A", Journal: "J", What: tally.Investigation, Agent: firefox},
	})
	if want := (tally.Counts{Investigations: 3, Requests: 2, UniqueInvestigations: 2, UniqueRequests: 1}); len(d.Rows) != 1 || d.Rows[0].Counts != want {
		t.Errorf("%+v, want %+v", d.Rows, want)
	}
}

func TestSearchesAreCountedEachTime(t *testing.T) {
	d := count(t, []tally.Event{
		{At: clock(t, "10:00:00"), Visitor: 1, Link: 1, Item: "J", Journal: "J", What: tally.Search, Agent: firefox},
		{At: clock(t, "10:00:05"), Visitor: 1, Link: 1, Item: "J", Journal: "J", What: tally.Search, Agent: firefox},
	})
	if len(d.Rows) != 1 || d.Rows[0].Class != tally.OfSearch || d.Rows[0].Investigations != 2 {
		t.Errorf("%+v", d.Rows)
	}
}

func TestDoubleClickOverMidnightIsCountedOnItsSecondDay(t *testing.T) {
	events := []tally.Event{
		{At: clock(t, "23:59:50"), Visitor: 1, Link: 1, Item: "A", Journal: "J", Agent: firefox},
		{At: clock(t, "24:00:10"), Visitor: 2, Before: 1, Link: 1, Item: "A", Journal: "J", Agent: firefox},
	}
	if d := count(t, events); len(d.Rows) != 0 || d.Filtered[tally.ByDoubleClick] != 1 || d.Events != 1 {
		t.Errorf("first day: %+v", d)
	}
	block := tally.Encode(nil, events)
	d, err := tally.NewRules(tally.OfficialRobots()).CountDay("2026-03-02", func(_ int, f func([]byte) error) error { return f(block) })
	if err != nil || len(d.Rows) != 1 || d.Rows[0].Investigations != 1 {
		t.Errorf("second day: %+v, %v", d, err)
	}
}

// byHour keeps generated events as nodes would: blocks by the hour, some of each
// node.
type byHour map[[2]int64][][]byte

func (b byHour) blocks(day string) tally.Blocks {
	begin, _ := time.Parse(time.DateOnly, day)
	first := begin.UnixMilli() / 3_600_000
	return func(hour int, f func([]byte) error) error {
		for node := range int64(8) {
			for _, block := range b[[2]int64{first + int64(hour), node}] {
				if err := f(block); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func TestGeneratedLogIsCountedToTheLastUnit(t *testing.T) {
	log := tallytest.Log{Seed: 3, Days: 4, Items: 60, Nodes: 3, Origins: true}
	pending, kept := map[[2]int64][]tally.Event{}, byHour{}
	truth := log.Generate(60_000, func(node int, e *tally.Event) {
		k := [2]int64{e.At / 3_600_000, int64(node)}
		if pending[k] = append(pending[k], *e); len(pending[k]) == 300 {
			kept[k], pending[k] = append(kept[k], tally.Encode(nil, pending[k])), nil
		}
	})
	for k, events := range pending {
		kept[k] = append(kept[k], tally.Encode(nil, events))
	}
	rules, events := tally.NewRules(tally.OfficialRobots()), int64(0)
	for day, want := range truth.Days {
		d, err := rules.CountDay(day, kept.blocks(day))
		if err != nil {
			t.Fatal(err)
		}
		events += d.Events
		if len(d.Rows) != len(want) {
			t.Errorf("%s: %d places, want %d", day, len(d.Rows), len(want))
		}
		for _, row := range d.Rows {
			if row.Counts != want[row.Place] {
				t.Errorf("%s %+v: %+v, want %+v", day, row.Place, row.Counts, want[row.Place])
			}
			if row.Openings != truth.Openings[day][row.Place] {
				t.Errorf("%s %+v: %+v, want %+v", day, row.Place, row.Openings, truth.Openings[day][row.Place])
			}
		}
		if len(d.Origins) != len(truth.Origins[day]) || len(d.Origins) != 18 {
			t.Errorf("%s: %d origins, want %d", day, len(d.Origins), len(truth.Origins[day]))
		}
		for _, row := range d.Origins {
			if row.OriginCounts != truth.Origins[day][row.OriginPlace] {
				t.Errorf("%s %+v: %+v, want %+v", day, row.OriginPlace, row.OriginCounts, truth.Origins[day][row.OriginPlace])
			}
		}
		for _, why := range []tally.Reason{tally.ByRobot, tally.ByCrowd, tally.ByDoubleClick} {
			if d.Filtered[why] != truth.Filtered[day][why] || d.Filtered[why] == 0 {
				t.Errorf("%s: %d filtered as %s, want %d", day, d.Filtered[why], why, truth.Filtered[day][why])
			}
		}
	}
	if events != truth.Events {
		t.Errorf("%d events, want %d", events, truth.Events)
	}
}
