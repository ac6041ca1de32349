package refparse

import "offprint/internal/journal"

// keepers are the words that the names of archives begin with outside Russia, with the
// language that has them; "archives" is of two.
var keepers = map[string]string{
	"archivo": "es", "archivio": "it", "arquivo": "pt", "archiwum": "pl", "archief": "nl", "arxiu": "ca", "riksarkivet": "", "archives": "", "archive": "", "arhiv": "",
	"archiv": "de", "bundesarchiv": "de", "staatsarchiv": "de", "stadtarchiv": "de", "landesarchiv": "de", "hauptstaatsarchiv": "de", "reichsarchiv": "de",
}

// shelfLabels announce the parts of a shelf mark.
var shelfLabels = wordSet("leg legajo caja carton boîte liasse dossier cote registro reg busta b fasc fascicolo filza exp expediente sig signatur best bestand nachlass sygn sygnatura inv")

// leafLabels announce leaves.
var leafLabels = wordSet("f ff fol fols fo folio folios folha folhas bl blatt c cc carta carte k kk")

// readShelf reads a document by its shelf mark: "Archivo General de Indias (AGI),
// Indiferente General, leg. 1525, n. 12, ff. 3r-7v.", "Archives nationales (AN),
// F/7/6782, rapport …, 14 mars 1831." An archive is told from a journal ("Archives of
// Neurology, 12, 3–9") by its acronym in brackets or by the labels of a shelf mark.
func (x *reader) readShelf() bool {
	i := x.skip(0, ".,;", false)
	comma, acronymed, ok := x.keeper(i)
	if !ok {
		return false
	}
	parts := x.commaParts(comma + 1)
	var a journal.Archive
	var title, mark span
	var date when
	labelled := false
	for n, p := range parts {
		w, isDate := x.dateAt(p.from)
		switch {
		case isDate && w.exact() && w.end >= p.to:
			date = w
		case a.Leaves == "" && x.labelledBy(p, leafLabels):
			a.Leaves, labelled = x.clean(x.skip(p.from+1, ".", false), p.to), true
		case x.labelledBy(p, shelfLabels):
			mark, labelled = joinedMark(mark, parts, n), true
		case x.t[p.from].lower() && p.to-p.from > 3 && title.to == 0:
			title = p
		case a.Collection == "":
			a.Collection = x.clean(p.from, p.to)
		default:
			mark = joinedMark(mark, parts, n)
		}
	}
	if !acronymed && !labelled || a.Collection == "" && mark.to == 0 {
		return false
	}
	a.Repository, a.Unit = x.clean(i, comma), x.clean(mark.from, mark.to)
	x.r.Archive = a
	x.found["archive"] = 0.8
	if title.to > 0 {
		x.set("title", &x.r.Title, x.clean(title.from, title.to), 0.8)
	}
	if date.date != "" {
		x.setIssued(date, 0.9)
	}
	x.take(i, len(x.t))
	return true
}

// joinedMark adds a part to a shelf mark that ends with the part before it; one that stands
// apart is left.
func joinedMark(mark span, parts []span, n int) span {
	switch {
	case mark.to == 0:
		return parts[n]
	case n > 0 && parts[n-1].to == mark.to:
		mark.to = parts[n].to
	}
	return mark
}

// keeper reads the name of an archive at i up to its comma.
func (x *reader) keeper(i int) (comma int, acronymed, ok bool) {
	named := false
	for k := i; k < len(x.t) && k < i+14 && !x.taken[k]; k++ {
		t := &x.t[k]
		switch {
		case t.kind == word:
			if _, keeps := keepers[t.low]; keeps && k < i+3 && t.upper() {
				named = true
			}
		case t.is('(') && k+2 < len(x.t) && x.t[k+1].kind == word && x.t[k+2].is(')') && acronymOrTwo(x.word(k+1)):
			acronymed = true
			k += 2
		case t.is(','):
			return k, acronymed, named
		default:
			return 0, false, false
		}
	}
	return 0, false, false
}

// acronymOrTwo: the word has at least two capitals: "AN", "BArch".
func acronymOrTwo(s string) bool { return acronym(s) || len(s) <= 6 && countUpper(s) >= 2 }

// commaParts divides what follows at commas.
func (x *reader) commaParts(i int) []span {
	var out []span
	from := i
	for k := i; k <= len(x.t); k++ {
		if k == len(x.t) || x.t[k].is(',') && x.depth(k, i) == 0 {
			if a, b := x.trimmed(from, k); a < b {
				out = append(out, span{a, b})
			}
			from = k + 1
		}
	}
	return out
}

// labelledBy: the part begins with one of these labels and has a number.
func (x *reader) labelledBy(p span, labels map[string]bool) bool {
	return x.t[p.from].kind == word && labels[x.t[p.from].low] && p.to > p.from+1 && (x.t[p.from+1].gap || x.t[p.from+1].is('.')) && x.digitsIn(p.from, p.to)
}
