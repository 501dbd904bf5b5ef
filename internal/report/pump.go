package report

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"
)

const (
	maxChunks = 256         // writes that wait for the reader; a result is up to some 20 kB
	grace     = time.Second // for one write to the reader, when the run is over
)

// A pump writes in the background: a reader that is slow for a while delays no query, and one that
// has stopped reading does not hold the program past its deadline.
type pump struct {
	chunks  chan []byte
	written chan struct{} // closed when all is written
	gone    chan struct{} // closed when the reader is given up
	writing atomic.Bool   // a write is under way
	writes  atomic.Int64  // writes that are done
}

// startPump returns a pump to w.
func startPump(ctx context.Context, w io.Writer) *pump {
	p := &pump{
		chunks:  make(chan []byte, maxChunks),
		written: make(chan struct{}),
		gone:    make(chan struct{}),
	}
	go func() {
		defer close(p.written)
		for chunk := range p.chunks {
			p.writing.Store(true)
			if _, err := w.Write(chunk); err != nil {
				w = io.Discard // a reader that has gone away cannot be told
			}
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
			close(p.gone)
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
		return 0, errors.New("the output is not read")
	}
}

// close waits until all is written, or the reader is given up. Nothing may be written after it.
func (p *pump) close() {
	close(p.chunks)
	select {
	case <-p.written:
	case <-p.gone:
	}
}
