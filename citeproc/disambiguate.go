package citeproc

import (
	"slices"
	"strings"
)

// settings are what a reference shows beyond its plain form so that it is not
// taken for another one.
type settings struct {
	names     []int   // how many names of each list; 0 is as usual
	givens    [][]int // how much of each given name
	condition int     // how many tests of disambiguate are true
	suffix    int     // the year-suffix, 1 is "a"
}

func (s settings) clone() settings {
	out := settings{names: slices.Clone(s.names), condition: s.condition, suffix: s.suffix}
	for _, g := range s.givens {
		out.givens = append(out.givens, slices.Clone(g))
	}
	return out
}

// seenNames is a list of names that was printed.
type seenNames struct {
	usual int // how many names were shown without disambiguation
	total int
}

// knownNames counts the names of a document: initials by family name, and given
// names by both.
type knownNames map[string]map[string]map[string]bool

func (k knownNames) add(scope string, p *person) {
	key := scope + p.keys.family
	if k[key] == nil {
		k[key] = map[string]map[string]bool{}
	}
	if p.keys.initials == "" {
		return
	}
	if k[key][p.keys.initials] == nil {
		k[key][p.keys.initials] = map[string]bool{}
	}
	k[key][p.keys.initials][p.keys.given] = true
}

// scope limits the comparison of names to one reference where the rule says so.
func (r *renderer) scope() string {
	if r.p.style.citation.givenRule == "by-cite" {
		return r.entry.item.ID + "\x00"
	}
	return ""
}

// record notes a list of names while references are compared.
func (r *renderer) record(_ int, _ *namesSpec, style *nameStyle, names []*person, usual, shown int) {
	if r.sortKey != nil {
		return
	}
	r.seen = append(r.seen, seenNames{usual: usual, total: len(names)})
	if r.area == inCitation && r.p.known != nil && r.p.style.citation.addGiven {
		primary := strings.HasPrefix(r.p.style.citation.givenRule, "primary-name")
		for k, p := range names {
			if p.Literal == "" && (k == 0 || !primary) {
				r.p.known.add(r.scope(), p)
			}
		}
	}
}

func (r *renderer) disambiguatedCount(at, shown, total int) int {
	if at < len(r.settings.names) && r.settings.names[at] > shown {
		return min(r.settings.names[at], total)
	}
	return shown
}

// level is how much of a given name is shown: as the style says, more where the
// rule for given names wants it, and what this reference needs.
func (r *renderer) level(style *nameStyle, p *person, set, k int) int {
	usual := withGiven
	switch {
	case style.form == "short":
		usual = familyOnly
	case style.initials != nil:
		usual = withInitials
	}
	if r.sortKey != nil {
		return usual
	}
	c := r.p.style.citation
	wanted := familyOnly
	if set < len(r.settings.givens) && k < len(r.settings.givens[set]) {
		wanted = r.settings.givens[set][k]
	}
	if !c.addGiven {
		return usual
	}
	if c.givenRule == "by-cite" && wanted == withInitials && style.initials == nil {
		wanted = withGiven
	}
	if c.givenRule == "by-cite" && usual <= wanted {
		return wanted
	}
	return max(usual, r.ruled(style, p, k, usual), wanted)
}

// ruled is the level that the rule for given names asks for.
func (r *renderer) ruled(style *nameStyle, p *person, k, usual int) int {
	rule := r.p.style.citation.givenRule
	if (rule == "primary-name" || rule == "primary-name-with-initials") && k > 0 {
		return usual
	}
	family := r.p.known[r.scope()+p.keys.family]
	if len(family) < 1 {
		return usual
	}
	if rule == "all-names-with-initials" || rule == "primary-name-with-initials" {
		if len(family) > 1 {
			return withInitials
		}
		return usual
	}
	if len(family[p.keys.initials]) > 1 || len(family) > 1 && style.initials == nil {
		return withGiven
	}
	if len(family) > 1 {
		return withInitials
	}
	return usual
}

// compared is a reference as it is compared with others: a later citation,
// without locator and year-suffix.
func (p *Processor) compared(e *entry, s *settings) (string, *renderer) {
	r := p.renderer(e, inCitation, &Cite{Position: Subsequent, NearNote: true})
	own := s.clone()
	own.suffix = 0
	r.settings = &own
	r.comparing = true
	n := r.layout()
	return n.plainText(), r
}

