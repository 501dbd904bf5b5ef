package dnsbl

import (
	"net/netip"
	"time"
)

// A Question is one absolute DNS name and the record type asked for.
type Question struct {
	Name string // without the final dot
	Type Type
}

// Type is a DNS record type (RFC 1035 section 3.2.2, RFC 3596).
type Type uint16

const (
	A    Type = 1  // return codes, addresses
	NS   Type = 2  // name servers
	PTR  Type = 12 // names of addresses
	MX   Type = 15 // mail servers
	TXT  Type = 16 // reasons
	AAAA Type = 28 // addresses
)

func (t Type) String() string {
	return map[Type]string{A: "A", NS: "NS", PTR: "PTR", MX: "MX", TXT: "TXT", AAAA: "AAAA"}[t]
}

// An Answer is what the DNS returned for a Question: records, a proof that there are none, or a
// Cause. Strings in it come from the network as they are, control characters included.
type Answer struct {
	Question Question

	Addrs []netip.Addr // of A or AAAA records, in no particular order
	Texts []string     // of TXT records, the strings of one record joined
	// Names are those of NS or PTR records, or of MX records in order of preference, in lower case
	// and without the final dot.
	Names    []string
	NXDomain bool // the name does not exist
	// Zone is the zone that the name would be in if it existed: the owner of the SOA record that
	// came with NXDomain, "." for the root. It is "" if none came.
	Zone string
	TTL  time.Duration

	Cause  Cause  // why there is no answer, "" if there is one
	Detail string // more about the Cause, in our words: "connection refused"
	// SendFailed reports, of Unreachable, whether this host could not send the query, for example
	// because it has no route. If not, the other host refused it: no program listens there.
	SendFailed bool

	Server netip.AddrPort // the server that answered, or else the last one queried
	RTT    time.Duration  // from the first try to the end
}
