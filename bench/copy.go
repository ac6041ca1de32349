//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// copyWorker is the first argument of the child process that copies pages, so
// that it can be held on one core as the import is.
const copyWorker = "copy-pages"

// copyPages reads every file of a folder and writes each to a file of its own
// that is synced before the next: the plainest way to keep a page for good.
func copyPages(from, to string) error {
	files, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o750); err != nil {
		return err
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(from, f.Name()))
		if err != nil {
			return err
		}
		if err := writeSynced(filepath.Join(to, f.Name()), b); err != nil {
			return err
		}
	}
	return nil
}

func writeSynced(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// onOneCore holds a command on the last core that this process may use; the
// first often has the interrupts.
func onOneCore(cmd *exec.Cmd) error {
	taskset, err := need("taskset", "util-linux")
	if err != nil {
		return err
	}
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return fmt.Errorf("sched_getaffinity: %w", err)
	}
	core := -1
	for i := range 1024 { // CPU_SETSIZE of sched_setaffinity(2)
		if set.IsSet(i) {
			core = i
		}
	}
	cmd.Args = append([]string{taskset, "-c", strconv.Itoa(core), cmd.Path}, cmd.Args[1:]...)
	cmd.Path = taskset
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	return nil
}
