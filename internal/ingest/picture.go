package ingest

import (
	"context"
	"errors"
	"io"

	"offprint/internal/blob"
	"offprint/internal/errs"
	"offprint/internal/figure"
	"offprint/internal/journal"
	"offprint/internal/store"
)

// PictureVersion is raised when other renditions are made of the same picture;
// those of earlier versions are then made again.
const PictureVersion = 1

// derivePictures makes the renditions of the figures that come with the plans,
// each picture once. What is no picture is a loss: the file is kept, and its
// place on the page says that there is no image.
func (b *batch) derivePictures(ctx context.Context, plans []*planned) error {
	if b.run.Figures == nil {
		return nil
	}
	var hashes []string
	for _, p := range plans {
		for _, f := range p.figures() {
			hashes = append(hashes, f.item.SHA256)
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	have, err := b.run.Store.Pictures(ctx, PictureVersion, hashes...)
	if err != nil {
		return err
	}
	var made []store.Picture
	for _, p := range plans {
		for _, f := range p.figures() {
			pic, done := have[f.item.SHA256]
			if !done {
				if pic, err = makePicture(ctx, b.run.Figures, b.run.Blobs, f.name, f.item.SHA256, f.data); err != nil {
					return err
				}
				have[f.item.SHA256] = pic
				made = append(made, pic)
			}
			for _, note := range pic.Notes {
				p.lose(journal.Loss{Where: "figure", What: f.name, Why: note})
			}
		}
	}
	return b.run.Store.SavePictures(ctx, PictureVersion, made)
}

// figures are the pictures of a plan that will be written.
func (p *planned) figures() []attachment {
	if p.err != nil || p.write == nil || p.write.CountsOnly {
		return nil
	}
	var out []attachment
	for _, f := range p.task.files {
		if f.role == "figure" {
			out = append(out, f)
		}
	}
	return out
}

func (p *planned) lose(l journal.Loss) {
	p.task.reading.Losses = append(p.task.reading.Losses, l)
	p.write.Losses = p.task.reading.Losses
}

// makePicture makes the renditions of a picture and keeps their bytes. A file
// that is no picture gives a Picture with nothing to show and a note.
func makePicture(ctx context.Context, maker *figure.Maker, blobs blob.Store, name, sha string, data []byte) (store.Picture, error) {
	made, err := maker.Make(ctx, name, data)
	switch {
	case errors.Is(err, errs.Invalid), errors.Is(err, errs.TooLarge):
		return store.Picture{SHA256: sha, Media: figure.Sniff(data), Notes: []string{errs.Message(err)}}, nil
	case err != nil:
		return store.Picture{}, err
	}
	pic := store.Picture{SHA256: sha, Media: made.Media, Width: made.Width, Height: made.Height, Shown: made.Shown, Animated: made.Animated, Notes: made.Notes}
	var items []blob.Item
	for _, r := range made.Renditions {
		it := blob.ItemOf(r.Bytes)
		pic.Renditions = append(pic.Renditions, store.Rendition{SHA256: it.SHA256, Width: r.Width, Height: r.Height, Media: r.Media, Size: it.Size})
		items = append(items, it)
	}
	if len(items) == 0 {
		return pic, nil
	}
	return pic, blobs.PutAll(ctx, items)
}

// Pictures makes the renditions of an article's figures that are missing or of
// an earlier version, and says how many it made. A figure whose file is gone is
// left out; a check reports it.
func (r *Run) Pictures(ctx context.Context, pub *journal.Publication) (n int, err error) {
	var hashes []string
	for _, f := range pub.Record.Files {
		if f.Role == "figure" && f.SHA256 != "" {
			hashes = append(hashes, f.SHA256)
		}
	}
	if r.Figures == nil || len(hashes) == 0 {
		return 0, nil
	}
	have, err := r.Store.Pictures(ctx, PictureVersion, hashes...)
	if err != nil {
		return 0, err
	}
	var made []store.Picture
	for _, f := range pub.Record.Files {
		if _, done := have[f.SHA256]; done || f.Role != "figure" || f.SHA256 == "" {
			continue
		}
		data, err := readBlob(ctx, r.Blobs, f.SHA256, r.limits().File)
		if errors.Is(err, errs.NotFound) {
			continue
		}
		if err != nil {
			return n, err
		}
		pic, err := makePicture(ctx, r.Figures, r.Blobs, f.Name, f.SHA256, data)
		if err != nil {
			return n, err
		}
		have[f.SHA256] = pic
		made = append(made, pic)
		n++
	}
	return n, r.Store.SavePictures(ctx, PictureVersion, made)
}

func readBlob(ctx context.Context, blobs blob.Store, sha string, most int64) ([]byte, error) {
	content, err := blobs.Open(ctx, sha)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	data, err := io.ReadAll(io.LimitReader(content, most+1))
	if err == nil && int64(len(data)) > most {
		err = errs.Newf(errs.TooLarge, "the file %s is larger than %s", sha, megabytes(most))
	}
	return data, err
}
