package report

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// found returns a failure through the resolver at addr and, unless direct is "", one of a direct
// query.
func found(zone, addr string, cause, direct dnsbl.Cause) dnsbl.Finding {
	l := dnsbl.Unknown(zone)
	f := dnsbl.Finding{
		List:    &l,
		Outcome: dnsbl.Failed,
		Cause:   cause,
		Server:  netip.MustParseAddrPort(addr + ":53"),
	}
	if direct != "" {
		f.Other = &dnsbl.Finding{List: &l, Outcome: dnsbl.Failed, Cause: direct, Direct: true}
	}
	return f
}

// Each cause has a row, with a remedy and a word on the list's health.
func TestRemediesAreComplete(t *testing.T) {
	for _, cause := range dnsbl.Causes() {
		r := remedyRow(cause)
		if r.cause != cause || r.resolver == "" || r.health == "" ||
			(r.resolverFault == "") != (r.resolverRemedy == "") {
			t.Errorf("%s: %+v", cause, r)
		}
		if cause.Traits().ResolverIfAll && r.resolverFault == "" {
			t.Errorf("%s tells against the resolver, but not what is wrong with it", cause)
		}
	}
	if len(remedies) != len(dnsbl.Causes()) {
		t.Errorf("%d remedies for %d causes", len(remedies), len(dnsbl.Causes()))
	}
}

// Every cause has a remedy on each path on which it can occur.
func TestEveryCauseHasARemedy(t *testing.T) {
	for _, cause := range dnsbl.Causes() {
		if remedyRow(cause).resolver == bug && remedyRow(cause).direct == "" {
			continue
		}
		for _, direct := range []bool{false, true} {
			f := found("a.example", "192.0.2.1", cause, "")
			f.Direct = direct
			f.List.Name = "A list"
			if got := remedyOf(&f, 1); strings.Contains(got, "bug of check_dnsbl") &&
				(direct || remedyRow(cause).resolver != bug) {
				t.Errorf("%s, directly %v: %s", cause, direct, got)
			}
		}
	}
}

// No mark of a remedy is left in it, for one list or for several. If -t was short, that comes before
// all else that a timeout may mean.
func TestRemedyForSeveralLists(t *testing.T) {
	for _, cause := range dnsbl.Causes() {
		for _, direct := range append(dnsbl.Causes(), "") {
			f := found("a.example", "192.0.2.1", cause, direct)
			one, several := remedyOf(&f, 1), remedyOf(&f, 2)
			if strings.ContainsAny(one+several, "[|]{}") || strings.Contains(one, "hese list") ||
				strings.Contains(strings.ToLower(several), "the list ") {
				t.Errorf("%s, directly %q: %s\n%s", cause, direct, one, several)
			}
			late := strings.Contains(failureText(&f, 1, "Raise -t. "), ". Raise -t. ")
			if late != (cause == dnsbl.Timeout) {
				t.Errorf("%s: raise -t: %v", cause, late)
			}
		}
	}
}

// The remedy for a list that failed on both paths depends on both causes.
func TestRemedyOfBothPaths(t *testing.T) {
	const (
		lasting = "If only this list keeps failing, skip it with -x"
		dead    = "The list is dead or broken. Skip it with -x"
		own     = "Use your own resolver, not a public or shared one"
		refused = "The list refuses this host too. Ask its operator for access, " +
			"or skip the list with -x"
		silent = "The list's name servers do not answer this host either. " + lasting
		large  = "The answer is too large for UDP. Allow TCP to port 53 of the resolver"
	)
	tests := []struct {
		cause, direct dnsbl.Cause
		want          string
	}{
		{dnsbl.RefusesResolver, dnsbl.RefusesResolver, refused},
		{dnsbl.RefusesResolver, dnsbl.Timeout, own},
		{dnsbl.RefusesResolver, dnsbl.NoNameServers, own},
		{dnsbl.RefusesResolver, "", own + ", or allow direct queries (--direct auto)"},
		{dnsbl.OutsideLoopback, dnsbl.OutsideLoopback, dead},
		{dnsbl.ListsEverything, dnsbl.NoTestEntry, dead},
		{dnsbl.ServFail, dnsbl.Refused, "The list's name servers do not serve it, or not to this host. " + lasting},
		{dnsbl.ServFail, dnsbl.Timeout, silent},
		{dnsbl.Truncated, dnsbl.Timeout, large},
	}
	for _, tt := range tests {
		f := found("a.example", "192.0.2.1", tt.cause, tt.direct)
		if got := remedyOf(&f, 1); got != tt.want {
			t.Errorf("%s, directly %s: %s\nwant %s", tt.cause, tt.direct, got, tt.want)
		}
	}
}

