package citation

import (
	"errors"
	"strings"
)

// ErrUnknown is the error about a name that no shipped style has.
var ErrUnknown = errors.New("no style of that name")

// Listed is a style that comes along.
type Listed struct {
	Name  string // of the file
	Title string // for people; the names of styles are not translated
	Short string // a name that is easier to type
	Lang  string // the language that the style is made for, if it is one
	own   bool   // the file is the project's
}

var styles = []Listed{
	{Name: "apa", Title: "APA 7", Short: "apa-7"},
	{Name: "chicago-author-date", Title: "Chicago 18 (author–date)", Short: "chicago"},
	{Name: "chicago-note-bibliography", Title: "Chicago 17 (notes)", Short: "chicago-notes"},
	{Name: "modern-language-association", Title: "MLA 9", Short: "mla"},
	{Name: "harvard-cite-them-right", Title: "Harvard (Cite Them Right 12)", Short: "harvard"},
	{Name: "vancouver", Title: "Vancouver", Short: "nlm"},
	{Name: "american-medical-association", Title: "AMA 11", Short: "ama"},
	{Name: "ieee", Title: "IEEE"},
	{Name: "nature", Title: "Nature"},
	{Name: "elsevier-harvard", Title: "Elsevier Harvard"},
	{Name: "turabian-author-date", Title: "Turabian 9 (author–date)", Short: "turabian"},
	{Name: "turabian-fullnote-bibliography", Title: "Turabian 8 (notes)", Short: "turabian-notes"},
	{Name: "gost-r-7-0-5-2008", Title: "ГОСТ Р 7.0.5–2008", Short: "gost", Lang: "ru-RU"},
	{Name: "gost-r-7-0-5-2008-numeric", Title: "ГОСТ Р 7.0.5–2008 (numbers)", Short: "gost-numeric", Lang: "ru-RU"},
	{Name: "gost-r-7-0-100-2018", Title: "ГОСТ Р 7.0.100–2018", Short: "gost-r-7-0-100", Lang: "ru-RU", own: true},
	{Name: "sist02", Title: "SIST 02", Lang: "ja-JP"},
	{Name: "iso690-author-date-en", Title: "ISO 690 (author–date)", Short: "iso690", Lang: "en-US"},
	{Name: "iso690-numeric-en", Title: "ISO 690 (numbers)", Short: "iso690-numeric", Lang: "en-US"},
	{Name: "din-1505-2", Title: "DIN 1505-2", Short: "din", Lang: "de-DE"},
	{Name: "associacao-brasileira-de-normas-tecnicas", Title: "ABNT", Short: "abnt", Lang: "pt-BR"},
	{Name: "china-national-standard-gb-t-7714-2015-numeric", Title: "GB/T 7714–2015", Short: "gb-t-7714", Lang: "zh-CN"},
	{Name: "australian-guide-to-legal-citation", Title: "AGLC 4", Short: "aglc"},
}

// Styles are the shipped styles in the order in which they are offered.
func Styles() []Listed { return styles }

// Find is the shipped style of a name: that of its file, with or without
// ".csl", or the short one.
func Find(name string) (Listed, bool) {
	name = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(name)), ".csl")
	for _, l := range styles {
		if name != "" && (l.Name == name || l.Short == name) {
			return l, true
		}
	}
	return Listed{}, false
}

func hasLocale(tag string) bool {
	if strings.ContainsAny(tag, "/\\.") {
		return false
	}
	f, err := files.Open("third_party/csl/locales/locales-" + tag + ".xml.gz")
	if err != nil {
		return false
	}
	f.Close()
	return true
}

// Language is the tag of the locale for a language or dialect that somebody
// asks for, or "" when there is none.
func Language(tag string) string {
	if hasLocale(tag) {
		return tag
	}
	base, _, _ := strings.Cut(tag, "-")
	if main := mainDialect[strings.ToLower(base)]; main != "" {
		return main
	}
	return ""
}

// mainDialect are the dialects of the languages of the interface.
var mainDialect = map[string]string{"en": "en-US", "ru": "ru-RU", "ja": "ja-JP", "de": "de-DE", "fr": "fr-FR",
	"es": "es-ES", "pt": "pt-BR", "zh": "zh-CN", "uk": "uk-UA", "it": "it-IT", "ko": "ko-KR"}
