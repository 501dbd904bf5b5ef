package survey

import "time"

// A window bounds how many queries are in flight. As in TCP it grows with each answer and halves
// when answers fail to come, once at most while one would be waited for: what was sent together is
// lost together.
type window struct {
	size, least, most int
	shrunk            time.Time
}

func (w *window) grow() { w.size = min(w.most, w.size+1) }

func (w *window) shrink(now time.Time, wait time.Duration) {
	if now.Sub(w.shrunk) >= wait {
		w.size, w.shrunk = max(w.least, w.size/2), now
	}
}

// refuse shrinks the window, and lets it never grow to this size again: a forwarder has a fixed
// limit.
func (w *window) refuse(now time.Time, wait time.Duration) {
	if now.Sub(w.shrunk) >= wait {
		w.most = max(w.least, w.size*3/4)
		w.shrink(now, wait)
	}
}
