package store

import (
	"context"
	"encoding/json"

	"offprint/internal/errs"
)

// Picture is what was derived from a picture file of an article. It can be made
// again from the file.
type Picture struct {
	SHA256     string      `json:"-"` // of the original
	Media      string      `json:"media"`
	Width      int         `json:"width,omitempty"` // of the original as it is shown, in pixels; 0 when not known
	Height     int         `json:"height,omitempty"`
	Shown      bool        `json:"shown,omitempty"`      // browsers show the original as it is
	Animated   bool        `json:"animated,omitempty"`   // the original is what is shown
	Renditions []Rendition `json:"renditions,omitempty"` // by ascending width
	Notes      []string    `json:"notes,omitempty"`      // what was left out, in words for people
}

// Rendition is a picture at one width; its bytes are a file of the installation.
type Rendition struct {
	SHA256 string `json:"sha256"`
	Width  int    `json:"width"` // in pixels
	Height int    `json:"height"`
	Media  string `json:"media"`
	Size   int64  `json:"size"` // in bytes
}

// Pictures are those derived from the files with the hashes, by hash, made by
// this version of what makes them or a later one; what was not made is missing.
func (s *Store) Pictures(ctx context.Context, madeBy int, hashes ...string) (found map[string]Picture, err error) {
	defer errs.Wrap(&err, "store.Pictures")
	rows := make([][]string, len(hashes))
	for i, h := range hashes {
		rows[i] = []string{clean(h)}
	}
	found = map[string]Picture{}
	err = s.read(ctx, func(t *tx) error {
		return t.list(`WITH wanted (sha256) AS (VALUES %) SELECT DISTINCT p.sha256, p.made_by, p.record FROM wanted w JOIN picture p ON p.sha256 = w.sha256`, rows, func(scan func(...any) error) error {
			var p Picture
			var made int
			var record []byte
			if err := scan(&p.SHA256, &made, &record); err != nil || made < madeBy {
				return err
			}
			found[p.SHA256] = p
			if err := json.Unmarshal(record, &p); err != nil {
				return err
			}
			found[p.SHA256] = p
			return nil
		})
	})
	return found, err
}

// SavePictures keeps what was derived, instead of what earlier versions made.
// The files of the renditions must be durable before.
func (s *Store) SavePictures(ctx context.Context, madeBy int, list []Picture) (err error) {
	defer errs.Wrap(&err, "store.SavePictures")
	if len(list) == 0 {
		return nil
	}
	pictures, files := map[string][]any{}, map[string][]any{}
	for i := range list {
		record, err := json.Marshal(&list[i])
		if err != nil {
			return err
		}
		sha := clean(list[i].SHA256)
		pictures[sha] = []any{sha, madeBy, string(record)}
		for _, r := range list[i].Renditions {
			files[r.SHA256] = []any{r.SHA256, r.Size}
		}
	}
	return s.write(ctx, func(t *tx) error {
		if err := t.bulk(`INSERT INTO file (sha256, size) VALUES % ON CONFLICT DO NOTHING`, sorted(files), nil); err != nil {
			return err
		}
		return t.bulk(`INSERT INTO picture (sha256, made_by, record) VALUES %
ON CONFLICT (sha256) DO UPDATE SET made_by = excluded.made_by, record = excluded.record WHERE picture.made_by <= excluded.made_by`, sorted(pictures), nil)
	})
}
