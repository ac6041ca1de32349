package refparse

import (
	"regexp"
	"strings"
	"sync"

	"offprint/internal/script"
)

// readLanguage decides in what language title and work are, where it is clear.
func (x *reader) readLanguage() {
	r := x.r
	if r.Title == "" {
		if r.Container != "" && x.noted == "" {
			x.set("title_language", &r.TitleLanguage, few(r.Container), 0.6)
			r.Language = r.TitleLanguage
		}
		if x.noted != "" {
			r.Language = x.noted
		}
		if r.Language == "" && script.Of(r.Archive.Repository) == "Cyrl" {
			r.Language = "ru"
			if strings.ContainsAny(r.Archive.Repository, "іїєґІЇЄҐ") {
				r.Language = "uk"
			}
		}
		if first, _, _ := strings.Cut(strings.ToLower(r.Archive.Repository), " "); r.Language == "" {
			r.Language = keepers[first]
		}
		if r.Language != "" {
			x.found["language"] = 0.8
		}
		return
	}
	lang := ""
	switch script.Of(r.Title) {
	case "Latn":
		lang = x.latin(r.Title)
	case "Cyrl":
		if lang = cyrillic(r.Title); lang == "" {
			lang = cyrillicPlaces[strings.ToLower(strings.Trim(r.Place, ". "))]
		}
		if lang == "" { // the rest of the entry has letters of one language only
			if lang = cyrillic(x.s); lang == "" && x.russianWord() {
				lang = "ru"
			}
		}
	case "Hani":
		lang = x.han(r.Title)
	default:
		lang = script.Language(r.Title)
	}
	if lang == "" {
		if x.noted != "" && r.TitleTranslated != "" {
			lang = x.noted + "-Latn"
		}
	}
	if x.set("title_language", &r.TitleLanguage, lang, 0.85) {
		base, _, _ := strings.Cut(lang, "-")
		r.Language = base
	}
	if x.noted != "" {
		r.Language = x.noted
	}
	if r.Language != "" {
		x.found["language"] = 0.85
	}
}

// cyrillicPlaces tell the language of a few words in Cyrillic letters.
var cyrillicPlaces = map[string]string{
	"м": "ru", "москва": "ru", "спб": "ru", "л": "ru", "ленинград": "ru", "санкт-петербург": "ru", "новосибирск": "ru", "екатеринбург": "ru", "казань": "ru", "м.; спб": "ru", "томск": "ru", "пермь": "ru", "самара": "ru", "саратов": "ru", "воронеж": "ru",
	"київ": "uk", "львів": "uk", "харків": "uk", "одеса": "uk", "дніпро": "uk", "минск": "ru", "мінск": "be", "софия": "bg", "београд": "sr", "нови сад": "sr", "скопје": "mk",
}

// russianWords stand in an entry besides its title and are of no other language in Cyrillic
// letters.
var russianWords = wordSet("января февраля марта апреля июня июля августа сентября октября ноября декабря доступа обращения федерация ссср опубл")

func (x *reader) russianWord() bool {
	for i := range x.t {
		if x.t[i].kind == word && russianWords[x.t[i].low] {
			return true
		}
	}
	return false
}

// cyrillic is the language of a title in Cyrillic letters; that of before 1918
// has letters of its own, and Serbian is often printed with the j of Latin.
func cyrillic(s string) string {
	hard, words := 0, 0
	for w := range strings.FieldsSeq(s) {
		words++
		if w = strings.Trim(w, ".,:;»«)("); strings.HasSuffix(w, "ъ") && len(w) > 2 || w == "въ" || w == "къ" || w == "съ" {
			hard++
		}
	}
	lang := script.Language(s)
	switch {
	case strings.ContainsAny(s, "ѣѳѵҍѢ") || hard > 2 && hard*8 > words && lang != "bg":
		return "ru-petr1708"
	case lang != "":
		return lang
	case strings.ContainsAny(s, "ў"):
		return "be"
	case strings.ContainsAny(s, "єїґЄЇҐ"):
		return "uk"
	case strings.ContainsAny(s, "ыэёЫЭЁ"):
		return "ru"
	case strings.ContainsAny(s, "jјљњћђ"):
		return "sr"
	}
	return ""
}

