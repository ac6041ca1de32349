package app

import (
	"archive/zip"
	"bytes"
	"context"
	"io"

	"offprint/internal/format/bagit"
	"offprint/internal/format/jats"
	"offprint/internal/format/ojsnative"
	"offprint/internal/format/rsci"
	"offprint/internal/journal"
)

// issueFiles writes a document for each issue: alone where only one is asked for, else
// into an archive.
type issueFiles struct {
	nothing
	x   *exporter
	zip *zip.Writer
	// at is where the next document goes; it makes the file when it is first written to.
	journal *journal.Journal
	issue   *journal.Issue
}

func newIssueFiles(x *exporter) issueFiles {
	f := issueFiles{x: x}
	if !x.one() && x.Issue == "" {
		f.zip = zip.NewWriter(x.w)
	}
	return f
}

func (f *issueFiles) file() (io.Writer, error) {
	if f.zip == nil {
		return f.x.w, nil
	}
	name := "articles"
	if f.issue != nil {
		name = f.issue.Slug
	}
	return f.zip.CreateHeader(&zip.FileHeader{Name: f.journal.Path + "/" + name + ".xml", Method: zip.Deflate})
}

func (f *issueFiles) end() error {
	if f.zip == nil {
		return nil
	}
	return f.zip.Close()
}

// openRSCI is the form of an issue in RSCI's XML.
func openRSCI(x *exporter) error {
	x.sink = &rsciSink{issueFiles: newIssueFiles(x)}
	return nil
}

type rsciSink struct {
	issueFiles
	open *rsci.Issue
}

func (s *rsciSink) turn(_ context.Context, j *journal.Journal, is *journal.Issue) error {
	s.journal, s.issue = j, is
	return s.finish()
}

func (s *rsciSink) finish() error {
	if s.open == nil {
		return nil
	}
	open := s.open
	s.open = nil
	return open.Close()
}

func (s *rsciSink) add(_ context.Context, p *journal.Publication, texts []journal.Document, address string) error {
	if s.open == nil {
		w, err := s.file()
		if err != nil {
			return err
		}
		s.open = rsci.NewIssue(w, s.journal, s.issue)
	}
	_, err := s.open.Add(p, texts, address)
	return err
}

func (s *rsciSink) close() error {
	if err := s.finish(); err != nil {
		return err
	}
	return s.end()
}

// openOJS is the form of issues in OJS's native XML.
func openOJS(d ojsnative.Dialect) func(x *exporter) error {
	return func(x *exporter) error {
		x.sink = &ojsSink{issueFiles: newIssueFiles(x), dialect: d}
		return nil
	}
}

type ojsSink struct {
	issueFiles
	dialect ojsnative.Dialect
	open    *ojsnative.Document
}

func (s *ojsSink) turn(ctx context.Context, j *journal.Journal, is *journal.Issue) error {
	s.journal, s.issue = j, is
	if err := s.finish(); err != nil {
		return err
	}
	w, err := s.file()
	if err != nil {
		return err
	}
	if is == nil || s.x.one() {
		s.open = ojsnative.NewArticles(w, s.dialect, j)
		return nil
	}
	lines, err := s.x.Store.IssueArticles(ctx, is.ID)
	if err != nil {
		return err
	}
	var sections []ojsnative.Section
	for i := range lines {
		sections = append(sections, ojsnative.Section{Titles: lines[i].Section})
	}
	s.open = ojsnative.NewIssue(w, s.dialect, j, is, sections)
	return nil
}

func (s *ojsSink) finish() error {
	if s.open == nil {
		return nil
	}
	open := s.open
	s.open = nil
	return open.Close()
}

