package refparse

// readHost reads the work that the title stands in: its authors or editors, its
// title, its numbers, its imprint.
func (x *reader) readHost(i, limit int) {
	i = x.skip(i, ".:;,–—", false)
	x.hostless = false
	if i < limit && (x.t[i].low == "в" || x.t[i].low == "in") && i+1 < limit && !x.taken[i] {
		if x.t[i].low == "in" && x.t[i+1].upper() || x.t[i+1].is(':') {
			i = x.skip(i+1, ":", false)
		} else if x.t[i+1].low == "сб" || x.t[i+1].low == "кн" {
			i = x.skip(i+2, ".:", false)
		}
	}
	if i+2 < limit && sameAuthor[x.t[i].low] && x.t[i+1].kind == mark && x.free(i, i+2) { // "In: Ders.: Aufsätze"
		x.take(i, x.skip(i+1, ".:,", false))
		i = x.skip(i+1, ".:,", false)
	}
	if end := x.eventHost(i, limit); end > i {
		i = end
	} else if end := x.repeatedHost(i); end > i {
		i = end
	} else if list, ok := x.hostPeople(i, limit); ok {
		x.take(i, list.end)
		if list.role == author {
			x.r.ContainerAuthors = list.names
			x.found["container_authors"] = 0.85
		} else {
			x.credit(list.role, list.names, 0.95)
		}
		i = x.skip(list.end, ".,:", false)
		if w, ok := x.dateAt(min(i+1, limit)); ok && i < limit && x.t[i].is('(') && w.end == int(x.pair[i]) {
			x.setIssued(w, 0.9)
			x.take(i, w.end+1)
			i = x.skip(w.end+1, ".,:", false)
		}
	}
	if k := x.responsibility(i, limit); k > 0 && x.yearBehind(k, limit) {
		x.datesFrom = k
	}
	x.slashed(i, limit)
	if t := x.t[min(i, limit-1)]; i < limit && isOpenQuote(t.r) && t.kind == mark && x.pair[i] > 0 && int(x.pair[i]) < limit && x.quotedTitle(int(x.pair[i]), limit) {
		close := int(x.pair[i])
		x.set("container", &x.r.Container, x.clean(i+1, close), 0.95)
		x.take(i, close+1)
		i = close + 1
	}
	x.readTail(i, limit, false)
}

// sameAuthor are the words for the author of the part as that of the whole.
var sameAuthor = wordSet("ders dies dass idem eadem")

// proceedings begin the name of what a conference printed, in ABNT.
var proceedings = wordSet("anais atas actas resumos trabalhos proceedings memorias memórias annals")

// eventHost reads a conference and its proceedings: "SIMPÓSIO DE BANCO DE DADOS, 9., 1994,
// São Paulo. Anais [...]." It is where the imprint begins, or i.
func (x *reader) eventHost(i, limit int) int {
	if i >= limit || x.t[i].kind != word || !allUpper(x.word(i)) || len(x.t[i].low) < 5 {
		return i
	}
	for k := i + 1; k+1 < limit && k < i+60; k++ {
		if !x.t[k].is('.') || !x.t[k+1].upper() || !proceedings[x.t[k+1].low] {
			continue
		}
		end := k + 2
		for end < limit && !x.t[end].is('.') {
			end = max(end, int(x.pair[end])) + 1
		}
		end = min(end, limit)
		x.set("event", &x.r.Event, x.text(i, k), 0.9)
		if x.t[end-1].is(']') || x.free(k+1, end) {
			x.set("container", &x.r.Container, x.text(k+1, end), 0.93)
		}
		x.take(i, end)
		return x.skip(end, ".", false)
	}
	return i
}

// slashed reads statements of responsibility behind " / " in a host.
func (x *reader) slashed(i, limit int) {
	for k := x.responsibility(i, limit); k > 0 && k < limit; {
		end := x.readResponsibilityOfHost(k+1, limit)
		x.take(k, max(end, k+1))
		next := x.responsibility(max(end, k+1), limit)
		if next <= k {
			return
		}
		k = next
	}
}

