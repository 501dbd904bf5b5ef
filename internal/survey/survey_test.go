package survey

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

func surveyWorld(t *testing.T, lists ...dnstest.List) (*dnstest.Server, *resolver.Client) {
	t.Helper()
	server, err := dnstest.Start(dnstest.World{Lists: lists})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server, &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: longWait}
}

func unknowns(zones ...string) []dnsbl.List {
	lists := make([]dnsbl.List, len(zones))
	for i, zone := range zones {
		lists[i] = dnsbl.Unknown(zone)
	}
	return lists
}

func addresses(texts ...string) []dnsbl.Subject {
	subjects := make([]dnsbl.Subject, len(texts))
	for i, text := range texts {
		subjects[i].Addr = netip.MustParseAddr(text)
	}
	return subjects
}

// found returns all findings of a survey, in the order of the subjects.
func found(ctx context.Context, survey *Survey, subjects []dnsbl.Subject) []dnsbl.Finding {
	var all []dnsbl.Finding
	for findings := range survey.Ask(ctx, slices.Values(subjects)) {
		all = append(all, findings...)
	}
	return all
}

// withoutProbes returns the queries that a server got, sorted and without those of probes.
func withoutProbes(server *dnstest.Server) []string {
	return slices.DeleteFunc(slices.Sorted(slices.Values(server.Queries())), func(q string) bool {
		return strings.HasPrefix(q, "AAAA ") && strings.HasSuffix(q, ".example")
	})
}

// short writes findings as "a.example 192.0.2.1 listed", in their order.
func short(findings []dnsbl.Finding) []string {
	words := make([]string, len(findings))
	for i, f := range findings {
		words[i] = strings.TrimSpace(
			strings.Join([]string{f.List.Zone, f.Subject.String(), string(f.Outcome), f.Cause.Text()}, " "),
		)
	}
	return words
}

// Each positive test entry is queried once, however many subjects there are; the negative one and
// the reason only if a list says "listed".
func TestSurveyAsksNoMoreThanItMust(t *testing.T) {
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		server, client := surveyWorld(
			t,
			dnstest.List{
				Zone:    "a.example",
				Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}, "192.0.2.2": {"127.0.0.3"}},
			},
			dnstest.List{Zone: "b.example"},
		)
		survey := New(client, unknowns("a.example", "b.example"))
		findings := found(t.Context(), survey, addresses("192.0.2.1", "192.0.2.2", "192.0.2.3"))
		wantFindings := []string{
			"a.example 192.0.2.1 listed", "b.example 192.0.2.1 not listed",
			"a.example 192.0.2.2 listed", "b.example 192.0.2.2 not listed",
			"a.example 192.0.2.3 not listed", "b.example 192.0.2.3 not listed",
		}
		if got := short(findings); !slices.Equal(got, wantFindings) {
			wrong("findings %q, want %q", got, wantFindings)
		}
		wantAsked := []string{
			"A 1.0.0.127.a.example", "A 1.2.0.192.a.example", "A 1.2.0.192.b.example", "A 2.0.0.127.a.example", "A 2.0.0.127.b.example",
			"A 2.2.0.192.a.example", "A 2.2.0.192.b.example", "A 3.2.0.192.a.example", "A 3.2.0.192.b.example",
			"TXT 1.2.0.192.a.example", "TXT 2.2.0.192.a.example",
		}
		if got := withoutProbes(server); !slices.Equal(got, wantAsked) {
			wrong("asked\n%q, want\n%q", got, wantAsked)
		}
	})
}

// Each failure keeps the answer that it is about.
func TestSurveyKeepsEvidence(t *testing.T) {
	const badKey = "127.255.255.250"
	entries := map[string][]string{"192.0.2.1": {badKey}, "192.0.2.2": {badKey}, "192.0.2.3": {badKey}}
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example", Entries: entries})
	lists := unknowns("a.example")
	lists[0].Access = dnsbl.Keyed
	findings := found(t.Context(), New(client, lists), addresses("192.0.2.1", "192.0.2.2", "192.0.2.3"))
	for _, f := range findings {
		want := f.List.Question(f.Subject, dnsbl.A)
		if f.Cause != dnsbl.RefusesKey || f.Evidence.Question.Question != want {
			t.Errorf("%s: %s, evidence %v", f.Subject, f.Cause, f.Evidence.Question.Question)
		}
	}
}

