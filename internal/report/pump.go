package report

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"
)

const (
	maxChunks = 256         // writes that wait for the reader; a result is up to some 20 kB
	grace     = time.Second // for the reader, once the run is over and a write has to wait
)

// A pump writes in the background: a reader that is slow for a while delays no query, and one that
// has stopped reading does not hold the program past its deadline.
type pump struct {
	chunks  chan []byte
	written chan struct{}   // closed when all is written
	over    <-chan struct{} // closed when the run is over
	gone    bool            // the reader is given up
}

// startPump returns a pump to w. When ctx is over, it gives up a reader that lets a write wait for
// more than a moment. A machine that is too busy to write earlier loses nothing.
func startPump(ctx context.Context, w io.Writer) *pump {
	p := &pump{
		chunks:  make(chan []byte, maxChunks),
		written: make(chan struct{}),
		over:    ctx.Done(),
	}
	go func() {
		defer close(p.written)
		for chunk := range p.chunks {
			if _, err := w.Write(chunk); err != nil {
				w = io.Discard // a reader that has gone away cannot be told
			}
		}
	}()
	return p
}

// Write implements io.Writer. It waits if too much is unread.
func (p *pump) Write(b []byte) (int, error) {
	if p.gone {
		return 0, errUnread
	}
	chunk := bytes.Clone(b)
	select {
	case p.chunks <- chunk:
		return len(b), nil
	case <-p.over:
	}
	select {
	case p.chunks <- chunk:
		return len(b), nil
	case <-time.After(grace):
		p.gone = true
		return 0, errUnread
	}
}

var errUnread = errors.New("the output is not read")

// close waits until all is written, or the reader is given up. Nothing may be written after it.
func (p *pump) close() {
	close(p.chunks)
	if p.gone {
		return
	}
	select {
	case <-p.written:
		return
	case <-p.over:
	}
	select {
	case <-p.written:
	case <-time.After(grace):
	}
}
