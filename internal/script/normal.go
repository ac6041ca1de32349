package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normal is the form of a word for exact comparison: every letter with its
// marks is kept, ё is not е; what only typography tells apart is folded. That
// is case (ß is ss, ς is σ), width and ligatures (NFKC), the shape of apostrophes
// and hyphens, soft hyphens and other invisible characters, and letters of the
// wrong script (see Unmix). Blanks at the ends go.
func Normal(word string) string {
	if isPlain(word) {
		return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(word), "`", "'"))
	}
	text := strings.TrimSpace(Unmix(norm.NFKC.String(dropInvisible(word))))
	out := make([]byte, 0, len(text))
	for _, r := range text {
		switch r = unicode.ToLower(r); {
		case r == 'ß':
			out = append(out, "ss"...)
		case r == 'ς':
			out = append(out, "σ"...)
		case r == '"' || r == primeLetter || r == doublePrimeLetter || !isApostrophe(r):
			if unicode.Is(unicode.Pd, r) && r != '〜' && r != '゠' {
				r = '-'
			}
			out = utf8.AppendRune(out, r)
		case r == '“' || r == '”' || r == '″':
			out = append(out, '"')
		case r == '·' || r == '•':
			out = utf8.AppendRune(out, '·')
		default:
			out = append(out, '\'')
		}
	}
	return string(out)
}

func dropInvisible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isInvisible(r):
			return -1
		case r == '´', r == '΄': // a blank and a mark in NFKC
			return '\''
		}
		return r
	}, s)
}

// isInvisible: what a word may hold without being seen, the soft hyphen first.
func isInvisible(r rune) bool {
	switch r {
	case 0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff:
		return true
	}
	return false
}

// isApostrophe: the marks that romanised Russian, romanised Japanese and print
// put between letters for a soft or hard sign, a syllable's border, the dot of
// BGN/PCGN, or nothing.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '‛', 'ʼ', 'ʻ', 'ʽ', '`', '´', '′', '″', '"', '“', '”', '·', '•', primeLetter, doublePrimeLetter:
		return true
	}
	return false
}

const (
	cyrillicTwins = "АВЕКМНОРСТУХаекорсухіјѕІЈЅ"
	latinTwins    = "ABEKMHOPCTYXaekopcyxijsIJS"
)

// Unmix mends a word of two scripts whose letters look alike: in a word that is
// mostly Latin the Cyrillic letters that have a Latin twin become Latin, in one
// that is mostly Cyrillic the reverse. A word of one script is not touched, nor
// is one of Han or kana.
func Unmix(word string) string {
	if isPlain(word) {
		return word
	}
	latin, cyrillic, kana, han := tally(word)
	if latin == 0 || cyrillic == 0 || kana || han {
		return word
	}
	to := latinTwins
	if cyrillic > latin {
		to = cyrillicTwins
	}
	return strings.Map(func(r rune) rune { return twin(r, to) }, word)
}

// twin is the letter that looks like r in the script of to, r where there is
// none.
func twin(r rune, to string) rune {
	for _, from := range [...]string{cyrillicTwins, latinTwins} {
		if from == to {
			continue
		}
		place := 0
		for _, f := range from {
			if f == r {
				for _, t := range to {
					if place == 0 {
						return t
					}
					place--
				}
			}
			place++
		}
	}
	return r
}

// greekName is how a Greek letter is called, "" for anything else.
func greekName(r rune) string {
	const names = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega "
	if r < 'α' || r > 'ω' {
		return ""
	}
	rest := names
	for range r - 'α' {
		rest = rest[strings.IndexByte(rest, ' ')+1:]
	}
	return rest[:strings.IndexByte(rest, ' ')]
}
