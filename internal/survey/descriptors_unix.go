//go:build unix

package survey

import "syscall"

// descriptors returns how many files this process may have open. The Go runtime has raised the soft
// limit to the hard one.
func descriptors() int {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil || limit.Cur > 1<<20 {
		return 1 << 20
	}
	return int(limit.Cur)
}
