package resolver

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
)

// A resolversCase puts one question to several resolvers that misbehave and counts what each was
// asked.
type resolversCase struct {
	name   string
	faults []dnstest.Fault
	rounds int
	want   string
	asked  []int
	from   int
}

func resolversCases(t *testing.T) []resolversCase {
	servFail, refused := dnstest.Rcode(dns.RcodeServerFailure), dnstest.Rcode(dns.RcodeRefused)
	lost := func(n int) dnstest.Fault { return dnstest.First(n, dnstest.Silent, dnstest.Healthy) }
	failing := func(n int, fault dnstest.Fault) dnstest.Fault { return dnstest.First(n, fault, dnstest.Healthy) }
	// late answers the first query as soon as there is another, to any of the resolvers.
	late := func(resolvers int) []dnstest.Fault {
		another := make(chan struct{})
		tell := sync.OnceFunc(func() { close(another) })
		silent := func(dns.ResponseWriter, *dns.Msg, *dns.Msg) { tell() }
		answer := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			select {
			case <-another:
				dnstest.Healthy(w, q, healthy)
			case <-t.Context().Done():
			}
		}
		faults := []dnstest.Fault{dnstest.First(1, answer, silent), silent}
		return faults[:resolvers]
	}
	return []resolversCase{
		{"one packet lost", []dnstest.Fault{lost(1)}, 0, listedAddrs, []int{2}, 0},
		{"two packets lost", []dnstest.Fault{lost(2)}, 0, listedAddrs, []int{3}, 0},
		{"three packets lost, then TCP", []dnstest.Fault{lost(3)}, 0, listedAddrs, []int{4}, 0},
		{"silence over TCP too", []dnstest.Fault{dnstest.Silent}, 0, "timeout: no answer to 3 tries", []int{4}, 0},
		{"three packets lost, five rounds", []dnstest.Fault{lost(3)}, 5, listedAddrs, []int{4}, 0},
		{"one round for a lone resolver", []dnstest.Fault{lost(2)}, 1, listedAddrs, []int{3}, 0},
		{"late answer to the first copy", late(1), 0, listedAddrs, []int{2}, 0},
		{"late answer from the first of two", late(2), 0, listedAddrs, []int{1, 1}, 0},
		{
			"late answer from the first of two, one round",
			late(2),
			1,
			listedAddrs,
			[]int{1, 1},
			0,
		},

		{"first answers", []dnstest.Fault{nil, nil}, 0, listedAddrs, []int{1, 0}, 0},
		{"first says no", []dnstest.Fault{dnstest.NXDomain, nil}, 0, "NXDOMAIN", []int{1, 0}, 0},
		{"first is silent", []dnstest.Fault{dnstest.Silent, nil}, 0, listedAddrs, []int{1, 1}, 1},
		{
			"both are silent",
			[]dnstest.Fault{dnstest.Silent, dnstest.Silent},
			0,
			"timeout: no answer to 4 tries",
			[]int{3, 3},
			1,
		},
		{"one round, then TCP", []dnstest.Fault{dnstest.Silent, lost(1)}, 1, listedAddrs, []int{2, 2}, 1},
		{"SERVFAIL, then an answer", []dnstest.Fault{servFail, nil}, 0, listedAddrs, []int{1, 1}, 1},
		{"REFUSED, then an answer", []dnstest.Fault{refused, nil}, 0, listedAddrs, []int{1, 1}, 1},
		{
			"FORMERR, then an answer",
			[]dnstest.Fault{dnstest.Rcode(dns.RcodeFormatError), nil},
			0,
			listedAddrs,
			[]int{2, 1},
			1,
		},
		{
			"malformed, then an answer",
			[]dnstest.Fault{withRcode(dns.RcodeNameError, dnstest.Healthy), nil},
			0,
			listedAddrs,
			[]int{1, 1},
			1,
		},
		{
			"dead TCP, then an answer",
			[]dnstest.Fault{dnstest.TruncatedThen(dnstest.HangUp), nil},
			0,
			listedAddrs,
			[]int{2, 1},
			1,
		},
		{"all refuse", []dnstest.Fault{refused, refused, refused}, 0, "REFUSED", []int{2, 2, 1}, 2},
		{"SERVFAIL says more than REFUSED", []dnstest.Fault{servFail, refused}, 0, "SERVFAIL", []int{2, 2}, 0},
		{"the silent one keeps its rounds", []dnstest.Fault{servFail, lost(1)}, 0, listedAddrs, []int{1, 2}, 1},
		{"SERVFAIL says more than silence", []dnstest.Fault{dnstest.Silent, servFail}, 0, "SERVFAIL", []int{3, 3}, 1},

		{"SERVFAIL once", []dnstest.Fault{failing(1, servFail)}, 0, listedAddrs, []int{2}, 0},
		{"REFUSED twice", []dnstest.Fault{failing(2, refused)}, 0, listedAddrs, []int{3}, 0},
		{"SERVFAIL three times", []dnstest.Fault{failing(3, servFail)}, 0, "SERVFAIL", []int{3}, 0},
		{"all fail once", []dnstest.Fault{failing(1, servFail), failing(1, refused)}, 0, listedAddrs, []int{2, 1}, 0},
	}
}

