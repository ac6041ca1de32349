package jats

import (
	"slices"
	"strings"
)

// classes are the groups of elements that the content models of JATS Journal
// Publishing 1.3 (ANSI/NISO Z39.96-2021) are made of, as far as the writer
// uses their members.
var classes = map[string]string{
	"link":   "email ext-link uri",
	"rel":    "inline-supplementary-material related-article related-object",
	"emph":   "bold italic monospace overline roman sans-serif sc strike underline ruby",
	"script": "sub sup",
	"phrase": "abbrev named-content styled-content",
	"plain":  "named-content styled-content",
	"in":     "alternatives inline-graphic",
	"math":   "tex-math math",
	"form":   "chem-struct inline-formula",
	"note":   "fn target xref",
	"small":  "alternatives array code graphic media preformat",
	"quote":  "disp-quote speech statement verse-group",
	"late":   "attrib permissions",
	"disp":   "disp-formula disp-formula-group",
	"list":   "def-list list",
	"float": `address alternatives array boxed-text chem-struct-wrap code fig fig-group graphic media preformat
		supplementary-material table-wrap table-wrap-group`,
	"words": "@link @rel @emph @script @phrase @in @math @form @note",
	"block": "@float @disp @list tex-math math p related-article related-object @quote",
	"tail":  "fn-group glossary ref-list",
	"cite":  "citation-alternatives element-citation mixed-citation",
	"head":  "object-id | label | caption | alt-text long-desc @link",
	"part": `@emph @in @form label @phrase @script annotation article-title chapter-title collab comment data-title date
		date-in-citation day edition email elocation-id etal ext-link fpage institution isbn issn issue lpage month name name-alternatives
		object-id page-range part-title person-group pub-id publisher-loc publisher-name season series source string-name
		trans-source trans-title uri volume year`,
}

// models are the contents of elements: the elements allowed in each place, the
// places divided by bars, in their order. A star marks mixed content. Elements
// that are missing here are made whole by the writer.
var models = map[string]string{
	"p":                             "* @words @block @cite",
	"named-content":                 "* @link @rel @float @disp @emph @in @form @list @math @phrase @note @script @quote",
	"styled-content":                "* @link @rel @float @disp @emph @in @form @list @math @phrase @note @script @quote",
	"italic":                        "* @words",
	"bold":                          "* @words",
	"underline":                     "* @words",
	"strike":                        "* @words",
	"sc":                            "* @words",
	"monospace":                     "* @words",
	"overline":                      "* @words",
	"roman":                         "* @words",
	"sans-serif":                    "* @words",
	"sub":                           "* @words",
	"sup":                           "* @words",
	"ext-link":                      "* @emph @plain @script",
	"xref":                          "* @emph @plain @script",
	"inline-supplementary-material": "* alt-text long-desc @link @emph @plain @script",
	"email":                         "*",
	"abbrev":                        "* def",
	"target":                        "* @emph @plain @script",
	"ruby":                          "rb | rt",
	"rb":                            "* bold italic monospace overline roman sans-serif sc strike underline",
	"title":                         "* @words break @cite",
	"subtitle":                      "* @words break",
	"article-title":                 "* @words break",
	"trans-title":                   "* @words break",
	"trans-subtitle":                "* @words break",
	"attrib":                        "* @words",
	"term":                          "* @words @disp array code graphic media preformat",
	"term-head":                     "* @words",
	"def-head":                      "* @words",
	"verse-line":                    "* @emph @in @form @phrase @script @note",
	"speaker":                       "* @note",
	"code":                          "* @link @emph inline-graphic @phrase @note @script",
	"td":                            "* @link @rel @disp break hr @cite @emph inline-graphic @form @quote @list @math p @phrase @small @note @script",
	"corresp":                       "* @link @emph label @plain @script",
	"kwd":                           "* @emph @plain @script",
	"subject":                       "* @emph @in @form @plain @script",
	"funding-statement":             "* @link @emph @plain @script",
	"copyright-statement":           "* @link @emph @plain @script",
	"issue-title":                   "*",
	"mixed-citation":                "* @part",
	"inline-formula":                "* alt-text long-desc @emph @in @form @math @plain @script",
	"disp-formula":                  "* alt-text long-desc @link break caption @emph object-id inline-graphic @form label @plain @math @small @script",
	"body":                          "@block | sec | sig-block",
	"sec":                           "sec-meta | label | title | @block | sec | @tail",
	"app":                           "sec-meta | label | title | @block | sec | @tail | permissions",
	"notes":                         "sec-meta | label | title | @block | sec | @tail",
	"bio":                           "sec-meta | label | title | @block | sec | @tail",
	"back":                          "label | ack app-group bio fn-group glossary ref-list notes sec",
	"app-group":                     "app",
	"ack":                           "object-id | label | title | p | sec | ref-list",
	"glossary":                      "object-id | label | title | @block | glossary",
	"abstract":                      "object-id | label | title | p | sec",
	"fn-group":                      "label | title | fn",
	"fn":                            "label | p",
	"author-notes":                  "label | title | corresp fn p",
	"boxed-text":                    "object-id | sec-meta | label | caption | @block | sec | @tail | @late",
	"list":                          "object-id | label | title | list-item",
	"list-item":                     "label | title | p @list",
	"def-list":                      "label | title | term-head | def-head | def-item | def-list",
	"def-item":                      "term | def",
	"def":                           "p",
	"disp-quote":                    "label | title | @block | @late",
	"verse-group":                   "label | title | subtitle | verse-line verse-group | @late",
	"speech":                        "object-id | speaker | p",
	"statement":                     "label | title | p statement | @late",
	"caption":                       "title | p",
	"fig":                           "@head | @disp chem-struct-wrap @quote table-wrap p @list @small xref | @late",
	"supplementary-material":        "@head | @disp chem-struct-wrap @quote table-wrap p @list @small xref | @late",
	"fig-group":                     "@head | fig xref alternatives graphic media",
	"table-wrap-group":              "@head | table-wrap xref",
	"disp-formula-group":            "object-id | label | caption | alt-text long-desc @link | @disp",
	"graphic":                       "alt-text long-desc @link caption @late object-id label xref",
	"media":                         "alt-text long-desc @link caption @late object-id label xref",
	"inline-graphic":                "alt-text long-desc",
	"table-wrap":                    "@head | @quote @list alternatives chem-struct-wrap code disp-formula graphic media preformat table xref | table-wrap-foot @late",
	"table-wrap-foot":               "title | p fn-group fn @late",
	"table":                         "thead | tfoot | tbody",
	"alternatives":                  "array chem-struct code graphic inline-graphic inline-supplementary-material media preformat supplementary-material table textual-form tex-math math",
	"floats-group":                  "@float",
}

