package tally

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"offprint/internal/errs"
)

// official is the list of robots that the Code of Practice names (appendix I),
// as its maintainers publish it.
//
//go:embed third_party/counter-robots/COUNTER_Robots_list.json
var official []byte

// Robots is a list of patterns of agents that are no people. It is safe for use
// by several goroutines.
type Robots struct {
	Count   int    // of patterns
	Changed string // the newest date in the list, 2024-04-22
	Sum     string // short SHA-256 of the list's bytes

	all []pattern

	mu   sync.RWMutex
	memo map[string]bool
}

// mostRobots and mostMemo bound a list and what is remembered of it.
const (
	mostRobots    = 10_000
	mostRobotList = 4 << 20 // bytes
	mostMemo      = 20_000
	mostPattern   = 500 // bytes
)

// previews are agents that fetch a page when somebody writes its address into a
// message: nobody has read it yet.
var previews = []string{"facebookexternalhit", "facebookcatalog", "whatsapp/", "skypeuripreview", "slack-imgproxy", "slackbot", "iframely", "vkshare", "embedly", "mattermost",
	"telegrambot", "discordbot", "twitterbot", "linkedinbot", "viber", "microsoftpreview", "bluesky cardyb", "mastodon/"}

// OfficialRobots is the list that came with the program.
func OfficialRobots() *Robots {
	l, err := ParseRobots(official)
	if err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	return l
}

// ParseRobots reads a list in the form of the official one: a JSON array of
// objects with "pattern", a regular expression without regard to case, and
// "last_changed". Errors are errs.Invalid and name the pattern.
func ParseRobots(b []byte) (*Robots, error) {
	if len(b) > mostRobotList {
		return nil, errs.Newf(errs.Invalid, "the list of robots has more than %d bytes", mostRobotList)
	}
	var list []struct {
		Pattern string `json:"pattern"`
		Changed string `json:"last_changed"`
	}
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, errs.Newf(errs.Invalid, `the list of robots cannot be read: it must be a JSON array of objects with a "pattern", as https://github.com/atmire/COUNTER-Robots has it (%v)`, err)
	}
	if len(list) == 0 || len(list) > mostRobots {
		return nil, errs.Newf(errs.Invalid, "the list of robots has %d patterns: at least one and at most %d are read", len(list), mostRobots)
	}
	sum := sha256.Sum256(b)
	l := &Robots{Count: len(list), Sum: hex.EncodeToString(sum[:6]), memo: map[string]bool{}}
	for i, e := range list {
		if e.Pattern == "" || len(e.Pattern) > mostPattern {
			return nil, errs.Newf(errs.Invalid, "entry %d of the list of robots has no pattern, or one of more than %d bytes", i+1, mostPattern)
		}
		p, err := newPattern(e.Pattern)
		if err != nil {
			return nil, errs.Newf(errs.Invalid, "entry %d of the list of robots is not a regular expression: %q", i+1, e.Pattern)
		}
		l.all = append(l.all, p)
		l.Changed = max(l.Changed, cut(e.Changed, 10))
	}
	return l, nil
}

// Is reports whether an agent is a robot or fetches previews. Only the first
// AgentLength bytes are looked at.
func (l *Robots) Is(agent string) bool {
	agent = cut(agent, AgentLength)
	l.mu.RLock()
	robot, known := l.memo[agent]
	l.mu.RUnlock()
	if known {
		return robot
	}
	small := folded(agent)
	robot = slices.ContainsFunc(previews, func(p string) bool { return strings.Contains(small, p) })
	for i := 0; i < len(l.all) && !robot; i++ {
		robot = l.all[i].match(agent, small)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.memo) >= mostMemo {
		clear(l.memo)
	}
	l.memo[agent] = robot
	return robot
}
