package web

import (
	"context"
	"net/http"
	"regexp"
	"slices"

	"golang.org/x/text/language"

	"offprint/internal/journal"
	"offprint/internal/script"
	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/view"
)

const (
	recentOnHome  = 10
	issuesOnHome  = 4
	recentOnFront = 12
	newsOnHome    = 3
)

// home is the front page of a journal.
func (s *Site) home(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		all, err := s.Store.Issues(ctx, v.journal.ID)
		if err != nil {
			return nil, nil, err
		}
		var current []store.Line
		if len(all) > 0 {
			if current, err = s.Store.IssueArticles(ctx, all[0].ID); err != nil {
				return nil, nil, err
			}
		}
		// Those of the current issue stand on the page already.
		recent, err := s.Store.Recent(ctx, v.journal.ID, recentOnHome+len(current))
		if err != nil {
			return nil, nil, err
		}
		v.subject = v.reading(r, v.journal.ID, tally.JournalView, tally.Page)
		p := newHomePage(v, all, current, recent)
		if p.Introduction, err = s.introduction(ctx, v); err != nil {
			return nil, nil, err
		}
		u, err := s.Store.Usage(ctx, v.journal.ID, tally.OfArticle, "")
		if err != nil {
			return nil, nil, err
		}
		if p.Readers = newReaders(v, u, "/about/usage.csv"); p.Readers != nil {
			p.MostReadCSV = v.plainAt("/about/most-read.csv")
			if p.MostRead, err = s.mostRead(ctx, v, "", mostReadOnHome); err != nil {
				return nil, nil, err
			}
		}
		return p, []string{tagList(v.journal.ID), tagUsage(tally.OfJournal, v.journal.ID)}, nil
	})
}

func newHomePage(v *visit, all []store.IssueLine, current, recent []store.Line) *view.Home {
	j := v.journal
	p := &view.Home{Base: v.newBase("home"), Description: run(journal.In(j.Description, v.lang))}
	p.Alternates = v.feeds("")
	p.Base.Description = cut(journal.In(j.Description, v.lang).Plain, 300)
	own := j.Title(v.lang)
	for _, t := range j.Titles {
		if t.Plain != own.Plain {
			p.Titles = append(p.Titles, run(t))
		}
	}
	p.Cover = lookImage(j, "cover", v.lang)
	p.News = v.newNews(v.site.directory.Load().news[j.ID], newsOnHome)
	if len(all) > 0 {
		if is := &all[0].Issue; is.Cover != nil {
			p.Cover = issueCover(v, is)
		}
		line := issueLine(v, &all[0])
		p.Current, p.Sections = &line, sections(v, current, false)
		for i := 1; i < len(all) && i <= issuesOnHome; i++ {
			p.Issues = append(p.Issues, issueLine(v, &all[i]))
		}
	}
	for i := range recent {
		if shown := len(all) > 0 && recent[i].IssueID == all[0].ID; !shown && len(p.Recent) < recentOnHome {
			p.Recent = append(p.Recent, v.newLine(&recent[i], true))
		}
	}
	return p
}

// installation is the list of the journals.
func (s *Site) installation(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		recent, err := s.Store.Recent(ctx, "", recentOnFront)
		if err != nil {
			return nil, nil, err
		}
		return newInstallationPage(v, s.directory.Load().list, recent), []string{tagInstallation}, nil
	})
}

func newInstallationPage(v *visit, journals []journal.Journal, recent []store.Line) *view.Installation {
	p := &view.Installation{Base: v.newBase("home")}
	p.Alternates = v.feeds("")
	for i := range journals {
		j := &journals[i]
		line := view.JournalLine{URL: v.of(j, "/"), Title: run(j.Title(v.lang)), Description: run(journal.In(j.Description, v.lang)),
			Publisher: run(journal.In(j.Publisher, v.lang)), ISSNPrint: j.ISSNPrint, ISSNOnline: j.ISSNOnline, Languages: j.Languages}
		for _, t := range j.Titles {
			if t.Plain != j.Title(v.lang).Plain {
				line.Titles = append(line.Titles, run(t))
			}
		}
		p.Journals = append(p.Journals, line)
	}
	for i := range recent {
		p.Recent = append(p.Recent, v.newLine(&recent[i], true))
	}
	return p
}

// about is the page of facts about a journal.
func (s *Site) about(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		all, err := s.Store.Issues(ctx, v.journal.ID)
		return newAboutPage(v, all), []string{tagList(v.journal.ID)}, err
	})
}

func newAboutPage(v *visit, all []store.IssueLine) *view.About {
	j := v.journal
	p := &view.About{Base: v.newBase("about"), Titles: runs(j.Titles), Abbrev: j.Abbrev, Publisher: runs(j.Publisher), Description: runs(j.Description),
		Written: j.Languages, Statistics: v.at("/about/statistics"), Licence: newLicence(j.Licence), Issues: len(all), Disputes: newDisputes(j.Disputes)}
	first := 0
	for _, is := range all {
		p.Articles += is.Articles
		if is.Year > 0 && (first == 0 || is.Year < first) {
			first = is.Year
		}
	}
	p.FirstYear = year(first)
	if j.Look != nil {
		for _, f := range j.Look.Fonts {
			if note := (view.FontNote{Family: f.Family, Terms: f.Licence}); !slices.Contains(p.Fonts, note) {
				p.Fonts = append(p.Fonts, note)
			}
		}
	}
	return p
}

// scriptLang is the language tag of a text that comes with an article and does
// not say its own: the article's where the script fits it, else what the
// script alone says.
func scriptLang(text, lang string) string {
	is := script.Of(printedAddress.ReplaceAllString(text, " "))
	own, _ := language.Make(lang).Script()
	switch {
	case is == "" || is == own.String() || is == "Hani" && (own.String() == "Jpan" || own.String() == "Hans" || own.String() == "Hant" || own.String() == "Kore"):
		return lang
	case is == "Jpan":
		return "ja"
	case is == "Hang":
		return "ko"
	case is == "Zyyy":
		return ""
	}
	return "und-" + is
}

// printedAddress is what is written in Latin letters in every language.
var printedAddress = regexp.MustCompile(`\S*(?:://|www\.)\S*|10\.\d{4,9}/\S+`)

// spoken is such a text.
func spoken(text, lang string) view.Run { return view.Plain(scriptLang(text, lang), text) }
