package refparse

// volumesInTitle takes "В 4 томах. Т. 3. И–Р" from the end of a title: how many there
// are, which one, and its own title. It is where the title of the whole ends.
func (x *reader) volumesInTitle(i, limit int) int {
	for k := i + 2; k+2 < limit; k++ {
		if x.t[k].low != "в" && x.t[k].low != "in" && x.t[k].low != "у" || x.t[k+1].kind != number || !countedIn[x.t[k+2].low] || !x.boundary(k, i) && !x.t[k-1].is(':') {
			continue
		}
		v := x.skip(k+3, ".:", false)
		if v < limit {
			if f, at := x.labelAt(v); f == volume || f == part {
				end := x.numberEnd(at)
				if f == volume {
					x.set("volume", &x.r.Volume, x.text(at, end), 0.95)
				} else {
					x.set("part", &x.r.Part, x.text(at, end), 0.95)
				}
				if own := x.clean(x.skip(end, ".:,", false), limit); own != "" {
					x.set("volume_title", &x.r.VolumeTitle, own, 0.85)
				}
			}
		}
		x.take(k, limit)
		return k
	}
	return limit
}

// countAtEnd is where a title ends without "в 9 т." behind it.
func (x *reader) countAtEnd(i, j int) int {
	k := j - 1
	for k > i && x.t[k].is('.') {
		k--
	}
	if k-3 > i && countedIn[x.t[k].low] && x.t[k-1].kind == number && (x.t[k-2].low == "в" || x.t[k-2].low == "in" || x.t[k-2].low == "у") && (x.t[k-3].is(':') || x.t[k-3].is('.')) {
		return k - 3
	}
	return j
}

// mostVolumeTitle bounds the title of a volume, in tokens.
const mostVolumeTitle = 40

// volumeTitle takes what a volume behind its number is called: "t. 1 : Nouveaux
// problèmes, Paris, Gallimard", "Т. 1: Семиотика истории. Семиотика культуры. М.: …".
func (x *reader) volumeTitle(i, limit int) {
	if x.r.VolumeTitle != "" {
		return
	}
	for k := i + 1; k < limit; k++ {
		f, v := x.labelAt(k)
		if f != volume && f != instalment || !x.boundary(k, i) {
			continue
		}
		from := x.numberEnd(v) + 1
		if from >= limit || !x.t[from-1].is(':') || !x.t[from].upper() {
			continue
		}
		if end := x.volumeTitleEnd(from, min(limit, from+mostVolumeTitle)); end > from {
			x.set("volume_title", &x.r.VolumeTitle, x.clean(from, end), 0.9)
			x.take(from, end)
		}
		return
	}
}

// volumeTitleEnd is where an imprint, a role or pages follow the title of a volume, or i
// where none does.
func (x *reader) volumeTitleEnd(i, limit int) int {
	for k := i; k+1 < limit; k++ {
		t := &x.t[k]
		if x.taken[k] {
			return k
		}
		if p := int(x.pair[k]); p > k {
			k = p
			continue
		}
		if t.isDash() && t.gap && k > i && x.t[k-1].is('.') {
			return k
		}
		if (t.is('.') || t.is(',')) && x.afterTitle(k+1, limit) {
			return k
		}
	}
	return i
}

// afterTitle: what stands at k belongs to the imprint or the pages of a volume.
func (x *reader) afterTitle(k, limit int) bool {
	t := &x.t[k]
	if t.kind == number {
		return k+1 < limit && totals[x.t[k+1].low]
	}
	if f, _ := x.labelAt(k); f == pages || isRole(t.low) {
		return true
	}
	return x.placeForward(k, limit) > k || t.upper() && (placeShort[t.low] || places[t.low] && x.yearAt(k+1))
}

// countedIn are the words for the parts of a work in several.
var countedIn = wordSet("томах т частях ч кн книгах vols volumes bänden tomes tomos")

// readVolumeBehind takes "Т. 1." at the end of a title.
func (x *reader) readVolumeBehind(i, limit int) {
	for k := limit - 1; k > i; k-- {
		if f, v := x.labelAt(k); f == volume || f == instalment {
			end := x.numberEnd(v)
			if x.skip(end, ".,;", false) >= limit {
				x.set("volume", &x.r.Volume, x.text(v, end), 0.95)
				x.take(k, limit)
			} else if end+1 < limit && x.t[end].is(':') && x.t[k-1].is('.') { // "Т. 22: 1939 год. Кн. 1"
				stop := limit
				for m := end + 1; m+1 < limit; m++ {
					if g, _ := x.labelAt(m + 1); x.t[m].is('.') && g == part {
						stop = m
						break
					}
				}
				x.set("volume", &x.r.Volume, x.text(v, end), 0.95)
				x.set("volume_title", &x.r.VolumeTitle, x.clean(end+1, stop), 0.9)
				x.take(k, limit)
			}
			return
		}
	}
}
