package render

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"testing"

	"offprint/internal/article"
)

// TestAddressOfAParagraphIsMadeOfItsWords: the address stays what it was for
// ever, so it is compared with its definition.
func TestAddressOfAParagraphIsMadeOfItsWords(t *testing.T) {
	for _, text := range []string{"", " \n\t", "Words", "  Two\u00a0 WORDS\n", "Договор  и АРХИВ", "ΟΔΟΣ İstanbul ẞ", "a\u2003b\u0085c", "x"} {
		words := strings.Join(strings.Fields(strings.ToLower(text)), " ")
		want := ""
		if words != "" {
			sum := sha256.Sum256([]byte(words))
			want = strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
		}
		n := &article.Node{Kind: article.Paragraph, Kids: []article.Node{{Kind: article.Text, Text: text}}}
		if got := digest(n); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
