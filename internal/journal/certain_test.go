package journal

import (
	"reflect"
	"strings"
	"testing"
)

// What is not sure is left out, whichever field it is; what the source prints stays.
func TestOnlyCertainFieldsOfAReferenceGoOut(t *testing.T) {
	kept := map[string]bool{"id": true, "number": true, "label": true, "key": true, "printed": true, "group": true, "confidence": true}
	typ := reflect.TypeOf(Reference{})
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		for confidence, stays := range map[float64]bool{0.5: kept[name], 0.9: true} {
			r := Reference{}
			fillIn(reflect.ValueOf(&r).Elem().Field(i))
			if name == "confidence" {
				continue
			}
			r.Confidence = map[string]float64{name: confidence}
			out := r.Certain()
			if zero := reflect.ValueOf(out).Field(i).IsZero(); zero == stays {
				t.Errorf("%s with confidence %v: stays is %v", name, confidence, !zero)
			}
		}
	}
}

func fillIn(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("2020")
	case reflect.Int:
		v.SetInt(1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Struct:
		for i := range v.NumField() {
			fillIn(v.Field(i))
		}
	}
}

func TestDatesThatNoCalendarHasAreCut(t *testing.T) {
	for d, want := range map[Date]Date{"2020-02-30": "2020-02", "2020-13-01": "2020", "2020": "2020", "0000": "", "20": "", "": "", "2020-03-14": "2020-03-14", "c1900": "", "20201": "", "20201-03": ""} {
		if got := d.Valid(); got != want {
			t.Errorf("%q is %q, want %q", d, got, want)
		}
	}
}

func TestAddressesFollowFromThatOfTheArticle(t *testing.T) {
	p := Publication{Slug: "lamp", Journal: Journal{Path: "rjr"}, Issue: &Issue{Slug: "2020-v3"}}
	a := p.Address("https://example.org/")
	if a != "https://example.org/rjr/articles/lamp" || a.Journal() != "https://example.org/rjr/" || a.Issue(p.Issue) != "https://example.org/rjr/issues/2020-v3" ||
		a.File(&File{Name: "a b.pdf", SHA256: "1"}) != "https://example.org/rjr/articles/lamp/files/a%20b.pdf" || a.Form("xml") != "https://example.org/rjr/articles/lamp.xml" {
		t.Error(a, a.Journal(), a.Issue(p.Issue))
	}
	p.Journal.Host = "rjr.example.com"
	if a := p.Address("http://example.org"); a != "http://rjr.example.com/articles/lamp" || p.Address("") != "" || Address("").Form("xml") != "" {
		t.Error(a)
	}
}
