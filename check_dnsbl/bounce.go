package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/check"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/verdict"
)

// A bounceInput is the bounce that --bounce names, and what was read of it.
type bounceInput struct {
	path  string   // - for standard input, "" without --bounce
	line  string   // what was read, in one line; "" if nothing was
	zones []string // the lists it names that can be queried
}

// parseBounce reads --bounce.
func (c *config) parseBounce() error {
	if !c.flags.Changed("bounce") || c.selfTest {
		return nil
	}
	c.bounce.path = c.raw.bounces[0]
	switch {
	case c.bounce.path == "":
		return errors.New("--bounce: want a file, or - for standard input")
	case len(c.raw.bounces) > 1:
		return errors.New("--bounce: one bounce at a time: name one file, or put them into one")
	}
	return nil
}

// readBounce reads the bounce. A rejected address becomes the target, unless the user names one.
func (c *config) readBounce(ctx context.Context, from *console) error {
	path := c.bounce.path
	if path == "-" && from.keyboard { // a person has all the time that it takes
		from.prompt()
	} else {
		endless := fmt.Errorf("it has not ended within %v (-t): close it, or name a file", c.plan.Timeout)
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, c.plan.Timeout, endless)
		defer cancel()
	}
	b, err := check.ReadBounce(ctx, path, from.in)
	if err != nil {
		return fmt.Errorf("--bounce: %w", err)
	}
	return c.useBounce(&b)
}

// useBounce takes targets and lists from a bounce. What it names beyond that is a gap.
func (c *config) useBounce(b *bounce.Bounce) error {
	for _, zone := range b.Zones {
		l, _ := catalog.Find(zone)
		if l.Status != dnsbl.Retired && (l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy) {
			c.bounce.zones = append(c.bounce.zones, zone)
		}
	}
	named := len(c.raw.hosts)+c.flags.NArg() > 0
	c.plan.Gaps = report.BounceGaps(b, named)
	if !named {
		for _, addr := range b.Rejected {
			c.raw.hosts = append(c.raw.hosts, addr.String())
		}
		if len(c.raw.hosts) == 0 {
			return report.BounceError(c.bounce.path, b, c.bounce.zones)
		}
	}
	c.bounce.line = report.BounceLine(b, named)
	return nil
}

// afterBounce adds to an error what was read of a bounce before it.
func (c *config) afterBounce(err error) error {
	if c.bounce.line == "" {
		return err
	}
	return fmt.Errorf("%s; %w", c.bounce.line, err)
}

// bounceLines returns the lines on the bounce, if there is one.
func (c *config) bounceLines(v *verdict.Verdict) []string {
	if c.bounce.line == "" {
		return nil
	}
	var named []report.NamedList
	for _, zone := range c.bounce.zones {
		zone = c.plan.Selection.Canonical(zone)
		l := c.plan.Selection.List(zone)
		excluded := l == nil && !c.plan.Selection.Skips(zone)
		named = append(named, report.NamedList{Zone: zone, List: l, Excluded: excluded})
	}
	return report.BounceLines(c.bounce.line, named, v)
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
