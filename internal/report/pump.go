package report

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

const (
	maxChunks = 256         // writes that wait for the reader; a result is up to some 20 kB
	grace     = time.Second // for one write to the reader, when the run is over
)

// errUnread is the error about a reader that has stopped reading.
var errUnread = errors.New("it is not read")

// A pump writes in the background: a reader that is slow for a while delays no query, and one that
// has stopped reading does not hold the program past its deadline.
type pump struct {
	chunks  chan []byte
	written chan struct{} // closed when all is written
	err     error         // of the first write that failed; valid once written is closed
	gone    chan struct{} // closed when the reader is given up
	giveUp  func()        // closes gone; safe to call twice
	writing atomic.Bool   // a write is under way
	writes  atomic.Int64  // writes that are done
}

// startPump returns a pump to w. When ctx ends, a reader that does not read is given up.
func startPump(ctx context.Context, w io.Writer) *pump {
	p := &pump{
		chunks:  make(chan []byte, maxChunks),
		written: make(chan struct{}),
		gone:    make(chan struct{}),
	}
	p.giveUp = sync.OnceFunc(func() { close(p.gone) })
	go func() {
		defer close(p.written)
		for chunk := range p.chunks {
			if p.err != nil {
				continue // the rest of a text with a gap is worth nothing
			}
			p.writing.Store(true)
			_, p.err = w.Write(chunk)
			p.writing.Store(false)
			p.writes.Add(1)
		}
	}()
	context.AfterFunc(ctx, p.watch)
	return p
}

// watch gives up a reader that lets one write wait for more than a moment. It does not count how
// long a busy machine takes to come to writing: such a machine must lose nothing.
func (p *pump) watch() {
	for {
		writes := p.writes.Load()
		select {
		case <-p.written:
			return
		case <-time.After(grace):
		}
		if p.writing.Load() && p.writes.Load() == writes {
			p.giveUp()
			return
		}
	}
}

// Write implements io.Writer. It waits if too much is unread.
func (p *pump) Write(b []byte) (int, error) {
	select {
	case p.chunks <- bytes.Clone(b):
		return len(b), nil
	case <-p.gone:
		return 0, errUnread
	}
}

// close waits until all is written, or the reader is given up. It returns why not all was written.
// Nothing may be written after it.
func (p *pump) close() error {
	close(p.chunks)
	select {
	case <-p.written:
		return p.err
	case <-p.gone:
		return errUnread
	}
}
