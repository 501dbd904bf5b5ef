package dnstest_test

import (
	"encoding/hex"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnstest"
)

// If a fault sends a forged answer too, a client that only checks the ID takes the first that
// matches.
func TestHostileFaults(t *testing.T) {
	t.Parallel()
	const listed, absent = "A 10.2.0.192.bl.example", "A 1.0.0.127.bl.example"
	tests := []struct {
		name     string
		fault    dnstest.Fault
		question string
		udp, tcp string
	}{
		{"a flood of lies first", dnstest.Flood(100), listed, "127.0.0.2", "nothing"},
		{
			"a lie from another address first",
			dnstest.OtherAddress,
			listed,
			"127.0.0.2",
			"127.0.0.2",
		},
		{"a lie only", dnstest.Only(1, dnstest.NotAnAnswer), listed, "127.0.0.66", "127.0.0.66"},
		{"not even the lie", dnstest.Only(0, dnstest.NotAnAnswer), listed, "nothing", "nothing"},
		{
			"raw bytes kept back",
			dnstest.Only(0, dnstest.MissingRecord),
			listed,
			"nothing",
			"nothing",
		},
		{"twice", dnstest.Twice, listed, "127.0.0.2", "127.0.0.2"},
		{"mixed case", dnstest.MixedCase, listed, "127.0.0.2", "127.0.0.2"},

		{"no bytes", dnstest.Empty, listed, "nothing", "nothing"},
		{"only a header", dnstest.HeaderOnly(dns.RcodeRefused), listed, "REFUSED", "REFUSED"},
		{"cut", dnstest.CutShort, listed, "nothing", "nothing"},
		{"records promised and not sent", dnstest.MissingRecord, listed, "NODATA", "NODATA"},
		{"a pointer to itself", dnstest.PointerLoop, listed, "nothing", "nothing"},
		{"truncated always", dnstest.TruncatedAlways, listed, "TC", "TC"},
		{"reset", dnstest.Reset, listed, "nothing", "nothing"},
		{"stalled", dnstest.Stall, listed, "nothing", "nothing"},
		{"a length too long", dnstest.WrongLength(5), listed, "nothing", "nothing"},
		{"a length too short", dnstest.WrongLength(-5), listed, "nothing", "nothing"},
		{"the right length", dnstest.WrongLength(0), listed, "nothing", "127.0.0.2"},

		{
			"text is silent",
			dnstest.ForText(dnstest.Silent),
			"TXT 10.2.0.192.bl.example",
			"nothing",
			"nothing",
		},
		{"only text is silent", dnstest.ForText(dnstest.Silent), listed, "127.0.0.2", "127.0.0.2"},
		{
			"absence rewritten",
			dnstest.IfAbsent(dnstest.Answer("203.0.113.9")),
			absent,
			"203.0.113.9",
			"203.0.113.9",
		},
		{
			"only absence",
			dnstest.IfAbsent(dnstest.Answer("203.0.113.9")),
			listed,
			"127.0.0.2",
			"127.0.0.2",
		},
		{
			"alias",
			dnstest.Alias("elsewhere.example."),
			listed,
			"127.0.0.2 elsewhere.example.",
			"127.0.0.2 elsewhere.example.",
		},
		{
			"alias below",
			dnstest.Alias("below"),
			listed,
			"127.0.0.2 below.10.2.0.192.bl.example.",
			"127.0.0.2 below.10.2.0.192.bl.example.",
		},
		{"alias to nothing", dnstest.Alias("elsewhere.example."), absent, "NXDOMAIN", "NXDOMAIN"},
		{
			"parked behind an alias",
			dnstest.Parked("park.example", "203.0.113.9"),
			absent,
			"203.0.113.9 park.example.",
			"203.0.113.9 park.example.",
		},
		{
			"aliases without end",
			dnstest.AliasLoop,
			"A x.bl.example",
			"loop.x.bl.example. x.bl.example.",
			"loop.x.bl.example. x.bl.example.",
		},
		{
			"an address added",
			dnstest.Add("203.0.113.9"),
			listed,
			"127.0.0.2 203.0.113.9",
			"127.0.0.2 203.0.113.9",
		},
		{"nothing to add to", dnstest.Add("203.0.113.9"), absent, "NXDOMAIN", "NXDOMAIN"},
		{"no records but others", dnstest.Unrelated, absent, "NXDOMAIN", "NXDOMAIN"},
		{"NXDOMAIN with records", dnstest.Contradict, listed, "NXDOMAIN", "NXDOMAIN"},
		{"time to live", dnstest.TTL(1 << 31), listed, "127.0.0.2", "127.0.0.2"},
		{"referral", dnstest.Referral, listed, "NODATA", "NODATA"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, dnstest.World{Lists: []dnstest.List{
				{
					Zone:    "bl.example",
					Entries: map[string][]string{"192.0.2.10": {"127.0.0.2"}},
					Fault:   test.fault,
				},
			}})
			if got := answer(server, "udp", test.question, test.udp); got != test.udp {
				t.Errorf("UDP: %s, want %s", got, test.udp)
			}
			if got := answer(server, "tcp", test.question, test.tcp); got != test.tcp {
				t.Errorf("TCP: %s, want %s", got, test.tcp)
			}
		})
	}
}

