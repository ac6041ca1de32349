package article

import "testing"

func TestNumbersThatAreRaisedStayWhatTheyAre(t *testing.T) {
	in := func(kind Kind, text string) Node { return Node{Kind: kind, Kids: []Node{Str(text)}} }
	for _, c := range []struct {
		nodes       []Node
		want, plain string
	}{
		{[]Node{Str("10"), in(Sup, "15"), Str(" g of CO"), in(Sub, "2")}, "10¹⁵ g of CO₂", "1015 g of CO2"},
		{[]Node{Str("10"), in(Sup, "−5"), Str(" M")}, "10⁻⁵ M", "10−5 M"},
		{[]Node{Str("x"), in(Sup, "n+1"), Str(" and x"), in(Sub, "max")}, "xⁿ⁺¹ and xmax", "xn+1 and xmax"},
		{[]Node{Str("le XIX"), in(Sup, "e"), Str(" siècle")}, "le XIXe siècle", "le XIXe siècle"},
		{[]Node{{Kind: Sup, Kids: []Node{in(Italic, "2")}}}, "²", "2"},
	} {
		if got := Printed(c.nodes); got != c.want {
			t.Errorf("printed %q, want %q", got, c.want)
		}
		if got := Plain(c.nodes); got != c.plain {
			t.Errorf("plain %q, want %q", got, c.plain)
		}
	}
}
