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
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// A config is the command line as ready values.
type config struct {
	page       string // of --catalog: text to print instead of a check
	selfTest   bool
	verbose    int
	notes      []dnsbl.Note // remarks about the options
	warnings   []dnsbl.Note // about keys that every user of this host can read
	bouncePath string       // of the bounce to read; - for standard input, "" for none
	bounce     check.BounceInput
	plan       check.Plan

	typed options.Typed // as typed; complete needs them
	keys  catalog.Keys
	now   time.Time
}

// newConfig turns the options into ready values, everything except what a bounce may change (see
// complete). No I/O, so a wrong option is reported before a bounce is read. Errors are one line
// with what is wrong and what was expected. The age of the catalog is that at now.
func newConfig(t options.Typed, environ []string, now time.Time) (config, error) {
	c := config{typed: t, now: now, selfTest: t.SelfTest, verbose: t.Verbose}
	c.notes = dnsbl.Notes(dnsbl.OptionIgnored, t.Ignored()...)
	format, err := parseFormat(t.Output)
	switch {
	case err != nil:
		return c, err
	case t.Catalog:
		c.page, err = catalogPage(&t, format)
		return c, err
	}
	return c, c.parse(environ)
}

// parse fills in everything that does not depend on a bounce. It stops at the first error: an admin
// fixes one option at a time.
func (c *config) parse(environ []string) error {
	t := &c.typed
	c.plan.ReverseDNS, c.plan.KeepAll = t.FCrDNS, t.Verbose > 0
	var err error
	if c.plan.Families, err = families(t); err != nil {
		return err
	}
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
	keys, notes, err := secret.ParseKeys(t.Keys, t.FileKeys, environ)
	if err != nil {
		return err
	}
	c.keys, c.notes = keys, append(c.notes, dnsbl.Notes(dnsbl.TwoKeys, notes...)...)
	return c.parseBounce()
}

// families returns the kinds of addresses that names stand for.
func families(t *options.Typed) (dnsbl.Subjects, error) {
	switch {
	case t.OnlyIPv4 && t.OnlyIPv6:
		return 0, errors.New("-4 and -6: must not be used together. Drop both for all addresses")
	case t.OnlyIPv4:
		return dnsbl.IPv4, nil
	case t.OnlyIPv6:
		return dnsbl.IPv6, nil
	}
	return dnsbl.IPv4 | dnsbl.IPv6, nil
}

// parseBounce parses --bounce. With --self-test, restrictToSelfTest rejects it.
func (c *config) parseBounce() error {
	t := &c.typed
	if !t.Given("bounce") || c.selfTest {
		return nil
	}
	c.bouncePath = t.Bounces[0]
	switch {
	case c.bouncePath == "":
		return errors.New("--bounce: must be a file, or - for standard input")
	case len(t.Bounces) > 1:
		return errors.New("--bounce: given twice. Use one file, which may hold several bounces")
	}
	return nil
}

// complete fills in the rest: lists, thresholds and targets. A bounce adds its lists in front, and
// its addresses as targets.
func (c *config) complete() error {
	if err := c.chooseLists(); err != nil {
		if c.bounce.Report != nil {
			return fmt.Errorf("%w (%s)", err, report.BounceSummary(c.bounce.Report.Read))
		}
		return err
	}
	if err := c.parseRules(); err != nil {
		return err
	}
	if c.selfTest {
		return c.restrictToSelfTest()
	}
	var err error
	hosts := slices.Concat(c.typed.Hosts, c.bounce.Hosts, c.typed.Args())
	allowed := target.Allowed{
		Private: c.plan.Selection.OnlyOwnLists, // no public list can know private addresses
		Lists:   c.plan.Selection.Lists,
	}
	c.plan.Targets, err = target.ParseAll(hosts, allowed)
	return err
}

// several reports whether the targets may be several subjects. That depends on the command line
// alone: a host with one address may have two tomorrow, and a monitor's graphs need the same values
// then. A bounce may have any number of addresses.
func (c *config) several() bool {
	targets := c.plan.Targets
	return len(c.bounce.Hosts) > 0 || len(targets) > 1 || !targets[0].Single()
}

// chooseLists selects the lists to query, and adds remarks about the others to the notes.
func (c *config) chooseLists() error {
	t := &c.typed
	var err error
	c.plan.Selection, err = catalog.Select(catalog.Request{
		Lists: t.Lists, Sets: t.Sets, NoTest: t.NoTest, Excluded: t.Excluded,
		First: c.bounce.Zones, Keys: c.keys,
	})
	if err != nil {
		return err
	}
	notes := check.SelectionNotes(&c.plan.Selection, c.plan.KeepAll)
	if len(c.plan.Selection.Lists) == 0 {
		lines := append([]string{"no list is left to query"}, dnsbl.Texts(notes)...)
		return errors.New(strings.Join(lines, ", "))
	}
	c.notes = append(c.notes, notes...)
	return nil
}

