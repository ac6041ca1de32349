package citeproc

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// variable prints cs:text with a variable.
func (r *renderer) variable(i *instruction) *node {
	name := i.variable
	r.state.called = r.state.called || name != "year-suffix"
	if r.taken[name] {
		return nil
	}
	switch name {
	case "citation-number":
		if r.unnumbered() {
			return nil
		}
		n := leaf(itoa(r.entry.number))
		n.tag, n.number = tagNumber, r.entry.number
		if r.sortKey != nil {
			n.text = numberKey(n.text)
		}
		r.filled()
		return r.apply(i, &node{kids: []*node{n}})
	case "year-suffix":
		return r.suffixVariable(i)
	case "locator":
		if r.cite.Locator == "" {
			return nil
		}
		r.filled()
		n := r.field(r.pages(r.cite.Locator))
		n.tag = tagLocator
		return r.apply(i, &node{kids: []*node{n}})
	}
	var s string
	switch i.form {
	case "short":
		s = r.item.text(name, "short")
		if s == "" {
			s = r.value(name)
		}
	default:
		s = r.value(name)
	}
	if s == "" {
		if d, ok := r.item.Dates[name]; ok && d.Literal != "" {
			s = d.Literal
		}
	}
	if s == "" {
		return nil
	}
	r.filled()
	r.use(name)
	switch name {
	case "URL", "DOI":
		n := leaf(s)
		n.asIs = true
		return r.apply(i, &node{kids: []*node{n}})
	case "page", "page-first":
		s = r.pages(s)
	default:
		if isNumber[name] {
			s = formatNumbers(s, func(n string) string { return n })
		}
	}
	return r.apply(i, r.field(s))
}

// unnumbered reports whether the citation number is left out.
func (r *renderer) unnumbered() bool {
	return r.p.alone && r.area == inBibliography && r.sortKey == nil
}

func (r *renderer) suffixVariable(i *instruction) *node {
	if r.sortKey != nil {
		return nil
	}
	n := leaf(r.value("year-suffix"))
	if n.text == "" {
		return nil
	}
	n.tag, n.number = tagSuffix, r.settings.suffix
	r.filled()
	return r.apply(i, &node{kids: []*node{n}})
}

// suffixLetters is a year-suffix: a to z, aa, ab and so on.
func suffixLetters(n int) string {
	var s string
	for n > 0 {
		n--
		s = string(rune('a'+n%26)) + s
		n /= 26
	}
	return s
}

// citationLabel is the label of styles like "[Doe99]": up to four letters of
// the names and two digits of the year.
func (r *renderer) citationLabel() string {
	label := r.item.Text["citation-label"]
	if label == "" {
		label = r.trigraph()
	}
	if label != "" && r.settings.suffix > 0 {
		label += suffixLetters(r.settings.suffix)
	}
	return label
}

func (r *renderer) trigraph() string {
	people := r.entry.people["author"]
	if len(people) == 0 {
		for _, v := range []string{"editor", "translator", "container-author"} {
			if people = r.entry.people[v]; len(people) > 0 {
				break
			}
		}
	}
	letters := []int{4}
	switch len(people) {
	case 0:
		return ""
	case 1:
	case 2:
		letters = []int{2, 2}
	case 3:
		letters = []int{2, 1, 1}
	default:
		letters = []int{1, 1, 1, 1}
	}
	var b strings.Builder
	for k, n := range letters {
		name := people[k].Family
		if name == "" {
			name = people[k].Literal
		}
		count := 0
		for _, c := range name {
			if count == n {
				break
			}
			if !unicode.IsLetter(c) {
				continue
			}
			if count == 0 {
				c = unicode.ToUpper(c)
			}
			b.WriteRune(c)
			count++
		}
	}
	if d, ok := r.item.Dates["issued"]; ok && d.Start.Year > 0 {
		year := itoa(d.Start.Year)
		if len(year) > 2 {
			year = year[len(year)-2:]
		}
		b.WriteString(year)
	}
	return b.String()
}

