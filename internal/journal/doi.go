package journal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// patternParts are the parts that the suffix of a DOI can be made of.
var patternParts = map[string]string{
	"journal": "the journal's path", "year": "the year of publication", "volume": "the volume", "issue": "the number of the issue",
	"seq": "1, 2, 3 … in the journal and year", "opaque": "eight letters and digits that say nothing, with a check character",
}

// CheckPattern refuses a pattern of which no DOIs can be made: one that does not tell
// articles apart, has parts that are not known, or characters that Crossref advises
// against (a–z, 0–9 and -._ are left). "" is no pattern.
func CheckPattern(pattern string) error {
	if pattern == "" {
		return nil
	}
	rest, apart := pattern, false
	for rest != "" {
		before, after, ok := strings.Cut(rest, "{")
		if strings.Trim(strings.ToLower(before), "abcdefghijklmnopqrstuvwxyz0123456789-._") != "" {
			return fmt.Errorf("the pattern %q has characters that a DOI should not have: use letters, digits, hyphens, full stops and {parts}", pattern)
		}
		if !ok {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		if _, known := patternParts[name]; !closed || !known {
			return fmt.Errorf("the pattern %q has a part that is not known: {journal}, {year}, {volume}, {issue}, {seq} and {opaque} are", pattern)
		}
		apart = apart || name == "seq" || name == "opaque"
		rest = tail
	}
	if !apart {
		return fmt.Errorf("the pattern %q gives several articles one DOI: add {seq} or {opaque}", pattern)
	}
	return nil
}

// Sequence names the counter that {seq} of a pattern counts by: articles that differ in
// no other part of the pattern are counted on. It is "" for a pattern without {seq}.
func Sequence(pattern string, p *Publication) string {
	if !strings.Contains(pattern, "{seq}") {
		return ""
	}
	return fill(strings.ReplaceAll(pattern, "{seq}", "#"), p, 0, "")
}

// NextDOI makes a DOI for an article that is new, by the prefix and the pattern, and
// counts it. random gives five random bytes; taken reports whether a DOI belongs to
// something already, so that the next one is tried. It is "" where the journal has no
// pattern, or where so many are taken that the pattern must be wrong.
func (r *Registry) NextDOI(p *Publication, random func() [5]byte, taken func(doi string) bool) string {
	if r.DOIPrefix == "" || r.DOIPattern == "" || CheckPattern(r.DOIPattern) != nil {
		return ""
	}
	name := Sequence(r.DOIPattern, p)
	const most = 10_000 // articles that had DOIs of this form before
	for range most {
		n := 0
		if name != "" {
			if r.DOISequences == nil {
				r.DOISequences = map[string]int{}
			}
			r.DOISequences[name]++
			n = r.DOISequences[name]
		}
		doi := strings.ToLower(NewDOI(r.DOIPrefix, r.DOIPattern, p, n, Opaque(random())))
		if !taken(doi) && !slices.Contains(r.DOIsReserved, doi) {
			return doi
		}
	}
	return ""
}

// NewDOI makes a DOI by the prefix and the pattern of a journal. seq is the number that
// {seq} stands for, opaque what {opaque} does (see Opaque).
func NewDOI(prefix, pattern string, p *Publication, seq int, opaque string) string {
	return prefix + "/" + fill(pattern, p, seq, opaque)
}

func fill(pattern string, p *Publication, seq int, opaque string) string {
	volume, number := "", ""
	if is := p.Place(); is != nil {
		volume, number = is.Volume, is.Number
	}
	year := ""
	if y := p.Issued().Valid(); y != "" {
		year = string(y[:4])
	} else if len(p.Created) >= 4 {
		year = p.Created[:4]
	}
	return strings.NewReplacer("{journal}", p.Journal.Path, "{year}", year, "{volume}", suffixPart(volume), "{issue}", suffixPart(number),
		"{seq}", strconv.Itoa(seq), "{opaque}", opaque).Replace(pattern)
}

// suffixPart is what may stand in a DOI: "3(15)" is "3-15".
func suffixPart(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimRight(b.String(), "-")
}

// alphabet is that of Crockford's base 32: no i, l, o, u, which are misread.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// Opaque is an opaque suffix of random bytes, of which it needs five: seven characters
// and a check character (ISO 7064, MOD 37,36) in two groups.
func Opaque(random [5]byte) string {
	var n uint64
	for _, b := range random {
		n = n<<8 | uint64(b)
	}
	var out [7]byte
	for i := 6; i >= 0; i, n = i-1, n/32 {
		out[i] = alphabet[n%32]
	}
	return string(out[:4]) + "-" + string(out[4:]) + string(checkCharacter(string(out[:])))
}

// alphanumeric are the characters of ISO 7064, MOD 37,36 by their values.
const alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz"

func checkCharacter(s string) byte {
	p := product(s)
	for i := range alphanumeric {
		if (p+i)%36 == 1 {
			return alphanumeric[i]
		}
	}
	return 0 // cannot be: p+i takes every value
}

// product is the state of the hybrid system of ISO 7064 behind the characters.
func product(s string) int {
	p := 36
	for i := range len(s) {
		sum := (p + strings.IndexByte(alphanumeric, s[i])) % 36
		if sum == 0 {
			sum = 36
		}
		p = sum * 2 % 37
	}
	return p
}

// CheckOpaque reports whether an opaque suffix was copied without a mistake.
func CheckOpaque(s string) bool {
	s = strings.ReplaceAll(strings.ToLower(s), "-", "")
	return len(s) == 8 && strings.Trim(s, alphanumeric) == "" && checkCharacter(s[:7]) == s[7]
}
