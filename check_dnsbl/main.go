// Command check_dnsbl is a Nagios and Icinga plugin. It queries DNS blocklists about a mail
// server's addresses and domains in parallel, and proves each verdict before it reports it.
//
// Start reading at run: command line (package options) → ready values (config.go) → one run
// (package check) → text and exit status (package report).
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/check"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/options"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/secret"

	"github.com/olorin/nagiosplugin"
)

func main() {
	// If the reader of our output is gone, SIGPIPE must not replace the exit status.
	signal.Ignore(syscall.SIGPIPE)
	os.Exit(int(run(context.Background(), os.Args[1:], os.Environ(), systemConsole())))
}

// run runs the plugin and returns its exit status. Standard input is read only for --bounce -.
func run(ctx context.Context, args, environ []string, c console) (state nagiosplugin.Status) {
	began := time.Now()
	line, typed, err := readLine(args, environ)
	if page := shortPage(&typed, c.now); err == nil && page != "" {
		return c.show(page)
	}
	// A monitor ends a plugin that takes too long by SIGTERM, and reads what it prints then.
	ctx, stop := signal.NotifyContext(ctx, endings()...)
	defer stop()
	// Every error is printed in the format that the user wants and with the user's keys masked.
	mask := secret.NewMask(args, environ)
	mask.Learn(line.All())
	out := report.NewPrinter(ctx, c.out, mask, options.Format(line.All()), programName)
	defer func() {
		if err := out.Close(); err != nil { // a verdict that is not written does not count
			state = nagiosplugin.UNKNOWN
			c.complain(err)
		}
	}()
	defer func() {
		if reason := recover(); reason != nil {
			state = out.Fail(fmt.Errorf("internal error: %v", reason))
		}
	}()
	if err != nil {
		return out.Fail(err)
	}
	// Turn the options into values. No I/O: --catalog stops here.
	cfg, err := newConfig(typed, environ, c.now)
	if err != nil {
		return out.Fail(line.Explain(err))
	}
	if cfg.page != "" {
		return out.Page(cfg.page)
	}
	cfg.plan.Mask = *mask
	cfg.warnings = dnsbl.Notes(dnsbl.KeyExposed, line.ExposedKeys()...)
	if err := cfg.readInputs(ctx, &c); err != nil {
		return out.Fail(line.Explain(err))
	}
	// -t counts from program start, but for a bounce typed at the keyboard from the end of the
	// typing.
	if cfg.bouncePath == "-" && c.keyboard {
		began = time.Now()
	}
	deadline := began.Add(cfg.plan.Timeout)
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	out.GiveUpAt(deadline)
	info := c.info(environ)
	info.Began, info.Timeout, info.Verbose = began, cfg.plan.Timeout, cfg.verbose
	info.Warnings = cfg.warnings
	if cfg.selfTest {
		info.Notes = dnsbl.Notes(dnsbl.CatalogDate, catalogDate(c.now))
		return selfTest(ctx, &cfg, out, info, c.progress)
	}
	return checkTargets(ctx, &cfg, out, info, c.progress)
}

// readLine reads the command line. With an error, line has the option files that were read before.
// A panic is an error too: a program that it ends exits with 2, which is CRITICAL.
func readLine(args, environ []string) (line options.CommandLine, t options.Typed, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("internal error: %v", reason)
		}
	}()
	if line, err = options.Read(args, environ); err == nil {
		t, err = line.Parse()
	}
	return line, t, err
}

// shortPage returns the help or the version, "" if neither is asked for. It is printed even if
// other options have wrong values, before run starts anything that only checks need.
func shortPage(t *options.Typed, now time.Time) string {
	switch {
	case t.Help:
		return options.Page().Help(programName())
	case t.Version:
		return versionPage(now)
	}
	return ""
}

// endings returns the signals that end a run early, without those that the parent has set to be
// ignored: nohup does so with SIGHUP.
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	return slices.DeleteFunc(all, signal.Ignored)
}

// readInputs reads the files that the options refer to: resolv.conf, and a bounce, which may name
// lists and targets. After that the config is complete.
func (c *config) readInputs(ctx context.Context, from *console) error {
	if err := c.useSystemResolvers(); err != nil {
		return err
	}
	if c.bouncePath != "" {
		if err := c.readBounce(ctx, from); err != nil {
			return err
		}
	}
	return suggestBounce(c.complete())
}

// selfTest tests the lists themselves and prints their state. It shows the progress on terminal,
// unless that is nil.
func selfTest(
	ctx context.Context, cfg *config, out *report.Printer, info report.Info, terminal *os.File,
) nagiosplugin.Status {
	r := check.New(cfg.plan)
	progress := showProgress(ctx, terminal, r.Progress)
	defer progress.stop()
	health, notes := r.SelfTest(ctx)
	progress.stop()
	info.Took = time.Since(info.Began)
	info.Notes = slices.Concat(cfg.notes, notes, info.Notes)
	info.CatalogDate = catalog.Date
	out.Health(&health, info)
	return health.State
}

// checkTargets checks the targets and prints the verdict, with the progress as in selfTest.
func checkTargets(
	ctx context.Context, cfg *config, out *report.Printer, info report.Info, terminal *os.File,
) nagiosplugin.Status {
	r := check.New(cfg.plan)
	progress := showProgress(ctx, terminal, r.Progress)
	defer progress.stop()
	outcome, err := r.Check(ctx, out.Subjects(cfg.plan.Rules, info.Began))
	progress.stop()
	if err != nil {
		return out.Fail(err)
	}
	info.Took, info.Queries = time.Since(info.Began), outcome.Queries
	info.Several, info.ReverseDNS = cfg.several(), cfg.plan.ReverseDNS
	info.Known = len(cfg.typed.Known) > 0
	cfg.bounce.Conclude(&cfg.plan.Selection, &outcome.Verdict)
	info.Bounce = cfg.bounce.Report
	info.Notes = append(cfg.notes, outcome.Notes...)
	out.Verdict(&outcome.Verdict, info)
	return outcome.Verdict.State
}
