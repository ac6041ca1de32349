package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/htmlindex"
)

// makeCommands make files that a script cannot hold:
//
//	sparse FILE BYTES         zeros that take no room
//	encode CHARSET FROM TO    a text in another encoding
//	grow FROM TO WORD N       a text with WORD written N times over
//	pack ARCHIVE ENTRY=FILE…  a zip, tar or tgz with files under given names
//	crowd ARCHIVE N           an archive of N small files
func makeCommands() map[string]func(*testscript.TestScript, bool, []string) {
	command := func(args int, f func(ts *testscript.TestScript, args []string) error) func(*testscript.TestScript, bool, []string) {
		return func(ts *testscript.TestScript, neg bool, got []string) {
			if neg || len(got) < args {
				ts.Fatalf("usage: see makeCommands")
			}
			ts.Check(f(ts, got))
		}
	}
	return map[string]func(*testscript.TestScript, bool, []string){
		"sparse": command(2, makeSparse),
		"encode": command(3, makeEncoded),
		"grow":   command(4, makeGrown),
		"pack":   command(2, makePack),
		"crowd":  command(2, makeCrowd),
	}
}

func makeSparse(ts *testscript.TestScript, args []string) error {
	n, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return err
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Truncate(n)
}

func makeEncoded(ts *testscript.TestScript, args []string) error {
	enc, err := htmlindex.Get(args[0])
	if err != nil {
		return err
	}
	b, err := enc.NewEncoder().Bytes([]byte(ts.ReadFile(args[1])))
	if err != nil {
		return err
	}
	return os.WriteFile(ts.MkAbs(args[2]), b, 0o644)
}

func makeGrown(ts *testscript.TestScript, args []string) error {
	n, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(ts.ReadFile(args[0]), args[2], strings.Repeat(args[2], n))
	return os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644)
}

// packer writes one kind of archive.
type packer struct {
	add   func(name string, b []byte) error
	close func() error
}

func newPacker(name string, w io.Writer) packer {
	if strings.HasSuffix(name, ".zip") {
		z := zip.NewWriter(w)
		return packer{close: z.Close, add: func(name string, b []byte) error {
			e, err := z.Create(name)
			if err == nil {
				_, err = e.Write(b)
			}
			return err
		}}
	}
	closeAll := func() error { return nil }
	if strings.HasSuffix(name, ".tgz") {
		gz := gzip.NewWriter(w)
		w, closeAll = gz, gz.Close
	}
	t := tar.NewWriter(w)
	return packer{
		add: func(name string, b []byte) error {
			if err := t.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Size: int64(len(b)), Mode: 0o644}); err != nil {
				return err
			}
			_, err := t.Write(b)
			return err
		},
		close: func() error {
			if err := t.Close(); err != nil {
				return err
			}
			return closeAll()
		},
	}
}

func makePack(ts *testscript.TestScript, args []string) error {
	var buf bytes.Buffer
	p := newPacker(args[0], &buf)
	for _, arg := range args[1:] {
		entry, file, _ := strings.Cut(arg, "=")
		b, err := os.ReadFile(ts.MkAbs(file))
		if err != nil {
			return err
		}
		if err := p.add(entry, b); err != nil {
			return err
		}
	}
	if err := p.close(); err != nil {
		return err
	}
	return os.WriteFile(ts.MkAbs(args[0]), buf.Bytes(), 0o644)
}

func makeCrowd(ts *testscript.TestScript, args []string) error {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	p := newPacker(args[0], &buf)
	for i := range n {
		if err := p.add(fmt.Sprintf("%d.txt", i), []byte("x")); err != nil {
			return err
		}
	}
	if err := p.close(); err != nil {
		return err
	}
	return os.WriteFile(ts.MkAbs(args[0]), buf.Bytes(), 0o644)
}
