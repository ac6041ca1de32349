package api

import (
	"slices"
	"strings"

	"offprint/internal/format/oaipmh"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/store"
)

// Sets. Those of journals and sections stand in a hierarchy, as the protocol
// writes it: "rjr", "rjr:articles"; those of languages are "lang:ru". driver and
// openaire are the sets of the DRIVER and OpenAIRE guidelines: texts in open
// access, which is everything that is published here.
const (
	setDriver   = "driver"
	setOpenAIRE = "openaire"
	setLanguage = "lang:"
)

// setsOf are the sets of an item.
func setsOf(e *store.Harvested) []string {
	sets := []string{e.JournalPath}
	if e.Section != "" {
		sets = append(sets, e.JournalPath+":"+e.Section)
	}
	if e.Language != "" {
		sets = append(sets, setLanguage+e.Language)
	}
	return append(sets, setDriver, setOpenAIRE)
}

// narrow narrows a list to the set that is asked for. ok is false when there is
// no such set.
func (h *harvest) narrow(want *store.Harvest) (ok bool, err error) {
	set := h.req.Set
	if set == "" || set == setDriver || set == setOpenAIRE {
		return true, nil
	}
	if lang, is := strings.CutPrefix(set, setLanguage); is {
		want.Language = lang
		return lang != "", nil
	}
	path, section, _ := strings.Cut(set, ":")
	if j := h.ask.Journal; j != nil {
		want.Section = section
		return path == j.Path, nil
	}
	journals, err := h.Store.Journals(h.ctx)
	i := slices.IndexFunc(journals, func(j journal.Journal) bool { return j.Path == path })
	if err != nil || i < 0 {
		return false, err
	}
	want.JournalID, want.Section = journals[i].ID, section
	return true, nil
}

// listSets are all sets.
func (h *harvest) listSets() ([]oaipmh.Set, error) {
	var journals []journal.Journal
	var err error
	if h.ask.Journal != nil {
		journals = []journal.Journal{*h.ask.Journal}
	} else if journals, err = h.Store.Journals(h.ctx); err != nil {
		return nil, err
	}
	sections, err := h.Store.SectionsOf(h.ctx, h.journalID())
	if err != nil {
		return nil, err
	}
	var sets []oaipmh.Set
	for i := range journals {
		j := &journals[i]
		sets = append(sets, oaipmh.Set{Spec: j.Path, Name: j.Title(j.Language()).Plain})
		for _, s := range sections[j.ID] {
			sets = append(sets, oaipmh.Set{Spec: j.Path + ":" + s.Slug, Name: journal.In(s.Texts, j.Language()).Plain})
		}
	}
	tags, err := h.Store.HarvestLanguages(h.ctx, h.journalID())
	if err != nil {
		return nil, err
	}
	english := locale.For("en")
	for _, tag := range tags {
		sets = append(sets, oaipmh.Set{Spec: setLanguage + tag, Name: english.Language(tag)})
	}
	return append(sets, oaipmh.Set{Spec: setDriver, Name: "Open Access DRIVERset"}, oaipmh.Set{Spec: setOpenAIRE, Name: "OpenAIRE"}), nil
}