// han is the language of a title in Han characters alone: where the characters
// do not tell, the place of the publisher does, and a translation beside a name
// in Latin letters is of Chinese works.
func (x *reader) han(title string) string {
	if lang := script.Language(title); lang != "" {
		return lang
	}
	switch place := strings.ToLower(x.r.Place); {
	case strings.ContainsAny(place, "東京都大阪") && place != "北京" && place != "南京":
		return "ja"
	case place != "" && (easternPlaces[place] || place == "beijing" || place == "peking" || place == "taipei" || place == "shanghai" || place == "jinan" || place == "taibei"):
		return "zh"
	case x.r.TitleTranslated != "" && !x.eastern():
		return "zh"
	}
	return ""
}

// latin is the language of a title in Latin letters: of a romanised one with the
// script, "ru-Latn", "ja-Latn".
func (x *reader) latin(title string) string {
	noted, _, _ := strings.Cut(x.noted, "-")
	if x.r.TitleTranslated != "" {
		switch noted {
		case "ru", "ja", "tt", "uk", "zh", "ko", "kk", "be", "bg", "sr", "el", "ar", "fa", "he", "ka", "hy":
			return noted + "-Latn"
		}
	}
	russian, japanese := romanisedRussian(title), romanisedJapanese(title)
	switch {
	case japanese && !russian, x.r.TitleTranslated != "" && noted == "" && plainJapanese(title):
		return "ja-Latn"
	case russian && (x.r.TitleTranslated != "" || noted == "ru"):
		return "ru-Latn"
	}
	if lang := script.Language(title); lang != "" {
		return lang
	}
	if strings.ContainsAny(title, "ğıĞ") {
		return "tr"
	}
	if russian {
		return "ru-Latn"
	}
	if x.r.TitleTranslated != "" && weaklyRussian(title) {
		return "ru-Latn"
	}
	if x.r.TitleOriginal != "" {
		if lang := x.han(x.r.TitleOriginal); lang != "" {
			return lang + "-Latn"
		}
		return "zh-Latn"
	}
	if lang := script.Language(title + ". " + x.r.Container); lang != "" {
		return lang
	}
	return few(title)
}

// tellingWords are words that one language of titles alone has, for titles of too
// few words to be weighed.
var tellingWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for lang, words := range map[string]string{
		"en": "the of and since new times old still relations war world power history story life art theory reality language speech acts mind film cinema philosophical investigations animation journal review work works women men power thought truth knowledge society handbook introduction",
		"pt": "da do das dos obra problemas linguagem gênero gêneros não sobre educação uma vida poder história sociedade brasil brasileira brasileiro leitura ensino pesquisa análise método",
		"es": "el los las del y una sociedad lenguaje obra vida lectura enseñanza investigación análisis método",
		"fr": "le les des du et une histoire société langage œuvre vie théorie roman",
		"de": "der die das und des von zur zum eine geschichte gesellschaft sprache theorie einführung",
		"tr": "ve için üzerine türk tarihi", "id": "yang untuk dari dalam dengan pengantar ilmu sejarah",
		"it": "il gli della dei delle storia società linguaggio teoria",
	} {
		for w := range strings.FieldsSeq(words) {
			if _, twice := out[w]; twice {
				out[w] = "" // of two languages: it tells nothing
				continue
			}
			out[w] = lang
		}
	}
	return out
})

