package resolver

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

const ms = time.Millisecond

// A query is sent again when its answer takes much longer than others did, and not when many take
// long.
func TestOverdue(t *testing.T) {
	replies := func(n int, rtt time.Duration) []time.Duration {
		return slices.Repeat([]time.Duration{rtt}, n)
	}
	const never = 0
	for name, test := range map[string]struct {
		rtts   []time.Duration
		copies int // sent before
		want   time.Duration
	}{
		"nothing is known":        {nil, 0, never},
		"little is known":         {replies(1, 10*ms), 0, 1000 * ms},
		"fast":                    {replies(20, 10*ms), 0, 300 * ms},
		"some from a cache":       {append(replies(50, ms), 250*ms), 0, 500 * ms},
		"slow, then fast":         {append(replies(50, 250*ms), replies(50, ms)...), 0, 500 * ms},
		"slow, long ago":          {append(replies(50, 250*ms), replies(512, ms)...), 0, 300 * ms},
		"about as slow as a try":  {append(replies(50, ms), 800*ms), 0, never},
		"many are overdue":        {replies(20, 10*ms), 2, never},
		"not so many are overdue": {replies(200, 10*ms), 12, 300 * ms},
	} {
		p := path{copies: test.copies}
		for _, rtt := range test.rtts {
			p.observe(rtt, rtt)
		}
		got := time.Duration(never)
		for age := time.Duration(0); age < 3*time.Second && got == never; age += 100 * ms {
			if p.due(1, age) {
				got = age
			}
		}
		if got != test.want {
			t.Errorf("%s: after %v, want %v", name, got, test.want)
		}
	}
}

// The pause before each copy is twice as long as the one before, and there are few.
func TestCopiesGrowRare(t *testing.T) {
	p := path{replies: 100, longest: 10 * ms}
	for copies, want := range []time.Duration{0, 300 * ms, 900 * ms} {
		if copies > 0 && (p.due(copies, want-ms) || !p.due(copies, want)) {
			t.Errorf("copy %d is not due after %v", copies+1, want)
		}
	}
	if p.due(maxCopies, time.Hour) {
		t.Error("too many copies")
	}
}

// A reply soon after a copy shows that a packet was lost, a later one that the server is slow.
func TestReplyToCopy(t *testing.T) {
	for _, test := range []struct{ first, last, want time.Duration }{
		{310 * ms, 10 * ms, 20 * ms},
		{900 * ms, 600 * ms, 900 * ms},
	} {
		p := path{replies: 100, longest: 20 * ms}
		if p.observe(test.first, test.last); p.slowest() != test.want {
			t.Errorf("%v and %v: %v, want %v", test.first, test.last, p.slowest(), test.want)
		}
	}
}

// A lost packet costs a fraction of the wait for it, through a resolver. A name server is sent one
// packet, as another one is asked instead.
func TestLostPacket(t *testing.T) {
	t.Parallel()
	lost := dnstest.First(1, dnstest.Silent, dnstest.Healthy)
	server := start(t, lists(dnstest.After(2*fewReplies, dnstest.NXDomain, lost)))
	c := (&Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: time.Minute}).Shared()
	for i := range 2 * fewReplies {
		ask(t, c, dnsbl.A, fmt.Sprintf("%d.2.0.192.bl.example", i+100))
	}
	known := c.transport.known(server.Addr)
	if after, _ := known.overdue(); after > lastOverdue/2 {
		t.Skipf("this machine is too busy: an answer is overdue after %v", after)
	}
	answer := ask(t, c, dnsbl.A, listedName)
	if got := said(answer); got != listedAddrs || answer.RTT < leastOverdue || answer.RTT > generous {
		t.Errorf("%s after %v", got, answer.RTT)
	}
	if n := server.Count("A " + listedName); n < 2 || n > 3 {
		t.Errorf("%d queries, want 2", n)
	}
	direct := c.NameServers("bl.example", c.Resolvers)
	x := direct.Start(t.Context(), dnsbl.Question{Name: absentName, Type: dnsbl.A}, nil)
	defer x.Close()
	time.Sleep(leastOverdue + 2*tick)
	if n := server.Count("A " + absentName); n != 1 {
		t.Errorf("%d queries to a name server, want 1", n)
	}
}
