//go:build !linux

package blob

import "os"

// syncsWhole is false: only Linux has a call that syncs one file system.
func syncsWhole(string) bool { return false }

// syncWhole is reached on Linux alone; elsewhere it syncs the folder itself.
func syncWhole(dir *os.File) error { return dir.Sync() }
