package refparse

import (
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
)

// readMarks takes what marks of its own make certain: identifiers, addresses,
// dates of access, notes on language and on the medium.
func (x *reader) readMarks() {
	x.readAccess()
	x.readAddresses()
	x.readDOI()
	x.readBareAddress()
	x.readNumbers()
	x.readBrackets()
	x.readDetails()
	x.readSeries()
	x.readContentForm()
	x.readNote()
	x.readAhead()
	x.readDefence()
	x.readLastLanguage()
}

// readContentForm takes "– Текст : непосредственный", the form of content and the
// medium of GOST R 7.0.100.
func (x *reader) readContentForm() {
	for i := 0; i+2 < len(x.t); i++ {
		colon := i
		for colon < len(x.t) && colon < i+8 && !x.taken[colon] && (contentForms[x.t[colon].low] || colon > i && (x.t[colon].is('.') || x.t[colon].is(',') || x.t[colon].is('(') || x.t[colon].is(')'))) {
			colon++
		}
		if colon == i || colon+1 >= len(x.t) || !x.t[colon].is(':') || x.taken[colon] {
			continue
		}
		switch x.t[colon+1].low {
		case "непосредственный", "непосредственное", "непосредственные", "непосредственная", "электронный", "электронное", "электронная", "электронные", "визуальный", "аудио", "видео", "direct", "electronic":
		default:
			continue
		}
		from, to := i, colon+2
		if from > 0 && x.t[from-1].isDash() {
			from--
		}
		if to < len(x.t) && x.t[to].is('.') {
			to++
		}
		x.take(from, to)
	}
}

// contentForms are the forms of content, with what narrows them.
var contentForms = wordSet("текст изображение устная речь музыка text электронные данные неподвижное движущееся двухмерное визуальное карты картографическое знаковая тактильный")

// notes begin what is said of another edition of the work.
var notes = wordSet("reimpresso reprinted reprint перепечатано репринт reedição reeditado reimpr")

// readNote takes a note on a reprint or on the original at the end.
func (x *reader) readNote() {
	for i := 1; i < len(x.t); i++ {
		if x.taken[i] || x.t[i].kind != word {
			continue
		}
		low := x.t[i].low
		open := x.t[i-1].is('(') || x.t[i-1].is('[')
		switch {
		case notes[low] && x.t[i].upper() && x.boundary(i, 0):
		case low == "see" && i+1 < len(x.t) && x.t[i+1].low == "also" && x.boundary(i, 0):
		case open && (low == "original" || low == "originally") && x.pair[i-1] > 0:
			close := int(x.pair[i-1])
			for k := i; k < close; k++ {
				if x.yearAt(k) {
					x.setDate("issued_original", &x.r.IssuedOriginal, journal.YearDate(x.t[k].n), 0.95)
					break
				}
			}
			x.take(i-1, close+1)
			continue
		default:
			continue
		}
		end := i
		for end < len(x.t) && !x.taken[end] {
			end++
		}
		x.set("note", &x.r.Note, x.clean(i, end), 0.8)
		x.take(i, end)
		return
	}
}

// introductions stand before an address or a DOI.
var introductions = wordSet("dari diperoleh diunduh adresinden info url uri doi available at from disponível disponible disponivel em en режим доступа доступа: доступно доступен по адресу электронный ресурс retrieved веб-сайт сайт website web adresse address адрес online link see access via verfügbar unter accès hdl http https под онлайн проверено")

// before is where the words that introduce what stands at i begin.
func (x *reader) before(i int) int {
	for i > 0 && !x.taken[i-1] {
		t := &x.t[i-1]
		switch {
		case t.kind == word && introductions[t.low], t.low == "de" && i > 1 && x.t[i-2].is(','):
		case t.kind == mark && (t.r == ':' || t.r == '<' || t.r == '=' || t.r == '[' || t.r == '/' && i > 1 && x.t[i-2].low == "doi"):
		default:
			return i
		}
		i--
	}
	return i
}

func (x *reader) readAddresses() {
	for from := 0; ; {
		start, end := nextAddress(x.s, from)
		if start < 0 {
			break
		}
		from = end
		address := cutAddressTail(x.s[start:end])
		i, j := x.takeBytes(start, start+len(address))
		if j < len(x.t) && x.t[j].is('>') {
			x.take(j, j+1)
		}
		x.take(x.before(i), i)
		if doi, ok := pid.DOI(address); ok {
			x.set("doi", &x.r.DOI, doi, 0.99)
			continue
		}
		if _, rest, found := strings.Cut(address, "doi.org/"); found && rest == "" {
			continue // a DOI with a space in it, see readDOI
		}
		if x.r.URL == "" && IsAddress(address) || x.r.URL == "" && strings.HasPrefix(address, "www.") && strings.Count(address, ".") > 1 {
			x.set("url", &x.r.URL, address, 0.99)
		}
		x.web = true
	}
	if x.r.URL == "" {
		if remnant := Remnant(x.s); remnant != "" {
			x.set("url_remnant", &x.r.URLRemnant, remnant, 0.9)
			at := strings.Index(x.s, remnant)
			x.takeBytes(at, at+len(remnant))
			x.web = true
		}
	}
}

