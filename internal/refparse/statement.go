package refparse

import "offprint/internal/journal"

// lawInTitle reads a law under its title: "Об архивном деле: федер. закон от 22 окт.
// 2004 г. № 125-ФЗ". It is where the statement ends, or i.
func (x *reader) lawInTitle(i, limit int) int {
	for k := i + 1; k+2 < limit && k < i+40; k++ {
		if x.taken[k] || x.t[k].is('.') && x.stops(k, limit) {
			return i
		}
		if !x.t[k].is(':') || x.depth(k, i) > 0 || !x.lawWord(k+1, limit) {
			continue
		}
		for n := k + 1; n < limit && n < k+24; n++ {
			f, at := x.labelAt(n)
			if f != issue {
				continue
			}
			end := x.lawNumber(at)
			x.titleOriginal(i, k, 0.93)
			x.set("item_number", &x.r.ItemNumber, x.text(at, end), 0.93)
			for d := k + 1; d < n; d++ {
				if w, ok := x.dateAt(d); ok && w.exact() {
					x.setIssued(w, 0.9)
					break
				}
			}
			x.r.Type = "legislation"
			x.take(i, end)
			return end
		}
		return i
	}
	return i
}

// lawWord: one of the first words is that of a law.
func (x *reader) lawWord(i, limit int) bool {
	for k := i; k < limit && k < i+4; k++ {
		if x.t[k].kind == word && (laws[x.t[k].low] || x.t[k].low == "федер" || x.t[k].low == "постанова" || x.t[k].low == "наказ") {
			return true
		}
	}
	return false
}

// jurisdiction reads "Российская Федерация. Законы." as the author of a law, and what
// the law is. It is where the imprint begins, or i.
func (x *reader) jurisdiction(i int) int {
	k := i
	for k < len(x.t) && k < i+6 && x.t[k].kind == word {
		k++
	}
	if k == i || k+2 >= len(x.t) || !x.t[k].is('.') || x.t[k+1].low != "законы" && x.t[k+1].low != "laws" || !x.t[k+2].is('.') {
		return i
	}
	x.credit(author, []journal.Name{{Literal: x.text(i, k+2)}}, 0.93)
	x.take(i, k+3)
	begin := k + 3
	end := begin
	for end < len(x.t) && !x.taken[end] && !(x.t[end].isDash() && x.t[end].gap && end > begin && x.t[end-1].is('.')) {
		end++
	}
	stop := end
	for c := begin; c < end; c++ {
		if x.t[c].is(':') && x.t[c].gap {
			stop = c
			break
		}
	}
	x.titleOriginal(begin, stop, 0.93)
	for n := stop; n < end; n++ {
		if f, at := x.labelAt(n); f == issue {
			x.set("item_number", &x.r.ItemNumber, x.text(at, x.lawNumber(at)), 0.93)
			break
		}
	}
	x.r.Type = "legislation"
	x.take(begin, end)
	return end
}

// lawTranslation reads the translation of a law in brackets behind its title, of which the
// part in quotation marks is that of the title. It is the last token of what was read.
func (x *reader) lawTranslation(close, limit int) int {
	open := close + 1
	if open >= limit || !x.t[open].is('[') || x.pair[open] < 0 || x.taken[open] {
		return close
	}
	end := int(x.pair[open])
	from, to := open+1, end
	for k := from; k < end; k++ {
		if p := int(x.pair[k]); x.t[k].kind == mark && isOpenQuote(x.t[k].r) && p > k && p < end {
			from, to = k+1, p
			break
		}
	}
	x.set("title_translated", &x.r.TitleTranslated, x.clean(from, to), 0.9)
	x.take(open, end+1)
	return end
}

// yearOf is the year of a date.
func yearOf(d journal.Date) int {
	year := 0
	for _, c := range string(d[:min(len(d), 4)]) {
		year = year*10 + int(c-'0')
	}
	return year
}

// dayOfYear completes a date of which the head has the year: "(2019) …, The Guardian, 3
// May, p. 28".
func (x *reader) dayOfYear(i, limit int) {
	if len(x.r.Issued) != 4 || !x.dateFirst {
		return
	}
	year := yearOf(x.r.Issued)
	for k := i; k < limit; k++ {
		if x.taken[k] || !x.startsPart(k, i) {
			continue
		}
		day, month, end := 0, 0, k
		if d, e := x.dayAt(k); d > 0 && x.monthAt(e) > 0 {
			day, month, end = d, x.monthAt(e), e+1
		} else if m := x.monthAt(k); m > 0 {
			if d, e := x.dayAt(k + 1); d > 0 {
				day, month, end = d, m, e
			}
		}
		if day == 0 || !x.endsPart(end, limit) || x.yearAt(x.skip(end, ",. ", false)) {
			continue
		}
		if d, ok := dateOf(year, month, day); ok {
			x.r.Issued = d
			x.take(k, end)
		}
		return
	}
}
