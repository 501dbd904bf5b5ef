package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/verdict"
)

// ReadBounce reads the bounce in the file at path, or from stdin if path is "-". It returns when
// ctx ends, with the cause of ctx as its error: a pipe may never end, and a FIFO may not even open.
func ReadBounce(ctx context.Context, path string, stdin io.Reader) (bounce.Bounce, error) {
	type result struct {
		b   bounce.Bounce
		err error
	}
	done := make(chan result, 1) // buffered, so that the goroutine can end after ctx
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				done <- result{err: fmt.Errorf("internal error: %v", reason)}
			}
		}()
		b, err := readBounce(path, stdin)
		done <- result{b, err}
	}()
	select {
	case r := <-done:
		return r.b, r.err
	case <-ctx.Done():
	}
	if interrupted(ctx) {
		return bounce.Bounce{}, unreadable(path, errors.New("interrupted before its end"))
	}
	return bounce.Bounce{}, unreadable(path, context.Cause(ctx))
}

func readBounce(path string, stdin io.Reader) (bounce.Bounce, error) {
	from := stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return bounce.Bounce{}, unreadable(path, err)
		}
		defer file.Close()
		from = file
	}
	b, err := bounce.Read(from, catalog.All())
	if err != nil {
		return b, unreadable(path, err)
	}
	return b, nil
}

// unreadable returns the error of a bounce that cannot be read. It names the file only once.
func unreadable(path string, err error) error {
	if path == "-" {
		path = "standard input"
	}
	if at := new(fs.PathError); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("cannot read %s: %w", path, err)
}

// A BounceInput is the part of a bounce that a plan uses.
type BounceInput struct {
	Report *report.Bounce // nil if there is no bounce
	Zones  []string       // the lists that it names and that can be queried; they are queried first
	Hosts  []string       // the addresses refused or complained about, unless the user names others
	Gaps   []dnsbl.Note   // what the bounce names and the run leaves out
}

// UseBounce returns the part of a bounce that a plan uses. Overridden means that the user named the
// targets.
func UseBounce(b *bounce.Bounce, overridden bool) (BounceInput, error) {
	in := BounceInput{
		Report: &report.Bounce{Read: b, Overridden: overridden},
		Gaps:   report.BounceGaps(b, overridden),
	}
	for _, zone := range b.Zones {
		if notQueried(zone) == "" {
			in.Zones = append(in.Zones, zone)
		}
	}
	if overridden {
		return in, nil
	}
	for _, addr := range slices.Concat(b.Rejected, b.Complained) {
		in.Hosts = append(in.Hosts, addr.String())
	}
	if len(in.Hosts) == 0 {
		return in, &report.BounceError{Read: b, Queried: in.Zones}
	}
	return in, nil
}

// notQueried returns why a list of the catalog is not one to query about an address that a receiver
// refused. It is "" for a block list that still exists.
func notQueried(zone string) string {
	switch l, _ := catalog.Find(zone); {
	case l.Status == dnsbl.Retired:
		return "retired"
	case l.Kind == dnsbl.Score:
		return "a score, not a list"
	case l.Kind == dnsbl.Allow:
		return "an allow list"
	}
	return ""
}

// Conclude adds to the report which of the lists that the bounce names were queried. A refusal
// because of a list that gives no verdict is a WARNING: the receiver knows more than the lists that
// were queried.
func (in *BounceInput) Conclude(s *catalog.Selection, v *verdict.Verdict) {
	if in.Report == nil {
		return
	}
	for _, zone := range in.Report.Read.Zones {
		zone = s.Canonical(zone)
		named := report.NamedList{Zone: zone, List: s.List(zone), NotQueried: notQueried(zone)}
		if s.Skips(zone) && named.NotQueried == "" {
			named.NotQueried = "requires a key"
			if !strings.Contains(zone, dnsbl.KeyMark) {
				named.NotQueried = "lists hashes"
			}
		}
		in.Report.Named = append(in.Report.Named, named)
	}
	if in.Report.Refuses(v) {
		v.Refuse()
	}
}