// disambiguate finds the references that look the same and the least that tells
// them apart, in the order of the standard: names, given names, the condition,
// year-suffixes. It reports whether any were.
func (p *Processor) disambiguate() (found bool) {
	c := p.style.citation
	p.known = nil
	for _, e := range p.order {
		e.settings = settings{}
	}
	if !c.addNames && !c.addGiven && !c.addSuffix && !p.style.usesCondition {
		return false
	}
	p.known = knownNames{}
	if c.addGiven { // all names are known before any is compared
		found = true
		for _, e := range p.order {
			p.compared(e, &settings{})
		}
	}
	groups := map[string][]*entry{}
	var keys []string
	for _, e := range p.order {
		key, _ := p.compared(e, &settings{})
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], e)
	}
	for _, key := range keys {
		if list := groups[key]; len(list) > 1 {
			found = true
			p.resolve(list)
		}
	}
	return found
}

// means of telling references apart.
type means uint8

const (
	byNames means = iota
	byCondition
	bySuffix
)

// resolver works on one group of references that look the same.
type resolver struct {
	p      *Processor
	means  []means
	at     int // in means
	now    settings
	better settings // the steps of now that helped

	set, name  int // the list of names and the name in it that are worked on
	lists      int // how many lists of names
	most       int // how many names the first reference has at most
	names      bool
	givens     bool
	first      bool // the next step is to compare without any change
	clashes    int
	before     int
	conditions [2]int // tests that were true, of how many

	partners, others []*entry
	rounds           int
}

// maxRounds bounds the comparisons of one group.
const maxRounds = 3000

func (p *Processor) resolve(list []*entry) {
	c := p.style.citation
	r := &resolver{p: p, names: c.addNames, givens: c.addGiven && c.givenRule == "by-cite", first: true}
	if r.names || r.givens {
		r.means = append(r.means, byNames)
	}
	if c.addSuffix {
		r.means = append(r.means, bySuffix)
	}
	if p.style.usesCondition {
		r.means = append(r.means, byCondition)
	}
	if len(r.means) == 0 {
		return
	}
	list = r.start(list)
	queue := [][]*entry{list}
	for len(queue) > 0 {
		r.set, r.name = 0, 0
		r.before, r.clashes = 1, 0
		for len(queue[0]) > 0 {
			if r.rounds++; r.rounds > maxRounds {
				return
			}
			maxed := r.step()
			r.scan(queue[0])
			queue = r.judge(queue, maxed)
			if p.exhausted {
				return
			}
		}
		queue = queue[1:]
	}
}

// start finds out how many names there are to be shown.
func (r *resolver) start(list []*entry) []*entry {
	totals := map[*entry]int{}
	for k, e := range list {
		_, seen := r.p.compared(e, &settings{})
		if k == 0 || len(seen.seen) < r.lists {
			r.lists = len(seen.seen)
		}
		for i, s := range seen.seen {
			if i == 0 {
				totals[e] = s.total
			}
			for len(r.now.names) <= i {
				r.now.names = append(r.now.names, 0)
				r.now.givens = append(r.now.givens, nil)
			}
			r.now.names[i] = max(r.now.names[i], s.usual)
			for len(r.now.givens[i]) < s.total {
				r.now.givens[i] = append(r.now.givens[i], 0)
			}
		}
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *entry) int { return totals[a] - totals[b] })
	r.most = totals[list[0]]
	r.now.names = r.now.names[:min(r.lists, len(r.now.names))]
	r.now.givens = r.now.givens[:min(r.lists, len(r.now.givens))]
	r.better = r.now.clone()
	return list
}

