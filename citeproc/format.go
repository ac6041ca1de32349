package citeproc

// format is the look of a text, one value for each of the five formatting
// attributes; 0 is "not said".
type format [5]uint8

// The attributes, in the order in which they are opened.
const (
	fStyle = iota
	fVariant
	fWeight
	fDecoration
	fAlign
)

// Values above 1 change the look, 1 is the explicit return to plain text.
const (
	plain     = 1
	italic    = 2 // font-style
	oblique   = 3
	smallCaps = 2 // font-variant
	bold      = 2 // font-weight
	light     = 3
	underline = 2 // text-decoration
	sub       = 2 // vertical-align
	sup       = 3
)

var formatValues = [5]map[string]uint8{
	fStyle:      {"normal": plain, "italic": italic, "oblique": oblique},
	fVariant:    {"normal": plain, "small-caps": smallCaps},
	fWeight:     {"normal": plain, "bold": bold, "light": light},
	fDecoration: {"none": plain, "underline": underline},
	fAlign:      {"baseline": plain, "sub": sub, "sup": sup},
}

var formatNames = [5]string{"font-style", "font-variant", "font-weight", "text-decoration", "vertical-align"}

func readFormat(a map[string]string) format {
	var f format
	for i, name := range formatNames {
		if v, ok := a[name]; ok {
			f[i] = formatValues[i][v]
		}
	}
	return f
}

// over is f where it says something, and otherwise what is below it.
func (f format) over(below format) format {
	for i, v := range f {
		if v == 0 {
			f[i] = below[i]
		}
	}
	return f
}
