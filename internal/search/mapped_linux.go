package search

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
)

// mapped is how many bytes of files are mapped in this process and in memory (the
// third number of proc_pid_statm(5), in pages); 0 where that cannot be known.
func mapped() int {
	b, err := os.ReadFile("/proc/self/statm")
	fields := bytes.Fields(b)
	if err != nil || len(fields) < 3 {
		return 0
	}
	pages, err := strconv.Atoi(string(fields[2]))
	if err != nil {
		return 0
	}
	return pages * os.Getpagesize()
}

// unmapPages lets go of the pages of a file that is mapped to be read (madvise(2)).
func unmapPages(file []byte) {
	if len(file) > 0 {
		_ = syscall.Madvise(file, syscall.MADV_DONTNEED) // nothing is lost where it is refused
	}
}
