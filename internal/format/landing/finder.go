package landing

// finder finds words in a text in one pass, however many there are: a pair of
// bytes that begins none of them is passed over with one look.
type finder struct {
	words []string
	pairs [1 << 16 / 64]uint64 // set of the first two bytes of all words
}

// newFinder makes a finder of words of two bytes or more.
func newFinder(words ...string) *finder {
	f := &finder{words: words}
	for _, w := range words {
		pair := uint16(w[0])<<8 | uint16(w[1])
		f.pairs[pair/64] |= 1 << (pair % 64)
	}
	return f
}

// last returns what follows the last place of each word that is in the text,
// in the order of the words.
func (f *finder) last(s string) []string {
	var places []int // 1 + the end of the word's last place; nil while none was found
	for i := 0; i+1 < len(s); i++ {
		pair := uint16(s[i])<<8 | uint16(s[i+1])
		if f.pairs[pair/64]&(1<<(pair%64)) == 0 {
			continue
		}
		for k, w := range f.words {
			if len(s)-i >= len(w) && s[i:i+len(w)] == w {
				if places == nil {
					places = make([]int, len(f.words))
				}
				places[k] = 1 + i + len(w)
			}
		}
	}
	var after []string
	for _, at := range places {
		if at > 0 {
			after = append(after, s[at-1:])
		}
	}
	return after
}
