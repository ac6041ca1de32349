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
		h := hash(four(w))
		f.begins[h/64] |= 1 << (h % 64)
	}
	return f
}

// four are the first four bytes of a text of that many.
func four(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// hash is Knuth's multiplicative hash.
func hash(four uint32) uint32 { return four * 0x9e3779b1 >> 16 }

// last returns what follows the last place of each word that is in the text,
// in the order of the words.
func (f *finder) last(s string) []string {
	if len(s) < 4 {
		return nil
	}
	var ends []int // of the word's last place; nil while none was found
	next := four(s) << 8
	for i, c := range []byte(s[3:]) {
		next = next>>8 | uint32(c)<<24
		h := hash(next)
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
