package landing

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"offprint/internal/script"
)

// countryNames are the names by which bylines call countries besides those of
// CLDR.
const countryNames = "russian federation=RU|российская федерация=RU|россия=RU|rossiya=RU|usa=US|u.s.a.=US|united states of america=US|сша=US|eua=US|ee. uu.=US|estados unidos da america=US|estados unidos de america=US|uk=GB|england=GB|scotland=GB|wales=GB|great britain=GB|великобритания=GB|англия=GB|reino unido=GB|inglaterra=GB|republic of korea=KR|korea=KR|республика корея=KR|republic of belarus=BY|республика беларусь=BY|белоруссия=BY|republic of kazakhstan=KZ|республика казахстан=KZ|p.r. china=CN|pr china=CN|people's republic of china=CN|кнр=CN|китай=CN|the netherlands=NL|holland=NL|голландия=NL|czech republic=CZ|чешская республика=CZ|чехия=CZ|republica tcheca=CZ|slovak republic=SK|islamic republic of iran=IR|iran=IR|иран=IR|viet nam=VN|republic of uzbekistan=UZ|республика узбекистан=UZ|kyrgyz republic=KG|кыргызская республика=KG|киргизия=KG|republic of moldova=MD|молдавия=MD|republic of armenia=AM|республика армения=AM|republic of azerbaijan=AZ|азербайджанская республика=AZ|turkiye=TR|turkey=TR|турция=TR|macedonia=MK|republic of serbia=RS|федеративная республика германия=DE|frg=DE|republica argentina=AR|brasil=BR|brazil=BR|日本国=JP"

// countries maps names of countries, folded, in the languages of the pages to
// ISO 3166-1 codes. It is made on first use, of CLDR.
var countries = sync.OnceValue(func() map[string]string {
	table := map[string]string{}
	for _, tag := range []language.Tag{language.English, language.Russian, language.Portuguese, language.Spanish, language.French,
		language.German, language.Italian, language.Ukrainian, language.Japanese, language.Chinese, language.Polish} {
		names := display.Regions(tag)
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				region, err := language.ParseRegion(string([]rune{a, b}))
				if err != nil || !region.IsCountry() || region.String() != string([]rune{a, b}) {
					continue
				}
				if name := script.Fold(names.Name(region)); name != "" && table[name] == "" {
					table[name] = region.String()
				}
			}
		}
	}
	for _, row := range splitBars(countryNames) {
		name, code, _ := strings.Cut(row, "=")
		table[script.Fold(name)] = code
	}
	return table
})

// countryOf is the ISO code of a text that is the name of a country.
func countryOf(s string) string {
	if s == "" || len(s) > 80 {
		return ""
	}
	return countries()[strings.Trim(script.Fold(clean(s)), " .,;()")]
}