// needs are the elements that must not be missing, with what satisfies the
// model and says nothing.
var needs = map[string]string{
	"sec": "title", "app": "title", "fn-group": "fn", "fn": "p", "list": "list-item", "list-item": "p", "def": "p",
	"def-item": "term", "speech": "speaker p", "statement": "p", "verse-group": "verse-line", "table-wrap-foot": "p",
	"table-wrap-group": "table-wrap", "author-notes": "p",
}

// model is the content of one element.
type model struct {
	mixed  bool
	places map[string]int // where an element may stand
}

var contents = func() map[string]model {
	all := make(map[string]model, len(models))
	for name, text := range models {
		m := model{places: map[string]int{}}
		text, m.mixed = strings.CutPrefix(text, "*")
		for i, place := range strings.Split(expand(text), "|") {
			for _, child := range strings.Fields(place) {
				if _, twice := m.places[child]; !twice {
					m.places[child] = i
				}
			}
		}
		all[name] = m
	}
	all["th"] = all["td"]
	all["trans-abstract"] = all["abstract"]
	all["journal-title"], all["publisher-name"] = all["issue-title"], all["issue-title"]
	return all
}()

func expand(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if class, ok := strings.CutPrefix(w, "@"); ok {
			words[i] = expand(classes[class])
		}
	}
	return strings.Join(words, " ")
}

// wordless are the elements whose white space means nothing, so that they are
// written on lines of their own.
func wordless(name string) bool {
	m, ok := contents[name]
	if ok {
		return !m.mixed && name != "ruby" && name != "graphic" && name != "media" && name != "inline-graphic" && name != "alternatives"
	}
	return slices.Contains(frames, name)
}

// frames are the elements of the front matter and of tables that hold elements
// only.
var frames = strings.Fields(`article front journal-meta journal-title-group publisher article-meta front-stub article-categories subj-group
	title-group trans-title-group contrib-group contrib name-alternatives collab-alternatives aff-alternatives history pub-history event
	permissions license kwd-group funding-group award-group custom-meta-group custom-meta ref-list ref citation-alternatives
	table thead tbody tfoot tr sec-meta sub-article element-citation article-version-alternatives`)
