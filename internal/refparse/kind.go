package refparse

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/script"
)

// readKind decides the type of the work from what was found.
func (x *reader) readKind() {
	r := x.r
	if r.Type != "" {
		x.found["type"] = 0.9
		return
	}
	kind, sure := x.kind()
	if kind != "" {
		r.Type = kind
		x.found["type"] = sure
	}
}

func (x *reader) kind() (string, float64) {
	r := x.r
	medium := strings.ToLower(x.medium)
	title := strings.ToLower(r.Title)
	container := strings.ToLower(r.Container)
	switch {
	case r.Archive != (journal.Archive{}):
		return "manuscript", 0.9
	case x.thesis(r):
		return "thesis", 0.95
	case strings.Contains(medium, "v") && (medium == "video" || medium == "vídeo" || medium == "film" || medium == "фильм" || medium == "видеозапись"):
		return "motion_picture", 0.9
	case x.treaty(title, container):
		return "treaty", 0.85
	case x.speech(title) && r.Volume == "" && r.Issue == "" && r.Pages == (journal.Pages{}) && r.Place == "":
		return "speech", 0.75
	case x.conference(container) && !strings.Contains(container, "journal"):
		return "paper-conference", 0.85
	case x.report(title):
		return "report", 0.75
	case r.Container != "" && x.magazine(container):
		return "article-magazine", 0.75
	case r.Container != "" && !x.hostless && !x.slashed2 && r.Issue == "", r.Container != "" && r.Part != "" && r.Issue == "" && r.Pages == (journal.Pages{}):
		return "chapter", 0.85
	case r.Container != "" && x.newspaper(container):
		return "article-newspaper", 0.8
	case r.Container != "" && (!x.hostless && (r.Publisher != "" || r.Place != "" && r.Issue == "" || len(r.Editors) > 0 || len(r.ContainerAuthors) > 0) && !(r.Issue != "" && r.Publisher == "")):
		return "chapter", 0.85
	case r.Container != "" && (r.Issue != "" || r.Volume != "" && r.Publisher == "" || r.Pages != (journal.Pages{}) && r.Publisher == "" || x.eastern() && r.Publisher == ""):
		return "article-journal", 0.93
	case r.Container != "" && x.web && r.Place == "" && r.Pages == (journal.Pages{}):
		return "webpage", 0.8
	case r.Container != "" && r.Publisher != "" && r.Place != "":
		return "chapter", 0.75
	case r.Container != "" && !x.hostless && r.Issued != "":
		return "chapter", 0.6
	case r.Container != "":
		return "article-journal", 0.6
	case r.Place != "" || r.PageCount != "" || r.Publisher != "" && !x.web:
		return "book", 0.9
	case x.web:
		return "webpage", 0.85
	case r.Title != "" && (r.Issued != "" || r.Volume != "" || len(r.Editors)+len(r.Compilers)+len(r.Translators) > 0):
		return "book", 0.55
	}
	return "", 0
}

func (x *reader) thesis(r *journal.Reference) bool {
	if r.Genre != "" {
		for w := range strings.FieldsFuncSeq(strings.ToLower(r.Genre), func(c rune) bool { return !isLetter(c) }) {
			if theses[w] || w == "phd" || w == "doctoral" || w == "master's" {
				return true
			}
		}
	}
	return false
}

// treaties begin the titles of treaties.
var treaties = wordSet("treaty declaration convention agreement protocol pact accord charter договор соглашение конвенция декларация протокол пакт tratado convenção dogovor konventsiya deklaratsiya")

func (x *reader) treaty(title, container string) bool {
	if strings.Contains(container, "treaty") || strings.Contains(container, "treaties") || strings.Contains(container, "договоров") {
		return true
	}
	if len(x.r.Authors) > 0 || x.r.Event == "" {
		return false
	}
	n := 0
	for w := range strings.FieldsSeq(title) {
		if treaties[strings.Trim(w, ",.:")] {
			return true
		}
		if n++; n > 3 {
			break
		}
	}
	return false
}

func (x *reader) speech(title string) bool {
	for _, w := range []string{" speech", "speech ", "address by", "address to the", "remarks by", "выступление ", "из выступления", "речь ", "доклад на ", "vystupleni", "rech' ", "rech’ ", "discurso "} {
		if i := strings.Index(title, w); i >= 0 && (i < 60 || strings.HasPrefix(w, " ")) {
			return !strings.HasPrefix(w, "доклад") || i == 0
		}
	}
	return false
}

