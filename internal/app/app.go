// Package app builds everything from config: the store, the files, the site. It
// is used by cmd/offprint and by the end-to-end tests, so that both run the
// same thing.
//
//	a, err := app.Open(ctx, config.Place{Data: "./offprint-data"})
//	defer a.Close()
//
// It wires and it starts; it decides nothing about articles.
package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"

	"offprint/internal/blob"
	"offprint/internal/config"
	"offprint/internal/figure"
	"offprint/internal/finding"
	"offprint/internal/format/pdf"
	"offprint/internal/ingest"
	"offprint/internal/store"
)

// App is the opened truth of an installation: its rows and its files.
type App struct {
	Store *store.Store
	Blobs blob.Store
	place config.Place

	// Both cost nothing until they are used.
	figures *figure.Maker
	pdfs    *pdf.Reader
}

// Open opens the installation at a place, and makes it when it is not there.
func Open(ctx context.Context, place config.Place) (*App, error) {
	if place.Data == "" {
		place.Data = "offprint-data"
	}
	st, err := store.Open(ctx, store.Config{URL: place.Database, DataDir: place.Data})
	if err != nil {
		return nil, err
	}
	blobs, err := blob.Open(ctx, place.Files, place.Data)
	if err != nil {
		st.Close()
		return nil, err
	}
	cache := filepath.Join(place.Data, "cache", "wasm")
	return &App{Store: st, Blobs: blobs, place: place, figures: figure.New(cache), pdfs: pdf.New(cache)}, nil
}

// Close closes what Open opened.
func (a *App) Close() error { return errors.Join(a.figures.Close(), a.pdfs.Close(), a.Store.Close()) }

// Importer is an import into this installation, to be completed with what it is
// of: journal, format, actor.
func (a *App) Importer() ingest.Run {
	return ingest.Run{Store: a.Store, Blobs: a.Blobs, Figures: a.figures, PDFs: a.pdfs}
}

// finder finds articles by an index in the data folder. Whoever gets it runs it,
// or lets it catch up.
func (a *App) finder(log *slog.Logger) *finding.Finder {
	return finding.New(finding.Deps{Store: a.Store, Dir: filepath.Join(a.place.Data, "search"), Log: log})
}

// Data is the absolute path of the data folder.
func (a *App) Data() string {
	p, err := filepath.Abs(a.place.Data)
	if err != nil {
		return a.place.Data
	}
	return p
}
