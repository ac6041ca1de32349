package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingRunsBeforeMain: an init function does something because a package
// was imported, which nobody sees at the place where it happens.
func TestNothingRunsBeforeMain(t *testing.T) {
	files(t, func(name string) {
		if !strings.HasSuffix(name, ".go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			return
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function: call what it does from where it is needed", name)
			}
		}
	})
}

// TestCommandsHoldFlagsAndPrintingOnly: SQL, HTML and formats are below app.
func TestCommandsHoldFlagsAndPrintingOnly(t *testing.T) {
	may := map[string]bool{"app": true, "config": true, "errs": true, "ingest": true, "journal": true}
	for _, p := range packages(t) {
		if p.short() != "cmd/offprint" {
			continue
		}
		for _, to := range p.Imports {
			if own(to) && !may[short(to)] {
				t.Errorf("cmd/offprint imports %s: let app do it", short(to))
			}
		}
		return
	}
	t.Error("there is no cmd/offprint")
}