// conferences are parts of the names of proceedings.
var conferences = []string{"конференци", "симпозиум", "conference", "symposium", "proc. of", "proceedings of the", "congress", "congresso", "colóquio", "simpósio", "workshop", "съезд", "konferentsi", "konferenci", "тезисы докладов", "materials of the", "conf. ", "討論会", "シンポジウム", "會議", "研討會", "eventos", "anais d", "материалы докл", "чтени"}

func (x *reader) conference(container string) bool {
	for _, w := range conferences {
		if strings.Contains(container, w) {
			return true
		}
	}
	return false
}

func (x *reader) report(title string) bool {
	for i := range x.t {
		low := x.t[i].low
		if (low == "preprint" || low == "препринт" || low == "tecdoc" || low == "relatório" || low == "доклад" && x.r.ItemNumber != "") && x.r.Container == "" {
			return true
		}
		if low == "report" && x.r.Container == "" && strings.Contains(title, "report") {
			return true
		}
	}
	return false
}

// newspapers are parts of the names of newspapers.
var newspapers = wordSet("times газета gazeta post guardian tribune коммерсант kommersant коммерсантъ правда pravda известия izvestiya herald folha estadão el zeitung mainichi asahi yomiuri сердало ведомости vedomosti заря труд telegraph jornal diário daily 新聞 日報 news figaro monde stampa repubblica país mundo nikkei gazette независимая литературная вечерний")

// magazine: a day of publication and the name of a magazine.
func (x *reader) magazine(container string) bool {
	if len(x.r.Issued) < 7 || x.r.Volume != "" || x.r.Issue != "" {
		return false
	}
	for _, w := range []string{"ogonyok", "ogonek", "огонёк", "огонек", "magazine", "newsweek", "economist", "spiegel", "new yorker", "revista veja", "carta capital"} {
		if strings.Contains(container, w) {
			return true
		}
	}
	return false
}

// newspaper: a day of publication and a name that newspapers have, or a day and
// neither volume nor issue.
func (x *reader) newspaper(container string) bool {
	if len(x.r.Issued) < 10 || x.r.Volume != "" {
		return false
	}
	for w := range strings.FieldsSeq(container) {
		if newspapers[strings.Trim(w, ".,»«")] {
			return true
		}
	}
	if strings.HasSuffix(container, "報") || strings.HasSuffix(container, "报") || strings.HasSuffix(container, "新聞") {
		return true
	}
	return x.r.Issue == "" && !x.conference(container) && !(x.web && x.r.Pages == (journal.Pages{})) && x.r.Place == ""
}

// readLanguage decides in what language title and work are, where it is clear.
func (x *reader) readLanguage() {
	r := x.r
	if r.Title == "" {
		if r.Language = x.noted; r.Language == "" && script.Of(r.Archive.Repository) == "Cyrl" {
			r.Language = "ru"
		}
		if r.Language != "" {
			x.found["language"] = 0.8
		}
		return
	}
	lang := ""
	if script.Of(r.Title) == "Latn" {
		lang = x.latin(r.Title)
	} else {
		lang = script.Language(r.Title)
		if lang == "" && script.Of(r.Title) == "Cyrl" {
			lang = oldOrPlainRussian(r.Title)
		}
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

// oldOrPlainRussian: Cyrillic text without letters of other languages.
func oldOrPlainRussian(s string) string {
	for _, r := range s {
		switch {
		case strings.ContainsRune("ѣѳѵҍ", r):
			return "ru-petr1708"
		case strings.ContainsRune("їєґўјљњћђџѓќәғқңөұүһ", r):
			return ""
		}
	}
	if strings.ContainsAny(s, "ыэё") {
		return "ru"
	}
	if strings.ContainsAny(s, "jј") {
		return "sr"
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
	case japanese && !russian:
		return "ja-Latn"
	case russian && (x.r.TitleTranslated != "" || noted == "ru"):
		return "ru-Latn"
	}
	if lang := script.Language(title); lang != "" {
		return lang
	}
	if russian {
		return "ru-Latn"
	}
	if x.r.TitleTranslated != "" && script.Language(x.r.TitleTranslated) != "" && weaklyRussian(title) {
		return "ru-Latn"
	}
	return script.Language(title + ". " + x.r.Container + ". " + x.r.Note)
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
