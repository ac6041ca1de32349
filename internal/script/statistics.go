package script

import (
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// frequency of the letters of Russian text per thousand letters (the corpus
// figures of Lyashevskaya and Sharov, rounded), with the letters that Ukrainian
// and Belarusian have besides.
var frequency = map[rune]int{
	'о': 110, 'е': 85, 'а': 80, 'и': 74, 'н': 67, 'т': 63, 'с': 55, 'р': 47, 'в': 45, 'л': 44,
	'к': 35, 'м': 32, 'д': 30, 'п': 28, 'у': 26, 'я': 20, 'ы': 19, 'ь': 17, 'г': 17, 'з': 16,
	'б': 16, 'ч': 14, 'й': 12, 'х': 10, 'ж': 9, 'ш': 7, 'ю': 6, 'ц': 5, 'щ': 4, 'э': 3, 'ф': 3,
	'ъ': 1, 'ё': 1, 'і': 20, 'ї': 4, 'є': 4, 'ґ': 1, 'ў': 3,
}

// cyrillicPages are the single-byte encodings of Cyrillic that are told apart, in
// the order of preference.
var cyrillicPages = []struct {
	name string
	page *charmap.Charmap
}{
	{"windows-1251", charmap.Windows1251}, {"koi8-r", charmap.KOI8R},
	{"koi8-u", charmap.KOI8U}, {"ibm866", charmap.CodePage866}, {"iso-8859-5", charmap.ISO8859_5},
	{"x-mac-cyrillic", charmap.MacintoshCyrillic},
}

// latinPages in the order of preference.
var latinPages = []struct {
	name string
	page *charmap.Charmap
}{
	{"windows-1252", charmap.Windows1252}, {"windows-1250", charmap.Windows1250}, {"iso-8859-2", charmap.ISO8859_2},
	{"windows-1254", charmap.Windows1254},
}

// verdict of the statistics: the likeliest encoding, and what each Cyrillic
// encoding scores.
type verdict struct {
	best     string
	cyrillic map[string]int
}

// refutes reports whether the statistics speak clearly against an encoding:
// another of the same kind fits far better.
func (v verdict) refutes(name string) bool {
	score, rated := v.cyrillic[name]
	if rated {
		return score*5 < v.cyrillic[v.best]*4
	}
	// a Western encoding declared by default over a Cyrillic text
	switch name {
	case "windows-1252", "iso-8859-2", "windows-1250", "iso-8859-15":
		return v.best != "" && v.cyrillic[v.best] > 0
	}
	return false
}

// maxStatistics bounds how many high bytes are weighed.
const maxStatistics = 20000

// statistics tells the encoding of bytes that are not UTF-8 by the company that
// their high bytes keep.
func statistics(b []byte) verdict {
	high, pairs := 0, 0
	for i, c := range b {
		if c < 0x80 {
			continue
		}
		high++
		if i > 0 && b[i-1] >= 0x80 {
			pairs++
		}
	}
	if high == 0 {
		return verdict{}
	}
	if pairs*3 < high {
		return verdict{best: western(b)}
	}
	for _, name := range []string{"euc-jp", "shift_jis"} {
		if japanese(b, name) {
			return verdict{best: name}
		}
	}
	v := verdict{cyrillic: map[string]int{}}
	for _, p := range cyrillicPages {
		score := cyrillicScore(b, p.page)
		v.cyrillic[p.name] = score
		if score > 0 && score > v.cyrillic[v.best] {
			v.best = p.name
		}
	}
	return v
}

// cyrillicScore rates one encoding: frequent letters count for it; capitals
// after small letters, and anything but letters inside words, count against it.
func cyrillicScore(b []byte, page *charmap.Charmap) int {
	score, seen := 0, 0
	var before rune
	for i, c := range b {
		if c < 0x80 {
			before = rune(c)
			continue
		}
		r := page.DecodeByte(c)
		lower := unicode.ToLower(r)
		weight := frequency[lower]
		switch {
		case weight == 0 && (i > 0 && b[i-1] >= 0x80 || unicode.IsLetter(lower) || r < 0xa0):
			score -= 60
		case weight == 0: // a dash or quotation mark between words
		case lower != r && unicode.IsLower(before):
			score -= 40
		default:
			score += weight
		}
		before = r
		if seen++; seen >= maxStatistics {
			break
		}
	}
	return score
}

// japanese: b decodes as that and has kana enough to be Japanese.
func japanese(b []byte, name string) bool {
	text, ok := strict(htmlEncoding(name), b)
	if !ok {
		return false
	}
	kana, half, other := 0, 0, 0
	for _, r := range text {
		switch {
		case r >= 0x3041 && r <= 0x30fe:
			kana++
		case r >= 0xff61 && r <= 0xff9f:
			half++
		case r >= 0x4e00 && r < 0xa000:
			other++
		case r >= 0x80 && unicode.IsLetter(r):
			half++ // Greek, Cyrillic and private letters are rare in Japanese text
		}
	}
	return kana*10 > other && kana > half*2
}

// western picks the Latin encoding that puts the fewest symbols into words.
func western(b []byte) string {
	best, fewest := "", len(b)+1
	for _, p := range latinPages {
		odd := 0
		for i, c := range b {
			if c < 0x80 {
				continue
			}
			r := p.page.DecodeByte(c)
			inWord := i > 0 && isASCIILetter(b[i-1]) && i+1 < len(b) && isASCIILetter(b[i+1])
			switch {
			case r == unicode.ReplacementChar || r >= 0x80 && r < 0xa0:
				odd += 4
			case inWord && !unicode.IsLetter(r) && r != '’' && r != '-' && r != '–' && r != 0xad:
				odd += 2
			case inWord && unicode.IsUpper(r) && b[i-1] >= 'a':
				odd += 2
			}
		}
		if odd < fewest {
			best, fewest = p.name, odd
		}
	}
	return best
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