// readResponsibilityOfHost is readResponsibility for a host: names without a
// role are not the authors of the part.
func (x *reader) readResponsibilityOfHost(i, limit int) int {
	end := i
	for k := i; k < limit; {
		r, names, e, ok := x.roleStatement(k, limit)
		if ok {
			x.credit(r, names, 0.95)
		} else if list, isList := x.peopleAt(k, limit, true); isList {
			if list.role != author {
				x.credit(list.role, list.names, 0.95)
			}
			e, ok = list.end, true
		}
		if !ok {
			break
		}
		x.take(k, e)
		end = e
		j := x.skip(e, ";,", false)
		if j == e || j >= limit || x.taken[j] {
			break
		}
		k = j
	}
	return end
}

func (x *reader) repeatedHost(i int) int {
	j := i
	for j < len(x.t) && x.t[j].is('_') {
		j++
	}
	if j-i < 3 {
		return i
	}
	x.take(i, j)
	return x.skip(j, ".,", false)
}

// hostPeople reads names at the beginning of a host: with a role, or as the
// authors of the whole book.
func (x *reader) hostPeople(i, limit int) (people, bool) {
	capitals := i+1 < limit && x.t[i].kind == word && allUpper(x.word(i)) && len(x.t[i].low) > 2 && x.t[i+1].is(',')
	list, ok := x.peopleAt(i, limit, !capitals)
	if !ok || list.role == author {
		if other, ok2 := x.namesWritten(i, limit); ok2 {
			if r, e := x.roleAfter(other.end); e > other.end {
				other.role, other.end = r, e
				return other, true
			}
		}
		if p, ok2 := x.peopleAt(i, limit, false); ok2 && p.role != author {
			return p, true
		}
	}
	if ok && list.role == author && list.end < limit && x.t[list.end].is(',') {
		if r, e := x.roleAfter(list.end); e > list.end {
			list.role, list.end = r, e
		}
	}
	return list, ok
}

// host finds where the work that it stands in begins: at " // ", at "In: ". host
// is -1 where there is none.
func (x *reader) host(i, limit int) (at, from int) {
	if k := x.slashes(i, limit); k >= 0 {
		x.slashedHost, x.marked = true, true
		return k, k + 2
	}
	for k := i + 1; k+1 < limit; k++ {
		t := &x.t[k]
		if t.kind != word || x.taken[k] || x.depth(k, i) > 0 {
			continue
		}
		next := k + 1
		colon := x.t[next].is(':')
		switch t.low {
		case "in":
			if !(colon || t.upper() && (x.t[next].upper() || x.t[next].kind == mark && isOpenQuote(x.t[next].r) || x.t[next].kind == number) || t.lower() && x.t[next].upper() && (x.t[k-1].is(',') || x.t[k-1].is('.') || isCloseQuote(x.t[k-1].r))) {
				continue
			}
		case "dans", "içinde", "i̇çinde", "dalam":
			if !colon && !(x.t[next].upper() && (x.t[k-1].is(',') || x.t[k-1].is('.') || isCloseQuote(x.t[k-1].r))) {
				continue
			}
		case "у":
			if !colon && !(t.upper() && x.t[k-1].is('.') && x.editorsAt(next, limit)) {
				continue
			}
		case "en":
			if !colon && !(x.t[next].upper() && x.behindQuotation(k)) {
				continue
			}
		case "em", "в", "v", "u", "im", "na":
			if !colon || t.low == "v" && t.lower() {
				continue
			}
		default:
			continue
		}
		if !x.boundary(k, i) && !x.t[k-1].is(',') {
			continue
		}
		if t.low == "in" && !colon && x.t[k-1].is(',') && t.upper() && !x.t[next].upper() {
			continue
		}
		if colon {
			next++
		}
		return k, next
	}
	return -1, -1
}

// behindQuotation: a comma and a closing quotation mark stand before k.
func (x *reader) behindQuotation(k int) bool {
	return k > 1 && (isCloseQuote(x.t[k-1].r) || x.t[k-1].is(',') && x.t[k-2].kind == mark && isCloseQuote(x.t[k-2].r))
}

// editorsAt: names with the mark of a role stand at i.
func (x *reader) editorsAt(i, limit int) bool {
	list, ok := x.peopleAt(i, limit, true)
	return ok && list.role != author
}
