package refparse

import (
	"strings"

	"offprint/internal/script"
)

// languageNames are how pages and tags name languages, folded.
var languageNames = map[string]string{
	"russian": "ru", "русский": "ru", "rus": "ru", "russ": "ru", "russo": "ru", "ruso": "ru", "рус": "ru", "російська": "ru", "ロシア語": "ru",
	"english": "en", "английский": "en", "eng": "en", "engl": "en", "ingles": "en", "англ": "en", "англійська": "en", "英語": "en",
	"japanese": "ja", "японский": "ja", "jpn": "ja", "jap": "ja", "japones": "ja", "яп": "ja", "日本語": "ja",
	"portuguese": "pt", "португальский": "pt", "por": "pt", "portugues": "pt", "spanish": "es", "испанский": "es", "spa": "es", "espanol": "es", "espanhol": "es",
	"french": "fr", "французский": "fr", "fre": "fr", "fra": "fr", "fr": "fr", "frances": "fr", "франц": "fr", "german": "de", "немецкий": "de", "ger": "de", "deu": "de", "germ": "de", "нем": "de", "alemao": "de",
	"italian": "it", "итальянский": "it", "ita": "it", "chinese": "zh", "китайский": "zh", "chi": "zh", "zho": "zh", "кит": "zh", "korean": "ko", "корейский": "ko", "kor": "ko",
	"ukrainian": "uk", "украинский": "uk", "ukr": "uk", "українська": "uk", "укр": "uk", "belarusian": "be", "белорусский": "be", "bel": "be", "kazakh": "kk", "казахский": "kk", "kaz": "kk",
	"tatar": "tt", "татарский": "tt", "polish": "pl", "польский": "pl", "pol": "pl", "czech": "cs", "чешский": "cs", "cze": "cs", "bulgarian": "bg", "болгарский": "bg", "bul": "bg",
	"serbian": "sr", "turkish": "tr", "турецкий": "tr", "tur": "tr", "arabic": "ar", "арабский": "ar", "persian": "fa", "latin": "la", "greek": "el", "hebrew": "he", "georgian": "ka", "armenian": "hy",
	"russe": "ru", "anglais": "en", "allemand": "de", "italien": "it", "espagnol": "es", "japonais": "ja", "chinois": "zh", "grec": "el", "arabe": "ar", "inglese": "en", "tedesco": "de", "francese": "fr", "spagnolo": "es", "aleman": "de", "italiano": "it",
	"uzbek": "uz", "kyrgyz": "ky", "mongolian": "mn", "dutch": "nl", "swedish": "sv", "finnish": "fi", "hungarian": "hu", "romanian": "ro", "estonian": "et", "latvian": "lv", "lithuanian": "lt", "slovak": "sk", "croatian": "hr", "norwegian": "no", "danish": "da", "icelandic": "is", "slovenian": "sl", "slovene": "sl", "catalan": "ca", "vietnamese": "vi", "thai": "th", "indonesian": "id", "macedonian": "mk",
}

// LanguageNamed is the BCP 47 tag of a language by its name in one of several
// languages, or by a usual abbreviation: "Russian", "рус.", "日本語"; "" for any
// other word.
func LanguageNamed(name string) string {
	return languageNames[strings.Trim(script.Fold(name), " .")]
}

// maxNote bounds a note on the language with its brackets, in bytes.
const maxNote = 62

// LanguageNote finds a note on the language of a work at the end of s: "(In
// Russ.)", "[in Japanese]", "(In Russ., abstr. in Engl.)", "(на англ. яз.)".
// It returns the tag, and the note as printed with its brackets.
func LanguageNote(s string) (lang, printed string) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] != '(' && s[i] != '[' {
			continue
		}
		closing := byte(')')
		if s[i] == '[' {
			closing = ']'
		}
		end := strings.IndexByte(s[i:min(len(s), i+maxNote)], closing)
		if end < 0 {
			continue
		}
		inside := strings.TrimSpace(s[i+1 : i+end])
		if lang := notedLanguage(inside); lang != "" {
			return lang, s[i : i+end+1]
		}
	}
	return "", ""
}

// notedLanguage reads the inside of a language note.
func notedLanguage(inside string) string {
	if len(inside) < 5 {
		return ""
	}
	lower := strings.ToLower(inside)
	for _, before := range []string{"in ", "на ", "em ", "en ", "text in ", "article in "} {
		rest, found := strings.CutPrefix(lower, before)
		if !found {
			continue
		}
		word := rest
		if i := strings.IndexAny(rest, " ,.;)"); i >= 0 {
			word = rest[:i]
		}
		if before == "na " || before == "на " {
			word = russianCase(word)
		}
		if len(word) < 3 {
			return ""
		}
		return languageNames[script.Fold(word)]
	}
	return ""
}

// russianCase turns "русском" into the dictionary form.
func russianCase(word string) string {
	if stem, ok := strings.CutSuffix(word, "ском"); ok {
		return stem + "ский"
	}
	if stem, ok := strings.CutSuffix(word, "ом"); ok {
		return stem + "ый"
	}
	return word
}
