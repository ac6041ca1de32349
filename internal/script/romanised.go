package script

// addRussian adds the Russian keys of a Latin word: what its Cyrillic spelling
// may be, read from left to right by every scheme at once. Where schemes differ
// the readings fork.
func (k *keyring) addRussian(w *spelling, japanese bool) {
	var s readings
	s.n = 1
	iso := w.marks&(caron|circumflex|grave|prime|doublePrime|slavicC) != 0
	// where a scheme has w or tsch, or is ISO 9, ch may be х
	german := iso || w.contains("w") || w.contains("tsch")
	for i := 0; i < w.n; {
		n := w.cluster(&s, i, german)
		if n == 0 {
			n = w.glide(&s, i, iso)
		}
		if n == 0 {
			n = w.single(&s, i, iso)
		}
		if n == 0 {
			return
		}
		i += n
	}
	for i := range s.n {
		if n := int(s.size[i]); n >= 3 && string(s.row[i][n-3:n]) == "iie" {
			s.row[i][n-2] = 'e'
			s.size[i]--
		}
	}
	k.addReadings(&s, japanese)
}

// cluster reads the consonants that are written with several letters; how many
// letters it took, 0 where there are none.
func (w *spelling) cluster(s *readings, i int, german bool) int {
	next := w.at(i + 1)
	switch w.letters[i] {
	case 's':
		switch {
		case next == 'c' && w.has(i, "schtsch"):
			s.add('X')
			return 7
		case next == 'c' && w.has(i, "sch"):
			s.fork(MaxKeys, "S", "X")
			return 3
		case next == 'h' && w.at(i+2) == 'h':
			s.add('X')
			return 3
		case next == 'h' && w.has(i, "shch"):
			s.add('X')
			return 4
		case next == 'h':
			s.add('S')
			return 2
		}
	case 'š':
		if next == 'č' {
			s.add('X')
			return 2
		}
	case 'c':
		switch {
		case next == 'z':
			s.add('C')
			return 2
		case next == 'h' && w.has(i, "chtch"):
			s.add('X')
			return 5
		case next == 'h' && german:
			s.fork(MaxKeys, "H", "Q")
			return 2
		case next == 'h':
			s.add('Q')
			return 2
		}
	case 't':
		switch {
		case w.has(i, "tsch"):
			s.add('Q')
			return 4
		case w.has(i, "tch"):
			s.add('Q')
			return 3
		case next == 's' || next == 'z' || next == 'c':
			s.add('C')
			return 2
		}
	case 'z':
		if next == 'h' {
			s.add('Z')
			return 2
		}
	case 'k':
		if next == 'h' {
			s.add('H')
			return 2
		}
	}
	return 0
}

// glide reads i, y and j before a vowel, where they may be a letter, part of
// one, or nothing; how many letters it took, 0 where there is none.
func (w *spelling) glide(s *readings, i int, iso bool) int {
	c, next := w.letters[i], w.at(i+1)
	switch {
	case c != 'i' && c != 'y' && c != 'j':
		return 0
	case c != 'i' && isGlided(next) && !(c == 'j' && iso && (next == 'û' || next == 'â')):
		w.iotated(s, i)
		return 2
	case c == 'i' && next == 'y' && isOpen(w.at(i+2)) && w.at(i+2) != 'i': // Nataliya, Наталья
		s.fork(MaxKeys, "i", "")
		return 1
	case c == 'y' && next == 'i' && w.at(i+2) != 0: // Il'yin, Ильин
		s.fork(MaxKeys, "i", "ii")
		return 2
	case c == 'i' && next == 'o':
		s.fork(MaxKeys, "io", "o", "e")
		return 2
	case c == 'i' && next == 'a':
		s.fork(MaxKeys, "ia", "a")
		return 2
	case c == 'i' && next == 'e':
		s.fork(MaxKeys, "ie", "e")
		return 2
	case c == 'i' && next == 'u':
		s.fork(MaxKeys, "iu", "u")
		return 2
	}
	s.add('i')
	return 1
}

// isGlided: vowels that y and j make я, е, ё, ю of.
func isGlided(r rune) bool {
	switch r {
	case 'a', 'e', 'o', 'u', 'ë', 'â', 'û', 'è':
		return true
	}
	return false
}

// iotated reads y or j and the vowel after it.
func (w *spelling) iotated(s *readings, i int) {
	before := w.at(i - 1)
	switch w.at(i + 1) {
	case 'o':
		if isOpen(before) { // Mayorova beside Fyodor
			s.fork(MaxKeys, "o", "e", "io")
		} else {
			s.fork(MaxKeys, "o", "e")
		}
	case 'ë':
		s.fork(MaxKeys, "o", "e")
	case 'a', 'â':
		s.add('a')
	case 'u', 'û':
		s.add('u')
	case 'e', 'è':
		if w.letters[i] == 'y' && w.letters[i+1] == 'e' && i+2 == w.n && before != 0 && !isVowel(w.bare[i-1]) {
			s.forkTail() // -nye is -ные too
			return
		}
		s.add('e')
	}
}

// forkTail ends every reading with e, and then every one with ie.
func (s *readings) forkTail() {
	n := min(s.n, MaxKeys/2)
	s.n = n
	for i := range n {
		s.row[n+i] = s.row[i]
		s.size[n+i] = s.size[i] + uint8(copy(s.row[n+i][s.size[i]:], "ie"))
	}
	s.add('e')
	s.n = 2 * n
}

// single reads one letter, and reports 0 for a letter of no use here.
func (w *spelling) single(s *readings, i int, iso bool) int {
	c, next := w.letters[i], w.at(i+1)
	switch c {
	case 'ž':
		s.add('Z')
	case 'č':
		s.add('Q')
	case 'š', 'ś':
		s.add('S')
	case 'ŝ':
		s.add('X')
	case 'ë':
		s.fork(MaxKeys, "e", "o")
	case 'x':
		s.fork(MaxKeys, "H", "ks")
	case 'h':
		s.add('H')
	case 'c':
		switch {
		case iso:
			s.add('C')
		case next == 0 || next == 'e' || next == 'i' || next == 'y' || next == 'v': // Dvorcevoj, Vlasovec
			s.fork(MaxKeys, "k", "C")
		default:
			s.add('k')
		}
	case 'w':
		s.add('v')
	case 'q':
		s.add('k')
	default:
		return w.bareSingle(s, i)
	}
	return 1
}

// bareSingle reads a letter that is as good as the one without its mark.
func (w *spelling) bareSingle(s *readings, i int) int {
	b := w.bare[i]
	switch {
	case b == 'y':
		s.add('i')
	case b < 0x80:
		s.add(byte(b))
	default:
		plain := plainLetter(b)
		if plain == "" {
			return 0
		}
		for j := range len(plain) {
			s.add(plain[j])
		}
	}
	return 1
}
