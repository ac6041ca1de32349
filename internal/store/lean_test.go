package store

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestRecordIsReadWithoutItsReferences(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":1,"references":[{"x":"]}\"["}],"b":2}`:      `{"a":1,"b":2}`,
		`{"references":[],"b":2}`:                         `{"b":2}`,
		`{"b":2,"references":[[1],[2]]}`:                  `{"b":2}`,
		`{"references":[1]}`:                              `{}`,
		`{"a":{"references":[1]},"b":"\"references\":["}`: `{"a":{"references":[1]},"b":"\"references\":["}`,
		`{"references":{"a":[1]},"b":[2]}`:                `{"references":{"a":[1]},"b":[2]}`,
		`{"a":"\\","references":[1]}`:                     `{"a":"\\"}`,
		`not json "`:                                      `not json "`,
		`{"a":"\\\"","references":[1],"b":"\\"}`:          `{"a":"\\\"","b":"\\"}`,
		``:                                                ``,
	} {
		if got := string(withoutReferences(in)); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	rec := sample("T")
	_, b, err := canonical(&rec)
	if err != nil {
		t.Fatal(err)
	}
	got := sample("T")
	got.References = nil
	read := got
	read.Titles = nil
	if err := json.Unmarshal(withoutReferences(string(b)), &read); err != nil || !reflect.DeepEqual(read, got) {
		t.Errorf("%v: %+v, want %+v", err, read, got)
	}
}

func FuzzWithoutReferences(f *testing.F) {
	f.Add([]byte(`{"a":1,"references":[{"x":"]}"}],"b":2}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		out := withoutReferences(string(b))
		if json.Valid(b) && !json.Valid(out) {
			t.Errorf("%s becomes %s", b, out)
		}
	})
}
