package script

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Language is the language a text is written in, a BCP 47 base tag, decided by
// its script, letters that only one alphabet has, words of grammar and endings;
// "" where that is not clear, as for names, single words, mixed texts and texts
// romanised from another script.
//
// It tells apart ru uk be bg sr mk kk (Cyrillic), ja zh ko, el he hi th ka hy ta bn,
// and en es pt fr de it nl pl cs tr id sv ro vi (Latin).
func Language(s string) string { return LanguageBut("", s) }

// LanguageBut is Language, or "" for a text mostly in the script without, an
// ISO 15924 code: where romanised and translated texts stand side by side, its
// letters do not tell.
func LanguageBut(without, s string) string {
	s = sample(s)
	if without == "Latn" && isASCII(s) {
		return ""
	}
	c := count(s)
	switch code := c.dominant(); code {
	case without:
		return ""
	case "Latn":
		if c.of[latn]*10 < c.total*7 {
			return ""
		}
		return latinEvidence.decide(s)
	case "Cyrl":
		if c.of[cyrl]*10 < c.total*6 {
			return ""
		}
		return cyrillicEvidence.decide(s)
	case "Jpan":
		return "ja"
	case "Hani":
		return chinese(s)
	default:
		return only[code]
	}
}

// only are the scripts that one language of scholarship uses almost alone.
var only = map[string]string{
	"Hang": "ko", "Grek": "el", "Hebr": "he", "Deva": "hi", "Thai": "th",
	"Geor": "ka", "Armn": "hy", "Taml": "ta", "Beng": "bn",
}

const (
	// simplified characters that are not in JIS X 0208, and Japanese forms that
	// are not in GB 2312: one of them decides a text of Han alone.
	onlyChinese  = "这们说对时为发经现实过还东车门问间见长马鱼鸟龙书买卖关开应该让认议论设计证语请读谁课调谈质资贸费赛软转轻载输办务动势劳华单卫历压县变员围团图场块处备复够头奖审宽导层岁岛币庆库废张强归录汉业产亲仅优传伤伦协"
	onlyJapanese = "気広沢円図対戦実験発売読続総経済検査応変関係観価値歩渋竜桜楽薬辺込働畑峠匂枠雑択駅悪圧為囲壱隠営栄鋭衛駆撃権顕剣険圏効仮歴帰亀犠戯拠挙蛍継渓恵徳悩脳髪抜拝廃豊仏払満訳様謡頼覧両猟緑隣涙塁霊齢労"
)

// chinese decides a text of Han characters without kana. Forms that both
// languages have today (国, 学) say nothing; without a telling form a title may
// be in either.
func chinese(s string) string {
	var zh, ja int
	for _, r := range s {
		switch {
		case strings.ContainsRune(onlyChinese, r):
			zh++
		case strings.ContainsRune(onlyJapanese, r):
			ja++
		}
	}
	switch {
	case zh > ja*2:
		return "zh"
	case ja > zh*2:
		return "ja"
	}
	return ""
}

// evidence is what speaks for the languages of one script.
type evidence struct {
	langs   []string
	words   map[string]uint32 // word → set of langs
	longest int               // of words, in bytes
	endings [256][]ending     // by the last byte, longer ones first
	letters map[rune]uint32
	script  int           // place of the script in scripts
	near    [0x600]letter // what is below U+0600, which is nearly all
}

// letter is what a character says.
type letter struct {
	lower    rune
	langs    uint32 // that it speaks for
	isLetter bool
	foreign  bool // of another script
}

// ending is the end of a word and the set of langs that it speaks for.
type ending struct {
	end   string
	langs uint32
}

var (
	latinEvidence = newEvidence(latn, latinWords, latinEndings, map[string]string{
		"es": "ñ¿¡", "pt": "ãõ", "fr": "œùûîêèëï", "de": "ßäü", "pl": "łąęśżźń", "cs": "řůěťď",
		"tr": "ğış", "ro": "țăș", "vi": "ươạảấầậắặẹếềểệịọốồộớờợụủứừựỳỹ", "sv": "åä", "it": "ìò",
	})
	cyrillicEvidence = newEvidence(cyrl, cyrillicWords, cyrillicEndings, map[string]string{
		"ru": "ыэёъ", "uk": "їєґі", "be": "ўыэёі", "bg": "ъ", "sr": "јљњћђџ", "mk": "јљњќѓѕџ", "kk": "әғқңөұүһіыэ",
	})
)

