package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/check"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/options"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/suggest"
	"check_dnsbl/internal/survey"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

// A config is the command line as ready values.
type config struct {
	page     string // help, version or what is known of lists: print this, and check nothing
	selfTest bool
	verbose  int
	notes    []string // what is to be said of the options
	warnings []string // about keys that everyone on this host can read
	path     string   // of the bounce to read; - for standard input, "" for none
	bounce   check.BounceInput
	plan     check.Plan

	typed options.Typed // for complete
	keys  catalog.Keys
}

// newConfig turns the options into ready values, but for those that a bounce may change: see
// complete. It does no I/O, so that a wrong option is told before a bounce is read. Its errors are
// one line with what is wrong and what was expected. The age of the catalog is that at now.
func newConfig(t options.Typed, environ []string, now time.Time) (config, error) {
	c := config{typed: t, selfTest: t.SelfTest, verbose: t.Verbose, notes: t.Ignored()}
	format, err := parseFormat(t.Output)
	switch {
	case t.Help: // whatever else is wrong
		c.page = options.Page().Help()
		return c, nil
	case t.Version:
		c.page = versionPage(now)
		return c, nil
	case err != nil:
		return c, err
	case t.Catalog:
		c.page, err = catalogPage(&t, format)
		return c, err
	}
	return c, c.parse(environ)
}

// parse fills in what does not depend on a bounce. It stops at the first error: an admin mends one
// option at a time.
func (c *config) parse(environ []string) error {
	t := &c.typed
	c.plan.ReverseDNS, c.plan.KeepAll = t.FCrDNS, t.Verbose > 0
	var err error
	if c.plan.Timeout, err = parseSeconds(t.Timeout); err != nil {
		return err
	}
	if c.plan.Client, err = parseResolvers(t.Resolvers); err != nil {
		return err
	}
	if c.plan.Rate, err = parseRate(t.Rate); err != nil {
		return err
	}
	if c.plan.Direct, err = parseDirect(t.Direct); err != nil {
		return err
	}
	if c.keys, err = secret.ParseKeys(t.Keys, t.FileKeys, environ); err != nil {
		return err
	}
	return c.parseBounce()
}

// parseBounce reads --bounce. A self-test refuses it later on.
func (c *config) parseBounce() error {
	t := &c.typed
	if !t.Given("bounce") || c.selfTest {
		return nil
	}
	c.path = t.Bounces[0]
	switch {
	case c.path == "":
		return errors.New("--bounce: want a file, or - for standard input")
	case len(t.Bounces) > 1:
		return errors.New("--bounce: one bounce at a time: name one file, or put them into one")
	}
	return nil
}

// complete fills in the rest: lists, thresholds and targets. A bounce that was read puts lists
// first and names the targets.
func (c *config) complete() error {
	if err := c.chooseLists(); err != nil {
		if c.bounce.Line != "" {
			return fmt.Errorf("%s; %w", c.bounce.Line, err)
		}
		return err
	}
	if err := c.parseRules(); err != nil {
		return err
	}
	if c.selfTest {
		return c.refuseTargets()
	}
	var err error
	hosts := slices.Concat(c.typed.Hosts, c.bounce.Hosts, c.typed.Args())
	c.plan.Targets, err = parseTargets(hosts, &c.plan.Selection)
	return err
}

// chooseLists selects the lists to query, and notes what is to be said of the others.
func (c *config) chooseLists() error {
	t := &c.typed
	var err error
	c.plan.Selection, err = catalog.Select(catalog.Choice{
		Lists: t.Lists, Sets: t.Sets, NoTest: t.NoTest, Excluded: t.Excluded,
		First: c.bounce.Zones, Keys: c.keys,
	})
	if err != nil {
		return err
	}
	notes := check.SelectionNotes(&c.plan.Selection, c.plan.KeepAll)
	if len(c.plan.Selection.Lists) == 0 {
		return errors.New(strings.Join(append([]string{"no list is left to ask"}, notes...), "; "))
	}
	c.notes = append(c.notes, notes...)
	return nil
}

// refuseTargets refuses the options that a self-test has no use for. Its thresholds are for
// unhealthy lists, and none of them is CRITICAL unless -c is given.
func (c *config) refuseTargets() error {
	t := &c.typed
	name := t.FirstGiven("hostname", "host", "bounce", "critical-on", "max-failed", "fcrdns")
	if name != "" {
		return fmt.Errorf("--self-test checks the lists themselves: leave out --%s", name)
	}
	if args := t.Args(); len(args) > 0 {
		return fmt.Errorf("--self-test checks the lists themselves, which -l names: "+
			"leave out %q", args[0])
	}
	if !t.Given("critical") {
		c.plan.Rules.Critical = verdict.Never()
	}
	return nil
}

// parseRules reads the thresholds. With -c the count alone decides: a listing on a major list is
// no longer CRITICAL by itself.
func (c *config) parseRules() error {
	t := &c.typed
	criticalGiven := t.Given("critical") || c.selfTest
	var rules verdict.Rules
	var err error
	if rules.Warning, err = verdict.ParseThreshold(t.Warning); err != nil {
		return fmt.Errorf("-w: %w", err)
	}
	if rules.Critical, err = verdict.ParseThreshold(t.Critical); err != nil {
		return fmt.Errorf("-c: %w", err)
	}
	if t.Given("warning") && !criticalGiven && rules.Warning.Plain > rules.Critical.Plain {
		return fmt.Errorf("-w %s is above %s, which is CRITICAL without -c: give -c too",
			t.Warning, t.Critical)
	}
	rules.CriticalOnAbuse = !criticalGiven
	rules.Weighted = c.plan.Selection.Weighted()
	if rules.MaxFailed, err = parsePercent(t.MaxFailed); err != nil {
		return err
	}
	rules.CriticalOn, err = c.parseCriticalOn(t.CriticalOn)
	c.plan.Rules = rules
	return err
}

