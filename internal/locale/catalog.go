package locale

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed catalog/*.toml
var catalogFiles embed.FS

// message holds the forms of a message by plural category; a message without
// plural forms has Other alone.
type message map[plural.Form]string

// shelf is all catalogues together; locales, tags and the matcher share one
// order with English first.
type shelf struct {
	tags    []string
	locales []*Locale
	byTag   map[string]*Locale
	matcher language.Matcher
}

// categories are the plural categories by their names in CLDR.
var categories = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

func readShelf(files fs.FS, dir string) (*shelf, error) {
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil, err
	}
	s := &shelf{byTag: map[string]*Locale{}}
	for _, entry := range entries {
		if tag, ok := strings.CutSuffix(entry.Name(), ".toml"); ok && tag != "en" {
			s.tags = append(s.tags, tag)
		}
	}
	slices.Sort(s.tags)
	s.tags = append([]string{"en"}, s.tags...)
	known := make([]language.Tag, 0, len(s.tags))
	for _, tag := range s.tags {
		l, err := readLocale(files, dir+"/"+tag+".toml", tag)
		if err != nil {
			return nil, err
		}
		if len(s.locales) > 0 {
			l.fallback = s.locales[0]
		}
		s.locales = append(s.locales, l)
		s.byTag[tag] = l
		known = append(known, l.tag)
	}
	s.matcher = language.NewMatcher(known)
	return s, nil
}

func readLocale(files fs.FS, name, tag string) (*Locale, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("catalogue %s: its name is not a language tag: %w", name, err)
	}
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	messages, err := readMessages(string(text))
	if err != nil {
		return nil, fmt.Errorf("catalogue %s: %w", name, err)
	}
	return &Locale{
		tag: parsed, name: tag, messages: messages,
		languages: display.Languages(parsed), regions: display.Regions(parsed),
	}, nil
}

// readMessages reads the TOML of a catalogue: tables of strings, or of tables
// with plural forms.
func readMessages(text string) (map[string]message, error) {
	// Not map[string]map[string]any: the decoder passes over what is no table.
	var sections map[string]any
	if _, err := toml.Decode(text, &sections); err != nil {
		return nil, err
	}
	messages := map[string]message{}
	for section, value := range sections {
		entries, ok := value.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s: a message stands in a section, not alone", section)
		}
		for name, value := range entries {
			key := section + "." + name
			m, err := readMessage(value)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", key, err)
			}
			messages[key] = m
		}
	}
	return messages, nil
}

func readMessage(value any) (message, error) {
	switch v := value.(type) {
	case string:
		return message{plural.Other: v}, nil
	case map[string]any:
		m := message{}
		for category, text := range v {
			form, known := categories[category]
			s, isString := text.(string)
			if !known || !isString {
				return nil, fmt.Errorf("%q is not a plural form with a text", category)
			}
			m[form] = s
		}
		if m[plural.Other] == "" {
			return nil, fmt.Errorf("the plural form \"other\" is missing")
		}
		return m, nil
	}
	return nil, fmt.Errorf("a message is a text or a table of plural forms, not %T", value)
}
