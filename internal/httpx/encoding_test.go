package httpx

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestCodingIsChosenByQuality(t *testing.T) {
	for header, want := range map[string]coding{
		"":                               identity,
		"gzip":                           gzipped,
		"zstd":                           zstandard,
		"gzip, deflate, br, zstd":        zstandard, // as browsers send it
		"gzip, deflate, br":              gzipped,
		"GZIP":                           gzipped,
		"x-gzip":                         gzipped, // RFC 9110, section 8.4.1.3
		"br, deflate":                    identity,
		"*":                              zstandard,
		"*;q=0.5, zstd;q=0":              gzipped,
		"zstd;q=0.5, gzip;q=0.9":         gzipped,
		"zstd;q=0.5, gzip;q=0.5":         zstandard,
		"gzip;q=0.5, identity":           identity,
		"gzip;q=0, zstd;q=0":             identity,
		"identity;q=0":                   identity, // nothing else is taken
		"identity;q=0, gzip":             gzipped,
		"*;q=0":                          identity,
		"zstd;q=0.000, gzip; q=0.001":    gzipped,
		"gzip;q=0.8;x=1 , zstd ; Q=0.7 ": gzipped,
		"zstd;q=1.5, gzip;q=0.1":         gzipped, // no quality: not taken
		"zstd;q=-1, gzip;q=0.1":          gzipped,
		"zstd;q=NaN, gzip;q=0.1":         gzipped,
		"zstd;q=, gzip;q=0.1":            gzipped,
		"zstd;q=high, gzip;q=0.1":        gzipped,
		",,;q=1,=,":                      identity,
	} {
		if got := chooseCoding(header, true, true); got != want {
			t.Errorf("%q: %q, want %q", header, codingSuffix[got], codingSuffix[want])
		}
	}
}

func TestCodingIsOneThatThereIs(t *testing.T) {
	for _, c := range []struct {
		header     string
		gzip, zstd bool
		want       coding
	}{{"zstd", true, false, identity}, {"zstd, gzip;q=0.1", true, false, gzipped}, {"gzip", false, true, identity}, {"zstd, gzip", false, false, identity}} {
		if got := chooseCoding(c.header, c.gzip, c.zstd); got != c.want {
			t.Errorf("%q with gzip %v and zstd %v: %q", c.header, c.gzip, c.zstd, codingSuffix[got])
		}
	}
}

func TestMediaTypeIsNegotiated(t *testing.T) {
	offers := []string{"text/html", "application/jats+xml", "application/pdf", "text/plain"}
	for accept, want := range map[string]string{
		"":    "text/html",
		" ":   "text/html",
		"*/*": "text/html",
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "text/html", // as browsers send it
		"application/pdf":                          "application/pdf",
		"Application/PDF":                          "application/pdf",
		"application/*":                            "application/jats+xml",
		"application/*;q=0.5, application/pdf":     "application/pdf",
		"application/*, application/jats+xml;q=0":  "application/pdf", // the more exact range counts
		"text/*, text/html;q=0.1":                  "text/plain",
		"*/*;q=0.1, text/plain;q=0.2":              "text/plain",
		"text/html;q=0, */*":                       "application/jats+xml",
		"image/png":                                "",
		"text/html;q=0":                            "",
		"*/*;q=0":                                  "",
		"application/pdf;q=0.5, text/html;q=0.499": "application/pdf",
		"application/jats+xml;charset=utf-8;q=0.3, text/plain;q=0.2": "application/jats+xml",
		"nonsense": "",
	} {
		if got := Negotiate(accept, offers); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
}

// FuzzChooseCoding: a coding that the header does not name is never chosen, and
// one that was forbidden neither.
func FuzzChooseCoding(f *testing.F) {
	for _, s := range []string{"", "gzip", "zstd;q=0.5, gzip;q=0.9", "*;q=0, identity", "x-gzip;q=NaN", "gzip;q=1;q=0", ",;,=;q"} {
		f.Add(s, true, true)
	}
	f.Fuzz(func(t *testing.T, header string, hasGzip, hasZstd bool) {
		got := chooseCoding(header, hasGzip, hasZstd)
		if got == gzipped && !hasGzip || got == zstandard && !hasZstd || got < identity || got >= codings {
			t.Fatalf("%q: coding %d is not there", header, got)
		}
		names := map[coding][]string{gzipped: {"gzip", "x-gzip"}, zstandard: {"zstd"}}[got]
		named, best := false, 0.0
		accepted(header, func(item string, q float64) {
			if !(q >= 0 && q <= 1) {
				t.Fatalf("%q: %q has the quality %v", header, item, q)
			}
			if item == "*" || slices.Contains(names, item) {
				named, best = true, math.Max(best, q)
			}
		})
		if got != identity && (!named || best == 0) {
			t.Fatalf("%q: %q was chosen, though named %v with at most %v", header, codingSuffix[got], named, best)
		}
		if low := strings.ToLower(header); got != identity && !strings.Contains(low, "*") && !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(low, n) }) {
			t.Fatalf("%q does not hold the chosen coding", header)
		}
	})
}

// FuzzNegotiate: the answer is an offer, and when the header is one offer with
// a quality above 0, or everything, it is that.
func FuzzNegotiate(f *testing.F) {
	for _, s := range []string{"", "*/*", "text/html,application/pdf;q=0.9", "application/*;q=0", "text/html;level=1;q=0.4", ";;q=1,/,"} {
		f.Add(s)
	}
	offers := []string{"text/html", "application/jats+xml", "application/pdf"}
	f.Fuzz(func(t *testing.T, accept string) {
		got := Negotiate(accept, offers)
		if got != "" && !slices.Contains(offers, got) {
			t.Fatalf("%q gives %q, which was not offered", accept, got)
		}
		if again := Negotiate(strings.ToUpper(accept), offers); again != got && isASCII(accept) {
			t.Fatalf("%q gives %q, in upper case %q", accept, got, again)
		}
		if got == "" && strings.TrimSpace(accept) == "" {
			t.Fatal("who says nothing gets nothing")
		}
		for _, offer := range offers {
			if exact := Negotiate(fmt.Sprintf("%s;q=0.001, */*;q=0", offer), offers); exact != offer {
				t.Fatalf("%s alone gives %q", offer, exact)
			}
		}
		// A range that fits nothing changes nothing.
		if more := Negotiate(accept+", x-none/x-none", offers); more != got && strings.TrimSpace(accept) != "" {
			t.Fatalf("%q gives %q, with a range more %q", accept, got, more)
		}
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
}
