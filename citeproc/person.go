package citeproc

import (
	"strconv"
	"strings"
	"unicode"
)

func itoa(n int) string { return strconv.Itoa(n) }

// person is a name whose particles and suffix are told apart.
type person struct {
	Name
	eastern bool // family and given name are written together, family first
	keys    nameKeys
}

// nameKeys are the forms by which names are told apart.
type nameKeys struct{ family, initials, given string }

func preparePeople(names []Name, s *Style) []*person {
	out := make([]*person, 0, len(names))
	for _, n := range names {
		if n.Family == "" && n.Given == "" && n.Literal == "" {
			continue
		}
		p := &person{Name: n}
		if !n.NoParsing {
			p.parse()
		}
		p.Family, p.Given = strings.TrimSpace(p.Family), strings.TrimSpace(p.Given)
		p.eastern = p.Family != "" && eastern(p.Family) && (p.Given == "" || eastern(p.Given))
		p.keys = p.makeKeys(s)
		out = append(out, p)
	}
	return out
}

func (p *person) makeKeys(s *Style) nameKeys {
	clean := func(t string) string { return strings.Join(strings.Fields(strings.ReplaceAll(t, ".", " ")), " ") }
	k := nameKeys{family: clean(p.Family), given: clean(p.Given)}
	if s.demoteParticle == "never" && p.NonDroppingParticle != "" {
		k.family += " " + p.NonDroppingParticle
	}
	if p.Literal != "" {
		k.family = p.Literal
	}
	k.initials = initials(p.Given, ".", false, true)
	return k
}

// parse looks for a suffix behind the given name and for particles, as the
// fields of citation managers hold them: "John, Jr.", "Ludwig van" "Beethoven",
// "van der Vlist".
func (p *person) parse() {
	if p.Family != "" && strings.HasPrefix(p.Family, `"`) && strings.HasSuffix(p.Family, `"`) && len(p.Family) > 2 {
		p.Family = p.Family[1 : len(p.Family)-1]
		return
	}
	if p.Suffix == "" && p.Given != "" {
		if at := strings.LastIndex(p.Given, ","); at > 0 {
			rest := p.Given[at+1:]
			if forced := strings.HasPrefix(rest, "!"); forced {
				p.CommaSuffix, rest = true, rest[1:]
			}
			if rest = strings.TrimSpace(rest); rest != "" {
				p.Suffix, p.Given = rest, strings.TrimSpace(p.Given[:at])
			}
		}
	}
	if p.NonDroppingParticle == "" && p.Family != "" {
		p.NonDroppingParticle, p.Family = leadingParticle(p.Family)
	}
	if p.DroppingParticle == "" && p.Given != "" && p.Family != "" {
		p.Given, p.DroppingParticle = trailingParticle(p.Given)
	}
}

// leadingParticle cuts the small words off the beginning of a family name, and
// a small syllable that is joined with an apostrophe or a hyphen.
func leadingParticle(family string) (particle, rest string) {
	rest = family
	for {
		word, after, ok := strings.Cut(rest, " ")
		if !ok || !isParticle(word) || strings.TrimSpace(after) == "" {
			break
		}
		if particle != "" {
			particle += " "
		}
		particle += word
		rest = after
		if strings.HasSuffix(word, "'") || strings.HasSuffix(word, "’") {
			particle += " "
		}
	}
	for k, r := range rest {
		if strings.ContainsRune("'’-ʼ‘", r) {
			head, tail := rest[:k+len(string(r))], rest[k+len(string(r)):]
			if k > 0 && k <= 4 && isParticle(rest[:k]) && tail != "" && startsUpper(tail) {
				if particle != "" {
					particle += " "
				}
				particle += head
				rest = tail
			}
			break
		}
	}
	return particle, rest
}

func startsUpper(s string) bool {
	r := firstRune(s)
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

func isParticle(word string) bool {
	if word == "" {
		return false
	}
	for k, r := range word {
		if k == 0 && strings.ContainsRune("'’‘ʼ", r) {
			continue
		}
		return unicode.IsLower(r)
	}
	return false
}

func trailingParticle(given string) (rest, particle string) {
	words := strings.Fields(given)
	at := len(words)
	for at > 1 && isParticle(words[at-1]) && !strings.Contains(words[at-1], ".") {
		at--
	}
	if at == len(words) {
		return given, ""
	}
	return strings.Join(words[:at], " "), strings.Join(words[at:], " ")
}

// eastern reports whether a name is written in a script whose names have the
// family name first and no blank.
func eastern(s string) bool {
	any := false
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r == '々', r == 'ー':
			any = true
		case unicode.IsLetter(r):
			return false
		}
	}
	return any
}

// How much of a given name is shown.
const (
	familyOnly = iota
	withInitials
	withGiven
)

