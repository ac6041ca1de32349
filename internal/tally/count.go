package tally

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// rulesVersion is the version of what this package does to events beside the
// list of robots. It changes when the same events would be counted otherwise.
const rulesVersion = 1

// Rules are how events are counted.
type Rules struct{ Robots *Robots }

// NewRules are the rules with a list of robots.
func NewRules(l *Robots) *Rules { return &Rules{Robots: l} }

// Version names the rules: those of the program and the list of robots.
func (r *Rules) Version() string {
	return fmt.Sprintf("%d/%s/%s", rulesVersion, r.Robots.Changed, r.Robots.Sum)
}

// Day is what was counted on one day.
type Day struct {
	Rows     []Row       // in the order of Place.Compare
	Origins  []OriginRow // in the order of OriginPlace.Compare
	Events   int64       // that were there
	Filtered map[Reason]int64
}

// Blocks gives the blocks that hold events of one hour of a day, 0 to 23, and as
// hour 24 those of the first hour of the next day. It may give them in any order
// and with events of other hours among them, which are passed over; it is called
// more than once for an hour and must give the same each time.
type Blocks func(hour int, f func(block []byte) error) error

// CountDay counts the events of a day (UTC, 2026-03-01). Memory is needed for the
// events of one hour.
func (r *Rules) CountDay(day string, blocks Blocks) (*Day, error) {
	begin, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, err
	}
	c := &counter{rules: r, begin: begin.UnixMilli(), blocks: blocks, places: map[Named]uint32{}, crowd: map[uint64]bool{},
		located: map[Origin]uint32{{}: 0}, origins: []Origin{{}}, from: map[OriginPlace]*OriginCounts{}, sums: map[sumKey]*sum{}, out: &Day{Filtered: map[Reason]int64{}}}
	for hour := range 24 {
		if err := c.findCrowd(hour); err != nil {
			return nil, err
		}
	}
	for hour := range 24 {
		if err := c.hour(hour); err != nil {
			return nil, err
		}
	}
	for k, n := range c.sums {
		named := c.names[k.item]
		c.out.Rows = append(c.out.Rows, Row{Place{Item: named.Item, Journal: named.Journal, Class: k.class, Method: k.method}, n.Counts, n.Openings})
	}
	for p, n := range c.from {
		c.out.Origins = append(c.out.Origins, OriginRow{p, *n})
	}
	slices.SortFunc(c.out.Origins, func(a, b OriginRow) int { return a.OriginPlace.Compare(b.OriginPlace) })
	slices.SortFunc(c.out.Rows, func(a, b Row) int { return a.Place.Compare(b.Place) })
	return c.out, nil
}

const (
	hourMillis   = int64(time.Hour / time.Millisecond)
	windowMillis = int64(DoubleClick / time.Millisecond)
)

type sumKey struct {
	item   uint32
	class  Class
	method Method
}

type sum struct {
	Counts
	Openings
}

// counter counts one day.
type counter struct {
	rules  *Rules
	begin  int64 // of the day
	blocks Blocks
	places map[Named]uint32
	names  []Named
	crowd  map[uint64]bool // visitors of this day who are no people
	events []seen          // of one hour, its memory is used again
	sums   map[sumKey]*sum
	out    *Day

	located map[Origin]uint32
	origins []Origin
	from    map[OriginPlace]*OriginCounts
	met     []string // journals of which the visitor read an article in this hour
}

// seen is an event in memory.
type seen struct {
	at      int64
	visitor uint64
	link    uint32
	item    uint32
	origin  uint32
	what    What
	method  Method
	form    Form
	after   bool // of the next hour, only to find double clicks
}

// read adds the events between two times that no robot caused. After is set for
// those of the next hour, and midnight for those of the next day, whose visitors
// are known by the key of this day.
func (c *counter) read(hour int, from, to int64, after, midnight bool) error {
	return c.blocks(hour, func(b []byte) error {
		block, err := Decode(b)
		if err != nil {
			return err
		}
		robot, items := c.known(block)
		origins := c.locate(block)
		return block.each(func(e *packed) {
			if e.at < from || e.at >= to {
				return
			}
			s := seen{at: e.at, visitor: e.visitor, link: e.link, item: items[e.item], origin: origins[e.origin], what: e.what, method: e.method, form: e.form, after: after}
			switch {
			case midnight && e.before == 0:
				return
			case midnight:
				s.visitor = e.before
			case !after:
				c.out.Events++
			}
			if !robot[e.agent] {
				c.events = append(c.events, s)
			} else if !after {
				c.out.Filtered[ByRobot]++
			}
		})
	})
}

// known says which agents of a block are robots, and the places of its items.
func (c *counter) known(b *Block) (robot []bool, items []uint32) {
	robot = make([]bool, len(b.Agents))
	for i, a := range b.Agents {
		robot[i] = c.rules.Robots.Is(a)
	}
	items = make([]uint32, len(b.Items))
	for i, n := range b.Items {
		at, ok := c.places[n]
		if !ok {
			at = uint32(len(c.names))
			c.places[n] = at
			c.names = append(c.names, n)
		}
		items[i] = at
	}
	return robot, items
}