// If a list lists 127.0.0.1, two more negative test entries are queried, and only then.
func TestSurveyAsksOtherNegativeEntries(t *testing.T) {
	server, client := surveyWorld(
		t,
		dnstest.List{
			Zone:    "a.example",
			Entries: map[string][]string{"192.0.2.9": {"127.0.0.2"}, "127.0.0.1": {"127.0.0.2"}},
		},
		dnstest.List{Zone: "world.example", Fault: dnstest.Answer("127.0.0.2")},
	)
	findings := found(t.Context(), New(client, unknowns("a.example", "world.example")), addresses("192.0.2.9"))
	want := []string{"a.example 192.0.2.9 listed", "world.example 192.0.2.9 failed lists everything"}
	if got := short(findings); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
	for _, question := range []string{"A 1.0.0.127.a.example", "A 1.2.0.192.a.example", "A 1.113.0.203.a.example"} {
		if n := server.Count(question); n != 1 {
			t.Errorf("%s was asked %d times", question, n)
		}
	}
}

// For an IPv6 address the IPv6 test entry is queried. If the list has none, the IPv4 one is, unless
// the list is for IPv6 only.
func TestSurveyIPv6TestEntries(t *testing.T) {
	const mapped = "A 2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
	only4 := map[string][]string{"127.0.0.2": {"127.0.0.2"}}
	server, client := surveyWorld(t,
		dnstest.List{Zone: "both.example"},
		dnstest.List{Zone: "four.example", NoTests: true, Entries: only4},
		dnstest.List{Zone: "six.example", NoTests: true, Entries: only4})
	lists := unknowns("both.example", "four.example", "six.example")
	lists[2].Subjects = dnsbl.IPv6
	want := []string{
		"both.example 2001:db8::1 not listed",
		"four.example 2001:db8::1 not listed",
		"six.example 2001:db8::1 failed test entry missing",
	}
	if got := short(found(t.Context(), New(client, lists), addresses("2001:db8::1"))); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
	for question, n := range map[string]int{mapped + "both.example": 1, "A 2.0.0.127.both.example": 0, mapped + "four.example": 1, "A 2.0.0.127.four.example": 1, "A 2.0.0.127.six.example": 0} {
		if got := server.Count(question); got != n {
			t.Errorf("%s was asked %d times, want %d", question, got, n)
		}
	}
}

// If a test entry gets no answer, no other test entry replaces it.
func TestSurveyFailedTestEntry(t *testing.T) {
	t.Parallel()
	server, client := surveyWorld(
		t,
		dnstest.List{
			Zone:    "a.example",
			FaultAt: map[string]dnstest.Fault{"::ffff:127.0.0.2": dnstest.Rcode(dnstest.ServFail)},
		},
	)
	want := []string{"a.example 2001:db8::1 failed SERVFAIL"}
	if got := short(found(t.Context(), New(client, unknowns("a.example")), addresses("2001:db8::1"))); !slices.Equal(
		got,
		want,
	) {
		t.Errorf("findings %q, want %q", got, want)
	}
	if n := server.Count("A 2.0.0.127.a.example"); n != 0 {
		t.Errorf("the IPv4 test entry was asked %d times", n)
	}
}

// Lists are queried only about the kinds of subjects that they list, and each kind has a proof of
// its own.
func TestSurveyKinds(t *testing.T) {
	_, client := surveyWorld(
		t,
		dnstest.List{Zone: "ip.example"},
		dnstest.List{Zone: "names.example", Entries: map[string][]string{"bad.test": {"127.0.0.2"}}},
	)
	lists := unknowns("ip.example", "names.example")
	lists[0].Subjects, lists[1].Subjects = dnsbl.IPv4, dnsbl.Domain
	subjects := append(addresses("192.0.2.1"), dnsbl.Subject{Domain: "bad.test"}, dnsbl.Subject{Domain: "fine.test"})
	want := []string{
		"ip.example 192.0.2.1 not listed",
		"names.example bad.test listed",
		"names.example fine.test not listed",
	}
	if got := short(found(t.Context(), New(client, lists), subjects)); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
}

