package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

const (
	showAfter = time.Second // what is over sooner needs no progress
	showEvery = 200 * time.Millisecond
	maxLine   = 79 // what is broken into two lines cannot be written over
)

// A progress shows a person how far a run has come: one line that is written over and over, and gone at the end.
type progress struct {
	to           *os.File
	total        int
	start, limit time.Time
	done         func() int
	listed       atomic.Int64
	end          chan struct{}
	shown        sync.WaitGroup
}

// showProgress begins to show how many subjects of all are done, if to is a terminal.
func showProgress(ctx context.Context, to *os.File, all int, done func() int) *progress {
	p := &progress{to: to, total: all, done: done, start: time.Now(), end: make(chan struct{})}
	p.limit, _ = ctx.Deadline()
	if terminalOf(to) != nil {
		p.shown.Go(p.show)
	}
	return p
}

// count tells how many subjects are listed.
func (p *progress) count(listed int) { p.listed.Store(int64(listed)) }

// stop ends the progress. Nothing of it is left when it returns.
func (p *progress) stop() {
	close(p.end)
	p.shown.Wait()
}

func (p *progress) show() {
	next := time.NewTimer(showAfter)
	defer next.Stop()
	wide := 0
	for {
		select {
		case <-next.C:
			line := p.line(time.Now())
			fmt.Fprintf(p.to, "\r%-*s", wide, line)
			wide = max(wide, len(line))
			next.Reset(showEvery)
		case <-p.end:
			if wide > 0 {
				fmt.Fprintf(p.to, "\r%*s\r", wide, "")
			}
			return
		}
	}
}

// line says how far the run has come: what is done, how fast, and how long the rest will take, or would if there were time.
func (p *progress) line(now time.Time) string {
	done := p.done()
	text := fmt.Sprintf("checked %d of %d, %d listed", done, p.total, p.listed.Load())
	if done > 0 {
		rate := float64(done) / now.Sub(p.start).Seconds()
		need := time.Duration(float64(p.total-done) / rate * float64(time.Second))
		text += fmt.Sprintf(", %.0f/s, ", rate)
		switch limit := p.limit.Sub(now); {
		case need > limit:
			text += fmt.Sprintf("needs %s, has %s", seconds(need), seconds(limit))
		default:
			text += seconds(need) + " left"
		}
	}
	return text[:min(len(text), maxLine)]
}

// seconds writes a duration in whole seconds, any part of one as one.
func seconds(d time.Duration) string {
	return (max(0, d) + time.Second - 1).Truncate(time.Second).String()
}
