package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// Lengths in lines, comments and blank lines included.
const (
	longestFile     = 800
	longestFunction = 100
)

// excused are files ("path") and functions ("path name") that are longer for a
// reason: tables, and one switch over a standard.
var excused = map[string]string{}

func TestFilesAndFunctionsAreShort(t *testing.T) {
	needed := map[string]bool{}
	long := func(name string, lines, most int) {
		if lines <= most {
			return
		}
		if _, ok := excused[name]; ok {
			needed[name] = true
			return
		}
		t.Errorf("%s has %d lines, more than %d: split it", name, lines, most)
	}
	files(t, func(name string) {
		if strings.Contains(name, "/testdata/") {
			return
		}
		switch path.Ext(name) {
		case ".html", ".css", ".js", ".sql":
			long(name, strings.Count(read(t, name), "\n"), longestFile)
		case ".go":
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, filepath.Join(root, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Error(err)
				return
			}
			long(name, fset.File(f.Pos()).LineCount(), longestFile)
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok {
					lines := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
					long(name+" "+function(fn), lines, longestFunction)
				}
			}
		}
	})
	for name, reason := range excused {
		if !needed[name] {
			t.Errorf("%s is excused (%s) and is not long, or is not there: remove the excuse", name, reason)
		}
	}
}

// function is the name of a function with the type that it belongs to.
func function(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	of := fn.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if index, ok := of.(*ast.IndexExpr); ok {
		of = index.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name + "." + fn.Name.Name
	}
	return fn.Name.Name
}
