package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// parse runs "refs parse" on bytes.
func parse(t *testing.T, asJSON bool, in string) (out, complaints string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err = (&refsParseCmd{}).Run(&env{json: asJSON, stdin: strings.NewReader(in), stdout: &stdout, stderr: &stderr})
	return stdout.String(), stderr.String(), err
}

func TestBadLinesAreNamedAndTheOthersAreRead(t *testing.T) {
	good := "Quill A. On stairs. Stairs Today. 2020;3(2):5-51."
	in := strings.Join([]string{
		good,
		"GIF89a\x00\x01\x02",
		strings.Repeat("an endless line, ", 70_000),
		"\xcc\xee\xf1\xf2\xee\xe2\xee\xe9 \xca. \xcf. \xc2\xfb\xf1\xee\xf2\xe0 \xeb\xe5\xf1\xf2\xed\xe8\xf6. \xcc.: \xcd\xe0\xf3\xea\xe0, 2009. 312 \xf1.", // windows-1251
		"\u200fקויל א. על מדרגות. ירושלים: כתר, 1999.",
		good,
	}, "\n")
	out, complaints, err := parse(t, true, in)
	if !errors.Is(err, errReported) {
		t.Errorf("the error is %v", err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 6 {
		t.Fatalf("%d lines: %s", len(lines), out)
	}
	for i, want := range []string{`"Stairs Today"`, `"error":"line 2: `, `"error":"line 3: `, `"title":"Высота лестниц"`, "\"raw\":\"\u200fקויל", `"Stairs Today"`} {
		if !json.Valid([]byte(lines[i])) || !strings.Contains(lines[i], want) {
			t.Errorf("line %d is not JSON with %s: %.300s", i+1, want, lines[i])
		}
	}
	for _, want := range []string{"line 2: ", "not text", "line 3: the line is longer than 64 kB"} {
		if !strings.Contains(complaints, want) {
			t.Errorf("standard error does not say %q: %s", want, complaints)
		}
	}
}

func TestLastLineNeedsNoEnd(t *testing.T) {
	out, _, err := parse(t, true, "Quill A. On stairs. Stairs Today. 2020;3(2):5-51.")
	if err != nil || strings.Count(out, "\n") != 1 {
		t.Errorf("%v, %q", err, out)
	}
	if out, _, err := parse(t, true, ""); err != nil || out != "" {
		t.Errorf("of nothing came %v, %q", err, out)
	}
}
