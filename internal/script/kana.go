package script

// hepburn maps katakana to modified Hepburn; hiragana is read through it.
var hepburn = map[rune]string{
	'ア': "a", 'イ': "i", 'ウ': "u", 'エ': "e", 'オ': "o",
	'カ': "ka", 'キ': "ki", 'ク': "ku", 'ケ': "ke", 'コ': "ko",
	'ガ': "ga", 'ギ': "gi", 'グ': "gu", 'ゲ': "ge", 'ゴ': "go",
	'サ': "sa", 'シ': "shi", 'ス': "su", 'セ': "se", 'ソ': "so",
	'ザ': "za", 'ジ': "ji", 'ズ': "zu", 'ゼ': "ze", 'ゾ': "zo",
	'タ': "ta", 'チ': "chi", 'ツ': "tsu", 'テ': "te", 'ト': "to",
	'ダ': "da", 'ヂ': "ji", 'ヅ': "zu", 'デ': "de", 'ド': "do",
	'ナ': "na", 'ニ': "ni", 'ヌ': "nu", 'ネ': "ne", 'ノ': "no",
	'ハ': "ha", 'ヒ': "hi", 'フ': "fu", 'ヘ': "he", 'ホ': "ho",
	'バ': "ba", 'ビ': "bi", 'ブ': "bu", 'ベ': "be", 'ボ': "bo",
	'パ': "pa", 'ピ': "pi", 'プ': "pu", 'ペ': "pe", 'ポ': "po",
	'マ': "ma", 'ミ': "mi", 'ム': "mu", 'メ': "me", 'モ': "mo",
	'ヤ': "ya", 'ユ': "yu", 'ヨ': "yo",
	'ラ': "ra", 'リ': "ri", 'ル': "ru", 'レ': "re", 'ロ': "ro",
	'ワ': "wa", 'ヰ': "i", 'ヱ': "e", 'ヲ': "o", 'ン': "n", 'ヴ': "vu",
	'ァ': "a", 'ィ': "i", 'ゥ': "u", 'ェ': "e", 'ォ': "o",
	'ャ': "ya", 'ュ': "yu", 'ョ': "yo", 'ヮ': "wa", 'ヵ': "ka", 'ヶ': "ke",
}

// mora reads one mora at the start of text: how many runes it takes and how it
// is written. The long vowel mark is not written; a small ツ doubles the
// consonant that follows, before ch as t.
func mora(text []rune) (n int, sound string) {
	r := katakana(text[0])
	if r == 'ッ' {
		if len(text) < 2 {
			return 1, ""
		}
		m, next := mora(text[1:])
		switch {
		case next == "" || next[0] == 'a' || next[0] == 'i' || next[0] == 'u' || next[0] == 'e' || next[0] == 'o':
			return 1 + m, next
		case next[0] == 'c':
			return 1 + m, "t" + next
		}
		return 1 + m, next[:1] + next
	}
	sound = hepburn[r]
	if len(text) < 2 || len(sound) < 2 {
		return 1, sound
	}
	stem := sound[:len(sound)-1]
	switch small := katakana(text[1]); small {
	case 'ャ', 'ュ', 'ョ':
		glide := hepburn[small]
		if last := stem[len(stem)-1]; last == 'h' && len(stem) > 1 || last == 'j' {
			glide = glide[1:] // sha, cha, ja
		}
		return 2, stem + glide
	case 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ':
		return 2, stem + hepburn[small]
	}
	return 1, sound
}

// katakana of a hiragana; other runes unchanged.
func katakana(r rune) rune {
	if r >= 0x3041 && r <= 0x3096 {
		return r + 0x60
	}
	return r
}
