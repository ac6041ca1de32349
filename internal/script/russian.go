package script

// Russian keys are the letters of the Cyrillic spelling in ASCII, one sign a
// letter: capitals for the letters that romanisation writes with several or
// with marks (Z ж, H х, C ц, Q ч, S ш, X щ). Signs are left out, ю and я are u
// and a, for what stands before the vowel is written in too many ways.

// russianCode is the sign of a Cyrillic letter, '-' for one that has none, 0
// for a letter that is not known. ё has two and is not here.
func russianCode(r rune) byte {
	const ofAlphabet = "abvgdeZziiklmnoprstufHCQSX-i-eua" // а to я
	if r >= 'а' && r <= 'я' {
		return ofAlphabet[r-'а']
	}
	switch r {
	case 'ѣ', 'є':
		return 'e'
	case 'ѳ':
		return 'f'
	case 'і', 'ї', 'ѵ', 'ј':
		return 'i'
	case 'ґ', 'ѓ', 'ғ':
		return 'g'
	case 'ў', 'ұ', 'ү':
		return 'u'
	case 'љ':
		return 'l'
	case 'њ', 'ң':
		return 'n'
	case 'ћ':
		return 'Q'
	case 'ђ':
		return 'd'
	case 'џ', 'җ':
		return 'Z'
	case 'ѕ':
		return 'z'
	case 'қ', 'ќ':
		return 'k'
	case 'ә':
		return 'a'
	case 'ө':
		return 'o'
	case 'һ', 'ҳ':
		return 'H'
	case 'ҷ', 'ҹ':
		return 'Q'
	}
	return 0
}

// readings are the ways in which a word can be read, at most MaxKeys.
type readings struct {
	row  [MaxKeys][2*MaxKeyLetters + 8]byte
	size [MaxKeys]uint8
	n    int
}

// add appends a sign to every reading.
func (s *readings) add(sign byte) {
	for i := range s.n {
		s.row[i][s.size[i]] = sign
		s.size[i]++
	}
}

// fork lets every reading go on in several ways; with more than most readings
// the later ones are dropped.
func (s *readings) fork(most int, ways ...string) {
	n := min(most, s.n*len(ways))
	for i := n - 1; i >= 0; i-- {
		from, way := i/len(ways), ways[i%len(ways)]
		size := s.size[from]
		if from != i {
			copy(s.row[i][:size], s.row[from][:size])
		}
		s.size[i] = size + uint8(copy(s.row[i][size:], way))
	}
	s.n = n
}

// addCyrillic adds the Russian keys of a Cyrillic word. A letter of no alphabet
// that is known here ends it.
func (k *keyring) addCyrillic(w *spelling, japanese bool) {
	const most = 8
	var s readings
	s.n = 1
	for i, r := range w.letters[:w.n] {
		switch code := russianCode(r); {
		case r == 'ё':
			s.fork(most, "e", "o")
			continue
		case code == 0 && r >= '0' && r <= '9':
			s.add(byte(r))
		case code == 0:
			if code = russianCode(w.bare[i]); code == 0 {
				return
			}
			s.add(code)
		case code != '-':
			s.add(code)
		}
	}
	k.addReadings(&s, japanese)
}

// addReadings adds each reading as it is compared. A word that reads as
// Japanese too keeps its doubled consonants.
func (k *keyring) addReadings(s *readings, japanese bool) {
	for i := range s.n {
		key := foldTail(s.row[i][:s.size[i]])
		if !japanese {
			key = undouble(key)
		}
		k.add(KeyRussian, key)
	}
}

// foldTail folds what schemes and habits write differently once a word is in
// signs: the ending ий, ый, iy, ii, y; o after a sibilant in -ов and its cases;
// щ as шч, ц as тс.
func foldTail(key []byte) []byte {
	for len(key) > 1 && key[len(key)-1] == 'i' && key[len(key)-2] == 'i' {
		key = key[:len(key)-1]
	}
	for _, after := range [...]string{"", "a", "i", "u", "im", "oi"} {
		v := len(key) - len(after) - 1
		if v >= 2 && key[v] == 'v' && key[v-1] == 'o' && isSibilant(key[v-2]) && string(key[v+1:]) == after {
			key[v-1] = 'e'
		}
	}
	key = joinPairs(key, func(a, b byte) byte {
		if a == 'S' && b == 'Q' {
			return 'X'
		}
		return 0
	})
	return joinPairs(key, func(a, b byte) byte {
		if a == 't' && (b == 'C' || b == 's') {
			return 'C'
		}
		return 0
	})
}

func isSibilant(c byte) bool { return c == 'Z' || c == 'Q' || c == 'S' || c == 'X' }

// undouble writes double consonants once.
func undouble(key []byte) []byte {
	return joinPairs(key, func(a, b byte) byte {
		if a != b {
			return 0
		}
		switch a {
		case 'a', 'e', 'i', 'o', 'u', 'c', 'y':
			return 0
		}
		if a >= '0' && a <= '9' {
			return 0
		}
		return a
	})
}

// joinPairs puts one sign in the place of each pair for which there is one,
// from left to right, in place.
func joinPairs(key []byte, join func(a, b byte) byte) []byte {
	out := key[:0]
	for i := 0; i < len(key); i++ {
		if i+1 < len(key) {
			if c := join(key[i], key[i+1]); c != 0 {
				out = append(out, c)
				i++
				continue
			}
		}
		out = append(out, key[i])
	}
	return out
}
