package main

import (
	"context"
	"io"
	"sync"
	"time"
)

// grace is how long a reader has after the run was interrupted.
const grace = time.Second

// A backlog takes all that is written to it at once, and hands it on as fast as its reader takes it: who asks lists must not wait for who
// reads, or answers would come too late through no fault of theirs.
type backlog struct {
	to    io.Writer
	mu    sync.Mutex
	text  []byte        // that is to be handed on
	busy  int           // bytes that are being handed on
	idle  chan struct{} // closed when all is; nil as long as there was nothing
	gone  bool          // who reads
	panic any           // what handing on ended with
}

// Write implements io.Writer.
func (b *backlog) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gone || len(p) == 0 {
		return len(p), nil
	}
	b.text = append(b.text, p...)
	if b.busy == 0 {
		b.idle, b.busy = make(chan struct{}), len(p)
		go b.handOn()
	}
	return len(p), nil
}

// size returns how many bytes wait for the reader.
func (b *backlog) size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.text) + b.busy
}

func (b *backlog) handOn() {
	defer b.recovered()
	for text := b.take(); text != nil; text = b.take() {
		if _, err := b.to.Write(text); err != nil { // who has gone away cannot be told so
			b.mu.Lock()
			b.text, b.gone = nil, true
			b.mu.Unlock()
		}
	}
}

// take returns what there is, nil at the end.
func (b *backlog) take() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := b.text
	b.text, b.busy = nil, len(text)
	if len(text) == 0 {
		close(b.idle)
	}
	return text
}

// recovered is deferred: a panic is for who waits.
func (b *backlog) recovered() {
	if reason := recover(); reason != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.text, b.busy, b.panic = nil, 0, reason
		close(b.idle)
	}
}

// wait waits until all is handed on, or over is closed.
func (b *backlog) wait(over <-chan struct{}) {
	b.mu.Lock()
	idle := b.idle
	b.mu.Unlock()
	if idle == nil {
		return
	}
	select {
	case <-idle:
	case <-over:
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if reason := b.panic; reason != nil {
		b.panic = nil
		panic(reason)
	}
}

// finish waits until all is handed on, or for the grace after the run was interrupted.
func (b *backlog) finish(run context.Context) {
	over, end := context.WithCancel(context.Background())
	defer end()
	defer context.AfterFunc(run, func() { time.AfterFunc(grace, end) })()
	b.wait(over.Done())
}
