package landing

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/internal/journal"
)

// sharedData is the folder of real inputs beside the repository, or "".
func sharedData() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			data := filepath.Join(dir, "..", "shared", "data")
			if _, err := os.Stat(data); err == nil {
				return data
			}
			return ""
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

// notOnPage are facts that the text of a page does not hold, or counts by a
// rule that the page does not follow, by page and fact. A key that ends in *
// stands for all pages of a group.
var notOnPage = map[string]string{
	"scielo-*/issn":                         "the text has no ISSN",
	"scielo-*/publisher":                    "the text has no publisher",
	"scielo-*/year":                         "the text has no year, volume, issue or pages",
	"scielo-*/volume":                       "the text has no year, volume, issue or pages",
	"scielo-*/issue":                        "the text has no year, volume, issue or pages",
	"scielo-*/pages":                        "the text has no year, volume, issue or pages",
	"scielo-*/elocation":                    "the text has no year, volume, issue or pages",
	"scielo-*/orcid":                        "the text has no ORCIDs",
	"npe-*/journal":                         "the front matter does not name the journal",
	"npe-*/issn":                            "the front matter does not give the ISSN",
	"npe-*/names":                           "the front matter has identifiers of people only",
	"npe-2016-04-08-ru/n_references":        "the list is numbered to 21; the count leaves out the tenth, which lacks its full stop",
	"elib-36916336/n_bibliography":          "the list is numbered to 46; the count leaves out one",
	"elib-36916336/abstract_chars":          "the count includes the markup of the heading",
	"mathnet-at12685.txt/journal":           "the text has only the short title",
	"mathnet-dm1268.txt/journal":            "the text has only the short title",
	"jalc-10-3755-galaxea-15-269/titles":    "the record has an empty title",
	"jalc-10-3755-galaxea-15-309/titles":    "the record has an empty title",
	"scielo-2176-4573-bak-p59384/titles.en": "the second title is the first again",
	"scielo-2176-4573-bak-p59384/language":  "the title is English and there is no other prose",
	"scielo-2176-4573-bak-p59384/titles.pt": "the title is English and there is no other prose",
}

// excuse is the key in notOnPage for a fact, "" if there is none.
func excuse(page, ext, fact string) string {
	group, _, _ := strings.Cut(page, "-")
	for _, key := range []string{page + ext + "/" + fact, page + "/" + fact, group + "-*/" + fact} {
		if notOnPage[key] != "" {
			return key
		}
	}
	return ""
}

// score counts facts.
type score struct{ right, wrong, excused int }

// checker compares the facts of one page.
type checker struct {
	t         *testing.T
	page, ext string
	score     map[string]*score
	used      map[string]bool // keys of notOnPage
}

func (c *checker) fact(name string, ok bool, detail string, args ...any) {
	key, _, _ := strings.Cut(name, ".")
	s := c.score[key]
	if s == nil {
		s = &score{}
		c.score[key] = s
	}
	switch {
	case ok:
		s.right++
	case excuse(c.page, c.ext, name) != "":
		c.used[excuse(c.page, c.ext, name)] = true
		s.excused++
	default:
		s.wrong++
		c.t.Errorf("%s%s: %s: %s", c.page, c.ext, name, fmt.Sprintf(detail, args...))
	}
}

