package script

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// cyrillic is BGN/PCGN 1947 for Russian in plain ASCII: soft and hard signs
// and the optional dots are left out. е and ё depend on the letter before them.
// Letters of kindred alphabets follow their usual plain forms.
var cyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z",
	'и': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r",
	'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh",
	'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'ѣ': "e", 'ѳ': "f", 'ѵ': "i", 'і': "i", 'ї': "yi", 'є': "ye", 'ґ': "g", 'ў': "u",
	'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'ђ': "dj", 'џ': "dz", 'ѓ': "gj", 'ќ': "kj", 'ѕ': "dz",
	'ә': "a", 'ғ': "gh", 'қ': "q", 'ң': "ng", 'ө': "o", 'ұ': "u", 'ү': "u", 'һ': "h", 'җ': "zh",
}

var greek = map[rune]string{
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i",
	'κ': "k", 'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s",
	'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// Latin writes a text in ASCII: Cyrillic by BGN/PCGN 1947 without signs, kana
// by Hepburn without length, Greek plainly, Latin letters without marks. Letter
// case is kept ("Щ" is "Shch"). Letters of other scripts, Han among them, are
// dropped, for their sound is not in their form. It is made for addresses and
// sort keys; it cannot be turned back.
func Latin(s string) string {
	out, _ := latin(s)
	return out
}

// latin also counts the letters that were dropped.
func latin(s string) (out string, dropped int) {
	if isPlain(s) {
		return s, 0
	}
	var b strings.Builder
	b.Grow(len(s))
	var before rune // lower case; 0 where a word begins
	text := []rune(norm.NFKC.String(s))
	for i := 0; i < len(text); i++ {
		r := text[i]
		lower := unicode.ToLower(r)
		switch latin, known := cyrillic[lower]; {
		case r < 0x80:
			b.WriteByte(byte(r))
		case known:
			if (lower == 'е' || lower == 'ё') && softens(before) {
				latin = "ye"
			}
			writeCased(&b, latin, r != lower, i+1 < len(text) && unicode.IsUpper(text[i+1]))
		case r >= 0x3041 && r <= 0x30fc:
			n, sound := mora(text[i:])
			b.WriteString(sound)
			i += n - 1
		default:
			if g, ok := greek[bareLetter(lower)]; ok {
				writeCased(&b, g, r != lower, false)
			} else if !writePlain(&b, r) {
				dropped++
			}
		}
		before = 0
		if unicode.IsLetter(lower) {
			before = lower
		}
	}
	return b.String(), dropped
}

// softens: after these letters, and at the start of a word, е is ye.
func softens(before rune) bool {
	return before == 0 || strings.ContainsRune("аеёиоуыэюяйъь", before)
}

func writeCased(b *strings.Builder, s string, upper, nextUpper bool) {
	switch {
	case !upper || s == "":
		b.WriteString(s)
	case nextUpper:
		b.WriteString(strings.ToUpper(s))
	default:
		b.WriteString(strings.ToUpper(s[:1]) + s[1:])
	}
}

// writePlain writes what folding makes of one rune as far as it is ASCII, and
// reports whether a letter was kept.
func writePlain(b *strings.Builder, r rune) bool {
	if r < 0x80 {
		b.WriteByte(byte(r))
		return true
	}
	folded := Fold(string(r))
	kept := !unicode.IsLetter(r)
	for i, f := range folded {
		if f >= 0x80 {
			continue
		}
		kept = true
		if i == 0 && unicode.IsUpper(r) {
			f = unicode.ToUpper(f)
		}
		b.WriteByte(byte(f))
	}
	return kept
}

// Slug is the text as part of an address: words of a–z and 0–9 joined by
// hyphens, at most max bytes, cut at a word where that leaves at least half.
// It is "" where most letters have no Latin form, or nothing remains.
func Slug(s string, max int) string {
	text, dropped := latin(s)
	b := make([]byte, 0, min(len(text), max+1))
	letters := 0
	for i := range len(text) {
		c := text[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		switch {
		case c >= 'a' && c <= 'z':
			letters++
			b = append(b, c)
		case c >= '0' && c <= '9':
			b = append(b, c)
		case c == '\'':
			// inside a word: Tokyo's is tokyos
		case len(b) > 0 && b[len(b)-1] != '-':
			b = append(b, '-')
		}
	}
	if dropped > letters || max <= 0 {
		return ""
	}
	slug := strings.Trim(string(b), "-")
	if len(slug) <= max {
		return slug
	}
	cut := slug[:max]
	if slug[max] != '-' {
		if i := strings.LastIndexByte(cut, '-'); i >= max/2 {
			cut = cut[:i]
		}
	}
	return strings.Trim(cut, "-")
}
