package finding

import (
	"context"
	"sync"

	"offprint/internal/journal"
)

// keptTexts is how many bytes of full texts are kept in memory, in each of two
// halves.
const keptTexts = 8 << 20

// texts keeps the plain full texts of articles that were found lately, by the
// hashes that name them: they never change. When the newer half is full it becomes
// the older one, whose texts are dropped unless they are asked for again.
type texts struct {
	mu           sync.Mutex
	newer, older map[string]string
	size         int // bytes of newer
}

// take is the text of a hash, if it is kept.
func (t *texts) take(sha string) (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text, ok := t.newer[sha]; ok {
		return text, true
	}
	text, ok := t.older[sha]
	if ok {
		t.put(sha, text)
	}
	return text, ok
}

func (t *texts) keep(sha, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.put(sha, text)
}

func (t *texts) put(sha, text string) {
	if t.size+len(text) > keptTexts || t.newer == nil {
		t.newer, t.older, t.size = map[string]string{}, t.newer, 0
	}
	t.newer[sha] = text
	t.size += len(text)
}

// plainTexts are the beginnings of some full texts as plain text, by their hashes.
func (f *Finder) plainTexts(ctx context.Context, refs []journal.DocumentRef) (map[string]string, error) {
	out := make(map[string]string, len(refs))
	var unread []journal.DocumentRef
	for _, ref := range refs {
		if text, ok := f.kept.take(ref.SHA256); ok {
			out[ref.SHA256] = text
		} else {
			unread = append(unread, ref)
		}
	}
	if len(unread) == 0 {
		return out, nil
	}
	docs, err := f.Store.Documents(ctx, unread)
	if err != nil {
		return nil, err
	}
	for i, ref := range unread {
		text := oneLine(textOf(&docs[i]))
		text = text[:pieceOf(text, mostText)]
		f.kept.keep(ref.SHA256, text)
		out[ref.SHA256] = text
	}
	return out, nil
}
