package refparse

// finder finds words in a text in one pass, however many there are: four bytes
// that begin none of them are passed over with one look.
type finder struct {
	words  []string
	begins [1 << 16 / 64]uint64 // set of the hashes of the first four bytes of all words
}

// newFinder makes a finder of words of four bytes or more.
func newFinder(words ...string) *finder {
	f := &finder{words: words}
	for _, w := range words {
		h := beginning(w, 0)
		f.begins[h/64] |= 1 << (h % 64)
	}
	return f
}

// beginning is a hash of the four bytes at i.
func beginning(s string, i int) uint32 {
	_ = s[i+3]
	four := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
	return four * 0x9e3779b1 >> 16 // Knuth's multiplicative hash
}

// last returns what follows the last place of each word that is in the text,
// in the order of the words.
func (f *finder) last(s string) []string {
	var ends []int // of the word's last place; nil while none was found
	for i := 0; i+4 <= len(s); i++ {
		h := beginning(s, i)
		if f.begins[h/64]&(1<<(h%64)) == 0 {
			continue
		}
		for k, w := range f.words {
			if len(s)-i >= len(w) && s[i:i+len(w)] == w {
				if ends == nil {
					ends = make([]int, len(f.words))
				}
				ends[k] = i + len(w)
			}
		}
	}
	var after []string
	for _, end := range ends {
		if end > 0 {
			after = append(after, s[end:])
		}
	}
	return after
}
