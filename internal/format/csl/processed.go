package csl

import (
	"bytes"
	"encoding/json"
	"errors"

	"offprint/citeproc"
)

// Processed is the item as the processor of citation styles takes it. The
// translated title, for which the schema has no variable, is there as
// "title-translated": a style can print it.
func (i Item) Processed() (*citeproc.Item, error) {
	b, err := json.Marshal([]Item{i})
	if err != nil {
		return nil, err
	}
	list, err := citeproc.DecodeItems(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if len(list) != 1 {
		return nil, errors.New("csl: no item")
	}
	if t := i.Custom["translated-title"]; t != "" {
		list[0].Text["title-translated"] = t
	}
	return list[0], nil
}
