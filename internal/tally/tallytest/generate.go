// Package tallytest makes logs of readers whose true counts are known, for the
// tests and measurements of everything that counts.
//
//	log := tallytest.Log{Seed: 1, Days: 7, Items: 100, Nodes: 3}
//	truth := log.Generate(1_000_000, func(node int, e *tally.Event) { … })
//
// A reader here does one thing after the other, with more than half a minute
// between them, so that what is counted follows from what was done: an action is
// its last click, and those before it are double clicks. Events come in the order
// of readers, not of time.
package tallytest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"offprint/internal/tally"
)

// Log says what kind of log is made.
type Log struct {
	Seed  uint64
	Begin time.Time // first midnight; zero: 2026-03-01
	Days  int
	Items int
	Nodes int
	// Origins: readers' networks are known, of most of them.
	Origins bool
}

// Truth is what a log must be counted to, by day and place.
type Truth struct {
	Days     map[string]map[tally.Place]tally.Counts
	Openings map[string]map[tally.Place]tally.Openings
	Origins  map[string]map[tally.OriginPlace]tally.OriginCounts
	Filtered map[string]map[tally.Reason]int64
	Events   int64
}

const (
	reader  = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
	second  = int64(1000)
	dayLong = 86_400 * second
)

var robots = []string{"Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5.0", "facebookexternalhit/1.1", ""}

type generator struct {
	Log
	r        *rand.Rand
	begin    int64
	emit     func(node int, e *tally.Event)
	truth    *Truth
	sessions map[session]bool
	met      map[session]bool // visitors by the hour who read an article of a journal
	most     int64
}

type session struct {
	visitor uint64
	hour    int64
	place   tally.Place
	request bool
}

// Generate makes about n events and calls emit at each, with the node that
// answered; the event is good until emit returns.
func (l Log) Generate(n int, emit func(node int, e *tally.Event)) *Truth {
	if l.Begin.IsZero() {
		l.Begin = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	}
	g := &generator{Log: l, r: rand.New(rand.NewPCG(l.Seed, 7)), begin: l.Begin.UnixMilli(), emit: emit, sessions: map[session]bool{}, met: map[session]bool{}, most: int64(n),
		truth: &Truth{Days: map[string]map[tally.Place]tally.Counts{}, Openings: map[string]map[tally.Place]tally.Openings{},
			Origins: map[string]map[tally.OriginPlace]tally.OriginCounts{}, Filtered: map[string]map[tally.Reason]int64{}}}
	for day := range l.Days {
		g.crowd(uint64(1)<<40+uint64(day)*2, day, tally.MostPerMinute+1)
		g.crowd(uint64(1)<<40+uint64(day)*2+1, day, tally.MostPerMinute)
	}
	for person := uint64(1); g.truth.Events < g.most; person++ {
		day := g.r.IntN(l.Days)
		switch {
		case person%10 == 0:
			g.robot(person, day)
		case person%50 == 1 && day+1 < l.Days:
			g.midnight(person, day)
		default:
			g.visit(person, g.begin+int64(day)*dayLong+g.r.Int64N(dayLong-4*3600*second), 1+g.r.IntN(12))
		}
	}
	return g.truth
}

// visitor is the number of a person on a day.
func visitor(person uint64, day int64) uint64 {
	x := (person*1000 + uint64(day)) * 0x9e3779b97f4a7c15
	return (x ^ x>>29) * 0xbf58476d1ce4e5b9
}

func (g *generator) day(at int64) int64 { return (at - g.begin) / dayLong }

func (g *generator) name(at int64) string { return time.UnixMilli(at).UTC().Format(time.DateOnly) }

// place is one of the items: an article in two links, and others.
func (g *generator) event(at int64) tally.Event {
	i := g.r.IntN(g.Items)
	e := tally.Event{At: at, Journal: fmt.Sprintf("J%d", i%3), Item: fmt.Sprintf("A%06d", i), Link: uint32(i) * 4, Agent: reader}
	switch g.r.IntN(12) {
	case 0:
		e.What, e.Item, e.Link = tally.IssueView, fmt.Sprintf("I%04d", i), uint32(i)*4+1
	case 1:
		e.What, e.Item, e.Link = tally.JournalView, e.Journal, uint32(1<<30)
	case 2, 3:
		e.What, e.Link = tally.Request, uint32(i)*4+2
	case 4:
		e.What, e.Form, e.Link = tally.Request, tally.File, uint32(i)*4+1
	case 5:
		e.What, e.Method, e.Form, e.Link = tally.Request, tally.TDM, tally.File, uint32(i)*4+3
	case 6:
		e.Form, e.Link = tally.Record, uint32(1<<29+i)
	}
	return e
}

func class(w tally.What) tally.Class {
	switch w {
	case tally.IssueView:
		return tally.OfIssue
	case tally.JournalView:
		return tally.OfJournal
	}
	return tally.OfArticle
}

// send emits an event of a person with the visitor of its day, and with that of
// the day before in the first seconds of a day.
func (g *generator) send(person uint64, e tally.Event) {
	day := g.day(e.At)
	e.Origin = g.origin(person)
	e.Visitor, e.Before = visitor(person, day), 0
	if (e.At-g.begin)%dayLong < tally.DoubleClick.Milliseconds() {
		e.Before = visitor(person, day-1)
	}
	g.truth.Events++
	g.emit(g.r.IntN(max(g.Nodes, 1)), &e)
}

