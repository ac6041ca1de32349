package script

// polivanov reads one mora of Polivanov's Cyrillic, and of the popular
// spellings beside it (ши, чи, джи, е for э), at the start of s, as Kunrei. It
// gives how many letters it took, 0 where there is none.
func polivanov(s []rune) (consonant byte, y bool, vowel byte, size int) {
	if v, y := cyrillicVowel(s[0]); v != 0 {
		return 0, y, v, 1
	}
	if len(s) < 2 {
		return 0, false, 0, 0
	}
	size = 2
	vowels := "аиуэеояюё"
	next := s[1]
	switch s[0] {
	case 'к', 'г', 'н', 'х', 'б', 'п', 'м', 'р', 'с':
		consonant = romanConsonant(s[0])
	case 'т':
		consonant, vowels = 't', "аиэеояюё"
	case 'д':
		switch {
		case next == 'з' && len(s) > 2:
			consonant, next, size = 'z', s[2], 3
		case next == 'ж' && len(s) > 2:
			consonant, y, next, size, vowels = 'z', true, s[2], 3, "аиуо"
		default:
			consonant, vowels = 'd', "аэео"
		}
	case 'з':
		consonant, vowels = 'z', "ауэо"
	case 'ш':
		consonant, y, vowels = 's', true, "аиуео"
	case 'ч':
		consonant, y, vowels = 't', true, "аиуео"
	case 'ц':
		consonant, vowels = 't', "у"
	case 'ф':
		consonant, vowels = 'h', "у"
	case 'в':
		consonant, vowels = 'w', "а"
	default:
		return 0, false, 0, 0
	}
	for _, r := range vowels {
		if r == next {
			v, soft := cyrillicVowel(r)
			return consonant, y || soft, v, size
		}
	}
	return 0, false, 0, 0
}

func cyrillicVowel(r rune) (vowel byte, y bool) {
	switch r {
	case 'а':
		return 'a', false
	case 'и':
		return 'i', false
	case 'у':
		return 'u', false
	case 'э', 'е':
		return 'e', false
	case 'о':
		return 'o', false
	case 'я':
		return 'a', true
	case 'ю':
		return 'u', true
	case 'ё':
		return 'o', true
	}
	return 0, false
}

func romanConsonant(r rune) byte {
	switch r {
	case 'к':
		return 'k'
	case 'г':
		return 'g'
	case 'н':
		return 'n'
	case 'х':
		return 'h'
	case 'б':
		return 'b'
	case 'п':
		return 'p'
	case 'м':
		return 'm'
	case 'р':
		return 'r'
	case 'с':
		return 's'
	}
	return 0
}

// appendPolivanov appends the Kunrei of a Cyrillic word, and reports whether
// the word is made of morae throughout.
func appendPolivanov(dst []byte, s []rune) ([]byte, bool) {
	for i := 0; i < len(s); {
		if consonant, y, vowel, size := polivanov(s[i:]); size > 0 {
			dst = appendMora(dst, consonant, y, vowel)
			i += size
			continue
		}
		var next rune
		if i+1 < len(s) {
			next = s[i+1]
		}
		switch c := s[i]; {
		case c == 'й' && i > 0 && endsSyllable(s[i-1]):
			dst = append(dst, 'i')
		case c == 'н' || c == 'м':
			dst = append(dst, 'n')
		case c == next && (c == 'к' || c == 'с' || c == 'п'):
			dst = append(dst, romanConsonant(c))
		case c == next && c == 'т':
			dst = append(dst, 't')
		default:
			return dst, false
		}
		i++
	}
	return dst, true
}

// endsSyllable: after these vowels й is い.
func endsSyllable(r rune) bool {
	switch r {
	case 'а', 'о', 'у', 'э', 'е', 'ё':
		return true
	}
	return false
}

// addPolivanov adds the Japanese keys of a Cyrillic word, and reports whether
// it has any. Beside the word as it is there is one with ио and йо as ё (Токио,
// Йокосука), and one with е as ё, whose dots are often not printed (Есида).
func (k *keyring) addPolivanov(w *spelling) bool {
	var room, joined, dotted [MaxKeyLetters]rune
	word, short, withDots := room[:0], joined[:0], dotted[:0]
	for i, r := range w.letters[:w.n] {
		if r == 'ъ' || r == 'ь' {
			continue
		}
		if r != 'й' && r != 'ё' {
			r = w.bare[i] // length is written with a macron
		}
		word = append(word, r)
		if n := len(short); r == 'о' && n > 0 && (short[n-1] == 'и' || short[n-1] == 'й') {
			short[n-1] = 'ё'
		} else {
			short = append(short, r)
		}
		if r == 'е' {
			r = 'ё'
		}
		withDots = append(withDots, r)
	}
	any := false
	for _, s := range [...][]rune{word, short, withDots} {
		var room [3 * MaxKeyLetters]byte
		if key, ok := appendPolivanov(room[:0], s); ok && len(key) > 0 {
			k.add(KeyJapanese, shorten(key))
			any = true
		}
	}
	return any
}
