package blobtest

import (
	"os/exec"
	"syscall"
)

// diesWithTest makes the kernel end the process when the test is killed.
func diesWithTest(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
