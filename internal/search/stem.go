package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// shortestStem is how many letters a stem has at least; shorter ones bring words
// together that have nothing in common.
const shortestStem = 3

// latinStems and cyrillicStems are the languages whose words are brought to their
// stems, in the order in which a query tries them.
var (
	latinStems    = []string{"en", "de", "fr", "es", "pt", "it", "nl", "id", "tr", "sv", "no", "da", "fi", "hu", "ro"}
	cyrillicStems = []string{"ru", "uk"}
)

// stemLanguage is the language of latinStems or cyrillicStems that a tag means, ""
// if there is none.
func stemLanguage(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	if len(base) != 2 {
		return ""
	}
	if base[0] < 'a' || base[1] < 'a' {
		base = strings.ToLower(base)
	}
	switch base {
	case "nb", "nn":
		return "no"
	case "ms":
		return "id"
	case "en", "de", "fr", "es", "pt", "it", "nl", "id", "tr", "sv", "no", "da", "fi", "hu", "ro", "ru", "uk":
		return base
	}
	return ""
}

// stem is the stem of a folded word in a language of stemLanguage, "" where it has
// none of its own.
func stem(lang, word string) string {
	if word == "" || lang == "" {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsDigit(first) {
		return ""
	}
	if cyrillic := lang == "ru" || lang == "uk"; cyrillic != isCyrillic(first) {
		return ""
	}
	var out string
	switch lang {
	case "uk":
		out = stemUkrainian(word)
	case "id":
		out = stemIndonesian(word)
	case "es", "pt":
		if out = agent(word); out != "" {
			break
		}
		fallthrough
	default:
		env := snowballstem.NewEnv(word)
		snowball(lang, env)
		out = env.Current()
	}
	if utf8.RuneCountInString(out) < shortestStem {
		return ""
	}
	return out
}

// agent is the stem of a Spanish or Portuguese noun or adjective in -ante or -ente,
// "" for other words. Snowball would take the whole ending off, as that of a
// participle, and join the student (estudiante) to the study (estudio).
func agent(word string) string {
	word = strings.TrimSuffix(word, "s")
	if strings.HasSuffix(word, "ante") || strings.HasSuffix(word, "ente") && !strings.HasSuffix(word, "mente") {
		return word
	}
	return ""
}

func snowball(lang string, env *snowballstem.Env) {
	switch lang {
	case "en":
		english.Stem(env)
	case "ru":
		russian.Stem(env)
	case "de":
		german.Stem(env)
	case "fr":
		french.Stem(env)
	case "es":
		spanish.Stem(env)
	case "pt":
		portuguese.Stem(env)
	case "it":
		italian.Stem(env)
	case "nl":
		dutch.Stem(env)
	case "tr":
		turkish.Stem(env)
	case "sv":
		swedish.Stem(env)
	case "no":
		norwegian.Stem(env)
	case "da":
		danish.Stem(env)
	case "fi":
		finnish.Stem(env)
	case "hu":
		hungarian.Stem(env)
	case "ro":
		romanian.Stem(env)
	}
}

func isCyrillic(r rune) bool { return r >= 0x400 && r <= 0x52f }

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 0xc0 && r <= 0x24f || r >= 0x1e00 && r <= 0x1eff
}

// ukrainianEndings are those of nouns, adjectives and verbs, longest first.
var ukrainianEndings = strings.Fields(`
	увалися ювалися уватися юватися ованого ованому ованими
	ського ському ськими ськими ськими уванням юванням
	еннями аннями уються юються ованих ованої ованою
	ських ської ською ування ювання ностей ностями
	ення ання ення іння ував ювала увала ували ювали уємо юємо ність ності
	ться лися лась ється
	ими ому ого ими еві ові ами ями ові ьою ією
	ої ою ою ій их им ів їв ей ям ах ях ам ом ем єм ею єю ию ії ію ія ті ти ла ло ли
	ий ій а я о е є и і ї у ю ь й`)

// stemUkrainian takes the longest ending off that leaves three letters.
func stemUkrainian(word string) string {
	for _, ending := range ukrainianEndings {
		if rest, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(rest) >= shortestStem {
			return rest
		}
	}
	return word
}

// stemIndonesian takes particles, possessives, one suffix and one prefix off, in
// the order in which the language puts them on, and keeps four letters at least.
func stemIndonesian(word string) string {
	const least = 4
	for _, endings := range [][]string{{"lah", "kah", "tah", "pun"}, {"nya", "ku", "mu"}, {"kan", "an", "i"}} {
		for _, ending := range endings {
			if rest, ok := strings.CutSuffix(word, ending); ok && len(rest) >= least {
				word = rest
				break
			}
		}
	}
	for _, p := range []struct{ prefix, instead string }{
		{"meny", "s"}, {"peny", "s"}, {"meng", ""}, {"peng", ""}, {"mem", ""}, {"pem", ""},
		{"men", ""}, {"pen", ""}, {"ber", ""}, {"ter", ""}, {"per", ""}, {"me", ""}, {"di", ""}, {"ke", ""}, {"se", ""}, {"pe", ""},
	} {
		if rest, ok := strings.CutPrefix(word, p.prefix); ok && len(p.instead)+len(rest) >= least {
			return p.instead + rest
		}
	}
	return word
}
