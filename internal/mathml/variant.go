package mathml

// alphabet is a style of Unicode's mathematical alphanumeric symbols: the code
// points of its A, a, Α (Greek) and 0; 0 where the style has none.
type alphabet struct {
	upper, lower, greek, digit rune
}

var alphabets = map[string]alphabet{
	"bold":                   {0x1D400, 0x1D41A, 0x1D6A8, 0x1D7CE},
	"italic":                 {0x1D434, 0x1D44E, 0x1D6E2, 0},
	"bold-italic":            {0x1D468, 0x1D482, 0x1D71C, 0},
	"script":                 {0x1D49C, 0x1D4B6, 0, 0},
	"bold-script":            {0x1D4D0, 0x1D4EA, 0, 0},
	"fraktur":                {0x1D504, 0x1D51E, 0, 0},
	"double-struck":          {0x1D538, 0x1D552, 0, 0x1D7D8},
	"bold-fraktur":           {0x1D56C, 0x1D586, 0, 0},
	"sans-serif":             {0x1D5A0, 0x1D5BA, 0, 0x1D7E2},
	"bold-sans-serif":        {0x1D5D4, 0x1D5EE, 0x1D756, 0x1D7EC},
	"sans-serif-italic":      {0x1D608, 0x1D622, 0, 0},
	"sans-serif-bold-italic": {0x1D63C, 0x1D656, 0x1D790, 0},
	"monospace":              {0x1D670, 0x1D68A, 0, 0x1D7F6},
}

// letterlike are the letters that Unicode had before the mathematical
// alphabets, where those leave a gap.
var letterlike = map[rune]rune{
	0x1D455: 'ℎ',
	0x1D49D: 'ℬ', 0x1D4A0: 'ℰ', 0x1D4A1: 'ℱ', 0x1D4A3: 'ℋ', 0x1D4A4: 'ℐ', 0x1D4A7: 'ℒ', 0x1D4A8: 'ℳ', 0x1D4AD: 'ℛ',
	0x1D4BA: 'ℯ', 0x1D4BC: 'ℊ', 0x1D4C4: 'ℴ',
	0x1D506: 'ℭ', 0x1D50B: 'ℌ', 0x1D50C: 'ℑ', 0x1D515: 'ℜ', 0x1D51D: 'ℨ',
	0x1D53A: 'ℂ', 0x1D53F: 'ℍ', 0x1D545: 'ℕ', 0x1D547: 'ℙ', 0x1D548: 'ℚ', 0x1D549: 'ℝ', 0x1D551: 'ℤ',
}

// styled writes s in the letters of a style. Characters that the style has no
// letter for stay as they are.
func styled(s, variant string) string {
	a, ok := alphabets[variant]
	if !ok {
		return s
	}
	out := []rune(s)
	for i, r := range out {
		var to rune
		switch {
		case r >= 'A' && r <= 'Z':
			to = a.upper + r - 'A'
		case r >= 'a' && r <= 'z':
			to = a.lower + r - 'a'
		case r >= '0' && r <= '9' && a.digit != 0:
			to = a.digit + r - '0'
		case r >= 'Α' && r <= 'Ω' && a.greek != 0:
			to = a.greek + r - 'Α'
		case r >= 'α' && r <= 'ω' && a.greek != 0:
			to = a.greek + 26 + r - 'α'
		default:
			continue
		}
		if plain, gap := letterlike[to]; gap {
			to = plain
		}
		out[i] = to
	}
	return string(out)
}
