package resolver

import (
	"bytes"
	"encoding/binary"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
)

const (
	udpSize      = 1232 // fits every path without fragments (DNS flag day 2020)
	headerSize   = 12   // RFC 1035 section 4.1.1
	typeAndClass = 4    // bytes at the end of a question (section 4.1.2)
	maxName      = 255  // RFC 1035 section 2.3.4
	optSize      = 11   // an OPT record without options (RFC 6891 section 6.1.2)
)

// A nameError is why a name cannot be put into a packet.
type nameError string

func (e nameError) Error() string { return string(e) }

// A query is a question as it is sent.
type query struct {
	packet []byte
	asked  []byte // the question section within packet
	edns   bool
	want   dnsbl.Type

	authority bool // only what the server has authority over is an answer
}

// newQuery packs q: absolute, class IN, recursion desired (RFC 1035 section 4.1), and with an OPT record if edns is set. Its ID is set
// when it is sent.
func newQuery(q dnsbl.Question, edns bool) (*query, error) {
	longest := headerSize + min(len(q.Name)+2, maxName)
	packet := make([]byte, longest+typeAndClass+optSize)
	end, err := dns.PackDomainName(dns.Fqdn(q.Name), packet[:longest], headerSize, nil, false)
	if err != nil {
		return nil, nameError(err.Error())
	}
	packet[2], packet[5] = 1, 1 // RD, one question
	binary.BigEndian.PutUint16(packet[end:], uint16(q.Type))
	binary.BigEndian.PutUint16(packet[end+2:], dns.ClassINET)
	end += typeAndClass
	asked := packet[headerSize:end]
	if edns {
		packet[11] = 1                                          // one additional record (RFC 6891 section 6.1.2), of the root
		binary.BigEndian.PutUint16(packet[end+1:], dns.TypeOPT) // its type
		binary.BigEndian.PutUint16(packet[end+3:], udpSize)     // and, in the place of its class, what we take
		end += optSize
	}
	return &query{packet: packet[:end], asked: asked, edns: edns, want: q.Type}, nil
}

// newIterativeQuery packs q for a name server: it need not ask others on our behalf (RFC 1034 section 4.3.1).
func newIterativeQuery(q dnsbl.Question, edns bool) (*query, error) {
	iterative, err := newQuery(q, edns)
	if err == nil {
		iterative.packet[2] &^= 1 // RD, RFC 1035 section 4.1.1
		iterative.authority = true
	}
	return iterative, err
}

// A kind of packet is what it calls for.
type kind int

const (
	stranger kind = iota // not an answer to this query: as if it had not come
	broken               // ours by its ID, but not to be understood
	cut                  // truncated: the whole is to be had over TCP
	noEDNS               // the server does not take EDNS
	referred             // the server knows who else to ask
	Final                // the server's answer or failure
)

// A Judged is what a packet is and says.
type Judged struct {
	Kind     kind
	Answer   dnsbl.Answer // of Final, broken and referred ones
	Referral *Referral    // of referred ones
}

// judge decides what a packet is.
// The ID, the question and the kind of message must be right before anything else in the packet counts (RFC 5452 section 9.1);
// but a failure may come without the question, as from servers that did not read it: it gives no verdict.
func (q *query) judge(packet []byte) Judged {
	if len(packet) < 2 || !bytes.Equal(packet[:2], q.packet[:2]) {
		return Judged{Kind: stranger}
	}
	if len(packet) < headerSize {
		return Judged{Kind: broken, Answer: malformed("cut short")}
	}
	var m dns.Msg
	err := m.Unpack(packet) // sets the header in any case
	echoed := q.echoed(packet)
	isAnswer := m.Response && m.Opcode == dns.OpcodeQuery
	switch {
	case isAnswer && echoed && m.Truncated: // what is left of the records does not matter
		return Judged{Kind: cut}
	case err != nil:
		return Judged{Kind: broken, Answer: malformed("cannot be read")}
	case !isAnswer:
		return Judged{Kind: stranger}
	case echoed && !sound(packet, &m):
		return Judged{Kind: broken, Answer: malformed("has not the records it promises")}
	case !echoed && len(m.Question) > 0:
		return Judged{Kind: stranger}
	case !echoed && causeOf(m.Rcode) == "":
		return Judged{Kind: broken, Answer: malformed("no question in it")}
	case q.edns && (m.Rcode == dns.RcodeFormatError || m.Rcode == dns.RcodeNotImplemented || m.Rcode == dns.RcodeBadVers):
		return Judged{Kind: noEDNS}
	case q.authority && causeOf(m.Rcode) == "" && (!m.Authoritative || delegates(&m)) && !q.isReason(&m):
		return judgeReferral(&m)
	case q.authority && endsElsewhere(&m, q.want):
		return Judged{Kind: Final, Answer: dnsbl.Answer{Cause: dnsbl.Lame, Detail: "an alias to where it has none"}}
	}
	return Judged{Kind: Final, Answer: answerOf(&m, q.want)}
}

// isReason says whether a message has what was asked for, and that is text: no verdict rests on it. rbldnsd clears AA along with what
// it leaves out of a large answer.
func (q *query) isReason(m *dns.Msg) bool { return q.want == dnsbl.TXT && len(m.Answer) > 0 }

// judgeReferral decides on an answer without authority: if it is of any use, it says who has that.
func judgeReferral(m *dns.Msg) Judged {
	lame := dnsbl.Answer{Cause: dnsbl.Lame}
	to := referralIn(m)
	if to == nil {
		return Judged{Kind: Final, Answer: lame}
	}
	lame.Detail = "it only refers to other name servers"
	return Judged{Kind: referred, Answer: lame, Referral: to}
}

// echoed tells whether the packet has exactly our question. Letters may have changed their case on the way.
func (q *query) echoed(packet []byte) bool {
	if binary.BigEndian.Uint16(packet[4:]) != 1 || len(packet) < headerSize+len(q.asked) {
		return false
	}
	echo := packet[headerSize : headerSize+len(q.asked)]
	for i, b := range q.asked {
		if b != echo[i] && (i >= len(q.asked)-typeAndClass || lower(b) != lower(echo[i])) {
			return false
		}
	}
	return true
}

// lower is for the bytes of a name in a packet: lengths are below 64 and so no letters.
func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// sound tells whether the packet has all the records that its header promises, and whether those of the answer have contents.
// Unpack sees no error in a packet that ends between two records, and an answer that lost its records would say "not listed".
func sound(packet []byte, m *dns.Msg) bool {
	for i, section := range [][]dns.RR{m.Answer, m.Ns, m.Extra} {
		if int(binary.BigEndian.Uint16(packet[6+2*i:])) != len(section) {
			return false
		}
	}
	for _, rr := range m.Answer {
		if rr.Header().Rdlength == 0 {
			return false
		}
	}
	return true
}

func malformed(detail string) dnsbl.Answer {
	return dnsbl.Answer{Cause: dnsbl.Malformed, Detail: detail}
}
