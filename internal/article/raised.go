package article

import "strings"

// Printed is Plain with numbers and signs that are raised or lowered in the characters
// which Unicode has for that: "10¹⁵ g of CO₂". Without, one would read 1015.
func Printed(nodes []Node) string {
	var b strings.Builder
	plain(&b, nodes, true)
	return strings.TrimSpace(b.String())
}

// Raise writes numbers and signs in raised characters: "−15" as "⁻¹⁵". Anything else
// stays as it is.
func Raise(s string) string {
	if strings.Trim(s, "0123456789+-−–=()n") != "" {
		return s
	}
	return raised.Replace(s)
}

// Lower is Raise for lowered characters.
func Lower(s string) string {
	if strings.Trim(s, "0123456789+-−–=()") != "" {
		return s
	}
	return lowered.Replace(s)
}

var (
	raised  = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "−", "⁻", "–", "⁻", "=", "⁼", "(", "⁽", ")", "⁾", "n", "ⁿ")
	lowered = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "+", "₊", "-", "₋", "−", "₋", "–", "₋", "=", "₌", "(", "₍", ")", "₎")
)
