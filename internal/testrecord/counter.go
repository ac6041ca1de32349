package testrecord

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"
)

// CounterAnswer is an answer of the COUNTER API, and the part of the official
// description that it must be of: "schemas/IR", "responses/200_Members/content/…".
type CounterAnswer struct{ Name, Part, JSON string }

// CounterFaults are the ways in which answers differ from the official description
// of the COUNTER API. Where that is not there the test is skipped with one line.
func CounterFaults(t *testing.T, list []CounterAnswer) string {
	t.Helper()
	data := Shared("data/counter")
	if data == "" {
		t.Skip("the description of the COUNTER API is read from ../shared/data/counter, which is not here")
	}
	answers := [][3]string{}
	for _, a := range list {
		answers = append(answers, [3]string{a.Name, a.Part, a.JSON})
	}
	in, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join(Root(), "internal", "testrecord", "testdata", "counter.mjs"), filepath.Join(Root(), "tools", "node_modules"), filepath.Join(data, "COUNTER_API.json"))
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Fatalf("%v (scripts/install-test-tools installs what it needs)", err)
	}
	return string(out)
}