// step shows one thing more, and says when nothing more can be shown.
func (r *resolver) step() bool {
	if r.first {
		r.first = false
		return false
	}
	switch r.means[r.at] {
	case byCondition:
		r.now.condition++
		r.better.condition++
		return false
	case bySuffix:
		return false
	}
	if r.lists == 0 {
		return true
	}
	if r.givens && r.name < len(r.now.givens[r.set]) && r.now.givens[r.set][r.name] < withGiven {
		r.now.givens[r.set][r.name]++
	} else {
		switch {
		case r.names && r.name < r.most-1:
			r.name++
			r.now.names[r.set] = max(r.now.names[r.set], r.name+1)
		case !r.names && r.givens && r.name < r.now.names[r.set]-1:
			r.name++
		case r.set < r.lists-1:
			r.set++
			r.name = 0
		}
	}
	lastName := r.name >= r.most-1
	if !r.names {
		lastName = !r.givens || r.name >= r.now.names[r.set]-1
	}
	full := !r.givens || r.name >= len(r.now.givens[r.set]) || r.now.givens[r.set][r.name] >= withGiven
	return r.set >= r.lists-1 && lastName && full
}

// scan compares the first reference of a list with the others.
func (r *resolver) scan(list []*entry) {
	key, first := r.p.compared(list[0], &r.now)
	r.conditions = [2]int{first.conditionsOn, first.conditions}
	r.partners, r.others = []*entry{list[0]}, nil
	for _, e := range list[1:] {
		if other, seen := r.p.compared(e, &r.now); other == key {
			r.partners = append(r.partners, e)
			r.conditions[0] = max(r.conditions[0], seen.conditionsOn)
			r.conditions[1] = max(r.conditions[1], seen.conditions)
		} else {
			r.others = append(r.others, e)
		}
	}
	r.before, r.clashes = r.clashes, len(r.partners)-1
}

// keep takes the last step over, since it helped.
func (r *resolver) keep() {
	if r.set < len(r.better.names) {
		r.better.names[r.set] = r.now.names[r.set]
		if r.givens && r.name < len(r.now.givens[r.set]) {
			r.better.givens[r.set][r.name] = r.now.givens[r.set][r.name]
		}
	}
}

func (r *resolver) settle(e *entry) { e.settings = r.better.clone() }

// judge draws the consequence from a comparison. The first list of the queue is
// the one in work; it is done when it is empty.
func (r *resolver) judge(queue [][]*entry, maxed bool) [][]*entry {
	switch r.means[r.at] {
	case byNames:
		queue = r.judgeNames(queue, maxed)
	case bySuffix:
		r.giveSuffixes(queue[0])
		queue[0] = nil
	case byCondition:
		queue = r.judgeCondition(queue)
	}
	if maxed && r.at < len(r.means)-1 {
		r.at++
	}
	return queue
}

func (r *resolver) judgeNames(queue [][]*entry, maxed bool) [][]*entry {
	switch {
	case r.clashes == 0 && len(r.others) == 1:
		r.keep()
		r.settle(r.others[0])
		r.settle(r.partners[0])
		queue[0] = nil
	case r.clashes == 0:
		r.keep()
		r.settle(r.partners[0])
		queue[0] = r.others
		if len(r.others) > 0 {
			r.first = true
		}
	case len(r.others) == 1:
		r.keep()
		r.settle(r.others[0])
		queue[0] = r.partners
	case r.clashes < r.before:
		r.keep()
		queue[0] = r.partners
		queue = append(queue, r.others)
	case maxed:
		queue[0] = r.others
		if r.at < len(r.means)-1 {
			queue = append(queue, r.partners) // for the next means
			break
		}
		for _, e := range r.partners {
			r.settle(e)
		}
	}
	return queue
}

func (r *resolver) judgeCondition(queue [][]*entry) [][]*entry {
	done := r.clashes == 0 && len(r.others) < 2
	switch {
	case done:
	case r.now.condition == 0:
		r.now.condition, r.better.condition = 1, 1
		r.first = true
		return queue
	case r.conditions[0] < r.conditions[1]:
		return r.judgeNames(queue, false)
	}
	for _, e := range queue[0] {
		r.settle(e)
	}
	queue[0] = nil
	return queue
}

// giveSuffixes gives the references a, b, c in the order of the bibliography.
func (r *resolver) giveSuffixes(list []*entry) {
	if r.clashes == 0 {
		for _, e := range list {
			r.settle(e)
		}
		return
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *entry) int { return a.rank - b.rank })
	for k, e := range list {
		r.settle(e)
		e.settings.suffix = k + 1
	}
}
