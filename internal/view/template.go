package view

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"offprint/internal/locale"
)

// pageName is the name of a page by its file.
func pageName(file string) string {
	return strings.TrimSuffix(path.Base(file), ".html")
}

// parse reads the shared templates and those of one page, with functions that
// speak the language of l.
func (v *View) parse(page string, l *locale.Locale) (*template.Template, error) {
	t := template.New(page).Funcs(v.functions(l)).Option("missingkey=error")
	shared, err := v.inOrder("templates/*.html")
	if err != nil {
		return nil, err
	}
	// The page comes last: its blocks take the place of the shared ones.
	for _, name := range append(shared, "templates/page/"+page+".html") {
		b, err := fs.ReadFile(v.files, name)
		if err != nil {
			return nil, err
		}
		if _, err := t.Parse(compact(string(b))); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return t, nil
}

// compact takes the indentation out of a template, which no reader sees.
func compact(source string) string {
	lines := strings.Split(source, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n") + "\n"
}

// functions are what templates can call.
func (v *View) functions(l *locale.Locale) template.FuncMap {
	return template.FuncMap{
		"t":        l.T,
		"word":     func(family, name string) string { return word(l, family, name) },
		"date":     l.Date,
		"number":   func(n int) string { return l.Number(int64(n)) },
		"number64": l.Number,
		"letter":   letter,
		"size":     l.Size,
		"language": l.Language,
		"native":   locale.Native,
		"capital":  locale.Capital,
		"uilang":   l.Tag,
		"uidir":    l.Dir,
		"lang":     func(r Run) template.HTMLAttr { return r.attributes(l.Dir()) },
		"within":   func(lang string) template.HTMLAttr { return within(lang, l.Dir()) },
		"text":     Run.Text,
		"links":    func() links { return v.links },
		"preload":  func() []string { return v.links.preload(l.Tag()) },
		"doilink":  DOILink,
		"issue":    func(volume, number, year string) string { return IssueTitle(l.Tag(), volume, number, year) },
		"heading":  func(family, lang string, many bool) Run { return heading(l, family, lang, many) },
		"colon":    func(lang string) string { return strings.TrimRight(locale.For(lang).T("mark.colon"), " ") },
		"marks":    func(a *Article) bool { return len(a.Affiliations) > 1 && len(a.Authors)+len(a.Others) > 1 },
		"add":      func(a, b int) int { return a + b },
	}
}

// letter names a place in a list of places: a … z, then aa, ab …
func letter(i int) string {
	s := string(rune('a' + i%26))
	if i >= 26 {
		return letter(i/26-1) + s
	}
	return s
}

// word is a word of a family, or the name itself with hyphens as spaces where
// no catalogue has it.
func word(l *locale.Locale, family, name string) string {
	if text, ok := l.Word(family, name); ok {
		return text
	}
	return locale.Capital(strings.ReplaceAll(name, "-", " "))
}

// heading is the word for an abstract or keywords. Where there are several
// languages each heading is in its own, or, where the interface does not speak
// it, in that of the interface with the language's name.
func heading(l *locale.Locale, key, lang string, many bool) Run {
	switch {
	case !many || lang == "":
		return Plain(l.Tag(), l.T(key))
	case locale.Speaks(lang):
		return Plain(lang, locale.For(lang).T(key))
	}
	return Plain(l.Tag(), l.T("article.in-language", l.T(key), l.Language(lang)))
}

// preload names the two fonts that the first screen cannot do without.
func (k links) preload(lang string) []string {
	script := "latin"
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn":
		script = "cyrillic"
	}
	var found []string
	for _, family := range []string{"source-serif-4", "source-sans-3"} {
		if link, ok := k.fonts[family+"-"+script+"-wght-normal.woff2"]; ok {
			found = append(found, link)
		}
	}
	return found
}
