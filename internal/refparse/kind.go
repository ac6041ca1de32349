package refparse

import (
	"strings"

	"offprint/internal/journal"
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
	case x.form != "":
		return x.form, 0.9
	case (medium == "video" || medium == "vídeo" || medium == "film" || medium == "фильм" || medium == "видеозапись"):
		return "motion_picture", 0.9
	case x.treaty(title, container):
		return "treaty", 0.85
	case x.speech(title) && r.Volume == "" && r.Issue == "" && r.Pages == (journal.Pages{}) && r.Place == "":
		return "speech", 0.75
	case x.conference(container) && r.Volume != "" && r.Issue != "" && r.Publisher == "" && r.Place == "" && len(r.Editors) == 0:
		return "article-journal", 0.85
	case x.conference(container) && !strings.Contains(container, "journal"), r.Container != "" && !x.hostless && (x.conference(strings.ToLower(r.Event)) || r.Event != "" && x.proceedingsNamed(container)):
		return "paper-conference", 0.85
	case x.report(title), x.numbered && r.Container == "":
		return "report", 0.75
	case r.Container != "" && r.Publisher != "" && prefatory[title]:
		return "chapter", 0.85
	case r.Container != "" && x.magazine(container):
		return "article-magazine", 0.75
	case r.Container != "" && !x.hostless && !x.slashedHost && r.Issue == "", r.Container != "" && r.Part != "" && r.Issue == "" && r.Pages == (journal.Pages{}):
		return "chapter", 0.85
	case r.Container != "" && len(r.Editors) > 0 && r.Publisher != "" && r.Volume == "" && r.Issue == "":
		return "chapter", 0.85
	case r.Container != "" && r.Publisher != "" && r.Volume == "" && r.Issue == "" && x.bookQuoted:
		return "chapter", 0.75
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
	case x.web && r.PageCount == "" && r.Publisher == "" && x.site(title):
		return "webpage", 0.85
	case r.Place != "" || r.PageCount != "" || r.Publisher != "" && !x.web:
		return "book", 0.9
	case x.web:
		return "webpage", 0.85
	case r.Title != "" && (r.Issued != "" || r.Volume != "" || len(r.Editors)+len(r.Compilers)+len(r.Translators) > 0):
		return "book", 0.55
	}
	return "", 0
}

// prefatory are the titles of what stands before or behind a book of somebody else.
var prefatory = wordSet("foreword introduction preface afterword prologue epilogue")

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
var conferences = []string{"конференци", "конф. ", "конф.", "симпозиум", "conference", "symposium", "proc. of", "proceedings of the", "congress", "congreso", "actas de", "colóquio", "simpósio", "workshop", "съезд", "konferentsi", "konferenci", "тезисы докладов", "materials of the", "conf. ", "討論会", "シンポジウム", "會議", "研討會", "eventos", "anais d", "материалы докл", "чтени"}

// proceedingsNamed: the name of the host begins as that of proceedings.
func (x *reader) proceedingsNamed(container string) bool {
	first, _, _ := strings.Cut(container, " ")
	return proceedings[first]
}

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

// site: the title says that it is a site: "… : официальный сайт".
func (x *reader) site(title string) bool {
	for _, w := range []string{"официальный сайт", ": сайт", "веб-сайт", "интернет-портал", "official website", "official site", "site officiel", "sitio oficial", "site oficial", "[сайт]"} {
		if strings.Contains(title, w) {
			return true
		}
	}
	return false
}

// newspapers are parts of the names of newspapers.
var newspapers = wordSet("знамя znamya estado times газета gazeta post guardian tribune коммерсант kommersant коммерсантъ правда pravda известия izvestiya herald folha estadão el zeitung mainichi asahi yomiuri сердало ведомости vedomosti заря труд telegraph jornal diário daily 新聞 日報 news figaro monde stampa repubblica país mundo nikkei gazette независимая литературная вечерний")

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
	if len(x.r.Issued) < 10 || x.r.Volume != "" && !x.abnt || x.ahead {
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
	return x.r.Issue == "" && x.r.Volume == "" && !x.conference(container) && !(x.web && x.r.Pages == (journal.Pages{})) && (x.r.Place == "" || x.r.Publisher == "" && x.hostless)
}
