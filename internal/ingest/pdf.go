package ingest

import (
	"context"
	"slices"

	"offprint/internal/article"
	"offprint/internal/errs"
	"offprint/internal/format/pdf"
	"offprint/internal/journal"
)

// readPDFs looks into the PDFs that are the article itself. What is wrong with
// one, and what in it acts, is a loss and never stops the import. An article
// without a full text gets the text of its first PDF that has one, marked as
// extracted.
func (r *Run) readPDFs(ctx context.Context, t *task) {
	if r.PDFs == nil {
		return
	}
	for _, f := range t.files {
		if f.role != "galley" || !pdf.IsPDF(f.data) {
			continue
		}
		lose := func(why string) {
			t.reading.Losses = append(t.reading.Losses, journal.Loss{Where: "PDF", What: f.name, Why: why})
		}
		file, err := r.PDFs.Read(ctx, f.data)
		if err != nil {
			lose(errs.Message(err))
			continue
		}
		for _, note := range file.Notes {
			lose(note)
		}
		for _, act := range acts(&file.Active) {
			lose(act)
		}
		if len(t.reading.Documents) > 0 {
			continue
		}
		if doc := extracted(file, t.reading.Article.Language); len(doc.Body) > 0 {
			t.reading.Documents = append(t.reading.Documents, doc)
		}
	}
}

// acts says in words what in a PDF acts, or is carried along unseen.
func acts(a *pdf.Active) []string {
	var out []string
	if a.JavaScript {
		out = append(out, "it holds scripts, which a reader's program may run: ask for a PDF without them (PDF/A allows none)")
	}
	if a.Launch {
		out = append(out, "it holds an action that starts a program or opens another file: ask for a PDF without it")
	}
	if a.EmbeddedFiles {
		out = append(out, "it carries other files inside it: keep them as supplements instead")
	}
	return out
}

// extracted is the text of a PDF without its title, which the record has.
func extracted(file *pdf.File, language string) journal.Document {
	doc := pdf.Document(file)
	doc.Extracted = true
	if language != "" || doc.Lang == "" {
		doc.Lang = language
	}
	doc.Body = slices.DeleteFunc(doc.Body, func(n article.Node) bool { return n.Kind == article.Paragraph && n.Role == "title" })
	return doc
}
