// Package script knows writing systems: which one a text is in, which language
// that makes likely, how letters fold for comparison, how other scripts are
// written in Latin letters, by which keys a word is found whatever it is written
// in, and in which encoding bytes hold them.
//
// Terms: a script is an ISO 15924 code ("Cyrl"); a language is a BCP 47 base
// tag ("ru"); folding loses case, marks and typography on purpose, so that two
// spellings of one word compare equal; a search key is a form that spellings of
// one word in several scripts have in common; a cluster is a set of names that
// mean the same and have no key in common.
//
//	script.Of("Панов")                              // "Cyrl"
//	script.Latin("Ельцин и Хатояма")                // "Yeltsin i Khatoyama"
//	script.Fold("“Нелёгкая” Судьба")                // "\"нелегкая\" судьба"
//	script.Language("О сохранении знаний в отрасли") // "ru"
//	script.AppendKeys(nil, "Хатояма")               // j:hatoyama r:Hatoama
//	script.BuiltinAliases().Append(nil, keys)       // a:鳩山 of such keys
//
// Nothing here is for display of a record: a text is shown as it was printed.
// A language is named only when the evidence is clear; the empty answer means
// that the text does not tell.
package script

import (
	"unicode"
	"unicode/utf8"
)

// scripts are the ones that Of tells apart; more frequent ones first.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin}, {"Cyrl", unicode.Cyrillic}, {"Hani", unicode.Han},
	{"Hira", unicode.Hiragana}, {"Kana", unicode.Katakana}, {"Hang", unicode.Hangul},
	{"Arab", unicode.Arabic}, {"Grek", unicode.Greek}, {"Hebr", unicode.Hebrew},
	{"Deva", unicode.Devanagari}, {"Thai", unicode.Thai}, {"Geor", unicode.Georgian},
	{"Armn", unicode.Armenian}, {"Beng", unicode.Bengali}, {"Taml", unicode.Tamil},
	{"Ethi", unicode.Ethiopic}, {"Mong", unicode.Mongolian}, {"Tibt", unicode.Tibetan},
}

const (
	latn = iota
	cyrl
	hani
	hira
	kana
	hang
	otherScript = 18 // index after the last of scripts
)

// census counts the letters of a text by script.
type census struct {
	of    [otherScript + 1]int
	total int
}

// maxSample bounds how much of a text is looked at, in bytes: what follows
// does not change the answer.
const maxSample = 1200

func sample(s string) string {
	if len(s) <= maxSample {
		return s
	}
	end := maxSample
	for end > 0 && s[end]&0xc0 == 0x80 {
		end--
	}
	return s[:end]
}

func count(s string) census {
	var c census
	s = sample(s)
	for at := 0; at < len(s); {
		place, size := -1, 1
		switch b := s[at]; {
		case b < utf8.RuneSelf:
			place = placeOf(rune(b))
		case (b == 0xd0 || b == 0xd1) && at+1 < len(s) && s[at+1]&0xc0 == 0x80:
			place, size = cyrl, 2 // U+0400 to U+047F
		default:
			var r rune
			r, size = utf8.DecodeRuneInString(s[at:])
			place = placeOf(r)
		}
		if place >= 0 {
			c.of[place]++
			c.total++
		}
		at += size
	}
	return c
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// near holds the answers for the letters that nearly all texts are made of.
var near = func() (t [0x600]int8) {
	for r := range t {
		t[r] = int8(indexOf(rune(r)))
	}
	return t
}()

// placeOf is the place of the letter's script in scripts, -1 for what is no
// letter.
func placeOf(r rune) int {
	if r >= 0 && int(r) < len(near) {
		return int(near[r])
	}
	return indexOf(r)
}

func indexOf(r rune) int {
	switch {
	case r < 0x80:
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return latn
		}
		return -1
	case r >= 0x400 && r < 0x530:
		return cyrl
	case r >= 0x4e00 && r < 0xa000 || r == '々':
		return hani
	case r >= 0x3041 && r < 0x3097:
		return hira
	case r >= 0x30a1 && r < 0x30fb || r == 'ー':
		return kana
	case r >= 0xac00 && r < 0xd7a4:
		return hang
	case !unicode.IsLetter(r):
		return -1
	}
	for i := range scripts {
		if unicode.Is(scripts[i].table, r) {
			return i
		}
	}
	return otherScript
}

// Of is the dominant script of a text, an ISO 15924 code: "Latn", "Cyrl",
// "Jpan" (kana, with or without Han), "Hani" (Han alone), "Hang", "Arab", …
// It is "" for a text without letters and "Zyyy" for letters of a script that
// is not known here. One ideograph weighs as much as two letters.
func Of(s string) string {
	c := count(s)
	return c.dominant()
}

func (c *census) dominant() string {
	if c.total == 0 {
		return ""
	}
	best, weight := "Zyyy", 0
	japanese := c.of[hira] + c.of[kana]
	if east := (c.of[hani] + japanese) * 2; east > 0 {
		best, weight = "Hani", east
		if japanese > 0 && japanese*20 >= c.of[hani] {
			best = "Jpan"
		}
	}
	for i := range scripts {
		n := c.of[i]
		switch i {
		case hani, hira, kana:
			continue
		case hang:
			n *= 2
		}
		if n > weight {
			best, weight = scripts[i].code, n
		}
	}
	return best
}
