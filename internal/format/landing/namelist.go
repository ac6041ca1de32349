package landing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// person is a name with the marks that refer to affiliations.
type person struct {
	name    journal.Name
	sure    strength
	markers []string
}

// nameList is what splitNames finds.
type nameList struct {
	people []person
	sure   strength
}

// splitNames takes a list of names apart: at semicolons if there are any, else
// at commas and the word for "and". It reports how sure the weakest of them is;
// noName if any part is no name.
func splitNames(s string) ([]person, strength) {
	if len(s) > 8000 {
		return nil, noName
	}
	s = strings.Trim(clean(s), " ,;")
	if bare := strings.TrimRight(s, "."); bare != s && !endsInInitials(s) {
		s = bare
	}
	if s == "" {
		return nil, noName
	}
	var parts []string
	if strings.Contains(s, ";") {
		parts = strings.Split(s, ";")
	} else {
		parts = splitAnd(s)
	}
	var out []person
	weakest := strong
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		plain, markers := cutMarkers(part)
		if plain == "" { // a mark alone belongs to the name before it
			if len(out) == 0 {
				return nil, noName
			}
			out[len(out)-1].markers = append(out[len(out)-1].markers, markers...)
			continue
		}
		if len(out) > 0 && isGivenOnly(plain) && out[len(out)-1].name.Given == "" && isFamily(out[len(out)-1].name.Literal) {
			last := &out[len(out)-1]
			last.name = journal.Name{Literal: last.name.Literal + ", " + plain, Family: last.name.Literal, Given: plain}
			last.sure = strong
			continue
		}
		name, sure := parseName(plain)
		if sure == noName && !(isFamily(plain) && len(parts) > 1) {
			return nil, noName
		}
		out = append(out, person{name, sure, markers})
	}
	for _, x := range out {
		weakest = min(weakest, x.sure)
	}
	if len(out) == 0 {
		return nil, noName
	}
	return out, weakest
}

// endsInInitials: the full stop at the end is that of an initial.
func endsInInitials(s string) bool {
	tokens := nameTokens(s)
	return len(tokens) > 0 && isInitials(tokens[len(tokens)-1])
}

// isGivenOnly: initials that follow a family name after a comma.
func isGivenOnly(s string) bool {
	tokens := nameTokens(s)
	for _, t := range tokens {
		if !isInitials(t) {
			return false
		}
	}
	return len(tokens) > 0
}

// splitAnd splits at commas and at "and" between names.
func splitAnd(s string) []string {
	var parts []string
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		for _, and := range []string{"and ", "& ", "и ", "та "} {
			part = strings.TrimPrefix(part, and)
		}
		start := 0
		for _, and := range []string{" and ", " & ", " и ", " та ", " und ", " et ", "、", " · "} {
			if i := strings.Index(part[start:], and); i > 0 {
				parts = append(parts, part[start:start+i])
				start += i + len(and)
			}
		}
		parts = append(parts, part[start:])
	}
	return parts
}

// cutMarkers separates what refers to affiliations and notes from a name:
// digits, asterisks, daggers, superscripts, and a Latin letter glued to a
// Cyrillic word.
func cutMarkers(s string) (name string, markers []string) {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "<sup>") {
		var b strings.Builder
		for s != "" {
			before, after, found := strings.Cut(s, "<sup>")
			b.WriteString(before)
			if !found {
				break
			}
			mark, rest, _ := strings.Cut(after, "</sup>")
			for m := range strings.FieldsFuncSeq(mark, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
				markers = append(markers, plainMarkup(m))
			}
			s = rest
		}
		s = strings.TrimSpace(b.String())
	}
	s = plainMarkup(s)
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		mark := unicode.IsDigit(r) || strings.ContainsRune("*†‡§¶#¹²³⁴⁵⁶⁷⁸⁹⁰", r)
		if !mark && r >= 'a' && r <= 'z' {
			before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
			mark = unicode.Is(unicode.Cyrillic, before)
		}
		if !mark {
			break
		}
		markers = append(markers, script.Fold(string(r)))
		s = strings.TrimRight(s[:len(s)-size], " ,")
	}
	return s, markers
}

// plainMarkup removes inline elements from a text.
func plainMarkup(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	return richText("", s).Plain
}

// leadingName cuts the name that begins a longer text, such as a line with
// name, position and place: "Е. В. Котельников кандидат наук, …", "Чапаев
// Григорий Игоревич Студент …", "А.Б.Некрасов, МАРХИ, Москва".
func leadingName(s string) (journal.Name, string, bool) {
	s = clean(s)
	tokens := strings.Fields(s)
	for n := min(len(tokens), 5); n >= 1; n-- {
		candidate := strings.Join(tokens[:n], " ")
		if rest, found := strings.CutSuffix(candidate, ","); found {
			candidate = rest
		}
		name, sure := parseName(candidate)
		if sure == strong && !strings.Contains(candidate, ",") && (name.Family != "" || n < len(tokens) && isInitials(tokens[n-1])) && !partOfLonger(name, tokens, n) {
			return name, strings.TrimLeft(s[len(strings.Join(tokens[:n], " ")):], " ,.;–—-"), true
		}
	}
	return journal.Name{Literal: s}, "", false
}

// partOfLonger: the family name found at the end of the candidate goes on in
// the next word, as in "А. Н. Панов-Яблонский" never but "E. de la" does.
func partOfLonger(name journal.Name, tokens []string, n int) bool {
	return n < len(tokens) && particles[strings.ToLower(strings.Trim(tokens[n-1], ","))] && name.Family != ""
}
