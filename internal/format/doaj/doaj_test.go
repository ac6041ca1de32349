package doaj

import (
	"encoding/json"
	"testing"

	"offprint/internal/testrecord"
)

func TestSampleForDOAJ(t *testing.T) {
	testrecord.SampleCollected(t, "sample.xml", NewCollection)
	p := testrecord.Sample()
	j, err := EncodeJSON(p, string(p.Address(testrecord.Site)))
	if err != nil {
		t.Fatal(err)
	}
	testrecord.Golden(t, "sample.json", j)
}

func TestEveryUploadIsValid(t *testing.T) { testrecord.Collected(t, "doaj", NewCollection, Lacks) }

func TestEveryArticleOfTheInterfaceHasWhatItDemands(t *testing.T) {
	testrecord.Each(t, func(t *testing.T, c *testrecord.Case) {
		j, err := EncodeJSON(c.Pub, c.Address)
		if lacks := Lacks(c.Pub, c.Address).Grave(); lacks != (err != nil) {
			t.Fatalf("%v, lacks %v", err, lacks)
		}
		if err != nil {
			return
		}
		var a Article
		if err := json.Unmarshal(j, &a); err != nil || a.Bibjson.Title == "" || len(a.Bibjson.Identifier) == 0 || len(a.Bibjson.Keywords) > 6 {
			t.Errorf("%v %s", err, j)
		}
	})
}

func TestAddressesThatNobodyCanReachAreLacking(t *testing.T) {
	p := testrecord.Sample()
	for address, ok := range map[string]bool{"": false, "http://localhost:8080/x": false, "https://lamp.example/x": true, "https://журнал.рф/статья": true, "ftp://lamp.example/": false} {
		if Lacks(p, address).Grave() == ok {
			t.Errorf("%q: lacking is %v", address, ok)
		}
	}
}