// nextAddress finds an address from an offset on: "http://…", "www.…". start is
// -1 where there is none.
func nextAddress(s string, from int) (start, end int) {
	for i := from; i+5 < len(s); i++ {
		switch s[i] {
		case 'h', 'H':
			if !strings.HasPrefix(s[i:], "http://") && !strings.HasPrefix(s[i:], "https://") && !strings.HasPrefix(s[i:], "Http") {
				continue
			}
		case 'w':
			if !strings.HasPrefix(s[i:], "www.") || i > 0 && isAlnum(s[i-1]) {
				continue
			}
		case 'f':
			if !strings.HasPrefix(s[i:], "ftp://") {
				continue
			}
		default:
			continue
		}
		end := i
		for end < len(s) && end-i <= maxAddress {
			if c := s[end]; c <= ' ' || c == '<' || c == '>' || c == '"' {
				break
			}
			if s[end] >= 0x80 && endsAddress(s[end:]) {
				break
			}
			end++
		}
		return i, end
	}
	return -1, len(s)
}

func endsAddress(s string) bool {
	for _, m := range []string{"\u00a0", "«", "»", "“", "”", "\u3000", "，", "。", "）"} {
		if strings.HasPrefix(s, m) {
			return true
		}
	}
	return false
}

func (x *reader) readDOI() {
	if !strings.Contains(x.s, "10.") {
		return
	}
	for at := 0; at < len(x.s); {
		i := strings.Index(x.s[at:], "10.")
		if i < 0 {
			return
		}
		i += at
		at = i + 3
		if i > 0 && (isAlnum(x.s[i-1]) || x.s[i-1] == '.') || x.taken[min(x.at(i), len(x.t)-1)] {
			continue
		}
		end := i
		for end < len(x.s) && x.s[end] > ' ' {
			end++
		}
		doi, ok := pid.DOI(x.s[i:end])
		if !ok {
			continue
		}
		k, j := x.takeBytes(i, i+len(doi))
		if j < len(x.t) && x.t[j].is(']') {
			x.take(j, j+1)
		}
		x.take(x.before(k), k)
		x.set("doi", &x.r.DOI, doi, 0.99)
		at = end
	}
}

// readNumbers takes numbers of other registers: ISBN, ISSN, PMID, PMCID, arXiv,
// eLIBRARY's EDN.
func (x *reader) readNumbers() {
	for i := 0; i < len(x.t); i++ {
		if x.taken[i] || x.t[i].kind != word {
			continue
		}
		kind := ""
		switch x.t[i].low {
		case "isbn", "issn", "pmid", "pmcid", "arxiv", "edn":
			kind = x.t[i].low
		case "pmc":
			kind = "pmcid"
		default:
			continue
		}
		j := i + 1
		for j < len(x.t) && (x.t[j].is(':') || x.t[j].is('-') && kind == "isbn" || x.t[j].kind == number && kind == "isbn" && (x.t[j].n == 13 || x.t[j].n == 10) && j+1 < len(x.t) && (x.t[j+1].is(':') || x.t[j+1].gap)) {
			j++
		}
		end := j
		for end < len(x.t) && (end == j || !x.t[end].gap || kind == "isbn" && x.t[end].kind == number && x.t[end-1].kind != mark) && (x.t[end].kind == number || x.t[end].kind == word && (kind == "edn" || kind == "arxiv" || x.t[end].low == "x" || x.t[end].low == "х") || x.t[end].isDash() || kind == "arxiv" && (x.t[end].is('.') || x.t[end].is('/'))) && x.t[end].kind != mark == (end == j || x.t[end].kind != mark) {
			end++
		}
		for end > j && x.t[end-1].kind == mark {
			end--
		}
		if end == j || kind == "edn" && (end != j+1 || x.t[j].to-x.t[j].from != 6) {
			continue
		}
		x.r.IDs = append(x.r.IDs, journal.ID{Kind: kind, Value: x.text(j, end)})
		x.found["ids"] = 0.95
		x.take(i, end)
	}
}

