package landing

import (
	"strconv"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/pid"
	"offprint/internal/refparse"
)

// readCode reads a section whose value is one line: an identifier, a number, a
// date, a code.
func (p *page) readCode(s *section) {
	value := joined(s.lines)
	if value == "" || furniture(value) && s.field != fIssue {
		p.furnish++ // the label of an empty form or cell
		return
	}
	where := s.where()
	taken := true
	switch s.field {
	case fDOI:
		p.setDOI(value, where)
	case fISSN:
		taken = p.issnText(s.printed+" "+value, where)
	case fUDC:
		p.addSubject("udc", trimCode(value))
	case fBBK:
		p.addSubject("bbk", trimCode(value))
	case fMSC:
		p.addCodes("msc", value)
	case fJEL:
		p.addCodes("jel", value)
	case fPACS:
		p.addCodes("pacs", value)
	case fEDN:
		taken = p.addEDN(value)
	case fELibrary:
		if taken = strings.Trim(value, "0123456789") == ""; taken {
			p.addID("elibrary", value)
		}
	case fReceived, fRevised, fAccepted, fPublished:
		taken = p.dated(s.field, value)
	case fViews, fDownloads, fThisPage:
		taken = p.counted(s.field, value)
	case fYear:
		year, err := strconv.Atoi(strings.Trim(value, " .г"))
		if taken = err == nil; taken {
			p.setYear(year, where)
		}
	case fVolume, fIssue, fPages:
		taken = p.placed(s.field, value, where)
	case fLanguage:
		lang := languageTag(value)
		if taken = lang != ""; taken {
			p.declared = lang
		}
	case fSection:
		p.r.Article.Section = p.addText(p.r.Article.Section, textOf(value))
		p.typed(value)
	case fType:
		if taken = p.typed(value); !taken {
			p.r.Article.Section = p.addText(p.r.Article.Section, textOf(value))
			taken = true
		}
	}
	if !taken {
		p.loss(where, strings.TrimSuffix(s.printed, ":")+": "+value, "the value does not have the form that this label announces")
	}
}

func trimCode(s string) string { return strings.TrimSuffix(clean(s), ";") }

func (p *page) addCodes(scheme, value string) {
	for code := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == ';' }) {
		p.addSubject(scheme, strings.TrimSuffix(strings.TrimSpace(code), "."))
	}
}

// addEDN takes an EDN of eLIBRARY.RU, six letters.
func (p *page) addEDN(value string) bool {
	value = strings.Trim(value, " .")
	if i := strings.LastIndexByte(value, '/'); i >= 0 {
		value = value[i+1:]
	}
	if len(value) != 6 || strings.Trim(strings.ToUpper(value), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return false
	}
	p.addID("edn", strings.ToUpper(value))
	return true
}

func (p *page) addID(kind, value string) {
	if addNew(p, &p.r.Article.IDs, journal.ID{Kind: kind, Value: value}, "identifiers") {
		p.signs++
	}
}

// dated reads the date of a step. More steps may follow on the same line, each
// with its label: "02.11.2020; принята: 15.01.2021".
func (p *page) dated(f field, value string) bool {
	d, ok := refparse.ParseDate(strings.TrimRight(value, " .,"))
	if !ok {
		i := strings.IndexAny(value, ";|•/,")
		for ; i > 0 && !ok; i = nextMark(value, i) {
			if d, ok = refparse.ParseDate(strings.TrimRight(value[:i], " .,")); ok && len(d) > 4 {
				p.historyLine(strings.TrimLeft(value[i:], ";|•/, "))
				break
			}
			ok = false
		}
	}
	if !ok {
		return false
	}
	switch f {
	case fReceived:
		p.addHistory("received", d)
	case fRevised:
		p.addHistory("revised", d)
	case fAccepted:
		p.addHistory("accepted", d)
	case fPublished:
		p.setPublished(d)
	}
	return true
}

// nextMark is the next place after i where a list of dates may be divided.
func nextMark(s string, i int) int {
	if next := strings.IndexAny(s[i+1:], ";|•/,"); next >= 0 {
		return i + 1 + next
	}
	return -1
}