// restrictToSelfTest rejects the options that a self-test has no use for. Thresholds are for
// faulty lists then, and without -c there is no CRITICAL.
func (c *config) restrictToSelfTest() error {
	t := &c.typed
	name := t.FirstGiven("hostname", "host", "bounce", "critical-on", "known", "max-failed",
		"fcrdns", "use-ipv4", "use-ipv6")
	if name != "" {
		return fmt.Errorf("--self-test checks the lists themselves. Drop --%s", name)
	}
	if args := t.Args(); len(args) > 0 {
		return fmt.Errorf("--self-test checks the lists themselves. Drop %q, or use -l %s",
			args[0], args[0])
	}
	if !t.Given("critical") {
		c.plan.Rules.Critical = verdict.Threshold{}
	}
	return nil
}

// parseRules parses the thresholds. With -c the count alone decides. Without -c a listing on a
// major list is CRITICAL, too.
func (c *config) parseRules() error {
	t := &c.typed
	countOnly := t.Given("critical") || c.selfTest
	var rules verdict.Rules
	var err error
	if rules.Warning, err = verdict.ParseThreshold(t.Warning); err != nil {
		return fmt.Errorf("-w %w", err)
	}
	if rules.Critical, err = verdict.ParseThreshold(t.Critical); err != nil {
		return fmt.Errorf("-c %w", err)
	}
	switch above := rules.Warning.Plain(false) > rules.Critical.Plain(false); {
	case above && t.Given("warning") && t.Given("critical"):
		return fmt.Errorf("-w %s: must not be above -c %s", t.Warning, t.Critical)
	case above && t.Given("warning") && !countOnly:
		return fmt.Errorf("-w %s: must not be above %s, the default of -c. Use -c too",
			t.Warning, t.Critical)
	}
	rules.CriticalOnAbuse = !countOnly
	rules.Weighted = c.plan.Selection.Weighted()
	if rules.MaxFailed, err = verdict.ParsePercent(t.MaxFailed); err != nil {
		return fmt.Errorf("--max-failed %w", err)
	}
	if rules.CriticalOn, err = c.parseCriticalOn(t.CriticalOn); err != nil {
		return err
	}
	known, notes, err := parseKnown(t.Known, &c.plan.Selection, rules, c.now)
	c.plan.Rules, c.plan.Rules.Known = rules, known
	c.notes = append(c.notes, notes...)
	return err
}

// parseCriticalOn parses the lists whose listings are CRITICAL. A listing on an allow list does no
// harm, and a score is not a listing.
func (c *config) parseCriticalOn(names []string) ([]string, error) {
	zones, err := c.plan.Selection.Pick("--critical-on", names, verdict.OnMajor)
	if err != nil {
		return nil, err
	}
	for i, zone := range zones {
		l := c.plan.Selection.List(zone)
		if l != nil && (l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score) {
			return nil, fmt.Errorf("--critical-on %q: must be a blocklist, "+
				"but this list is of kind %s", names[i], l.Kind)
		}
	}
	return zones, nil
}

// parseSeconds parses -t, a number of seconds such as 10 or 0.5.
func parseSeconds(s string) (time.Duration, error) {
	seconds, err := strconv.ParseFloat(s, 64)
	duration := time.Duration(seconds * float64(time.Second))
	if err != nil || !(seconds <= check.MaxSeconds) || duration <= 0 { // NaN fails every comparison
		return 0, fmt.Errorf("-t %q: must be a number of seconds above 0, at most %d",
			s, check.MaxSeconds)
	}
	return duration, nil
}

// parseResolvers returns a client that asks these resolvers.
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

// useSystemResolvers reads resolv.conf, unless --resolver was given.
func (c *config) useSystemResolvers() error {
	if c.plan.Client.Named {
		return nil
	}
	system, err := resolver.ReadResolvConf("/etc/resolv.conf")
	if system.Assumed {
		const assumed = "/etc/resolv.conf has no resolver. Using the one on this host, %s"
		line := fmt.Sprintf(assumed, system.Resolvers[0])
		c.notes = append(c.notes, dnsbl.Note{Code: dnsbl.ResolverAssumed, Text: line})
	}
	c.plan.Client = system
	return err
}

// parseDirect parses --direct, in upper or lower case.
func parseDirect(s string) (survey.Direct, error) {
	i, err := oneOf("--direct", s, "auto", "always", "never")
	return [...]survey.Direct{survey.Auto, survey.Always, survey.Never}[i], err
}

// parseFormat parses -o, in upper or lower case. The printer already has its format from
// options.Format, because it must print this error too.
func parseFormat(s string) (string, error) {
	formats := []string{report.ForNagios, report.AsTable, report.AsJSON}
	i, err := oneOf("-o", s, formats...)
	return formats[i], err
}

// oneOf returns which of several words an option has, in upper or lower case.
func oneOf(option, s string, words ...string) (int, error) {
	i := slices.Index(words, strings.ToLower(s))
	if i >= 0 {
		return i, nil
	}
	near := suggest.Closest(s, words)
	return 0, fmt.Errorf("%s %q: must be %s%s", option, s, text.Or(words), suggest.DidYouMean(near))
}

// parseRate parses --rate. An empty value is 0, meaning the limits in the catalog apply.
func parseRate(s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	rate, err := strconv.ParseFloat(s, 64)
	if err != nil || !(rate >= 0.01 && rate <= 1e6) { // NaN fails every comparison
		return 0, fmt.Errorf("--rate %q: must be a number of queries per second, "+
			"from 0.01 to 1000000", s)
	}
	return rate, nil
}
