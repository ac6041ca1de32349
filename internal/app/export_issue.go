package app

import (
	"context"

	"offprint/internal/journal"
	"offprint/internal/store"
)

// issues goes through the articles by issues, and through those outside issues behind
// them, where all are asked for.
func (x *exporter) issues(ctx context.Context) error {
	journals, err := x.journals(ctx)
	if err != nil {
		return err
	}
	for i := range journals {
		if err := x.ofJournal(ctx, &journals[i]); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporter) journals(ctx context.Context) ([]journal.Journal, error) {
	if x.Journal == "" {
		return x.Store.Journals(ctx)
	}
	j, err := x.Store.Journal(ctx, x.Journal)
	if err != nil {
		return nil, err
	}
	return []journal.Journal{*j}, nil
}

func (x *exporter) ofJournal(ctx context.Context, j *journal.Journal) error {
	if x.Issue != "" {
		is, err := x.Store.Issue(ctx, j.ID, x.Issue)
		if err != nil {
			return err
		}
		return x.ofIssue(ctx, j, is)
	}
	list, err := x.Store.Issues(ctx, j.ID)
	if err != nil {
		return err
	}
	for i := range list {
		if err := x.ofIssue(ctx, j, &list[i].Issue); err != nil {
			return err
		}
	}
	return x.outside(ctx, j)
}

func (x *exporter) ofIssue(ctx context.Context, j *journal.Journal, is *journal.Issue) error {
	lines, err := x.Store.IssueArticles(ctx, is.ID)
	if err != nil || len(lines) == 0 {
		return err
	}
	return x.lines(ctx, j, is, lines)
}

// lines writes the articles of lists, in their order.
func (x *exporter) lines(ctx context.Context, j *journal.Journal, is *journal.Issue, lines []store.Line) error {
	begun := false
	for len(lines) > 0 {
		part := lines[:min(len(lines), pageSize)]
		lines = lines[len(part):]
		ids := make([]string, len(part))
		place := make(map[string]int, len(part))
		for i := range part {
			ids[i], place[part[i].ID] = part[i].ID, i
		}
		found, err := x.Store.Articles(ctx, ids)
		if err != nil {
			return err
		}
		ordered := make([]journal.Publication, len(part))
		for _, p := range found {
			ordered[place[p.ID]] = p
		}
		var list []journal.Publication
		for _, p := range ordered {
			if p.ID != "" && (x.Since == "" || p.Created >= x.Since) {
				list = append(list, p)
			}
		}
		if len(list) == 0 {
			continue
		}
		if !begun && x.form.byIssue {
			begun = true
			if err := x.sink.turn(ctx, j, is); err != nil {
				return err
			}
		}
		if err := x.page(ctx, list); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporter) outside(ctx context.Context, j *journal.Journal) error {
	years, err := x.Store.OutsideYears(ctx, j.ID)
	if err != nil || len(years) == 0 {
		return err
	}
	var all []store.Line
	for _, y := range years {
		for offset := 0; ; {
			lines, err := x.Store.OutsideArticles(ctx, j.ID, y.Year, pageSize, offset)
			if err != nil {
				return err
			}
			all = append(all, lines...)
			if offset += len(lines); len(lines) < pageSize {
				break
			}
		}
	}
	return x.lines(ctx, j, nil, all)
}
