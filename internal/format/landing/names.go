package landing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// strength says how sure it is that a text is the name of a person.
type strength int

const (
	noName strength = iota
	weak            // capitalised words that may be a name
	strong          // a form that only names have: initials, a patronymic, a family name in capitals
)

// maxName bounds a name in bytes.
const maxName = 160

// particles stand in lower case inside names.
var particles = wordSet("van von фон ван де ле да дос ди дель аль эль ибн бен de la le las los del della di da das do dos du des der den ter ten zu zum e y al el ibn bin ben af av la’ d’ оглы оглу кызы гызы уулу")

// notInitials look like initials and are titles or suffixes.
var notInitials = wordSet("jr. sr. dr. prof. st. mr. mrs. ms. др. св. проф. акад. inst. univ. dept. vol. no. pp. ed. eds.")

// suffixes stand with a name and are none.
var suffixes = wordSet("jr. sr. jr sr ii iii iv júnior filho neto мл. ст.")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// parseName recognises a personal name and takes it apart where its form says
// which part is which: initials, a patronymic, capitals, a comma, or Han
// characters with a space between the parts. Otherwise the name is only a
// literal.
func parseName(s string) (journal.Name, strength) {
	s = clean(s)
	name := journal.Name{Literal: s}
	if s == "" || len(s) > maxName || strings.ContainsAny(s, ":;!?()[]{}«»“”\"/\\@|=+0123456789") {
		return name, noName
	}
	if family, given, found := strings.Cut(s, ", "); found {
		if strings.Contains(given, ",") || !isFamily(family) || !isGiven(given) || !strings.Contains(given, ".") && isOrganisation(s) {
			return name, noName
		}
		name.Family, name.Given = family, given
		return name, strong
	}
	if strings.ContainsRune(s, ',') {
		return name, noName
	}
	switch script.Of(s) {
	case "Hani", "Jpan":
		return eastAsianName(name)
	case "Latn", "Cyrl", "Grek", "Geor", "Armn":
	default:
		return name, noName
	}
	tokens := nameTokens(s)
	if len(tokens) < 2 || len(tokens) > 8 {
		return name, noName
	}
	return westernName(name, tokens)
}

func eastAsianName(name journal.Name) (journal.Name, strength) {
	parts := strings.Fields(name.Literal)
	n := utf8.RuneCountInString(name.Literal)
	for _, r := range name.Literal {
		if r != ' ' && !unicode.Is(unicode.Han, r) && !unicode.Is(unicode.Hiragana, r) && !unicode.Is(unicode.Katakana, r) && r != 'ー' && r != '・' && r != '々' {
			return name, noName
		}
	}
	if len(parts) == 2 && n <= 14 {
		name.Family, name.Given = parts[0], parts[1]
		return name, strong
	}
	if n >= 2 && n <= 6 {
		return name, weak
	}
	return name, noName
}

// westernName decides by where the initials, the patronymic or the capitals
// stand.
func westernName(name journal.Name, tokens []string) (journal.Name, strength) {
	lead, trail := 0, 0
	for lead < len(tokens) && isInitials(tokens[lead]) {
		lead++
	}
	for trail < len(tokens)-lead && isInitials(tokens[len(tokens)-1-trail]) {
		trail++
	}
	switch {
	case lead == len(tokens):
		return name, noName
	case lead > 0 && trail == 0 && isFamilyTokens(tokens[lead:]):
		name.Given, name.Family = join(tokens[:lead]), join(tokens[lead:])
		return name, strong
	case trail > 0 && lead == 0 && len(tokens)-trail <= 3 && isFamilyTokens(tokens[:len(tokens)-trail]):
		head := tokens[:len(tokens)-trail]
		if len(head) == 1 || particles[strings.ToLower(head[0])] {
			name.Family, name.Given = join(head), join(tokens[len(tokens)-trail:])
			return name, strong
		}
		if caps := leadingCapitals(tokens); caps > 0 {
			name.Family, name.Given = join(tokens[:caps]), join(tokens[caps:])
		}
		return name, strong
	}
	if given := middleInitials(tokens); given > 0 {
		name.Given, name.Family = join(tokens[:given]), join(tokens[given:])
		return name, strong
	}
	words := 0
	for _, t := range tokens {
		switch {
		case isNameWord(t):
			words++
		case !particles[strings.ToLower(t)] && !isInitials(t) && !suffixes[strings.ToLower(t)]:
			return name, noName
		}
	}
	if words == 0 {
		return name, noName
	}
	if particles[tokens[0]] && !startsUpper(tokens[0]) || particles[tokens[len(tokens)-1]] || !allWordsOneScript(tokens) {
		return name, noName
	}
	if family, given := patronymic(tokens); family != "" {
		name.Family, name.Given = family, given
		return name, strong
	}
	if caps := leadingCapitals(tokens); caps > 0 {
		name.Family, name.Given = join(tokens[:caps]), join(tokens[caps:])
		return name, strong
	}
	if caps := trailingCapitals(tokens); caps > 0 {
		name.Family, name.Given = join(tokens[len(tokens)-caps:]), join(tokens[:len(tokens)-caps])
		return name, strong
	}
	if len(tokens) > 6 {
		return name, noName
	}
	return name, weak
}

