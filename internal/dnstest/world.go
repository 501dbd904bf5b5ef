// Package dnstest is a DNS server on loopback for tests and the demo. It plays a resolver with
// scripted lists behind it, or the name server of a zone.
//
// A test describes a [World] and starts a [Server] for it. A misbehavior is a [Fault]: a function
// that answers in place of a list, of one entry, or of the whole resolver. Faults of DNS itself are
// in faults.go, odd records in records.go, strict QNAME minimization in minimize.go, malformed
// packets in broken.go, and attacks in forgery.go.
package dnstest

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// A Fault answers query q. It is given the healthy answer, which it may change and send, or ignore.
// To send raw bytes it calls w.Write, which adds the length over TCP, or uses Stream.
type Fault func(w dns.ResponseWriter, q, healthy *dns.Msg)

// A World is the data of a Server. A name that is neither in the zone of a list nor in Records does
// not exist (NXDOMAIN).
type World struct {
	Lists   []List
	Records []string // as in a zone file: "mail.example A 192.0.2.25", "example MX 10 mail.example"
	Fault   Fault    // of the resolver: answers every query, in place of the faults of lists
	UDPOnly bool     // refuse TCP connections

	// Zones turns the server from a resolver into the name server of these zones. It refuses
	// queries for other names, and refers those below an NS record in Records to the servers there.
	Zones []string
}

// A List is one scripted DNSBL. The keys of its maps are subjects: addresses such as 192.0.2.10 and
// 2001:db8::25, or domain names.
type List struct {
	Zone    string
	Entries map[string][]string // return codes
	Texts   map[string][]string // TXT records, as raw bytes of any length
	NoTests bool                // without the test entries of RFC 5782 section 5
	Latency time.Duration       // before every answer
	Fault   Fault               // answers for the list, except for names in Records
	FaultAt map[string]Fault    // answers for a subject, listed or not
}

// An entry has the answers of a list for one name.
type entry struct {
	list  *List
	codes []netip.Addr
	texts []string
	fault Fault
}

// An index has the data of a World by canonical names.
type index struct {
	zones   []*List  // longest zone first
	serves  []string // the Zones of the World
	entries map[string]*entry
	records map[string][]dns.RR
}

func newIndex(w *World) (*index, error) {
	x := &index{entries: map[string]*entry{}, records: map[string][]dns.RR{}}
	for i := range w.Lists {
		list := &w.Lists[i]
		x.zones = append(x.zones, list)
		if err := x.addList(list); err != nil {
			return nil, fmt.Errorf("list %s: %w", list.Zone, err)
		}
	}
	slices.SortStableFunc(x.zones, func(a, b *List) int { return len(b.Zone) - len(a.Zone) })
	for _, zone := range w.Zones {
		x.serves = append(x.serves, canonical(zone))
	}
	for _, line := range w.Records {
		rr, err := dns.NewRR(line)
		if err != nil {
			return nil, fmt.Errorf("record %q: %w", line, err)
		}
		name := canonical(rr.Header().Name)
		x.records[name] = append(x.records[name], rr)
	}
	return x, nil
}

func (x *index) addList(list *List) error {
	if !list.NoTests {
		for _, subject := range []string{"127.0.0.2", "::ffff:127.0.0.2", "TEST"} {
			x.entry(list, subject).codes = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 2})}
		}
	}
	for subject, codes := range list.Entries {
		e := x.entry(list, subject)
		e.codes = nil
		for _, code := range codes {
			addr, err := netip.ParseAddr(code)
			if err != nil {
				return err
			}
			e.codes = append(e.codes, addr)
		}
	}
	for subject, texts := range list.Texts {
		x.entry(list, subject).texts = texts
	}
	for subject, fault := range list.FaultAt {
		x.entry(list, subject).fault = fault
	}
	return nil
}

// entry returns the entry of subject in list. It creates a missing one.
func (x *index) entry(list *List, subject string) *entry {
	name := entryName(subject, list.Zone)
	if x.entries[name] == nil {
		x.entries[name] = &entry{list: list}
	}
	return x.entries[name]
}

// find returns the entry of a name, nil if there is none. As for rbldnsd, 000.00.127 is 0.0.127.
func (x *index) find(name string) *entry {
	if e := x.entries[name]; e != nil {
		return e
	}
	labels := strings.Split(name, ".")
	for i, label := range labels {
		if label != "" && strings.Trim(label, "0") == "" {
			labels[i] = "0"
		}
	}
	return x.entries[strings.Join(labels, ".")]
}

// list returns the list with name in its zone, or nil.
func (x *index) list(name string) *List {
	for _, list := range x.zones {
		zone := canonical(list.Zone)
		if name == zone || strings.HasSuffix(name, "."+zone) {
			return list
		}
	}
	return nil
}

// entryName returns the name of a subject in a list (RFC 5782 sections 2.1, 2.4 and 3): an address
// is reversed by octets or nibbles, a domain stays as it is. The code does not use package dnsbl,
// so that tests compare two implementations.
func entryName(subject, zone string) string {
	labels := []string{canonical(subject)}
	if addr, err := netip.ParseAddr(subject); err == nil {
		labels = strings.Split(addr.String(), ".")
		if addr.Is6() {
			labels = strings.Split(fmt.Sprintf("%x", addr.As16()), "")
		}
		slices.Reverse(labels)
	}
	return strings.Join(labels, ".") + "." + canonical(zone)
}

// canonical returns a name in lower case without the final dot.
func canonical(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }
