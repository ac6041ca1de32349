package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is the folder of the module, seen from this package.
const root = "../.."

// module is the module's own path, the first part of its import paths.
const module = "offprint"

// pkg is what `go list -json` says of a package; the names are the command's.
type pkg struct {
	ImportPath   string
	Name         string
	Doc          string
	Dir          string
	Imports      []string
	TestImports  []string
	XTestImports []string
	GoFiles      []string
	TestGoFiles  []string
	XTestGoFiles []string
}

// short is the import path as the table of tiers writes it.
func (p pkg) short() string { return short(p.ImportPath) }

func short(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, module+"/"), "internal/")
}

var listed = sync.OnceValues(func() ([]pkg, error) {
	cmd := exec.Command("go", "list", "-json", "./...")
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.New("go list: " + stderr.String())
	}
	var list []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
})

// packages are all packages of the module.
func packages(t *testing.T) []pkg {
	t.Helper()
	list, err := listed()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("go list names no package")
	}
	return list
}

// skipped are folders that are not the project's own text.
var skipped = []string{".git", "node_modules", "third_party", "offprint-data"}

// files calls f for every file of the project, with its path from the root.
func files(t *testing.T, f func(path string)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			for _, name := range skipped {
				if d.Name() == name {
					return fs.SkipDir
				}
			}
			return nil
		}
		if !d.Type().IsRegular() || d.Name() == ".git" {
			return nil // .git is a file in a second working tree
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		n++
		f(filepath.ToSlash(rel))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Fatal("no file was found")
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
