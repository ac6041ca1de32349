package pid

import "strings"

// rorAlphabet is Crockford's base 32, which ROR identifiers are written in.
const rorAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// ROR returns the nine characters of a ROR identifier ("03yrm5c26"), from its
// address or alone. The last two digits are checked (ISO 7064 MOD 97-10 over
// the base 32 value, as ROR documents it).
func ROR(s string) (string, bool) {
	s = strings.TrimSpace(s)
	s, _ = cutAddress(s, "ror.org")
	s = strings.ToLower(strings.TrimRight(s, "/."))
	if len(s) != 9 || s[0] != '0' {
		return "", false
	}
	value := 0
	for i := 1; i < 7; i++ {
		d := strings.IndexByte(rorAlphabet, s[i])
		if d < 0 {
			return "", false
		}
		value = value*32 + d
	}
	if s[7] < '0' || s[7] > '9' || s[8] < '0' || s[8] > '9' {
		return "", false
	}
	if check := int(s[7]-'0')*10 + int(s[8]-'0'); check != 98-value*100%97 {
		return "", false
	}
	return s, true
}
