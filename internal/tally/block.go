package tally

import (
	"encoding/binary"
	"errors"
	"math"
)

// A block is: the mark, the number of agents and each with its length, the
// number of items and each as journal and id with their lengths, after the second
// mark the number of origins and each as country and institution, the number of
// events, and the events. An event is: the time less that of the one before
// (varint), visitor (8 bytes), link (4), agent and item (their places in the
// lists), after the second mark the origin (its place, or 0 for none), a byte of
// flags, and Before (8) where the flag says so.

const (
	mark        = "OU1\n"
	markOrigins = "OU2\n"
	// MostEvents is how many events a block holds at most.
	MostEvents = 1 << 18
	// MostBytes bounds a block that is read.
	MostBytes = 64 << 20

	leastEvent = 1 + 8 + 4 + 1 + 1 + 1 // bytes
	mostName   = 64                    // bytes of an id
	mostOrigin = 256                   // bytes of an institution's name

	flagBefore = 1 << 7
	flagTDM    = 1 << 6
	flagForm   = 1<<3 | 1<<4
	flagWhat   = 1<<3 - 1
	formShift  = 3
)

var errBlock = errors.New("not a block of events, or a damaged one")

// Block is a block as it is read.
type Block struct {
	Agents  []string
	Items   []Named
	Origins []Origin // the first is none
	Len     int      // number of events

	events  []byte
	located bool // events have origins
}

// Named is an item of a block.
type Named struct{ Journal, Item string }

// Encode appends a block of the events, MostEvents at most.
func Encode(b []byte, events []Event) []byte {
	agents, items := map[string]uint64{}, map[Named]uint64{}
	var agentList []string
	var itemList []Named
	for i := range events {
		e := &events[i]
		if a := cut(e.Agent, AgentLength); !has(agents, a) {
			agents[a] = uint64(len(agentList))
			agentList = append(agentList, a)
		}
		if n := e.named(); !has(items, n) {
			items[n] = uint64(len(itemList))
			itemList = append(itemList, n)
		}
	}
	origins, originList := originsOf(events)
	located := len(originList) > 1
	if located {
		b = append(b, markOrigins...)
	} else {
		b = append(b, mark...)
	}
	b = binary.AppendUvarint(b, uint64(len(agentList)))
	for _, a := range agentList {
		b = appendString(b, a)
	}
	b = binary.AppendUvarint(b, uint64(len(itemList)))
	for _, n := range itemList {
		b = appendString(appendString(b, n.Journal), n.Item)
	}
	if located {
		b = binary.AppendUvarint(b, uint64(len(originList)-1))
		for _, o := range originList[1:] {
			b = appendString(appendString(b, o.Country), o.Institution)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(events)))
	last := int64(0)
	for i := range events {
		e := &events[i]
		b = binary.AppendVarint(b, e.At-last)
		last = e.At
		b = binary.LittleEndian.AppendUint64(b, e.Visitor)
		b = binary.LittleEndian.AppendUint32(b, e.Link)
		b = binary.AppendUvarint(b, agents[cut(e.Agent, AgentLength)])
		b = binary.AppendUvarint(b, items[e.named()])
		if located {
			b = binary.AppendUvarint(b, origins[e.origin()])
		}
		flags := byte(e.What)&flagWhat | byte(e.Form)<<formShift&flagForm
		if e.Method == TDM {
			flags |= flagTDM
		}
		if e.Before == 0 {
			b = append(b, flags)
			continue
		}
		b = binary.LittleEndian.AppendUint64(append(b, flags|flagBefore), e.Before)
	}
	return b
}

// originsOf numbers the origins of events; none is the first.
func originsOf(events []Event) (at map[Origin]uint64, list []Origin) {
	at, list = map[Origin]uint64{{}: 0}, []Origin{{}}
	for i := range events {
		if events[i].Origin == (Origin{}) {
			continue
		}
		if o := events[i].origin(); !has(at, o) {
			at[o] = uint64(len(list))
			list = append(list, o)
		}
	}
	return at, list
}

