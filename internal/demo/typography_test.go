package demo

import (
	"regexp"
	"strings"
	"testing"

	"offprint/internal/article"
)

// runs are the texts of a reading block by block, without code and formulas.
func runs(t *testing.T) map[string][]string {
	t.Helper()
	names, read := edition(t)
	out := map[string][]string{}
	for _, name := range names {
		var take func(nodes []article.Node)
		take = func(nodes []article.Node) {
			var line strings.Builder
			for _, n := range nodes {
				switch {
				case n.Kind == article.Code || n.Kind == article.Math:
				case n.Kind.IsBlock() || n.Kind == article.Footnote:
					take(n.Kids)
				case n.Kind == article.Text:
					line.WriteString(n.Text)
				default:
					line.WriteString(article.Plain([]article.Node{n}))
				}
			}
			if line.Len() > 0 {
				out[name] = append(out[name], line.String())
			}
		}
		for _, tree := range trees(read[name]) {
			take(tree)
		}
	}
	return out
}

func find(t *testing.T, rule, pattern string) {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for name, lines := range runs(t) {
		for _, line := range lines {
			if at := re.FindStringIndex(line); at != nil {
				from, to := max(0, at[0]-20), min(len(line), at[1]+20)
				t.Errorf("%s: %s: %q", name, rule, strings.ToValidUTF8(line[from:to], ""))
			}
		}
	}
}

func TestNoTypewriterMarks(t *testing.T) {
	find(t, "a straight quotation mark", `["']`)
	find(t, "a hyphen for a dash", ` -|- |--`)
	find(t, "a hyphen between figures", `\d-\d`)
	find(t, "dots for an ellipsis", `\.\.`)
	find(t, "two blanks", `  `)
	find(t, "a blank before a mark", ` [,.;:!?»”)]`)
}

func TestRussianIsSetByItsRules(t *testing.T) {
	const letter = `[а-яёА-ЯЁ]`
	find(t, "an ordinary space before a dash", letter+`[»”,.)]? —`)
	find(t, "a short word and an ordinary space", `(^|[^а-яёА-ЯЁ-])[вкосуаиВКОСУАИ] [а-яёА-ЯЁ«0-9]`)
	find(t, "an ordinary space before a particle", letter+` (бы|же|ли)($|[^а-яёА-ЯЁ])`)
	find(t, "an ordinary space between initials and name", `[А-ЯЁ]\. [А-ЯЁ]\.|(^|[^а-яёА-ЯЁ])[А-ЯЁ]\. [А-ЯЁ][а-яё]+(а|ой|ый|в|ву|ну|н)($|[^а-яёА-ЯЁ])`)
	find(t, "an ordinary space after № or §", `[№§] \d`)
	find(t, "a word with е for ё", `(?i)переплет|съемк|чертеж|\bеще\b|\bее\b`)
}

func TestJapaneseHasNoBlanksBetweenItsCharacters(t *testing.T) {
	const wide = `[\p{Hiragana}\p{Katakana}\p{Han}、。「」（）]`
	find(t, "a blank or a line break", wide+`\s+`+wide)
	find(t, "a Latin full stop or comma", wide+`[,.]`)
}

// The article on the no-break space speaks of its own file.
func TestArticleOnSpacesIsRightAboutItself(t *testing.T) {
	const name = "1-3-probel.xml"
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		if a.Name != name {
			continue
		}
		if n := strings.Count(string(a.Bytes), "\u00a0"); n <= 100 {
			t.Errorf("there are %d no-break spaces in it, and it says that there are more than a hundred", n)
		}
		return
	}
	t.Errorf("there is no %s", name)
}