// person prints one name. It says whether the family name stands first.
func (r *renderer) person(spec *namesSpec, style *nameStyle, p *person, set, k int) (*node, bool) {
	if p.Literal != "" || p.Family == "" {
		text := p.Literal
		if text == "" {
			text = p.Given
		}
		n := r.namePart(text, spec.family)
		if spec.family != nil {
			n = &node{kids: []*node{n}, prefix: spec.family.prefix, suffix: spec.family.suffix}
		}
		return &node{kids: []*node{n}}, false
	}
	level := r.level(style, p, set, k)
	family := r.namePart(p.Family, spec.family)
	particle := r.namePart(r.keyParticle(p.NonDroppingParticle), spec.family)
	var given, dropping, suffix *node
	if level > familyOnly {
		given = r.namePart(r.givenName(style, p, level), spec.given)
		dropping = r.namePart(r.keyParticle(p.DroppingParticle), spec.given)
		suffix = r.suffixPart(style, p)
	}
	if given.empty() {
		given = nil
	}
	switch {
	case p.eastern && !p.StaticOrder:
		return join("", particle, family, given), false
	case p.StaticOrder:
		return join(" ", join(r.blank(), particle, family), given), false
	case r.sortKey != nil:
		return r.sortName(style, family, particle, given, dropping, suffix), true
	case style.order == "all" || style.order == "first" && k == 0:
		n := r.invertedName(spec, style, p, family, particle, given, dropping, suffix)
		n.number = 1
		return n, given != nil
	}
	return r.straightName(spec, p, family, particle, given, dropping, suffix), false
}

func (r *renderer) keyParticle(s string) string {
	if r.sortKey != nil {
		return strings.NewReplacer("'", "", "’", "").Replace(s)
	}
	return s
}

// blank stands between a particle and a family name.
func (r *renderer) blank() string {
	switch base(r.p.lang) {
	case "fr", "ru", "cs":
		return "\u00a0"
	}
	return " "
}

// join puts the parts that are there side by side.
func join(delimiter string, parts ...*node) *node {
	n := &node{delim: delimiter}
	for _, p := range parts {
		if !p.empty() {
			n.kids = append(n.kids, p)
		}
	}
	return n
}

func (r *renderer) namePart(text string, part *namePart) *node {
	if text == "" {
		return nil
	}
	n := r.field(text)
	if part == nil {
		return n
	}
	if part.stripPeriods {
		stripPeriods(n)
	}
	if part.textCase != caseNone {
		applyCase(n, part.textCase, r.caseLang())
	}
	if part.format != (format{}) {
		n = &node{kids: []*node{n}, format: part.format}
	}
	return n
}

func (r *renderer) suffixPart(style *nameStyle, p *person) *node {
	s := p.Suffix
	if s == "" {
		return nil
	}
	if style.initials != nil {
		s = strings.TrimSpace(initials(s, *style.initials, true, true))
	}
	return r.field(s)
}

func withAffixes(n *node, part *namePart) *node {
	if part == nil || n.empty() || part.prefix == "" && part.suffix == "" {
		return n
	}
	return &node{kids: []*node{n}, prefix: part.prefix, suffix: part.suffix}
}

func (r *renderer) sortName(style *nameStyle, family, particle, given, dropping, suffix *node) *node {
	if r.p.style.demoteParticle == "never" {
		return join(" ", join(", ", join(" ", join(" ", particle, family), dropping), given), suffix)
	}
	return join(" ", join(", ", family, join(" ", given, dropping, particle)), suffix)
}

func glued(particle *node) bool {
	if particle == nil {
		return false
	}
	t := particle.plainText()
	return strings.HasSuffix(t, "'") || strings.HasSuffix(t, "’") || strings.HasSuffix(t, "-") || strings.HasSuffix(t, " ")
}

func (r *renderer) invertedName(spec *namesSpec, style *nameStyle, p *person, family, particle, given, dropping, suffix *node) *node {
	separator := style.separator
	if p.Given == "Lord" || p.Given == "Lady" {
		separator = ", "
	}
	if r.p.style.demoteParticle == "display-and-sort" {
		second := join(" ", given, dropping, particle)
		return join(separator, withAffixes(family, spec.family), withAffixes(second, spec.given), suffix)
	}
	glue := r.blank()
	if glued(particle) {
		glue = ""
	}
	first := withAffixes(join(glue, particle, family), spec.family)
	return join(separator, first, withAffixes(join(" ", given, dropping), spec.given), suffix)
}

func (r *renderer) straightName(spec *namesSpec, p *person, family, particle, given, dropping, suffix *node) *node {
	if dropping != nil && particle == nil && glued(dropping) {
		family, dropping = join("", dropping, family), nil
	}
	var second *node
	if glued(particle) {
		second = join(r.blank(), dropping, join("", particle, family))
	} else {
		second = join(r.blank(), dropping, particle, family)
	}
	before := " "
	if p.CommaSuffix {
		before = ", "
	}
	second = join(before, second, suffix)
	return join(" ", withAffixes(given, spec.given), withAffixes(second, spec.family))
}

func (r *renderer) givenName(style *nameStyle, p *person, level int) string {
	if level != withInitials || style.initials == nil {
		return p.Given
	}
	return initials(p.Given, *style.initials, !style.initialize, r.p.style.hyphenInitials)
}