// A list that never answers costs the others nothing: their listings are found, confirmed and
// explained long before the deadline.
func TestSurveyLosesNothingToSilence(t *testing.T) {
	t.Parallel()
	_, client := surveyWorld(
		t,
		dnstest.List{Zone: "silent.example", Fault: dnstest.Silent},
		dnstest.List{
			Zone:    "a.example",
			Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}},
			Texts:   map[string][]string{"192.0.2.1": {"why"}},
		},
		dnstest.List{
			Zone:    "slow.example",
			Latency: 100 * time.Millisecond,
			Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}},
		},
	)
	client.Wait = 0
	ctx, cancel := context.WithTimeout(t.Context(), 3*testWait)
	defer cancel()
	findings := found(
		ctx,
		New(client, unknowns("silent.example", "a.example", "slow.example")),
		addresses("192.0.2.1"),
	)
	want := []string{
		"silent.example 192.0.2.1 failed timeout",
		"a.example 192.0.2.1 listed",
		"slow.example 192.0.2.1 listed",
	}
	if got := short(findings); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
	if f := findings[1]; f.Unconfirmed || !slices.Equal(f.Reasons(), []string{"why"}) {
		t.Errorf("unconfirmed %v, reasons %q", f.Unconfirmed, f.Reasons())
	}
}

// A panic of ours is a failed list, not the end of the run.
func TestSurveySurvivesPanics(t *testing.T) {
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example"}, dnstest.List{Zone: "b.example"})
	lists := unknowns("a.example", "b.example")
	lists[0].Tests.IPv4 = "no address, which panics"
	want := []string{"a.example 192.0.2.1 failed internal error", "b.example 192.0.2.1 not listed"}
	findings := found(t.Context(), New(client, lists), addresses("192.0.2.1"))
	if got := short(findings); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
	if why := findings[0].Detail; !strings.Contains(why, "no address, which panics") {
		t.Errorf("the failure does not say why: %q", why)
	}
	survey := New(client, unknowns("a.example", "b.example"))
	survey.Direct = Always
	broken := authority.NewFinder(nil, &parallel.Background{Context: t.Context()}) // has no client
	for i := range survey.lists {
		survey.zones[&survey.lists[i]] = broken.Zone(survey.lists[i].Zone)
	}
	for _, finding := range found(t.Context(), survey, addresses("192.0.2.1")) {
		if finding.Outcome != dnsbl.Failed || finding.Cause != dnsbl.Internal {
			t.Errorf("%s after a panic: %s %s", finding.List.Zone, finding.Outcome, finding.Cause)
		}
	}
}

// The answers of one resolver prove nothing about another: of two, one lists the test entry and the
// other answers the query.
func TestSurveyProvesByPath(t *testing.T) {
	t.Parallel()
	const question, test, negative = "192.0.2.1", "127.0.0.2", "127.0.0.1"
	servFail := dnstest.Rcode(dnstest.ServFail)
	on := map[string][]string{question: {"127.0.0.2"}}
	tests := []struct {
		name, want    string
		first, second dnstest.List
	}{
		{"one fails on the question, the other knows nothing", "failed test entry missing",
			dnstest.List{
				FaultAt: map[string]dnstest.Fault{question: servFail},
			}, dnstest.List{Fault: dnstest.NXDomain}},
		{"one fails on the test entry, for which the other cannot vouch", "failed SERVFAIL",
			dnstest.List{FaultAt: map[string]dnstest.Fault{test: servFail}}, dnstest.List{}},
		{"one fails on the question, the other is healthy", "not listed",
			dnstest.List{FaultAt: map[string]dnstest.Fault{question: servFail}}, dnstest.List{}},
		{"one lists the world but fails on the control", "listed SERVFAIL unconfirmed",
			dnstest.List{
				Fault:   dnstest.Answer("127.0.0.2"),
				FaultAt: map[string]dnstest.Fault{negative: servFail},
			}, dnstest.List{Fault: dnstest.NXDomain}},
		{"one fails on the question, the other lists", "listed",
			dnstest.List{FaultAt: map[string]dnstest.Fault{question: servFail}}, dnstest.List{Entries: on}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.first.Zone, tt.second.Zone = "a.example", "a.example"
			one, client := surveyWorld(t, tt.first)
			two, _ := surveyWorld(t, tt.second)
			client.Resolvers = []netip.AddrPort{one.Addr, two.Addr}
			f := found(t.Context(), New(client, unknowns("a.example")), addresses(question))[0]
			got := strings.TrimSpace(string(f.Outcome) + " " + f.Cause.Text())
			if f.Unconfirmed {
				got += " unconfirmed"
			}
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
