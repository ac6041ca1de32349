package locale

import "golang.org/x/text/language"

// bibliographic are the codes of ISO 639-2 for bibliographic use where they are not
// those of the terminologic use.
var bibliographic = map[string]string{
	"sqi": "alb", "hye": "arm", "eus": "baq", "bod": "tib", "mya": "bur", "zho": "chi", "ces": "cze", "nld": "dut", "fra": "fre", "kat": "geo",
	"deu": "ger", "ell": "gre", "isl": "ice", "mkd": "mac", "mri": "mao", "msa": "may", "fas": "per", "ron": "rum", "slk": "slo", "cym": "wel",
}

// Alpha2 is the language of a BCP 47 tag by ISO 639-1, "" where it has no such code.
func Alpha2(tag string) string {
	if b := base(tag); b != (language.Base{}) && len(b.String()) == 2 {
		return b.String()
	}
	return ""
}

// Alpha3 is the language of a BCP 47 tag by ISO 639-3 ("deu"), "" where the tag cannot
// be read.
func Alpha3(tag string) string {
	if b := base(tag); b != (language.Base{}) && b.ISO3() != "und" {
		return b.ISO3()
	}
	return ""
}

// Bibliographic is the language of a BCP 47 tag by ISO 639-2/B ("ger"), as libraries
// write it; a language that this part of the standard does not have keeps its code of
// ISO 639-3. It is "" where the tag cannot be read.
func Bibliographic(tag string) string {
	three := Alpha3(tag)
	if b, ok := bibliographic[three]; ok {
		return b
	}
	return three
}

// Tag is a BCP 47 tag in its usual form, "" where it cannot be read.
func Tag(tag string) string {
	t, b := parsed(tag)
	if b == (language.Base{}) {
		return ""
	}
	return t.String()
}

func base(tag string) language.Base {
	_, b := parsed(tag)
	return b
}

// parsed is a tag and its language, which is the zero one where it cannot be read.
func parsed(tag string) (t language.Tag, b language.Base) {
	if tag == "" {
		return t, b
	}
	t, err := language.Parse(tag)
	if err != nil {
		return t, b
	}
	if raw, _, _ := t.Raw(); raw.String() != "und" {
		b = raw
	}
	return t, b
}
