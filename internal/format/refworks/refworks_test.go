package refworks

import (
	"regexp"
	"strings"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleForRefWorks(t *testing.T) {
	p := testrecord.Sample()
	testrecord.Golden(t, "sample.txt", Encode(p, string(p.Address(testrecord.Site))))
}

var lineForm = regexp.MustCompile(`^[A-Z][A-Z0-9] \S.*$`)

func TestEveryLineHasATagAndAValue(t *testing.T) {
	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) {
		out := string(Encode(c.Pub, c.Address))
		body, ok := strings.CutSuffix(out, "\r\n\r\n")
		if !ok || !strings.HasPrefix(body, "RT Journal Article\r\n") {
			t.Fatalf("%.100q", out)
		}
		for _, l := range strings.Split(body, "\r\n") {
			if !lineForm.MatchString(l) {
				t.Errorf("%.200q", l)
			}
		}
	})
}