// readAccess takes the note on when somebody looked: "(accessed: 13 July
// 2020)", "Acesso em: 27 jul. 2022.", "[cited Jul 19, 2018]".
func (x *reader) readAccess() {
	for i := 0; i < len(x.t); i++ {
		if x.t[i].kind != word || x.taken[i] || !x.accessWord(i) {
			continue
		}
		j := i + 1
		for k := 0; k < 6 && j < len(x.t) && (x.t[j].kind == word && x.monthAt(j) == 0 || x.t[j].is(':') || x.t[j].is('.') || x.t[j].is(',')); k++ {
			j++
		}
		w, ok := x.dateAt(j)
		if !ok || !w.exact() && !x.accessOnly(i) {
			continue
		}
		from, to := i, w.end
		for from > 0 && x.t[from-1].kind == word && !x.taken[from-1] && (x.t[from-1].low == "дата" || x.t[from-1].low == "date" || x.t[from-1].low == "last" || x.t[from-1].low == "data" || x.t[from-1].low == "of" || x.t[from-1].low == "fecha" || x.t[from-1].low == "de") {
			from--
		}
		if from > 0 && (x.t[from-1].is('(') || x.t[from-1].is('[')) {
			if close := int(x.pair[from-1]); close >= to {
				from, to = from-1, close+1
			} else {
				from--
			}
		}
		x.setDate("accessed", &x.r.Accessed, w.date, 0.98)
		x.take(from, to)
		x.web = true
	}
}

// accessWord: the word announces a date of access.
func (x *reader) accessWord(i int) bool {
	low := x.t[i].low
	switch low {
	case "accessed", "retrieved", "acesso", "acessado", "acceso", "consultado", "consulté", "consultada", "consulta", "viewed", "cited", "citado", "abgerufen", "zugriff", "обращения", "обращение", "доступа", "доступ", "просмотрено", "звернення", "access", "アクセス", "閲覧", "visited", "accès", "проверено", "recuperado", "erişim", "diakses", "参照", "eingesehen", "aufgerufen", "accesado", "consultée":
		return true
	}
	return false
}

// accessOnly: of these words even a year alone is a date of access.
func (x *reader) accessOnly(i int) bool {
	switch x.t[i].low {
	case "accessed", "обращения", "viewed", "retrieved":
		return true
	}
	return false
}

// media are what stands in brackets for the medium, not for a translation.
var media = wordSet("internet online on-line электронный elektronnyj elektronnyi elektronnyy elektronny electronic ресурс resurs resource recurso eletrônico pdf video vídeo film фильм text текст j m c d a p n r s db ol eb oj cd-rom dvd audio аудиозапись видеозапись computer software dataset data mp4 web page website twitter facebook youtube tweet podcast blog app map ligne línea linea em en rete карта карты изоматериал рукопись архив звукозапись ноты микроформа")

// readBrackets takes groups in brackets that are no part of a title: notes on
// language and medium, "[s. l.]".
func (x *reader) readBrackets() {
	for i := range x.t {
		if x.taken[i] || !(x.t[i].is('(') || x.t[i].is('[')) || x.pair[i] < 0 {
			continue
		}
		j := int(x.pair[i])
		inside := x.text(i+1, j)
		if len(inside) < maxNote {
			// "Publish (in English) or perish" is a title
			within := j+1 < len(x.t) && x.t[j+1].lower() && !introductions[x.t[j+1].low]
			if lang := notedLanguage(strings.TrimSpace(inside)); lang != "" && !within {
				if x.set("language_note", &x.r.LanguageNote, strings.TrimSpace(inside), 0.98) {
					x.noted, x.noteAt = lang, i
				}
				x.take(i, j+1)
				continue
			}
		}
		if x.readForm(i, j) {
			continue
		}
		if x.t[i].is('[') && j-i <= 6 {
			if x.isMedium(i+1, j) {
				if x.medium == "" {
					x.medium, x.mediumAt = strings.TrimSpace(inside), i
					if x.shownMedium() {
						x.set("genre", &x.r.Genre, x.medium, 0.85)
					}
				}
				x.take(i, j+1)
			} else if x.isUnknownPlace(i+1, j) {
				x.take(i, j+1)
			}
		}
	}
}

// shownMedium: the medium says what kind of work it is.
func (x *reader) shownMedium() bool {
	if x.form != "" {
		return true
	}
	switch strings.ToLower(x.medium) {
	case "video", "vídeo", "film", "фильм", "podcast", "dataset", "видеозапись", "audio", "карта", "map":
		return true
	}
	return false
}

func (x *reader) isMedium(i, j int) bool {
	words := 0
	for ; i < j; i++ {
		switch t := &x.t[i]; {
		case t.kind == word:
			if !media[t.low] {
				return false
			}
			words++
		case t.kind == number:
			return false
		}
	}
	return words > 0
}

// isUnknownPlace: "s. l.", "s.n.", "S.l.: s.n.", "б. и.", "...".
func (x *reader) isUnknownPlace(i, j int) bool {
	for ; i < j; i++ {
		if t := &x.t[i]; t.kind == number || t.kind == word && !(t.low == "s" || t.low == "l" || t.low == "n" || t.low == "d" || t.low == "б" || t.low == "и" || t.low == "м" || t.low == "г" || t.low == "sic") {
			return false
		}
	}
	return true
}
