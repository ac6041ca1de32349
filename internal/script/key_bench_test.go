package script

import "testing"

// BenchmarkKeys is the cost of one word at indexing.
func BenchmarkKeys(b *testing.B) {
	for _, c := range []struct{ name, word string }{
		{"english", "declaration"}, {"romaji", "Khatoyama"}, {"russian", "Shcherbatskoĭ"},
		{"cyrillic", "декларация"}, {"polivanov", "Хатояма"}, {"kana", "はとやま"}, {"han", "鳩山一郎"}, {"figures", "1956"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			keys := make([]string, 0, MaxKeys)
			for b.Loop() {
				keys = AppendKeys(keys[:0], c.word)
			}
		})
	}
}
