package query

import (
	"strings"

	"offprint/internal/script"
)

// Field is the part of an article that a clause asks, by the prefix that is
// printed for it.
type Field string

// The fields.
const (
	Anywhere  Field = "" // title, authors, abstract, full text …: what the index holds
	Author    Field = "author"
	Title     Field = "title"
	Abstract  Field = "abstract"
	FullText  Field = "fulltext"
	Reference Field = "ref" // the list of references
	Keyword   Field = "keyword"
	Section   Field = "section"
	Journal   Field = "journal"
	Issue     Field = "issue"
	Type      Field = "type" // type of article, a code
	Language  Field = "lang" // BCP 47
	Has       Field = "has"  // a form of the article that is there: pdf
	Year      Field = "year" // of publication, as it is cited
	Date      Field = "date" // of publication, YYYY, YYYY-MM or YYYY-MM-DD
	DOI       Field = "doi"
	ORCID     Field = "orcid"
	ISSN      Field = "issn"
)

// spellings are the prefixes that people may type, in the languages whose readers
// type them: each one word of letters, folded. The first one is printed.
var spellings = []struct {
	field Field
	names string
}{
	{Author, "author authors au автор авторы 著者 著者名"},
	{Title, "title ti заголовок название 題名 タイトル"},
	{Abstract, "abstract ab аннотация реферат 抄録 要旨"},
	{FullText, "fulltext text текст 本文 全文"},
	{Reference, "ref refs reference references литература ссылка ссылки 文献 参考文献"},
	{Keyword, "keyword keywords kw ключевые キーワード"},
	{Section, "section раздел рубрика 欄 セクション"},
	{Journal, "journal журнал 雑誌 誌名"},
	{Issue, "issue выпуск номер 号"},
	{Type, "type тип 種別"},
	{Language, "lang language язык 言語"},
	{Has, "has есть 有"},
	{Year, "year год 年 発行年"},
	{Date, "date дата 日付 発行日"},
	{DOI, "doi"},
	{ORCID, "orcid"},
	{ISSN, "issn"},
}

// longestName is longer than every name, in runes.
const longestName = 16

// fieldOf is the field of a name as it was typed.
func fieldOf(name string) (Field, bool) {
	name = script.Fold(name)
	for i := range spellings {
		for s := range strings.FieldsSeq(spellings[i].names) {
			if s == name {
				return spellings[i].field, true
			}
		}
	}
	return Anywhere, false
}

// ranged fields hold a time.
func (f Field) ranged() bool { return f == Year || f == Date }

// identifier fields hold an identifier that is written whole.
func (f Field) identifier() bool { return f == DOI || f == ORCID || f == ISSN }

// coded fields hold no text that a reader sees.
func (f Field) coded() bool {
	return f.ranged() || f.identifier() || f == Type || f == Language || f == Has
}
