package landing

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	metaElement = regexp.MustCompile(`<meta [^>]*>`)
	metaName    = regexp.MustCompile(`NAME="[^"]*"`)
	nameContent = regexp.MustCompile(`<meta (name="[^"]*")((?: \w[\w:]*="[^"]*")*) (content="[^"]*")`)
	noApostroph = regexp.MustCompile(`<meta name="([^"]*)" content="([^"'&]*)"`)
)

// variations change how a page is written and nothing that it says.
var variations = map[string]func(string) string{
	"Windows line ends":      func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"old Macintosh ends":     func(s string) string { return strings.ReplaceAll(s, "\n", "\r") },
	"a byte order mark":      func(s string) string { return "\ufeff" + s },
	"empty lines before":     func(s string) string { return "\n \n" + s },
	"no line end at the end": func(s string) string { return strings.TrimRight(s, "\n") },
	"blanks at line ends":    func(s string) string { return strings.ReplaceAll(s, "\n", "  \n") },
	"more empty lines":       textOnly(func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\n\n\n") }),
	"no-break spaces alone":  textOnly(func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\u00a0\n") }),
	"nothing of no width":    textOnly(func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\u200b\n") }),
	"no-break after a label": textOnly(func(s string) string { return strings.ReplaceAll(s, ": ", ":\u00a0") }),
	"names in capitals": func(s string) string {
		return metaElement.ReplaceAllStringFunc(s, func(m string) string {
			m = strings.NewReplacer("<meta ", "<META ", " name=", " NAME=", " content=", " CONTENT=").Replace(m)
			return metaName.ReplaceAllStringFunc(m, strings.ToUpper)
		})
	},
	"property for name": func(s string) string {
		return metaElement.ReplaceAllStringFunc(s, func(m string) string { return strings.Replace(m, " name=", " property=", 1) })
	},
	"content before name": func(s string) string { return nameContent.ReplaceAllString(s, "<meta $3$2 $1") },
	"other quotes":        func(s string) string { return noApostroph.ReplaceAllString(s, "<meta name=$1 content='$2'") },
	"saved by a browser": func(s string) string {
		return strings.Replace(s, "<head>", "<!-- saved from url=(0022)https://a.example.org/ -->\n<head>", 1)
	},
	"elements never closed": func(s string) string { return strings.NewReplacer("</p>", "", "</li>", "").Replace(s) },
}

func textOnly(f func(string) string) func(string) string {
	return func(s string) string {
		if strings.HasPrefix(s, "---") || strings.HasPrefix(s, "+++") || strings.HasPrefix(s, "<") {
			return s
		}
		return f(s)
	}
}

// TestRecordDoesNotDependOnHowThePageIsWritten reads every sample written in
// other ways; the record is the same but for kinds of space.
func TestRecordDoesNotDependOnHowThePageIsWritten(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	changed := map[string]int{}
	for _, file := range files {
		name := filepath.Base(file)
		text := sample(t, name)
		want := spacedAlike(t, name, text)
		for what, vary := range variations {
			other := vary(text)
			if other == text {
				continue
			}
			changed[what]++
			if diff := cmp.Diff(want, spacedAlike(t, name, other)); diff != "" {
				t.Errorf("%s with %s (-as it is +with):\n%s", name, what, diff)
			}
		}
	}
	for what := range variations {
		if changed[what] == 0 {
			t.Errorf("no sample was changed by %s", what)
		}
	}
}

// spacedAlike is the record as JSON, with runs of white space as one blank and
// without the places of contradictions.
func spacedAlike(t *testing.T, name, text string) string {
	t.Helper()
	r, err := Read(name, []byte(text))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return ""
	}
	r.Losses = nil
	for i := range r.Article.Disputes {
		r.Article.Disputes[i].Why = ""
	}
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	s := strings.NewReplacer(`\r`, " ", `\n`, " ", "\u00a0", " ", "\u200b", "").Replace(string(b))
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.Join(strings.Fields(lines[i]), " ")
	}
	return strings.Join(lines, "\n")
}

// TestTagsInAnyOrderGiveTheSameRecord turns the tags around; only what belongs
// to an author must stand behind the author.
func TestTagsInAnyOrderGiveTheSameRecord(t *testing.T) {
	const page = `<html><head>%</head><body><h1>The Ice of Lake Vesna in Parish Books</h1></body></html>`
	tags := []string{
		`<meta name="citation_title" content="The Ice of Lake Vesna in Parish Books">`,
		`<meta name="citation_author" content="Ozerova, Vera"><meta name="citation_author_institution" content="Institute of Ice"><meta name="citation_author" content="Zimin, I. I.">`,
		`<meta name="citation_journal_title" content="Northern Lakes Review">`,
		`<meta name="citation_issn" content="2049-3630">`,
		`<meta name="citation_publication_date" content="2021/03/15">`,
		`<meta name="citation_volume" content="4">`,
		`<meta name="citation_issue" content="1">`,
		`<meta name="citation_lastpage" content="29">`,
		`<meta name="citation_firstpage" content="7">`,
		`<meta name="citation_doi" content="doi:10.5555/nlr.4.1.7">`,
		`<meta name="citation_language" content="en">`,
		`<meta name="DC.Title" content="The Ice of Lake Vesna in Parish Books">`,
		`<meta name="DC.Identifier.DOI" content="10.5555/nlr.4.1.7">`,
		`<meta name="citation_keywords" content="ice; lakes">`,
	}
	want := spacedAlike(t, "page.html", strings.Replace(page, "%", strings.Join(tags, "\n"), 1))
	for _, word := range []string{`"10.5555/nlr.4.1.7"`, `"first": "7"`, `"volume": "4"`, `"year": 2021`, `"Zimin"`, `"Institute of Ice"`} {
		if !strings.Contains(want, word) {
			t.Errorf("the record lacks %s:\n%s", word, want)
		}
	}
	for turn := range tags {
		turned := append(append([]string{}, tags[turn:]...), tags[:turn]...)
		if diff := cmp.Diff(want, spacedAlike(t, "page.html", strings.Replace(page, "%", strings.Join(turned, ""), 1))); diff != "" {
			t.Errorf("turned by %d (-in order +turned):\n%s", turn, diff)
		}
	}
	// What is missing is missing alone.
	for i := range tags {
		rest := append(append([]string{}, tags[:i]...), tags[i+1:]...)
		got := spacedAlike(t, "page.html", strings.Replace(page, "%", strings.Join(rest, ""), 1))
		for j, word := range map[int]string{1: `"Zimin"`, 2: `"Northern Lakes Review"`, 5: `"volume": "4"`, 6: `"number": "1"`, 8: `"first": "7"`, 13: `"lakes"`} {
			if (i != j) != strings.Contains(got, word) {
				t.Errorf("without %s: %s is there: %v", tags[i], word, i == j)
			}
		}
	}
}
