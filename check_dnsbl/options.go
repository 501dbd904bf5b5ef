package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/suggest"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

// options is the command line, checked and ready to use.
type options struct {
	page    string // help, version or what is known of lists: print this, check nothing
	test    bool   // it is the lists that are to be checked
	fcrdns  bool   // it is also to be looked up how the addresses present themselves
	targets []target.Target
	private bool // only the user's own lists are asked: they may know addresses that the Internet does not see
	lists   []dnsbl.List
	bounce  string   // what was read of a bounce, in one line; "" without one
	pasted  bool     // a person typed the bounce: the run begins after it
	named   []string // zones of lists that the bounce names
	gaps    []string // what the bounce names and is not checked
	leaks   []string // warnings of files that show a key to everyone
	notes   []string // what else is to be said of the options
	unasked []unasked
	keys    catalog.Keys
	mask    *secret.Mask // of the keys
	rules   verdict.Rules
	client  resolver.Client
	timeout time.Duration
	verbose int
	output  string // nagios, table or json
}

// typed is the command line as it was typed.
type typed struct {
	hosts, lists, sets, excluded, untested, criticalOn, resolvers, keys, bounces []string
	fileKeys                                                                     []string // those of files
	warning, critical, maxFailed, direct, rate, timeout, output                  string
	verbose                                                                      int
	test, catalog, fcrdns, version, help                                         bool
}

// parseOptions checks the options of the command line and its files, the keys of the environment, and the bounce that they name, which is read until the
// context that run returns is over. Its errors are one clear line: what is wrong, and what is expected.
func parseOptions(run func() context.Context, line *commandLine, environ []string, stdin io.Reader) (options, error) {
	var t typed
	fs := flags(&t)
	if err := line.read(fs, &t); err != nil {
		return options{}, err
	}
	output, err := parseOutput(t.output)
	switch {
	case t.help:
		return options{page: page().Help()}, nil
	case t.version:
		return options{page: programName() + "\n"}, nil
	case err != nil:
		return options{}, line.explain(err)
	case t.catalog:
		text, err := catalogPage(fs, output)
		return options{page: text}, line.explain(err)
	}
	opts := options{output: output, verbose: t.verbose, fcrdns: t.fcrdns, leaks: line.leaks(), notes: unusedRBL(fs)}
	err = opts.check(run, &t, fs, environ, stdin)
	return opts, line.explain(err)
}

// check fills in what follows from what was typed.
func (o *options) check(run func() context.Context, t *typed, fs *pflag.FlagSet, environ []string, stdin io.Reader) error {
	var err error
	if o.timeout, err = parseSeconds(t.timeout); err != nil {
		return err
	}
	if o.client, err = chooseResolvers(t.resolvers); err != nil {
		return err
	}
	if o.client.Assumed {
		o.notes = append(o.notes, fmt.Sprintf("/etc/resolv.conf names no resolver: the one of this host was asked, %s", o.client.Resolvers[0]))
	}
	if o.client.Rate, err = parseRate(t.rate); err != nil {
		return err
	}
	if o.client.Direct, err = parseDirect(t.direct); err != nil {
		return err
	}
	if o.keys, err = secret.ParseKeys(t.keys, t.fileKeys, environ); err != nil {
		return err
	}
	if err = o.readBounce(run, t, fs, stdin); err != nil {
		return err
	}
	if err = o.chooseLists(t); err != nil {
		return o.afterBounce(err)
	}
	if o.rules, err = parseRules(t, fs.Changed("warning"), fs.Changed("critical") || t.test, o.lists); err != nil {
		return err
	}
	if o.rules.CriticalOn, err = o.parseCriticalOn(t.criticalOn); err != nil {
		return err
	}
	if t.test {
		return o.toTest(fs)
	}
	o.targets, err = parseTargets(append(t.hosts, fs.Args()...), o.private)
	return err
}

// toTest makes the options those of a --self-test: the thresholds are for unhealthy lists, and there is none for CRITICAL unless
// it is given.
func (o *options) toTest(fs *pflag.FlagSet) error {
	for _, name := range []string{"hostname", "host", "bounce", "critical-on", "max-failed", "fcrdns"} {
		if fs.Changed(name) {
			return fmt.Errorf("--self-test checks the lists themselves: leave out --%s", name)
		}
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("--self-test checks the lists themselves, which -l names: leave out %q", fs.Arg(0))
	}
	o.test = true
	if !fs.Changed("critical") {
		o.rules.Critical = verdict.Never()
	}
	return nil
}

// maxSeconds is a day.
const maxSeconds = 86400

func parseSeconds(s string) (time.Duration, error) {
	seconds, err := strconv.ParseFloat(s, 64)
	duration := time.Duration(seconds * float64(time.Second))
	if err != nil || !(seconds <= maxSeconds) || duration <= 0 { // NaN is not below
		return 0, fmt.Errorf("-t %q: want a number of seconds above 0 and at most %d, such as 10", s, maxSeconds)
	}
	return duration, nil
}

// chooseResolvers returns a client of the named resolvers, or of the system's.
func chooseResolvers(named []string) (resolver.Client, error) {
	if len(named) == 0 {
		return resolver.ReadResolvConf("/etc/resolv.conf")
	}
	client := resolver.Client{Named: true}
	for _, text := range named {
		addr, err := resolver.ParseResolver(text)
		if err != nil {
			return client, fmt.Errorf("--%w", err)
		}
		client.Resolvers = append(client.Resolvers, addr)
	}
	return client, nil
}

func parseDirect(s string) (resolver.Direct, error) {
	switch strings.ToLower(s) {
	case "auto":
		return resolver.Auto, nil
	case "always":
		return resolver.Always, nil
	case "never":
		return resolver.Never, nil
	}
	near := meant(s, []string{"auto", "always", "never"})
	return resolver.Never, fmt.Errorf("--direct %q: want auto, always or never%s", s, suggest.DidYouMean(near))
}

func parseOutput(s string) (string, error) {
	forms := []string{forNagios, asTable, asJSON}
	form := strings.ToLower(s)
	if !slices.Contains(forms, form) {
		return "", fmt.Errorf("-o %q: want nagios, table or json%s", s, suggest.DidYouMean(meant(form, forms)))
	}
	return form, nil
}

// parseRules reads the thresholds. With -c only that is CRITICAL: a listing on a major list alone no longer is.
func parseRules(t *typed, warningGiven, criticalGiven bool, lists []dnsbl.List) (verdict.Rules, error) {
	rules := verdict.Default()
	var err error
	if rules.Warning, err = verdict.ParseThreshold(t.warning); err != nil {
		return rules, fmt.Errorf("-w: %w", err)
	}
	if rules.Critical, err = verdict.ParseThreshold(t.critical); err != nil {
		return rules, fmt.Errorf("-c: %w", err)
	}
	if warningGiven && !criticalGiven && rules.Warning.Plain > rules.Critical.Plain {
		return rules, fmt.Errorf("-w %s is above %s, which is CRITICAL without -c: give -c too", t.warning, t.critical)
	}
	rules.CriticalOnAbuse = !criticalGiven
	rules.Weighted = slices.ContainsFunc(lists, weighted)
	rules.MaxFailed, err = parsePercent(t.maxFailed)
	return rules, err
}

// weighted says whether the user gave a list a weight.
func weighted(l dnsbl.List) bool {
	return slices.ContainsFunc(l.Choices, func(c dnsbl.Choice) bool { return c.Weight != 1 })
}

func parsePercent(s string) (float64, error) {
	percent, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil || !(percent >= 0 && percent <= 100) { // NaN is neither
		return 0, fmt.Errorf("--max-failed %q: want a percentage from 0 to 100", s)
	}
	return percent, nil
}

// parseCriticalOn reads the lists whose listings are CRITICAL. An allow list cannot be one of them, nor a score.
func (o *options) parseCriticalOn(names []string) ([]string, error) {
	zones := make([]string, len(names))
	for i, name := range names {
		zones[i] = o.canonical(name)
		if zones[i] == verdict.OnMajor || retired(zones[i]) {
			continue
		}
		l := o.list(zones[i])
		if l == nil {
			near := cmp.Or(meant(zones[i], []string{verdict.OnMajor}), o.meantZone(zones[i]))
			return nil, fmt.Errorf("--critical-on %q: want major, or one of the lists that are asked%s", name, suggest.DidYouMean(near))
		}
		if l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score {
			return nil, fmt.Errorf("--critical-on %q: this is a list of kind %s, on which it is no harm to be", name, l.Kind)
		}
	}
	return zones, nil
}
