package refparse

import (
	"regexp"
	"strings"
)

// readThesis takes "Tese (Doutorado em Educação) – Universidade, São Paulo,
// 2012" behind a title: what kind of thesis, and where it was defended.
func (x *reader) readThesis(i, limit int) {
	for k := i; k < limit; k++ {
		if x.taken[k] || !theses[x.t[k].low] || x.depth(k, i) > 0 {
			continue
		}
		begin := x.thesisAt(k, i)
		if begin > i && !x.boundary(begin, i) {
			continue
		}
		end := k + 1
		if end < limit && x.t[end].is('(') && x.pair[end] > 0 {
			end = int(x.pair[end]) + 1
		} else if end = x.genreEnd(k, limit); end >= limit {
			x.thesisBehind(begin, k, i, limit)
			return
		}
		x.set("genre", &x.r.Genre, strings.TrimRight(x.text(begin, end), " ,;:/."), 0.9)
		x.take(begin, end)
		n := x.skip(end, "-–—.,:", false)
		if n < limit && x.t[n].upper() && !x.yearAt(n) {
			stop := n
			for stop < limit && !x.taken[stop] && !x.stops(stop, limit) && !(x.t[stop].is(',') && (x.placeForward(stop+1, limit) > stop+1 || stop+1 < limit && (x.t[stop+1].kind == number || x.taken[stop+1]))) {
				stop++
			}
			if x.anyOrganisation(n, stop) || x.publisherLike(n, stop) {
				x.set("publisher", &x.r.Publisher, x.clean(n, stop), 0.9)
				x.take(n, stop)
			}
		}
		return
	}
}

// thesisBehind takes "U of Virginia, PhD dissertation." of the MLA: the kind of a thesis
// at the end, behind the university.
func (x *reader) thesisBehind(begin, k, i, limit int) {
	if begin == k || !x.t[begin-1].is(',') {
		return
	}
	from := begin - 1
	for from > i && !x.taken[from-1] && !x.stops(from-1, limit) {
		from--
	}
	if from == i && x.r.Title == "" || !x.anyOrganisation(from, begin) && x.t[from].low != "u" {
		return
	}
	x.set("genre", &x.r.Genre, x.clean(begin, limit), 0.9)
	x.set("publisher", &x.r.Publisher, x.clean(from, begin), 0.9)
	x.take(from, limit)
}

// anyOrganisation: a word of bodies is between.
func (x *reader) anyOrganisation(i, j int) bool {
	for ; i < j; i++ {
		if x.t[i].kind == word && organisations[x.t[i].low] {
			return true
		}
	}
	return false
}

// unofficial are the words before the kind of a thesis: "PhD thesis".
var unofficial = wordSet("phd ph.d dphil mphil mres msc ma edd doctoral master's master’s bachelor’s masters master unpublished bachelor's honours")

// thesisAt is where the words for a thesis begin, where one of them stands at k:
// "Unpublished PhD thesis", "Ph.D. thesis".
func (x *reader) thesisAt(k, from int) int {
	for k > from && !x.taken[k-1] {
		switch t := &x.t[k-1]; {
		case t.kind == word && (unofficial[t.low] || t.low == "d" || t.low == "ph"):
			k--
		case t.is('.') && k-2 >= from && (x.t[k-2].low == "d" || x.t[k-2].low == "ph") && !x.taken[k-2]:
			k -= 2
		default:
			return k
		}
	}
	return k
}

// thesisInBrackets takes "(PhD diss., University of Chicago, 2008)" and "[Doctoral
// dissertation, University of Arizona]".
func (x *reader) thesisInBrackets(i, limit int) {
	for k := i; k < limit; k++ {
		close := int(x.pair[k])
		if !x.t[k].is('(') && !x.t[k].is('[') || close < 0 || close > limit || close-k > 24 || !x.free(k, close) {
			continue
		}
		comma := k + 1
		for comma < close && !x.t[comma].is(',') {
			comma++
		}
		if comma >= close || !x.namesThesis(k, comma) || !x.anyOrganisation(comma, close) {
			continue
		}
		x.set("genre", &x.r.Genre, strings.TrimRight(x.text(k+1, comma), ". "), 0.93)
		end := close
		for end > comma && (x.t[end-1].kind == mark || x.yearAt(end-1)) {
			if x.yearAt(end - 1) {
				x.setIssued(when{date: dateYear(x.t[end-1].n), end: end}, 0.95)
			}
			end--
		}
		x.set("publisher", &x.r.Publisher, x.clean(comma+1, end), 0.93)
		x.take(k, close+1)
		return
	}
}

// speciality takes the words for a thesis of GOST R 7.0.100 from a title: " :
// специальность 17.00.02 «…» : диссертация на соискание ученой степени …". It is where
// the title ends.
func (x *reader) speciality(i, limit int) int {
	for k := i + 1; k+1 < limit; k++ {
		if !x.t[k].is(':') || x.t[k+1].low != "специальность" || x.taken[k] {
			continue
		}
		n := k + 2
		end := n
		for end < limit && (x.t[end].kind == number || x.t[end].is('.') && end+1 < limit && x.t[end+1].kind == number && !x.t[end+1].gap) {
			end++
		}
		x.set("item_number", &x.r.ItemNumber, x.text(n, end), 0.93)
		for g := end; g+1 < limit; g++ {
			if x.t[g].is(':') && theses[x.t[g+1].low] {
				x.set("genre", &x.r.Genre, x.clean(g+1, limit), 0.93)
				break
			}
		}
		x.take(k, limit)
		return k
	}
	return limit
}

