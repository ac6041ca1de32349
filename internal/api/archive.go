package api

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"offprint/internal/citing"
	"offprint/internal/format/csl"
	"offprint/internal/format/jats"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/site"
)

// textsAtOnce is how many articles' full texts are read at once.
const textsAtOnce = 10

// archive is a journal as one file: every article as JATS, all metadata as
// CSL-JSON, and under which licence each may be used. Whoever wants all of a
// journal has no reason to fetch its pages one by one.
func (f *Face) archive(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	release, err := f.place(w, r)
	if err != nil {
		return err
	}
	defer release()
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="`+a.Journal.Path+`.zip"`)
	h.Set("Cache-Control", "public, max-age=3600")
	if r.Method == http.MethodHead {
		return nil
	}
	// It may take longer than a page may; it ends when the client leaves.
	out := zip.NewWriter(httpx.Patient(w))
	x := &archiver{Face: f, ctx: httpx.Lasting(r.Context()), zip: out}
	if err := x.write(a.Journal); err != nil {
		return err
	}
	return out.Close()
}

type archiver struct {
	*Face
	ctx context.Context
	zip *zip.Writer
}

func (x *archiver) write(j *journal.Journal) error {
	readme, err := x.create("README.txt")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(readme, x.readme(j)); err != nil {
		return err
	}
	part := 0
	return x.each(j.ID, func(list []journal.Publication) error {
		part++
		if err := x.texts(list); err != nil {
			return err
		}
		return x.tables(list, part)
	})
}

// create begins a file of the archive.
func (x *archiver) create(name string) (io.Writer, error) {
	return x.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: x.Now().UTC().Truncate(24 * time.Hour)})
}

func (x *archiver) each(journalID string, do func([]journal.Publication) error) error {
	for after := ""; ; {
		list, err := x.Store.ArticlesAfter(x.ctx, journalID, after, 1000)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].ID
		if err := citing.Accepted(x.ctx, x.Store, list); err != nil {
			return err
		}
		if err := do(list); err != nil {
			return err
		}
	}
}

// texts writes articles as JATS.
func (x *archiver) texts(list []journal.Publication) error {
	for len(list) > 0 {
		n := min(textsAtOnce, len(list))
		documents, err := texts(x.ctx, x.Store, list[:n])
		if err != nil {
			return err
		}
		for i := range n {
			if err := x.ctx.Err(); err != nil {
				return err
			}
			w, err := x.create("articles/" + list[i].Slug + ".xml")
			if err != nil {
				return err
			}
			if err := jats.Encode(w, &list[i], documents[i], x.article(&list[i])); err != nil {
				return err
			}
		}
		list = list[n:]
	}
	return nil
}

// tables writes the metadata and the licences of some articles.
func (x *archiver) tables(list []journal.Publication, part int) error {
	licences, err := x.create(fmt.Sprintf("licences-%04d.tsv", part))
	if err != nil {
		return err
	}
	var lines strings.Builder
	lines.WriteString("article\taddress\tlicence\n")
	for i := range list {
		licence := ""
		if l := list[i].Record.Licence; l != nil {
			licence = strings.Join(strings.Fields(l.URL), "")
		}
		lines.WriteString("articles/" + list[i].Slug + ".xml\t" + x.article(&list[i]) + "\t" + licence + "\n")
	}
	if _, err := io.WriteString(licences, lines.String()); err != nil {
		return err
	}
	metadata, err := x.create(fmt.Sprintf("metadata-%04d.csl.json", part))
	if err != nil {
		return err
	}
	return csl.EncodeList(metadata, list, x.article)
}

func (x *archiver) readme(j *journal.Journal) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s/\n\nAll articles of the journal with their full texts (JATS), as of %s.\n\n", j.Title(j.Language()).Plain, x.home(j), x.Now().UTC().Format("2006-01-02"))
	b.WriteString("articles/        every article as JATS XML, as far as it is held with its full text\nmetadata-*.csl.json   all articles as CSL-JSON\nlicences-*.tsv   under which licence each article may be used\n\n")
	if j.Licence != nil && j.Licence.URL != "" {
		fmt.Fprintf(&b, "Unless an article says otherwise: %s\n", j.Licence.URL)
	} else {
		b.WriteString("The licence of each article stands in licences-*.tsv and in the article itself.\n")
	}
	return b.String()
}

// llms tells programs that read for people where the journals' machine-readable
// forms are, so that they need not read pages (llmstxt.org).
func (f *Face) llms(a *site.Ask, w http.ResponseWriter, r *http.Request) error {
	journals, err := f.journals(a, r)
	if err != nil {
		return err
	}
	var b strings.Builder
	name := f.base.Host
	if a.Journal != nil {
		name = a.Journal.Title(a.Journal.Language()).Plain
	}
	fmt.Fprintf(&b, "# %s\n\n> Scholarly articles in open access. Every article's address answers in other forms: append .xml (JATS), .txt, .jsonld, .csl.json, .bib or .ris.\n", name)
	for i := range journals {
		j := &journals[i]
		home := f.home(j)
		fmt.Fprintf(&b, "\n## %s\n\n", j.Title(j.Language()).Plain)
		for _, l := range [][3]string{{"All articles as one file", "/archive.zip", "JATS full texts, metadata, licences"}, {"OAI-PMH", "/oai?verb=Identify", "what changed since a date, in eight formats"},
			{"Sitemap", "/sitemap.xml", "every page"}, {"Search", "/search.json?q=", "the result of a search as JSON"}, {"New articles", "/feed.json", "JSON Feed; also .atom and .rss"}} {
			fmt.Fprintf(&b, "- [%s](%s): %s\n", l[0], home+l[1], l[2])
		}
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	body := httpx.Stream(w, r, "text/plain; charset=utf-8")
	if _, err := io.WriteString(body, b.String()); err != nil {
		return err
	}
	return body.Close()
}