func (g *generator) filtered(at int64, why tally.Reason) {
	d := g.name(at)
	if g.truth.Filtered[d] == nil {
		g.truth.Filtered[d] = map[tally.Reason]int64{}
	}
	g.truth.Filtered[d][why]++
}

// origin is the network of a person.
func (g *generator) origin(person uint64) tally.Origin {
	if !g.Origins {
		return tally.Origin{}
	}
	return []tally.Origin{{}, {Country: "DE"}, {Country: "DE", Institution: "Harbour University"}, {Country: "CL", Institution: "Instituto del Faro"}}[person%4]
}

// counts notes that an event of a person counts.
func (g *generator) counts(person uint64, e tally.Event) {
	p := tally.Place{Item: e.Item, Journal: e.Journal, Class: class(e.What), Method: e.Method}
	d := g.name(e.At)
	if g.truth.Days[d] == nil {
		g.truth.Days[d] = map[tally.Place]tally.Counts{}
	}
	v, hour := visitor(person, g.day(e.At)), (e.At-g.begin)/(3600*second)
	unique := func(request bool) int64 {
		s := session{v, hour, p, request}
		if g.sessions[s] {
			return 0
		}
		g.sessions[s] = true
		return 1
	}
	n := tally.Counts{Investigations: 1, UniqueInvestigations: unique(false)}
	if e.What == tally.Request {
		n.Requests, n.UniqueRequests = 1, unique(true)
	}
	g.truth.Days[d][p] = g.truth.Days[d][p].Plus(n)
	if p.Class == tally.OfArticle {
		g.opened(person, &e, d, p, n)
	}
}

// opened notes in what form an article was opened, and from where.
func (g *generator) opened(person uint64, e *tally.Event, d string, p tally.Place, n tally.Counts) {
	if g.truth.Openings[d] == nil {
		g.truth.Openings[d], g.truth.Origins[d] = map[tally.Place]tally.Openings{}, map[tally.OriginPlace]tally.OriginCounts{}
	}
	o := g.truth.Openings[d][p]
	switch e.Form {
	case tally.Page:
		o.Views++
	case tally.File:
		o.Downloads++
	}
	g.truth.Openings[d][p] = o
	add := tally.OriginCounts{Investigations: 1, Requests: n.Requests}
	of := session{visitor: visitor(person, g.day(e.At)), hour: (e.At - g.begin) / (3600 * second), place: tally.Place{Journal: e.Journal}}
	if !g.met[of] {
		g.met[of], add.Sessions = true, 1
	}
	from := g.origin(person)
	for kind, name := range map[tally.OriginKind]string{tally.ByCountry: from.Country, tally.ByInstitution: from.Institution} {
		at := tally.OriginPlace{Journal: e.Journal, Kind: kind, Name: name}
		g.truth.Origins[d][at] = g.truth.Origins[d][at].Plus(add)
	}
}

// act is one action: clicks before the one that counts, all on one address.
func (g *generator) act(person uint64, e tally.Event, clicks int) (end int64) {
	for range clicks {
		g.send(person, e)
		g.filtered(e.At, tally.ByDoubleClick)
		e.At += g.r.Int64N(tally.DoubleClick.Milliseconds() + 1) // half a minute is still a double click
	}
	g.send(person, e)
	g.counts(person, e)
	return e.At
}

// visit is a person who does some things one after the other.
func (g *generator) visit(person uint64, at int64, acts int) {
	var last *tally.Event
	for range acts {
		e := g.event(at)
		if last != nil && g.r.IntN(4) == 0 { // the same once more
			e = *last
			e.At = at
		}
		clicks := 0
		if g.r.IntN(5) == 0 {
			clicks = 1 + g.r.IntN(3)
		}
		end := g.act(person, e, clicks)
		last = &e
		at = end + tally.DoubleClick.Milliseconds() + 1 + g.r.Int64N(900*second)
		if g.day(at) >= int64(g.Days) {
			return
		}
	}
}

// midnight is a double click of which one half is yesterday.
func (g *generator) midnight(person uint64, day int) {
	e := g.event(g.begin + int64(day+1)*dayLong - 1 - g.r.Int64N(20*second))
	g.send(person, e)
	g.filtered(e.At, tally.ByDoubleClick)
	e.At += 20*second + 1 + g.r.Int64N(10*second)
	g.send(person, e)
	g.counts(person, e)
}

// robot is an agent on the list.
func (g *generator) robot(person uint64, day int) {
	agent := robots[g.r.IntN(len(robots))]
	at := g.begin + int64(day)*dayLong + 60*second + g.r.Int64N(dayLong-7200*second)
	for range 1 + g.r.IntN(30) {
		e := g.event(at)
		e.Agent = agent
		g.send(person, e)
		g.filtered(at, tally.ByRobot)
		at += g.r.Int64N(60 * second)
	}
}

// crowd is a visitor who asks for n pages within a minute of the clock, and does
// something else later that day.
func (g *generator) crowd(person uint64, day, n int) {
	begin := g.begin + int64(day)*dayLong + 7200*second
	send := func(e tally.Event) {
		g.send(person, e)
		if n > tally.MostPerMinute {
			g.filtered(e.At, tally.ByCrowd)
		} else {
			g.counts(person, e)
		}
	}
	for i := range n {
		e := g.event(begin + int64(i)*60*second/int64(n))
		e.Link = uint32(1<<31 + i)
		send(e)
	}
	send(g.event(begin + 7200*second))
}
