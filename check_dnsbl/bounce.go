package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"check_dnsbl/internal/check"
)

// parseBounce reads --bounce. A self-test refuses it later on.
func (c *config) parseBounce() error {
	t := &c.typed
	if !t.Given("bounce") || c.selfTest {
		return nil
	}
	c.path = t.Bounces[0]
	switch {
	case c.path == "":
		return errors.New("--bounce: want a file, or - for standard input")
	case len(t.Bounces) > 1:
		return errors.New("--bounce: one bounce at a time: name one file, or put them into one")
	}
	return nil
}

// readBounce reads the bounce, within the time of the run unless a person types it.
func (c *config) readBounce(ctx context.Context, from *console) error {
	if c.path == "-" && from.keyboard {
		from.prompt()
	} else {
		endless := fmt.Errorf("it has not ended within %v (-t): close it, or name a file", c.plan.Timeout)
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, c.plan.Timeout, endless)
		defer cancel()
	}
	b, err := check.ReadBounce(ctx, c.path, from.in)
	if err != nil {
		return fmt.Errorf("--bounce: %w", err)
	}
	overridden := len(c.typed.Hosts)+len(c.typed.Args()) > 0
	c.bounce, err = check.UseBounce(&b, c.path, overridden)
	c.plan.Gaps = c.bounce.Gaps
	return err
}

// afterBounce adds to an error what was read of a bounce before it.
func (c *config) afterBounce(err error) error {
	if c.bounce.Line == "" {
		return err
	}
	return fmt.Errorf("%s; %w", c.bounce.Line, err)
}

// A wrongTarget is the error about a target.
type wrongTarget struct {
	text string // as typed
	err  error
}

func (w *wrongTarget) Error() string { return fmt.Sprintf("-H: %v", w.err) }

// suggestBounce adds to the error about a target that it is the name of a file, if it is.
func suggestBounce(err error) error {
	var wrong *wrongTarget
	if !errors.As(err, &wrong) {
		return err
	}
	if info, failed := os.Stat(wrong.text); failed == nil && info.Mode().IsRegular() {
		return fmt.Errorf("%w; to read it as a bounce: --bounce %s", err, wrong.text)
	}
	return err
}
