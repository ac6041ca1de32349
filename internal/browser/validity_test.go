package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPagesAreValidHTML asks the checker of the W3C about every page, in one
// run of it.
func TestPagesAreValidHTML(t *testing.T) {
	d := site(t)
	java, jar := program(t, "java"), tool(t, "vnu-jar", "build", "dist", "vnu.jar")
	dir := t.TempDir()
	names := map[string]string{}
	for i, g := range d.pages {
		file := filepath.Join(dir, fmt.Sprintf("%04d.html", i))
		names["file:"+file] = g.Address
		if err := os.WriteFile(file, []byte(g.Body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(java, "-Xss8m", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Messages []struct{ Type, URL, Message, Extract string }
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v: %.300s", err, out)
	}
	said := map[string]int{}
	for _, m := range report.Messages {
		if m.Type == "info" {
			continue
		}
		if said[m.Message]++; said[m.Message] <= 3 {
			t.Errorf("%s: %s: %q", names[m.URL], m.Message, m.Extract)
		}
	}
	for message, n := range said {
		if n > 3 {
			t.Errorf("in all %d times: %s", n, message)
		}
	}
}
