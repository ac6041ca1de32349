package journal

import "strings"

// Look is how a journal's pages differ from the theme's.
type Look struct {
	Logo  *Picture `json:"logo,omitempty"`
	Cover *Picture `json:"cover,omitempty"`
	// Serif and Sans name the families of text and of headings: one that the
	// program brings, or one of Fonts. Empty: the theme's.
	Serif string `json:"serif,omitempty"`
	Sans  string `json:"sans,omitempty"`
	Fonts []Font `json:"fonts,omitempty"`
	// Tokens are colours that take the place of the theme's.
	Tokens []Token `json:"tokens,omitempty"`
}

// Picture is a picture of a journal or an issue; its bytes are a file of the
// installation.
type Picture struct {
	SHA256 string `json:"sha256"`
	Media  string `json:"media"`
	Size   int64  `json:"size"`  // in bytes
	Width  int    `json:"width"` // in CSS pixels
	Height int    `json:"height"`
	// Alt says what the picture shows to those who do not see it.
	Alt []Text `json:"alt,omitempty"`
}

// Font is an uploaded file of a family.
type Font struct {
	Family  string `json:"family"`
	Italic  bool   `json:"italic,omitempty"`
	Weight  string `json:"weight,omitempty"` // "400" or "200 900"; empty: 400
	SHA256  string `json:"sha256"`
	Size    int64  `json:"size"`
	Licence string `json:"licence"` // by what right it is here
}

// Token is a colour of the look for light and dark pages, "#rrggbb".
type Token struct {
	Name  string `json:"name"` // without the hyphens: "ink"
	Light string `json:"light"`
	Dark  string `json:"dark"`
}

// Files are the SHA-256 and the size of every file of the look.
func (l *Look) Files() map[string]int64 {
	out := map[string]int64{}
	if l == nil {
		return out
	}
	for _, p := range []*Picture{l.Logo, l.Cover} {
		if p != nil {
			out[p.SHA256] = p.Size
		}
	}
	for _, f := range l.Fonts {
		out[f.SHA256] = f.Size
	}
	return out
}

// Ending is the end of a file's name for a media type that a Picture or a font
// has, with its dot.
func Ending(media string) string {
	switch media {
	case "image/jpeg":
		return ".jpg"
	case "image/svg+xml":
		return ".svg"
	}
	_, kind, _ := strings.Cut(media, "/")
	return "." + kind
}

// sameLanguage compares tags by their base language: "pt" is "pt-BR".
func sameLanguage(a, b string) bool {
	a, _, _ = strings.Cut(a, "-")
	b, _, _ = strings.Cut(b, "-")
	return a != "" && strings.EqualFold(a, b)
}
