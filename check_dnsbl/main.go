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
	tallies, gaps := survey(ctx, &opts, found.Subjects)
	if len(tallies) == 0 {
		return report.Fail(stdout, nothingAsked(found, opts.lists))
	}
	v := verdict.Judge(tallies, append(found.Gaps, gaps...), opts.rules)
	_ = report.Nagios(stdout, v, report.Run{ // a monitor that has gone away cannot be told so
		Took:      time.Since(start),
		Timeout:   opts.timeout,
		Notes:     notes(ctx, &opts, found.Subjects),
		Verbose:   opts.verbose,
		Unlimited: isTerminal(stdout),
	})
	return v.State
}

// batch is how many subjects are in memory with all that was asked about them.
const batch = 256

// survey asks about the subjects, batch by batch, and counts what comes back. What the deadline leaves over is a gap.
func survey(ctx context.Context, opts *options, subjects []dnsbl.Subject) (tallies []verdict.Tally, gaps []string) {
	run := opts.client.Survey(opts.lists)
	for done := 0; done < len(subjects); done += batch {
		if done > 0 && ctx.Err() != nil {
			gap := fmt.Sprintf("no time was left for %d of %d addresses: raise -t, or check smaller networks", len(subjects)-done, len(subjects))
			return tallies, []string{gap}
		}
		findings := run.Ask(ctx, subjects[done:min(done+batch, len(subjects))])
		tallies = append(tallies, verdict.Count(findings, opts.rules, opts.verbose > 0)...)
	}
	return tallies, nil
}

// notes are the lines of the long output on what was asked and what was not.
func notes(ctx context.Context, opts *options, subjects []dnsbl.Subject) []string {
	lines := append(opts.notes, unasked(subjects, opts.lists)...)
	if ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		lines = append(lines, "interrupted: what had no answer by then counts as failed")
	}
	if slices.ContainsFunc(subjects, func(s dnsbl.Subject) bool { return s.Addr == netip.AddrFrom4([4]byte{127, 0, 0, 1}) }) {
		lines = append(lines, "127.0.0.1 is the address that no list may carry: name the one that the Internet sees")
	}
	return lines
}

// nothingAsked says why no list could be asked about anything.
func nothingAsked(found target.Found, lists []dnsbl.List) string {
	if len(found.Subjects) == 0 {
		return found.Gaps[0]
	}
	return unasked(found.Subjects, lists)[0]
}

// unasked names the subjects that none of the lists carries, one for each kind, and the lists that the user named in
// vain.
func unasked(subjects []dnsbl.Subject, lists []dnsbl.List) []string {
	var carried, wanted dnsbl.Subjects
	for i := range lists {
		carried |= lists[i].Subjects
	}
	var notes []string
	for _, s := range subjects {
		wanted |= s.Kind()
		if carried&s.Kind() == 0 {
			carried |= s.Kind() // said once
			notes = append(notes, fmt.Sprintf("not checked: %s, as none of the lists carries %s", s, carries(s.Kind())))
		}
	}
	for _, l := range lists {
		if len(l.Choices) > 0 && l.Subjects&wanted == 0 {
			notes = append(notes, fmt.Sprintf("not asked: %s, which carries %s only", l.Zone, carries(l.Subjects)))
		}
	}
	return notes
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
