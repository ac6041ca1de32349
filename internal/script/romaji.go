package script

import "bytes"

// spellings are the ways to write one word in the letters that onset reads, one
// after the other in text. What has no room is left out.
type spellings struct {
	text [10 * MaxKeyLetters]byte
	ends [32]uint16
	n    int
}

func (s *spellings) start(i int) int {
	if i == 0 {
		return 0
	}
	return int(s.ends[i-1])
}

func (s *spellings) at(i int) []byte { return s.text[s.start(i):s.ends[i]] }

// next is where another spelling is appended.
func (s *spellings) next() []byte {
	start := s.start(s.n)
	return s.text[start:start]
}

// keep keeps what was appended to next if it differs from another spelling.
func (s *spellings) keep(made, from []byte) {
	end := s.start(s.n) + len(made)
	if s.n < len(s.ends) && end <= len(s.text) && !bytes.Equal(made, from) {
		s.ends[s.n] = uint16(end)
		s.n++
	}
}

// rewriting is a habit of writing Japanese in Latin letters that onset does not
// know, and how to undo it. Each is seen by one letter.
type rewriting uint8

const (
	yAsI    rewriting = iota // BGN/PCGN: y that no vowel follows (Koydzumi)
	jAsI                     // ISO 9: j likewise (Hokkajdo)
	khAsH                    // BGN/PCGN of Polivanov (Khatoyama)
	ohAsO                    // h that only says that o is long (Ohno, Itoh)
	cuAsTsu                  // ISO 9 of Polivanov (Macumoto)
	iAsY                     // i between a consonant and a vowel (siu, Kioto)
)

// rewrite adds what undoing the habit makes of the first n spellings.
func (s *spellings) rewrite(n int, habit rewriting) {
	for i := range n {
		from := s.at(i)
		if bytes.IndexByte(from, "yjkhci"[habit]) < 0 {
			continue
		}
		s.keep(habit.undo(s.next(), from), from)
	}
}

// undo appends a spelling without the habit.
func (h rewriting) undo(dst, from []byte) []byte {
	for i, c := range from {
		var before, next byte
		if i > 0 {
			before = from[i-1]
		}
		if i+1 < len(from) {
			next = from[i+1]
		}
		switch {
		case h == yAsI && c == 'y' && !isOpen(rune(next)), h == jAsI && c == 'j' && next != 'j' && !isVowel(rune(next)):
			c = 'i'
		case h == khAsH && c == 'k' && next == 'h':
			continue
		case h == ohAsO && c == 'h' && before == 'o' && !isVowel(rune(next)):
			continue
		case h == cuAsTsu && c == 'c' && next == 'u':
			dst = append(dst, 't')
			c = 's'
		case h == iAsY && c == 'i' && hasByte("kgnhbpmrstz", before) && hasByte("aou", next):
			c = 'y'
		}
		dst = append(dst, c)
	}
	return dst
}

// addRomaji adds the Japanese keys of a Latin word, and reports whether it has
// any.
func (k *keyring) addRomaji(w *spelling) bool {
	if w.marks&foreign != 0 || !w.mayBeRomaji() {
		return false
	}
	var s spellings
	word := s.next()
	for _, r := range w.bare[:w.n] {
		word = append(word, byte(r))
	}
	s.keep(word, nil)
	if w.marks&(circumflex|grave|diaeresis) != 0 { // Polivanov romanised: Hatoâma, Tokë
		s.keep(w.appendIotated(s.next()), word)
	}
	s.rewrite(s.n, yAsI)
	s.rewrite(s.n, jAsI)
	s.rewrite(s.n, khAsH)
	s.rewrite(1, ohAsO)
	if len(word) > 1 && word[1] == 'e' && (word[0] == 'y' || word[0] == 'i') { // Yesida is Ёсида
		s.keep(append(append(s.next(), "yo"...), word[2:]...), word)
		s.keep(append(append(s.next(), 'e'), word[2:]...), word)
	}
	s.rewrite(1, cuAsTsu)
	s.rewrite(s.n, iAsY)
	if len(word) > 1 && word[0] == 'i' && hasByte("aou", word[1]) { // Iosida
		for i := range s.n {
			s.keep(append(append(s.next(), 'y'), s.at(i)[1:]...), word)
		}
	}
	any := false
	for i := range s.n {
		any = k.addSound(s.at(i)) || any
	}
	return any
}

// mayBeRomaji is a quick look that spares most words the reading: a Japanese
// word ends in a vowel or n and has no l, q, v or x.
func (w *spelling) mayBeRomaji() bool {
	if !hasByte("aiueoynhj", byte(w.bare[w.n-1])) {
		return false
	}
	for i, r := range w.bare[:w.n] {
		switch r {
		case 'l', 'q', 'v', 'x':
			return false
		case 'c':
			if i+1 == w.n || !hasByte("huc", byte(w.bare[i+1])) {
				return false
			}
		default:
			if r < 'a' || r > 'z' {
				return false
			}
		}
	}
	return true
}

// appendIotated writes the word with â, û and ë as ya, yu and yo.
func (w *spelling) appendIotated(dst []byte) []byte {
	start := len(dst)
	for i, r := range w.letters[:w.n] {
		b := byte(w.bare[i])
		if r == 'â' || r == 'û' || r == 'ë' {
			if len(dst) == start || dst[len(dst)-1] != 'y' {
				dst = append(dst, 'y')
			}
			if r == 'ë' {
				b = 'o'
			}
		}
		dst = append(dst, b)
	}
	return dst
}
