package main

import (
	"encoding/json"
	"fmt"

	"offprint/internal/app"
)

type reindexCmd struct{}

func (c *reindexCmd) Run(e *env) error {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	changed, err := a.Reindex(e.ctx)
	if err != nil {
		return err
	}
	if e.json {
		return json.NewEncoder(e.stdout).Encode(map[string]int{"changed": changed})
	}
	_, err = fmt.Fprintf(e.stdout, "lists and indexes are made again from the records; %d articles were listed otherwise than their records say\n", changed)
	return err
}
