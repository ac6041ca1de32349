package main

import (
	"fmt"
	"log/slog"

	"offprint/internal/app"
	"offprint/internal/config"
)

type serveCmd struct {
	config.Serve
	Demo bool `help:"Fill an empty data folder with the demonstration journal first."`
}

func (c *serveCmd) Run(e *env) error {
	log := c.logger(e)
	return app.Serve(e.ctx, config.Config{Place: e.place, Serve: c.Serve}, app.Start{
		Demo: c.Demo,
		Log:  log,
		Ready: func(address string) {
			fmt.Fprintf(e.stdout, "Offprint is ready: open %s\n", address)
		},
	})
}

func (c *serveCmd) logger(e *env) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	opts := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(e.stderr, opts))
	}
	return slog.New(slog.NewTextHandler(e.stderr, opts))
}