// locate says the places of a block's origins.
func (c *counter) locate(b *Block) []uint32 {
	out := make([]uint32, len(b.Origins))
	for i, o := range b.Origins {
		at, ok := c.located[o]
		if !ok {
			at = uint32(len(c.origins))
			c.located[o] = at
			c.origins = append(c.origins, o)
		}
		out[i] = at
	}
	return out
}

// findCrowd finds the visitors of an hour who caused more events in a minute of
// the clock than a person can. They are left out for the whole day.
func (c *counter) findCrowd(hour int) error {
	from := c.begin + int64(hour)*hourMillis
	perVisitor, perMinute := map[uint64]int32{}, map[[2]uint64]int32{}
	for pass := range 2 { // first whom to look at, then minute by minute
		err := c.blocks(hour, func(b []byte) error {
			block, err := Decode(b)
			if err != nil {
				return err
			}
			return block.each(func(e *packed) {
				switch {
				case e.at < from || e.at >= from+hourMillis:
				case pass == 0:
					perVisitor[e.visitor]++
				case perVisitor[e.visitor] > MostPerMinute:
					k := [2]uint64{e.visitor, uint64((e.at - from) / 60_000)}
					perMinute[k]++
					if perMinute[k] > MostPerMinute {
						c.crowd[e.visitor] = true
					}
				}
			})
		})
		if err != nil {
			return err
		}
		busy := false
		for _, n := range perVisitor {
			busy = busy || n > MostPerMinute
		}
		if !busy {
			break
		}
	}
	return nil
}

// hour counts one hour.
func (c *counter) hour(hour int) error {
	c.events = c.events[:0]
	from := c.begin + int64(hour)*hourMillis
	end := from + hourMillis
	if err := c.read(hour, from, end, false, false); err != nil {
		return err
	}
	if len(c.events) == 0 {
		return nil
	}
	if err := c.read(hour+1, end, end+windowMillis, true, hour == 23); err != nil {
		return err
	}
	slices.SortFunc(c.events, func(a, b seen) int {
		return cmp.Or(cmp.Compare(a.visitor, b.visitor), cmp.Compare(a.item, b.item), cmp.Compare(a.link, b.link), cmp.Compare(a.at, b.at),
			cmp.Compare(a.what, b.what), cmp.Compare(a.method, b.method), cmp.Compare(a.form, b.form))
	})
	for i := 0; i < len(c.events); {
		j := i + 1
		for j < len(c.events) && c.events[j].visitor == c.events[i].visitor && c.events[j].item == c.events[i].item {
			j++
		}
		if i == 0 || c.events[i].visitor != c.events[i-1].visitor {
			c.met = c.met[:0]
		}
		c.session(c.events[i:j])
		i = j
	}
	return nil
}

// session counts what one visitor did with one item in one hour, in the order of
// links and times. What one session does in both ways is unique in each.
func (c *counter) session(list []seen) {
	type way struct {
		class  Class
		method Method
	}
	var investigated, requested [4]way
	nInvestigated, nRequested := 0, 0
	once := func(in *[4]way, n *int, w way) int64 {
		if slices.Contains(in[:*n], w) || *n == len(in) {
			return 0
		}
		in[*n] = w
		*n++
		return 1
	}
	for i := range list {
		e := &list[i]
		switch {
		case e.after:
			continue
		case c.crowd[e.visitor]:
			c.out.Filtered[ByCrowd]++
			continue
		case e.what != Search && i+1 < len(list) && list[i+1].link == e.link && list[i+1].at-e.at <= windowMillis:
			c.out.Filtered[ByDoubleClick]++
			continue
		}
		w := way{e.what.class(), e.method}
		k := sumKey{e.item, w.class, w.method}
		n := c.sums[k]
		if n == nil {
			n = &sum{}
			c.sums[k] = n
		}
		n.Investigations++
		n.UniqueInvestigations += once(&investigated, &nInvestigated, w)
		if e.what == Request {
			n.Requests++
			n.UniqueRequests += once(&requested, &nRequested, w)
		}
		if w.class != OfArticle {
			continue
		}
		switch e.form {
		case Page:
			n.Views++
		case File:
			n.Downloads++
		}
		c.readFrom(e)
	}
}

// readFrom counts where an article was read from.
func (c *counter) readFrom(e *seen) {
	o, of := c.origins[e.origin], c.names[e.item].Journal
	add := OriginCounts{Investigations: 1}
	if e.what == Request {
		add.Requests = 1
	}
	if !slices.Contains(c.met, of) {
		add.Sessions = 1
		c.met = append(c.met, of)
	}
	for _, p := range [2]OriginPlace{{of, ByCountry, o.Country}, {of, ByInstitution, o.Institution}} {
		n := c.from[p]
		if n == nil {
			n = &OriginCounts{}
			c.from[p] = n
		}
		*n = n.Plus(add)
	}
}