// middleInitials counts the words of the given name where initials stand inside
// a name: "Anna V. Gromova".
func middleInitials(tokens []string) int {
	last := -1
	for i, t := range tokens {
		switch {
		case isInitials(t):
			last = i
		case last < 0 && !isNameWord(t):
			return 0
		}
	}
	if last < 1 || last == len(tokens)-1 || !isFamilyTokens(tokens[last+1:]) {
		return 0
	}
	return last + 1
}

func join(tokens []string) string { return strings.Join(tokens, " ") }

// nameTokens splits a name at spaces and between initials and what is glued to
// them: "А.Б.Некрасов" is "А.Б." and "Некрасов".
func nameTokens(s string) []string {
	var out []string
	for _, word := range strings.Fields(s) {
		i := strings.LastIndexByte(word, '.')
		if i > 0 && i < len(word)-1 && isInitials(word[:i+1]) && isNameWord(word[i+1:]) {
			out = append(out, word[:i+1], word[i+1:])
			continue
		}
		out = append(out, word)
	}
	return out
}

// isInitials: one to four initials of one to four letters, each with a full
// stop, with hyphens between them: "A.", "Yu.Ya.", "М.-Ф.".
func isInitials(s string) bool {
	if !strings.HasSuffix(s, ".") || len(s) > 32 || notInitials[strings.ToLower(s)] {
		return false
	}
	count := 0
	for part := range strings.SplitSeq(s[:len(s)-1], ".") {
		part = strings.TrimPrefix(part, "-")
		n := 0
		for i, r := range part {
			if i == 0 && !unicode.IsUpper(r) || !unicode.IsLetter(r) && r != '’' && r != '\'' {
				return false
			}
			n++
		}
		if n == 0 || n > 4 {
			return false
		}
		count++
	}
	return count <= 4
}

// isNameWord: a capital letter, then letters, hyphens and apostrophes, two
// letters at least, without a full stop.
func isNameWord(s string) bool {
	letters := 0
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
			if letters == 0 && !unicode.IsUpper(r) {
				return false
			}
			letters++
		case r == '-' || r == '‐' || r == '‑' || r == '\'' || r == '’' || r == 'ʼ' || r == 'ʹ' || r == '`' || r == '´':
			if i == 0 {
				return false
			}
		default:
			return false
		}
	}
	return letters >= 2
}

func isFamilyTokens(tokens []string) bool {
	words := 0
	for _, t := range tokens {
		switch {
		case isNameWord(t):
			words++
		case !particles[strings.ToLower(t)]:
			return false
		}
	}
	return words > 0 && words <= 3
}

func isFamily(s string) bool {
	tokens := strings.Fields(s)
	return len(tokens) > 0 && len(tokens) <= 4 && isFamilyTokens(tokens)
}

// isGiven: initials, or up to four words of a given name.
func isGiven(s string) bool {
	tokens := nameTokens(s)
	if len(tokens) == 0 || len(tokens) > 5 {
		return false
	}
	for _, t := range tokens {
		if !isInitials(t) && !isNameWord(t) && !particles[strings.ToLower(t)] && !(utf8.RuneCountInString(t) == 1 && startsUpper(t)) {
			return false
		}
	}
	return true
}

// patronymics are the endings that only patronymics have.
var patronymics = []string{"ович", "евич", "льич", "мич", "овна", "евна", "инична", "ична", "ovich", "evich", "ovna", "evna", "ichna", "инічна", "івна", "йович"}

func isPatronymic(s string) bool {
	lower := strings.ToLower(s)
	for _, e := range patronymics {
		if len(lower) > len(e)+2 && strings.HasSuffix(lower, e) {
			return true
		}
	}
	return false
}

// patronymic tells the order of a name of three words by its patronymic.
func patronymic(tokens []string) (family, given string) {
	if len(tokens) != 3 {
		return "", ""
	}
	switch {
	case isPatronymic(tokens[2]) && !isPatronymic(tokens[1]):
		return tokens[0], tokens[1] + " " + tokens[2]
	case isPatronymic(tokens[1]) && !isPatronymic(tokens[2]):
		return tokens[2], tokens[0] + " " + tokens[1]
	}
	return "", ""
}

// leadingCapitals counts the words in capitals that begin a name whose other
// words are not.
func leadingCapitals(tokens []string) int {
	n := 0
	for n < len(tokens) && isCapitals(tokens[n]) {
		n++
	}
	if n == 0 || n == len(tokens) {
		return 0
	}
	for _, t := range tokens[n:] {
		if isCapitals(t) {
			return 0
		}
	}
	return n
}

func trailingCapitals(tokens []string) int {
	n := 0
	for n < len(tokens) && isCapitals(tokens[len(tokens)-1-n]) {
		n++
	}
	if n == 0 || n == len(tokens) {
		return 0
	}
	for _, t := range tokens[:len(tokens)-n] {
		if isCapitals(t) {
			return 0
		}
	}
	return n
}

func isCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) || r == '.' {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 2
}

func allWordsOneScript(tokens []string) bool {
	of := script.Of(tokens[0])
	for _, t := range tokens[1:] {
		if script.Of(t) != of {
			return false
		}
	}
	return true
}
