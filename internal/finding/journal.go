package finding

import (
	"context"
	"strings"

	"offprint/internal/journal"
	"offprint/internal/query"
	"offprint/internal/script"
)

// journals are the journals of the installation as last read.
type journals struct {
	list []journal.Journal
	byID map[string]*journal.Journal
}

func (f *Finder) readJournals(ctx context.Context) error {
	list, err := f.Store.Journals(ctx)
	if err != nil {
		return err
	}
	js := &journals{list: list, byID: make(map[string]*journal.Journal, len(list))}
	for i := range list {
		js.byID[list[i].ID] = &list[i]
	}
	f.journals.Store(js)
	return nil
}

// said is what documents say of their journal.
func said(j *journal.Journal) string { return j.ISSNPrint + " " + j.ISSNOnline }

// named are the ids of the journals that a person means: by the path of the
// address, by an ISSN, or by words that all stand in one of the titles.
func (js *journals) named(text string) (ids []string) {
	words := strings.Fields(script.Fold(text))
	for i := range js.list {
		j := &js.list[i]
		if strings.EqualFold(text, j.Path) || text != "" && (text == j.ISSNPrint || text == j.ISSNOnline) || titled(j, words) {
			ids = append(ids, j.ID)
		}
	}
	return ids
}

func titled(j *journal.Journal, words []string) bool {
	for _, t := range j.Titles {
		title := " " + strings.Join(strings.Fields(script.Fold(t.Plain)), " ") + " "
		all := len(words) > 0
		for _, w := range words {
			all = all && strings.Contains(title, " "+w+" ")
		}
		if all {
			return true
		}
	}
	return false
}

// resolve puts the ids of journals in the place of their names, which the index
// does not know.
func (js *journals) resolve(n query.Node) query.Node {
	if n.Field == query.Journal && n.Op != query.And && n.Op != query.Or && n.Op != query.Not {
		ids := js.named(n.Text)
		if len(ids) == 0 {
			return query.Node{Op: query.Word, Field: query.Journal, Text: n.Text}
		}
		either := query.Node{Op: query.Or}
		for _, id := range ids {
			either.Kids = append(either.Kids, query.Node{Op: query.Word, Field: query.Journal, Text: id})
		}
		if len(either.Kids) == 1 {
			return either.Kids[0]
		}
		return either
	}
	if len(n.Kids) > 0 {
		kids := make([]query.Node, len(n.Kids))
		for i := range n.Kids {
			kids[i] = js.resolve(n.Kids[i])
		}
		n.Kids = kids
	}
	return n
}

// unresolve puts the paths of journals in the place of their ids.
func (js *journals) unresolve(text string) string {
	if js == nil || text == "" {
		return text
	}
	for i := range js.list {
		text = strings.ReplaceAll(text, js.list[i].ID, js.list[i].Path)
	}
	return text
}