// parseCriticalOn reads the lists whose listings are CRITICAL. A listing on an allow list does no
// harm, and a score is not a listing.
func (c *config) parseCriticalOn(names []string) ([]string, error) {
	zones, err := c.plan.Selection.Pick("--critical-on", names, verdict.OnMajor)
	if err != nil {
		return nil, err
	}
	for i, zone := range zones {
		l := c.plan.Selection.List(zone)
		if l != nil && (l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score) {
			return nil, fmt.Errorf("--critical-on %q: this is a list of kind %s, "+
				"on which it is no harm to be", names[i], l.Kind)
		}
	}
	return zones, nil
}

// parseSeconds reads -t, a number of seconds such as 10 or 0.5.
func parseSeconds(s string) (time.Duration, error) {
	seconds, err := strconv.ParseFloat(s, 64)
	duration := time.Duration(seconds * float64(time.Second))
	if err != nil || !(seconds <= check.MaxSeconds) || duration <= 0 { // NaN is not below
		return 0, fmt.Errorf("-t %q: want a number of seconds above 0 and at most %d, such as 10",
			s, check.MaxSeconds)
	}
	return duration, nil
}

// parseResolvers returns a client of the named resolvers.
func parseResolvers(named []string) (resolver.Client, error) {
	client := resolver.Client{Named: len(named) > 0}
	for _, text := range named {
		addr, err := resolver.ParseResolver(text)
		if err != nil {
			return client, fmt.Errorf("--%w", err)
		}
		client.Resolvers = append(client.Resolvers, addr)
	}
	return client, nil
}

// useSystemResolvers takes the resolvers of this host, unless the user named others.
func (c *config) useSystemResolvers() error {
	if c.plan.Client.Named {
		return nil
	}
	system, err := resolver.ReadResolvConf("/etc/resolv.conf")
	if system.Assumed {
		c.notes = append(c.notes, fmt.Sprintf("/etc/resolv.conf names no resolver: "+
			"the one of this host was asked, %s", system.Resolvers[0]))
	}
	c.plan.Client = system
	return err
}

// parseDirect reads --direct, in any case.
func parseDirect(s string) (survey.Direct, error) {
	words := []string{"auto", "always", "never"}
	switch strings.ToLower(s) {
	case "auto":
		return survey.Auto, nil
	case "always":
		return survey.Always, nil
	case "never":
		return survey.Never, nil
	}
	return survey.Never, fmt.Errorf("--direct %q: want auto, always or never%s",
		s, suggest.DidYouMean(suggest.Closest(s, words)))
}

// parseFormat reads -o, in any case. The printer has its format already, from options.Format, as it
// must print this error too.
func parseFormat(s string) (string, error) {
	format, formats := strings.ToLower(s), []string{report.ForNagios, report.AsTable, report.AsJSON}
	if slices.Contains(formats, format) {
		return format, nil
	}
	near := suggest.Closest(format, formats)
	return "", fmt.Errorf("-o %q: want nagios, table or json%s", s, suggest.DidYouMean(near))
}

// parsePercent reads --max-failed, a percentage with or without its sign.
func parsePercent(s string) (float64, error) {
	percent, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil || !(percent >= 0 && percent <= 100) { // NaN is neither
		return 0, fmt.Errorf("--max-failed %q: want a percentage from 0 to 100", s)
	}
	return percent, nil
}

// parseRate reads --rate. An empty one is 0, which leaves the rate to the lists' operators.
func parseRate(s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	rate, err := strconv.ParseFloat(s, 64)
	if err != nil || !(rate >= 0.01 && rate <= 1e6) { // NaN is neither
		return 0, fmt.Errorf("--rate %q: want a number of questions a second to one list, "+
			"from 0.01 to 1000000", s)
	}
	return rate, nil
}

// A wrongTarget is the error about a target.
type wrongTarget struct {
	text string // as typed
	err  error
}

func (w *wrongTarget) Error() string {
	text := w.text
	if text == "" || strings.ContainsAny(text, " \t\r\n") || strings.HasSuffix(text, ":") {
		text = strconv.Quote(text)
	}
	return fmt.Sprintf("-H %s: %v", text, w.err)
}

// parseTargets reads the targets. Private networks are targets only if the user's own lists alone
// are queried: no public list can know their addresses.
func parseTargets(texts []string, lists *catalog.Selection) ([]target.Target, error) {
	if len(texts) == 0 {
		return nil, errors.New("nothing to check: name an address or host with -H, " +
			"such as -H 192.0.2.25")
	}
	allowed := target.Allowed{Private: lists.Own, Lists: lists.Lists}
	targets := make([]target.Target, len(texts))
	for i, text := range texts {
		var err error
		if targets[i], err = target.Parse(text, allowed); err != nil {
			if strings.Contains(text, ",") {
				err = fmt.Errorf("%w. Use one -H for each", err)
			}
			return nil, &wrongTarget{text, err}
		}
	}
	return targets, nil
}
