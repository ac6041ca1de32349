package intext

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"offprint/internal/article"
	"offprint/internal/journal"
)

var update = flag.Bool("update", false, "write the golden files")

// sample is a text and a list of references as testdata writes them: entries above
// the line of hyphens, paragraphs below. In a paragraph, _word_ is italic, ^word^
// raised, $x$ a formula, <3|word> a cross-reference to entry 3, <fn|1> one to a
// note, {words} a note. A
// line that begins with "| " is a cell, with "note " a note behind the text, with
// "# " a heading.
type sample struct {
	refs []journal.Reference
	doc  article.Document
}

func readSample(text string) sample {
	var s sample
	list, paragraphs, _ := strings.Cut(text, "\n---\n")
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			s.refs = append(s.refs, readReference(len(s.refs)+1, line))
		}
	}
	for line := range strings.Lines(paragraphs) {
		line = strings.TrimSuffix(line, "\n")
		cell, isCell := strings.CutPrefix(line, "| ")
		note, isNote := strings.CutPrefix(line, "note ")
		title, isTitle := strings.CutPrefix(line, "# ")
		switch {
		case strings.TrimSpace(line) == "":
		case isCell:
			row := article.Node{Kind: article.Row, Kids: []article.Node{{Kind: article.Cell, Kids: inline(cell)}}}
			s.doc.Body = append(s.doc.Body, article.Node{Kind: article.TableWrap, Kids: []article.Node{{Kind: article.Table, Kids: []article.Node{row}}}})
		case isNote:
			s.doc.Notes = append(s.doc.Notes, article.Node{Kind: article.Footnote, Kids: []article.Node{{Kind: article.Paragraph, Kids: inline(note)}}})
		case isTitle:
			s.doc.Body = append(s.doc.Body, article.Node{Kind: article.Title, Kids: inline(title)})
		default:
			s.doc.Body = append(s.doc.Body, article.Node{Kind: article.Paragraph, Kids: inline(line)})
		}
	}
	return s
}

// readReference reads "authors: Panov, Kimura; year: 2010a; key: Panov 2010a; title: …".
func readReference(n int, line string) journal.Reference {
	r := journal.Reference{Number: n, ID: fmt.Sprintf("r%d", n)}
	for field := range strings.SplitSeq(line, "; ") {
		name, value, _ := strings.Cut(field, ": ")
		switch name {
		case "key":
			r.Key = value
		case "label":
			r.Label = value
		case "year":
			r.Issued = journal.Date(value[:min(4, len(value))])
			r.IssuedSuffix = value[min(4, len(value)):]
		case "authors":
			for family := range strings.SplitSeq(value, ", ") {
				r.Authors = append(r.Authors, journal.Name{Family: family, Literal: family})
			}
		case "given": // of the first author
			if len(r.Authors) > 0 {
				r.Authors[0].Given = value
			}
		case "title":
			r.Title = value
		case "printed":
			r.Printed = journal.T("", value)
		}
	}
	if r.Printed.Plain == "" {
		r.Printed = journal.T("", strings.TrimSpace(r.Title))
	}
	return r
}

var marksForm = regexp.MustCompile(`_[^_]+_|\^[^^]+\^|\$[^$]+\$|<(?:[\d ]+|fn)\|[^>]+>|\{[^}]+\}`)

func inline(s string) (out []article.Node) {
	at := 0
	for _, m := range marksForm.FindAllStringIndex(s, -1) {
		if m[0] > at {
			out = append(out, article.Str(s[at:m[0]]))
		}
		inner := s[m[0]+1 : m[1]-1]
		switch s[m[0]] {
		case '_':
			out = append(out, article.Node{Kind: article.Italic, Kids: inline(inner)})
		case '^':
			out = append(out, article.Node{Kind: article.Sup, Kids: []article.Node{article.Str(inner)}})
		case '$':
			out = append(out, article.Node{Kind: article.InlineMath, Source: inner})
		case '<':
			to, words, _ := strings.Cut(inner, "|")
			target := "r" + strings.ReplaceAll(to, " ", " r")
			role := "bibr"
			if to == "fn" {
				role, target = "fn", "fn1"
			}
			out = append(out, article.Node{Kind: article.Cross, Role: role, Target: target, Kids: inline(words)})
		case '{':
			out = append(out, article.Node{Kind: article.Footnote, Kids: []article.Node{{Kind: article.Paragraph, Kids: inline(inner)}}})
		}
		at = m[1]
	}
	if at < len(s) {
		out = append(out, article.Str(s[at:]))
	}
	return out
}

// shown writes a text with its cross-references: "[⟦FRUS 1951a→6⟧: 1192]".
func shown(b *strings.Builder, nodes []article.Node) {
	for i := range nodes {
		n := &nodes[i]
		switch n.Kind {
		case article.Text:
			b.WriteString(n.Text)
		case article.InlineMath:
			b.WriteString("$" + n.Source + "$")
		case article.Cross:
			open, shut := "⟦", "⟧"
			if n.Role != article.Unmarked {
				open, shut = "<", ">"
			}
			b.WriteString(open)
			shown(b, n.Kids)
			b.WriteString("→" + strings.ReplaceAll(n.Target, "r", "") + shut)
		case article.Footnote:
			var note strings.Builder
			shown(&note, n.Kids)
			b.WriteString("{" + strings.TrimSpace(note.String()) + "}")
		case article.Italic, article.Sup:
			mark := map[article.Kind]string{article.Italic: "_", article.Sup: "^"}[n.Kind]
			b.WriteString(mark)
			shown(b, n.Kids)
			b.WriteString(mark)
		default:
			shown(b, n.Kids)
		}
		if n.Kind.IsBlock() && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") && n.Kind != article.Row && n.Kind != article.Table && n.Kind != article.Cell {
			b.WriteString("\n")
		}
	}
}

func TestCitationsAreFoundAndNeverGuessed(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no samples", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := readSample(string(text))
			list := New(s.refs)
			before := fmt.Sprintf("%#v", s.doc)
			linked := list.Link(&s.doc)
			if fmt.Sprintf("%#v", s.doc) != before {
				t.Error("the text itself was changed")
			}
			var b strings.Builder
			shown(&b, linked.Body)
			for i := range linked.Notes {
				b.WriteString("note ")
				shown(&b, linked.Notes[i:i+1])
			}
			b.WriteString("\n---\n")
			for _, p := range list.Places(&linked) {
				for _, r := range p.Refs {
					fmt.Fprintf(&b, "%d", r+1)
					if p.Locator != "" {
						fmt.Fprintf(&b, " (%s)", p.Locator)
					}
					fmt.Fprintf(&b, ": %s\n", p.Sentence)
				}
			}
			for _, nodes := range [][2][]article.Node{{s.doc.Body, linked.Body}, {s.doc.Notes, linked.Notes}} {
				if article.Plain(nodes[0]) != article.Plain(nodes[1]) {
					t.Errorf("the words are others now:\n%s\n%s", article.Plain(nodes[0]), article.Plain(nodes[1]))
				}
			}
			again := list.Link(&linked)
			if fmt.Sprintf("%v", again) != fmt.Sprintf("%v", linked) {
				t.Error("a second time finds something else")
			}
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", b.String(), want)
			}
		})
	}
}
