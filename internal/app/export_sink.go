package app

import (
	"archive/zip"
	"bytes"
	"context"
	"io"

	"offprint/internal/journal"
)

// encodeFile writes an article as a document.
type encodeFile func(w io.Writer, p *journal.Publication, texts []journal.Document, address string) error

// files is the form of a document for each article: that alone, or an archive of several.
func files(suffix string, encode encodeFile) func(x *exporter) error {
	return func(x *exporter) error {
		s := &fileSink{w: x.w, suffix: suffix, encode: encode}
		if !x.one() {
			s.zip = zip.NewWriter(x.w)
		}
		x.sink = s
		return nil
	}
}

type fileSink struct {
	nothing
	w      io.Writer
	zip    *zip.Writer // nil for a document alone
	suffix string
	encode encodeFile
}

func (s *fileSink) add(_ context.Context, p *journal.Publication, texts []journal.Document, address string) (err error) {
	w := s.w
	if s.zip != nil {
		if w, err = s.zip.CreateHeader(&zip.FileHeader{Name: p.Journal.Path + "/" + p.Slug + "." + s.suffix, Method: zip.Deflate}); err != nil {
			return err
		}
	}
	return s.encode(w, p, texts, address)
}

func (s *fileSink) close() error {
	if s.zip == nil {
		return nil
	}
	return s.zip.Close()
}

// array is the form of one JSON array of all articles.
func array(encode func(p *journal.Publication, texts []journal.Document, address string) ([]byte, error)) func(x *exporter) error {
	return func(x *exporter) error {
		x.sink = &arraySink{w: x.w, encode: encode}
		return nil
	}
}

type arraySink struct {
	nothing
	w      io.Writer
	n      int
	encode func(p *journal.Publication, texts []journal.Document, address string) ([]byte, error)
}

func (s *arraySink) add(_ context.Context, p *journal.Publication, texts []journal.Document, address string) error {
	b, err := s.encode(p, texts, address)
	if err != nil {
		return err
	}
	between := ",\n"
	if s.n == 0 {
		between = "[\n"
	}
	s.n++
	_, err = s.w.Write(append([]byte(between), bytes.TrimSpace(b)...))
	return err
}

func (s *arraySink) close() error {
	end := "\n]\n"
	if s.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(s.w, end)
	return err
}

// joined is the form in which articles stand one after the other.
func joined(encode func(p *journal.Publication, address string) []byte) func(x *exporter) error {
	return func(x *exporter) error {
		x.sink = &textSink{w: x.w, encode: encode}
		return nil
	}
}

type textSink struct {
	nothing
	w      io.Writer
	encode func(p *journal.Publication, address string) []byte
}

func (s *textSink) add(_ context.Context, p *journal.Publication, _ []journal.Document, address string) error {
	_, err := s.w.Write(s.encode(p, address))
	return err
}
