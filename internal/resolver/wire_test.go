package resolver

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// packets sends raw packets in place of the answer; each is made from a copy of the healthy one.
func packets(makers ...func(healthy []byte) []byte) dnstest.Fault {
	return func(w dns.ResponseWriter, _, healthy *dns.Msg) {
		for _, maker := range makers {
			packet, _ := healthy.Pack()
			_, _ = w.Write(maker(packet))
		}
	}
}

func whole(b []byte) []byte { return b }

// lying puts another address into the answer before the packet is changed, so that the test notices
// if the packet is believed.
func lying(change func([]byte) []byte) func([]byte) []byte {
	return func(b []byte) []byte {
		return change(bytes.Replace(b, []byte{127, 0, 0, 2}, []byte{127, 0, 0, 66}, 1))
	}
}

// twoQuestions sends a lie that answers a second question too, and then the right answer.
func twoQuestions(w dns.ResponseWriter, q, healthy *dns.Msg) {
	lie := healthy.Copy()
	lie.Question = append(lie.Question, lie.Question[0])
	packet, _ := lie.Pack()
	_, _ = w.Write(lying(whole)(packet))
	dnstest.Healthy(w, q, healthy)
}

// truncatedElsewhere says that the answer to another question is truncated before it gives the
// right one over UDP only.
func truncatedElsewhere(w dns.ResponseWriter, q, healthy *dns.Msg) {
	udp := packets(func(b []byte) []byte { b[2] |= 0x02; b[headerSize+1]++; return b }, whole)
	dnstest.ByTransport(udp, dnstest.Rcode(dns.RcodeRefused))(w, q, healthy)
}

// promising returns a packet whose header speaks of one more record in a section (1: answer, 2:
// authority, 3: additional).
func promising(section int) func([]byte) []byte {
	return func(b []byte) []byte {
		at := b[4+2*section:]
		binary.BigEndian.PutUint16(at, binary.BigEndian.Uint16(at)+1)
		return b
	}
}

func cutShort(b []byte) []byte { return b[:len(b)-20] }

func headerOnly(b []byte) []byte { return b[:headerSize] }

func emptyAnswer(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Answer[0] = &dns.RFC3597{Hdr: *healthy.Answer[0].Header()}
	dnstest.Healthy(w, q, healthy)
}

// upper sends the answer with all of its names in capital letters.
func upper(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Question[0].Name = strings.ToUpper(healthy.Question[0].Name)
	dnstest.Healthy(w, q, healthy)
}

func withRcode(rcode int, then dnstest.Fault) dnstest.Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		healthy.Rcode = rcode
		then(w, q, healthy)
	}
}

// explained answers with an rcode and an extended error (RFC 8914).
func explained(rcode int, code uint16) dnstest.Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		opt := healthy.IsEdns0()
		opt.Option = append(opt.Option, &dns.EDNS0_EDE{InfoCode: code, ExtraText: "foreign\ntext"})
		dnstest.Rcode(rcode)(w, q, healthy)
	}
}

// refers names the servers of the zone and nothing else, as a server without recursion does.
func refers(change func(m *dns.Msg)) dnstest.Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		ns, _ := dns.NewRR("bl.example NS ns1.bl.example")
		healthy.Rcode, healthy.Answer, healthy.Ns = dns.RcodeSuccess, nil, []dns.RR{ns}
		healthy.RecursionAvailable = false
		change(healthy)
		dnstest.Healthy(w, q, healthy)
	}
}

// dribble sends the answer over TCP byte by byte.
func dribble(w dns.ResponseWriter, _, healthy *dns.Msg) {
	packet, _ := healthy.Pack()
	for _, b := range binary.BigEndian.AppendUint16(nil, uint16(len(packet))) {
		_, _ = dnstest.Stream(w).Write([]byte{b})
		time.Sleep(time.Millisecond)
	}
	for _, b := range packet {
		_, _ = dnstest.Stream(w).Write([]byte{b})
	}
}

// breakOff promises more over TCP than it sends.
func breakOff(w dns.ResponseWriter, _, healthy *dns.Msg) {
	packet, _ := healthy.Pack()
	_, _ = dnstest.Stream(w).Write(append([]byte{0xff, 0xff}, packet...))
	_ = w.Close()
}

