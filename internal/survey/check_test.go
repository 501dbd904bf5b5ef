package survey

import (
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// Name servers in private networks are queried only if a resolver that the user named is there.
func TestDirectKeepsOut(t *testing.T) {
	records := []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}
	client, servers := tree(
		t,
		dnstest.World{Lists: []dnstest.List{{Zone: "bl.example", Fault: refuses}}, Records: records},
		map[string]dnstest.World{"127.0.1.1": serving("bl.example")},
	)
	client.Named = false
	got := found(t.Context(), auto(client, unknowns("bl.example")), addresses("192.0.2.1"))[0]
	if got.Outcome != dnsbl.Failed || got.Other.Detail != "127.0.1.1 is a loopback address" {
		t.Error(inFull(got))
	}
	if asked := servers["127.0.1.1"].Queries(); len(asked) > 0 {
		t.Errorf("asked inside: %q", asked)
	}
}

// Each mode of Direct queries the paths that it should.
func TestDirectModes(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		records := []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}
		healthy := serving().Lists[0]
		for _, tt := range []struct {
			mode     Direct
			resolver dnstest.Fault
			want     string
			directly int // questions to the name server
		}{
			{Never, nil, "listed", 0},
			{Never, refuses, "failed: refuses this resolver, 127.255.255.254 = error code", 0},
			{Auto, nil, "listed", 0},
			{Auto, dnstest.Rcode(dnstest.ServFail), "directly listed; failed: SERVFAIL", 4},
			{Auto, dnstest.Silent, "directly listed; failed: timeout", 4},
			{Auto, dnstest.Strip, "directly listed; failed: test entry has no return code, NODATA", 4},
			{Always, nil, "directly listed", 4},
		} {
			list := healthy
			list.Fault = tt.resolver
			client, servers := tree(
				t,
				dnstest.World{Lists: []dnstest.List{list}, Records: records},
				map[string]dnstest.World{"127.0.1.1": serving("bl.example")},
			)
			if tt.want == "directly listed; failed: timeout" {
				client.Wait = testWait
			}
			survey := New(client, unknowns("bl.example"))
			survey.Direct = tt.mode
			got := found(t.Context(), survey, addresses("192.0.2.1"))[0]
			// Each query once: on a busy machine one may be sent again.
			asked := slices.Compact(slices.Sorted(slices.Values(servers["127.0.1.1"].Queries())))
			if inFull(got) != tt.want || len(asked) != tt.directly {
				wrong("%d: %s, want %s; directly asked %q", tt.mode, inFull(got), tt.want, asked)
			}
		}
	})
}

// If the name servers answer, a silent resolver is not tried to the end. If they are silent, its
// late answer still counts.
func TestDirectDoesNotWait(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		records := []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}
		for _, tt := range []struct {
			resolver, nameServer dnstest.Fault
			want                 string
			tries, direct        int
		}{
			{dnstest.Silent, nil, "directly listed; failed: timeout", 3, 2},
			{lateCode, dnstest.Silent, "listed", 3, 2}, // of four, with one as the answer is overdue
		} {
			list := serving().Lists[0]
			list.FaultAt = map[string]dnstest.Fault{"192.0.2.1": tt.resolver}
			world := serving("bl.example")
			world.Fault = tt.nameServer
			client, servers := tree(
				t,
				dnstest.World{Lists: []dnstest.List{list}, Records: records},
				map[string]dnstest.World{"127.0.1.1": world},
			)
			client.Wait = testWait
			got := found(t.Context(), auto(client, unknowns("bl.example")), addresses("192.0.2.1"))[0]
			tries, direct := servers["resolver"].Count(
				"A 1.2.0.192.bl.example",
			), servers["127.0.1.1"].Count(
				"A 1.2.0.192.bl.example",
			)
			if inFull(got) != tt.want || tries > tt.tries || direct > tt.direct {
				wrong(
					"%s after %d and %d tries, want %s after %d and %d",
					inFull(got),
					tries,
					direct,
					tt.want,
					tt.tries,
					tt.direct,
				)
			}
		}
	})
}

// lateCode answers queries for codes late, and those for reasons at once.
func lateCode(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if q.Question[0].Qtype == dns.TypeA {
		dnstest.Late(testWait*5/4, dnstest.Healthy)(w, q, healthy)
		return
	}
	dnstest.Healthy(w, q, healthy)
}

// Name servers are looked for once a run, and are queried without recursion.
func TestDirectAsksNoMoreThanItMust(t *testing.T) {
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		var mu sync.Mutex
		recursive := 0
		world := serving("bl.example")
		world.Fault = func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			mu.Lock()
			defer mu.Unlock()
			if q.RecursionDesired {
				recursive++
			}
			dnstest.Healthy(w, q, healthy)
		}
		client, servers := tree(
			t,
			dnstest.World{
				Lists:   []dnstest.List{{Zone: "bl.example", Fault: refuses}},
				Records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			},
			map[string]dnstest.World{"127.0.1.1": world},
		)
		survey := auto(client, unknowns("bl.example"))
		found(t.Context(), survey, addresses("192.0.2.1", "192.0.2.2", "192.0.2.3"))
		want := []string{
			"A 1.0.0.127.bl.example",
			"A 1.2.0.192.bl.example",
			"A 2.0.0.127.bl.example",
			"A 2.2.0.192.bl.example",
			"A 3.2.0.192.bl.example",
			"TXT 1.2.0.192.bl.example",
		}
		if got := slices.Sorted(slices.Values(servers["127.0.1.1"].Queries())); !slices.Equal(got, want) || recursive > 0 {
			wrong("asked %q, %d times with recursion, want %q", got, recursive, want)
		}
		want = []string{
			"A 1.2.0.192.bl.example",
			"A 2.0.0.127.bl.example",
			"A 2.2.0.192.bl.example",
			"A 3.2.0.192.bl.example",
			"A ns.test",
			"AAAA ns.test",
			"NS bl.example",
		}
		if got := withoutProbes(servers["resolver"]); !slices.Equal(got, want) {
			wrong("the resolver was asked %q, want %q", got, want)
		}
	})
}