func (s *ojsSink) add(ctx context.Context, p *journal.Publication, texts []journal.Document, address string) error {
	var xml bytes.Buffer
	if err := jats.Encode(&xml, p, texts, address); err != nil {
		return err
	}
	files := []ojsnative.File{{Name: p.Slug + ".xml", Label: "XML", Media: "application/xml", Lang: p.Record.Language, Size: int64(xml.Len()), Galley: true,
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(xml.Bytes())), nil }}}
	for i := range p.Record.Files {
		f := &p.Record.Files[i]
		own := ojsnative.File{Name: f.Name, Label: f.Label, Media: f.Media, Lang: f.Lang, Size: f.Size, Galley: f.Role == "galley", Address: f.Address}
		if f.SHA256 != "" {
			own.Open = func() (io.ReadCloser, error) { return s.x.Blobs.Open(ctx, f.SHA256) }
		}
		if own.Open != nil || own.Galley && own.Address != "" {
			files = append(files, own)
		}
	}
	return s.open.Add(p, files, address)
}

func (s *ojsSink) close() error {
	if err := s.finish(); err != nil {
		return err
	}
	return s.end()
}

// openBag is a bag of articles with all that belongs to them.
func openBag(x *exporter) error {
	x.sink = &bagSink{x: x}
	return nil
}

type bagSink struct {
	x      *exporter
	bag    *bagit.Bag
	first  journal.Journal
	folder string
}

func (s *bagSink) turn(_ context.Context, j *journal.Journal, is *journal.Issue) error {
	s.folder = j.Path + "/articles"
	if is != nil {
		s.folder = j.Path + "/" + is.Slug
	}
	if s.bag == nil {
		name := j.Path
		if is != nil && (s.x.Issue != "" || s.x.one()) {
			name += "-" + is.Slug
		}
		s.first, s.bag = *j, bagit.New(s.x.w, name)
	}
	return nil
}

func (s *bagSink) add(ctx context.Context, p *journal.Publication, texts []journal.Document, address string) error {
	return eachFile(ctx, s.x, p, texts, address, func(name string, write func(io.Writer) error) error {
		return s.bag.Add(s.folder+"/"+p.Slug+"/"+name, write)
	})
}

func (s *bagSink) close() error {
	if s.bag == nil {
		s.bag = bagit.New(s.x.w, "empty")
	}
	j := &s.first
	info := bagit.Info{{"Source-Organization", journal.In(j.Publisher, "en").Plain}, {"Bagging-Date", s.x.At.UTC().Format("2006-01-02")},
		{"External-Description", j.Title("en").Plain}, {"Internal-Sender-Identifier", j.Path}, {"Bag-Software-Agent", "Offprint"}}
	if issn := j.ISSN(); issn != "" {
		info = append(info, [2]string{"External-Identifier", "ISSN " + issn})
	}
	return s.bag.Close(info)
}

// eachFile calls f for the article as JATS and for each of its files.
func eachFile(ctx context.Context, x *exporter, p *journal.Publication, texts []journal.Document, address string, f func(name string, write func(io.Writer) error) error) error {
	err := f(p.Slug+".xml", func(w io.Writer) error { return jats.Encode(w, p, texts, address) })
	used := map[string]bool{p.Slug + ".xml": true}
	for i := range p.Record.Files {
		file := &p.Record.Files[i]
		if err != nil {
			return err
		}
		if file.SHA256 == "" || used[file.Name] {
			continue
		}
		used[file.Name] = true
		err = f(file.Name, func(w io.Writer) error {
			r, err := x.Blobs.Open(ctx, file.SHA256)
			if err != nil {
				return err
			}
			defer r.Close()
			_, err = io.Copy(w, r)
			return err
		})
	}
	return err
}

// openPackage is the form of packages for PubMed Central and for archives that take JATS
// with its files: a folder for each article, or the files of one alone.
func openPackage(x *exporter) error {
	x.sink = &packageSink{x: x, zip: zip.NewWriter(x.w)}
	return nil
}

type packageSink struct {
	nothing
	x   *exporter
	zip *zip.Writer
}

func (s *packageSink) add(ctx context.Context, p *journal.Publication, texts []journal.Document, address string) error {
	folder := p.Journal.Path + "-" + p.Slug + "/"
	if s.x.one() {
		folder = ""
	}
	return eachFile(ctx, s.x, p, texts, address, func(name string, write func(io.Writer) error) error {
		w, err := s.zip.CreateHeader(&zip.FileHeader{Name: folder + name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		return write(w)
	})
}

func (s *packageSink) close() error { return s.zip.Close() }
