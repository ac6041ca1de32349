package jats

import (
	"strings"
	"testing"
)

func TestOnlineDateBesideThatInPrintSaysSo(t *testing.T) {
	const (
		online     = `<pub-date date-type="pub" publication-format="electronic" iso-8601-date="2024-03-14"><day>14</day><month>03</month><year>2024</year></pub-date>`
		print      = `<pub-date date-type="pub" publication-format="print" iso-8601-date="2024-04"><month>04</month><year>2024</year></pub-date>`
		plain      = `<pub-date date-type="pub" iso-8601-date="2024-03-14"><day>14</day><month>03</month><year>2024</year></pub-date>`
		collection = `<pub-date date-type="collection" iso-8601-date="2024"><year>2024</year></pub-date>`
	)
	for _, c := range []struct {
		name string
		in   string
		want []string
	}{
		{"both", print + online, []string{"electronic", "print"}},
		{"NLM's own words", `<pub-date pub-type="epub"><day>14</day><month>3</month><year>2024</year></pub-date><pub-date pub-type="ppub"><month>4</month><year>2024</year></pub-date>`, []string{"electronic", "print"}},
		{"one of no form", plain, []string{""}},
		{"one and the issue", plain + collection, []string{""}},
		{"print alone", print, []string{""}},
	} {
		r := metaOf(t, "research-article", c.in)
		root, _, err := parse(encoded(t, r))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for k := range root.find("article-meta").each("pub-date") {
			if k.at("date-type") == "pub" {
				got = append(got, k.at("publication-format"))
			}
		}
		if strings.Join(got, ",") != strings.Join(c.want, ",") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
