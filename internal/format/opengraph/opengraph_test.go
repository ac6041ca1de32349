package opengraph

import (
	"bytes"
	"fmt"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleAsALinkIsShown(t *testing.T) {
	p := testrecord.Sample()
	var b bytes.Buffer
	Properties(p, string(p.Address(testrecord.Site)), "ru", func(property, content string) { fmt.Fprintf(&b, "%s %s\n", property, content) })
	testrecord.Golden(t, "sample.txt", b.Bytes())
}

func TestLanguagesHaveTheirCountries(t *testing.T) {
	for tag, want := range map[string]string{"en": "en_US", "en-GB": "en_GB", "ru": "ru_RU", "pt-BR": "pt_BR", "ja": "ja_JP", "": "", "und": "", "x-klingon": "", "not a tag": ""} {
		if got := territory(tag); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
}
