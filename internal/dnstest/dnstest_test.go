package dnstest_test

import (
	"flag"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"
	"go.uber.org/goleak"

	"check_dnsbl/internal/dnstest"
)

// The tests mostly wait, so many of them may run at a time, whatever the number of processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

func start(t *testing.T, world dnstest.World) *dnstest.Server {
	t.Helper()
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

// exchange sends a query with the client of package dns, so that the server is not tested with the
// client that it is meant to test.
func exchange(
	server *dnstest.Server, network, question string, wait time.Duration,
) (*dns.Msg, error) {
	kind, name, _ := strings.Cut(question, " ")
	q := new(dns.Msg).SetQuestion(dns.Fqdn(name), dns.StringToType[kind])
	q.SetEdns0(1232, false)
	client := dns.Client{Net: network, Timeout: wait}
	m, _, err := client.Exchange(q, server.Addr.String())
	return m, err
}

// answer returns the answer to a query as describe does. If nothing is to come it waits briefly,
// else as long as a busy machine may take.
func answer(server *dnstest.Server, network, question, want string) string {
	wait := 10 * time.Second
	if want == nothing {
		wait = 200 * time.Millisecond
	}
	return describe(exchange(server, network, question, wait))
}

// nothing describes that no answer came.
const nothing = "nothing"

// describe returns an answer as text: "NXDOMAIN", "NODATA", the contents of the records in order,
// or "nothing" without an answer.
func describe(m *dns.Msg, err error) string {
	switch {
	case err != nil:
		return nothing
	case m.Truncated:
		return "TC"
	case m.Rcode != dns.RcodeSuccess:
		return dns.RcodeToString[m.Rcode] + explanation(m)
	case len(m.Answer) == 0:
		return "NODATA"
	}
	var records []string
	for _, rr := range m.Answer {
		records = append(records, strings.TrimPrefix(rr.String(), rr.Header().String()))
	}
	slices.Sort(records)
	return strings.Join(records, " ")
}

// explanation returns the extended DNS error of an answer, such as ", Blocked"; "" if it has none.
func explanation(m *dns.Msg) string {
	opt := m.IsEdns0()
	if opt == nil || len(opt.Option) == 0 {
		return ""
	}
	return ", " + dns.ExtendedErrorCodeToString[opt.Option[0].(*dns.EDNS0_EDE).InfoCode]
}

func TestHealthyWorld(t *testing.T) {
	server := start(t, dnstest.World{
		Lists: []dnstest.List{
			{
				Zone: "bl.example",
				Entries: map[string][]string{
					"192.0.2.10": {
						"127.0.0.2",
						"127.0.0.4",
					},
					"2001:db8:1:2:3:4:567:89ab": {"127.0.0.3"},
					"Spam.example":              {"127.0.1.2"},
				},
				Texts: map[string][]string{"192.0.2.10": {"why", "and how"}},
			},
			{Zone: "sub.bl.example", NoTests: true},
			{
				Zone:    "own.example",
				Entries: map[string][]string{"127.0.0.2": nil, "TEST": {"127.0.0.9"}},
			},
		},
		Records: []string{
			"mail.example A 192.0.2.25",
			"mail.example AAAA 2001:db8::25",
			"www.example CNAME mail.example",
			"example MX 10 mail.example",
			"loop.example CNAME loop.example",
			"silent.example MX 0 .",
			"two.example MX 10 mail.example",
			"two.example MX 20 www.example",
			`two.example TXT "one " "and two"`,
			`two.example TXT "three"`,
		},
	})
	const mapped = "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
	tests := map[string]string{
		"A 10.2.0.192.bl.example":   "127.0.0.2 127.0.0.4",
		"A 10.2.0.192.BL.Example":   "127.0.0.2 127.0.0.4",
		"TXT 10.2.0.192.bl.example": `"and how" "why"`,
		"A b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.bl.example": "127.0.0.3", // RFC 5782 section 2.4
		"A spam.example.bl.example":     "127.0.1.2",
		"TXT spam.example.bl.example":   "NODATA",
		"A 11.2.0.192.bl.example":       "NXDOMAIN",
		"A 2.0.0.127.bl.example":        "127.0.0.2",
		"A " + mapped + "bl.example":    "127.0.0.2",
		"A test.bl.example":             "127.0.0.2",
		"A 1.0.0.127.bl.example":        "NXDOMAIN",
		"A 2.0.0.127.sub.bl.example":    "NXDOMAIN",
		"A 2.0.0.127.own.example":       "NXDOMAIN",
		"A test.own.example":            "127.0.0.9",
		"A 2.0.0.127.other.example":     "NXDOMAIN",
		"A mail.example":                "192.0.2.25",
		"AAAA mail.example":             "2001:db8::25",
		"TXT mail.example":              "NODATA",
		"A www.example":                 "192.0.2.25 mail.example.",
		"MX example":                    "10 mail.example.",
		"MX silent.example":             "0 .",
		"MX two.example":                "10 mail.example. 20 www.example.",
		"TXT two.example":               `"one " "and two" "three"`,
		"A loop.example":                strings.TrimSpace(strings.Repeat("loop.example. ", 8)),
		"A notbl.example":               "NXDOMAIN",
		"A 10.2.0.192.sub.bl.example":   "NXDOMAIN",
		"TXT 10.2.0.192.sub.bl.example": "NXDOMAIN",
	}
	for question, want := range tests {
		for _, network := range []string{"udp", "tcp"} {
			if got := answer(server, network, question, want); got != want {
				t.Errorf("%s over %s: %s, want %s", question, network, got, want)
			}
		}
	}
}

func TestBigTextIsTruncatedOverUDP(t *testing.T) {
	text := strings.Repeat("0123456789", 200)
	server := start(
		t,
		dnstest.World{
			Lists: []dnstest.List{
				{Zone: "bl.example", Texts: map[string][]string{"192.0.2.10": {text}}},
			},
		},
	)
	if got := answer(server, "udp", "TXT 10.2.0.192.bl.example", "TC"); got != "TC" {
		t.Errorf("UDP: %.40s", got)
	}
	m, err := exchange(server, "tcp", "TXT 10.2.0.192.bl.example", 10*time.Second)
	if err != nil || strings.Join(m.Answer[0].(*dns.TXT).Txt, "") != text {
		t.Errorf("TCP: %v %v", m, err)
	}
}

func TestQuestionsAreRecorded(t *testing.T) {
	server := start(t, dnstest.World{Lists: []dnstest.List{{Zone: "bl.example"}}})
	asked := []string{"A 1.bl.example", "TXT 2.BL.example", "A 1.bl.example"}
	for _, question := range asked {
		answer(server, "udp", question, "NXDOMAIN")
	}
	want := []string{"A 1.bl.example", "TXT 2.bl.example", "A 1.bl.example"}
	if got := server.Queries(); !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	if got := server.Count("A 1.bl.example"); got != 2 {
		t.Errorf("counted %d, want 2", got)
	}
}

func TestHundredsAtOnce(t *testing.T) {
	const n, latency = 400, 50 * time.Millisecond
	server := start(t, dnstest.World{Lists: []dnstest.List{{Zone: "bl.example", Latency: latency}}})
	begin := time.Now()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			question := fmt.Sprintf("A %d.bl.example", i)
			for describe(exchange(server, "udp", question, time.Second)) == nothing {
				// The system may drop some of so many packets.
				if time.Since(begin) > 20*time.Second {
					t.Errorf("no answer to %s", question)
					return
				}
			}
		})
	}
	wg.Wait()
	if took := time.Since(begin); took > n*latency/2 {
		t.Errorf("%d answers took %v", n, took)
	}
}

