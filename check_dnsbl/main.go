// Command check_dnsbl is a Nagios and Icinga plugin: it asks DNS blocklists about a mail server's addresses and domains,
// in parallel, and proves each answer before it believes it.
package main

import (
	"cmp"
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
	"check_dnsbl/internal/lookup"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/target"

	"github.com/olorin/nagiosplugin"
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
	stdout, json := newKeyMask(to, args, environ), asksJSON(args)
	defer func() {
		if reason := recover(); reason != nil {
			state = fail(stdout, json, stdout.mask(fmt.Sprintf("internal error: %v", reason)))
		}
	}()
	line, err := readCommandLine(args, environ)
	if err != nil {
		return fail(stdout, json, stdout.mask(err.Error()))
	}
	stdout.learn(line.all())
	json = asksJSON(line.all())
	opts, err := parseOptions(&line, environ, stdin)
	if opts.output != "" {
		json = opts.output == asJSON
	}
	if err != nil {
		return fail(stdout, json, stdout.mask(err.Error()))
	}
	if opts.page != "" {
		fmt.Fprint(stdout, opts.page)
		return nagiosplugin.UNKNOWN
	}
	if len(opts.bounce) > 0 {
		start = time.Now() // it may have been typed
	}
	// Monitors end a plugin that takes too long by SIGTERM, and read what it still has to say.
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	interrupted := ctx.Done()
	signal.Ignore(syscall.SIGPIPE) // who does not read on shall still have the exit status
	ctx, cancel := context.WithDeadline(ctx, start.Add(opts.timeout))
	defer cancel()

	told := opts.reader(stdout, environ)
	told.Began = start
	if opts.test {
		return testLists(ctx, &opts, told, stdout)
	}
	out := &backlog{to: stdout}
	defer out.finish(interrupted)
	return checkTargets(ctx, &opts, told, out, stderr)
}

// checkTargets makes the check of a run that began when told says.
func checkTargets(ctx context.Context, opts *options, told report.Run, to *backlog, stderr *os.File) (state nagiosplugin.Status) {
	json := opts.output == asJSON
	found := find(ctx, opts)
	if found.Count == 0 {
		return fail(to, json, strings.Join(found.Gaps, "; "))
	}
	servers, unseen, err := opts.servers(&found)
	if err != nil {
		return fail(to, json, err.Error())
	}
	run := opts.client.Survey(opts.lists)
	if why := opts.tooSlow(run, &found, opts.timeout-time.Since(told.Began)); why != "" {
		return fail(to, json, why)
	}
	presence := lookUp(ctx, &opts.client, servers)
	results := opts.journal(to, told.Began)
	defer func() {
		if reason := recover(); reason != nil {
			state = results.breakOff(reason)
		}
	}()
	v := watched(ctx, run, opts, found, results, stderr)
	v.Present(presence())
	told.Took, told.Questions = time.Since(told.Began), run.Questions()
	told.Read, told.Warnings = append(opts.bounce, opts.afterwards(&v)...), opts.leaks
	told.Notes = slices.Concat(opts.notes, found.Notes, unseen, runNotes(ctx, run), opts.slowed(run))
	opts.print(to, &v, results, told)
	return v.State
}

// find returns the subjects that the targets stand for, without those that none of the lists carries. Looking up hosts may
// take half of the time; the other half is for the lists.
func find(ctx context.Context, opts *options) target.Found {
	ctx, cancel := context.WithTimeout(ctx, opts.timeout/2)
	defer cancel()
	found := target.Resolve(ctx, &opts.client, opts.targets, opts.private)
	for _, lines := range [][]string{found.Gaps, found.Notes} {
		for i, line := range lines {
			lines[i] = catalog.Mask(line)
		}
	}
	var carried dnsbl.Subjects
	for i := range opts.lists {
		carried |= opts.lists[i].Subjects
	}
	wanted := found.Kinds
	gaps, notes := orphaned(found.Keep(carried))
	found.Gaps, found.Notes = append(found.Gaps, gaps...), append(found.Notes, notes...)
	if found.Count == 0 {
		found.Gaps = append(found.Gaps, found.Notes...)
	}
	if found.Has(netip.AddrFrom4([4]byte{127, 0, 0, 1})) {
		found.Notes = append(found.Notes, "127.0.0.1 is the address that no list may carry: name the one that the Internet sees")
	}
	var others []unasked
	for _, l := range opts.lists {
		if kinds := carries(l.Subjects); len(l.Choices) > 0 && l.Subjects&wanted == 0 {
			others = append(others, unasked{l.Zone, "which carries " + kinds + " only", "carry " + kinds + " only"})
		}
	}
	found.Notes = append(found.Notes, unaskedNotes(others, opts.verbose > 0)...)
	return found
}

// orphaned says what is carried by no list: a gap if the user named it herself, a note if it was found through a name.
func orphaned(parts []target.Part) (gaps, notes []string) {
	type orphan struct {
		kind dnsbl.Subjects
		host string
	}
	names := map[orphan][]string{}
	var order []orphan
	for _, p := range parts {
		o := orphan{p.Kind(), p.Host}
		if names[o] == nil {
			order = append(order, o)
		}
		names[o] = append(names[o], p.String())
	}
	slices.SortStableFunc(order, func(a, b orphan) int { return cmp.Compare(a.kind, b.kind) })
	for _, o := range order {
		some := target.SomeOf(names[o])
		if o.host == "" {
			gaps = append(gaps, fmt.Sprintf("nobody to ask about %s: none of the lists carries %s", some, carries(o.kind)))
		} else {
			notes = append(notes, fmt.Sprintf("not checked: %s of %s, as none of the lists carries %s", some, o.host, carries(o.kind)))
		}
	}
	return gaps, notes
}

// runNotes are the lines of the long output on how the run went.
func runNotes(ctx context.Context, run *lookup.Survey) []string {
	var lines []string
	for _, resolver := range run.Deaf() {
		lines = append(lines, fmt.Sprintf("the resolver %s has no answer to anything, only the next one has: mend it, or take it out of /etc/resolv.conf or --resolver", resolver))
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		lines = append(lines, "interrupted: what had no answer by then counts as failed")
	}
	return lines
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