// namesThesis: the brackets hold the kind of a thesis: "[Dissertação de Mestrado,
// Universidade Federal]".
func (x *reader) namesThesis(k, close int) bool {
	for j := k + 1; j < close && j < k+5; j++ {
		if x.t[j].kind == word && theses[x.t[j].low] {
			return true
		}
	}
	return false
}

// takeGenre takes a kind of work in brackets, and behind a comma the university.
func (x *reader) takeGenre(k, close int) {
	end := close
	for j := k + 1; j < close; j++ {
		if x.t[j].is(',') && x.anyOrganisation(j+1, close) {
			end = j
			x.set("publisher", &x.r.Publisher, strings.TrimSpace(x.text(j+1, close)), 0.85)
			break
		}
	}
	x.set("genre", &x.r.Genre, strings.TrimSpace(x.text(k+1, end)), 0.85)
	x.take(k, close+1)
}

// withoutGenre cuts the words for a thesis from the end of a translated title, where they
// were cut from the title: ": abstract of a doctoral thesis".
func (x *reader) withoutGenre(s string) string {
	if x.r.Genre == "" {
		return s
	}
	if m := genreSentence.FindStringIndex(s); m != nil && m[0] > 0 {
		return s[:m[0]]
	}
	title, genre, found := strings.Cut(s, ": ")
	if low := strings.ToLower(genre); found && (strings.Contains(low, "thesis") || strings.Contains(low, "dissertation") || strings.Contains(low, "diss.")) && !strings.Contains(genre, ": ") {
		return title
	}
	return s
}

// genreSentence is the kind of a thesis behind the full stop of a translated title: ". Dr.
// hist. sci. diss.", ". Abstract of Cand. sci. diss.".
var genreSentence = regexp.MustCompile(`\. (?:(?:Extended )?[Aa]bstract of (?:a )?)?(?:Cand|Dr|Doct|Ph\.? ?D|Doctoral|Candidate|Master’s|Master's)\b[\pL ’'.]{0,60}(?:diss|thesis|dissertation)\.?$`)

// theses are the words that name a thesis.
var theses = wordSet("дис дисс диссертация dis diss dissertation thesis tese dissertação автореф автореферат avtoref tesis thèse дисертация doktorarbeit dissertatsiya dissertaciya monografia tez tezi tesi skripsi disertasi proefschrift rozprawa doktorarbeit magisterarbeit habilitationsschrift dizertace дисертація 博士論文 修士論文 学位論文 卒業論文 博士论文 硕士论文 博士学位论文 硕士学位论文 박사학위논문 석사학위논문")

// genreInTitle takes the words for a thesis from the end of a title: "…: дис. …
// канд. арх.".
func (x *reader) genreInTitle(i, j int) {
	for k := i + 2; k < j; k++ {
		if x.t[k].kind != word || !theses[x.t[k].low] || x.taken[k] || !(x.t[k-1].is(':') || x.t[k-1].is('.') || x.t[k-1].is(',') || x.t[k-1].is('[')) || x.depth(k, i) > 0 {
			continue
		}
		end := x.genreEnd(k, j)
		x.set("genre", &x.r.Genre, strings.TrimRight(x.text(k, end), " ,;:/"), 0.9)
		x.take(k, end)
		// ": 18.00.04"
		n := x.skip(end, ":.,–—", false)
		if n > end || n < j {
			e := n
			for e < j && (x.t[e].kind == number || x.t[e].is('.') && e+1 < j && x.t[e+1].kind == number && !x.t[e+1].gap) {
				e++
			}
			if e > n+3 {
				x.set("item_number", &x.r.ItemNumber, x.text(n, e), 0.9)
				x.take(n, e)
			}
		}
		return
	}
}

// genreEnd: the words for a thesis go on up to a colon, a dash, or a sentence
// that is no abbreviation: "дис. … канд. филол. наук".
func (x *reader) genreEnd(k, limit int) int {
	for j := k; j < limit; j++ {
		t := &x.t[j]
		switch {
		case x.taken[j]:
			return j
		case t.is(':'), t.is('/'), (t.is('–') || t.is('—') || t.is('-')) && t.gap:
			return j
		case t.is(';'):
			return j
		case t.is('.') && j+1 < limit && x.t[j+1].upper() && x.t[j+1].gap && j > k && !degree[x.t[j-1].low]:
			return j
		case t.is('.') && j+1 < limit && x.t[j+1].upper() && x.t[j+1].gap && (places[x.t[j+1].low] || placeShort[x.t[j+1].low]):
			return j
		case t.is('.') && j+1 >= limit:
			return limit
		case t.is(',') && j+2 < limit && x.t[j+1].upper() && x.anyOrganisation(j+1, x.partEnd(j+1, limit)):
			return j // "Tesis doctoral, Universidad de Sevilla"
		}
	}
	return limit
}

// mostPart bounds the search for the end of a part, in tokens.
const mostPart = 16

// partEnd is where the sentence that i is in ends, or what is taken begins.
func (x *reader) partEnd(i, limit int) int {
	limit = min(limit, i+mostPart)
	for ; i < limit && !x.taken[i] && !x.stops(i, limit); i++ {
	}
	return i
}

var degree = wordSet("дис дисс автореф канд докт д к dis kand dokt diss ph")
