package script

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func keysOf(word string) []string { return AppendKeys(nil, word) }

func TestKeysOfAWord(t *testing.T) {
	for word, want := range map[string]string{
		"Khatoyama":  "l:khatoyama j:hatoyama r:Hatoama",
		"Хатояма":    "j:hatoyama r:Hatoama",
		"はとやま":       "j:hatoyama h:はとやま",
		"ﾊﾄﾔﾏ":       "j:hatoyama h:ハトヤマ",
		"鳩山":         "h:鳩山",
		"國會圖書館":      "h:国会図書館",
		"佐々木":        "h:佐佐木",
		"関ヶ原":        "h:関ケ原",
		"Shimbunsha": "l:shimbunsha j:sinbunsya r:SimbunSa",
		"Botchan":    "l:botchan j:bottyan r:boQan",
		"Jun":        "l:jun j:zyun",
		"Хрущёв":     "r:HruXev",
		"СССР":       "r:ssr",
		"Т-34":       "r:t34",
		"1956":       "l:1956",
		"β":          "l:β l:beta",
		"αvβ3":       "l:αvβ3 l:alphavbeta3",
		"Ελλάς":      "l:ελλασ",
		"Straße":     "l:strasse r:strase",
		"Müller":     "l:muller l:mueller r:muler",
		"ISTANBUL":   "l:istanbul r:istanbul",
		"İstanbul":   "l:istanbul r:istanbul",
		"Diyarbakır": "l:diyarbakir r:diarbakir r:darbakir",
		"Nguyễn":     "l:nguyen r:nguien",
		"Đặng":       "l:dang r:dang",
		"ﬁsh":        "l:fish r:fiS",
		"한국":         "l:한국",
		"हिन्दी":     "l:हिन्दी",
		"שָׁלוֹם":    "l:שלום",
		"Қазақстан":  "r:kazakstan",
		"":           "", "—": "", "' -": "", "...": "",
	} {
		if got := strings.Join(keysOf(word), " "); got != want {
			t.Errorf("keys of %q: %q, want %q", word, got, want)
		}
	}
}

// Each line holds forms of one name.
const oneName = `
Хрущёв Khrushchëv Hruŝëv Khrushchev Xrushhyov Khrushchov Khruschov Chruschtschow
Щедрин Shchedrin Ŝedrin Šchedrin Schedrin Shhedrin
Цыбуля Tsybulya Cybulâ Tsybulia Cybulja T͡sybuli͡a
Юдина Yudina Ûdina Iudina
Вознесенский Voznesenskiy Voznesenskij Voznesenskiĭ Voznesenskii Voznesensky
Наталья Natal’ya Natal'ia Natalya Natalia Natalʹâ
Ильин Il’in Ilyin Il'yin Ilʹin
Фёдоров Fyodorov Fedorov Fëdorov Федоров
новые novye novyye novyie novye
Александръ Александр Aleksandr Alexandr
Токио Tokyo Tōkyō Tôkyô Tokio とうきょう トウキョウ Tokë
Мацумото Matsumoto Matumoto Macumoto まつもと
Ёсида Yoshida Yosida Есида よしだ
Симбунся Shimbunsha Shinbunsha Sinbunsya しんぶんしゃ
Дзюнъитиро Jun'ichirō Junichiro Zyun'itirô じゅんいちろう Dzyun”itiro
Оно Ono Ōno Ohno おおの おの
Коти Kōchi Kochi Koti Kohchi こうち
Хоккайдо Hokkaidō Hokkaido Khokkaydo Hokkajdo ほっかいどう
Иттё Itchō Itcho Ittyo いっちょう
鐵道 鉄道
渡邊 渡辺 渡邉
髙橋 高橋
Мoscow Moscow
Öffnung Oeffnung
naïve naive
`

func TestFormsOfOneNameMeet(t *testing.T) {
	for line := range strings.Lines(strings.TrimSpace(oneName)) {
		forms := strings.Fields(line)
		for _, form := range forms[1:] {
			if !share(keysOf(forms[0]), keysOf(form)) {
				t.Errorf("%s %q and %s %q do not meet", forms[0], keysOf(forms[0]), form, keysOf(form))
			}
		}
	}
}

