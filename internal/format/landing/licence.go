package landing

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// licenceLine takes a line that names a Creative Commons licence or says that
// the work is licensed.
func (p *page) licenceLine(l line) bool {
	if len(l.text) > 600 {
		return false
	}
	if strings.Contains(l.text, "creativecommons.org/") && !strings.Contains(l.text, " ") {
		p.setLicence(l.text, "", lineNo(l.no))
		return true
	}
	lower := strings.ToLower(l.text)
	if !strings.Contains(lower, "creative commons") && !strings.Contains(lower, "cc by") && !strings.Contains(lower, "cc-by") && !strings.Contains(lower, "cc0") {
		return false
	}
	p.setLicence(l.text, l.href, lineNo(l.no))
	return true
}

func (p *page) readLicence(s *section) {
	for _, l := range s.lines {
		if furniture(l.text) {
			p.furnish++
		} else if !p.licenceLine(l) && !p.copyrightLine(l) {
			p.loss(lineNo(l.no), l.text, "a licence in words that name no known licence")
		}
	}
}

// setLicence takes a licence as printed, with its address where the page has
// one. Without an address it is derived from the words, if they are clear.
func (p *page) setLicence(text, address, where string) {
	text = clean(text)
	if i := strings.Index(text, "creativecommons.org/"); i >= 0 && address == "" {
		start := strings.LastIndexAny(text[:i], " (<\"") + 1
		end := strings.IndexAny(text[i:], " )>\"")
		if end < 0 {
			end = len(text) - i
		}
		address = strings.TrimRight(text[start:i+end], ".,;")
	}
	var l *journal.Licence
	switch {
	case strings.Contains(address, "creativecommons.org/"):
		l = journal.LicenceOf(address)
	default:
		if l = licenceInWords(text); l != nil {
			l.Derived = true
		}
	}
	if l == nil {
		p.loss(where, text, "the licence is named without its kind or version, so no address follows from it")
		l = &journal.Licence{}
	}
	if text != address && !strings.HasPrefix(text, "http") {
		l.Text = text
	}
	p.addLicence(l, where)
}

func (p *page) addLicence(l *journal.Licence, where string) {
	p.took(l.Text)
	have := p.r.Article.Licence
	switch {
	case have == nil:
		if *l != (journal.Licence{}) {
			p.r.Article.Licence = l
		}
	case have.URL == "" && l.URL != "":
		have.URL, have.SPDX, have.Derived = l.URL, l.SPDX, l.Derived
	case have.URL == l.URL || l.URL == "":
		have.Derived = have.Derived && l.Derived
	default:
		p.differ("licence", l.URL, have.URL, where)
		return
	}
	if have != nil && have.Text == "" {
		have.Text = l.Text
	}
}

// conditions of Creative Commons licences in words, folded, in the order of
// their elements in the licence's name.
var conditions = []struct {
	element string
	words   []string
}{
	{"nc", []string{"noncommercial", "non-commercial", "non commercial", "некоммерческ", "naocomercial", "nao comercial", "nocomercial", "no comercial", "非営利", "некомерц", "utilisation non commerciale", "nicht kommerziell"}},
	{"sa", []string{"sharealike", "share alike", "share-alike", "с сохранением условий", "сохранение условий", "compartilhaigual", "compartirigual", "継承", "поширення на тих самих", "partage dans les memes"}},
	{"nd", []string{"noderivatives", "no derivatives", "noderivs", "no derivs", "no-derivatives", "без производных", "semderivacoes", "sem derivacoes", "sinderivad", "sin derivad", "sin obra derivada", "改変禁止", "без похідних", "pas de modification", "keine bearbeitung"}},
}

// licenceInWords derives a Creative Commons licence from its name: the word for attribution
// and a version must be there. nil when they are not.
func licenceInWords(text string) *journal.Licence {
	folded := script.Fold(text)
	if strings.Contains(folded, "cc0") {
		return journal.LicenceOf("CC0-1.0")
	}
	version := versionIn(folded)
	if version == "" {
		return nil
	}
	if i := strings.Index(strings.ReplaceAll(folded, "cc by", "cc-by"), "cc-by"); i >= 0 {
		id, _, _ := strings.Cut(strings.ReplaceAll(folded, "cc by", "cc-by")[i:], " ")
		return journal.LicenceOf(strings.ToUpper(strings.TrimRight(id, ".,;)")) + "-" + version)
	}
	if !containsAny(folded, "attribution", "атрибуц", "atribuic", "atribuci", "表示", "с указанием авторства", "зазначенням авторства", "namensnennung", "reconocimiento", "attribuzione") {
		return nil
	}
	id := "CC-BY"
	for _, c := range conditions {
		if containsAny(folded, c.words...) {
			id += "-" + strings.ToUpper(c.element)
		}
	}
	return journal.LicenceOf(id + "-" + version)
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// versionIn finds the version number of a licence.
func versionIn(s string) string {
	for _, v := range []string{"4.0", "3.0", "2.5", "2.0", "1.0"} {
		if strings.Contains(s, v) {
			return v
		}
	}
	return ""
}
