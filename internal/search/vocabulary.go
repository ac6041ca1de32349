package search

import (
	"hash/maphash"
	"strings"
	"sync"
	"unicode/utf8"

	"offprint/internal/script"
)

// Texts are indexed by the forms that stand in them and by nothing else. How one
// form leads to others is kept once per form, in vocabulary documents: documents
// that hold entries "key, zero byte, form" in one field and are never found
// themselves. The keys are
//
//	s:en:comput   the stem in a language
//	l:hatoyama    without marks
//	j: r: h:      the keys of package script for other scripts
//	a:鳩山         an alias
//
// and t:en, without a form, says that texts are in a language.
//
// A form that is its own stem, or has no marks, has no entry of that kind: a
// query tries the stem and the bare form as forms by themselves.
const (
	keyStem  = "s:"
	keyPlain = "l:"
	keyAlias = "a:"
	// keyLanguage begins an entry of a language.
	keyLanguage = "t:"
	keyEnd      = "\x00"
)

// word is a form with the language of its text.
type word struct {
	lang, term string
	kind       wordKind
}

type wordKind uint8

const (
	wordSeen   wordKind = 1 << iota // it occurs
	wordAsName                      // it may be a name: see chunk.texts
)

// wordSet collects the words of texts, by their languages.
type wordSet map[string]languageSet

type languageSet map[string]wordKind

// of are the words of a language of stemLanguage.
func (s wordSet) of(lang string) languageSet {
	words := s[lang]
	if words == nil {
		words = languageSet{}
		s[lang] = words
	}
	return words
}

func (s languageSet) add(t token) {
	if t.bigram {
		return
	}
	kind := wordSeen
	if t.name {
		kind |= wordAsName
	}
	if was := s[t.term]; was|kind != was {
		s[t.term] = was | kind
	}
}

// lexicon remembers words whose entries are in the index, by their hash.
type lexicon struct {
	mu   sync.Mutex
	seed maphash.Seed
	seen map[uint64]struct{}
	// complete: it began with the index, and what it does not know is not there.
	complete bool
}

// mostSeen bounds a lexicon. When it is full it begins anew, and words are looked
// up in the index again.
const mostSeen = 1 << 21

// unknown adds to out the entries of the words that were not met before. sure says
// that the index has none of them.
func (l *lexicon) unknown(words wordSet, out map[string]struct{}) (sure bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen == nil {
		l.seed = maphash.MakeSeed()
		l.seen = map[uint64]struct{}{}
	}
	if len(l.seen) >= mostSeen {
		clear(l.seen)
		l.complete = false
	}
	var h maphash.Hash
	h.SetSeed(l.seed)
	var keys []string
	for lang, set := range words {
		if _, ok := l.seen[maphash.String(l.seed, keyLanguage+lang)]; !ok && lang != "" {
			l.seen[maphash.String(l.seed, keyLanguage+lang)] = struct{}{}
			out[keyLanguage+lang] = struct{}{}
		}
		for term, kind := range set {
			h.Reset()
			_, _ = h.WriteString(lang)
			_ = h.WriteByte(byte(kind))
			_, _ = h.WriteString(term)
			sum := h.Sum64()
			if _, ok := l.seen[sum]; ok {
				continue
			}
			l.seen[sum] = struct{}{}
			keys = entriesOf(keys[:0], word{lang, term, kind})
			for _, key := range keys {
				out[key] = struct{}{}
			}
		}
	}
	return l.complete
}

// newEntries are the entries of words, and of aliases in documents, that the index
// does not have yet. Should two chunks that are written at the same time have the
// same new one, it is there twice, which does no harm.
func (x *Index) newEntries(words wordSet, docs []Document) (map[string]struct{}, error) {
	out := map[string]struct{}{}
	sure := x.words.unknown(words, out)
	for i := range docs {
		for _, cluster := range aliasesOf(&docs[i]) {
			n := len(out)
			aliasEntries(cluster, out)
			sure = sure && len(out) == n
		}
	}
	if sure || len(out) == 0 {
		return out, nil
	}
	s, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.close()
	dicts, err := s.dictionaries(vocabulary)
	if err != nil {
		return nil, err
	}
	for _, d := range dicts {
		for k := range out {
			if has, err := d.Contains([]byte(k)); err != nil {
				return nil, err
			} else if has {
				delete(out, k)
			}
		}
	}
	return out, nil
}

// entriesOf appends the entries of a word.
func entriesOf(keys []string, w word) []string {
	if st := stem(w.lang, w.term); st != "" && st != w.term {
		keys = append(keys, keyStem+w.lang+":"+st+keyEnd+w.term)
	}
	if !isASCII(w.term) {
		if plain := script.Fold(w.term); plain != w.term && plain != "" {
			keys = append(keys, keyPlain+plain+keyEnd+w.term)
		}
	}
	if w.kind&wordAsName != 0 && utf8.RuneCountInString(w.term) >= shortestName {
		for _, k := range crossKeys(w.term) {
			keys = append(keys, k+keyEnd+w.term)
		}
	}
	return keys
}

// shortestName is how many letters a word has that is found in other scripts. Of
// the words of running texts only those with a capital letter are, since the rules
// are for names and join words that have nothing to do with each other (data, дата).
const shortestName = 2

// crossKeys are the keys by which a word is found in other scripts.
func crossKeys(word string) []string {
	var buf [script.MaxKeys]string
	var out []string
	for _, k := range script.AppendKeys(buf[:0], word) {
		if strings.HasPrefix(k, script.KeyJapanese) || strings.HasPrefix(k, script.KeyRussian) {
			out = append(out, k)
		}
	}
	return out
}

// maxCluster is how many forms of one thing are aliases of each other.
const maxCluster = 8

// aliasesOf are the clusters of a document: its own, and the names of each author,
// family name with family name and given name with given name.
func aliasesOf(d *Document) [][]string {
	out := d.Aliases
	for _, a := range d.Authors {
		if len(a.Names) < 2 {
			continue
		}
		var families, given []string
		for _, n := range a.Names {
			families = append(families, n.Family)
			if utf8.RuneCountInString(strings.TrimSuffix(n.Given, ".")) > 1 {
				given = append(given, n.Given)
			}
		}
		out = append(out[:len(out):len(out)], families, given)
	}
	return out
}

// aliasEntries adds the entries of a cluster.
func aliasEntries(cluster []string, out map[string]struct{}) {
	forms := make([]string, 0, maxCluster)
	for _, c := range cluster {
		if f := aliasForm(c); f != "" && len(f) <= maxTerm && len(forms) < maxCluster {
			forms = append(forms, f)
		}
	}
	for _, a := range forms {
		for _, b := range forms {
			if a != b {
				out[keyAlias+a+keyEnd+b] = struct{}{}
			}
		}
	}
}

// aliasForm is the form by which aliases are looked up: folded words with one space
// between them.
func aliasForm(s string) string {
	parts := strings.Fields(s)
	for i, p := range parts {
		parts[i] = fold(p)
	}
	return strings.Join(parts, " ")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