// historyLine takes "Received: 2 November 2020; accepted 15 January 2021": a
// label of a step and its date, with a colon or without.
func (p *page) historyLine(text string) bool {
	if len(text) > 240 || !hasDigit(text) {
		return false
	}
	for i := strings.IndexByte(text, ' '); i > 0 && i < 80; {
		if l, ok := lookup(labels.before, strings.TrimRight(text[:i], " :")); ok {
			switch l.field {
			case fReceived, fRevised, fAccepted, fPublished:
				return p.dated(l.field, strings.TrimLeft(text[i:], " :"))
			}
		}
		next := strings.IndexByte(text[i+1:], ' ')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return false
}

// setPublished keeps the most exact date of publication.
func (p *page) setPublished(d journal.Date) {
	have := p.r.Article.Published
	if have == "" || len(d) > len(have) && strings.HasPrefix(string(d), string(have)) {
		p.r.Article.Published = d
	}
}

func (p *page) counted(f field, value string) bool {
	n, ok := number(value)
	if !ok {
		return false
	}
	if f == fDownloads {
		p.addCount("downloads", n)
	} else {
		p.addCount("views", n)
	}
	return true
}

// placed reads a volume, an issue or pages; the value may also be the whole
// place ("Vol. 3 No. 2 (2020)").
func (p *page) placed(f field, value, where string) bool {
	if b, ok := placeIn(value); ok {
		p.takePlace(b, where)
		return true
	}
	if f == fPages {
		pages, ok := parsePages(value)
		if ok {
			p.setPages(pages, where)
		}
		return ok
	}
	if !hasDigit(value) || len(value) > 24 {
		return false
	}
	if f == fVolume {
		p.setVolume(value, where)
	} else {
		p.setNumber(value, where)
	}
	return true
}

// issnLine takes a line that prints ISSNs: it says so, or is nothing else.
func (p *page) issnLine(l line) bool {
	if len(l.text) > 160 || !hasDigit(l.text) {
		return false
	}
	if !strings.Contains(strings.ToUpper(l.text), "ISSN") && !strings.Contains(l.text, "(Print)") && !strings.Contains(l.text, "(Online)") {
		return false
	}
	return p.issnText(l.text, lineNo(l.no))
}

// media are the words, folded, that say which medium an ISSN is of.
var media = map[string][]string{
	"print":  {"print", "печат", "impres", "paper", "p-issn", "pissn", "冊子", "印刷", "друк"},
	"online": {"online", "онлайн", "electronic", "электрон", "eletr", "electron", "en linea", "em linha", "e-issn", "eissn", "e-book", "オンライン", "web", "електрон"},
}

// issnText takes the ISSNs of a text, with the medium that the words around
// each say. Without such words the medium stays open.
func (p *page) issnText(text, where string) bool {
	found := pid.FindISSN(text)
	if len(found) == 0 {
		return false
	}
	lower := strings.ToLower(text)
	for i, f := range found {
		if !f.Valid {
			p.loss(where, text, "the check digit of ISSN "+f.Value+" is wrong, so it was not taken; compare it with the journal's")
			continue
		}
		after := lower[min(f.End, len(lower)):]
		if i+1 < len(found) {
			after = lower[f.End:found[i+1].At]
		}
		before := lower[:f.At]
		if i > 0 {
			before = lower[found[i-1].End:f.At]
		}
		medium := mediumIn(after)
		if medium == "" || i > 0 && mediumIn(before) != "" && strings.TrimSpace(strings.Trim(after, " ,;.()")) == "" {
			medium = mediumIn(before)
		}
		p.addISSN(f.Value, medium, where)
	}
	return true
}

func mediumIn(s string) string {
	at, medium := len(s), ""
	for m, words := range media {
		for _, w := range words {
			if i := strings.Index(s, w); i >= 0 && i < at {
				at, medium = i, m
			}
		}
	}
	return medium
}

// addISSN adds an ISSN of a medium. One whose medium the page does not say
// becomes an identifier of the journal without it.
func (p *page) addISSN(value, medium, where string) {
	j := &p.r.Journal
	switch {
	case j.ISSNPrint == value && medium != "online" || j.ISSNOnline == value && medium != "print":
		return
	case medium == "print" && j.ISSNPrint == "":
		j.ISSNPrint = value
	case medium == "online" && j.ISSNOnline == "":
		j.ISSNOnline = value
	case medium != "":
		have := j.ISSNPrint
		if medium == "online" {
			have = j.ISSNOnline
		}
		if p.full(len(j.Disputes), maxItems, "ISSNs") {
			return
		}
		j.Disputes = append(j.Disputes, journal.Dispute{Field: "issn", Says: value + " (" + medium + ")", Taken: have + " (" + medium + ")", Why: where + " gives another number for the same medium"})
		return
	default:
		for _, id := range j.IDs {
			if id.Kind == "issn" && id.Value == value {
				return
			}
		}
		if p.full(len(j.IDs), maxItems, "ISSNs") {
			return
		}
		j.IDs = append(j.IDs, journal.ID{Kind: "issn", Value: value})
		return
	}
	for i, id := range j.IDs {
		if id.Kind == "issn" && id.Value == value {
			j.IDs = append(j.IDs[:i:i], j.IDs[i+1:]...)
			break
		}
	}
}
