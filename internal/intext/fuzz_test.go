package intext

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"offprint/internal/article"
	"offprint/internal/journal"
	"offprint/internal/script"
)

func FuzzLinkKeepsTheWords(f *testing.F) {
	f.Add("key: FRUS 1951a\nauthors: Panov; year: 2010\ntitle: A title of some words\n---\n[FRUS 1951a: 5] (Panov 2010) [3, с. 15] {Ibid. P. 5.} Panov^1,2–3^ $x$ <1|[1]>\nnote Op. cit.")
	f.Add("label: 1; title: x\nlabel: 2; title: y\n---\n_[1_, 2] ([1]) [1]² 田中（2011）")
	f.Add("authors: a'b, c-d; year: 1999b; key: (a) 1999\n---\n((a'b & c-d 1999b, c) [a 1999]]] Там же")
	f.Add("authors: Panov; given: A. N.; year: 2010a\nauthors: Panov; year: 2010b\n---\nB. Panov (2010a–b) (Panov; Lee, 2010a & b; 2010) {Panov 2010a, 5; x 1990, p. 7}{<1|x>. Panov 2010a. Idem. A} Panov^<1|1>(p15),2(p3)^\n[1] x\n[2] y (Panov et [AB] al 2010a)")
	script.BuiltinAliases() // the first call reads its table
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		s := readSample(text)
		list := New(s.refs)
		linked := list.Link(&s.doc)
		for _, nodes := range [][2][]article.Node{{s.doc.Body, linked.Body}, {s.doc.Notes, linked.Notes}} {
			if a, b := article.Plain(nodes[0]), article.Plain(nodes[1]); a != b {
				t.Fatalf("the words are others now:\n%q\n%q", a, b)
			}
		}
		for _, p := range list.Places(&linked) {
			if len(p.Refs) == 0 || p.Node.Kind != article.Cross {
				t.Fatalf("%+v", p)
			}
		}
		if again := list.Link(&linked); fmt.Sprint(again) != fmt.Sprint(linked) {
			t.Fatalf("a second time finds something else:\n%v\n%v", linked, again)
		}
	})
}

// TestLargeAndRepetitiveTextsTakeNoLongTime: what repeats itself must not cost the
// square of its length.
func TestLargeAndRepetitiveTextsTakeNoLongTime(t *testing.T) {
	var refs []journal.Reference
	for i := range 2000 {
		refs = append(refs, journal.Reference{Number: i + 1, Key: fmt.Sprintf("FRUS %da", 1000+i), Authors: []journal.Name{{Family: "Panov", Literal: "Panov"}}, Issued: "2010",
			Title: "The same title again and again", Printed: journal.T("", "Panov. The same title again and again.")})
	}
	list := New(refs)
	for name, piece := range map[string]string{
		"keys": "[FRUS 1951a: 5] ", "years": "(Panov 2010; ", "brackets": "((((((((", "numbers": "[1, 2] ", "titles": "Panov. The same title again and again. 2010; ",
		"ibid": "(ibid.) ", "op. cit.": "Panov Op. cit. ", "sentences": "A. B. C! ", "words": "word ", "square": "[", "names": "Panov, ",
		"measures": "OR = 2.4 [1, 3] ", "letters": "(Panov 2010a–c, d and e; 2010f) ", "initials": "A. B. Panov C. D. (2010) ", "undated": "Panov; Panov, p. 5; ", "years in a row": "2010; ",
		"idem": "(Idem. Panov) ", "loc. cit.": "; loc. cit. ",
	} {
		text := strings.Repeat(piece, 100_000/len(piece))
		doc := article.Document{Body: []article.Node{{Kind: article.Paragraph, Kids: []article.Node{article.Str(text)}}},
			Notes: []article.Node{{Kind: article.Footnote, Kids: []article.Node{article.Str(text)}}}}
		begun := processorTime(t)
		linked := list.Link(&doc)
		list.Places(&linked)
		if took := processorTime(t) - begun; took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

// processorTime is what this process has used; unlike the clock it stands while
// others have the processor.
func processorTime(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
