package resolver

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
)

// The tests mostly wait, so many of them may run at a time, whatever the number of processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

const (
	listedName  = "10.2.0.192.bl.example" // is at 127.0.0.2 in lists()
	absentName  = "11.2.0.192.bl.example"
	generous    = 10 * time.Second // for what should be a matter of milliseconds
	testTTL     = 300 * time.Second
	listedAddrs = "127.0.0.2"
)

// testWait is long enough for a busy machine.
var testWait = checktest.Wait(500 * time.Millisecond)

// lists returns a world with one list that behaves as fault says.
func lists(fault dnstest.Fault) dnstest.World {
	return dnstest.World{Lists: []dnstest.List{{
		Zone:    "bl.example",
		Entries: map[string][]string{"192.0.2.10": {listedAddrs}},
		Texts:   map[string][]string{"192.0.2.10": {"why"}},
		Fault:   fault,
	}}}
}

func start(t testing.TB, world dnstest.World) *dnstest.Server {
	t.Helper()
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

// closedPort returns an address where nothing listens during the test. The port is that of a socket
// that takes packets from elsewhere only, so that no other server gets it meanwhile.
func closedPort(t *testing.T) netip.AddrPort {
	t.Helper()
	local, elsewhere := net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}, net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9}
	conn, err := net.DialUDP("udp", &local, &elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn.LocalAddr().(*net.UDPAddr).AddrPort()
}

// client asks servers with short waits.
func client(servers ...*dnstest.Server) *Client {
	c := &Client{Wait: testWait}
	for _, server := range servers {
		c.Resolvers = append(c.Resolvers, server.Addr)
	}
	return c
}

func ask(t *testing.T, c *Client, kind dnsbl.Type, name string) dnsbl.Answer {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), generous)
	defer cancel()
	q := dnsbl.Question{Name: name, Type: kind}
	answer := c.Ask(ctx, q)
	if answer.Question != q || answer.RTT <= 0 {
		t.Errorf("answer to %v after %v, asked %v", answer.Question, answer.RTT, q)
	}
	return answer
}

// said puts an answer into words: its records, "NXDOMAIN", "NODATA", or the cause with its detail.
func said(a dnsbl.Answer) string {
	switch {
	case a.Cause != "" && (a.NXDomain || len(a.Addrs)+len(a.Texts) > 0):
		return fmt.Sprintf("both a cause and a verdict: %+v", a)
	case a.Cause != "" && a.Detail != "":
		return a.Cause.Text() + ": " + a.Detail
	case a.Cause != "":
		return a.Cause.Text()
	case a.NXDomain:
		return "NXDOMAIN"
	case len(a.Addrs)+len(a.Texts) == 0:
		return "NODATA"
	}
	var words []string
	for _, addr := range a.Addrs {
		words = append(words, addr.String())
	}
	for _, text := range a.Texts {
		words = append(words, fmt.Sprintf("%q", text))
	}
	return strings.Join(words, " ")
}

// mustNot is for what does not panic.
func mustNot(t *testing.T) func(int, any) {
	return func(i int, reason any) { t.Errorf("%d failed: %v", i, reason) }
}

// askAll asks each server its own question, all at once so that their silences pass together.
func askAll(t *testing.T, servers []*dnstest.Server, kind func(i int) dnsbl.Type) []dnsbl.Answer {
	answers := make([]dnsbl.Answer, len(servers))
	parallel.Each(len(servers), len(servers), func(i int) {
		answers[i] = ask(t, client(servers[i]), kind(i), listedName)
	}, mustNot(t))
	return answers
}