// play calls wrong with what is wrong with the answer, or with the queries that came.
func (test *resolversCase) play(t *testing.T, wrong func(format string, args ...any)) {
	var servers []*dnstest.Server
	for _, fault := range test.faults {
		servers = append(servers, start(t, lists(fault)))
	}
	c := client(servers...)
	c.Rounds = test.rounds
	answer := ask(t, c, dnsbl.A, listedName)
	if got := said(answer); got != test.want {
		wrong("%s: %s, want %s", test.name, got, test.want)
	}
	if answer.Server != c.Resolvers[test.from] {
		wrong("%s: from %v, want number %d of %v", test.name, answer.Server, test.from, c.Resolvers)
	}
	for k, want := range test.asked {
		if got := counted(servers[k], want); got != want {
			wrong("%s: server %d was asked %d times, want %d", test.name, k, got, want)
		}
	}
}

// All cases are played at once, as they mostly wait. A case that fails is played again alone.
func TestResolvers(t *testing.T) {
	t.Parallel()
	tests := resolversCases(t)
	again := make([]bool, len(tests))
	parallel.Each(len(tests), len(tests), func(i int) {
		tests[i].play(t, func(format string, args ...any) {
			t.Logf(format, args...)
			again[i] = true
		})
	}, mustNot(t))
	for i := range tests {
		if again[i] {
			checktest.Patiently(t, func(wrong func(string, ...any)) { resolversCases(t)[i].play(t, wrong) })
		}
	}
}

// counted returns how often the server was asked for listedName. The last copy may be on its way
// when the answer to an earlier one has come, so it waits for them.
func counted(server *dnstest.Server, want int) int {
	for begin := time.Now(); server.Count("A "+listedName) < want && time.Since(begin) < generous; {
		time.Sleep(time.Millisecond)
	}
	return server.Count("A " + listedName)
}

// TestFailuresCostNoWait has waits that would be noticed.
func TestFailuresCostNoWait(t *testing.T) {
	t.Parallel()
	closed := []netip.AddrPort{closedPort(t), closedPort(t)}
	healthy := start(t, lists(nil)).Addr
	failing := start(t, lists(dnstest.Rcode(dns.RcodeServerFailure))).Addr
	deadTCP := start(t, dnstest.World{UDPOnly: true, Lists: lists(dnstest.Truncated).Lists}).Addr
	tests := []struct {
		name      string
		resolvers []netip.AddrPort
		want      string
		from      int
	}{
		{"closed port", closed[:1], "resolver unreachable: connection refused", 0},
		{"all ports closed", closed, "resolver unreachable: connection refused", 1},
		{"closed port, then an answer", []netip.AddrPort{closed[0], healthy}, listedAddrs, 1},
		{"closed port, then SERVFAIL", []netip.AddrPort{closed[0], failing}, "SERVFAIL", 1},
		{"SERVFAIL, then a closed port", []netip.AddrPort{failing, closed[0]}, "SERVFAIL", 0},
		{"truncated, TCP port closed", []netip.AddrPort{deadTCP}, "truncated answer: over TCP: connection refused", 0},
	}
	parallel.Each(len(tests), len(tests), func(i int) {
		test := tests[i]
		c := &Client{Resolvers: test.resolvers, Wait: generous}
		answer := ask(t, c, dnsbl.A, listedName)
		if got := said(answer); got != test.want || answer.Server != test.resolvers[test.from] {
			t.Errorf("%s: %s from %v, want %s", test.name, got, answer.Server, test.want)
		}
		if answer.RTT > generous/2 {
			t.Errorf("%s: took %v", test.name, answer.RTT)
		}
	}, mustNot(t))
}

func TestClosedPortDoesNotHideSilence(t *testing.T) {
	t.Parallel()
	silent := start(t, lists(dnstest.Silent))
	c := client(silent)
	c.Resolvers = append(c.Resolvers, closedPort(t))
	if answer := ask(t, c, dnsbl.A, listedName); answer.Cause != dnsbl.Timeout || answer.Server != silent.Addr {
		t.Errorf("%s from %v", said(answer), answer.Server)
	}
}

// flood sends thousands of packets that do not count.
func flood(w dns.ResponseWriter, q, _ *dns.Msg) {
	for range 5000 {
		_, _ = w.Write([]byte{byte(q.Id >> 8), ^byte(q.Id), 0x80})
	}
}

func TestDeadlineIsKept(t *testing.T) {
	t.Parallel()
	const deadline = 3 * time.Second // so that a try more fits, on a busy machine too
	for name, fault := range map[string]dnstest.Fault{
		"silent": dnstest.Silent, "silent TCP": dnstest.TruncatedThen(dnstest.Silent), "flood": flood, "garbage": dnstest.Garbage,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t, lists(fault))
			c := &Client{Resolvers: []netip.AddrPort{server.Addr}} // would wait 2 s
			ctx, cancel := context.WithTimeout(t.Context(), deadline)
			defer cancel()
			answer := c.Ask(ctx, dnsbl.Question{Name: listedName, Type: dnsbl.A})
			if answer.Cause == "" || answer.RTT < deadline*9/10 || answer.RTT > 2*generous {
				t.Errorf("%s after %v", said(answer), answer.RTT)
			}
			if got := server.Count("A " + listedName); got < 2 {
				t.Errorf("asked %d times: no resend fitted before the deadline", got)
			}
		})
	}
}

