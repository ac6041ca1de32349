package testrecord

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"offprint/internal/journal"
)

// RelatedTo demands that a form tells of another work as it stands here, by the relation
// that the sample has to it (doi:10.5555/other.1), on one line, and that it is valid.
func RelatedTo(t *testing.T, format string, encode func(w io.Writer, p *journal.Publication, address string) error, told map[string]string) {
	t.Helper()
	files := map[string][]byte{}
	for relation, want := range told {
		p := Sample()
		p.Record.Related = []journal.Related{{Relation: relation, DOI: "10.5555/other.1"}}
		var b bytes.Buffer
		if err := encode(&b, p, string(p.Address(Site))); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
			t.Errorf("%s is not %s in\n%s", relation, want, got)
		}
		files[relation+".xml"] = b.Bytes()
	}
	Valid(t, format, files)
}
