package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"offprint/internal/app"
	"offprint/internal/journal"
)

type journalCmd struct {
	Add  journalAddCmd  `cmd:"" help:"Add a journal."`
	List journalListCmd `cmd:"" help:"List the journals."`
	Set  journalSetCmd  `cmd:"" help:"Change one setting of a journal."`
	Look journalLookCmd `cmd:"" help:"Change how a journal looks: logo, cover, colours, fonts."`
}

type journalAddCmd struct {
	Path       string   `arg:"" help:"First part of the journal's addresses: small letters, digits and hyphens."`
	Title      []string `help:"Title; the first is the official one. In another language: --title ru=Название." required:"" placeholder:"T" sep:"none"`
	ISSNPrint  string   `help:"ISSN of the printed journal." name:"issn-print" placeholder:"NNNN-NNNC"`
	ISSNOnline string   `help:"ISSN of the online journal." name:"issn-online" placeholder:"NNNN-NNNC"`
	Language   []string `help:"Languages that it publishes in; the first is that of its plain addresses." default:"en" placeholder:"en"`
	Publisher  []string `help:"Publisher; in another language: --publisher ru=Издатель." placeholder:"NAME" sep:"none"`
	Host       string   `help:"Host name of its own, journal.example.org." placeholder:"HOST"`
}

func (c *journalAddCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	j := &journal.Journal{Path: c.Path, Host: c.Host, Languages: c.Language, ISSNPrint: c.ISSNPrint, ISSNOnline: c.ISSNOnline,
		Titles: texts(c.Title, c.Language), Publisher: texts(c.Publisher, c.Language)}
	if err := a.AddJournal(e.ctx, j); err != nil {
		return err
	}
	return e.journals([]journal.Journal{*j})
}

// texts reads "ru=Название"; without a language it is in the journal's own.
func texts(values, languages []string) []journal.Text {
	var out []journal.Text
	for _, v := range values {
		lang, text, ok := strings.Cut(v, "=")
		if !ok || len(lang) < 2 || len(lang) > 11 || strings.ContainsAny(lang, " .,:") {
			lang, text = "", v
			if len(languages) > 0 {
				lang = languages[0]
			}
		}
		out = append(out, journal.T(lang, text))
	}
	return out
}

type journalListCmd struct{}

func (c *journalListCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	list, err := a.Store.Journals(e.ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 && !e.json {
		fmt.Fprintln(e.stderr, "no journals yet: add one with offprint journal add PATH --title T")
	}
	return e.journals(list)
}

type journalSetCmd struct {
	Path  string `arg:"" help:"The journal."`
	Key   string `arg:"" help:"What to change: ${journal_keys}."`
	Value string `arg:"" help:"The new value; lists are divided by commas; a text in another language is written ru=Текст. Empty removes it."`
}

func (c *journalSetCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	j, err := a.SetJournal(e.ctx, c.Path, c.Key, c.Value)
	if err != nil {
		return err
	}
	return e.journals([]journal.Journal{*j})
}

func (e *env) journals(list []journal.Journal) error {
	if e.json {
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		for i := range list {
			if err := enc.Encode(&list[i]); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(e.stdout, 0, 8, 2, ' ', 0)
	for i := range list {
		j := &list[i]
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", j.Path, j.Title("").Plain, dash(j.ISSNPrint), dash(j.ISSNOnline), strings.Join(j.Languages, ","))
	}
	return w.Flush()
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
