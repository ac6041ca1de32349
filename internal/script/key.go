package script

import (
	"bytes"
	"unicode/utf8"
)

// The spaces of search keys. A key is its space followed by what was made of
// the word; spaces never mix.
const (
	KeyLatin    = "l:" // the letters, lower case, without marks
	KeyJapanese = "j:" // Japanese sound, as Kunrei without length
	KeyRussian  = "r:" // Cyrillic letters, glides left out
	KeyHan      = "h:" // ideographs and kana, old forms as new ones
	KeyAlias    = "a:" // name of a cluster, see Aliases
)

const (
	// MaxKeys is the most keys that one word has by rule.
	MaxKeys = 24
	// MaxKeyLetters is the longest word that is read as Russian or Japanese.
	// What is longer is a formula, an address or damage, and has one key.
	MaxKeyLetters = 64
	// maxPlainLetters is how much of such a word its one key holds.
	maxPlainLetters = 256
)

// AppendKeys appends the search keys of a word to dst, each once. Two words
// are forms of one name, whatever they are written in, where they have a key in
// common:
//
//	AppendKeys(nil, "Khatoyama") // l:khatoyama j:hatoyama r:Hatoama
//	AppendKeys(nil, "Хатояма")   // j:hatoyama r:Hatoama
//	AppendKeys(nil, "はとやま")      // j:hatoyama h:はとやま
//
// A word of Latin letters is read as Russian by every scheme in use (BGN/PCGN,
// ISO 9, GOST 7.79, ALA-LC, passports, German and French habits) and as
// Japanese by Hepburn, Kunrei and Polivanov; one of Cyrillic letters as Russian
// and by Polivanov; kana by their sound. Ideographs have no sound by rule: what
// they have in common with other writing is for Aliases to say. Letters of any
// other script have one plain key. Apostrophes, hyphens and blanks in a word do
// not count, so that a phrase may be given with its words joined.
//
// A word without letters and figures has no keys. There are at most MaxKeys;
// the order is stable, the surest first.
func AppendKeys(dst []string, word string) []string {
	var w spelling
	var ring keyring
	w.read(word)
	switch {
	case w.n == 0:
		return dst
	case w.long:
		ring.addLong(word, w.system)
	default:
		ring.addAll(&w)
	}
	return ring.appendTo(dst)
}

// addAll adds the keys of every space that the system of the word opens.
func (k *keyring) addAll(w *spelling) {
	switch w.system {
	case hanSystem:
		k.addHan(w)
	case kanaSystem:
		k.addKana(w)
		k.addHan(w)
	case cyrillicSystem:
		japanese := k.addPolivanov(w)
		k.addCyrillic(w, japanese)
		if k.n == 0 {
			k.addPlain(w)
		}
	case latinSystem:
		k.addPlain(w)
		japanese := k.addRomaji(w)
		if !(japanese && w.onlyJapanese()) {
			k.addRussian(w, japanese)
		}
	default:
		k.addPlain(w)
	}
}

// onlyJapanese: a Latin word that reads as Japanese is not read as Russian too
// where its spelling is Hepburn's own. A macron is; j is, for it is no glide
// there, unless another letter says that it is one.
func (w *spelling) onlyJapanese() bool {
	return w.marks&macron != 0 && w.marks&caron == 0 ||
		w.marks&vowelJ != 0 && w.marks&(caron|circumflex|prime|slavicJ) == 0
}

// keyring collects keys without keeping each apart in memory: all of a word
// become parts of one string.
type keyring struct {
	room [192]byte
	more []byte // takes over from room where that is too short
	size int
	ends [MaxKeys]uint16
	n    int
}

// add adds a key unless it is there already, is empty or is one too many.
func (k *keyring) add(space string, key []byte) {
	if k.n == MaxKeys || len(key) == 0 {
		return
	}
	size := len(space) + len(key)
	text := k.text()
	start := 0
	for _, end := range k.ends[:k.n] {
		have := text[start:end]
		if len(have) == size && have[0] == space[0] && bytes.Equal(have[len(space):], key) {
			return
		}
		start = int(end)
	}
	if k.more == nil && k.size+size <= len(k.room) {
		copy(k.room[k.size:], space)
		copy(k.room[k.size+len(space):], key)
	} else {
		if k.more == nil {
			k.more = append(make([]byte, 0, 1024), k.room[:k.size]...)
		}
		k.more = append(append(k.more, space...), key...)
	}
	k.size += size
	k.ends[k.n] = uint16(k.size)
	k.n++
}

func (k *keyring) text() []byte {
	if k.more != nil {
		return k.more
	}
	return k.room[:k.size]
}

func (k *keyring) appendTo(dst []string) []string {
	text := string(k.text())
	start := 0
	for _, end := range k.ends[:k.n] {
		dst = append(dst, text[start:end])
		start = int(end)
	}
	return dst
}

// addPlain adds the Latin space: letters of any script but Han, kana and
// Cyrillic, without marks. Where a German or Scandinavian writes ae, oe, ue, aa
// for a letter with a mark, and where a Greek letter stands for its name
// (β-blocker), there is a second key.
func (k *keyring) addPlain(w *spelling) {
	var room, other [4 * MaxKeyLetters]byte
	key, second := room[:0], other[:0]
	differs := false
	for i, r := range w.letters[:w.n] {
		b := w.bare[i]
		switch {
		case b < utf8.RuneSelf:
			key = append(key, byte(b))
		case plainLetter(b) != "":
			key = append(key, plainLetter(b)...)
		default:
			key = utf8.AppendRune(key, b)
		}
		if w.marks&(umlaut|greekLetter) != 0 {
			spelt := w.spelt(r, b)
			differs = differs || spelt != ""
			if spelt == "" {
				second = utf8.AppendRune(second, b)
			} else {
				second = append(second, spelt...)
			}
		}
	}
	k.add(KeyLatin, key)
	if differs {
		k.add(KeyLatin, second)
	}
}

func (k *keyring) addHan(w *spelling) {
	var room [4 * MaxKeyLetters]byte
	k.add(KeyHan, appendHan(room[:0], w.letters[:w.n]))
}

// spelt is how a letter is written out in a second plain key, "" where it is
// not.
func (w *spelling) spelt(r, bare rune) string {
	switch r {
	case 'ä':
		return "ae"
	case 'ö', 'ø':
		return "oe"
	case 'ü':
		return "ue"
	case 'å':
		return "aa"
	}
	if w.marks&greekLetter != 0 && (w.system == latinSystem || w.n == 1) {
		return greekName(bare)
	}
	return plainLetter(bare)
}

// addLong adds the one key of a word that is too long for the rules.
func (k *keyring) addLong(word string, s system) {
	room := make([]rune, 0, maxPlainLetters)
	for r := range lettersOf(word) {
		if len(room) == maxPlainLetters {
			break
		}
		room = append(room, r)
	}
	if s == hanSystem || s == kanaSystem {
		k.add(KeyHan, appendHan(nil, room))
		return
	}
	var key []byte
	for _, r := range room {
		b := bareLetter(r)
		if p := plainLetter(b); p != "" {
			key = append(key, p...)
		} else {
			key = utf8.AppendRune(key, b)
		}
	}
	k.add(KeyLatin, key)
}
