package view

// KeywordIndex is the index of a journal's keywords.
type KeywordIndex struct {
	Base
	Index
}

func (*KeywordIndex) template() string { return "keywords" }

// Keyword is the page of a keyword.
type Keyword struct {
	Base
	Word           Run
	Also           []KeywordName // the same in other languages
	Total          int           // articles
	Lines          []Line        // newest first
	Previous, Next string
}

func (*Keyword) template() string { return "keyword" }

// KeywordName is a keyword in another language.
type KeywordName struct {
	Link Link
	Lang string
}
