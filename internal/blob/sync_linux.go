package blob

import (
	"os"

	"golang.org/x/sys/unix"
)

// syncsWhole says whether syncfs(2) on the file system of dir makes everything
// durable that was written to it before, names and contents. That is so for
// the file systems named here; a network or user-space file system may return
// before its server has written anything, so there every file is synced.
func syncsWhole(dir string) bool {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) != nil {
		return false
	}
	switch uint32(st.Type) {
	case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC,
		unix.F2FS_SUPER_MAGIC, unix.OVERLAYFS_SUPER_MAGIC, unix.TMPFS_MAGIC:
		return true
	}
	return false
}

// syncWhole syncs the file system that the open folder is on. It reports every
// write that failed since the folder was opened (Linux 5.8 and later).
func syncWhole(dir *os.File) error {
	return os.NewSyscallError("syncfs", unix.Syncfs(int(dir.Fd())))
}
