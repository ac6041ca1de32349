//go:build linux

package main

import (
	"math/rand/v2"
	"strings"
)

// language is a language of the generated documents: words by how often they
// occur, the most frequent one first.
type language struct {
	tag   string
	words []string
	space string // between words
	stop  string // behind a sentence
}

// The parts that words are made of, and how words end: the base forms are the
// frequent ones, so that a search meets forms of a word that occur less often.
var wordParts = [3]struct{ tag, parts, endings string }{
	{"en", `ab al an ar be bra cal cen cher con cor cra de den dis dol el en er fa fen for fra ga gan gor gra hal har hel in is ka kel kin
		la lan lem lin lo ma mal men mer mi mo mur na nel nor ol or pa pel per pi por pre pro qua ra ran rel ri ro sa sel ser si sol
		sta ster stra sul ta tal tel ter ti tor tra tri tur ul un va vel ver vi vol wa wen wil`, "- s ed ing ation ness"},
	{"ru", `ба бе бо вар ве ви во га го гра да де до дол жа же за зем зна ис ка ке ко кор кра ла ле ли ло ма мен ме мо мор на не но об
		ов ол ор па пе пер пи по пра про ра ре ро ру са се си сло со ста стр су та те ти то тор тра ту ува ум фа фор ха хо це че
		ча ша ши щи эк эн юр яс`, "- а ы ом ами ский"},
	{"ja", `山 川 田 本 東 京 大 学 国 語 文 化 社 会 政 治 経 済 歴 史 研 究 方 法 理 論 分 析 調 査 実 験 結 果 問 題 構 造 変 動 地 域
		農 業 工 場 海 洋 気 候 環 境 資 源 人 口 教 育 制 度 条 約 交 渉 関 係 外 戦 後 平 和 領 土 北 方 島 民 族 宗 思 想 芸 術
		音 楽 言 葉 意 味 記 録 資 料 時 代 近 世 現 在 将 来 計 画 管 情 報 通 信 電 力 物 質 生 命 医 療 病 薬 細 胞 遺 伝 子 進`, ""},
}

const (
	stems     = 24_000 // of each language that inflects
	kanjis    = 40_000 // words of Japanese
	particles = "の を に は が と で も から まで"
)

// newLanguages makes the words of the three languages, the same in every run.
func newLanguages() [3]*language {
	var out [3]*language
	for i, w := range wordParts {
		r := rand.New(rand.NewPCG(77, uint64(i)))
		l := &language{tag: w.tag, space: " ", stop: ". "}
		parts := strings.Fields(w.parts)
		if w.endings == "" {
			l.space, l.stop = "", "。"
			l.words = append(strings.Fields(particles), distinct(r, parts, kanjis, 2, 3)...)
		} else {
			base := distinct(r, parts, stems, 2, 4)
			for _, ending := range strings.Fields(w.endings) {
				for _, s := range base {
					l.words = append(l.words, s+strings.TrimPrefix(ending, "-"))
				}
			}
		}
		out[i] = l
	}
	return out
}

// distinct joins parts into so many words, none twice; the frequent are short.
func distinct(r *rand.Rand, parts []string, n, least, most int) []string {
	have := make(map[string]bool, n)
	out := make([]string, 0, n)
	for len(out) < n {
		var b strings.Builder
		for range least + r.IntN(1+min(most-least, len(out)/50)) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		if w := b.String(); !have[w] {
			have[w] = true
			out = append(out, w)
		}
	}
	return out
}

// scripts are the writings of one family name: Latin, Cyrillic, Japanese. A
// Russian name stands in Latin letters in a Japanese text.
type scripts [3]string

// crossNames are family names in the scripts in which the documents have them.
func crossNames() []scripts {
	var out []scripts
	for row := range strings.Lines(strings.TrimSpace(nameTable)) {
		for entry := range strings.SplitSeq(strings.TrimSpace(row), ",") {
			f := strings.Fields(entry)
			s := scripts{f[0], f[1], f[0]}
			if len(f) > 2 {
				s[2] = f[2]
			}
			out = append(out, s)
		}
	}
	return out
}

const nameTable = `
Hatoyama Хатояма 鳩山, Matsumoto Мацумото 松本, Yoshida Ёсида 吉田, Nakasone Накасонэ 中曽根, Hasegawa Хасэгава 長谷川
Kishi Киси 岸, Tanaka Танака 田中, Suzuki Судзуки 鈴木, Watanabe Ватанабэ 渡辺, Takahashi Такахаси 高橋
Kobayashi Кобаяси 小林, Yamamoto Ямамото 山本, Nakamura Накамура 中村, Shimizu Симидзу 清水, Yamaguchi Ямагути 山口
Hashimoto Хасимото 橋本, Ishikawa Исикава 石川, Maeda Маэда 前田, Fujita Фудзита 藤田, Okada Окада 岡田
Murakami Мураками 村上, Nishimura Нисимура 西村, Fukuda Фукуда 福田, Miyazaki Миядзаки 宮崎, Sakamoto Сакамото 坂本
Khrushchev Хрущёв, Gromyko Громыко, Tikhvinskiy Тихвинский, Troyanovskiy Трояновский, Slavinskiy Славинский
Shcherbakov Щербаков, Zhukov Жуков, Chekhov Чехов, Tsvetayeva Цветаева, Solovyev Соловьёв
Yevtushenko Евтушенко, Mikhaylov Михайлов, Kuznetsov Кузнецов, Vorobyev Воробьёв, Zaytsev Зайцев
Kazakov Казаков, Lomonosov Ломоносов, Mendeleyev Менделеев, Chebyshev Чебышёв, Kolmogorov Колмогоров
Lobachevskiy Лобачевский, Vernadskiy Вернадский, Pavlov Павлов, Sechenov Сеченов, Tsiolkovskiy Циолковский
`
