package pid

import "strings"

// ORCID returns the form 0000-0000-0000-000C of an ORCID iD whose check
// character is right (ISO 7064 MOD 11-2). An address at orcid.org, the label
// "ORCID", any hyphens or none, and punctuation after it are accepted.
func ORCID(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if rest, ok := cutPrefixFold(s, "orcid"); ok && !strings.HasPrefix(rest, ".") {
		rest, _ = cutPrefixFold(strings.TrimLeft(rest, ": "), "id")
		s = strings.TrimLeft(rest, ": \u00a0")
	}
	s, _ = cutAddress(s, "orcid.org")
	s = strings.TrimRight(s, ".,;/ ")
	var b [19]byte
	n, digits, sum := 0, 0, 0
	for _, r := range s {
		switch {
		case isHyphen(r) && digits%4 == 0 && digits > 0 && digits < 16:
			continue
		case isDigit(r) && digits < 16, (r == 'X' || r == 'x' || r == 'Х') && digits == 15:
		default:
			return "", false
		}
		if digits > 0 && digits%4 == 0 {
			b[n] = '-'
			n++
		}
		if !isDigit(r) {
			r = 'X'
		}
		b[n] = byte(r)
		n++
		digits++
		if digits < 16 {
			sum = (sum + int(r-'0')) * 2
		}
	}
	if digits != 16 {
		return "", false
	}
	check := byte('0' + (12-sum%11)%11)
	if check == '0'+10 {
		check = 'X'
	}
	if b[18] != check {
		return "", false
	}
	return string(b[:]), true
}