func TestCancellationIsPrompt(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]dnstest.Fault{
		"UDP": dnstest.Silent, "TCP": dnstest.TruncatedThen(dnstest.Silent),
	} {
		server := start(t, lists(fault))
		c := &Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: time.Minute}
		ctx, cancel := context.WithCancel(t.Context())
		timer := time.AfterFunc(50*time.Millisecond, cancel)
		answer := c.Ask(ctx, dnsbl.Question{Name: listedName, Type: dnsbl.A})
		timer.Stop()
		if answer.Cause == "" || answer.RTT > generous/2 {
			t.Errorf("%s: %s after %v", name, said(answer), answer.RTT)
		}
	}
}

func TestNothingIsAskedInVain(t *testing.T) {
	server := start(t, lists(nil))
	c := client(server)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	long := strings.Repeat("a", 60) + "."
	tests := []struct {
		name   string
		ctx    context.Context
		client *Client
		asked  string
		want   string
	}{
		{"no resolver", t.Context(), &Client{}, listedName, "resolver unreachable: no server to query"},
		{"no time", over, c, listedName, "timeout: no time left"},
		{"empty label", t.Context(), c, "a..bl.example", "name too long for DNS: "},
		{"long label", t.Context(), c, strings.Repeat("a", 64) + ".bl.example", "name too long for DNS: "},
		{"long name", t.Context(), c, strings.Repeat(long, 5) + "bl.example", "name too long for DNS: "},
	}
	for _, test := range tests {
		answer := test.client.Ask(test.ctx, dnsbl.Question{Name: test.asked, Type: dnsbl.A})
		if got := said(answer); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if asked := server.Queries(); len(asked) > 0 {
		t.Errorf("asked %q", asked)
	}
}

func TestRotate(t *testing.T) {
	servers := []*dnstest.Server{start(t, lists(nil)), start(t, lists(nil))}
	c := client(servers...)
	for range 40 { // all at the same one: once in a thousand billion runs
		c.Rotate = true
		ask(t, c, dnsbl.A, listedName)
		c.Rotate = false
		ask(t, c, dnsbl.A, absentName)
	}
	for i, want := range []int{40, 0} {
		if servers[i].Count("A "+listedName) == 0 || servers[i].Count("A "+absentName) != want {
			t.Errorf(
				"server %d: rotating %d, else %d",
				i,
				servers[i].Count("A "+listedName),
				servers[i].Count("A "+absentName),
			)
		}
	}
}

// TestManyAtATime asks one Client hundreds of questions at once, where a third lose their first
// packet.
func TestManyAtATime(t *testing.T) {
	t.Parallel()
	const n = 300
	list := dnstest.List{
		Zone:    "bl.example",
		Latency: 20 * time.Millisecond,
		Entries: map[string][]string{},
		FaultAt: map[string]dnstest.Fault{},
	}
	subject := func(i int) string { return fmt.Sprintf("192.0.%d.%d", i/100, i%100) }
	for i := range n {
		list.Entries[subject(i)] = []string{fmt.Sprintf("127.0.%d.%d", i/100, i%100)}
		if i%3 == 0 {
			list.FaultAt[subject(i)] = dnstest.First(1, dnstest.Silent, dnstest.Healthy)
		}
	}
	server := start(t, dnstest.World{Lists: []dnstest.List{list}})
	c := client(server)
	c.Wait, c.Rounds = time.Second, 5 // the machine may be slow
	answers := make([]dnsbl.Answer, n)
	begin := time.Now()
	parallel.Each(n, n, func(i int) {
		answers[i] = ask(t, c, dnsbl.A, fmt.Sprintf("%d.%d.0.192.bl.example", i%100, i/100))
	}, mustNot(t))
	if took := time.Since(begin); took > generous {
		t.Errorf("took %v", took)
	}
	for i, answer := range answers {
		if got, want := said(answer), list.Entries[subject(i)][0]; got != want || answer.TTL != testTTL {
			t.Errorf("%d: %s for %v, want %s for %v", i, got, answer.TTL, want, testTTL)
		}
	}
}

func BenchmarkAsk(b *testing.B) {
	server := start(b, dnstest.World{Lists: []dnstest.List{{Zone: "a.example"}}})
	c := &Client{Resolvers: []netip.AddrPort{server.Addr}}
	b.ReportAllocs()
	for b.Loop() {
		if answer := c.Ask(b.Context(), dnsbl.Question{Name: "1.2.0.192.a.example", Type: dnsbl.A}); !answer.NXDomain {
			b.Fatal(said(answer))
		}
	}
}