// A list that may be dead is not worth a fix, however it failed.
func TestRemedyOfUnsureList(t *testing.T) {
	for _, direct := range []dnsbl.Cause{"", dnsbl.Timeout, dnsbl.RefusesResolver} {
		f := found("a.example", "192.0.2.1", dnsbl.Timeout, direct)
		f.List.Status = dnsbl.Unsure
		if got := remedyOf(&f, 1); got != "The list may be dead. Skip it with -x" {
			t.Errorf("directly %s: %s", direct, got)
		}
	}
}

// Where the operator refuses whole networks of hosts, another resolver does not help, nor does a
// direct query. The remedy is the operator's free key, whatever came through the resolver.
func TestRemedyOfRefusedHost(t *testing.T) {
	const (
		why = "Example refuses this host, as it does hosts of a large hoster. " +
			"Get its free test key (--key example=KEY)"
		own = "Use your own resolver, not a public or shared one, " +
			"or get a key (--key example=KEY)"
	)
	for _, tt := range []struct {
		cause, direct dnsbl.Cause
		want          string
	}{
		{dnsbl.RefusesResolver, dnsbl.RefusesResolver, why},
		{dnsbl.NoTestEntry, dnsbl.RefusesResolver, why},
		{dnsbl.Timeout, dnsbl.RefusesResolver, why},
		{dnsbl.RefusesResolver, dnsbl.Timeout, own},
		{dnsbl.RefusesResolver, "", own + ", or allow direct queries (--direct auto)"},
	} {
		f := found("a.example", "192.0.2.1", tt.cause, tt.direct)
		l := f.List
		l.Name, l.Operator, l.KeyOf, l.FreeKey = "A list", "Example", "example", "test key"
		l.Refuses = "hosts of a large hoster"
		if got := remedyOf(&f, 1); got != tt.want {
			t.Errorf("%s, directly %s: %s\nwant %s", tt.cause, tt.direct, got, tt.want)
		}
		if tt.direct == dnsbl.RefusesResolver {
			f.Other.List = l
			if got := remedyOf(f.Other, 1); got != why {
				t.Errorf("asked only directly: %s", got)
			}
		}
	}
}

// A list that wants registered users is not to blame for its silence. Users register their resolver,
// or get a key.
func TestRemedyOfRegistration(t *testing.T) {
	for key, want := range map[string]struct{ remedy, health string }{
		"": {"The list only answers resolvers that are registered with its operator", "needs registration"},
		"example": {
			"Without a key the list may not answer. Get its operator's free key (--key example=KEY)",
			"needs key",
		},
	} {
		f := found("a.example", "192.0.2.1", dnsbl.Timeout, "")
		f.List.Name, f.List.Access, f.List.KeyOf = "A list", dnsbl.Registration, key
		if remedy, health := remedyOf(&f, 1), healthState(&f); remedy != want.remedy || health != want.health {
			t.Errorf("key of %q: %s, %q", key, health, remedy)
		}
	}
}

// If a query cannot be sent, the network of this host is to blame. Otherwise the resolver is.
func TestSendFailed(t *testing.T) {
	for _, want := range []bool{true, false} {
		f := found("a.example", "192.0.2.1", dnsbl.Unreachable, "")
		f.SendFailed = want
		other := found("b.example", "192.0.2.1", dnsbl.Unreachable, "")
		other.SendFailed = want
		fault, _ := resolverFault(verdict.Grouped([]dnsbl.Finding{f, other}))
		if (fault == "is unreachable") == want ||
			strings.Contains(remedyOf(&f, 1), "Check the network") != want {
			t.Errorf("%v: %s; %s", want, fault, remedyOf(&f, 1))
		}
	}
}

