package pid

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDOIIsFoundInWhatPeoplePaste(t *testing.T) {
	for in, want := range map[string]string{
		"10.1000/182":                                      "10.1000/182",
		" https://doi.org/10.1000/182 ":                    "10.1000/182",
		"http://dx.doi.org/10.1000/182.":                   "10.1000/182",
		"HTTPS://DOI.ORG/10.1000/AbC":                      "10.1000/AbC",
		"doi:10.1000/182;":                                 "10.1000/182",
		"Doi: 10.1000/182":                                 "10.1000/182",
		"DOI 10.1000/182":                                  "10.1000/182",
		"info:doi/10.15068/00000270":                       "10.15068/00000270",
		"https://doi.org/ 10.1000/182":                     "10.1000/182",
		"doi: https://doi.org/10.1000/182":                 "10.1000/182",
		"10.1002/(SICI)1096-8644(199601)99:1<1::AID-A>3.0": "10.1002/(SICI)1096-8644(199601)99:1<1::AID-A>3.0",
		"10.1002/%28SICI%291096":                           "10.1002/(SICI)1096",
		"10.1002/a&lt;1::b&gt;3.0.CO;2-1":                  "10.1002/a<1::b>3.0.CO;2-1",
		"10.11482/KMJ-J25(4)257-267.1999.pdf":              "10.11482/KMJ-J25(4)257-267.1999.pdf",
		"10.1016/S0140-6736(05)67863-2)":                   "10.1016/S0140-6736(05)67863-2",
		"10.1234/abc(d)":                                   "10.1234/abc(d)",
		"10.21686/1818-4243-2013-6(101-24-30":              "10.21686/1818-4243-2013-6(101-24-30",
		"10.1000/1\u200b8\u00ad2":                          "10.1000/182",
		"10.1000/182”.":                                    "10.1000/182",
		"10.1000/182».":                                    "10.1000/182",
		"10.1000.10/123456":                                "10.1000.10/123456",
		"https://www.doi.org/10.1000/182":                  "10.1000/182",
	} {
		if got, ok := DOI(in); !ok || got != want {
			t.Errorf("DOI(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestWhatIsNoDOIIsRefused(t *testing.T) {
	for _, in := range []string{
		"", "10.", "10.1000", "10.1000/", "10.12/x", "11.1000/182", "https://doi.org/", "https://doi.org/bx7m",
		"10.1000/18 2", "10.1000/17а", "10.1234567890/x", "10.1000/.", "10.10a0/1", strings.Repeat("9", 3000),
		"https://example.org/10.1000/182",
	} {
		if got, ok := DOI(in); ok || got != "" {
			t.Errorf("DOI(%q) = %q, %v", in, got, ok)
		}
	}
}

func TestDOIsAreTheSameWhateverTheirCase(t *testing.T) {
	if !SameDOI("10.1000/ABC", "https://doi.org/10.1000/abc") {
		t.Error("case or prefix made a difference")
	}
	if SameDOI("10.1000/abc", "10.1000/abd") || SameDOI("", "") {
		t.Error("different or no DOIs are the same")
	}
}

func TestDOIIsFoundInRunningText(t *testing.T) {
	for in, want := range map[string]string{
		"See the paper (doi: 10.1000/182), page 2": "10.1000/182",
		"10.1000/182":                      "10.1000/182",
		"Vol. 10.1 and 10.5555/ok.":        "10.5555/ok",
		"https://doi.org/10.5555/1 (2020)": "10.5555/1",
	} {
		if got, ok := FindDOI(in); !ok || got != want {
			t.Errorf("FindDOI(%q) = %q, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "10.", "110.1000/182", "pp. 10.20", "10. 1000/182"} {
		if got, ok := FindDOI(in); ok {
			t.Errorf("FindDOI(%q) = %q", in, got)
		}
	}
}

func TestISSN(t *testing.T) {
	for in, want := range map[string]string{
		"2658-6444": "2658-6444", "2658-6789": "2658-6789", "2500-2872": "2500-2872",
		"ISSN 2658-6444": "2658-6444", "ISSN: 2658‐6444": "2658-6444", "26586444": "2658-6444",
		"2658–6444": "2658-6444", "1050-124X": "1050-124X", "1050-124х": "1050-124X", "1050-124Х": "1050-124X",
		"e-ISSN 2500-2872": "2500-2872", "urn:ISSN:2500-2872": "2500-2872",
	} {
		if got, ok := ISSN(in); !ok || got != want {
			t.Errorf("ISSN(%q) = %q, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "2658-6445", "2658-644", "2658-64444", "X658-6444", "1050-124Y", "1050-124X2", "1956-1960 x"} {
		if got, ok := ISSN(in); ok {
			t.Errorf("ISSN(%q) = %q", in, got)
		}
	}
	if got, ok := ISSNForm("2658-6445"); !ok || got != "2658-6445" {
		t.Errorf("a misprinted ISSN has lost its form: %q, %v", got, ok)
	}
}

func TestISSNsInRunningText(t *testing.T) {
	s := "ISSN 2658-6444 (Print), 1050–124Х (Online); 1234-5678"
	got := FindISSN(s)
	if len(got) != 3 || got[0].Value != "2658-6444" || !got[0].Valid || got[1].Value != "1050-124X" || !got[1].Valid || got[2].Valid {
		t.Fatalf("%+v", got)
	}
	if s[got[1].At:got[1].End] != "1050–124Х" {
		t.Errorf("place is %q", s[got[1].At:got[1].End])
	}
	for _, s := range []string{"10.1590/1234-5678", "12345-6789", "1234-56789", "tel 12-1234-5678", "a1234-5678", "20200101"} {
		if got := FindISSN(s); len(got) != 0 {
			t.Errorf("%q: %+v", s, got)
		}
	}
}

func TestORCID(t *testing.T) {
	for in, want := range map[string]string{
		"0000-0002-1825-0097":                       "0000-0002-1825-0097",
		"https://orcid.org/0000-0001-5109-3700":     "0000-0001-5109-3700",
		"http://www.orcid.org/0000-0002-1694-233x.": "0000-0002-1694-233X",
		"0000000218250097":                          "0000-0002-1825-0097",
		"ORCID iD: 0000–0002–1825–0097":             "0000-0002-1825-0097",
		"orcid.org/0000-0002-1825-0097":             "0000-0002-1825-0097",
	} {
		if got, ok := ORCID(in); !ok || got != want {
			t.Errorf("ORCID(%q) = %q, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "0000-0002-1825-0098", "0000-0002-1825-009", "0000-0002-1825-00977", "000-00002-1825-0097", "-0000000218250097", "X000-0002-1825-0097"} {
		if got, ok := ORCID(in); ok {
			t.Errorf("ORCID(%q) = %q", in, got)
		}
	}
}

func TestROR(t *testing.T) {
	for in, want := range map[string]string{
		"https://ror.org/03yrm5c26": "03yrm5c26", "02mhbdp94": "02mhbdp94", "ror.org/05DXPS055": "05dxps055",
	} {
		if got, ok := ROR(in); !ok || got != want {
			t.Errorf("ROR(%q) = %q, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "03yrm5c27", "13yrm5c26", "03yrm5c2", "03yrmic26"} {
		if got, ok := ROR(in); ok {
			t.Errorf("ROR(%q) = %q", in, got)
		}
	}
}

func FuzzDOI(f *testing.F) {
	for _, s := range []string{"https://doi.org/10.1000/182", "10.1002/(SICI)1<1::A>3.0", "doi:10.1000/%zz", "10.1/&amp;", "Х"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		FindDOI(s)
		got, ok := DOI(s)
		if !ok {
			if got != "" {
				t.Fatalf("refused with %q", got)
			}
			return
		}
		if !utf8.ValidString(got) || !strings.HasPrefix(got, "10.") || strings.ContainsAny(got, " \n\t") {
			t.Fatalf("DOI(%q) = %q", s, got)
		}
		if !SameDOI(s, strings.ToUpper(s)) && !strings.ContainsAny(s, "%&") && isASCII(s) {
			t.Fatalf("%q is not the same as its capitals", s)
		}
	})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

func FuzzISSN(f *testing.F) {
	for _, s := range []string{"2658-6444", "ISSN 1050-124Х", "1234–5678 (Print)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, found := range FindISSN(s) {
			again, ok := ISSNForm(s[found.At:found.End])
			if !ok || again != found.Value {
				t.Fatalf("%q: %+v reads again as %q", s, found, again)
			}
		}
		if v, ok := ISSN(s); ok {
			if again, ok := ISSN(v); !ok || again != v {
				t.Fatalf("canonical %q is not stable", v)
			}
		}
	})
}
