package script

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// system is the kind of writing that decides which keys a word has.
type system uint8

const (
	otherSystem    system = iota // Greek, Arabic, Hangul, figures, …
	latinSystem                  // Latin letters, and those that pass for them
	cyrillicSystem               // more Cyrillic than Latin letters
	kanaSystem                   // kana without Han
	hanSystem                    // Han, also among other letters
)

// mark is a set of things that are no longer seen in bare letters and that
// tell the schemes of romanisation apart.
type mark uint16

const (
	macron      mark = 1 << iota // ā ī ū ē ō: Hepburn
	caron                        // ž č š ŝ: ISO 9 and its kin
	circumflex                   // û â: ISO 9 for ю я; length in Kunrei
	grave                        // è: ISO 9 for э
	diaeresis                    // ë: ё of BGN/PCGN, ISO 9 and ALA-LC
	prime                        // ʹ
	doublePrime                  // ʺ
	slavicC                      // c at the start or between vowels, for ц
	vowelJ                       // j before a vowel
	slavicJ                      // j elsewhere, for й
	umlaut                       // ä ö ü ø å
	greekLetter
	foreign // a letter that is not ASCII without its mark
)

// spelling is a word made ready for the rules: compatibility composed, lower
// case, without what carries no letter.
type spelling struct {
	letters [MaxKeyLetters]rune
	bare    [MaxKeyLetters]rune // the same without their marks
	n       int
	system  system
	marks   mark
	long    bool // there are more letters than have room
}

// read reads a word.
func (w *spelling) read(word string) {
	if isPlain(word) {
		w.readPlain(word)
		return
	}
	latin, cyrillic, kana, han := tally(word)
	switch {
	case han:
		w.system = hanSystem
	case kana:
		w.system = kanaSystem
	case cyrillic > latin:
		w.system = cyrillicSystem
	case latin > 0:
		w.system = latinSystem
	}
	if latin > 0 && cyrillic > 0 && !han && !kana {
		word = Unmix(word)
	}
	var before, twoBefore rune // as written, 0 where the word begins
	for r := range lettersOf(word) {
		w.note(r, before, twoBefore)
		if r != noLetter && !w.put(r) {
			return
		}
		twoBefore, before = before, r
	}
	w.noteJ(0, before)
}

// readPlain is read for a word of ASCII.
func (w *spelling) readPlain(word string) {
	var before, twoBefore rune
	for i := range len(word) {
		r := rune(word[i])
		switch {
		case r >= 'a' && r <= 'z':
			w.system = latinSystem
		case r >= 'A' && r <= 'Z':
			w.system = latinSystem
			r |= 0x20
		case r < '0' || r > '9':
			r = noLetter
		}
		w.noteJ(r, before)
		if before == 'c' && isVowel(r) && (twoBefore == 0 || isVowel(twoBefore)) {
			w.marks |= slavicC
		}
		twoBefore, before = before, r
		if r == noLetter {
			continue
		}
		if w.n == MaxKeyLetters {
			w.long = true
			return
		}
		w.letters[w.n], w.bare[w.n] = r, r
		w.n++
	}
	w.noteJ(0, before)
}

// put reports whether there was room.
func (w *spelling) put(r rune) bool {
	switch r {
	case primeLetter, doublePrimeLetter:
		return true
	}
	if w.n == MaxKeyLetters {
		w.long = true
		return false
	}
	b := bareLetter(r)
	if b >= utf8.RuneSelf {
		w.marks |= foreign
	}
	w.letters[w.n], w.bare[w.n] = r, b
	w.n++
	return true
}

// note keeps in mind what a letter says about the scheme.
func (w *spelling) note(r, before, twoBefore rune) {
	switch r {
	case 'ā', 'ī', 'ū', 'ē', 'ō':
		w.marks |= macron
	case 'ž', 'č', 'š', 'ŝ':
		w.marks |= caron
	case 'û', 'â':
		w.marks |= circumflex
	case 'è':
		w.marks |= grave
	case 'ë':
		w.marks |= diaeresis
	case primeLetter:
		w.marks |= prime
	case doublePrimeLetter:
		w.marks |= doublePrime
	case 'ä', 'ö', 'ü', 'ø', 'å':
		w.marks |= umlaut
	}
	w.noteJ(r, before)
	if before == 'c' && isVowel(r) && (twoBefore == 0 || isVowel(twoBefore)) {
		w.marks |= slavicC
	}
	if r >= 'α' && r <= 'ω' {
		w.marks |= greekLetter
	}
}

