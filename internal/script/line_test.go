package script_test

import (
	"testing"

	"offprint/internal/script"
)

func TestLineLeavesOneLineAndItsTypography(t *testing.T) {
	for in, want := range map[string]string{
		"  one\r\n two\tthree ":            "one two three",
		"a\u2028b\u2029c\u0085d\ve\x00":    "a b c d e",
		"10\u00a0km и 5\u202f%":            "10\u00a0km и 5\u202f%",
		"\u3000全角":                         "\u3000全角",
		"bad \xff byte":                    "bad \uFFFD byte",
		"\n\n":                             "",
		"a\uFDD0b \uFFFE\U0010FFFFc\uE000": "a b c\uE000",
	} {
		if got := script.Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}
