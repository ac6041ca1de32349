package refparse

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// months maps the names of months and their abbreviations, folded, to their
// number: English, Russian (also romanised), Ukrainian, Portuguese, Spanish,
// French, German, and Roman numerals.
var months = makeMonths([12]string{
	"january januari ocak gennaio genn stycznia jan january' январь января янв yanvarya janvarja ianvaria yanvar' січня січень janeiro enero ene janvier januar i",
	"february februari subat şubat febbraio febbr lutego feb февраль февраля фев февр fevralya fevralja fevralia лютого лютий fevereiro fev febrero fevrier februar ii",
	"march maart maret mart marca mar март марта мар marta mart березня березень marco marzo mars marz märz iii",
	"april nisan aprile kwietnia apr апрель апреля апр aprelya aprelja aprelia квітня квітень abril abr avril iv",
	"may mei mayis mayıs maggio май мая maya maja maia травня травень maio mayo mai v",
	"june haziran giugno czerwca jun июнь июня июн iyunya ijunja iiunia iyun' червня червень junho junio juin juni vi",
	"july temmuz luglio lipca jul июль июля июл iyulya ijulja iiulia липня липень julho julio juillet juli vii",
	"august augustus agustus agustos ağustos sierpnia aug август августа авг avgusta серпня серпень agosto ago aout viii",
	"september eylul eylül settembre wrzesnia września sep sept сентябрь сентября сен сент sentyabrya sentjabrja sentiabria вересня вересень setembro set septiembre setiembre septembre ix",
	"october ekim ottobre pazdziernika października oct октябрь октября окт oktyabrya oktjabrja oktiabria жовтня жовтень outubro out octubre octobre oktober okt x",
	"november kasim kasım nov ноябрь ноября ноя нояб noyabrya nojabrja noiabria листопада листопад novembro noviembre novembre xi",
	"december desember aralik aralık dicembre grudnia dec декабрь декабря дек dekabrya dekabrja dekabria грудня грудень dezembro dez diciembre dic decembre dezember dez xii",
})

func makeMonths(rows [12]string) map[string]int {
	table := map[string]int{}
	for i, row := range rows {
		for w := range strings.FieldsSeq(row) {
			table[w] = i + 1
		}
	}
	return table
}

// ParseDate reads a date in the forms that pages print: 2020-03-14,
// 2020/03/14, 14.03.2020, 14 March 2020, March 14, 2020, 2020, March 14,
// 14 марта 2020 г., 1º de setembro de 2020, 2020年3月14日, 13-IX-2021, March
// 2020, 2020. Numbers divided by slashes are only read with the year first:
// 03/04/2020 is two different days in two countries.
func ParseDate(s string) (journal.Date, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 80 {
		return "", false
	}
	if t, _, found := strings.Cut(s, "T"); found && len(t) == 10 && hasDigit(t) {
		s = t
	}
	parts, sep := dateParts(s)
	switch len(parts) {
	case 1:
		return makeDate(parts[0], 0, 0)
	case 2:
		return twoParts(parts)
	case 3:
		return threeParts(parts, sep)
	}
	return "", false
}

// datePart is a number or the number of a month by name.
type datePart struct {
	n      int
	digits int
	month  bool
}

func (d datePart) year() bool { return !d.month && d.digits == 4 }

func twoParts(parts []datePart) (journal.Date, bool) {
	a, b := parts[0], parts[1]
	switch {
	case a.year() && (b.month || b.digits <= 2):
		return makeDate(a, b.n, 0)
	case b.year() && a.month:
		return makeDate(b, a.n, 0)
	case b.year() && a.digits == 2:
		return makeDate(b, a.n, 0)
	}
	return "", false
}

func threeParts(parts []datePart, sep rune) (journal.Date, bool) {
	a, b, c := parts[0], parts[1], parts[2]
	switch {
	case a.year() && b.month:
		return makeDate(a, b.n, c.n)
	case a.year() && c.month:
		return makeDate(a, c.n, b.n)
	case a.year() && !b.month:
		return makeDate(a, b.n, c.n)
	case c.year() && b.month:
		return makeDate(c, b.n, a.n)
	case c.year() && a.month:
		return makeDate(c, a.n, b.n)
	case c.year() && sep == '.' && b.n <= 12:
		return makeDate(c, b.n, a.n)
	case c.year() && a.n > 12 && b.n <= 12:
		return makeDate(c, b.n, a.n)
	case c.year() && b.n > 12 && a.n <= 12:
		return makeDate(c, a.n, b.n)
	case c.year() && a.n == b.n && a.n <= 12:
		return makeDate(c, a.n, b.n)
	}
	return "", false
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// fillers are the words that dates have besides numbers and months.
var fillers = wordSet("de do del of г года g goda year on the st nd rd th em on el le den р рік року")

// dateParts takes a date apart; nil if anything in it does not belong there.
// sep is the mark after the first number.
func dateParts(s string) (parts []datePart, sep rune) {
	runes := []rune(s)
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case unicode.IsDigit(r):
			d := datePart{}
			for ; i < len(runes) && unicode.IsDigit(runes[i]) && d.digits < 9; i++ {
				if runes[i] > '9' {
					return nil, 0
				}
				d.n = d.n*10 + int(runes[i]-'0')
				d.digits++
			}
			parts = append(parts, d)
			if sep == 0 && i < len(runes) {
				sep = runes[i]
			}
		case r == '年' || r == '月' || r == '日' || r == 'º' || r == 'ª':
			i++
		case unicode.IsLetter(r):
			start := i
			for i < len(runes) && (unicode.IsLetter(runes[i]) || runes[i] == '\'' || runes[i] == '’') {
				i++
			}
			word := script.Fold(string(runes[start:i]))
			if n, ok := months[word]; ok && !(fillers[word] && len(word) > 1) {
				parts = append(parts, datePart{n: n, month: true})
			} else if !fillers[word] {
				return nil, 0
			}
		case strings.ContainsRune(" .,/-–‑()\u00a0", r):
			i++
		default:
			return nil, 0
		}
		if len(parts) > 3 {
			return nil, 0
		}
	}
	return parts, sep
}

// makeDate checks the parts; a month or day of 0 is not known.
func makeDate(year datePart, month, day int) (journal.Date, bool) {
	if !year.year() || year.n < 1000 || year.n > 2200 || month > 12 || day > 31 || month == 0 && day > 0 {
		return "", false
	}
	switch {
	case month == 0:
		return journal.Date(strconv.Itoa(year.n)), true
	case day == 0:
		return journal.Date(fmt.Sprintf("%04d-%02d", year.n, month)), true
	}
	if day > []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1] {
		return "", false
	}
	return journal.Date(fmt.Sprintf("%04d-%02d-%02d", year.n, month, day)), true
}
