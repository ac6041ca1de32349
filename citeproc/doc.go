// Package citeproc makes citations and lists of references in any style of the
// Citation Style Language (CSL 1.0.2, https://docs.citationstyles.org/): it
// takes a style and a locale, both XML files as the CSL project publishes them,
// and items in CSL-JSON, and gives HTML or plain text.
//
//	style, err := citeproc.ParseStyle(file)             // once; safe for many goroutines
//	items, err := citeproc.DecodeItems(json)
//	p, err := citeproc.New(style, citeproc.Options{Lang: "ru-RU", Locale: locales, Format: citeproc.HTML})
//	err = p.SetItems(items)                             // in the order in which they are cited
//	s, err := p.Cite([]citeproc.Cite{{ID: "panov-2020", Locator: "12"}})   // "(Panov, 2020, p. 12)"
//	list, err := p.Bibliography()                       // list.Entries[0].Text
//
// Terms, as in the specification:
//
//   - an item is what is cited; its variables are texts, numbers, names or dates;
//   - a cite is one reference to an item, perhaps with a locator (a page);
//   - a citation is the cites in one place of a text; Document prints all
//     citations of a document and knows which are repetitions ("ibid.");
//   - a term is a word of a locale ("et al.", "ed.");
//   - disambiguation shows more names, initials, a year-suffix or what else the
//     style says, until no two items look the same.
//
// Fields may hold the markup of citation managers: <i>, <b>, <u>, <sup>, <sub>,
// <sc>, <span style="font-variant:small-caps;">, <span class="nocase">; straight
// quotation marks become those of the locale. HTML output escapes everything
// else, so that data can never become markup of a page.
//
// The rules are those of the specification and, where it says nothing or the
// two differ, those of the official test suite (citation-style-language/test-suite).
//
// A style is compiled once. Everything is bounded: the size and depth of the
// files, the work for one reference (ErrTooMuch), the rounds of disambiguation.
// The package reads no files and has no global state; it must not know anything
// of the program around it.
package citeproc