func TestStreamIsRaw(t *testing.T) {
	hello := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if stream := dnstest.Stream(w); stream != nil {
			_, _ = stream.Write([]byte("hello"))
			return
		}
		dnstest.Healthy(w, q, healthy)
	}
	server := start(t, dnstest.World{Fault: hello})
	if got := answer(server, "udp", "A x.example", "NXDOMAIN"); got != "NXDOMAIN" {
		t.Errorf("UDP: %s", got)
	}
	conn, err := net.Dial("tcp", server.Addr.String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	stream := dns.Conn{Conn: conn}
	got := make([]byte, 5)
	if err := stream.WriteMsg(new(dns.Msg).SetQuestion("x.example.", dns.TypeA)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(conn, got); err != nil || string(got) != "hello" {
		t.Errorf("TCP: %q, %v", got, err)
	}
}

func TestCloseEndsWaiting(t *testing.T) {
	t.Parallel()
	server, err := dnstest.Start(
		dnstest.World{Lists: []dnstest.List{{Zone: "bl.example", Latency: time.Minute}}},
	)
	if err != nil {
		t.Fatal(err)
	}
	answer(server, "udp", "A 1.bl.example", nothing)
	answer(server, "tcp", "A 1.bl.example", nothing)
	begin := time.Now()
	server.Close()
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("Close took %v", took)
	}
}

func TestUDPOnlyRefusesConnections(t *testing.T) {
	server := start(t, dnstest.World{UDPOnly: true, Records: []string{"mail.example A 192.0.2.25"}})
	if got := answer(server, "udp", "A mail.example", "192.0.2.25"); got != "192.0.2.25" {
		t.Errorf("UDP: %s", got)
	}
	_, err := exchange(server, "tcp", "A mail.example", 10*time.Second)
	if err == nil ||
		!strings.Contains(err.Error(), "refused") {
		t.Errorf("TCP: %v", err)
	}
}

func TestRestart(t *testing.T) {
	server := start(t, dnstest.World{Records: []string{"mail.example A 192.0.2.25"}})
	for range 2 {
		if got := answer(server, "udp", "A mail.example", "192.0.2.25"); got != "192.0.2.25" {
			t.Errorf("got %s", got)
		}
		if err := server.Restart(time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	var over atomic.Bool
	restarted := make(chan error)
	go func() { // several times, as a busy machine may miss one
		var err error
		for err == nil && !over.Load() {
			err = server.Restart(300 * time.Millisecond)
		}
		restarted <- err
	}()
	refused := func() bool { // a query that came just before the restart is lost
		_, err := exchange(server, "udp", "A mail.example", 20*time.Millisecond)
		return err != nil && strings.Contains(err.Error(), "refused")
	}
	for begin := time.Now(); !refused(); {
		if time.Since(begin) > 20*time.Second {
			t.Error("the port was never closed")
			break
		}
	}
	over.Store(true)
	if err := <-restarted; err != nil {
		t.Error(err)
	}
}

func TestWorldsThatMakeNoSense(t *testing.T) {
	for _, world := range []dnstest.World{
		{Records: []string{"mail.example A not-an-address"}},
		{Lists: []dnstest.List{{Zone: "bl.example", Entries: map[string][]string{"192.0.2.1": {"listed"}}}}},
	} {
		if server, err := dnstest.Start(world); err == nil {
			server.Close()
			t.Errorf("%+v was taken", world)
		}
	}
}
