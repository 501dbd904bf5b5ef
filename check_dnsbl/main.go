// Command check_dnsbl is a Nagios and Icinga plugin. It queries DNS blocklists about a mail
// server's addresses and domains in parallel, and proves each verdict before it reports it.
//
// The walk through the program starts at run: command line (flags.go) → ready values (config.go)
// → one run (package check) → text and exit status (output.go, package report).
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"check_dnsbl/internal/check"
	"check_dnsbl/internal/report"

	"github.com/olorin/nagiosplugin"
)

// version is set by -ldflags "-X main.version=..." for releases.
var version string

func main() {
	os.Exit(int(run(context.Background(), os.Args[1:], os.Environ(), systemConsole())))
}

// run runs the plugin and returns its exit status. Standard input is read only for --bounce -.
func run(ctx context.Context, args, environ []string, c console) (state nagiosplugin.Status) {
	began := time.Now()
	line, err := readCommandLine(args, environ)
	out := newPrinter(c.out, args, &line, environ)
	defer out.close()
	defer func() {
		if reason := recover(); reason != nil {
			state = out.fail(fmt.Errorf("internal error: %v", reason))
		}
	}()
	if err != nil {
		return out.fail(err)
	}
	cfg, err := parseCommandLine(&line, environ)
	if err != nil {
		return out.fail(err)
	}
	if cfg.page != "" {
		return out.page(cfg.page)
	}
	// Monitors end a plugin that takes too long by SIGTERM, and read what it still has to say.
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A reader that is gone must not cost the exit status.
	signal.Ignore(syscall.SIGPIPE)

	if err := cfg.useSystemResolvers(); err != nil {
		return out.fail(err)
	}
	if cfg.bounce.path != "" {
		if err := cfg.readBounce(ctx, &c); err != nil {
			return out.fail(line.explain(err))
		}
		if c.keyboard { // pasting takes a person some time
			began = time.Now()
		}
	}
	if err := cfg.complete(); err != nil {
		return out.fail(line.explain(suggestBounce(err)))
	}
	ctx, cancel := context.WithDeadline(ctx, began.Add(cfg.plan.Timeout))
	defer cancel()
	out.giveUpAfter(ctx)
	cfg.plan.Mask = *out.mask
	info := report.Run{Began: began, Timeout: cfg.plan.Timeout, Verbose: cfg.verbose,
		Warnings: line.leaks(), Mask: out.mask.Hide}
	c.describe(&info, environ)
	if cfg.selfTest {
		return selfTest(ctx, &cfg, out, info)
	}
	return checkTargets(ctx, &cfg, out, info, c.progress)
}

// selfTest tests the lists themselves and prints how they are.
func selfTest(ctx context.Context, cfg *config, out *printer, info report.Run) nagiosplugin.Status {
	health, notes := check.New(cfg.plan).SelfTest(ctx)
	info.Took = time.Since(info.Began)
	info.Notes = append(cfg.notes, notes...)
	out.health(&health, info)
	return health.State
}

// checkTargets checks the targets, shows its progress on terminal unless that is nil, and prints
// the verdict.
func checkTargets(
	ctx context.Context, cfg *config, out *printer, info report.Run, terminal *os.File,
) nagiosplugin.Status {
	r := check.New(cfg.plan)
	progress := showProgress(ctx, terminal, r.Progress)
	defer progress.stop()
	outcome, err := r.Check(ctx, out.subjects(cfg.plan.Rules, info.Began))
	progress.stop()
	if err != nil {
		return out.fail(err)
	}
	info.Took, info.Queries = time.Since(info.Began), outcome.Queries
	info.Bounce = cfg.bounceLines(&outcome.Verdict)
	info.Notes = append(cfg.notes, outcome.Notes...)
	out.verdict(&outcome.Verdict, info)
	return outcome.Verdict.State
}

// programName returns the name and version of the program.
func programName() string { return "check_dnsbl " + buildVersion() }

// buildVersion returns the version that was set, or what the Go tools know of the build.
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