func TestNamesThatOnlyLookAlikeStayApart(t *testing.T) {
	for _, pair := range [][2]string{
		{"Reiko", "Ryoko"}, {"Kono", "Konno"}, {"Sato", "Saito"}, {"Jun", "Yun"}, {"Jun", "Shun"}, {"Kita", "Kitta"}, {"Tokyo", "Kyoto"},
		{"Жуков", "Зуков"}, {"Zhukov", "Zukov"}, {"Щукин", "Шукин"}, {"Цветков", "Светков"}, {"Шестаков", "Шостаков"}, {"Толстой", "Толстов"},
		{"Панов", "Панова"}, {"鳩山", "嶋山"}, {"吉田", "古田"}, {"恒文社", "光文社"}, {"ТУ-134", "ТУ-154"}, {"ССР", "СССР"}, {"1956", "1965"},
		{"किताब", "कताब"}, {"バス", "パス"},
	} {
		if share(keysOf(pair[0]), keysOf(pair[1])) {
			t.Errorf("%s %q and %s %q meet", pair[0], keysOf(pair[0]), pair[1], keysOf(pair[1]))
		}
	}
}

func TestHyphensAndApostrophesDoNotCount(t *testing.T) {
	for a, b := range map[string]string{
		"Сан-Франциско": "СанФранциско", "Frantsisko": "Frants-isko", "Шин’ити": "Шинити", "Port·smut": "Portsmut", "San Frantsisko": "San-Frantsisko",
		"soft\u00adhyphen": "softhyphen",
	} {
		if !slices.Equal(keysOf(a), keysOf(b)) {
			t.Errorf("%q has %q, %q has %q", a, keysOf(a), b, keysOf(b))
		}
	}
}

func TestKeysAreFewAndBounded(t *testing.T) {
	hardest := strings.Repeat("yochiosch", 7)
	if n := len(keysOf(hardest)); n < 10 || n > MaxKeys {
		t.Errorf("%q has %d keys, want many and at most %d", hardest, n, MaxKeys)
	}
	for _, letter := range []string{"a", "ё", "ш", "字", "x", "β", "한"} {
		long := strings.Repeat(letter, MaxKeyLetters+1)
		if keys := keysOf(long); len(keys) != 1 || len(keys[0]) < len(long) {
			t.Errorf("%d times %s has the keys %q", MaxKeyLetters+1, letter, keys)
		}
		if keys := keysOf(strings.Repeat(letter, 100_000)); len(keys) != 1 || len(keys[0]) > 4*maxPlainLetters+2 {
			t.Errorf("a huge word of %s: %d keys", letter, len(keys))
		}
	}
}

func TestKeysAreAppended(t *testing.T) {
	got := AppendKeys([]string{"before"}, "Jun")
	if !slices.Equal(got, []string{"before", "l:jun", "j:zyun"}) {
		t.Errorf("got %q", got)
	}
	if n := testing.AllocsPerRun(100, func() { got = AppendKeys(got[:0], "Khatoyama") }); n > 1 {
		t.Errorf("a common word takes %v allocations, want 1", n)
	}
}

func FuzzKeys(f *testing.F) {
	for _, word := range []string{"Хрущёв", "Khrushchëv", "Jun'ichirō", "国立国会図書館", "ｶﾞｯ々ヶ", "сOVID-19", "ioioioio", "schtschtch", "a\u0361\u0301b", "\xff\xfe", "˛", strings.Repeat("ёй", 40)} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		keys := AppendKeys(nil, word)
		if len(keys) > MaxKeys {
			t.Errorf("%q has %d keys", word, len(keys))
		}
		for i, key := range keys {
			if len(key) < 3 || !strings.Contains("ljrh", key[:1]) || key[1] != ':' || slices.Contains(keys[:i], key) {
				t.Errorf("%q has the key %q among %q", word, key, keys)
			}
			if utf8.ValidString(word) && !utf8.ValidString(key) {
				t.Errorf("%q has the broken key %q", word, key)
			}
		}
		if again := AppendKeys(nil, strings.ToUpper(word)); len(keys) > 0 && len(again) == 0 {
			t.Errorf("%q has keys and has none in capitals", word)
		}
		if n := Normal(word); Unmix(n) == n && Normal(n) != n {
			t.Errorf("the normal form of %q is %q, and of that %q", word, n, Normal(n))
		}
		if h := FoldHan(word); FoldHan(h) != h {
			t.Errorf("the folded form of %q is %q, and of that %q", word, h, FoldHan(h))
		}
		BuiltinAliases().Append(nil, keys)
		if p := BuiltinAliases().Prefix(word); !strings.HasPrefix(word, p) {
			t.Errorf("%q does not begin with %q", word, p)
		}
	})
}
