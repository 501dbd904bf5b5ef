package check

import (
	"slices"
	"sync"

	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/target"
)

// Progress is how far a run has come.
type Progress struct {
	LookUps []string // names that are being looked up, without keys; then there are no subjects yet

	Subjects, Done, Listed int // all, checked, and listed among those that are checked

	Lists   int      // that are queried
	Waiting []string // the zones of those with a check under way or to come
	Servers int      // whose reverse DNS is not looked up yet
}

// lookUps are the names that are being looked up.
type lookUps struct {
	mu    sync.Mutex
	mask  *secret.Mask
	names []string
}

// begin notes all names among the targets.
func (l *lookUps) begin(targets []target.Target, mask *secret.Mask) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mask = mask
	for i := range targets {
		if targets[i].LooksUp() {
			l.names = append(l.names, targets[i].String())
		}
	}
}

// done notes that a target is looked up.
func (l *lookUps) done(t target.Target) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.Index(l.names, t.String()); i >= 0 {
		l.names = slices.Delete(l.names, i, i+1)
	}
}

// left returns the names that are not looked up yet, with their keys masked.
func (l *lookUps) left() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	names := make([]string, len(l.names))
	for i, name := range l.names {
		names[i] = l.mask.Message(name)
	}
	return names
}
