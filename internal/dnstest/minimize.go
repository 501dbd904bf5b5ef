package dnstest

import (
	"strings"
	"sync"

	"github.com/miekg/dns"
)

// StrictUnbound answers for the list of a zone as an unbound does that minimizes query names
// strictly (RFC 9156) and gets NXDOMAIN for empty non-terminals, as rbldnsd and so many lists
// answer. It stops at the first name on the way from the zone down that it does not have cached,
// and caches that name only if the query is for an address. So 25.2.0.192 is NXDOMAIN three times,
// while 192, 0.192 and 2.0.192 go into the cache, and then answered properly; as another type it
// is NXDOMAIN until these are cached. Nothing expires.
func StrictUnbound(zone string) Fault {
	return strict(zone, func(q dns.Question) (caches bool, ns []dns.RR) {
		return q.Qtype == dns.TypeA, []dns.RR{soa(zone)}
	})
}

// StrictBIND is StrictUnbound for BIND 9. It caches the name where it stops, whatever the type, and
// its NXDOMAIN has no SOA record then.
func StrictBIND(zone string) Fault {
	return strict(zone, func(dns.Question) (caches bool, ns []dns.RR) { return true, nil })
}

// strict stops at names that are not cached. stops returns whether the query caches the name where
// it stops, and the authority section of the answer then.
func strict(zone string, stops func(dns.Question) (caches bool, ns []dns.RR)) Fault {
	var mu sync.Mutex
	cached := map[string]bool{}
	// next returns the first name on the way down that is not cached, "" if all are.
	next := func(name string) string {
		labels := strings.Split(strings.TrimSuffix(name, "."+canonical(zone)), ".")
		for i := len(labels) - 1; i > 0; i-- {
			if above := strings.Join(labels[i:], "."); !cached[above] {
				return above
			}
		}
		return ""
	}
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		mu.Lock()
		above := next(canonical(q.Question[0].Name))
		caches, ns := stops(q.Question[0])
		if above != "" && caches {
			cached[above] = true
		}
		mu.Unlock()
		if above != "" {
			stripAnswer(healthy, dns.RcodeNameError)
			healthy.Ns = ns
		}
		Healthy(w, q, healthy)
	}
}
