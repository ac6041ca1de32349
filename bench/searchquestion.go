//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// question is one search, as a person types it and as the SQL engines are asked.
type question struct {
	Typed   string
	Journal string   // filter, or ""
	Years   []string // filter, with Journal
	words   []string
	kind    string // of words: "", phrase, prefix
}

// class is questions of one kind.
type class struct {
	name      string
	questions []question
	inSQL     bool
}

// sampled is how many documents are read to choose words by how common they are.
const sampled = 3000

// classes are the kinds of searches that are measured, runs questions each; the
// second half narrows the result by a journal and ten years.
func (c *corpus) classes(runs int) []class {
	r := rand.New(rand.NewPCG(5, 6))
	df := c.frequencies()
	between := func(low, high float64) (out []string) {
		for w, share := range df {
			if share >= low && share <= high && len([]rune(w)) >= 4 {
				out = append(out, w)
			}
		}
		slices.Sort(out)
		return out
	}
	common, usual, middling := between(0.26, 0.34), between(0.05, 0.34), between(0.005, 0.05)
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	en, ru, ja := c.languages[0], c.languages[1], c.languages[2]
	list := []class{
		{"rare word", make([]question, runs), true},
		{"word in 30 % of documents", make([]question, runs), true},
		{"two words", make([]question, runs), true},
		{"phrase", make([]question, runs), true},
		{"prefix", make([]question, runs), true},
		{"name in another script", make([]question, runs), true},
		{"Japanese without spaces", make([]question, runs), false},
	}
	for i := range runs {
		l := []*language{en, ru}[i%2]
		list[0].questions[i] = ask("", l.words[stems/2+r.IntN(stems/2)])
		list[1].questions[i] = ask("", pick(common))
		list[2].questions[i] = ask("", sameScript(pick, usual, middling)...)
		list[3].questions[i] = ask("phrase", c.neighbours(r, l)...)
		list[4].questions[i] = ask("prefix", string([]rune(l.words[200+r.IntN(5000)] + "____")[:4]))
		name := c.names[r.IntN(len(c.names))]
		list[5].questions[i] = ask("", name[i%2])
		list[6].questions[i] = ask("", c.run(r, ja))
	}
	for _, k := range list {
		for i, q := range k.questions {
			q.Journal = journalName(r.IntN(manyJournals))
			from := oldestYear + r.IntN(manyYears-10)
			for y := range 10 {
				q.Years = append(q.Years, fmt.Sprint(from+y))
			}
			k.questions[i].words = slices.Clone(q.words)
			list = narrowed(list, k, q)
		}
	}
	return list
}

// narrowed adds a question to the class of the same name with filters.
func narrowed(list []class, k class, q question) []class {
	name := k.name + ", filtered"
	i := slices.IndexFunc(list, func(have class) bool { return have.name == name })
	if i < 0 {
		list = append(list, class{name: name, inSQL: k.inSQL})
		i = len(list) - 1
	}
	list[i].questions = append(list[i].questions, q)
	return list
}

func ask(kind string, words ...string) question {
	q := question{words: words, kind: kind, Typed: strings.Join(words, " ")}
	switch kind {
	case "phrase":
		q.Typed = `"` + q.Typed + `"`
	case "prefix":
		q.words[0] = strings.TrimRight(words[0], "_")
		q.Typed = q.words[0] + "*"
	}
	return q
}

// sameScript picks a word of each list, both of one script.
func sameScript(pick func([]string) string, first, second []string) []string {
	a := pick(first)
	for {
		if b := pick(second); (b[0] < 0x80) == (a[0] < 0x80) {
			return []string{a, b}
		}
	}
}

// neighbours are two words that stand beside each other in some abstract.
func (c *corpus) neighbours(r *rand.Rand, l *language) []string {
	for {
		p := c.paper(r.IntN(c.documents))
		if c.languages[p.tongue] != l {
			continue
		}
		words := strings.Fields(p.abstract)
		for i := 1 + r.IntN(len(words)-2); i+1 < len(words); i++ {
			a, b := words[i], words[i+1]
			if !strings.ContainsAny(a+b, ".") && strings.ToLower(a+b) == a+b {
				return []string{a, b}
			}
		}
	}
}

// run is four characters that stand beside each other in some abstract.
func (c *corpus) run(r *rand.Rand, l *language) string {
	for {
		p := c.paper(r.IntN(c.documents))
		if c.languages[p.tongue] != l {
			continue
		}
		text := []rune(p.abstract)
		at := r.IntN(len(text) - 4)
		if run := string(text[at : at+4]); !strings.Contains(run, l.stop) {
			return run
		}
	}
}

// frequencies is in which share of the documents a word stands, by a sample.
func (c *corpus) frequencies() map[string]float64 {
	n := min(sampled, c.documents)
	out := map[string]float64{}
	for i := range n {
		p := c.paper(i * (c.documents / n))
		if c.languages[p.tongue].space == "" {
			continue
		}
		seen := map[string]bool{}
		for w := range strings.FieldsFuncSeq(p.title+" "+p.abstract, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if w = strings.ToLower(w); !seen[w] {
				seen[w] = true
				out[w] += 1 / float64(n)
			}
		}
	}
	return out
}

// match is the question in the language of FTS5.
func (q *question) match() string {
	switch q.kind {
	case "phrase":
		return `"` + strings.Join(q.words, " ") + `"`
	case "prefix":
		return `"` + q.words[0] + `"*`
	}
	return `"` + strings.Join(q.words, `" "`) + `"`
}

// tsquery is the question in that of PostgreSQL.
func (q *question) tsquery() string {
	switch q.kind {
	case "phrase":
		return strings.Join(q.words, " <-> ")
	case "prefix":
		return q.words[0] + ":*"
	}
	return strings.Join(q.words, " & ")
}