// noteJ notes what the letter after j makes of it; noLetter or 0 at the end.
func (w *spelling) noteJ(r, before rune) {
	switch {
	case before != 'j' || r == 'j':
	case isVowel(bareLetter(r)):
		w.marks |= vowelJ
	default:
		w.marks |= slavicJ
	}
}

const (
	// noLetter stands for what lies between letters: it parts them for the eye
	// and is not part of a key.
	noLetter          = -1
	primeLetter       = 'ʹ'
	doublePrimeLetter = 'ʺ'
)

// lettersOf are the letters, figures and marks that count in a word, compatibility
// composed and in lower case; noLetter for anything else but marks above and
// below, which are passed over. The primes of romanised Russian are kept, for
// they tell something.
func lettersOf(word string) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		text := composed(word)
		for i, r := range text {
			switch {
			case r >= 'а' && r <= 'я':
			case r >= 'А' && r <= 'Я':
				r += 'а' - 'А'
			case r >= utf8.RuneSelf && unicode.IsMark(r):
				if !isVowelSign(text[i:], r) {
					continue
				}
			case r == primeLetter || r == doublePrimeLetter:
			case isApostrophe(r) || !unicode.IsLetter(r) && !unicode.IsNumber(r):
				r = noLetter
			default:
				r = unicode.ToLower(r)
			}
			if !yield(r) {
				return
			}
		}
	}
}

// composed is a word in NFKC; quickly for Russian.
func composed(word string) string {
	for _, r := range word {
		if r >= utf8.RuneSelf && (r < 'А' || r > 'я') && r != 'ё' && r != 'Ё' {
			return norm.NFKC.String(word)
		}
	}
	return word
}

// isVowelSign: marks that are letters of their script, as the vowels of Indic
// scripts are, in contrast to accents and points, which are folded away.
func isVowelSign(at string, r rune) bool {
	class := norm.NFC.PropertiesString(at).CCC()
	return (class == 0 || class == 7 || class == 9) && !unicode.Is(unicode.Variation_Selector, r)
}

// tally counts what decides the system of a word.
func tally(word string) (latin, cyrillic int, kana, han bool) {
	for _, r := range word {
		switch {
		case r < utf8.RuneSelf:
			if l := r | 0x20; l >= 'a' && l <= 'z' {
				latin++
			}
		case r < 0x250 || r >= 0x1e00 && r < 0x1f00:
			if unicode.IsLetter(r) {
				latin++
			}
		case r >= 0x400 && r < 0x530:
			cyrillic++
		case r >= 0x3040 && r < 0x3100 || r >= 0x31f0 && r < 0x3200 || r >= 0xff66 && r < 0xffa0:
			kana = true
		case isHan(r):
			han = true
		case r >= 0xff21 && r < 0xff5b, r >= 0xfb00 && r < 0xfb07, r >= 0x1d400 && r < 0x1d6a8:
			latin++ // full width, ligatures, letters of formulas
		}
	}
	return latin, cyrillic, kana, han
}

// isHan: ideographs, and the mark that repeats one.
func isHan(r rune) bool {
	return r >= 0x3400 && r < 0xa000 || r >= 0xf900 && r < 0xfb00 || r >= 0x20000 && r < 0x32000 || r == '々'
}

// bareLetter is a letter without its marks.
func bareLetter(r rune) rune {
	switch {
	case r < 0xc0:
		return r
	case r == 'ς':
		return 'σ'
	case r == 'й':
		return 'и'
	case r >= 'а' && r <= 'я', r >= 0x3000:
		return r // also Hangul, whose syllables come apart, and voiced kana
	}
	var room [utf8.UTFMax]byte
	d := norm.NFD.Properties(room[:utf8.EncodeRune(room[:], r)]).Decomposition()
	if len(d) == 0 {
		return r
	}
	first, _ := utf8.DecodeRune(d)
	return first
}

func isVowel(r rune) bool {
	switch r {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// isOpen: the vowels but y.
func isOpen(r rune) bool { return r != 'y' && isVowel(r) }

// at is the letter at a place, 0 where the word has ended.
func (w *spelling) at(i int) rune {
	if i >= 0 && i < w.n {
		return w.letters[i]
	}
	return 0
}

// has reports whether the letters at a place are those.
func (w *spelling) has(i int, letters string) bool {
	for _, r := range letters {
		if w.at(i) != r {
			return false
		}
		i++
	}
	return true
}

// contains reports whether the letters stand somewhere in the word.
func (w *spelling) contains(letters string) bool {
	for i := range w.n {
		if w.has(i, letters) {
			return true
		}
	}
	return false
}
