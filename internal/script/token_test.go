package script

import (
	"strings"
	"testing"
)

func TestTokensOfAText(t *testing.T) {
	for text, want := range map[string]string{
		"Ельцин и Хатояма: путь":           "Ельцин и Хатояма путь",
		"Yel’tsin, “Jun'ichirō”":           "Yel’tsin Jun'ichirō",
		"rasskazy o Rusʹ.":                 "rasskazy o Rusʹ",
		"San-Frantsisko 1951-1956 гг.":     "San-Frantsisko (San) (Frantsisko) 1951 1956 гг",
		"COVID-19, Т-34":                   "COVID-19 (COVID) (19) Т-34 (Т) (34)",
		"Moscow–Tokyo - x":                 "Moscow Tokyo x",
		"日ソ国交回復 1956年":                     "日ソ国交回復 1956 年",
		"第2次DNA鑑定":                         "第2次 DNA 鑑定",
		"Yu.V. Petrov":                     "Yu V Petrov",
		"a-b-c":                            "a-b-c (a) (b) (c)",
		"soft\u00adhyphen e\u0301te\u0301": "soft\u00adhyphen e\u0301te\u0301",
		"'' - -- ’x’":                      "x",
		"":                                 "",
	} {
		var got []string
		for token := range Tokens(text) {
			if text[token.Start:token.End] != token.Text {
				t.Errorf("%q: %+v is not where it says", text, token)
			}
			if token.Part {
				got = append(got, "("+token.Text+")")
			} else {
				got = append(got, token.Text)
			}
		}
		if joined := strings.Join(got, " "); joined != want {
			t.Errorf("%q: got %q, want %q", text, joined, want)
		}
	}
	for range Tokens("a b") {
		break // a reader may stop
	}
}
