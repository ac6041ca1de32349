//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that runs beside this one.
type process struct {
	cmd   *exec.Cmd
	log   string // file with what it printed
	begun time.Time
	ended chan error
}

// launch starts a program; what it prints goes to a file. It dies with this
// process, however that ends.
func (b *bench) launch(ctx context.Context, name, program string, args ...string) (*process, error) {
	log, err := os.CreateTemp(b.dir, name+"-*.log")
	if err != nil {
		return nil, err
	}
	defer log.Close() // the child has its own
	p := &process{cmd: exec.CommandContext(ctx, program, args...), log: log.Name(), ended: make(chan error, 1)}
	p.cmd.Stdout, p.cmd.Stderr = log, log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	p.begun = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.ended <- p.cmd.Wait() }()
	return p, nil
}

// stop ends the process and waits for it.
func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // an error says that it has ended
	select {
	case <-p.ended:
	case <-time.After(15 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

// answers waits for the first 200 from an address and tells how long after the
// start of the process it came.
func (p *process) answers(address string, within time.Duration) (time.Duration, error) {
	client := http.Client{Timeout: within, Transport: &http.Transport{DisableKeepAlives: true}}
	for time.Since(p.begun) < within {
		select {
		case err := <-p.ended:
			p.ended <- err // for stop
			return 0, fmt.Errorf("%s ended before it answered: %v\n%s", filepath.Base(p.cmd.Path), err, p.tail())
		default:
		}
		if resp, err := client.Get(address); err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			if err == nil && resp.StatusCode == http.StatusOK {
				return time.Since(p.begun), nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return 0, fmt.Errorf("no 200 from %s within %v\n%s", address, within, p.tail())
}

// tail is the end of what the process printed.
func (p *process) tail() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// resident is the memory of the process and its children, in bytes: VmRSS of
// proc_pid_status(5).
func (p *process) resident() (int64, error) {
	dirs, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		return 0, err
	}
	self, sum := strconv.Itoa(p.cmd.Process.Pid), int64(0)
	for _, path := range dirs {
		status, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended since
		}
		fields := map[string]string{}
		for l := range strings.Lines(string(status)) {
			if key, value, ok := strings.Cut(l, ":"); ok {
				fields[key] = strings.TrimSpace(value)
			}
		}
		if fields["Pid"] == self || fields["PPid"] == self {
			kb, err := strconv.ParseInt(strings.TrimSuffix(fields["VmRSS"], " kB"), 10, 64)
			if err != nil {
				return 0, fmt.Errorf("%s: VmRSS is %q", path, fields["VmRSS"])
			}
			sum += kb << 10
		}
	}
	return sum, nil
}

// highWater is the most memory that a running process has held, in bytes, or 0
// when it has ended: VmHWM of proc_pid_status(5). What Wait tells of it may be the
// memory of whoever started it, since that is shared until exec.
func highWater(pid int) int64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)) // absent: it has ended
	for l := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(l, "VmHWM:"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
			return kb << 10
		}
	}
	return 0
}

// loopback is a free address of this machine.
func loopback() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// need finds a program, or tells which Debian package has it.
func need(program, debian string) (string, error) {
	for _, dir := range []string{"", "/usr/sbin/", "/sbin/"} {
		if path, err := exec.LookPath(dir + program); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is missing: apt-get install %s", program, debian)
}

// serve starts offprint on a data folder and waits until it is ready.
func (b *bench) serve(ctx context.Context, data string, args ...string) (p *process, base string, ready time.Duration, err error) {
	addr, err := loopback()
	if err != nil {
		return nil, "", 0, err
	}
	base = "http://" + addr
	p, err = b.launch(ctx, "serve", b.binary, append([]string{"serve", "--listen", addr, "--data", data}, args...)...)
	if err != nil {
		return nil, "", 0, err
	}
	if ready, err = p.answers(base+"/readyz", 60*time.Second); err != nil {
		p.stop()
		return nil, "", 0, err
	}
	return p, base, ready, nil
}

// offprint runs a command to its end.
func (b *bench) offprint(ctx context.Context, args ...string) error {
	out, err := exec.CommandContext(ctx, b.binary, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("offprint %s: %w\n%s", strings.Join(args, " "), err, out[max(0, len(out)-2000):])
	}
	return nil
}
