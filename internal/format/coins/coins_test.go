package coins

import (
	"net/url"
	"strings"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleInASpan(t *testing.T) {
	p := testrecord.Sample()
	testrecord.Golden(t, "sample.txt", []byte(strings.ReplaceAll(Encode(p, string(p.Address(testrecord.Site))), "&", "\n&")+"\n"))
}

func TestEverySpanIsAQuery(t *testing.T) {
	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) {
		q, err := url.ParseQuery(Encode(c.Pub, c.Address))
		if err != nil || q.Get("ctx_ver") != "Z39.88-2004" || q.Get("rft.genre") != "article" {
			t.Errorf("%v %v", err, q)
		}
	})
}
