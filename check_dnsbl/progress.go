package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"
)

const (
	showAfter = time.Second // a run that is over sooner needs no progress
	showEvery = 200 * time.Millisecond
	maxLine   = 79 // a line that the terminal breaks cannot be written over
)

// A progress shows a person how far a run has come: one line that is written over and over, and
// erased at the end.
type progress struct {
	to       *os.File
	count    func() (done, total, listed int)
	start    time.Time
	deadline time.Time     // of the run
	end      func()        // safe to call twice
	shown    chan struct{} // closed when the line is erased
}

// showProgress starts to show on a terminal how many subjects are done, unless terminal is nil.
func showProgress(
	ctx context.Context, terminal *os.File, count func() (done, total, listed int),
) *progress {
	p := &progress{to: terminal, count: count, start: time.Now(), shown: make(chan struct{})}
	p.deadline, _ = ctx.Deadline()
	ended := make(chan struct{})
	p.end = sync.OnceFunc(func() { close(ended) })
	go func() {
		defer close(p.shown)
		if terminal != nil {
			p.show(ended)
		}
	}()
	return p
}

// stop ends the progress. The line is erased when it returns, unless the terminal is stopped.
func (p *progress) stop() {
	p.end()
	wait(p.shown)
}

// show writes the line until ended is closed. Each line is padded to the width of those before, so
// that nothing of a longer one is left.
func (p *progress) show(ended <-chan struct{}) {
	next := time.NewTimer(showAfter)
	defer next.Stop()
	width := 0
	for {
		select {
		case <-next.C:
			line := p.line(time.Now())
			fmt.Fprintf(p.to, "\r%-*s", width, line)
			width = max(width, len(line))
			next.Reset(showEvery)
		case <-ended:
			if width > 0 {
				fmt.Fprintf(p.to, "\r%*s\r", width, "")
			}
			return
		}
	}
}

// line returns how far the run has come, how fast, and how long the rest will take, or would take
// if there were time.
func (p *progress) line(now time.Time) string {
	done, total, listed := p.count()
	text := fmt.Sprintf("checked %d of %d, %d listed", done, total, listed)
	if done > 0 {
		rate := float64(done) / now.Sub(p.start).Seconds()
		need := time.Duration(float64(total-done) / rate * float64(time.Second))
		text += fmt.Sprintf(", %.0f/s, ", rate)
		switch left := p.deadline.Sub(now); {
		case need > left:
			text += fmt.Sprintf("needs %s, has %s", seconds(need), seconds(left))
		default:
			text += seconds(need) + " left"
		}
	}
	return text[:min(len(text), maxLine)]
}

// seconds writes a duration in whole seconds, rounded up.
func seconds(d time.Duration) string {
	return (max(0, d) + time.Second - 1).Truncate(time.Second).String()
}
