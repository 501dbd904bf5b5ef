package resolver

import (
	"context"
	"errors"
	"os"
	"syscall"
)

// A panicked is what reading a packet panicked with.
type panicked string

func (p panicked) Error() string { return string(p) }

func isTimeout(err error) bool {
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// Words returns the kernel's words for err, e.g. "connection refused", without the addresses that package net adds.
func Words(err error) string {
	var errno syscall.Errno
	switch {
	case isTimeout(err):
		return "no answer"
	case errors.As(err, &errno):
		return errno.Error()
	}
	return err.Error()
}
