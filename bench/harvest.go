//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"time"
)

// harvested is what one walk through a list of a repository gave.
type harvested struct {
	records int
	bytes   int64
	took    time.Duration
	first   []float64 // milliseconds to the first byte of each response
	grew    float64   // bytes that the server's memory grew by, at most
}

// perRecord is how many records a second each form must give, on one core.
var perRecord = []struct {
	prefix string
	target float64
	most   int // records that are read
}{{"oai_dc", 5000, 1 << 30}, {"jats", 500, 5000}}

// harvest reads a repository by OAI-PMH to its end, with the server held on one
// core, beside nginx sending the bytes of the same responses from a file.
func (b *bench) harvest(ctx context.Context) error {
	full, how, err := b.full(ctx)
	if err != nil {
		return err
	}
	if err := warmed(filepath.Join(full, "offprint.db")); err != nil {
		return err
	}
	p, base, _, err := b.serve(ctx, full, "--harvest-rate", "0")
	if err != nil {
		return err
	}
	defer p.stop()
	if err := pin(p.cmd.Process.Pid, "0"); err != nil {
		return err
	}
	if cores := runtime.NumCPU(); cores > 1 { // the harvester takes nothing from it
		if err := pin(os.Getpid(), fmt.Sprintf("1-%d", cores-1)); err != nil {
			return err
		}
		defer pin(os.Getpid(), fmt.Sprintf("0-%d", cores-1))
	}
	section(fmt.Sprintf("harvest: OAI-PMH of %s articles (%s), the server on one core, files in memory", thousands(float64(b.articles)), how))
	for _, form := range perRecord {
		h, sample, err := p.walk(ctx, base+"/oai", form.prefix, form.most)
		if err != nil {
			return err
		}
		plain, err := b.plain(ctx, sample)
		if err != nil {
			return err
		}
		rate := float64(h.records) / h.took.Seconds()
		line(form.prefix, thousands(rate)+" records/s", fmt.Sprintf("%s; %s records, %s, %.2f of nginx sending the same bytes", atLeast(rate, form.target, "records/s"),
			thousands(float64(h.records)), megabytes(h.bytes), float64(h.bytes)/h.took.Seconds()/plain))
		line(form.prefix+": first byte", fmt.Sprintf("%.0f ms", median(h.first)), fmt.Sprintf("99 of a hundred within %.0f ms, the slowest %.0f ms; %s", percentile(h.first, 0.99), slices.Max(h.first), atMost(slices.Max(h.first), 50, "ms")))
		line(form.prefix+": growth of memory", megabytes(int64(h.grew)), atMost(h.grew/1e6, 50, "MB"))
	}
	return nil
}

// pin holds a running process on some cores.
func pin(pid int, cores string) error {
	taskset, err := need("taskset", "util-linux")
	if err != nil {
		return err
	}
	out, err := exec.Command(taskset, "-a", "-cp", cores, strconv.Itoa(pid)).CombinedOutput()
	if err != nil {
		return fmt.Errorf("taskset: %w\n%s", err, out)
	}
	return nil
}

// warm is after how many responses a server has what it keeps for the next ones;
// from then on its memory may not grow with the list.
const warm = 10

var resumption = regexp.MustCompile(`<resumptionToken[^>]*>([^<]+)</resumptionToken>`)

// walk reads a list until it ends, or most records of it; sample is one response.
func (p *process) walk(ctx context.Context, base, prefix string, most int) (h harvested, sample []byte, err error) {
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	query := url.Values{"verb": {"ListRecords"}, "metadataPrefix": {prefix}}
	begun, start := time.Now(), int64(0)
	for page := 0; h.records < most; page++ {
		body, first, err := get(ctx, client, base+"?"+query.Encode())
		if err != nil {
			return h, nil, err
		}
		h.first = append(h.first, milliseconds(first))
		h.bytes += int64(len(body))
		h.records += bytes.Count(body, []byte("<record>"))
		memory, err := p.resident()
		if err != nil {
			return h, nil, err
		}
		if page == warm {
			start = memory
		}
		if page > warm {
			h.grew = max(h.grew, float64(memory-start))
		}
		token := resumption.FindSubmatch(body)
		if sample == nil {
			sample = body
		}
		if token == nil {
			break
		}
		query = url.Values{"verb": {"ListRecords"}, "resumptionToken": {string(token[1])}}
	}
	h.took = time.Since(begun)
	if h.records == 0 {
		return h, nil, errors.New("nothing was harvested")
	}
	return h, sample, nil
}

// get reads a response and how long its first byte took.
func get(ctx context.Context, client *http.Client, address string) (body []byte, first time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, err
	}
	begun := time.Now()
	resp, err := client.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, 0, fmt.Errorf("%s answers %s", address, resp.Status)
	}
	r := bufio.NewReader(resp.Body)
	if _, err := r.Peek(1); err != nil {
		return nil, 0, err
	}
	first = time.Since(begun)
	body, err = io.ReadAll(r)
	return body, first, err
}

// plain is how many bytes a second nginx sends of the same response.
func (b *bench) plain(ctx context.Context, body []byte) (float64, error) {
	p, address, _, err := b.nginx(ctx, body, nil)
	if err != nil {
		return 0, err
	}
	defer p.stop()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	begun, sent := time.Now(), 0
	for time.Since(begun) < time.Duration(b.seconds)*time.Second {
		got, _, err := get(ctx, client, address)
		if err != nil {
			return 0, err
		}
		sent += len(got)
	}
	return float64(sent) / time.Since(begun).Seconds(), nil
}
