package refparse

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CutNumber reads the number of an entry: "12. ", "12) ", "[12] ", "12 ".
// plain is set for the last form, which prose has too.
func CutNumber(s string) (n int, rest string, plain, ok bool) {
	t := s
	bracket := strings.HasPrefix(t, "[")
	if bracket {
		t = t[1:]
	}
	digits := 0
	for digits < len(t) && t[digits] >= '0' && t[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > 4 || digits == len(t) {
		return 0, s, false, false
	}
	n, _ = strconv.Atoi(t[:digits])
	t = t[digits:]
	r, size := utf8.DecodeRuneInString(t)
	switch {
	case bracket && r == ']', !bracket && (r == '.' || r == ')' || r == '．'):
		rest = t[size:]
		if !bracket && r == '.' && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return 0, s, false, false // 12.5
		}
	case !bracket && (r == ' ' || r == 0xa0 || r == '\t'):
		rest, plain = t[size:], true
	default:
		return 0, s, false, false
	}
	rest = strings.TrimLeft(rest, ". \t\u00a0")
	return n, rest, plain, rest != ""
}

// HasYear: four digits that are a year stand alone in s.
func HasYear(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if c := s[i]; c < '0' || c > '9' {
			continue
		}
		if IsYear(s[i:i+4]) && (i == 0 || !isAlnum(s[i-1])) && (i+4 == len(s) || s[i+4] < '0' || s[i+4] > '9') {
			return true
		}
		for i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
			i++
		}
	}
	return false
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// IsYear: four digits from 1500 to 2099.
func IsYear(s string) bool {
	if len(s) != 4 || strings.Trim(s, "0123456789") != "" {
		return false
	}
	return s >= "1500" && s < "2100"
}

// keySeparators stand between key and body, with spaces around.
var keySeparators = []string{" - ", " – ", " — "}

const maxKey = 100

// CutKey splits an entry at the first separator, if what stands before it ends
// in a year: "FRUS 1951a - …", "FRUS 1955-1957 - …".
func CutKey(body string) (key, rest string, ok bool) {
	at, sep := -1, ""
	for _, s := range keySeparators {
		if i := strings.Index(body[:min(len(body), maxKey+4)], s); i > 0 && (at < 0 || i < at) {
			at, sep = i, s
		}
	}
	if at < 0 {
		return "", body, false
	}
	key, rest = strings.TrimSpace(body[:at]), strings.TrimSpace(body[at+len(sep):])
	// "…, 1981 - 1982. Paris" is a range of years, "Title. Lectures, 1981 - " a sentence
	if !endsInYear(key) || strings.Contains(key, ". ") || rest == "" || rest[0] >= '0' && rest[0] <= '9' {
		return "", body, false
	}
	return key, rest, true
}

// endsInYear: the last word is a year, perhaps a range or with a letter, and
// something stands before it.
func endsInYear(key string) bool {
	i := strings.LastIndexAny(key, " \u00a0")
	if i <= 0 {
		return false
	}
	last := strings.Trim(key[i+1:], "()[]\u00a0")
	if j := strings.IndexAny(last, "-–/"); j > 0 {
		_, size := utf8.DecodeRuneInString(last[j:])
		second := last[j+size:]
		return IsYear(last[:j]) && (IsYear(second) || len(second) == 2 && hasDigit(second))
	}
	r, size := utf8.DecodeLastRuneInString(last)
	if len(last) > 4 && unicode.IsLower(r) {
		last = last[:len(last)-size]
	}
	return IsYear(last)
}