// number prints cs:number.
func (r *renderer) number(i *instruction) *node {
	r.state.called = true
	s := r.value(i.variable)
	if s == "" || r.taken[i.variable] || i.variable == "citation-number" && r.unnumbered() {
		return nil
	}
	r.filled()
	r.use(i.variable)
	if r.sortKey != nil {
		return leaf(numberKey(s))
	}
	if !isNumeric(s) {
		if i.variable == "page" {
			s = r.pages(s)
		}
		return r.apply(i, leaf(s)) // a number has no markup
	}
	gender := r.words.genderOf(i.variable)
	if i.variable == "locator" {
		gender = r.words.genderOf(r.cite.label())
	}
	text := formatNumbers(s, func(n string) string { return r.inForm(n, i.form, gender) })
	n := leaf(text)
	if i.variable == "citation-number" {
		n.tag, n.number = tagNumber, r.entry.number
	}
	return r.apply(i, &node{kids: []*node{n}})
}

// inForm is a plain number in another form; with letters it stays as it is.
func (r *renderer) inForm(s, form, gender string) string {
	n, ok := plainNumber(s)
	if !ok {
		return s
	}
	switch form {
	case "ordinal":
		return r.words.ordinal(n, gender)
	case "long-ordinal":
		return r.words.longOrdinal(n, gender)
	case "roman":
		return roman(n)
	}
	return s
}

func plainNumber(s string) (int, bool) {
	if s == "" || len(s) > 6 {
		return 0, false
	}
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// label prints cs:label.
func (r *renderer) label(i *instruction) *node {
	name, value := i.variable, r.value(i.variable)
	if value == "" {
		return nil
	}
	if name == "locator" {
		name = r.cite.label()
	}
	if name == "page-first" {
		name = "page"
	}
	if i.variable == "locator" && labelled.MatchString(value) {
		return nil
	}
	plural := isPlural(i.variable, value)
	switch i.plural {
	case "always":
		plural = true
	case "never":
		plural = false
	}
	s, _ := r.words.term(name, i.form, plural)
	if s == "" {
		return nil
	}
	n := leaf(s)
	n.tag = tagLabel
	return r.apply(i, &node{kids: []*node{n}})
}

// labelled is a locator that brings its own label: "vol. 1".
var labelled = regexp.MustCompile(`^\s*[a-z]+\.\s`)

// isPlural reports whether a number is several: "12-14", "3 & 5"; a number of
// volumes or pages is when it is more than one.
func isPlural(name, value string) bool {
	if strings.HasPrefix(name, "number-of-") {
		n, ok := plainNumber(strings.TrimSpace(value))
		return !ok || n > 1
	}
	digits := 0
	separated := false
	for k, c := range value {
		switch {
		case c >= '0' && c <= '9':
			if separated {
				return true
			}
			digits++
		case digits > 0 && strings.ContainsRune(",&–—-;", c):
			if k > 0 && value[k-1] == '\\' {
				continue
			}
			separated = true
		case digits > 0 && (strings.HasPrefix(value[k:], " and ") || strings.HasPrefix(value[k:], " et ") || strings.HasPrefix(value[k:], " und ")):
			separated = true
		}
	}
	return romanRange.MatchString(value)
}

// isNumeric reports whether a value consists of numbers: digits with letters
// directly before or behind, and lists and ranges of them (specification,
// "Choose").
func isNumeric(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return false
	}
	ok := true
	eachNumber(s, func(n string) {
		if !isNumberWord(n) {
			ok = false
		}
	}, func(string) {})
	return ok
}

func isNumberWord(s string) bool {
	digit := false
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digit = true
		case unicode.IsLetter(c), c == '.', c == '\'', c == '’', c == ':':
		default:
			return false
		}
	}
	return digit
}

// eachNumber divides a list of numbers at commas, ampersands and hyphens.
func eachNumber(s string, number, separator func(string)) {
	start := 0
	for k := 0; k < len(s); {
		c, size := utf8.DecodeRuneInString(s[k:])
		if !strings.ContainsRune(",&-–", c) {
			k += size
			continue
		}
		number(strings.TrimSpace(s[start:k]))
		separator(string(c))
		k += size
		start = k
	}
	number(strings.TrimSpace(s[start:]))
}

// formatNumbers prints a list of numbers with the blanks that belong to it.
func formatNumbers(s string, form func(string) string) string {
	if !isNumeric(s) {
		return s
	}
	var b strings.Builder
	eachNumber(s, func(n string) { b.WriteString(form(n)) }, func(sep string) {
		switch sep {
		case ",":
			b.WriteString(", ")
		case "&":
			b.WriteString(" & ")
		default:
			b.WriteString("–")
		}
	})
	return b.String()
}

// numberKey is a number by which numbers are put in order.
func numberKey(s string) string {
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > 10 {
		return s
	}
	return "0000000000"[digits:] + s
}
