package landing

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"offprint/internal/errs"
)

// shapes are texts that tempt a reader to go over its input again and again,
// as what begins them and what is repeated; %d in it is replaced by a number
// that grows.
var shapes = map[string]struct{ head, again string }{
	"numbered references":    {lakes, "%d. Aalto, M. (1998). Ice on small lakes and rivers. Waters Press.\n"},
	"one numbered reference": {lakes + "1. Aalto 1998\n", "and so on\n"},
	"plain references":       {lakes, "Aalto, M. (%d). Ice - and water 10.5555/x (accessed: 3 May 2021). http://a.b/c\n"},
	"one plain reference":    {lakes + "Aalto 1998\n\nBerg 1999\n\nCole 2000\n\n", "and so on\n"},
	"words":                  {lakes, "word "},
	"brackets":               {lakes, "(["},
	"closing brackets":       {lakes + "http://a.b/", ")"},
	"closing in paths":       {lakes + " /a/b/c", ")"},
	"parts of DOIs":          {lakes, "10.1000/(x "},
	"DOIs without spaces":    {lakes, "(10.1000/"},
	"accesses":               {lakes, "accessed "},
	"years":                  {lakes + "1. ", "1998 "},
	"labels":                 {ice, "Abstract: x\nKeywords: a, b\nDOI: 10.1000/2\n"},
	"abstracts":              {ice + "Abstract\n" + strings.Repeat("The ice of the lake. ", 20_000) + "\n\n", "Abstract: the ice %d\n"},
	"citations":              {ice + "For citation: " + strings.Repeat("The ice of the lake. ", 20_000) + "\n\n", "For citation: the ice %d\n"},
	"keyword lines":          {ice, "Keywords: ice %d\n\n"},
	"identifiers":            {ice, "DOI: 10.1000/%d\n"},
	"ISSNs":                  {ice, "ISSN 2049-3630\nISSN 2434-561X\n"},
	"sections":               {ice, "Section: Waters %d\n"},
	"codes":                  {ice, "UDC 551.%d\n"},
	"addresses":              {ice, "URL: https://lakes.example.org/%d\n"},
	"dates":                  {ice, "Received: %d\n"},
	"names":                  {ice, "A. Lake, B. River, "},
	"name lines":             {ice + "A. Lake, B. River\n\nAbstract\nThe ice.\n\nDOI: 10.5555/1\n", "C. Brook%d\n"},
	"author lines":           {ice + "About the Authors\n", "A. Lake\nInstitute of Ice, Finland\n\n"},
	"author lines apart":     {ice + "About the Authors\n", "A. Lake%d\nInstitute of Ice %d, Finland\n\n"},
	"affiliations":           {ice + "About the Authors\nA. Lake\n", "Institute %d; Academy\n"},
	"biography":              {ice + "About the Authors\nA. Lake\nFinland\n", "He likes the ice %d\n"},
	"figures":                {ice + "Views:\n", "Reader %d: 12\n"},
	"line breaks":            {ice, "\n"},
	"spaces":                 {ice, " \u00a0"},
	"less-than in abstract":  {ice + "Abstract\n", "< "},
	"marks in abstract":      {ice + "Abstract\n", "a<i>b"},
	"end marks in abstract":  {ice + "Abstract\n", "<i>a</b>"},
	"open tags":              {"<title>The Ice</title>\n<author>A. Lake</author>\n", "<title>a\n"},
	"tags on one line":       {"<title>The Ice</title>\n<author>A. Lake</author>\n", "<KEYWORDS>a</KEYWORDS>"},
	"authors in tags":        {"<title>The Ice</title>\n", "<author>A. Lake%d</author>\n"},
	"one author in tags":     {"<title>The Ice</title>\n<author>A. Lake candidate of sciences\n", "and so on\n"},
	"open elements":          {page1, "<div><b><i>x"},
	"end tags":               {page1, "<p>x</div></b>"},
	"meta elements":          {page1, `<meta name="citation_author" content="A. Lake"><meta name="citation_keywords" content="ice">`},
	"meta authors":           {page1, `<meta name="citation_author" content="Anna Lake%d">`},
	"meta keywords":          {page1, `<meta name="citation_keywords" content="ice %d">`},
	"meta institutions":      {page1 + `<meta name="citation_author" content="A. Lake">`, `<meta name="citation_author_institution" content="Institute %d">`},
	"meta titles":            {page1, `<meta name="citation_title" content="Ice %d">`},
	"meta files":             {page1, `<meta name="citation_pdf_url" content="https://a.b/%d.pdf">`},
	"meta references":        {page1, `<meta name="citation_reference" content="citation_title=Ice;citation_author=A. Lake">`},
	"fields of a reference":  {page1 + `<meta name="citation_reference" content="`, "citation_title=Ice;"},
	"less-than signs":        {page1, "< <"},
	"attributes":             {page1 + "<div", " class=a"},
	"linked data":            {page1, `<script type="application/ld+json">{"@type":"Article","headline":"Ice"}</script>`},
	"one text":               {page1 + "<p>", "ice "},
	"list items":             {page1 + "<h2>References</h2><ol>", "<li>Aalto 1998</li>"},
	"cells":                  {page1 + "<table>", "<tr><td>a<td>b"},
	"records":                {rdf, "<creator>A. Lake%d</creator>"},
	"record titles":          {rdf, "<title>ice %d</title>"},
	"record texts":           {rdf + "<title>The Ice</title><description>", "ice <!-- --> "},
	"front matter":           {"---\ntitle: The Ice\ntags:\n", "- ice %d\n"},
	"front matter on a line": {"+++\ntitle = \"The Ice\"\nx = ", "[["},
	"aliases":                {"---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\ntitle: *g\n---\n", "text\n"},
}

