package view

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
)

// filler sets every field of a page to something that can be told from all
// others in the output: strings end in a number of their own.
type filler struct {
	n      int
	lang   string
	marks  map[string]string // mark → field that holds it
	number int
	bare   bool // leave out what hides something else
}

// hiding are fields that, when they are set, take the place of others.
var hiding = map[string]bool{"HeadTitle": true, "Current": true, "Rows": true, "Problem": true, "References.DOI": true,
	"SectionPage.Type": true, "Headings.Type": true, "Types.Type": true, "Lines.Unchanged": true, "Parts.Heading": true, "Search.Hits": true}

// fill fills a page of a language of the interface.
func fill(p Page, lang string, bare bool) *filler {
	f := &filler{lang: lang, marks: map[string]string{}, bare: bare}
	f.set(reflect.ValueOf(p).Elem(), reflect.TypeOf(p).Elem().Name())
	b := p.common()
	b.Lang, b.Theme = lang, Dark
	b.Languages[0].Lang = lang
	if b.Journal != nil {
		b.Journal.OwnFonts = false
	}
	switch p.(type) {
	case *Search, *Error, *Installation, *Preferences:
		if bare {
			b.Journal = nil
		}
	}
	if w, ok := p.(*Webpage); ok {
		w.Journal.Pages[0].URL = w.Self // under which its contents stand
	}
	if a, ok := p.(*Article); ok {
		f.article(a)
	}
	return f
}

// article ties together what belongs together in an article.
func (f *filler) article(a *Article) {
	var body strings.Builder
	for i, e := range a.Contents {
		a.Contents[i].Level = i + 1
		fmt.Fprintf(&body, `<section id="%s"><h%d>%d</h%d><p><a id="%s" href="#ref-%d">%d</a></p></section>`, e.ID, i+2, i, i+2,
			strings.TrimPrefix(a.References[i].Cited[0].URL, "#"), a.References[i].Number, i)
		a.References[i].Cited = a.References[i].Cited[:1]
	}
	a.Body += template.HTML(body.String())
	if len(a.Rows) > 0 {
		a.Rows[0].Text += template.HTML(body.String())
	}
	for i := range a.Authors {
		a.Authors[i].Affiliations, a.Authors[i].Role = []int{0, 1}, "author"
	}
	a.Version, a.Latest = 1, 2
}

func (f *filler) mark(field, form string) string {
	f.n++
	text := fmt.Sprintf(form, "q"+strconv.Itoa(f.n)+"q")
	f.marks["q"+strconv.Itoa(f.n)+"q"] = field
	return text
}

func (f *filler) set(v reflect.Value, field string) {
	if text, ok := v.Addr().Interface().(*Run); ok {
		*text = Run{Lang: "ru", HTML: template.HTML(f.mark(field, "Текст <em>и &amp; %s</em>"))}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if f.bare && (hiding[name] || hiding[field[strings.LastIndexByte(field, '.')+1:]+"."+name]) {
				continue
			}
			f.set(v.Field(i), field+"."+name)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.set(v.Elem(), field)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.set(v.Index(i), field)
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		f.number++
		v.SetInt(int64(1000 + f.number))
	case reflect.String:
		v.SetString(f.text(v.Type().Name(), field))
	default:
		panic("a page has a field of a kind that the test does not know: " + field)
	}
}

// text is a value of the form that the field's name promises.
func (f *filler) text(kind, field string) string {
	name := field[strings.LastIndexByte(field, '.')+1:]
	switch {
	case kind == "HTML" && name == "Notes":
		return f.mark(field, "<ol><li>%s</li></ol>")
	case kind == "HTML":
		return f.mark(field, "<p>%s</p>")
	case kind == "Tone":
		return string(Retracted)
	case name == "Lang", name == "TextLang", name == "OtherLang", name == "Langs", name == "Languages", name == "Written":
		return "ru"
	case strings.HasSuffix(name, "URL"), name == "Self", name == "Archive", name == "About", name == "Search", name == "Action", name == "ThemeAction",
		name == "CSV", name == "News", name == "Style", name == "Accessibility", name == "Everywhere", name == "Previous", name == "Next":
		return f.mark(field, "/%s?a=1&b=2")
	case name == "Absolute", name == "Canonical", name == "DefaultLanguage":
		return f.mark(field, "https://example.org/%s")
	case name == "Cited":
		return f.mark(field, "#c%s")
	case name == "ID":
		return f.mark(field, "id-%s")
	case name == "Published", name == "Date":
		return "2020-03-14"
	case name == "Year":
		return f.mark(field, "%s")
	case name == "Licence.Name", strings.HasSuffix(field, "Licence.Name"):
		return "CC BY-NC-SA 4.0"
	case name == "DOI":
		return f.mark(field, "10.5555/a<b>%s")
	case name == "Media":
		return f.mark(field, "application/%s")
	case name == "Relation":
		return "companion"
	}
	return f.mark(field, `%s & "text" <i>`)
}
