package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"offprint/internal/app"
	"offprint/internal/errs"
)

type refsCmd struct {
	Parse refsParseCmd `cmd:"" help:"Take reference strings apart: one a line on standard input, one CSL-JSON object a line out."`
	Split refsSplitCmd `cmd:"" help:"Divide a list of references that was pasted from a page, a word processor or a PDF on standard input: one entry a line out."`

	Match       refsMatchCmd       `cmd:"" help:"Ask Crossref for the DOIs of references that have none. What it proposes waits for an editor."`
	Proposals   refsProposalsCmd   `cmd:"" help:"List the DOIs that are proposed for references."`
	Accept      refsAcceptCmd      `cmd:"" help:"Say that proposed DOIs are right: the references have them from now on."`
	Reject      refsRejectCmd      `cmd:"" help:"Say that proposed DOIs are wrong."`
	Retractions refsRetractionsCmd `cmd:"" help:"Ask Crossref what has become of the works that are cited with a DOI: retracted, withdrawn, in doubt."`
	Health      refsHealthCmd      `cmd:"" help:"Ask the addresses of references whether they answer."`
}

type refsSplitCmd struct{}

func (c *refsSplitCmd) Run(e *env) error {
	entries, err := app.SplitReferences(e.stdin)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(e.stdout)
	for i, entry := range entries {
		if e.json {
			err = writeLine(out, struct {
				Number int    `json:"number"`
				Line   int    `json:"line"`
				Text   string `json:"text"`
			}{i + 1, entry.Line, entry.Text})
		} else {
			_, err = fmt.Fprintln(out, entry.Text)
		}
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

type refsParseCmd struct{}

func (c *refsParseCmd) Run(e *env) error {
	out := bufio.NewWriter(e.stdout)
	failed := false
	err := app.ReadReferences(e.stdin, func(line app.ReferenceLine) error {
		failed = failed || line.Problem != nil
		if err := writeReferenceLine(e, out, line); err != nil {
			return err
		}
		if line.Last {
			return out.Flush()
		}
		return nil
	})
	if err = errors.Join(err, out.Flush()); err == nil && failed {
		return errReported
	}
	return err
}

func writeReferenceLine(e *env, out io.Writer, line app.ReferenceLine) error {
	if line.Problem != nil {
		message := fmt.Sprintf("line %d: %s", line.Number, errs.Message(line.Problem))
		fmt.Fprintln(e.stderr, "offprint:", message)
		if !e.json {
			return nil
		}
		return writeLine(out, struct {
			Raw   string `json:"raw"`
			Error string `json:"error"`
		}{line.Text, message})
	}
	if e.json {
		return writeLine(out, line.Parsed)
	}
	return writeReference(out, line)
}

func writeLine(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// writeReference prints the fields below each other, each with how sure it is
// where that is less than nine of ten.
func writeReference(out io.Writer, line app.ReferenceLine) error {
	if _, err := fmt.Fprintf(out, "%d. %s\n", line.Number, line.Text); err != nil {
		return err
	}
	object, err := json.Marshal(line.Parsed)
	if err != nil {
		return err
	}
	var fields map[string]any
	if err := json.Unmarshal(object, &fields); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name == "raw" || name == "confidence" || name == "id" {
			continue
		}
		doubt := ""
		if sure, ok := line.Parsed.Confidence[name]; ok && sure < 0.9 {
			doubt = "  (" + strconv.FormatFloat(sure, 'f', 2, 64) + ")"
		}
		if _, err := fmt.Fprintf(out, "   %-26s %s%s\n", name, shown(fields[name]), doubt); err != nil {
			return err
		}
	}
	return nil
}

// shown is a value of CSL-JSON for people.
func shown(v any) string {
	switch v := v.(type) {
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = shown(v[i])
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		if dates, ok := v["date-parts"].([]any); ok {
			var ends []string
			for _, d := range dates {
				var parts []string
				for _, n := range d.([]any) {
					parts = append(parts, fmt.Sprintf("%02.0f", n))
				}
				ends = append(ends, strings.Join(parts, "-"))
			}
			return strings.Join(ends, "/")
		}
		if literal, ok := v["literal"].(string); ok {
			return literal
		}
		if family, ok := v["family"].(string); ok {
			given, _ := v["given"].(string)
			return strings.TrimSuffix(family+", "+given, ", ")
		}
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, k+" "+shown(v[k]))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v)
}
