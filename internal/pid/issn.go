package pid

import (
	"strings"
	"unicode"
)

// ISSN returns the canonical form NNNN-NNNC of an ISSN whose check digit is
// right (ISO 3297, weights 8 to 2, modulus 11, X for ten). The label "ISSN",
// any of the hyphens U+2010 to U+2015, no hyphen at all and a Cyrillic Х at the
// end are accepted.
func ISSN(s string) (string, bool) {
	canonical, ok := ISSNForm(s)
	if !ok || !issnCheck(canonical) {
		return "", false
	}
	return canonical, true
}

// ISSNForm is ISSN without the check digit's test: it tells a misprinted ISSN
// from something that is none.
func ISSNForm(s string) (string, bool) {
	s = strings.TrimSpace(s)
	for _, label := range []string{"urn:issn:", "e-issn", "p-issn", "eissn", "pissn", "issn-l", "issn"} {
		if rest, ok := cutPrefixFold(s, label); ok {
			s = strings.TrimLeft(rest, ": \u00a0")
			break
		}
	}
	rest, after := scanISSN(s)
	if rest == "" || strings.TrimSpace(after) != "" {
		return "", false
	}
	return rest, true
}

// FindISSN returns the ISSNs that stand in running text in the form NNNN-NNNC,
// in their order, right or wrong.
func FindISSN(s string) []FoundISSN {
	var found []FoundISSN
	last := ' '
	for i, r := range s {
		if isDigit(r) && !isDigit(last) && !isHyphen(last) && !unicode.IsLetter(last) && last != '/' && last != '.' {
			if value, after := scanISSN(s[i:]); value != "" && hyphenated(s[i:]) && ends(after) {
				found = append(found, FoundISSN{Value: value, At: i, End: len(s) - len(after), Valid: issnCheck(value)})
			}
		}
		last = r
	}
	return found
}

// FoundISSN is an ISSN in running text.
type FoundISSN struct {
	Value   string // NNNN-NNNC
	At, End int    // bytes s[At:End] hold it
	Valid   bool   // the check digit is right
}

func hyphenated(s string) bool {
	for i, r := range s {
		if i == 4 {
			return isHyphen(r)
		}
	}
	return false
}

func ends(after string) bool {
	for _, r := range after {
		return !unicode.IsLetter(r) && !isDigit(r) && !isHyphen(r)
	}
	return true
}

// scanISSN reads an ISSN at the start of s; value is empty if there is none.
func scanISSN(s string) (value, after string) {
	var b [9]byte
	n := 0
	hyphen := false
	for i, r := range s {
		switch {
		case n == 4 && !hyphen && isHyphen(r):
			hyphen = true
			continue
		case isDigit(r):
			b[n] = byte(r)
		case n == 7 && (r == 'X' || r == 'x' || r == 'Х' || r == 'х'):
			b[n] = 'X'
		default:
			return "", s
		}
		n++
		if n == 8 {
			end := i + 1
			if r > 0x7f {
				end = i + 2
			}
			return string(b[:4]) + "-" + string(b[4:8]), s[end:]
		}
	}
	return "", s
}

func issnCheck(canonical string) bool {
	sum, weight := 0, 8
	for i := range 8 {
		if i == 4 {
			continue
		}
		sum += int(canonical[i]-'0') * weight
		weight--
	}
	check := byte('0' + (11-sum%11)%11)
	if check == '0'+10 {
		check = 'X'
	}
	return canonical[8] == check
}