func (e *Event) origin() Origin {
	return Origin{cut(e.Origin.Country, mostName), cut(e.Origin.Institution, mostOrigin)}
}

func has[K comparable, V any](m map[K]V, k K) bool {
	_, ok := m[k]
	return ok
}

func (e *Event) named() Named { return Named{cut(e.Journal, mostName), cut(e.Item, mostName)} }

func cut(s string, n int) string { return s[:min(len(s), n)] }

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// reader takes values off a block; after a failure it gives zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) fail() { r.b, r.bad = nil, true }

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.fail()
		return make([]byte, min(max(n, 0), 8))
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (r *reader) text(most uint64) string {
	n := r.uvarint()
	if n > most {
		r.fail()
		return ""
	}
	return string(r.take(int(n)))
}

// Decode reads a block. What it returns points into b.
func Decode(b []byte) (*Block, error) {
	if len(b) > MostBytes || len(b) < len(mark) || string(b[:len(mark)]) != mark && string(b[:len(mark)]) != markOrigins {
		return nil, errBlock
	}
	r := &reader{b: b[len(mark):]}
	out := &Block{Origins: []Origin{{}}, located: string(b[:len(mark)]) == markOrigins}
	for n := r.uvarint(); n > 0 && !r.bad; n-- {
		out.Agents = append(out.Agents, r.text(AgentLength))
	}
	for n := r.uvarint(); n > 0 && !r.bad; n-- {
		out.Items = append(out.Items, Named{r.text(mostName), r.text(mostName)})
	}
	if out.located {
		for n := r.uvarint(); n > 0 && !r.bad; n-- {
			out.Origins = append(out.Origins, Origin{r.text(mostName), r.text(mostOrigin)})
		}
	}
	n := r.uvarint()
	if r.bad || n > MostEvents || n > uint64(len(r.b)/leastEvent) {
		return nil, errBlock
	}
	out.Len, out.events = int(n), r.b
	// What an event names must be there, so that whoever reads them need not look.
	err := out.each(func(e *packed) {})
	return out, err
}

// packed is an event with the places of its agent and its item in the block.
type packed struct {
	at              int64
	visitor, before uint64
	link            uint32
	agent, item     uint32
	origin          uint32
	what            What
	method          Method
	form            Form
}

// each calls f at every event, in the order in which they were written.
func (b *Block) each(f func(*packed)) error {
	r := &reader{b: b.events}
	var e packed
	for range b.Len {
		d := r.varint()
		if d > 0 && e.at > math.MaxInt64-d || d < 0 && e.at < math.MinInt64-d {
			return errBlock
		}
		e.at += d
		e.visitor = binary.LittleEndian.Uint64(r.take(8))
		e.link = binary.LittleEndian.Uint32(r.take(4))
		agent, item, origin := r.uvarint(), r.uvarint(), uint64(0)
		if b.located {
			origin = r.uvarint()
		}
		flags := r.take(1)[0]
		e.before = 0
		if flags&flagBefore != 0 {
			e.before = binary.LittleEndian.Uint64(r.take(8))
		}
		e.what, e.method, e.form = What(flags&flagWhat), Regular, Form(flags&flagForm>>formShift)
		if flags&flagTDM != 0 {
			e.method = TDM
		}
		if r.bad || agent >= uint64(len(b.Agents)) || item >= uint64(len(b.Items)) || origin >= uint64(len(b.Origins)) || e.what >= whats || e.form >= forms {
			return errBlock
		}
		e.agent, e.item, e.origin = uint32(agent), uint32(item), uint32(origin)
		f(&e)
	}
	if len(r.b) > 0 {
		return errBlock
	}
	return nil
}

// Events are the events of the block.
func (b *Block) Events() []Event {
	out := make([]Event, 0, b.Len)
	_ = b.each(func(p *packed) { // was read through by Decode
		out = append(out, Event{At: p.at, Visitor: p.visitor, Before: p.before, Link: p.link, What: p.what, Method: p.method, Form: p.form, Origin: b.Origins[p.origin],
			Agent: b.Agents[p.agent], Item: b.Items[p.item].Item, Journal: b.Items[p.item].Journal})
	})
	return out
}
