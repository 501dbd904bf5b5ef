//go:build linux

package acceptance

import (
	"net"
	"regexp"
	"strings"
	"testing"

	"github.com/olorin/nagiosplugin"

	"check_dnsbl/internal/checktest"
)

// minimizingData is what the lists' own name server serves. rbldnsd answers NXDOMAIN for empty
// non-terminals such as 2.0.192.ip4.bl.test.
var minimizingData = [...]dataset{
	{"NAMESERVER", "ip4.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "both.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "both.bl.test", "ip6trie", "six.zone"},
	{"NAMESERVER", "names.bl.test", "dnset", "names.zone"},
}

// minimizingCases are listed subjects, and others that are not listed. Checks of the others bring
// the test entry, or the way to it, into the cache of the resolver.
var minimizingCases = [...]struct{ name, list, listed, other string }{
	{"IPv4", "ip4.bl.test", "192.0.2.25", "198.51.100.7"},
	{"IPv6", "both.bl.test", "2001:db8:1::25", "198.51.100.7"},
	{"domain", "names.bl.test", "domain:evil.example.com", "domain:good.example.net"},
}

// TestRealMinimization runs the program with resolvers that minimize query names (RFC 9156). They
// find listings, unless they are strict and stop at NXDOMAIN on the way: then nothing that they say
// proves that an address is not listed, although they have the test entry cached.
func TestRealMinimization(t *testing.T) {
	t.Parallel()
	w := newRealWorld(t, "testdata/real-minimize/zones")
	rbldnsd := checktest.Installed(t, "rbldnsd")
	w.served, w.names["NAMESERVER"] = minimizingData[:], nameServerAddr(t, 63)
	w.serve(t, "NAMESERVER", rbldnsd)
	w.startMinimizing(t)
	for _, resolver := range []string{"UNBOUND", "BIND"} {
		t.Run(resolver, func(t *testing.T) { w.findsListings(t, resolver) })
		t.Run("strict "+resolver, func(t *testing.T) {
			w.neverClean(t, "STRICT"+resolver)
		})
	}
}

// startMinimizing starts an unbound and a BIND, each with strict minimization and without.
func (w *realWorld) startMinimizing(t *testing.T) {
	unbound, named := checktest.Installed(t, "unbound"), checktest.Installed(t, "named")
	for name, strict := range map[string]string{"UNBOUND": "no", "STRICTUNBOUND": "yes"} {
		w.names[name] = freeAddr(t, w.names)
		conf := w.fill(t, "testdata/real-minimize/unbound.conf", name+".conf",
			"${LISTEN}", "${"+name+"}", "${STRICT}", strict)
		w.launch(t, name, unbound, "-d", "-p", "-c", conf)
	}
	for name, strict := range map[string]string{"BIND": "relaxed", "STRICTBIND": "strict"} {
		w.names[name] = freeAddrOf(t, "127.0.0.1", w.names) // it wants an address of an interface
		_, port, _ := net.SplitHostPort(w.names[name])
		conf := w.fill(t, "testdata/real-minimize/named.conf", name+".conf",
			"${PORT}", port, "${STRICT}", strict, "${DIR}", w.dir)
		w.launch(t, name, named, "-g", "-c", conf)
	}
	for _, name := range []string{"UNBOUND", "STRICTUNBOUND", "BIND", "STRICTBIND"} {
		w.await(t, name, "ip4.bl.test.", answers)
	}
}

// findsListings checks that a resolver that is not strict changes nothing.
func (w *realWorld) findsListings(t *testing.T, resolver string) {
	for _, tt := range minimizingCases {
		for range 2 {
			command := "check_dnsbl -l " + tt.list + " --direct never --resolver $" + resolver + " -H "
			if status, out := w.run(t, command+tt.other); status != nagiosplugin.OK {
				t.Errorf("%s: %s: %v: %s", tt.name, tt.other, status, out)
			}
			status, out := w.run(t, command+tt.listed)
			if status != nagiosplugin.WARNING || !strings.Contains(out, " on 1 of 1 list") {
				t.Errorf("%s: %s: %v: %s", tt.name, tt.listed, status, out)
			}
		}
		test := "check_dnsbl --self-test -l " + tt.list + " --direct never --resolver $" + resolver
		if status, out := w.run(t, test); status != nagiosplugin.OK || minimization(out) {
			t.Errorf("%s: %s: %v: %s", tt.name, test, status, out)
		}
	}
}

// minimization reports whether an output names the cause.
func minimization(out string) bool {
	return regexp.MustCompile(`(?i)minimi[sz]ation`).MatchString(out)
}

// neverClean checks that no listed subject is called clean through a strict resolver, whatever is
// in its cache. A list either fails, with the cause, or shows its listing.
func (w *realWorld) neverClean(t *testing.T, resolver string) {
	for _, tt := range minimizingCases {
		command := "check_dnsbl -l " + tt.list + " --direct never --resolver $" + resolver + " -H "
		for range 5 {
			if status, out := w.run(t, command+tt.other); status == nagiosplugin.UNKNOWN && !minimization(out) {
				t.Errorf("%s: no cause: %s", tt.name, out)
			}
		}
		test := "check_dnsbl --self-test -l " + tt.list + " --direct never --resolver $" + resolver
		status, out := w.run(t, test)
		// The test entry of a list of names has no name above it that could be NXDOMAIN.
		if tt.name != "domain" && (status == nagiosplugin.OK || !minimization(out)) {
			t.Errorf("%s: %s: %v: %s", tt.name, test, status, out)
		}
		for range 6 {
			status, out := w.run(t, command+tt.listed)
			if status == nagiosplugin.OK || status == nagiosplugin.UNKNOWN && !minimization(out) {
				t.Errorf("%s: %v: %s", tt.name, status, out)
			}
		}
	}
}
