// Package testkill gives tests processes that they kill, to see what is left.
//
//	writer := testkill.Start(t, testkill.Self("OFFPRINT_TEST_FILL="+dir))
//	first := writer.Line() // it is at work
//	rest := writer.Kill()
//
// What such a process does is up to the test's TestMain, or to the command under
// test. Only tests import this package.
package testkill

import (
	"bufio"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// patience is how long a process may take to print a line.
const patience = time.Minute

// Process is a process that was started.
type Process struct {
	t    testing.TB
	cmd  *exec.Cmd
	scan *bufio.Scanner
	over bool
}

// Self is this test binary with further variables of the environment; with no
// arguments of its own it runs all tests, unless TestMain sees to it.
func Self(variables ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), variables...)
	return cmd
}

// Start starts a process. It is killed when the test ends, if it was not before.
func Start(t testing.TB, cmd *exec.Cmd) *Process {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if cmd.Stderr == nil {
		cmd.Stderr = os.Stderr
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &Process{t: t, cmd: cmd, scan: bufio.NewScanner(out)}
	t.Cleanup(func() { p.Stop() })
	return p
}

// Line waits for the next line that the process prints.
func (p *Process) Line() string {
	p.t.Helper()
	guard := time.AfterFunc(patience, func() { _ = p.cmd.Process.Kill() })
	defer guard.Stop()
	if !p.scan.Scan() {
		p.t.Fatalf("the process has ended, or printed no line within %v", patience)
	}
	return p.scan.Text()
}

// Kill kills the process, which must still be at work, with SIGKILL and returns
// what it had printed since the last Line.
func (p *Process) Kill() (rest []string) {
	p.t.Helper()
	rest = p.Stop()
	if s, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || s.Signal() != syscall.SIGKILL {
		p.t.Fatalf("the process ended before it was killed (%v): it needs more to do", p.cmd.ProcessState)
	}
	return rest
}

// Stop kills the process if it is still at work.
func (p *Process) Stop() (rest []string) {
	if p.over {
		return nil
	}
	p.over = true
	_ = p.cmd.Process.Kill() // it may have ended
	for p.scan.Scan() {
		rest = append(rest, p.scan.Text())
	}
	_ = p.cmd.Wait()
	return rest
}
