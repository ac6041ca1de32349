package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func placeholder(i int) string { return "{" + strconv.Itoa(i) + "}" }

func integer(arg any) (int64, bool) {
	switch n := arg.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case int32:
		return int64(n), true
	}
	return 0, false
}

func (l *Locale) print(arg any) string {
	if n, ok := integer(arg); ok {
		return l.Number(n)
	}
	return fmt.Sprint(arg)
}

// Number prints n with the locale's grouping of thousands: "12,345",
// "12 345" (no-break space). Where the first group would have fewer digits than
// the catalogue's number.group-least, there is no mark: Spanish writes "2020"
// and "12.345" (minimumGroupingDigits, Unicode TR 35, part 3, section 2.4).
func (l *Locale) Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "−", digits[1:]
	}
	mark := l.T("number.group")
	if least, err := strconv.Atoi(l.T("number.group-least")); err == nil && len(digits) < 3+least {
		mark = ""
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Size prints a number of bytes in the unit that a person reads: "840 kB",
// "2.4 MB" (decimal units, IEC 80000-13).
func (l *Locale) Size(bytes int64) string {
	units := []string{"size.byte", "size.kilobyte", "size.megabyte", "size.gigabyte"}
	value, unit := float64(bytes), 0
	for value >= 999.5 && unit < len(units)-1 {
		value /= 1000
		unit++
	}
	text := strconv.FormatFloat(value, 'f', 0, 64)
	if unit > 0 && value < 9.95 {
		text = strings.Replace(strconv.FormatFloat(value, 'f', 1, 64), ".", l.T("number.decimal"), 1)
	}
	return l.T(units[unit], text)
}

// Date prints a date that is as exact as it is known ("2020", "2020-03",
// "2020-03-14") in the locale's long form: "14 March 2020", "март 2020 г.".
// What follows a "T" is left out. Text that is no such date is returned as it
// is.
func (l *Locale) Date(date string) string {
	day, _, _ := strings.Cut(date, "T")
	parts := strings.Split(day, "-")
	numbers := make([]int, len(parts))
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16) // Atoi would take a sign
		if err != nil {
			return date
		}
		numbers[i] = int(n)
	}
	switch {
	case len(parts) > 1 && (numbers[1] < 1 || numbers[1] > 12):
		return date
	case len(parts) == 1:
		return l.T("date.year", parts[0])
	case len(parts) == 2:
		return l.T("date.month", l.T("month-alone."+strconv.Itoa(numbers[1])), parts[0])
	case len(parts) == 3 && time.Date(numbers[0], time.Month(numbers[1]), numbers[2], 0, 0, 0, 0, time.UTC).Day() == numbers[2]:
		return l.T("date.day", l.day(numbers[2]), l.T("month."+strconv.Itoa(numbers[1])), parts[0])
	}
	return date
}

// day is the number of a day in a month; some languages count the first one
// with an ordinal ("1er mars").
func (l *Locale) day(n int) string {
	if n == 1 {
		return l.T("date.first")
	}
	return strconv.Itoa(n)
}

// Country is the name of a country by its ISO 3166-1 alpha-2 code, the code
// itself when it is not known.
func (l *Locale) Country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil || l.regions == nil {
		return code
	}
	if name := l.regions.Name(region); name != "" {
		return name
	}
	return code
}

// Language is the name of a language by its BCP 47 tag in the locale's words
// ("Russian", "русский"), the tag itself when it is not known.
func (l *Locale) Language(tag string) string {
	t, err := language.Parse(tag)
	if err != nil || l.languages == nil {
		return tag
	}
	if name := l.languages.Name(t); name != "" {
		return name
	}
	return tag
}

// Native is the name of a language in that language, beginning with a capital
// letter as in a list to choose from: "English", "Русский".
func Native(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	if base, _ := t.Base(); base.String() == "id" {
		// CLDR says "Indonesia", which alone reads as the country.
		return "Bahasa Indonesia"
	}
	return Capital(display.Self.Name(t))
}

// Capital is the text with its first letter in upper case.
func Capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