// TestOneServer asks for a listed name where the server, or someone else, misbehaves. Where it says
// nothing else, a packet that does not count must not end the try: the right one comes after it.
func TestOneServer(t *testing.T) {
	t.Parallel()
	const (
		referral   = "referral instead of an answer"
		unreadable = "malformed answer: cannot be read"
		unkept     = "malformed answer: its records do not match its header"
	)
	soa, _ := dns.NewRR("bl.example SOA ns1.bl.example. hostmaster.bl.example. 1 600 300 86400 60")
	tests := []struct {
		name  string
		fault dnstest.Fault
		want  string
	}{
		{"healthy", nil, listedAddrs},
		{"another case", upper, listedAddrs},
		{"NXDOMAIN", dnstest.NXDomain, "NXDOMAIN"},
		{"NODATA", dnstest.NoData, "NODATA"},
		{"stripped", dnstest.Strip, "NODATA"},
		{"captive", dnstest.Answer("203.0.113.9", "203.0.113.10"), "203.0.113.9 203.0.113.10"},

		{"SERVFAIL", dnstest.Rcode(dns.RcodeServerFailure), "SERVFAIL"},
		{
			"SERVFAIL explained",
			explained(dns.RcodeServerFailure, dns.ExtendedErrorCodeDNSBogus),
			"SERVFAIL: DNSSEC Bogus",
		},
		{
			"NXDOMAIN by a filter",
			explained(dns.RcodeNameError, dns.ExtendedErrorCodeBlocked),
			"filtered by the resolver: NXDOMAIN, Blocked",
		},
		{
			"NODATA by a filter",
			explained(dns.RcodeSuccess, dns.ExtendedErrorCodeFiltered),
			"filtered by the resolver: Filtered",
		},
		{
			"an address by a filter",
			dnstest.Explained(dnstest.Blocked, dnstest.Answer("0.0.0.0")),
			"filtered by the resolver: Blocked",
		},
		{
			"NXDOMAIN, stale",
			explained(dns.RcodeNameError, dns.ExtendedErrorCodeStaleNXDOMAINAnswer),
			"NXDOMAIN",
		},
		{"SERVFAIL with an unknown code", explained(dns.RcodeServerFailure, 9999), "SERVFAIL"},
		{"REFUSED", dnstest.Rcode(dns.RcodeRefused), "REFUSED"},
		{"REFUSED, only the header", withRcode(dns.RcodeRefused, packets(headerOnly)), "REFUSED"},
		{"NOTAUTH", dnstest.Rcode(dns.RcodeNotAuth), "unexpected response code: NOTAUTH"},
		{"rcode without a name", dnstest.Rcode(14), "unexpected response code: rcode 14"},
		{"only a referral", refers(func(*dns.Msg) {}), "REFUSED: it only refers to other servers"},
		{"a referral, from a resolver", refers(func(m *dns.Msg) { m.RecursionAvailable = true }), referral},
		{"a referral, with authority", refers(func(m *dns.Msg) { m.Authoritative = true }), referral},
		{"NODATA with all records", refers(func(m *dns.Msg) { m.Ns = append(m.Ns, soa) }), "NODATA"},

		{"wrong ID, then right", dnstest.WrongID, listedAddrs},
		{"wrong question, then right", dnstest.WrongQuestion, listedAddrs},
		{"question, then answer", dnstest.NotAnAnswer, listedAddrs},
		{"stranger, then server", dnstest.OtherPort, listedAddrs},
		{"nothing in it, then right", packets(func([]byte) []byte { return nil }, whole), listedAddrs},
		{"two bytes, then right", packets(func(b []byte) []byte { return b[:2] }, whole), listedAddrs},
		{"cut, then right", packets(lying(cutShort), whole), listedAddrs},
		{"two questions, then right", twoQuestions, listedAddrs},
		{"NOERROR, only the header, then right", packets(headerOnly, whole), listedAddrs},
		{
			"wrong opcode, then right",
			packets(lying(func(b []byte) []byte { b[2] |= 0x20; return b }), whole),
			listedAddrs,
		},
		{
			"wrong class, then right",
			packets(lying(func(b []byte) []byte { b[headerSize+len(listedName)+5] = 3; return b }), whole),
			listedAddrs,
		},
		{
			"wrong type, then right",
			packets(lying(func(b []byte) []byte { b[headerSize+len(listedName)+3] = 28; return b }), whole),
			listedAddrs,
		},
		{"truncated for another name, then right", truncatedElsewhere, listedAddrs},

		{"garbage", dnstest.Garbage, unreadable},
		{"garbage, then healthy", dnstest.First(1, dnstest.Garbage, dnstest.Healthy), listedAddrs},
		{
			"garbage, then dead TCP",
			dnstest.First(1, dnstest.Garbage, dnstest.TruncatedThen(dnstest.HangUp)),
			unreadable,
		},
		{"cut", packets(cutShort), unreadable},
		{"NOERROR, only the header", packets(headerOnly), "malformed answer: no question in it"},
		{"three bytes", packets(func(b []byte) []byte { return b[:3] }), "malformed answer: cut short"},
		{"an answer promised, none there", withAnswer(nil, promising(1)), unkept},
		{"an authority promised, none there", packets(promising(2)), unkept},
		{"an additional promised, none there", packets(promising(3)), unkept},
		{"an address without bytes", emptyAnswer, unkept},
		{"wrong ID only", packets(func(b []byte) []byte { b[0]++; return b }), "timeout: no answer to 3 tries"},
		{"silent", dnstest.Silent, "timeout: no answer to 3 tries"},

		{"FORMERR to EDNS", dnstest.NoEDNS(dns.RcodeFormatError), listedAddrs},
		{"NOTIMP to EDNS", dnstest.NoEDNS(dns.RcodeNotImplemented), listedAddrs},
		{"BADVERS to EDNS", dnstest.NoEDNS(dns.RcodeBadVers), listedAddrs},
		{"FORMERR to EDNS, only the header", noEDNSBare, listedAddrs},
		{
			"FORMERR to EDNS, then silence",
			dnstest.First(1, dnstest.Rcode(dns.RcodeFormatError), dnstest.Silent),
			"timeout: no answer to 3 tries",
		},
		{"FORMERR to all", dnstest.Rcode(dns.RcodeFormatError), "unexpected response code: FORMERR"},
		{"NOTIMP to all", dnstest.Rcode(dns.RcodeNotImplemented), "unexpected response code: NOTIMP"},

		{"truncated, then TCP", dnstest.Truncated, listedAddrs},
		{"truncated in the middle of a record", packetsThenTCP, listedAddrs},
		{
			"truncated once, then silent",
			dnstest.First(2, dnstest.TruncatedThen(dnstest.HangUp), dnstest.Silent),
			"truncated answer: over TCP: EOF",
		},
		{"truncated, TCP hangs up", dnstest.TruncatedThen(dnstest.HangUp), "truncated answer: over TCP: EOF"},
		{"truncated, TCP silent", dnstest.TruncatedThen(dnstest.Silent), "truncated answer: over TCP: no answer"},
		{
			"truncated, TCP healthy at last",
			dnstest.First(2, dnstest.TruncatedThen(dnstest.HangUp), dnstest.Healthy),
			listedAddrs,
		},
		{
			"truncated over TCP too",
			packets(func(b []byte) []byte { b[2] |= 0x02; return b }),
			"truncated answer: over TCP too",
		},
		{"truncated, TCP malformed", dnstest.TruncatedThen(dnstest.Garbage), "truncated answer: malformed over TCP"},
		{"truncated, TCP refused", dnstest.TruncatedThen(dnstest.Rcode(dns.RcodeRefused)), "REFUSED"},
		{"truncated, TCP wrong ID, then right", dnstest.TruncatedThen(dnstest.WrongID), listedAddrs},
		{"truncated, TCP wrong question, then right", dnstest.TruncatedThen(dnstest.WrongQuestion), listedAddrs},
		{"truncated, TCP byte by byte", dnstest.TruncatedThen(dribble), listedAddrs},
		{"truncated, TCP breaks off", dnstest.TruncatedThen(breakOff), "truncated answer: over TCP: unexpected EOF"},
		{"truncated, TCP without EDNS", dnstest.TruncatedThen(dnstest.NoEDNS(dns.RcodeFormatError)), listedAddrs},
	}
	var servers []*dnstest.Server
	for _, test := range tests {
		servers = append(servers, start(t, lists(test.fault)))
	}
	answers := askAll(t, servers, func(int) dnsbl.Type { return dnsbl.A })
	for i, test := range tests {
		if got := said(answers[i]); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		if answers[i].Server != servers[i].Addr {
			t.Errorf("%s: from %v, asked %v", test.name, answers[i].Server, servers[i].Addr)
		}
	}
}

// withAnswer sends the healthy message with other records in its answer, packed and then changed.
func withAnswer(answer []dns.RR, change func([]byte) []byte) dnstest.Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		healthy.Answer = answer
		healthy.Extra = nil
		packets(change)(w, q, healthy)
	}
}

// noEDNSBare refuses EDNS with a bare header, as servers do that stop reading at an unknown record.
func noEDNSBare(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if q.IsEdns0() == nil {
		dnstest.Healthy(w, q, healthy)
		return
	}
	healthy.Rcode = dns.RcodeFormatError
	packets(headerOnly)(w, q, healthy)
}

// packetsThenTCP cuts the UDP answer as a server does that fills the packet to its last byte.
func packetsThenTCP(w dns.ResponseWriter, q, healthy *dns.Msg) {
	cut := packets(func(b []byte) []byte { b[2] |= 0x02; return b[:len(b)-15] })
	dnstest.ByTransport(cut, dnstest.Healthy)(w, q, healthy)
}