// The forged answers arrive, as often and from the addresses that the faults promise. A careful
// client would not show that.
func TestLiesArrive(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault dnstest.Fault
		want  string // who sent what, in order
	}{
		"another address": {dnstest.OtherAddress, "127.0.0.2 lies, 127.0.0.1 is right"},
		"a flood": {
			dnstest.Flood(3),
			"127.0.0.1 lies, 127.0.0.1 lies, 127.0.0.1 lies, 127.0.0.1 is right",
		},
		"twice": {dnstest.Twice, "127.0.0.1 is right, 127.0.0.1 is right"},
	}
	for name, test := range tests {
		server := start(
			t,
			dnstest.World{Lists: []dnstest.List{{Zone: "bl.example", Fault: test.fault}}},
		)
		if got := heard(t, server, 1+strings.Count(test.want, ",")); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// heard sends a query from an unconnected socket, and returns all packets that arrive. It waits
// until there are as many as expected, and a little for more.
func heard(t *testing.T, server *dnstest.Server, packets int) string {
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	packet, _ := new(dns.Msg).SetQuestion("2.0.0.127.bl.example.", dns.TypeA).Pack()
	if _, err := conn.WriteTo(packet, net.UDPAddrFromAddrPort(server.Addr)); err != nil {
		t.Fatal(err)
	}
	var came []string
	for buffer := make([]byte, 512); ; {
		wait := 200 * time.Millisecond
		if len(came) < packets {
			wait = 10 * time.Second
		}
		_ = conn.SetReadDeadline(time.Now().Add(wait))
		n, from, err := conn.ReadFromUDPAddrPort(buffer)
		if err != nil {
			return strings.Join(came, ", ")
		}
		word := " is right"
		if strings.Contains(hex.EncodeToString(buffer[:n]), "7f000042") {
			word = " lies"
		}
		if from.Port() != server.Addr.Port() {
			word += " from another port"
		}
		came = append(came, from.Addr().String()+word)
	}
}

// Half of a message arrives over TCP, and then neither the rest nor the end of the stream.
func TestStallStaysOpen(t *testing.T) {
	t.Parallel()
	server := start(t, dnstest.World{Fault: dnstest.Stall})
	conn, err := net.Dial("tcp", server.Addr.String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = (&dns.Conn{Conn: conn}).WriteMsg(new(dns.Msg).SetQuestion("x.example.", dns.TypeA))
	if err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 3)
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.ReadFull(conn, got); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	more, err := io.ReadAll(conn)
	if n := len(got) + len(more); !errors.Is(err, os.ErrDeadlineExceeded) ||
		n >= 2+int(got[0])<<8+int(got[1]) {
		t.Errorf("%d bytes, %v", n, err)
	}
}
