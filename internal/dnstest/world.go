// Package dnstest runs a DNS resolver on loopback in front of scriptable lists, for tests and the demo.
package dnstest

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// A World is all that a Server knows. Names in nobody's zone and not among Records are NXDOMAIN.
type World struct {
	Lists   []List
	Records []string // other names, each a record as in a zone file: "mail.example A 192.0.2.25", "example MX 10 mail.example"
	Fault   Fault    // of the resolver: answers every question; the faults of lists are not used then
	UDPOnly bool     // connections over TCP are refused

	// Zones that it has authority over: it is no resolver then, but their name server. Names elsewhere are refused, and those below
	// an NS record among Records, unless that is a Zone itself, are referred to there.
	Zones []string
}

// A List is one scripted DNSBL. Subjects are addresses ("192.0.2.10", "2001:db8::25") or domain names.
type List struct {
	Zone    string
	Entries map[string][]string // the return codes of each subject
	Texts   map[string][]string // the TXT records of each subject, as raw bytes of any length
	NoTests bool                // leaves out the test entries of RFC 5782 section 5: 127.0.0.2, ::ffff:127.0.0.2 and TEST
	Latency time.Duration       // before every answer, whatever the answer is
	Fault   Fault               // answers in place of the list, but for names among the world's Records
	FaultAt map[string]Fault    // by subject: answers in place of the entry, or of its absence
}

// An entry is what the lists say about one name.
type entry struct {
	list  *List
	codes []netip.Addr
	texts []string
	fault Fault
}

// An index finds everything in a World by its name, in lower case and without the final dot.
type index struct {
	zones   []*List  // longest zone first
	serves  []string // the zones that the server has authority over
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
		x.serves = append(x.serves, plain(zone))
	}
	for _, line := range w.Records {
		rr, err := dns.NewRR(line)
		if err != nil {
			return nil, fmt.Errorf("record %q: %w", line, err)
		}
		name := plain(rr.Header().Name)
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

// entry returns the entry of subject in list, a new one if there was none.
func (x *index) entry(list *List, subject string) *entry {
	name := entryName(subject, list.Zone)
	if x.entries[name] == nil {
		x.entries[name] = &entry{list: list}
	}
	return x.entries[name]
}

// list returns the list whose zone holds name, or nil.
func (x *index) list(name string) *List {
	for _, list := range x.zones {
		zone := plain(list.Zone)
		if name == zone || strings.HasSuffix(name, "."+zone) {
			return list
		}
	}
	return nil
}

// entryName returns the name of a subject's entry (RFC 5782 sections 2.1, 2.4 and 3): an address back to front
// by octets or nibbles, a domain as it is. It is written apart from package dnsbl so that each checks the other.
func entryName(subject, zone string) string {
	labels := []string{plain(subject)}
	if addr, err := netip.ParseAddr(subject); err == nil {
		labels = strings.Split(addr.String(), ".")
		if addr.Is6() {
			labels = strings.Split(fmt.Sprintf("%x", addr.As16()), "")
		}
		slices.Reverse(labels)
	}
	return strings.Join(labels, ".") + "." + plain(zone)
}

// plain returns a name as it is indexed.
func plain(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }
