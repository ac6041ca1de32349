package texmath

import "strings"

// An alphabet is where Unicode (chapter 22.2, Mathematical Alphanumeric
// Symbols) has the styled letters: the first capital, small letter, digit,
// Greek capital and Greek small letter; 0 for none.
type alphabet struct{ upper, lower, digit, greek, greekLower rune }

var alphabets = map[string]alphabet{
	"bold":          {0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2},
	"italic":        {}, // a variable is italic by itself
	"bold-italic":   {0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736},
	"script":        {0x1D49C, 0x1D4B6, 0, 0, 0},
	"fraktur":       {0x1D504, 0x1D51E, 0, 0, 0},
	"double-struck": {0x1D538, 0x1D552, 0x1D7D8, 0, 0},
	"sans-serif":    {0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0},
	"monospace":     {0x1D670, 0x1D68A, 0x1D7F6, 0, 0},
}

// before are the styled letters that Unicode had before the block.
var before = map[string]string{
	"script":        "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ",
	"fraktur":       "CℭHℌIℑRℜZℨ",
	"double-struck": "CℂHℍNℕPℙQℚRℝZℤ",
}

// faced writes characters in an alphabet. What the alphabet does not have
// stays as it is.
func faced(s, face string) string {
	a, ok := alphabets[face]
	if !ok || face == "italic" {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(a.styled(r, before[face]))
	}
	return b.String()
}

func (a alphabet) styled(r rune, exceptions string) rune {
	if i := strings.IndexRune(exceptions, r); i >= 0 && r < 0x80 {
		for _, styled := range exceptions[i+1:] {
			return styled
		}
	}
	at := func(first, from rune) rune {
		if first == 0 {
			return r
		}
		return first + r - from
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return at(a.upper, 'A')
	case r >= 'a' && r <= 'z':
		return at(a.lower, 'a')
	case r >= '0' && r <= '9':
		return at(a.digit, '0')
	case r >= 'Α' && r <= 'Ω' && r != 0x3A2:
		return at(a.greek, 'Α')
	case r >= 'α' && r <= 'ω':
		return at(a.greekLower, 'α')
	}
	return r
}
