package oaipmh

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"testing"
	"time"
)

func TestTokenHoldsTheWholeRequest(t *testing.T) {
	q := url.Values{"verb": {"ListRecords"}, "metadataPrefix": {"oai_dc"}, "set": {"rjr:articles"}, "from": {"2024-01-01"}, "until": {"2024-12-31"}}
	r, fault := Parse(q, "rjr")
	if fault != nil {
		t.Fatal(fault)
	}
	if want := time.Date(2024, 12, 31, 23, 59, 59, 0, time.UTC); !r.Until.Equal(want) {
		t.Errorf("until is %v, want %v", r.Until, want)
	}
	place := Place{Stamp: "2024-06-01T00:00:00Z", ID: "01H", Done: 250}
	token := r.Token("rjr", place)
	again, fault := Parse(url.Values{"verb": {"ListRecords"}, "resumptionToken": {token}}, "rjr")
	if fault != nil {
		t.Fatal(fault)
	}
	if again.Prefix != r.Prefix || again.Set != r.Set || !again.From.Equal(r.From) || !again.Until.Equal(r.Until) || again.Place == nil || *again.Place != place {
		t.Errorf("%+v of %+v", again, r)
	}
	for name, c := range map[string][3]string{
		"another repository": {"ListRecords", token, "other"},
		"another verb":       {"ListIdentifiers", token, "rjr"},
		"cut":                {"ListRecords", token[:len(token)-2], "rjr"},
		"one letter changed": {"ListRecords", "B" + token[1:], "rjr"},
		"not a token":        {"ListRecords", "%00", "rjr"},
	} {
		if _, fault := Parse(url.Values{"verb": {c[0]}, "resumptionToken": {c[1]}}, c[2]); fault == nil || fault.Code != BadResumptionToken {
			t.Errorf("%s: %v", name, fault)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&set=a:b")
	f.Add("verb=ListRecords&resumptionToken=abc")
	f.Add("verb=Identify&verb=%00")
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		r, fault := Parse(values, "rjr")
		var b bytes.Buffer
		out := NewResponse(&b, "https://example.org/oai", r, time.Unix(0, 0))
		if fault == nil {
			fault = &Fault{Code: NoRecordsMatch, Says: "nothing"}
		}
		if err := out.Fault(fault); err != nil {
			t.Fatal(err)
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(b.Bytes(), new(struct{})); err != nil {
			t.Errorf("%q: %v in %s", query, err, b.Bytes())
		}
	})
}
