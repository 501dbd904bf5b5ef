// Command check_dnsbl is a Nagios and Icinga plugin: it asks DNS blocklists about a mail server's addresses and domains,
// in parallel, and proves each answer before it believes it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
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
	findings := opts.client.Survey(ctx, opts.lists, found.Subjects)
	if len(findings) == 0 {
		return report.Fail(stdout, nothingAsked(found, opts.lists))
	}
	v := verdict.Judge(findings, found.Gaps, opts.rules)
	_ = report.Nagios(stdout, v, report.Run{ // a monitor that has gone away cannot be told so
		Took:      time.Since(start),
		Timeout:   opts.timeout,
		Notes:     append(opts.notes, unasked(found.Subjects, opts.lists)...),
		Verbose:   opts.verbose,
		Unlimited: isTerminal(stdout),
	})
	return v.State
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
			notes = append(notes, fmt.Sprintf("not checked: %s, as none of the lists carries %s", s, kindWords[s.Kind()]))
		}
	}
	for _, l := range lists {
		if len(l.Choices) > 0 && l.Subjects&wanted == 0 {
			notes = append(notes, fmt.Sprintf("not asked: %s, which carries nothing of what is checked", l.Zone))
		}
	}
	return notes
}

var kindWords = map[dnsbl.Subjects]string{dnsbl.IPv4: "IPv4 addresses", dnsbl.IPv6: "IPv6 addresses", dnsbl.Domain: "domains"}

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
