package main

import (
	"os"
	"syscall"
)

// startedWithout reports whether the program was started with a closed standard output.
//
// The Go runtime opens the null device for reading and writing in the place of a closed file, where
// a shell's >/dev/null is for writing only. Parents that want neither output often pass the same
// for both; they take the exit status alone, so that only stdout itself counts.
func startedWithout(stdout, stderr *os.File) bool {
	return isStandIn(stdout) && !isStandIn(stderr)
}

// isStandIn reports whether a file is the null device, open for reading and writing.
func isStandIn(file *os.File) bool {
	flags, _, failed := syscall.Syscall(syscall.SYS_FCNTL, file.Fd(), syscall.F_GETFL, 0)
	if failed != 0 || flags&syscall.O_ACCMODE != syscall.O_RDWR {
		return false
	}
	is, err := file.Stat()
	null, nullErr := os.Stat(os.DevNull)
	return err == nil && nullErr == nil && os.SameFile(is, null)
}
