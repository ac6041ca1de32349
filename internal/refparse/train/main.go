// Command train learns the weights of refparse from labelled references:
//
//	go run ./internal/refparse/train ../shared/data/refs/labelled.jsonl
//
// Each line of the file is {"set", "raw", "fields": [[name, text], …]}. One of
// five samples is held out and tells how good the weights are. They are written
// to internal/refparse/weights.bin, which is compiled into the program; its
// NOTICE.md says where the samples come from and under which licences.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"offprint/internal/refparse"
)

func main() {
	rounds := flag.Int("rounds", 10, "`times` that all samples are seen")
	all := flag.Bool("all", false, "learn from the held-out samples too")
	out := flag.String("out", "internal/refparse/weights.bin", "`file` that is written")
	flag.Parse()
	if err := train(flag.Arg(0), *out, *rounds, *all); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(in, out string, rounds int, all bool) error {
	samples, held, err := read(in)
	if err != nil {
		return err
	}
	if all {
		samples = append(samples, held...)
	}
	packed, report := refparse.Train(samples, held, rounds, 1)
	fmt.Printf("%d samples; %d held-out tokens: %.4f right, by the rules alone %.4f; %d kB\n",
		report.Samples, report.Tokens, report.Right, report.RulesRight, len(packed)/1000)
	return os.WriteFile(out, packed, 0o644)
}

// read gives every fifth line to the held-out samples.
func read(name string) (samples, held []refparse.Sample, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		var s struct {
			Raw    string
			Fields [][2]string
		}
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		if n%5 == 0 {
			held = append(held, refparse.Sample(s))
		} else {
			samples = append(samples, refparse.Sample(s))
		}
	}
	return samples, held, lines.Err()
}
