// Command check_dnsbl is a Nagios and Icinga plugin: it asks DNS blocklists about a mail server's addresses and domains,
// in parallel, and proves each answer before it believes it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/olorin/nagiosplugin"

	"check_dnsbl/internal/report"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/survey"
)

// version is set by -ldflags "-X main.version=..." for releases.
var version string

func main() {
	os.Exit(int(check(context.Background(), os.Args[1:], os.Environ(), &typist{from: os.Stdin, to: os.Stderr}, os.Stdout, os.Stderr)))
}

// check makes one check as the arguments and the environment say and returns the state to exit with. Only --bounce - reads stdin. If
// stderr is a terminal, its progress is shown there.
func check(ctx context.Context, args, environ []string, stdin io.Reader, to io.Writer, stderr *os.File) (state nagiosplugin.Status) {
	start := time.Now()
	mask, json := secret.NewMask(args, environ), asksJSON(args)
	stdout := mask.Writer(to)
	defer func() {
		if reason := recover(); reason != nil {
			state = fail(stdout, json, mask.Message(fmt.Sprintf("internal error: %v", reason)))
		}
	}()
	line, err := readCommandLine(args, environ)
	mask.Learn(line.all())
	if err != nil {
		return fail(stdout, json, mask.Message(err.Error()))
	}
	json = asksJSON(line.all())
	stop := func() {}
	defer func() { stop() }()
	interruptible := sync.OnceValue(func() (run context.Context) { // which takes time that -V has no use for
		// Monitors end a plugin that takes too long by SIGTERM, and read what it still has to say.
		run, stop = signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
		return run
	})
	opts, err := parseOptions(interruptible, &line, environ, stdin)
	if opts.output != "" {
		json = opts.output == asJSON
	}
	if err != nil {
		return fail(stdout, json, mask.Message(err.Error()))
	}
	if opts.page != "" {
		fmt.Fprint(stdout, opts.page)
		return nagiosplugin.UNKNOWN
	}
	if opts.pasted {
		start = time.Now()
	}
	run := interruptible()
	signal.Ignore(syscall.SIGPIPE) // who does not read on shall still have the exit status
	ctx, cancel := context.WithDeadline(run, start.Add(opts.timeout))
	defer cancel()

	told := opts.reader(to, environ)
	told.Began, told.Mask = start, mask.Hide
	opts.mask = mask
	if opts.test {
		return testLists(ctx, &opts, told, stdout)
	}
	out := &backlog{to: stdout}
	defer out.finish(run)
	return checkTargets(ctx, &opts, told, out, stderr)
}

// checkTargets makes the check of a run that began when told says.
func checkTargets(ctx context.Context, opts *options, told report.Run, to *backlog, stderr *os.File) (state nagiosplugin.Status) {
	json := opts.output == asJSON
	found := find(ctx, opts)
	if found.Count == 0 {
		return fail(to, json, opts.mask.Message(strings.Join(found.Gaps, "; ")))
	}
	servers, unseen, err := opts.servers(&found)
	if err != nil {
		return fail(to, json, opts.mask.Message(err.Error()))
	}
	run := survey.New(&opts.client, opts.lists)
	if why := opts.tooSlow(run, &found, opts.timeout-time.Since(told.Began)); why != "" {
		return fail(to, json, opts.mask.Message(why))
	}
	presence := lookUp(ctx, &opts.client, servers)
	results := opts.journal(to, told.Began)
	defer func() {
		if reason := recover(); reason != nil {
			state = results.breakOff(reason)
		}
	}()
	v := watched(ctx, run, opts, found, results, stderr)
	v.AddReverseDNS(presence())
	told.Took, told.Queries = time.Since(told.Began), run.Questions()
	told.Bounce, told.Warnings = opts.bounceLines(&v), opts.leaks
	told.Notes = slices.Concat(opts.notes, found.Notes, unseen, runNotes(ctx, run), opts.slowed(run))
	opts.print(to, &v, results, told)
	return v.State
}

// runNotes are the lines of the long output on how the run went.
func runNotes(ctx context.Context, run *survey.Survey) []string {
	var lines []string
	for _, resolver := range run.Deaf() {
		lines = append(lines, fmt.Sprintf("the resolver %s has no answer about any list, only the next one has: mend it, or take it out of /etc/resolv.conf or --resolver", resolver))
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		lines = append(lines, "interrupted: what had no answer by then counts as failed")
	}
	return lines
}

// programName is the name and version of the program.
func programName() string { return "check_dnsbl " + buildVersion() }

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