// few is the language of a few words, by one that tells.
func few(s string) string {
	found := ""
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !isLetter(r) }) {
		lang, ok := tellingWords()[w]
		if ok && lang == "" {
			continue
		}
		if !ok {
			switch {
			case strings.HasSuffix(w, "ção") || strings.HasSuffix(w, "ções") || strings.HasSuffix(w, "ão"):
				lang = "pt"
			case strings.HasSuffix(w, "ción") || strings.HasSuffix(w, "ciones"):
				lang = "es"
			case strings.HasSuffix(w, "ship") || strings.HasSuffix(w, "ness") || strings.HasSuffix(w, "ings") || strings.HasSuffix(w, "graphy") || strings.HasSuffix(w, "ology"):
				lang = "en"
			case strings.HasSuffix(w, "ungen") || strings.HasSuffix(w, "ung") && len(w) > 5 || strings.HasSuffix(w, "keit"):
				lang = "de"
			default:
				continue
			}
		}
		if found != "" && found != lang {
			return ""
		}
		found = lang
	}
	return found
}

// weaklyRussian: no letters that romanised Russian has not, and endings that it
// often has. It is asked only of a title with a translation.
func weaklyRussian(s string) bool {
	words, hits := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !isLetter(r) && !isApostrophe(r) }) {
		if strings.ContainsAny(w, "wqxöäüõãçéèñßøåğışőű") {
			return false
		}
		words++
		for _, e := range []string{"am", "yam", "no", "om", "em", "a", "y", "i", "iy", "ij", "oj", "oy", "aya", "ov", "ev", "ykh", "akh", "ost", "o", "u", "yu"} {
			if strings.HasSuffix(w, e) {
				hits++
				break
			}
		}
	}
	return words > 0 && hits*2 >= words
}

// romanisedRussian: endings and clusters of romanised Russian in at least a
// fifth of the words.
func romanisedRussian(s string) bool {
	words, hits := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !isLetter(r) && !isApostrophe(r) }) {
		words++
		for _, e := range []string{"skij", "skii", "skiy", "skogo", "skoj", "skoi", "skoy", "skie", "skaya", "skaja", "skaia", "nye", "nyye", "nykh", "nyh", "nyx", "nogo", "ovanie", "eniya", "enija", "eniia", "enie", "enii", "ost'", "ost’", "ostʹ", "osti", "iya", "ija", "iia", "tsii", "cii", "izm", "izma", "ov", "ogo", "akh", "ami", "nyj", "nyi", "nyy", "aya", "aja", "yj", "ykh", "zhd", "lʹn", "l'n", "vlast", "zhizn", "shch"} {
			if strings.HasSuffix(w, e) && len(w) > len(e) || (e == "zhd" || e == "shch" || e == "l'n") && strings.Contains(w, e) {
				hits++
				break
			}
		}
		switch w {
		case "i", "v", "na", "o", "ob", "k", "s", "po", "iz", "za", "dlya", "ili", "kak", "ego":
			hits++
		}
	}
	return words > 0 && hits*4 >= words && hits > 0
}

// syllables are those of Japanese in Latin letters.
var syllables = regexp.MustCompile(`^(?:(?:k{1,2}|g|s{1,2}|s?sh|z|j|t{1,2}|t?ch|ts|d|n|h|f|b|p{1,2}|m|y|r|w|[kgnhbpmr]y)?[aiueoāīūēō](?:n(?:'|’)?)?)+$`)

// plainJapanese: every word has the syllables of Japanese and one of them is a particle:
// "Nihongo no goi tokusei". It is asked only of a title with a translation.
func plainJapanese(s string) bool {
	words, particle := 0, false
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !isLetter(r) && !isApostrophe(r) }) {
		if !syllables.MatchString(w) {
			return false
		}
		words++
		particle = particle || words > 1 && (w == "no" || w == "ni" || w == "wo" || w == "ga" || w == "wa" || w == "o" || w == "to")
	}
	return words > 2 && particle
}

// romanisedJapanese: a macron, and nothing but the syllables of Japanese in most
// words.
func romanisedJapanese(s string) bool {
	if !strings.ContainsAny(s, "ōūŌŪāē") {
		return false
	}
	words, hits := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !isLetter(r) && !isApostrophe(r) }) {
		words++
		last := lastRune(w)
		if strings.ContainsRune("aeiouōūāēn", last) && !strings.ContainsAny(w, "lqvxöäüéèñç") {
			hits++
		}
	}
	return words > 0 && hits*5 >= words*4
}
