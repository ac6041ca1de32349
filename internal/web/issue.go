package web

import (
	"context"
	"net/http"
	"slices"

	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/tally"
	"offprint/internal/view"
)

// issue is the table of contents of an issue.
func (s *Site) issue(v *visit, w http.ResponseWriter, r *http.Request) error {
	return s.draw(v, w, r, "", func(ctx context.Context) (view.Page, []string, error) {
		is, err := s.Store.Issue(ctx, v.journal.ID, v.params["issue"])
		if err != nil {
			return nil, nil, err
		}
		v.subject = v.reading(r, is.ID, tally.IssueView, tally.Page)
		lines, err := s.Store.IssueArticles(ctx, is.ID)
		if err != nil {
			return nil, nil, err
		}
		all, err := s.Store.Issues(ctx, v.journal.ID)
		if err != nil {
			return nil, nil, err
		}
		p := newIssuePage(v, is, lines, all)
		if p.Readers, err = s.readers(ctx, v, lines, "/issues/"+v.params["issue"]+"/usage.csv"); err != nil {
			return nil, nil, err
		}
		p.MostRead, err = s.mostRead(ctx, v, is.ID, mostReadOfIssue)
		p.MostReadCSV = v.plainAt("/issues/" + v.params["issue"] + "/most-read.csv")
		return p, []string{tagIssue(is.ID), tagList(v.journal.ID), tagUsage(tally.OfIssue, is.ID)}, err
	})
}

func newIssuePage(v *visit, is *journal.Issue, lines []store.Line, all []store.IssueLine) *view.Issue {
	p := &view.Issue{Base: v.newBase("archive"), Volume: is.Volume, Number: is.Number, Year: year(is.Year), Name: run(journal.In(is.Titles, v.lang)),
		Published: string(is.Published), Cover: issueCover(v, is), Sections: sections(v, lines, false)}
	p.Alternates = v.feeds("/issues/" + is.Slug)
	i := slices.IndexFunc(all, func(l store.IssueLine) bool { return l.ID == is.ID })
	neighbour := func(i int) *view.Link {
		if i < 0 || i >= len(all) {
			return nil
		}
		return &view.Link{Text: view.Plain(v.lang, issueTitle(v.lang, &all[i].Issue)), URL: v.at("/issues/" + all[i].Slug)}
	}
	if i >= 0 { // newest first
		p.Previous, p.Next = neighbour(i+1), neighbour(i-1)
	}
	return p
}

// archive is the list of a journal's issues.
func (s *Site) archive(v *visit, w http.ResponseWriter, r *http.Request) error {
	asked := askForYear(r)
	return s.draw(v, w, r, asked.query(), func(ctx context.Context) (view.Page, []string, error) {
		all, err := s.Store.Issues(ctx, v.journal.ID)
		if err != nil {
			return nil, nil, err
		}
		p := newArchivePage(v, all)
		return p, []string{tagList(v.journal.ID)}, s.outside(ctx, v, p, asked)
	})
}

func newArchivePage(v *visit, all []store.IssueLine) *view.Archive {
	p := &view.Archive{Base: v.newBase("archive")}
	p.Alternates = v.feeds("")
	for i := range all {
		y := year(all[i].Year)
		if n := len(p.Years); n == 0 || p.Years[n-1].Year != y {
			p.Years = append(p.Years, view.Year{Year: y})
		}
		last := &p.Years[len(p.Years)-1]
		if n := len(last.Volumes); n == 0 || last.Volumes[n-1].Volume != all[i].Volume {
			last.Volumes = append(last.Volumes, view.Volume{Volume: all[i].Volume})
		}
		volume := &last.Volumes[len(last.Volumes)-1]
		volume.Issues = append(volume.Issues, issueLine(v, &all[i]))
	}
	for i := range p.Years {
		p.Years[i].Volumes = grouped(p.Years[i].Volumes)
	}
	return p
}

// grouped are the volumes of a year under headings, unless they would only repeat
// the lines below them: where there is one volume, or none has two issues.
func grouped(volumes []view.Volume) []view.Volume {
	if len(volumes) > 1 && slices.ContainsFunc(volumes, func(v view.Volume) bool { return len(v.Issues) > 1 }) {
		return volumes
	}
	var all view.Volume
	for _, v := range volumes {
		all.Issues = append(all.Issues, v.Issues...)
	}
	return []view.Volume{all}
}

func issueLine(v *visit, is *store.IssueLine) view.IssueLine {
	return view.IssueLine{URL: v.at("/issues/" + is.Slug), Volume: is.Volume, Number: is.Number, Year: year(is.Year),
		Name: run(journal.In(is.Titles, v.lang)), Published: string(is.Published), Articles: is.Articles}
}

// sections puts the articles under the journal's headings, in the order in
// which the headings first come.
func sections(v *visit, lines []store.Line, mixed bool) []view.Section {
	var out []view.Section
	at := map[string]int{}
	for i := range lines {
		heading := journal.In(lines[i].Section, v.lang)
		n, ok := at[heading.Plain]
		if !ok {
			n = len(out)
			at[heading.Plain] = n
			out = append(out, view.Section{Heading: run(heading)})
		}
		out[n].Lines = append(out[n].Lines, v.newLine(&lines[i], mixed))
	}
	return out
}

// newLine is an article in a list; in a mixed list it says its issue, and its
// journal where the list is of all journals.
func (v *visit) newLine(l *store.Line, mixed bool) view.Line {
	j := v.journal
	other := j == nil || l.JournalID != "" && l.JournalID != j.ID
	if other {
		j = v.site.directory.Load().byPath[l.JournalPath]
	}
	at := v.at
	if other && j != nil {
		at = func(rest string) string { return v.of(j, rest) }
	}
	line := view.Line{URL: at("/articles/" + l.Slug), Type: l.Type, Section: run(journal.In(l.Section, v.lang)), Pages: pageRange(l.Pages), Number: articleNumber(l.Pages),
		Published: string(l.Published), DOI: l.DOI, FullText: l.HasText, Standing: view.Tone(l.Standing)}
	if len(l.Titles) > 0 {
		line.Title = run(l.Titles[0])
		if t := journal.In(l.Titles, v.lang); sameBase(t.Lang, v.lang) && !sameBase(l.Titles[0].Lang, v.lang) {
			line.Translated = run(t)
		}
	}
	for i, name := range l.Contributors {
		author := view.Link{Text: view.Plain(scriptLang(name, l.Language), name)}
		if i < len(l.AuthorSlugs) && l.AuthorSlugs[i] != "" {
			author.URL = at("/authors/" + l.AuthorSlugs[i])
		}
		line.Authors = append(line.Authors, author)
	}
	if mixed && l.IssueSlug != "" {
		line.Issue = &view.Link{Text: view.Plain(v.lang, view.IssueTitle(v.lang, l.Volume, l.Number, year(l.Year))), URL: at("/issues/" + l.IssueSlug)}
	}
	if other && j != nil {
		line.Journal = &view.Link{Text: run(j.Title(v.lang)), URL: at("/")}
	}
	return line
}

// pageRange is the pages of an article, and articleNumber what it has instead.
func pageRange(p journal.Pages) string {
	if p.First == "" {
		return ""
	}
	return p.String()
}

func articleNumber(p journal.Pages) string {
	if p.First != "" {
		return ""
	}
	return p.Article
}
