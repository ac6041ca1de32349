package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

func written(t testing.TB, e *Element) string {
	t.Helper()
	var b bytes.Buffer
	if err := e.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestElementsWithoutContentAreLeftOut(t *testing.T) {
	got := written(t, New("a", Say("b", " "), Group("c", Say("d", "")), nil, Say("e", "x & <y>"), Mixed("f", Text("one "), Say("g", "two"), Text(" three")), New("h").Set("i", `"&<`+"\n").Set("j", "")))
	want := Declaration + `<a>
 <e>x &amp; &lt;y&gt;</e>
 <f>one <g>two</g> three</f>
 <h i="&quot;&amp;&lt;&#xA;"/>
</a>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAStreamIsOneDocument(t *testing.T) {
	var b bytes.Buffer
	s := NewStream(&b, New("batch", New("head", Say("id", "1"))).Set("v", "1"), New("body"))
	for range 3 {
		if err := s.Add(Say("x", "é"), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want := Declaration + `<batch v="1">
 <head>
  <id>1</id>
 </head>
 <body>
  <x>é</x>
  <x>é</x>
  <x>é</x>
 </body>
</batch>
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestTheErrorOfTheWriterIsReturned(t *testing.T) {
	if err := New("a").Write(broken{}); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("got %v", err)
	}
	s := NewStream(broken{}, New("a"))
	for range 3000 {
		_ = s.Add(Say("b", strings.Repeat("x", 100)))
	}
	if err := s.Add(New("b")); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("a stream goes on: %v", err)
	}
}

// Whatever characters a record has, a reader gets them back, but for those that
// XML cannot hold.
func FuzzCharacters(f *testing.F) {
	for _, s := range []string{"a\x00b", "\xed\xa0\x80", "\ufffe\uffff", "]]>", "\r\n\t", "𝕜", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out := written(t, New("a", Mixed("b", Text(s))).Set("c", s))
		if !utf8.ValidString(out) {
			t.Fatalf("%q is not UTF-8", out)
		}
		var got struct {
			C string `xml:"c,attr"`
			B string `xml:"b"`
		}
		if err := xml.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%v in %q", err, out)
		}
		want := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
				return utf8.RuneError
			}
			return r
		}, strings.ToValidUTF8(s, "\x00"))
		// Every broken byte is one replacement character, not a run of them.
		loose := func(s string) string { return strings.ReplaceAll(s, "\uFFFD", "") }
		if loose(got.B) != loose(want) || loose(got.C) != loose(want) {
			t.Errorf("%q came back as %q and %q", s, got.B, got.C)
		}
	})
}
