package refparse

import (
	"regexp"
	"strings"
)

// What stands in round brackets behind a title in the styles of the APA and of Harvard,
// divided by commas or semicolons: "(2nd ed., Vol. 3)", "(H. Weaver, Trans.; 2nd ed.)",
// "(Report No. 18-2059)", "(20. bs.)", "(Edisi revisi)".
var (
	editionDetail    = regexp.MustCompile(`^(?i:(\d{1,2}(?:st|nd|rd|th|e|ème|ª|º|a|-[а-яє]{1,2})?)\.?\s*(?:ed|edn|edition|edición|édition|éd|bs|bas|baskı|bası|cet|изд|издание|вид|aufl)\.?(?:,? rev\.?)?|((?:spring|summer|fall|autumn|winter) \d{4}) (?:ed(?:ition|\.)?)|((?:rev|revised|new|international|expanded|updated) ed(?:ition|\.)?|edisi [\pL\d-]+|edición [\pL]+))$`)
	volumeDetail     = regexp.MustCompile(`^(?i:vols?|volume|cilt|jilid|bd|band|t|tomo|т|том)\.?\s*(\d{1,3}(?:[–-]\d{1,3})?|[IVXLC]{1,6})$`)
	translatorDetail = regexp.MustCompile(`^(.+), (?i:trans|transl|çev|trad|пер|перекл|penerj|übers)\.?$`)
	numberDetail     = regexp.MustCompile(`^(?:[\pL.&/ -]{0,80}\b)?(?:No|Nos|Nr|№|N°|Núm)\.? ?(\d[\w./–-]*|[A-Z]{1,6}-?\d[\w./–-]*)$`)
	commandPaper     = regexp.MustCompile(`^(?:C|Cd|Cmd|Cmnd|Cm|CP|HC|HL)\.?(?: Paper)? \d{1,5}(?:-[IVX]{1,4})?$`)
)

// mostDetail bounds a group of details, in tokens.
const mostDetail = 30

// readDetails takes such groups. One that holds anything else is left as it is.
func (x *reader) readDetails() {
	for i := 1; i < len(x.t); i++ {
		close := int(x.pair[i])
		if !x.t[i].is('(') || close < 0 || close-i > mostDetail || !x.free(i, close+1) || close-i < 2 || x.monthAt(i-1) > 0 {
			continue
		}
		if x.patentIn(i+1, close) || x.detailed(i+1, close) {
			if x.editionAt == 0 {
				x.editionAt = i
			}
			x.take(i, close+1)
			i = close
		}
	}
}

// detailed reads the parts of a group, all or none.
func (x *reader) detailed(i, close int) bool {
	var keep []func()
	for from := i; from < close; {
		end, ok := from, false
		for end < close {
			// the longest part that is one: a translator's has a comma in it
			next := end + 1
			for next < close && !x.t[next].is(',') && !x.t[next].is(';') {
				next++
			}
			end = next
			if f := x.detail(from, end); f != nil {
				keep, ok = append(keep, f), true
				break
			}
		}
		if !ok {
			return false
		}
		from = x.skip(end, ",;", false)
	}
	for _, f := range keep {
		f()
	}
	return len(keep) > 0
}

// detail is what keeps one part, nil where it is none.
func (x *reader) detail(i, j int) func() {
	text := strings.TrimSpace(x.text(i, j))
	if m := editionDetail.FindStringSubmatch(text); m != nil {
		return func() { x.set("edition", &x.r.Edition, m[1]+m[2]+m[3], 0.95) }
	}
	if m := volumeDetail.FindStringSubmatch(text); m != nil {
		return func() { x.set("volume", &x.r.Volume, m[1], 0.95) }
	}
	if m := translatorDetail.FindStringSubmatch(text); m != nil {
		end := x.at(x.t[i].from + len(m[1]))
		names, ok := x.namesIn(i, end)
		if !ok || names[0].Family == "" {
			return nil
		}
		return func() { x.credit(translator, names, 0.93) }
	}
	if commandPaper.MatchString(text) {
		return func() { x.numbered = x.set("item_number", &x.r.ItemNumber, text, 0.9) }
	}
	if m := numberDetail.FindStringSubmatch(text); m != nil {
		return func() { x.numbered = x.set("item_number", &x.r.ItemNumber, m[1], 0.9) && len(text) > 8 }
	}
	return nil
}

// undated are the words in brackets for a date that is not known.
var undated = map[string]bool{"n d": true, "nd": true, "s d": true, "s f": true, "sf": true, "б д": true, "б г": true, "бг": true, "t y": true, "ty": true, "o j": true, "o d": true, "no date": true, "без даты": true, "без года": true, "sin fecha": true, "ohne jahr": true, "forthcoming": true}

// noDate: the brackets that close there say that the date is not known: "n.d.".
func (x *reader) noDate(i, close int) bool {
	if close-i > 5 {
		return false
	}
	var words []string
	for ; i < close; i++ {
		switch t := &x.t[i]; {
		case t.kind == word:
			words = append(words, t.low)
		case !t.is('.'):
			return false
		}
	}
	return undated[strings.Join(words, " ")]
}

// readSeries takes "coll. « Le sens commun »", the series of a French or an Italian book.
func (x *reader) readSeries() {
	for i := 1; i+2 < len(x.t); i++ {
		if x.t[i].low != "coll" && x.t[i].low != "collection" && x.t[i].low != "collana" || x.taken[i] || !x.t[i].lower() || !x.t[i-1].is(',') && !x.t[i-1].is('(') {
			continue
		}
		open := x.skip(i+1, ".", false)
		if open >= len(x.t) || x.t[open].kind != mark || !isOpenQuote(x.t[open].r) || x.pair[open] < 0 {
			continue
		}
		close := int(x.pair[open])
		x.set("series", &x.r.Series, x.inside(open, close), 0.93)
		x.take(i, close+1)
		i = close
	}
}
