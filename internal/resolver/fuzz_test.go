package resolver

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
)

// FuzzJudge gives a query packets from anywhere. Whatever they hold, a verdict comes only from an
// answer to that query, and from a name server only if it has authority; a referral names servers.
func FuzzJudge(f *testing.F) {
	q, err := newQuery(dnsbl.Question{Name: listedName, Type: dnsbl.A}, true)
	if err != nil {
		f.Fatal(err)
	}
	var asked dns.Msg
	if err := asked.Unpack(q.packet); err != nil {
		f.Fatal(err)
	}
	for _, records := range [][]string{nil, {". A 127.0.0.2", ". TXT why"}, {". MX 10 m.example.", ". MX 0 ."}, {". CNAME x.example.", ". CNAME y.example."}} {
		reply := new(dns.Msg).SetReply(&asked)
		reply.SetEdns0(udpSize, false)
		for _, record := range records {
			rr, err := dns.NewRR(listedName + record)
			if err != nil {
				f.Fatal(err)
			}
			reply.Answer = append(reply.Answer, rr)
		}
		packet, err := reply.Pack()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(packet[2:], uint8(dnsbl.A), false)
		f.Add(packet[2:20], uint8(dnsbl.TXT), false)
		f.Add(packet[2:], uint8(dnsbl.MX), false)
		packet[2] |= 4 // AA
		f.Add(packet[2:], uint8(dnsbl.A), true)
	}
	f.Add(referralPacket(f, &asked)[2:], uint8(dnsbl.A), true)
	f.Fuzz(func(t *testing.T, rest []byte, want uint8, authority bool) {
		q := *q
		q.want, q.iterative = dnsbl.Type(want), authority
		came := q.judge(append(q.packet[:2:2], rest...)) // the right ID: a fuzzer would seldom guess it
		kind, answer := came.kind, came.answer
		if kind == referred && (!authority || len(came.referral.Names) == 0 || answer.Cause != dnsbl.Lame) {
			t.Fatalf("referred to %+v, %+v", came.referral, answer)
		}
		if kind != complete || answer.Cause != "" {
			if answer.NXDomain || len(answer.Addrs)+len(answer.Texts) > 0 {
				t.Fatalf("a verdict in a packet of kind %d: %+v", kind, answer)
			}
			return
		}
		var m dns.Msg
		if err := m.Unpack(append(q.packet[:2:2], rest...)); err != nil || !m.Response || m.Truncated ||
			len(m.Question) != 1 {
			t.Fatalf("a verdict from %v, %v", &m, err)
		}
		if got := m.Question[0]; !strings.EqualFold(got.Name, asked.Question[0].Name) || got.Qtype != dns.TypeA ||
			got.Qclass != dns.ClassINET {
			t.Fatalf("a verdict from the answer to %v", got)
		}
		if authority && !m.Authoritative && q.want != dnsbl.TXT { // reasons are not verdicts
			t.Fatalf("a verdict without authority from %v", &m)
		}
		if slices.ContainsFunc(answer.Addrs, func(addr netip.Addr) bool { return !addr.IsValid() }) {
			t.Fatalf("%v from %v", answer.Addrs, &m)
		}
		if answer.NXDomain != (m.Rcode == dns.RcodeNameError) || len(answer.Addrs)+len(answer.Texts) > len(m.Answer) {
			t.Fatalf("%+v from %v", answer, &m)
		}
	})
}

// referralPacket is an answer that only names the servers of a zone, with their addresses.
func referralPacket(f *testing.F, asked *dns.Msg) []byte {
	reply := new(dns.Msg).SetReply(asked)
	for _, text := range []string{"bl.example. NS ns.bl.example.", "ns.bl.example. A 192.0.2.53", "ns.bl.example. AAAA 2001:db8::53"} {
		rr, err := dns.NewRR(text)
		if err != nil {
			f.Fatal(err)
		}
		if rr.Header().Rrtype == dns.TypeNS {
			reply.Ns = append(reply.Ns, rr)
		} else {
			reply.Extra = append(reply.Extra, rr)
		}
	}
	packet, err := reply.Pack()
	if err != nil {
		f.Fatal(err)
	}
	return packet
}

func FuzzResolvConf(f *testing.F) {
	f.Add("nameserver 192.0.2.1\nnameserver fe80::1%eth0\noptions timeout:1 attempts:3 rotate\n")
	f.Add("# nothing\noptions timeout:-1 attempts:99\n")
	f.Fuzz(func(t *testing.T, text string) {
		c := parseResolvConf(text)
		if n := len(c.Resolvers); n < 1 || n > maxServers {
			t.Errorf("%d resolvers", n)
		}
		for _, resolver := range c.Resolvers {
			if !resolver.IsValid() || resolver.Port() != Port {
				t.Errorf("resolver %v", resolver)
			}
		}
		if c.Wait < 0 || c.Wait > defaultWait || c.Rounds < 0 || c.Rounds > maxAttempts {
			t.Errorf("%+v", c)
		}
	})
}

func FuzzParseResolver(f *testing.F) {
	for _, seed := range []string{"192.0.2.53", "192.0.2.53:5353", "[2001:db8::53]:5353", "fe80::1%eth0", "[::ffff:192.0.2.53%1]", "]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseResolver(text)
		if err != nil {
			if got != (netip.AddrPort{}) || strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("%v, %v", got, err)
			}
			return
		}
		again, err := ParseResolver(got.String())
		if err != nil || again != got || got.Port() == 0 {
			t.Errorf("%q is %v, and that is %v, %v", text, got, again, err)
		}
	})
}
