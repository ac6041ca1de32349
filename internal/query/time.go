package query

import (
	"strconv"
	"strings"
)

// readRange reads a time or a range of times at the start of text and how many
// runes it takes, 0 if there is none:
//
//	1956   2019-03   2019-03-05   195*
//	1956..1960   1956..   ..1960   1956-1960   1956–60   1956 – 1960
//
// The ends are put in order. What follows must not belong to a word.
func readRange(text []rune) (from, to string, n int) {
	if from, to, n = readDecade(text); n > 0 {
		return from, to, n
	}
	from, at := readDate(text)
	sep := readSeparator(text[at:], from != "")
	if sep == 0 {
		to = from
	} else {
		var more int
		to, more = readDate(text[at+sep:])
		if to == "" && len(from) == 4 && sep == 1 && strings.ContainsRune("–〜~", text[at]) {
			to, more = readShort(text[at+sep:], from)
		}
		if to == "" && text[at+sep-1] == ' ' {
			to, sep = from, 0 // a dash of the text
		}
		at += sep + more
	}
	if from == "" && to == "" || !atEnd(text[at:]) {
		return "", "", 0
	}
	if from != "" && to != "" && from > to && !strings.HasPrefix(from, to) {
		from, to = to, from
	}
	return from, to, at
}

// readDecade reads 195* or 19*.
func readDecade(text []rune) (from, to string, n int) {
	n = digits(text)
	if n < 2 || n > 3 || len(text) == n || text[n] != '*' || text[0] == '0' || !atEnd(text[n+1:]) {
		return "", "", 0
	}
	s := string(text[:n])
	return s + "00"[:4-n], s + "99"[:4-n], n + 1
}

// readDate reads YYYY, YYYY-MM or YYYY-MM-DD; a month or day may have one digit.
func readDate(text []rune) (date string, n int) {
	if digits(text) != 4 || string(text[:4]) == "0000" {
		return "", 0
	}
	date, n = string(text[:4]), 4
	for _, most := range []int{12, 31} {
		if len(text) == n || text[n] != '-' {
			break
		}
		d := digits(text[n+1:])
		if d != 1 && d != 2 {
			break
		}
		v, _ := strconv.Atoi(string(text[n+1 : n+1+d]))
		if v < 1 || v > most {
			break
		}
		date += "-" + strconv.Itoa(100 + v)[1:]
		n += 1 + d
	}
	return date, n
}

// readShort reads the end of 1956–60.
func readShort(text []rune, from string) (to string, n int) {
	if digits(text) != 2 {
		return "", 0
	}
	if to = from[:2] + string(text[:2]); to <= from {
		return "", 0
	}
	return to, 2
}

// readSeparator reads what stands between two times: dots, a dash or a slash. It
// may have a blank at both sides, but not at one.
func readSeparator(text []rune, afterDate bool) int {
	n := 0
	spaced := afterDate && len(text) > 0 && text[0] == ' '
	if spaced {
		n++
	}
	switch rest := text[n:]; {
	case len(rest) > 1 && rest[0] == '.' && rest[1] == '.':
		for n < len(text) && text[n] == '.' {
			n++
		}
	case len(rest) > 0 && strings.ContainsRune("-‐‑‒–—−〜~…/", rest[0]):
		n++
	default:
		return 0
	}
	if !spaced {
		return n
	}
	if n < len(text) && text[n] == ' ' {
		return n + 1
	}
	return 0
}

func digits(text []rune) int {
	n := 0
	for n < len(text) && n < 5 && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}

// atEnd reports whether nothing of a word is left at the start of text.
func atEnd(text []rune) bool {
	if len(text) > 0 && strings.ContainsRune(".,;:!?", text[0]) {
		text = text[1:]
	}
	return len(text) == 0 || ends(text[0])
}
