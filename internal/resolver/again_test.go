package resolver

import (
	"fmt"
	"net/netip"
	"syscall"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
)

// askMany asks n questions at once through shared sockets, and returns how many got the answer.
func askMany(t *testing.T, c *Client, n int) (answered int) {
	answers := make([]dnsbl.Answer, n)
	parallel.Each(n, n, func(i int) {
		answers[i] = ask(t, c, dnsbl.A, fmt.Sprintf("%d.2.0.192.bl.example", i+100))
	}, mustNot(t))
	for i := range answers {
		if answers[i].Cause == "" {
			answered++
		}
	}
	return answered
}

// A server that refuses everything is not sent each query again. A server that refuses only queries
// above its limit is.
func TestRefusalsAreBounded(t *testing.T) {
	t.Parallel()
	const n = 60
	server := start(t, lists(dnstest.Rcode(dns.RcodeRefused)))
	c := (&Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: generous}).Shared()
	if got := askMany(t, c, n); got != 0 || c.Sent() > n*3/2 {
		t.Errorf("%d answers to %d queries, want none and not twice as many", got, c.Sent())
	}
	busy := dnstest.AtMost(n*3/4, dnstest.Late(100*time.Millisecond, dnstest.NXDomain))
	c = (&Client{Resolvers: []netip.AddrPort{start(t, lists(busy)).Addr}, Wait: generous}).Shared()
	if got := askMany(t, c, n); got != n {
		t.Errorf("%d answers to %d queries, want all", got, n)
	}
}

// When a port is closed for a moment, answers that came before are kept, and missing ones are asked
// for again.
func TestPortOpensLate(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		world := lists(nil)
		server := start(t, world) // which has a port of its own
		addr := server.Addr
		server.Close()
		opened := make(chan error, 1)
		time.AfterFunc(firstPause/2, func() {
			server, err := dnstest.StartAt(addr, world)
			if err == nil {
				t.Cleanup(server.Close)
			}
			opened <- err
		})
		const n = 60
		c := (&Client{Resolvers: []netip.AddrPort{addr}}).Shared()
		if got := askMany(t, c, n); got < n*3/4 { // a busy machine may open it too late for some
			wrong("%d answers, want %d", got, n)
		}
		if err := <-opened; err != nil {
			wrong("%v", err)
		}
	})
}

// A port that stays closed is found out within a second, and from then on at once.
func TestPortStaysClosed(t *testing.T) {
	t.Parallel()
	c := (&Client{Resolvers: []netip.AddrPort{closedPort(t)}, Wait: generous}).Shared()
	answer := ask(t, c, dnsbl.A, listedName)
	if answer.Cause != dnsbl.Unreachable || answer.RTT > generous/2 {
		t.Errorf("%s after %v", said(answer), answer.RTT)
	}
	before := c.Sent()
	answer = ask(t, c, dnsbl.A, listedName)
	// The first packet may only bring the error of an earlier one.
	if sent := c.Sent() - before; answer.Cause != dnsbl.Unreachable || sent > 2 {
		t.Errorf("%s after %d queries more", said(answer), sent)
	}
}

// An error for one query does not stop the reply to another one at the same socket.
func TestSocketGoesOn(t *testing.T) {
	server, _ := echo(t, func(packet []byte) [][]byte { return [][]byte{answering(packet)} })
	var own transport
	queries, replies := register(t, &own, server, 2)
	defer queries[0].release()
	defer queries[1].release()
	s := queries[0].socket
	for range 2 * maxBuffered {
		own.fail(queries[1], s, syscall.ECONNREFUSED)
	}
	if err := queries[0].again(false); err != nil {
		t.Fatal(err)
	}
	if first, second := <-replies[0], <-replies[0]; first.kind != failed || second.kind != complete {
		t.Errorf("%+v, then %+v", first, second)
	}
	if len(replies[1]) > 0 {
		t.Errorf("a query that was not sent failed: %+v", <-replies[1])
	}
}

// A Final exchange does not wait for a failure to pass.
func TestFinal(t *testing.T) {
	t.Parallel()
	server := start(t, lists(dnstest.First(1, dnstest.Rcode(dns.RcodeServerFailure), dnstest.Healthy)))
	q := dnsbl.Question{Name: listedName, Type: dnsbl.A}
	c := client(server)
	c.Wait = generous
	x := c.Start(t.Context(), q, nil)
	x.Final = true
	if got := said(x.Complete(t.Context())); got != "SERVFAIL" {
		t.Error(got)
	}
}

// A resolver that is silent to EDNS is asked without it at last, and from then on.
func TestSilentToEDNS(t *testing.T) {
	t.Parallel()
	server := start(t, dnstest.World{Lists: lists(nil).Lists, Fault: dnstest.IfEDNS(dnstest.Silent)})
	c := client(server).Shared()
	for i, want := range []int{loneRounds, loneRounds + 1} {
		answer := ask(t, c, dnsbl.A, fmt.Sprintf("%d.2.0.192.bl.example", i+100))
		if got, n := said(answer), len(server.Queries()); got != "NXDOMAIN" || n != want {
			t.Errorf("%s after %d queries, want %d", got, n, want)
		}
	}
	if _, without, _ := c.Faulty(); len(without) != 1 || without[0] != server.Addr {
		t.Errorf("without EDNS: %v", without)
	}
}

// A resolver with EDNS that loses packets is not taken for one without.
func TestLossIsNoDislikeOfEDNS(t *testing.T) {
	t.Parallel()
	lossy := dnstest.First(2, dnstest.Silent, dnstest.Healthy)
	server := start(t, lists(dnstest.After(1, dnstest.Healthy, lossy)))
	c := client(server).Shared()
	ask(t, c, dnsbl.A, absentName) // which is not lost
	ask(t, c, dnsbl.A, listedName)
	if _, without, overTCP := c.Faulty(); len(without)+len(overTCP) > 0 {
		t.Errorf("without EDNS: %v, over TCP: %v", without, overTCP)
	}
}

// A resolver that answers only over TCP is asked over TCP from then on. With use-vc it always is.
func TestOnlyTCP(t *testing.T) {
	t.Parallel()
	onlyTCP := dnstest.ByTransport(dnstest.Silent, dnstest.Healthy)
	server := start(t, dnstest.World{Lists: lists(nil).Lists, Fault: onlyTCP})
	c := client(server).Shared()
	for _, sent := range []int{loneRounds, loneRounds} {
		if got := said(ask(t, c, dnsbl.A, listedName)); got != listedAddrs || c.Sent() != sent {
			t.Errorf("%s after %d queries over UDP, want %d", got, c.Sent(), sent)
		}
	}
	if _, _, overTCP := c.Faulty(); len(overTCP) != 1 || overTCP[0] != server.Addr {
		t.Errorf("over TCP: %v", overTCP)
	}
	c = client(server).Shared()
	c.TCP = true
	if got := said(ask(t, c, dnsbl.A, listedName)); got != listedAddrs || c.Sent() != 0 {
		t.Errorf("%s after %d queries over UDP, want none", got, c.Sent())
	}
}
