package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"check_dnsbl/internal/check"
	"check_dnsbl/internal/text"
)

const (
	showAfter = time.Second // a run that is over sooner needs no progress
	showEvery = 200 * time.Millisecond
	maxLine   = 79 // a line that the terminal breaks cannot be written over
)

// few is how many subjects there may be so that the progress shows the lists that are awaited. The
// lists of a large network are awaited until its end.
const few = 8

// A progress shows a person how far a run has come: one line that is overwritten, and erased at the
// end.
type progress struct {
	to       *os.File
	count    func() check.Progress
	start    time.Time
	deadline time.Time     // of the run
	end      func()        // safe to call twice
	shown    chan struct{} // closed when the line is erased
}

// showProgress starts to show on a terminal how far a run has come, unless terminal is nil.
func showProgress(
	ctx context.Context, terminal *os.File, count func() check.Progress,
) *progress {
	p := &progress{to: terminal, count: count, start: time.Now(), shown: make(chan struct{})}
	p.deadline, _ = ctx.Deadline()
	ended := make(chan struct{})
	p.end = sync.OnceFunc(func() { close(ended) })
	if terminal == nil {
		close(p.shown)
		return p
	}
	go func() {
		defer close(p.shown)
		p.show(ended)
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

// line returns how far the run has come, and how long the rest may take.
func (p *progress) line(now time.Time) string {
	c, left := p.count(), p.deadline.Sub(now)
	what, names := "", []string(nil)
	switch {
	case len(c.LookUps) > 0:
		what, names = "looking up", c.LookUps
	case c.Subjects > few:
		what = checkedLine(&c, now.Sub(p.start), left)
	case len(c.Waiting) > 0:
		what = fmt.Sprintf("awaiting %d of %d lists, %s left:",
			len(c.Waiting), c.Lists, text.Duration(left))
		names = c.Waiting
	case c.Servers > 0:
		what = fmt.Sprintf("looking up reverse DNS, %d to go", c.Servers)
	default:
		what = "finishing"
	}
	if len(names) > 0 {
		what += " " + text.Join(names, maxLine-len(what)-1)
	}
	return what[:min(len(what), maxLine)]
}

// checkedLine returns how many of many subjects are checked, how fast, and how long the rest will
// take, or would take if there were time.
func checkedLine(c *check.Progress, took, left time.Duration) string {
	line := fmt.Sprintf("checked %d of %d, %d listed", c.Done, c.Subjects, c.Listed)
	if c.Done == 0 {
		return line
	}
	rate := float64(c.Done) / took.Seconds()
	need := time.Duration(float64(c.Subjects-c.Done) / rate * float64(time.Second))
	line += fmt.Sprintf(", %.0f/s, ", rate)
	if need > left {
		return line + fmt.Sprintf("needs %s, has %s", text.Duration(need), text.Duration(left))
	}
	return line + text.Duration(need) + " left"
}
