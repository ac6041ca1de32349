package script

import (
	"slices"
	"testing"
)

func TestRelatedKeysAreThoseOfTheOtherForms(t *testing.T) {
	got := BuiltinAliases().Related(AppendKeys(nil, "Dulles"))
	for _, want := range []string{"h:ダレス", "r:dales"} {
		if !slices.Contains(got, want) {
			t.Errorf("the keys related to Dulles are %q, without %q", got, want)
		}
	}
	if slices.Contains(got, "l:dulles") {
		t.Errorf("the key of the word itself is among those related to it: %q", got)
	}
	if got := BuiltinAliases().Related(AppendKeys(nil, "thermometer")); len(got) > 0 {
		t.Errorf("thermometer is related to %q", got)
	}
}
