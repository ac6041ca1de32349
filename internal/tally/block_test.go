package tally_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/tally"
)

// located are events of which one has an origin.
var located = append([]tally.Event{{At: 1, Form: tally.File, Origin: tally.Origin{Country: "DE", Institution: "Harbour University"}, Item: "01HA", Journal: "01HJ"}}, someEvents...)

var someEvents = []tally.Event{
	{At: 1772323200000, Visitor: 7, Before: 8, Link: 3, Item: "01HA", Journal: "01HJ", What: tally.Request, Method: tally.TDM, Agent: "harvester/1"},
	{At: 1772323199000, Visitor: 1 << 63, Link: 1<<32 - 1, Item: "01HA", Journal: "01HJ", Agent: "Mozilla/5.0"},
	{At: -5, Item: "", Journal: "", What: tally.Search, Agent: ""},
}

func TestBlockGivesBackItsEvents(t *testing.T) {
	for _, events := range [][]tally.Event{someEvents, located} {
		b, err := tally.Decode(tally.Encode(nil, events))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(events, b.Events()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestLongAgentIsCut(t *testing.T) {
	b, err := tally.Decode(tally.Encode(nil, []tally.Event{{Agent: strings.Repeat("x", 100_000), Item: strings.Repeat("y", 1000)}}))
	if err != nil || len(b.Agents[0]) != tally.AgentLength || len(b.Items[0].Item) != 64 {
		t.Errorf("%v", err)
	}
}

func TestDamagedBlockIsRefused(t *testing.T) {
	whole := tally.Encode(nil, located)
	for n := range whole {
		if _, err := tally.Decode(whole[:n]); err == nil {
			t.Errorf("the first %d of %d bytes were taken for a block", n, len(whole))
		}
	}
	if _, err := tally.Decode(append(bytes.Clone(whole), 0)); err == nil {
		t.Error("a block with something behind it was read")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(tally.Encode(nil, someEvents))
	f.Add(tally.Encode(nil, located))
	f.Add([]byte("OU1\n\xff\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		block, err := tally.Decode(b)
		if err != nil {
			return
		}
		again, err := tally.Decode(tally.Encode(nil, block.Events()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(block.Events(), again.Events()); diff != "" {
			t.Error(diff)
		}
	})
}