const (
	ice   = "The Ice\n\nDOI: 10.5555/1\n\n"
	lakes = "Northern Lakes Review\n\nThe Ice of a Lake\n\nV. P. Ozerova\n\nAbstract\nThe ice.\n\nReferences\n"
	page1 = `<html><meta name="citation_title" content="The Ice"><meta name="citation_doi" content="10.5555/1">`
	rdf   = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><doi>10.5555/1</doi>`
)

// TestLargeInputTakesLinearTime reads a megabyte of each shape. The bound is
// far above what linear work needs (some hundredths of a second) and far below
// what quadratic work would.
func TestLargeInputTakesLinearTime(t *testing.T) {
	size := 1 << 20
	if testing.Short() {
		size = 1 << 17
	}
	for what, shape := range shapes {
		t.Run(what, func(t *testing.T) {
			text := shape.head + repeated(shape.again, size)
			start := time.Now()
			_, err := Read("page", []byte(text))
			if p := (*errs.Problem)(nil); err != nil && (!errors.As(err, &p) || len(p.Error()) > 1000) {
				t.Errorf("an error of %d bytes that is for nobody: %.200v", len(err.Error()), err)
			}
			if took := time.Since(start); took > 4*time.Second {
				t.Errorf("%v for %d bytes (%.100v)", took, len(text), err)
			}
		})
	}
}

func repeated(s string, size int) string {
	var b strings.Builder
	n := strings.Count(s, "%d")
	for i := 1; b.Len() < size; i++ {
		args := make([]any, n)
		for j := range args {
			args[j] = i
		}
		fmt.Fprintf(&b, s, args...)
	}
	return b.String()
}

// TestPageOfTooMuchIsRefusedNotCut: what a page has beyond the bounds is never
// left out in silence.
func TestPageOfTooMuchIsRefusedNotCut(t *testing.T) {
	for what, text := range map[string]string{
		"lines":        ice + strings.Repeat("x\n", maxLines),
		"authors":      page1 + repeated(`<meta name="citation_author" content="Anna Lake%d">`, 1<<20),
		"affiliations": ice + "About the Authors\nA. Lake\n" + repeated("Institute %d\n", 1<<20),
		"keywords":     page1 + repeated(`<meta name="citation_keywords" content="ice %d">`, 1<<20),
	} {
		_, err := Read("page.txt", []byte(text))
		if !errors.Is(err, errs.Invalid) || !strings.Contains(err.Error(), "page.txt has more than ") || !strings.Contains(err.Error(), what) {
			t.Errorf("too many %s: %v", what, err)
		}
	}
}