func TestFactsOfTheCorpusComeOut(t *testing.T) {
	data := sharedData()
	if data == "" {
		t.Skip("no ../shared/data beside the repository: the corpus of real pages is not checked")
	}
	files, err := filepath.Glob(filepath.Join(data, "pages", "*"))
	if err != nil {
		t.Fatal(err)
	}
	scores, used := map[string]*score{}, map[string]bool{}
	pages := 0
	for _, file := range files {
		base := filepath.Base(file)
		name, ext, _ := strings.Cut(base, ".")
		if ext = "." + ext; ext == ".expect.json" || ext == ".jats.xml" || ext == ".tsv" || name == "seed" {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		expect, err := os.ReadFile(filepath.Join(filepath.Dir(file), name+".expect.json"))
		if err != nil {
			t.Fatal(err)
		}
		var facts map[string]any
		if err := json.Unmarshal(expect, &facts); err != nil {
			t.Fatal(err)
		}
		r, err := Read(base, b)
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		pages++
		checkFacts(&checker{t: t, page: name, ext: ext, score: scores, used: used}, facts, r)
		if len(r.Losses) > 12 {
			t.Logf("%s: %d losses, first %+v", base, len(r.Losses), r.Losses[0])
		}
	}
	for key := range notOnPage {
		if !used[key] {
			t.Errorf("%s comes out: it needs no excuse any more", key)
		}
	}
	names := make([]string, 0, len(scores))
	for n := range scores {
		names = append(names, n)
	}
	sort.Strings(names)
	t.Logf("%d pages", pages)
	t.Logf("%-22s %6s %6s %12s", "fact", "right", "wrong", "not on page")
	for _, n := range names {
		t.Logf("%-22s %6d %6d %12d", n, scores[n].right, scores[n].wrong, scores[n].excused)
	}
}

func checkFacts(c *checker, facts map[string]any, r *journal.Reading) {
	a := &r.Article
	for name, want := range facts {
		if want == nil {
			continue
		}
		switch name {
		case "doi":
			c.fact(name, a.DOI == want, "%q, want %q", a.DOI, want)
		case "title", "original_title":
			c.fact(name, hasText(a.Titles, want.(string)), "%v, want %q", a.Titles, want)
		case "titles":
			c.titles(want, a.Titles)
		case "language":
			c.fact(name, a.Language == want, "%q, want %q", a.Language, want)
		case "journal":
			c.journal(want, r)
		case "issn":
			c.issn(want, r)
		case "publisher":
			for _, p := range stringsOf(want) {
				c.fact(name, hasText(r.Journal.Publisher, p), "%v, want %q", r.Journal.Publisher, p)
			}
		case "year":
			c.fact(name, a.Issue != nil && strconv.Itoa(a.Issue.Year) == fmt.Sprint(want), "%+v, want %v", a.Issue, want)
		case "volume":
			c.fact(name, a.Issue != nil && a.Issue.Volume == want, "%+v, want %v", a.Issue, want)
		case "issue":
			c.fact(name, a.Issue != nil && a.Issue.Number == want, "%+v, want %v", a.Issue, want)
		case "first_page":
			c.fact("pages", a.Pages.First == want, "%+v, want %v", a.Pages, want)
		case "last_page":
			c.fact("pages", a.Pages.Last == want, "%+v, want %v", a.Pages, want)
		case "pages":
			if p := want.([]any); p[0] != nil {
				c.fact(name, a.Pages.First == p[0] && a.Pages.Last == p[1], "%+v, want %v", a.Pages, p)
			}
		case "elocation":
			c.fact(name, a.Pages.Article == want, "%+v, want %v", a.Pages, want)
		case "licence":
			ok := a.Licence != nil && a.Licence.URL == strings.Replace(want.(string), "http://", "https://", 1)
			c.fact(name, ok, "%+v, want %v", a.Licence, want)
		case "views":
			c.fact(name, len(r.Counts) > 0 && r.Counts[0].Metric == "views" && float64(r.Counts[0].Value) == want, "%+v, want %v", r.Counts, want)
		case "received":
			c.fact(name, len(a.History) > 0 && a.History[0].Event == "received" && string(a.History[0].Date) == want.([]any)[0], "%+v, want %v", a.History, want)
		case "udc":
			c.fact(name, len(a.Subjects) > 0 && a.Subjects[0] == journal.Subject{Scheme: "udc", Code: want.(string)}, "%+v, want %v", a.Subjects, want)
		case "section":
			c.fact(name, hasText(a.Section, want.(string)), "%+v, want %v", a.Section, want)
		case "keywords":
			c.keywords(want, a.Keywords)
		case "keywords_raw":
			c.keywordsRaw(want.([]any), a.Keywords)
		case "abstract_sha1":
			sum := ""
			if len(a.Abstracts) > 0 {
				h := sha1.Sum([]byte(a.Abstracts[0].Plain))
				sum = hex.EncodeToString(h[:])
			}
			c.fact(name, sum == want, "%v, want %v", sum, want)
		case "abstract_chars":
			c.abstracts(want, a.Abstracts)
		case "abstract_langs":
			for _, l := range stringsOf(want) {
				c.fact(name, journal.In(abstractTexts(a.Abstracts), l).Lang == l, "no abstract in %s", l)
			}
		case "n_references", "n_bibliography":
			c.fact(name, len(a.References) == int(want.(float64)), "%d, want %v", len(a.References), want)
		case "n_references_romanised":
			c.romanised(int(want.(float64)), r)
		case "authors":
			c.authors(want.([]any), a)
		case "authors_raw":
			c.authorsRaw(want.([]any), a)
		case "people_raw":
			c.people(want.([]any), a)
		case "english_version":
			v := want.(map[string]any)
			ok := len(a.Related) == 1 && a.Related[0].Relation == "translation" && a.Related[0].DOI == v["doi"] && strings.HasPrefix(a.Related[0].Title, v["journal"].(string))
			c.fact(name, ok, "%+v, want %v", a.Related, v)
		default:
			c.t.Errorf("%s: the test does not know the fact %s", c.page, name)
		}
	}
}

func abstractTexts(list []journal.Abstract) []journal.Text {
	out := make([]journal.Text, len(list))
	for i, a := range list {
		out[i] = a.Text
	}
	return out
}

// hasText compares without markup and runs of spaces.
func hasText(list []journal.Text, want string) bool {
	want = plain(want)
	for _, t := range list {
		if plain(t.Plain) == want {
			return true
		}
	}
	return false
}

func plain(s string) string { return strings.Join(strings.Fields(plainMarkup(s)), " ") }

func stringsOf(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	var out []string
	for _, x := range v.([]any) {
		out = append(out, x.(string))
	}
	return out
}

func (c *checker) titles(want any, got []journal.Text) {
	if byLang, ok := want.(map[string]any); ok {
		for lang, title := range byLang {
			if title == "" {
				c.fact("titles", false, "empty")
				continue
			}
			found := false
			for _, t := range got {
				found = found || (t.Lang == lang || t.Lang == "") && plain(t.Plain) == plain(title.(string))
			}
			c.fact("titles."+lang, found, "%v, want %v", got, title)
		}
		return
	}
	for _, title := range stringsOf(want) {
		c.fact("titles", hasText(got, title), "%v, want %q", got, title)
	}
}

func (c *checker) journal(want any, r *journal.Reading) {
	if byLang, ok := want.(map[string]any); ok {
		for _, title := range byLang {
			c.fact("journal", hasText(r.Journal.Titles, title.(string)), "%v, want %v", r.Journal.Titles, title)
		}
		return
	}
	c.fact("journal", hasText(r.Journal.Titles, want.(string)), "%v, want %v", r.Journal.Titles, want)
}

func (c *checker) issn(want any, r *journal.Reading) {
	var all []string
	if byMedium, ok := want.(map[string]any); ok {
		for _, v := range byMedium {
			all = append(all, v.(string))
		}
	} else {
		all = stringsOf(want)
	}
	for _, v := range all {
		found := r.Journal.ISSNPrint == v || r.Journal.ISSNOnline == v
		for _, id := range r.Journal.IDs {
			found = found || id.Kind == "issn" && id.Value == v
		}
		c.fact("issn", found, "%+v, want %v", r.Journal, v)
	}
}

func (c *checker) keywords(want any, got []journal.Keywords) {
	if list, ok := want.([]any); ok {
		c.fact("keywords", len(got) == 1 && strings.Join(got[0].Words, "|") == strings.Join(stringsOf(list), "|"), "%v, want %v", got, list)
		return
	}
	for lang, list := range want.(map[string]any) {
		found := false
		for _, k := range got {
			found = found || k.Lang == lang && strings.Join(k.Words, "|") == strings.TrimSuffix(strings.Join(stringsOf(list), "|"), ".")
		}
		c.fact("keywords", found, "%v, want %s %v", got, lang, list)
	}
}

// keywordsRaw compares the words with the printed line, whose label they lack.
func (c *checker) keywordsRaw(want []any, got []journal.Keywords) {
	for i, raw := range want {
		line := strings.TrimSuffix(raw.(string), ".")
		ok := i < len(got) && strings.HasSuffix(line, strings.Join(got[i].Words, ", ")) && len(got[i].Words) > 2
		c.fact("keywords_raw", ok, "%v, want %v", got, raw)
	}
}

func (c *checker) abstracts(want any, got []journal.Abstract) {
	switch want := want.(type) {
	case float64:
		c.fact("abstract_chars", len(got) > 0 && utf8.RuneCountInString(got[0].Plain) == int(want), "want %v", want)
	case []any:
		for i, n := range want {
			have := 0
			if i < len(got) {
				have = utf8.RuneCountInString(got[i].Plain)
			}
			c.fact("abstract_chars", have == int(n.(float64)), "%d, want %v", have, n)
		}
	case map[string]any:
		for lang, n := range want {
			t := journal.In(abstractTexts(got), lang)
			c.fact("abstract_chars", t.Lang == lang && utf8.RuneCountInString(t.Plain) == int(n.(float64)), "%s: %d, want %v", lang, utf8.RuneCountInString(t.Plain), n)
		}
	}
}

func (c *checker) romanised(want int, r *journal.Reading) {
	if want == 0 {
		return
	}
	found := false
	for _, l := range r.Losses {
		found = found || strings.Contains(l.What, fmt.Sprintf(": %d entries", want))
	}
	c.fact("n_references_romanised", found, "no loss speaks of a second list of %d entries: %+v", want, r.Losses)
}

// authors compares by position: the literal has the family name and begins or
// ends as the parts say.
func (c *checker) authors(want []any, a *journal.Article) {
	c.fact("n_authors", len(a.Contributors) == len(want), "%d, want %d", len(a.Contributors), len(want))
	for i, w := range want {
		if i >= len(a.Contributors) {
			break
		}
		got := a.Contributors[i]
		literal := got.Names[0].Literal
		switch w := w.(type) {
		case string:
			c.fact("authors", literal == w, "%q, want %q", literal, w)
		case map[string]any:
			if id, ok := w["id"]; ok {
				c.fact("authors", literal == id, "%q, want %q", literal, id)
				c.fact("names", false, "")
				continue
			}
			full := strings.TrimSpace(fmt.Sprint(w["given"], " ", w["family"]))
			c.fact("authors", literal == full, "%q, want %q", literal, full)
			if w["orcid"] != nil {
				c.fact("orcid", got.ORCID == w["orcid"], "%q, want %v", got.ORCID, w["orcid"])
			}
			c.affiliations(w["affiliations"], got, a)
		}
	}
}

func (c *checker) affiliations(want any, got journal.Contributor, a *journal.Article) {
	list, _ := want.([]any)
	for _, w := range list {
		aff := w.(map[string]any)
		found := false
		for _, i := range got.Affiliations {
			found = found || a.Affiliations[i].Names[0].Plain == plain(aff["institution"].(string)) && a.Affiliations[i].Country == aff["country"]
		}
		c.fact("affiliations", found, "%v of %+v, want %v", got.Affiliations, a.Affiliations, aff)
	}
}

// authorsRaw: every printed line begins with the name of an author, and what
// follows it is kept.
func (c *checker) authorsRaw(want []any, a *journal.Article) {
	for _, raw := range want {
		line, found := plain(raw.(string)), false
		for _, who := range a.Contributors {
			for _, n := range who.Names {
				found = found || strings.HasPrefix(line, n.Literal)
			}
		}
		c.fact("authors_raw", found, "no name begins %q: %+v", line, a.Contributors)
	}
}

func (c *checker) people(want []any, a *journal.Article) {
	for _, w := range want {
		pair := stringsOf(w)
		family, given := plain(pair[0]), plain(pair[1])
		found := false
		for _, who := range a.Contributors {
			for _, n := range who.Names {
				found = found || n.Family == family && n.Given == given || n.Family == "" && plain(n.Literal) == family+" "+given
			}
		}
		c.fact("people", found, "%v, want %v", a.Contributors, pair)
	}
	if len(want) == 0 {
		c.fact("people", len(a.Contributors) == 0, "%v, want none", a.Contributors)
	}
}
