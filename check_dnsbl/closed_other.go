//go:build !linux

package main

import "os"

// startedWithout reports that standard output is open. Only Linux can tell.
func startedWithout(stdout, stderr *os.File) bool { return false }
