package markdown

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"offprint/internal/errs"
)

func read(t *testing.T, source string) *Document {
	t.Helper()
	d, err := Read(source, Options{Lang: "en", Back: "Back to text", Table: "Table"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTitleIsTheFirstHeadingAndTheOthersBeginAtTwo(t *testing.T) {
	d := read(t, "# Aims *and* scope\n\nWe.\n\n### Deep\n\n##### Deeper\n\n### Deep\n")
	if d.Title != "Aims and scope" {
		t.Errorf("title %q", d.Title)
	}
	var got []string
	for _, h := range d.Contents {
		got = append(got, strings.Repeat("#", h.Level)+h.ID)
	}
	if want := []string{"##s-deep", "###s-deeper", "##s-deep-2"}; !slices.Equal(got, want) {
		t.Errorf("headings %v, want %v", got, want)
	}
	if strings.Contains(string(d.HTML), "<h1") || !strings.Contains(string(d.HTML), `<h2 id="s-deep">Deep</h2>`) {
		t.Error(d.HTML)
	}
	if d := read(t, "# One\n\n# Two\n"); d.Title != "" || d.Contents[0].Level != 2 || d.Contents[1].Level != 2 {
		t.Errorf("two headings of the first level: title %q, %v", d.Title, d.Contents)
	}
}

func TestHeadingsOfOtherScriptsHaveAddresses(t *testing.T) {
	d := read(t, "## Редакционная коллегия\n\n## «»\n")
	if d.Contents[0].ID == "s-section" || !regexp.MustCompile(`^s-[a-z-]+$`).MatchString(d.Contents[0].ID) || d.Contents[1].ID != "s-section" {
		t.Errorf("%+v", d.Contents)
	}
}

func TestTablesScrollAndAlignWithoutStyles(t *testing.T) {
	d := read(t, "| a | b |\n|---|--:|\n| 1 | 2 |\n")
	for _, want := range []string{`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>`, `<td class="end">2</td>`, "</tbody>\n</table></div>"} {
		if !strings.Contains(string(d.HTML), want) {
			t.Errorf("no %s in %s", want, d.HTML)
		}
	}
	if strings.Contains(string(d.HTML), "style") {
		t.Error(d.HTML)
	}
}

func TestFootnotesLeadThereAndBack(t *testing.T) {
	d, err := Read("A[^1].\n\n[^1]: Note.\n", Options{Lang: "en", Prefix: "p-", Back: "Back to text"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`href="#p-fn:1"`, `id="p-fn:1"`, `href="#p-fnref:1"`, `id="p-fnref:1"`, `title="Back to text"`} {
		if !strings.Contains(string(d.HTML), want) {
			t.Errorf("no %s in %s", want, d.HTML)
		}
	}
}

func TestLinksThatLeadNowhereAreNamedAndLeftOut(t *testing.T) {
	for source, linked := range map[string]bool{
		"[a](https://example.org/x)": true, "[a](/rjr/about/)": true, "[a](#s-x)": true, "[a](mailto:a@example.org)": true, "<https://example.org>": true,
		"<a@example.org>": true, "[a](../aims)": true, "[a](HTTPS://example.org)": true,
		"[a](javascript:alert(1))": false, "[a](JaVaScRiPt:alert(1))": false, "[a](java&#115;cript:x)": false, "[a](//example.org/x)": false, "[a](data:text/html,x)": false,
		"[a](file:///etc/passwd)": false, "<vbscript:x>": false, "[a]( )": false, `[a](\\example.org)`: false, "![a](https://example.org/x.png)": false,
		"[a][1] after\n\n[1]: javascript:x\n\n": false, "[![a](https://example.org/x.png)](javascript:x)": false,
	} {
		d := read(t, "# T\n\nBefore "+source+" after\n")
		html := string(d.HTML)
		if got := strings.Contains(html, "<a ") || strings.Contains(html, "<img"); got != linked {
			t.Errorf("%s: linked %v: %s", source, got, html)
		}
		if (len(d.Problems) == 0) != linked {
			t.Errorf("%s: problems %v", source, d.Problems)
		}
		if !linked && (d.Problems[0].Line != 3 || !strings.Contains(html, "Before") || !strings.Contains(html, "after")) {
			t.Errorf("%s: %v, %s", source, d.Problems, html)
		}
	}
}

func TestHTMLIsShownAsTextAndNamed(t *testing.T) {
	d := read(t, "One <b onclick=\"x\">two</b>\n\n<script>\nalert(1)\n</script>\n")
	html := string(d.HTML)
	if strings.Contains(html, "<b") || strings.Contains(html, "<script") || !strings.Contains(html, "&lt;script&gt;") || !strings.Contains(html, "alert(1)") || !strings.Contains(html, "&lt;/script&gt;") || !strings.Contains(html, "&lt;b onclick=") {
		t.Error(html)
	}
	if len(d.Problems) != 3 || d.Problems[0].Line != 1 || d.Problems[2].Line != 3 {
		t.Errorf("%v", d.Problems)
	}
}

func TestBlocksOfTheOtherDirectionSayIt(t *testing.T) {
	arabic := "مجلة علمية محكمة"
	d := read(t, "English.\n\n"+arabic+"\n\n- "+arabic+"\n- 12 "+arabic+"\n\n| x | "+arabic+" |\n|---|---|\n| 1 | 2 |\n")
	html := string(d.HTML)
	if strings.Count(html, `dir="rtl"`) != 4 || strings.Contains(html, `dir="ltr"`) {
		t.Error(html)
	}
	d, err := Read(arabic+"\n\nISSN 1234-5679\n\n12\n", Options{Lang: "ar"})
	if html := string(d.HTML); err != nil || strings.Contains(html, "rtl") || strings.Count(html, `<p dir="ltr">`) != 1 {
		t.Errorf("%v %s", err, html)
	}
}

func TestTextThatIsTooMuchIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		kind   error
	}{
		"too long":  {strings.Repeat("a", Most+1), errs.TooLarge},
		"too deep":  {strings.Repeat("> ", 200) + "a", errs.TooLarge},
		"no UTF-8":  {"a\xff", errs.Invalid},
		"with NULs": {"a\x00", errs.Invalid},
	} {
		if _, err := Read(c.source, Options{}); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReadingEndsSoon has the texts that are slow for readers of Markdown.
func TestReadingEndsSoon(t *testing.T) {
	for _, part := range []string{"[", "![", "*a ", "_a__", "> ", "- ", "[^1]", "`a", "<", "|", "[a](", "&#", "\\[", "[a]: b\n", "~~a", "a\n=\n", "|a\n|-\n"} {
		started := time.Now()
		_, _ = Read(strings.Repeat(part, Most/len(part)), Options{Lang: "en"})
		if d := time.Since(started); d > 20*time.Second {
			t.Errorf("%q again and again took %s", part, d)
		}
	}
}

var allowed = regexp.MustCompile(`^</?(p|h[2-6]|ul|ol|li|a|em|strong|del|code|pre|blockquote|br|hr|img|div|table|thead|tbody|tr|th|td|sup)[ >/]|^</?(p|h[2-6]|ul|ol|li|a|em|strong|del|code|pre|blockquote|table|thead|tbody|tr|th|td|sup|div)$`)
var tag = regexp.MustCompile(`<[^>]*`)
var target = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

func FuzzRead(f *testing.F) {
	for _, s := range []string{"# T\n\na **b** [c](d) ![e](/f)\n", "| a |\n|:-:|\n| b |\n", "a[^1]\n\n[^1]: b", "<b>x</b>", "```js\nx\n```", "1. a\n   - b\n\n---\n", "<javascript:x>", "- ا\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		d, err := Read(source, Options{Lang: "en", Table: "Table"})
		if err != nil {
			return
		}
		for _, found := range tag.FindAllString(string(d.HTML), -1) {
			if !allowed.MatchString(found + ">") {
				t.Fatalf("%q has %s in %s", source, found, d.HTML)
			}
		}
		for _, m := range target.FindAllStringSubmatch(string(d.HTML), -1) {
			low := strings.ToLower(m[1])
			if i := strings.IndexByte(low, ':'); i >= 0 && !strings.ContainsAny(low[:i], "/?#") && !strings.HasPrefix(low, "http") && !strings.HasPrefix(low, "mailto") {
				t.Fatalf("%q links to %s", source, m[1])
			}
		}
		last := 1
		for _, h := range d.Contents {
			if h.Level > last+1 || h.Level < 2 {
				t.Fatalf("%q: headings %v", source, d.Contents)
			}
			last = h.Level
		}
	})
}
