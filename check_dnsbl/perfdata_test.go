package main

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The labels of the perfdata, and their order, depend on the command line alone: whatever the DNS
// has for a name today, a monitor's graphs stay whole.
func TestPerfdataLabels(t *testing.T) {
	t.Parallel()
	const (
		one      = "listed failed queries time"
		several  = one + " addresses affected"
		selfTest = "faulty healthy direct time"
	)
	names := world(t).Start(t)
	var all []string
	for args, want := range map[string]string{
		"192.0.2.25 -l zen.spamhaus.org":                                                     one,
		"2001:db8::25 -l zen.spamhaus.org":                                                   one,
		"domain:bad.example -l dbl.spamhaus.org":                                             one,
		"192.0.2.25 --fcrdns -l zen.spamhaus.org":                                            one + " fcrdns",
		"domain:bad.example --fcrdns -l dbl.spamhaus.org":                                    one + " fcrdns",
		"192.0.2.25 -l zen.spamhaus.org*3,list.dnswl.org*-2":                                 one + " score",
		"192.0.2.25 --fcrdns -l zen.spamhaus.org*3":                                          one + " score fcrdns",
		"192.0.2.25 -l zen.spamhaus.org --known zen.spamhaus.org":                            one + " known",
		"198.51.100.7 -l zen.spamhaus.org --known zen.spamhaus.org":                          one + " known", // it has gone
		"192.0.2.25/32 --fcrdns -l zen.spamhaus.org*3,bl.spamcop.net --known bl.spamcop.net": several + " score fcrdns known",
		"198.51.100.7 -l servfail.example --direct never":                                    one,
		"192.0.2.25/32 -l zen.spamhaus.org":                                                  several,
		"192.0.2.24/30 -l zen.spamhaus.org":                                                  several,
		"192.0.2.25-192.0.2.26 -l zen.spamhaus.org":                                          several,
		"mail.listed.test -l psbl.surriel.com":                                               several, // one address of it
		"mail.listed.test -l zen.spamhaus.org":                                               several,
		"mx:renamed.test -l zen.spamhaus.org":                                                several,
		"spf:shop.test -l zen.spamhaus.org":                                                  several,
		"192.0.2.25 192.0.2.25 -l zen.spamhaus.org":                                          several, // once
		"192.0.2.25 192.0.2.26 -l zen.spamhaus.org":                                          several,
		"192.0.2.25 domain:bad.example -l zen.spamhaus.org":                                  several,
		"--bounce testdata/extra-opts/nothing -l zen.spamhaus.org":                           "", // a file that is not there
		"192.0.2.25 mail.listed.test --fcrdns -l zen.spamhaus.org*3":                         several + " score fcrdns",
		"--self-test -l zen.spamhaus.org":                                                    selfTest,
		"--self-test -l servfail.example,zen.spamhaus.org --direct always":                   selfTest,
		"10.0.0.1 -l zen.spamhaus.org":                                                       "", // no verdict
		"--catalog zen.spamhaus.org":                                                         "",
	} {
		labels := perfdataLabels(t, args+" -t 20 --resolver "+names["$DNS"], "")
		if got := strings.Join(labels, " "); got != want {
			t.Errorf("%s: labels %q, want %q", args, got, want)
		}
		all = append(all, labels...)
	}
	for bounce, want := range map[string]string{
		"550 client 192.0.2.25 blocked using zen.spamhaus.org": several,
		"550 client 192.0.2.25 and client 192.0.2.26 blocked":  several,
	} {
		labels := perfdataLabels(t, "--bounce - -l zen.spamhaus.org --resolver "+names["$DNS"], bounce)
		if got := strings.Join(labels, " "); got != want {
			t.Errorf("the bounce %q: labels %q, want %q", bounce, got, want)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) != 12 {
		t.Errorf("labels %q, want 12", all)
	}
	for _, label := range all { // a pattern such as listed=(\d+) must not find another's value
		for _, other := range all {
			if label != other && strings.HasSuffix(other, label) {
				t.Errorf("the label %s is the end of %s", label, other)
			}
		}
	}
}

// perfdataLabels returns the labels of the perfdata that a command prints, in their order.
func perfdataLabels(t *testing.T, args, stdin string) []string {
	var out bytes.Buffer
	run(t.Context(), strings.Fields(args), nil, console{in: strings.NewReader(stdin), out: &out})
	first, _, _ := strings.Cut(out.String(), "\n")
	_, perfdata, _ := strings.Cut(first, " | ")
	var labels []string
	for _, datum := range strings.Fields(perfdata) {
		shape := regexp.MustCompile(`^([a-z]+)=-?[\d.]+s?;[-@~:\d.]*;[-@~:\d.]*;-?\d*;\d*$`)
		parts := shape.FindStringSubmatch(datum)
		if parts == nil {
			t.Fatalf("%s: perfdata %q", args, datum)
		}
		labels = append(labels, parts[1])
	}
	return labels
}
