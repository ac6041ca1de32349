package journal

import "slices"

// TextLanguages are the languages in which the article can be read, as BCP 47 tags: its
// own first, then those of its other full texts and galleys.
func (a *Article) TextLanguages() []string {
	out := []string{a.Language}
	add := func(lang string) {
		if lang != "" && !slices.Contains(out, lang) {
			out = append(out, lang)
		}
	}
	for i := range a.Documents {
		add(a.Documents[i].Lang)
	}
	for _, f := range a.Galleys() {
		add(f.Lang)
	}
	if out[0] == "" {
		out = out[1:]
	}
	return out
}