func newEvidence(script int, words map[string]string, endings []struct{ ending, lang string }, letters map[string]string) *evidence {
	e := &evidence{words: map[string]uint32{}, letters: map[rune]uint32{}, script: script}
	bit := func(lang string) uint32 {
		for i, l := range e.langs {
			if l == lang {
				return 1 << i
			}
		}
		e.langs = append(e.langs, lang)
		return 1 << (len(e.langs) - 1)
	}
	for lang, list := range words {
		for w := range strings.FieldsSeq(list) {
			e.words[w] |= bit(lang)
			e.longest = max(e.longest, len(w))
		}
	}
	ends := map[string]uint32{}
	for _, x := range endings {
		ends[x.ending] |= bit(x.lang)
	}
	for end, langs := range ends {
		list := &e.endings[end[len(end)-1]]
		*list = append(*list, ending{end, langs})
	}
	for _, list := range e.endings {
		slices.SortFunc(list, func(a, b ending) int { return len(b.end) - len(a.end) })
	}
	for lang, list := range letters {
		for _, r := range list {
			e.letters[r] |= bit(lang)
		}
	}
	for r := range e.near {
		e.near[r] = e.letterOf(rune(r))
	}
	return e
}

func (e *evidence) letterOf(r rune) letter {
	l := letter{lower: unicode.ToLower(r), isLetter: unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)}
	l.foreign = placeOf(l.lower) != e.script
	if l.lower >= utf8.RuneSelf {
		l.langs = e.letters[l.lower]
	}
	return l
}

// weights of the kinds of evidence, and what an answer needs: a total, and a
// lead over the second.
const (
	wordWeight   = 4
	uniqueWeight = 6 // of a word that one language alone has
	endingWeight = 3
	letterWeight = 1
	needed       = 6
)

// decide adds up the evidence. A word that several languages share counts for
// each of them. Initials ("V. Ya.", "L’vov") are no words, and a capitalised
// word in a text of small letters may be a name: it counts little.
func (e *evidence) decide(s string) string {
	var score [32]int
	words, told := 0, 0
	var buf [64]byte
	n, letters := 0, 0
	foreign, capital := false, false
	capitals := allCapitals(s)
	flush := func(end rune) {
		initial := capital && letters <= 2 && (end == '.' || end == '’' || end == '\'')
		if n > 0 && !foreign && !initial {
			if e.weigh(buf[:n], &score, capital && !capitals && words > 0) {
				told++
			}
			words++
		}
		n, letters, foreign = 0, 0, false
	}
	for _, r := range s {
		var l letter
		if int(r) < len(e.near) {
			l = e.near[r]
		} else {
			l = e.letterOf(r)
		}
		if !l.isLetter {
			flush(r)
			continue
		}
		if letters == 0 {
			capital = l.lower != r
		}
		letters++
		add(&score, l.langs, letterWeight)
		foreign = foreign || l.foreign
		if n+utf8.UTFMax <= len(buf) {
			n += utf8.EncodeRune(buf[n:], l.lower)
		}
	}
	flush(0)
	if told < 2 && words < 4 {
		return ""
	}
	return e.verdict(&score, words)
}

func (e *evidence) verdict(score *[32]int, words int) string {
	best, second := 0, 0
	for i := 1; i < len(e.langs); i++ {
		switch {
		case score[i] > score[best]:
			second = score[best]
			best = i
		case score[i] > second:
			second = score[i]
		}
	}
	lead := score[best] - second
	if score[best] < needed || lead < 3 || lead*6 < score[best] || score[best]*3 < words*2 {
		return ""
	}
	if lang := e.langs[best]; lang[0] != '-' {
		return lang
	}
	return ""
}

func allCapitals(s string) bool {
	small := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			if small++; small > 3 {
				return false
			}
		}
	}
	return true
}

// weigh adds what one word says, and reports whether it says anything.
func (e *evidence) weigh(word []byte, score *[32]int, name bool) bool {
	if len(word) <= e.longest {
		if set := e.words[string(word)]; set != 0 {
			weight := wordWeight
			if set&(set-1) == 0 {
				weight = uniqueWeight
			}
			if name {
				weight /= 2
			}
			add(score, set, weight)
			return true
		}
	}
	for _, x := range e.endings[word[len(word)-1]] {
		if at := len(word) - len(x.end); at >= 2 && string(word[at:]) == x.end {
			weight := endingWeight
			if name {
				weight = 1
			}
			add(score, x.langs, weight)
			return true
		}
	}
	return false
}

func add(score *[32]int, set uint32, weight int) {
	for ; set != 0; set &= set - 1 {
		score[bits.TrailingZeros32(set)] += weight
	}
}
