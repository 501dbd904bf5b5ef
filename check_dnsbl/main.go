// Command check_dnsbl is a Nagios and Icinga plugin: it asks DNS blocklists about a mail server's addresses and domains,
// in parallel, and proves each answer before it believes it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// version is set by -ldflags "-X main.version=..." for releases.
var version string

func main() {
	os.Exit(int(run(context.Background(), os.Args[1:], os.Stdout)))
}

// run makes one check as the arguments say and returns the state to exit with.
func run(ctx context.Context, args []string, stdout io.Writer) (state nagiosplugin.Status) {
	start := time.Now()
	defer func() {
		if reason := recover(); reason != nil {
			state = report.Fail(stdout, catalog.Mask(fmt.Sprintf("internal error: %v", reason)))
		}
	}()
	opts, err := parseOptions(args)
	if err != nil {
		return report.Fail(stdout, catalog.Mask(err.Error()))
	}
	if opts.page != "" {
		fmt.Fprint(stdout, opts.page)
		return nagiosplugin.UNKNOWN
	}
	// Monitors end a plugin that takes too long by SIGTERM, and read what it still has to say.
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithDeadline(ctx, start.Add(opts.timeout))
	defer cancel()

	found := target.Resolve(ctx, &opts.client, opts.targets, opts.private)
	subjects, notes := carried(found.Subjects, opts.lists)
	switch {
	case len(found.Subjects) == 0:
		return report.Fail(stdout, found.Gaps[0])
	case len(subjects) == 0:
		return report.Fail(stdout, notes[0])
	}
	tallies, gaps := survey(ctx, &opts, subjects)
	v := verdict.Judge(tallies, append(found.Gaps, gaps...), opts.rules)
	_ = report.Nagios(stdout, v, report.Run{ // a monitor that has gone away cannot be told so
		Took:      time.Since(start),
		Timeout:   opts.timeout,
		Notes:     slices.Concat(opts.notes, notes, runNotes(ctx, subjects)),
		Verbose:   opts.verbose,
		Unlimited: isTerminal(stdout),
	})
	return v.State
}

// batch is how many subjects are in memory with all that was asked about them.
const batch = 256

// survey asks about the subjects, batch by batch, and counts what comes back. What is left over is a gap: at the
// deadline, or if a whole batch went by without one verdict.
func survey(ctx context.Context, opts *options, subjects []dnsbl.Subject) (tallies []verdict.Tally, gaps []string) {
	run := opts.client.Survey(opts.lists)
	for done := 0; done < len(subjects); done += batch {
		left := fmt.Sprintf("%d of %d addresses", len(subjects)-done, len(subjects))
		if done > 0 && ctx.Err() != nil {
			return tallies, []string{"no time was left for " + left + ": raise -t, or check smaller networks"}
		}
		if done > 0 && !slices.ContainsFunc(tallies[max(0, len(tallies)-batch):], func(t verdict.Tally) bool { return t.Heard() > 0 }) {
			return tallies, []string{"gave up on " + left + ", as no list gave a verdict"}
		}
		findings := run.Ask(ctx, subjects[done:min(done+batch, len(subjects))])
		tallies = append(tallies, verdict.Count(findings, opts.rules, opts.verbose > 0)...)
	}
	return tallies, nil
}

// runNotes are the lines of the long output on how the run went.
func runNotes(ctx context.Context, subjects []dnsbl.Subject) []string {
	var lines []string
	if errors.Is(ctx.Err(), context.Canceled) {
		lines = append(lines, "interrupted: what had no answer by then counts as failed")
	}
	if slices.ContainsFunc(subjects, func(s dnsbl.Subject) bool { return s.Addr == netip.AddrFrom4([4]byte{127, 0, 0, 1}) }) {
		lines = append(lines, "127.0.0.1 is the address that no list may carry: name the one that the Internet sees")
	}
	return lines
}

// carried returns the subjects that some list may carry. Notes name the others, one for each kind, and the lists that the
// user named in vain.
func carried(subjects []dnsbl.Subject, lists []dnsbl.List) (asked []dnsbl.Subject, notes []string) {
	var carried, wanted, told dnsbl.Subjects
	for i := range lists {
		carried |= lists[i].Subjects
	}
	for _, s := range subjects {
		wanted |= s.Kind()
		switch {
		case carried&s.Kind() != 0:
			asked = append(asked, s)
		case told&s.Kind() == 0:
			told |= s.Kind()
			notes = append(notes, fmt.Sprintf("not checked: %s, as none of the lists carries %s", s, carries(s.Kind())))
		}
	}
	for _, l := range lists {
		if len(l.Choices) > 0 && l.Subjects&wanted == 0 {
			notes = append(notes, fmt.Sprintf("not asked: %s, which carries %s only", l.Zone, carries(l.Subjects)))
		}
	}
	return asked, notes
}

// carries names kinds of subjects.
func carries(kinds dnsbl.Subjects) string {
	var words []string
	for _, kind := range []struct {
		bit  dnsbl.Subjects
		word string
	}{{dnsbl.IPv4, "IPv4 addresses"}, {dnsbl.IPv6, "IPv6 addresses"}, {dnsbl.Domain, "domains"}} {
		if kinds&kind.bit != 0 {
			words = append(words, kind.word)
		}
	}
	return strings.Join(words, " and ")
}

// isTerminal says whether a person reads along, not a monitor.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// buildVersion is the version that was set, or what the Go tools know of the build.
func buildVersion() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "built from " + s.Value[:min(12, len(s.Value))]
		}
	}
	return info.Main.Version
}
