package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"check_dnsbl/internal/check"
	"check_dnsbl/internal/target"
)

// readBounce reads the bounce. That may take as long as -t, unless a person types it.
func (c *config) readBounce(ctx context.Context, from *console) error {
	if c.bouncePath == "-" && from.keyboard {
		from.prompt()
	} else {
		endless := fmt.Errorf("it has not ended within %v (-t). Close it, or use --bounce FILE",
			c.plan.Timeout)
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, c.plan.Timeout, endless)
		defer cancel()
	}
	b, err := check.ReadBounce(ctx, c.bouncePath, from.in)
	if err != nil {
		return fmt.Errorf("--bounce: %w", err)
	}
	overridden := len(c.typed.Hosts)+len(c.typed.Args()) > 0
	c.bounce, err = check.UseBounce(&b, overridden)
	c.plan.Gaps = c.bounce.Gaps
	return err
}

// suggestBounce suggests --bounce in the error about a target that is the name of a file.
func suggestBounce(err error) error {
	var wrong *target.Error
	if !errors.As(err, &wrong) {
		return err
	}
	if info, failed := os.Stat(wrong.Text); failed == nil && info.Mode().IsRegular() {
		return fmt.Errorf("%w. To read a bounce, use --bounce %s", err, wrong.Text)
	}
	return err
}
