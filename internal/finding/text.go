package finding

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/zstd"

	"offprint/internal/journal"
)

// keptTexts is how many bytes of full texts are kept in memory, in each of two
// halves.
const keptTexts = 8 << 20

// texts keeps full texts as plain text, in which passages are looked for: to read them
// out of the store means to take whole trees apart, some 10 ms for a long one. They
// have the hashes of their documents as names, and never change.
//
// Those that are indexed are kept in a folder, and those that were found lately in
// memory too. When the newer half there is full it becomes the older one, whose texts
// are dropped unless they are asked for again. What is missing is made again from the
// store.
type texts struct {
	dir string

	mu           sync.Mutex
	newer, older map[string]string
	size         int // bytes of newer

	// One of each is enough: a text takes a fraction of a millisecond.
	coding  sync.Mutex
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// take is the text of a hash, if it is kept.
func (t *texts) take(sha string) (string, bool) {
	t.mu.Lock()
	text, ok := t.newer[sha]
	if !ok {
		if text, ok = t.older[sha]; ok {
			t.put(sha, text)
		}
	}
	t.mu.Unlock()
	if ok {
		return text, true
	}
	if text, ok = t.read(sha); ok {
		t.keep(sha, text)
	}
	return text, ok
}

// keep keeps a text in memory.
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

// shortestSHA is how long the name of a text is at least.
const shortestSHA = 4

func (t *texts) path(sha string) string { return filepath.Join(t.dir, sha[:2], sha) }

// read is a text of the folder. One that cannot be read is as one that is not there.
func (t *texts) read(sha string) (string, bool) {
	if t.dir == "" || len(sha) < shortestSHA {
		return "", false
	}
	packed, err := os.ReadFile(t.path(sha))
	if err != nil {
		return "", false
	}
	t.coding.Lock()
	defer t.coding.Unlock()
	if t.decoder == nil {
		if t.decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(4*mostText)); err != nil {
			return "", false
		}
	}
	text, err := t.decoder.DecodeAll(packed, nil)
	return string(text), err == nil
}

// write keeps a text in the folder. That it cannot is no failure: the text is read
// from the store then, as slowly as without the folder.
func (t *texts) write(sha, text string) {
	if t.dir == "" || len(sha) < shortestSHA {
		return
	}
	path := t.path(sha)
	if _, err := os.Stat(path); err == nil {
		return
	}
	packed, ok := t.pack(text)
	if !ok || os.MkdirAll(filepath.Dir(path), 0o755) != nil {
		return
	}
	half, err := os.CreateTemp(filepath.Dir(path), "half-*")
	if err != nil {
		return
	}
	_, err = half.Write(packed)
	if closed := half.Close(); err != nil || closed != nil || os.Rename(half.Name(), path) != nil {
		_ = os.Remove(half.Name())
	}
}

func (t *texts) pack(text string) ([]byte, bool) {
	t.coding.Lock()
	defer t.coding.Unlock()
	if t.encoder == nil {
		var err error
		if t.encoder, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1)); err != nil {
			return nil, false
		}
	}
	return t.encoder.EncodeAll([]byte(text), nil), true
}

// shown is the beginning of a full text on one line, as passages are taken of it.
func shown(text string) string {
	text = oneLine(text)
	return text[:pieceOf(text, mostText)]
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
		text := shown(textOf(&docs[i]))
		f.kept.keep(ref.SHA256, text)
		f.kept.write(ref.SHA256, text)
		out[ref.SHA256] = text
	}
	return out, nil
}
