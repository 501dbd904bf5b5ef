package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/verdict"

	"github.com/spf13/pflag"
)

// readBounce reads the bounce that --bounce names. The address that was rejected is the target, unless one is named; lists that are named
// in it are asked first. What it names more than is checked is a gap.
func (o *options) readBounce(run func() context.Context, t *typed, flags *pflag.FlagSet, stdin io.Reader) error {
	if !flags.Changed("bounce") || t.test {
		return nil
	}
	path := t.bounces[0]
	if path == "" {
		return errors.New("--bounce: want a file, or - for standard input")
	}
	if len(t.bounces) > 1 {
		return errors.New("--bounce: one bounce at a time: name one file, or put them into one")
	}
	b, err := o.awaitBounce(run(), path, stdin)
	if err != nil {
		return fmt.Errorf("--bounce: %w", err)
	}
	for _, zone := range b.Zones {
		if l, _ := catalog.Find(zone); l.Status != dnsbl.Retired && (l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy) {
			o.named = append(o.named, zone)
		}
	}
	named := len(t.hosts)+flags.NArg() > 0
	o.gaps = report.BounceGaps(&b, named)
	if !named {
		for _, addr := range b.Rejected {
			t.hosts = append(t.hosts, addr.String())
		}
	}
	if !named && len(t.hosts) == 0 {
		return report.BounceError(path, &b, o.named)
	}
	o.bounce = report.BounceLine(&b, named)
	return nil
}

// awaitBounce reads a bounce until the time of the run is over. Who types it has all the time that takes: the run begins after it.
func (o *options) awaitBounce(run context.Context, path string, stdin io.Reader) (bounce.Bounce, error) {
	typing, ok := stdin.(*typist)
	o.pasted = ok && path == "-" && terminalOf(typing.from) != nil
	var over <-chan time.Time
	if !o.pasted {
		over = time.After(o.timeout)
	}
	type read struct {
		b   bounce.Bounce
		err error
	}
	done := make(chan read, 1)
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				done <- read{err: fmt.Errorf("internal error: %v", reason)}
			}
		}()
		b, err := openBounce(path, stdin)
		done <- read{b, err}
	}()
	select {
	case r := <-done:
		return r.b, r.err
	case <-run.Done():
		return bounce.Bounce{}, cannotRead(inputName(path), errors.New("interrupted before its end"))
	case <-over:
		return bounce.Bounce{}, cannotRead(inputName(path), fmt.Errorf("it has not ended within %v (-t): close it, or name a file", o.timeout))
	}
}

// inputName names what a bounce comes from.
func inputName(path string) string {
	if path == "-" {
		return "standard input"
	}
	return path
}

// openBounce reads the bounce that is in a file, or comes from standard input.
func openBounce(path string, stdin io.Reader) (bounce.Bounce, error) {
	from := stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return bounce.Bounce{}, cannotRead(path, err)
		}
		defer file.Close()
		from = file
	}
	b, err := bounce.Read(from, catalog.All())
	if err != nil {
		return b, cannotRead(inputName(path), err)
	}
	return b, nil
}

// cannotRead says why a bounce cannot be read.
func cannotRead(name string, err error) error {
	if at := new(fs.PathError); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("cannot read %s: %w", name, err)
}

// askFirst puts lists before all others, and adds those that would not be asked else, as -l does.
func (o *options) askFirst(zones []string) error {
	for i, zone := range zones {
		zones[i] = o.canonical(zone)
		if o.list(zones[i]) == nil {
			if err := o.addNamed(zone); err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(o.lists, func(a, b dnsbl.List) int { return place(zones, a.Zone) - place(zones, b.Zone) })
	return nil
}

// bounceLines returns the lines on the bounce, if there is one.
func (o *options) bounceLines(v *verdict.Verdict) []string {
	if o.bounce == "" {
		return nil
	}
	var named []report.NamedList
	for _, zone := range o.named {
		l := o.list(zone)
		named = append(named, report.NamedList{Zone: zone, List: l, Excluded: l == nil && !o.isUnasked(zone)})
	}
	return report.BounceLines(o.bounce, named, v)
}

// afterBounce returns an error with what was read of a bounce before.
func (o *options) afterBounce(err error) error {
	if o.bounce == "" {
		return err
	}
	return fmt.Errorf("%s; %w", o.bounce, err)
}

// isUnasked says whether a zone is one that cannot be asked, of which the notes say why.
func (o *options) isUnasked(zone string) bool {
	return slices.ContainsFunc(o.unasked, func(u unasked) bool { return u.zone == zone })
}

// place returns where a zone stands in a list of them; behind them all if it does not.
func place(zones []string, zone string) int {
	if i := slices.Index(zones, zone); i >= 0 {
		return i
	}
	return len(zones)
}

// A typist is standard input. Who types there is told how to end it.
type typist struct {
	from, to *os.File
	told     bool
}

// Read implements io.Reader.
func (t *typist) Read(p []byte) (int, error) {
	if !t.told && terminalOf(t.from) != nil && terminalOf(t.to) != nil {
		fmt.Fprintln(t.to, "Paste the bounce, then press Enter and Ctrl-D.")
	}
	t.told = true
	return t.from.Read(p)
}
