package script

// Japanese keys are the sound as Kunrei writes it (ISO 3602), without length
// and with n before b, p and m: Ichirō is itiro, Shimbunsha is sinbunsya. That
// is what Hepburn, Kunrei, Polivanov's Cyrillic and its romanisations have in
// common.

// onset reads the consonants at the start of a mora as Hepburn, Kunrei and old
// habits write them: the consonant of Kunrei (0 for none), whether a y belongs
// to it, how many letters it took, and the vowels that may follow.
func onset(s []byte) (consonant byte, y bool, size int, vowels string) {
	const all, palatal = "aiueo", "auo"
	var next, third byte
	if len(s) > 1 {
		next = s[1]
	}
	if len(s) > 2 {
		third = s[2]
	}
	c := s[0]
	switch c {
	case 'a', 'i', 'u', 'e', 'o':
		return 0, false, 0, all
	case 'k', 'g', 'z', 'n', 'h', 'b', 'p', 'm', 'r':
	case 's':
		if next == 'h' {
			return 's', true, 2, all
		}
	case 't':
		if next == 's' {
			return 't', false, 2, "aueo"
		}
	case 'd':
		switch {
		case next == 'z' && third == 'y':
			return 'z', true, 3, palatal
		case next == 'z':
			return 'z', false, 2, all
		case next == 'j':
			return 'z', true, 2, "aiuo"
		case next == 'y':
			return 'z', true, 2, palatal
		case next == 'i' || next == 'u':
			return 'z', false, 1, all
		}
	case 'c':
		if next == 'h' {
			return 't', true, 2, all
		}
		return 0, false, 0, ""
	case 'f':
		return 'h', false, 1, all
	case 'j':
		if next == 'y' {
			return 'z', true, 2, palatal
		}
		return 'z', true, 1, all
	case 'y':
		return 0, true, 1, palatal
	case 'w':
		if next == 'a' {
			return 'w', false, 1, all
		}
		return 0, false, 1, "oei"
	default:
		return 0, false, 0, ""
	}
	if next == 'y' {
		return c, true, 2, palatal
	}
	return c, false, 1, all
}

// appendMorae appends the Kunrei of a romanised word, and reports whether the
// word is made of morae throughout.
func appendMorae(dst, s []byte) ([]byte, bool) {
	for i := 0; i < len(s); {
		c := s[i]
		consonant, y, size, vowels := onset(s[i:])
		if v := i + size; v < len(s) && hasByte(vowels, s[v]) {
			dst = appendMora(dst, consonant, y, s[v])
			i = v + 1
			continue
		}
		var next byte
		if i+1 < len(s) {
			next = s[i+1]
		}
		switch {
		case c == 'n', c == 'm' && (next == 'b' || next == 'p' || next == 'm'):
			dst = append(dst, 'n')
		case c == 't' && next == 'c' && i+2 < len(s) && s[i+2] == 'h':
			dst = append(dst, 't') // tch is how Hepburn doubles ch
		case c == next && hasByte("kstpcgdbzjfh", c):
			switch c {
			case 'c':
				c = 't'
			case 'j':
				c = 'z'
			case 'f':
				c = 'h'
			}
			dst = append(dst, c)
		default:
			return dst, false
		}
		i++
	}
	return dst, true
}

func appendMora(dst []byte, consonant byte, y bool, vowel byte) []byte {
	if consonant != 0 {
		dst = append(dst, consonant)
	}
	if y && vowel != 'i' {
		dst = append(dst, 'y')
	}
	return append(dst, vowel)
}

func hasByte(s string, c byte) bool {
	for i := range len(s) {
		if s[i] == c {
			return true
		}
	}
	return false
}

// shorten writes long vowels once, in place: ou and oo, uu, aa, ee. Vowels that
// are two sounds (ei, ii, ai, oi) stay.
func shorten(key []byte) []byte {
	return joinPairs(key, func(a, b byte) byte {
		if a == 'o' && (b == 'u' || b == 'o') || a == b && (a == 'u' || a == 'a' || a == 'e') {
			return a
		}
		return 0
	})
}

// addSound adds the Japanese key of a romanisation where it is one.
func (k *keyring) addSound(romaji []byte) bool {
	var room [4 * MaxKeyLetters]byte
	key, ok := appendMorae(room[:0], romaji)
	if !ok || len(key) == 0 {
		return false
	}
	k.add(KeyJapanese, shorten(key))
	return true
}

// addKana adds the Japanese key of a word of kana.
func (k *keyring) addKana(w *spelling) {
	var room [4 * MaxKeyLetters]byte
	romaji := room[:0]
	for i := 0; i < w.n; {
		n, sound := mora(w.letters[i:w.n])
		if sound == "" && w.letters[i] != 'ー' && n == 1 && katakana(w.letters[i]) != 'ッ' {
			return // not kana, or kana that Japanese words do not have
		}
		romaji = append(romaji, sound...)
		i += n
	}
	k.addSound(romaji)
}
