package script

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"offprint/internal/errs"
)

// Aliases is a table of clusters: forms of one name that no rule joins, such as
// 千島, Курилы and Kuriles, or a reading and its ideographs. It is read by many
// at once; it is changed by none while it is read.
//
// A form speaks for what its script can say. One in Cyrillic stands for all its
// romanisations (Даллес finds Dalles), one in hiragana for its sound in every
// script; Latin letters, ideographs and katakana stand for themselves. A rule
// and an alias may follow one another, and then nothing more.
//
// A word may belong to several clusters (Saitō is 斎藤 and 斉藤); clusters are
// not merged because of that.
type Aliases struct {
	base  *Aliases            // asked as well; nil at the end
	of    map[string][]string // names of clusters by search key, with KeyAlias
	words int                 // of the longest form
	han   int                 // letters of the longest form that begins with Han
}

// NewAliases is an empty table over another one, which is asked as well; nil
// for none.
func NewAliases(base *Aliases) *Aliases {
	return &Aliases{base: base, of: map[string][]string{}, words: 1}
}

var (
	//go:embed alias.tsv
	aliasTable string
	//go:embed japanese.tsv
	japaneseTable string
)

var builtin = sync.OnceValue(func() *Aliases {
	a := NewAliases(nil)
	for _, table := range [...]string{aliasTable, japaneseTable} {
		if err := a.Read(table); err != nil {
			panic("script: built-in aliases: " + err.Error())
		}
	}
	return a
})

// BuiltinAliases is the table that comes with the program: names of the history
// of Russia and Japan, given names, places, and the readings of Japanese
// surnames. It is made at the first call.
func BuiltinAliases() *Aliases { return builtin() }

// Read adds the clusters of a table: a line is a cluster, its name and its other
// forms with tabs between them; empty lines and lines that begin with # do not
// count. A line that is wrong is an error of kind errs.Invalid that says where;
// the lines before it have been added.
func (a *Aliases) Read(table string) error {
	number := 0
	for line := range strings.Lines(table) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		forms := strings.Split(line, "\t")
		if len(forms) < 2 {
			return fmt.Errorf("line %d: %q is a cluster of one form: add another after a tab, or remove the line: %w", number, line, errs.Invalid)
		}
		for _, form := range forms {
			if len(AppendKeys(nil, form)) == 0 {
				return fmt.Errorf("line %d: the form %q has no letters: remove it: %w", number, form, errs.Invalid)
			}
			a.Add(forms[0], form)
		}
	}
	return nil
}

// Add adds a form to the cluster of that name, which is made where there is
// none. The name itself becomes a form only if it is added as one.
func (a *Aliases) Add(cluster, form string) {
	name := KeyAlias + strings.Join(strings.Fields(FoldHan(Normal(cluster))), "-")
	parts := strings.Fields(form)
	a.words = max(a.words, len(parts))
	a.addForm(name, form)
	if len(parts) == 2 && systemOf(form) == kanaSystem {
		a.addForm(name, parts[1]+parts[0])
	}
}

func (a *Aliases) addForm(name, form string) {
	s := systemOf(form)
	for _, key := range AppendKeys(nil, form) {
		if !speaks(s, form, key) || slices.Contains(a.of[key], name) {
			continue
		}
		a.of[key] = append(a.of[key], name)
		if s == hanSystem {
			a.han = max(a.han, utf8.RuneCountInString(key)-len(KeyHan))
		}
	}
}

// speaks reports whether a form stands in the table for that key of its own.
func speaks(s system, form, key string) bool {
	switch s {
	case cyrillicSystem:
		return strings.HasPrefix(key, KeyRussian) || strings.HasPrefix(key, KeyLatin)
	case kanaSystem:
		// Katakana writes foreign sounds: as Japanese, Lenin would be renin.
		return strings.HasPrefix(key, KeyHan) || strings.HasPrefix(key, KeyJapanese) && isHiragana(form)
	case hanSystem:
		return strings.HasPrefix(key, KeyHan)
	}
	return strings.HasPrefix(key, KeyLatin)
}

func systemOf(word string) system {
	var w spelling
	w.read(word)
	return w.system
}

func isHiragana(s string) bool {
	for _, r := range s {
		if r >= 0x30a1 && r <= 0x30fa {
			return false
		}
	}
	return true
}

// Append appends the alias keys of a word that has the given search keys, each
// once. A phrase is looked up by the keys of its words joined; no form has more
// words than Words.
//
// Most clusters are proper names. In running text only words with a capital
// letter, or of a script that has none, should be looked up: оно is not 小野.
func (a *Aliases) Append(dst, keys []string) []string {
	start := len(dst)
	for ; a != nil; a = a.base {
		for _, key := range keys {
			for _, name := range a.of[key] {
				if !slices.Contains(dst[start:], name) {
					dst = append(dst, name)
				}
			}
		}
	}
	return dst
}

// Words is how many words the longest form has.
func (a *Aliases) Words() int {
	n := 1
	for ; a != nil; a = a.base {
		n = max(n, a.words)
	}
	return n
}

// Prefix is the longest form that a word of Han begins with: 鳩山 of 鳩山邦夫,
// since nothing parts surname and given name; "" where there is none. A word that
// is a form as a whole is its own prefix. The answer is part of word as written.
func (a *Aliases) Prefix(word string) string {
	longest := 0
	for b := a; b != nil; b = b.base {
		longest = max(longest, b.han)
	}
	found, n := 0, 0
	for i, r := range word {
		if !isHan(r) {
			break
		}
		if n++; n > longest {
			break
		}
		end := i + utf8.RuneLen(r)
		if a.knows(KeyHan + FoldHan(word[:end])) {
			found = end
		}
	}
	return word[:found]
}

func (a *Aliases) knows(key string) bool {
	for ; a != nil; a = a.base {
		if len(a.of[key]) > 0 {
			return true
		}
	}
	return false
}
