package survey

import (
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
)

// There are two paths to a list, and one or both may lie, be late or silent. Neither takes the
// proof from the other.
func TestPathsTogether(t *testing.T) {
	t.Parallel()
	const listsAll = "failed: lists everything, test entry that must not be listed returned 127.0.0.2"
	listed := map[string][]string{"192.0.2.1": {"127.0.0.2"}}
	at := func(subject string, fault dnstest.Fault) map[string]dnstest.Fault {
		return map[string]dnstest.Fault{subject: fault}
	}
	wild := func(negative dnstest.Fault) dnstest.List { // lists everything; negative is how that shows
		world := dnstest.Answer("127.0.0.2")
		return dnstest.List{Fault: world, FaultAt: map[string]dnstest.Fault{"127.0.0.1": negative, "192.0.2.1": world}}
	}
	late := func(delay time.Duration, then dnstest.Fault) dnstest.Fault { return dnstest.Late(delay, then) }
	tests := []struct {
		name              string
		resolver, servers dnstest.List
		want              string
	}{
		{
			"the resolver's wildcard shows late, the servers have a proof",
			wild(late(testWait*3/2, dnstest.Answer("127.0.0.2"))),
			dnstest.List{},
			"directly not listed; " + listsAll,
		},
		{
			"the servers' wildcard shows late, the resolver has a proof",
			dnstest.List{FaultAt: at("192.0.2.1", late(testWait*5/4, dnstest.Healthy))},
			wild(late(testWait/3, dnstest.Answer("127.0.0.2"))),
			"not listed",
		},
		{
			"the servers hide their wildcard",
			wild(dnstest.Answer("127.0.0.2")),
			wild(dnstest.Silent),
			listsAll + "; directly listed unconfirmed",
		},
		{
			"the resolver hides the wildcard",
			wild(dnstest.Rcode(dnstest.ServFail)),
			wild(dnstest.Answer("127.0.0.2")),
			"directly " + listsAll + "; listed unconfirmed",
		},
		{
			"both hide it",
			wild(dnstest.Silent),
			wild(dnstest.Silent),
			"listed unconfirmed; directly listed unconfirmed",
		},
		{
			"the servers confirm",
			dnstest.List{Entries: listed, FaultAt: at("127.0.0.1", dnstest.Silent)},
			dnstest.List{Entries: listed},
			"directly listed; listed unconfirmed",
		},
		{
			"the servers are silent after a while",
			dnstest.List{Fault: refuses},
			dnstest.List{Entries: listed, FaultAt: at("127.0.0.1", dnstest.Silent)},
			"directly listed unconfirmed; failed: refuses this resolver, 127.255.255.254 = error code",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.resolver.Zone, tt.servers.Zone = "bl.example", "bl.example"
			checktest.Patiently(t, func(wrong func(format string, args ...any)) {
				client, _ := tree(
					t,
					dnstest.World{
						Lists:   []dnstest.List{tt.resolver},
						Records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
					},
					map[string]dnstest.World{
						"127.0.1.1": {Zones: []string{"bl.example"}, Lists: []dnstest.List{tt.servers}},
					},
				)
				client.Wait = testWait
				if got := inFull(found(t.Context(), auto(client, unknowns("bl.example")), addresses("192.0.2.1"))[0]); got != tt.want {
					wrong("got  %s\nwant %s", got, tt.want)
				}
			})
		})
	}
}

// A listing that the resolver says late is confirmed, although the name servers say at the same
// time that there is none. Each answer is held until the other path has got as far as it must.
func TestLateListingBeatsAbsence(t *testing.T) {
	t.Parallel()
	direct, confirming := make(chan struct{}), make(chan struct{})
	var directly, confirmed sync.Once
	after := func(done chan struct{}) dnstest.Fault {
		return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			select {
			case <-done:
			case <-t.Context().Done():
			}
			dnstest.Healthy(w, q, healthy)
		}
	}
	tell := func(once *sync.Once, asked chan struct{}, then dnstest.Fault) dnstest.Fault {
		return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			once.Do(func() { close(asked) })
			then(w, q, healthy)
		}
	}
	through := dnstest.List{Zone: "bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}},
		FaultAt: map[string]dnstest.Fault{
			"192.0.2.1": after(direct),
			"127.0.0.1": tell(&confirmed, confirming, dnstest.Healthy),
		}}
	own := dnstest.List{Zone: "bl.example", FaultAt: map[string]dnstest.Fault{
		"192.0.2.1": tell(&directly, direct, after(confirming)),
	}}
	client, _ := tree(
		t,
		dnstest.World{
			Lists:   []dnstest.List{through},
			Records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
		},
		map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"}, Lists: []dnstest.List{own}}},
	)
	client.Wait, client.Rounds = testWait, 20
	if got := inFull(found(t.Context(), auto(client, unknowns("bl.example")), addresses("192.0.2.1"))[0]); got != "listed" {
		t.Errorf("got %s", got)
	}
}

// A list cannot make us query many hosts: only a few of its name servers are queried.
func TestDirectIsBounded(t *testing.T) {
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		records := []string{"ns.test A 127.0.1.99"}
		servers := map[string]dnstest.World{}
		for i := range 12 {
			records = append(records, fmt.Sprintf("bl.example NS ns%d.test", i))
			for j := range 3 {
				records = append(records, fmt.Sprintf("ns%d.test A 127.0.%d.%d", i, 2+i, 1+j))
				servers[fmt.Sprintf("127.0.%d.%d", 2+i, 1+j)] = dnstest.World{Zones: []string{"other.example"}} // refuses
			}
		}
		client, started := tree(
			t,
			dnstest.World{Lists: []dnstest.List{{Zone: "bl.example", Fault: refuses}}, Records: records},
			servers,
		)
		found(t.Context(), auto(client, unknowns("bl.example")), addresses("192.0.2.1"))
		asked := 0
		for name, server := range started {
			if n := len(server.Queries()); name != "resolver" && n > 0 {
				asked++
			}
		}
		if names := len(withoutProbes(started["resolver"])) - 3; asked != 4 ||
			names != 2*4 { // 3: the entry, the test entry and NS
			wrong("%d name servers asked, %d addresses looked up", asked, names)
		}
	})
}

// If the resolvers are gone, the search for name servers is given up after a few lists.
func TestVainFinding(t *testing.T) {
	t.Parallel()
	server := start(t, dnstest.World{Fault: dnstest.Silent})
	client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: testWait / 10}
	var zones []string
	for i := range 4 * authority.MaxSearches {
		zones = append(zones, fmt.Sprintf("l%d.example", i))
	}
	for _, f := range found(t.Context(), auto(client, unknowns(zones...)), addresses("192.0.2.1")) {
		if got := inFull(f); got != "failed: timeout; directly failed: no name server found, no answer from the resolver" {
			t.Errorf("%s: %s", f.List.Zone, got)
		}
	}
	tried := 0
	for _, zone := range zones {
		tried += min(1, server.Count("NS "+zone))
	}
	if tried < authority.MaxSearches || tried > 2*authority.MaxSearches {
		t.Errorf("name servers of %d lists were looked for", tried)
	}
}
