package rsci

import (
	"strings"

	"offprint/internal/format/xmltree"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/script"
)

// codes are the languages of the schema (typeLang), which has its own ones: most are
// those of ISO 639-2, for publication or for terminology.
const codes = ` ABK ADY AFR ALB ALT ARA AVA AZE BAK BAQ BEL BGR BUA CAT CES CHE CHM CHV CJS CRH DAN DAR DEU DUT ELL ENG EPO ESP EST FAS FIN FRE GEO GLG HAW HBS HEB
HIN HRV HUN HYE ILE IND INH ITA JPN KAA KBD KCA KHM KIR KJH KKZ KOM KOR KRC KRL LAT LAV LBE LIT MAL MKD MON MYV NLD NOR NSO ORV OSS POL PRS PRT RON
ROU RUS SAH SAN SLV SOM SOT SRB SVK SWA SWE SYR TAT TGL THA TJK TSN TUK TUR TYV UDM UKR UZB VEN VEP VIE WEL XAL ZHO `

// own are the codes that are in no part of ISO 639, by its part 3.
var own = map[string]string{"spa": "ESP", "kaz": "KKZ", "por": "PRT", "bul": "BGR", "tgk": "TJK", "fra": "FRE", "sqi": "ALB", "kat": "GEO", "slk": "SVK", "srp": "SRB",
	"sme": "CJS", "cym": "WEL", "eus": "BAQ"}

// language is a language of the schema, "" where it has none for the tag.
func language(tag string) string {
	three := locale.Alpha3(tag)
	if three == "" {
		return ""
	}
	if code := own[three]; code != "" {
		return code
	}
	for _, code := range []string{strings.ToUpper(three), strings.ToUpper(locale.Bibliographic(tag))} {
		if strings.Contains(codes, " "+code+" ") || strings.Contains(codes, "\n"+code+" ") || strings.Contains(codes, " "+code+"\n") {
			return code
		}
	}
	return ""
}

// any is the code for a text whose language is not known.
const any = "ANY"

// languageOf is the language of a text: as it is marked, else that of its letters where
// that is clear.
func languageOf(tag, text string) string {
	if code := language(tag); code != "" {
		return code
	}
	if code := language(script.Language(text)); code != "" {
		return code
	}
	return any
}

// texts are elements of a text in several languages, each language once.
func texts(name string, list []journal.Text) []*xmltree.Element {
	var out []*xmltree.Element
	seen := map[string]bool{}
	for _, t := range list {
		lang := languageOf(t.Lang, t.Plain)
		if e := marks.Line(name, t); e != nil && !seen[lang] {
			seen[lang] = true
			out = append(out, e.Set("lang", lang))
		}
	}
	return out
}
