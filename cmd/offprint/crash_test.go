package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/testkill"
)

// self runs this test binary as the command: TestMain does so when the name it
// was called by is offprint.
func self(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Args[0] = "offprint"
	cmd.Env = append(os.Environ(), "OFFPRINT_DATA="+filepath.Join(dir, "data"))
	cmd.Dir = dir
	return cmd
}

// writePages writes n pages of one journal, each with its own title.
func writePages(t *testing.T, dir string, n int) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		page := fmt.Sprintf(`Annals of Tidal Studies

Tide Table %d of the Northern Harbours

Full Text:

The table of year %d is read against the log of the harbour master, line by line, and its errors are counted.

About the Author

E. Marlow
Institute of Coastal History
United Kingdom

1. Log %d - Harbour master's log, 18%02d. Town archive, box %d.

For citation:

Marlow E. Tide Table %d of the Northern Harbours. Annals of Tidal Studies. 2021;7(1):%d-%d.

ISSN 0000-0019 (Print)
`, i, i, 1800+i%100, i%100, i, i, i*10+1, i*10+9)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("page-%04d.txt", i)), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledImportLeavesWholeArticles kills an import at several moments; what
// is there then is whole, and importing again completes it.
func TestKilledImportLeavesWholeArticles(t *testing.T) {
	const pages = 900
	ctx := t.Context()
	src := filepath.Join(t.TempDir(), "pages")
	writePages(t, src, pages)
	for _, after := range []int{1, 201, 555} { // lines printed before the kill
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			dir := t.TempDir()
			if out, err := self(ctx, dir, "journal", "add", "tides", "--title", "Annals of Tidal Studies").CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			killImport(t, self(ctx, dir, "import", "--journal", "tides", src), after)

			checked, err := self(ctx, dir, "check").CombinedOutput()
			if err != nil || !strings.Contains(string(checked), " 0 wrong") {
				t.Fatalf("check after the kill: %v: %s", err, checked)
			}
			out, err := self(ctx, dir, "import", "--journal", "tides", "--json", src).Output()
			if err != nil {
				t.Fatalf("the repeated import: %v", err)
			}
			actions := map[string]int{}
			for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
				var r struct{ Action string }
				if err := json.Unmarshal([]byte(line), &r); err != nil {
					t.Fatalf("%q: %v", line, err)
				}
				actions[r.Action]++
			}
			if actions["created"]+actions["unchanged"] != pages || actions["unchanged"] == 0 {
				t.Errorf("the repeated import did %v; nothing is done twice and nothing is left out", actions)
			}
			checked, err = self(ctx, dir, "check").CombinedOutput()
			if err != nil || !strings.Contains(string(checked), fmt.Sprintf("%d articles", pages)) {
				t.Errorf("check at the end: %v: %s", err, checked)
			}
		})
	}
}

// killImport starts the import and kills it with SIGKILL after it printed so
// many lines.
func killImport(t *testing.T, cmd *exec.Cmd, lines int) {
	t.Helper()
	importing := testkill.Start(t, cmd)
	for range lines {
		importing.Line()
	}
	importing.Kill()
}
