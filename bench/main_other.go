//go:build !linux

// Command bench measures Offprint; it needs Linux.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "bench: the benchmarks read /proc and compare with Debian's nginx: run them on Linux")
	os.Exit(1)
}
