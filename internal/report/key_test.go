package report

import (
	"net/url"
	"strings"
	"testing"

	"offprint/internal/auth"
	"offprint/internal/format/counter"
)

const keyFile = `# of libraries
key-of-the-world-0001

key-of-a-library-0002 requestor=library
key-of-one-journal-03 journals=lamps,wicks requestor=editor
`

func TestWhoMayAsk(t *testing.T) {
	keys, err := auth.Read("counter-keys", "keys", strings.NewReader(keyFile), Requestor)
	if err != nil {
		t.Fatal(err)
	}
	world := "customer_id=" + counter.TheWorld
	for _, c := range []struct {
		keys  *auth.Keys
		query string
		path  string
		want  int // 0: may ask
	}{
		{nil, world, "", 0},
		{nil, world + "&api_key=whatever&requestor_id=me", "lamps", 0},
		{nil, "", "", counter.Insufficient},
		{nil, "customer_id=42", "", counter.NotForInstitution},
		{keys, "", "", counter.Insufficient},
		{keys, world, "", counter.Insufficient},
		{keys, world + "&api_key=key-of-the-world-0001", "", 0},
		{keys, world + "&api_key=key-of-the-world-0001", "lamps", 0},
		{keys, world + "&api_key=key-of-the-world-0002", "", counter.InvalidKey},
		{keys, "customer_id=42&api_key=key-of-the-world-0001", "", counter.NotForInstitution},
		{keys, world + "&api_key=key-of-a-library-0002", "", counter.UnknownRequestor},
		{keys, world + "&api_key=key-of-a-library-0002&requestor_id=other", "", counter.UnknownRequestor},
		{keys, world + "&api_key=key-of-a-library-0002&requestor_id=library", "", 0},
		{keys, world + "&api_key=key-of-one-journal-03&requestor_id=editor", "wicks", 0},
		{keys, world + "&api_key=key-of-one-journal-03&requestor_id=editor", "oil", counter.InvalidKey},
		{keys, world + "&api_key=key-of-one-journal-03&requestor_id=editor", "", counter.InvalidKey},
		{&auth.Keys{}, world + "&api_key=" + strings.Repeat("k", 100_000), "", counter.InvalidKey},
	} {
		values, err := url.ParseQuery(c.query)
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		if e := Check(c.keys, values, c.path); e != nil {
			got = e.Code
			if e.Status() < 400 {
				t.Errorf("%.80s: status %d", c.query, e.Status())
			}
		}
		if got != c.want {
			t.Errorf("%.80s of %q: %d, want %d", c.query, c.path, got, c.want)
		}
	}
}
