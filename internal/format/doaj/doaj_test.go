package doaj

import (
	"bytes"
	"encoding/json"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleForDOAJ(t *testing.T) {
	p := testrecord.Sample()
	address := string(p.Address(testrecord.Site))
	var b bytes.Buffer
	if err := Encode(&b, p, address); err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.xml", b.Bytes())
	j, err := EncodeJSON(p, address)
	if err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.json", j)
}

func TestEveryUploadIsValid(t *testing.T) {
	files := map[string][]byte{}
	for _, c := range testrecord.All() {
		var b bytes.Buffer
		err := Encode(&b, c.Pub, c.Address)
		j, jerr := EncodeJSON(c.Pub, c.Address)
		if lacks := Lacks(c.Pub, c.Address).Grave(); lacks != (err != nil) || lacks != (jerr != nil) {
			t.Errorf("%s: %v, %v, lacks %v", c.Name, err, jerr, lacks)
		}
		if err == nil {
			files[c.Name+".xml"] = b.Bytes()
			var a Article
			if err := json.Unmarshal(j, &a); err != nil || a.Bibjson.Title == "" || len(a.Bibjson.Identifier) == 0 || len(a.Bibjson.Keywords) > 6 {
				t.Errorf("%s: %v %s", c.Name, err, j)
			}
		}
	}
	testrecord.Valid(t, "doaj", files)
}

func TestAddressesThatNobodyCanReachAreLacking(t *testing.T) {
	p := testrecord.Sample()
	for address, ok := range map[string]bool{"": false, "http://localhost:8080/x": false, "https://lamp.example/x": true, "https://журнал.рф/статья": true, "ftp://lamp.example/": false} {
		if Lacks(p, address).Grave() == ok {
			t.Errorf("%q: lacking is %v", address, ok)
		}
	}
}