// A refused key is never blamed on the resolver, however many lists refuse it, and neither is a
// missing test entry, which a wrong key may cause too.
func TestRefusedKey(t *testing.T) {
	const source = "Check the key given for spamhaus"
	for cause, want := range map[dnsbl.Cause]string{
		dnsbl.RefusesKey: "failed: a.example, b.example: refuses the key. " +
			source + ", or remove it to query the open lists",
		dnsbl.NoTestEntry: "failed: a.example, b.example: test entry missing. " +
			"These lists only answer users with a valid key. " + source,
		dnsbl.Timeout: "fix: check it, use another resolver (--resolver ADDR), or raise -t if it is short",
	} {
		findings := many(0, 2)
		for i := range findings {
			l := findings[i].List
			l.Zone, l.Name = string(rune('a'+i))+".example", "A list"
			l.KeyOf, l.Access, l.Key = "spamhaus", dnsbl.Keyed, "s3cretkey"
			findings[i].Cause, findings[i].Detail = cause, ""
			findings[i].Server = netip.MustParseAddrPort("192.0.2.53:53")
		}
		v := judge(findings)
		page := checkPage(&v, Info{})
		if got := sectionNamed(page, "RESOLVER") + sectionNamed(page, "FAILED"); got != want+"\n" {
			t.Errorf("%s:\n got %s\nwant %s", cause, got, want)
		}
	}
}

// The remedy depends on which servers did not answer: those of the reverse zone, of the domain of
// the name, or of all reverse names.
func TestLookupFailure(t *testing.T) {
	const (
		reverse = ". The resolver or the name servers of the reverse zone are at fault. " +
			"Try another resolver (--resolver ADDR), then ask your provider (the network owner)"
		domain = ". The resolver or the name servers of the name's domain are at fault. " +
			"Try another resolver (--resolver ADDR), then ask the owner of the domain"
		another = ". Use another resolver (--resolver ADDR)"
	)
	for _, tt := range []struct {
		cause dnsbl.Cause
		kind  dnsbl.Type
		want  string
	}{
		{dnsbl.ServFail, dnsbl.PTR, reverse},
		{dnsbl.Refused, dnsbl.PTR, reverse},
		{dnsbl.Timeout, dnsbl.PTR, reverse},
		{dnsbl.ServFail, dnsbl.A, domain},
		{dnsbl.Refused, dnsbl.AAAA, domain},
		{dnsbl.Timeout, dnsbl.A, domain},
		{dnsbl.ServFail, dnsbl.NS, another},
		{dnsbl.Refused, dnsbl.NS, another},
		{dnsbl.Timeout, dnsbl.NS, another},
		{dnsbl.NoReverseZone, dnsbl.NS, another},
		{
			dnsbl.PrivateHost, dnsbl.A,
			". Use a resolver that answers as on the Internet (--resolver ADDR)",
		},
		{dnsbl.Unreachable, dnsbl.PTR, ""},
		{dnsbl.Internal, dnsbl.A, ""},
	} {
		server := netip.MustParseAddrPort("127.0.0.1:53")
		want := fmt.Sprintf("%s (%s a.test from 127.0.0.1:53)%s", tt.cause.Text(), tt.kind, tt.want)
		question := dnsbl.Question{Name: "a.test", Type: tt.kind}
		a := dnsbl.Answer{Question: question, Cause: tt.cause, Server: server}
		if got := LookupFailure(a); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// If a resolver fails but answers for the test entries, it is not its way to the Internet.
func TestServFailWithTestEntry(t *testing.T) {
	for _, listed := range []bool{true, false} {
		f := found("a.example", "192.0.2.1", dnsbl.ServFail, "")
		other := found("b.example", "192.0.2.1", dnsbl.ServFail, "")
		f.TestListed, other.TestListed = listed, listed
		fault, remedy := resolverFault(verdict.Grouped([]dnsbl.Finding{f, other}))
		if strings.Contains(fault, "NXDOMAIN") != listed || strings.Contains(remedy, "Internet") == listed ||
			strings.Contains(remedyOf(&f, 1), "NXDOMAIN") != listed {
			t.Errorf("%v: %s; %s; %s", listed, fault, remedy, remedyOf(&f, 1))
		}
	}
}