// A listing that the resolver cannot confirm is confirmed by the name servers. A listing that they
// contradict stands, unconfirmed.
func TestDirectConfirms(t *testing.T) {
	t.Parallel()
	records := []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}
	list := serving().Lists[0]
	list.FaultAt = map[string]dnstest.Fault{"127.0.0.1": dnstest.Rcode(dnstest.ServFail)}
	for want, nameServer := range map[string]dnstest.World{
		"directly listed; listed unconfirmed":     serving("bl.example"),
		"listed unconfirmed; directly not listed": {Zones: []string{"bl.example"}, Lists: []dnstest.List{{Zone: "bl.example"}}},
	} {
		client, _ := tree(
			t,
			dnstest.World{Lists: []dnstest.List{list}, Records: records},
			map[string]dnstest.World{"127.0.1.1": nameServer},
		)
		if got := found(t.Context(), auto(client, unknowns("bl.example")), addresses("192.0.2.1"))[0]; inFull(
			got,
		) != want {
			t.Errorf("%s, want %s", inFull(got), want)
		}
	}
}

// Lists are tested on both paths, and for addresses and domains separately.
func TestSurveyTest(t *testing.T) {
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		records := []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}
		world := dnstest.World{
			Lists: []dnstest.List{
				{Zone: "bl.example", Fault: refuses},
				{Zone: "good.example"},
				{Zone: "world.example", Fault: dnstest.Answer("127.0.0.2")},
			},
			Records: records,
		}
		client, servers := tree(t, world, map[string]dnstest.World{"127.0.1.1": serving("bl.example")})
		lists := unknowns("bl.example", "good.example", "world.example")
		lists[0].Subjects, lists[2].Subjects = dnsbl.IPv4, dnsbl.IPv6
		findings := auto(client, lists).Test(t.Context())
		want := []string{
			"bl.example 127.0.0.2 directly listed; failed: refuses this resolver, 127.255.255.254 = error code",
			"good.example 127.0.0.2 listed", "good.example test listed",
			"world.example ::ffff:127.0.0.2 failed: lists everything, test entry that must not be listed returned 127.0.0.2; directly failed: no name server found",
		}
		for i, f := range findings {
			if got := f.List.Zone + " " + f.Subject.String() + " " + inFull(f); got != want[i] {
				wrong("got  %s\nwant %s", got, want[i])
			}
		}
		if asked := slices.Sorted(slices.Values(servers["127.0.1.1"].Queries())); !slices.Equal(
			asked,
			[]string{"A 1.0.0.127.bl.example", "A 2.0.0.127.bl.example"},
		) {
			wrong("asked %q", asked)
		}
	})
}

// Evidence that an address is not listed is kept only if it is wanted.
func TestKeepEvidence(t *testing.T) {
	for _, keep := range []bool{false, true} {
		for _, mode := range []Direct{Never, Always} {
			client, _ := tree(
				t,
				dnstest.World{
					Lists:   serving().Lists,
					Records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
				},
				map[string]dnstest.World{"127.0.1.1": serving("bl.example")},
			)
			survey := New(client, unknowns("bl.example"))
			survey.Direct, survey.KeepEvidence = mode, keep
			got := found(t.Context(), survey, addresses("192.0.2.2"))[0]
			if got.Outcome != dnsbl.NotListed || (got.Evidence != nil) != keep {
				t.Errorf("mode %d, keep %t: %s, evidence %v", mode, keep, inFull(got), got.Evidence)
			}
		}
	}
}

// A resolver that never answers while another one does is unresponsive; one that was not needed is
// not.
func TestUnresponsive(t *testing.T) {
	t.Parallel()
	server, client := surveyWorld(t, dnstest.List{Zone: "a.example"})
	silent := start(t, dnstest.World{Fault: dnstest.Silent})
	closed := closedPort(t)
	for _, tt := range []struct {
		resolvers, want []netip.AddrPort
		wait            time.Duration
	}{
		{[]netip.AddrPort{server.Addr, silent.Addr}, nil, longWait},
		{[]netip.AddrPort{silent.Addr, server.Addr}, []netip.AddrPort{silent.Addr}, testWait / 2},
		{[]netip.AddrPort{closed, server.Addr}, []netip.AddrPort{closed}, longWait},
		{[]netip.AddrPort{silent.Addr}, nil, testWait / 20},
	} {
		client.Resolvers, client.Wait = tt.resolvers, tt.wait
		survey := New(client, unknowns("a.example"))
		found(t.Context(), survey, addresses("192.0.2.1"))
		if got, _, _ := survey.Faulty(); !slices.Equal(got, tt.want) {
			t.Errorf("%v: unresponsive %v, want %v", tt.resolvers, got, tt.want)
		}
	}
}
