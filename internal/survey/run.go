package survey

import (
	"net/netip"
	"sync"
	"sync/atomic"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// Direct is when a list is queried at its own name servers.
type Direct int

const (
	Never  Direct = iota
	Auto          // if there is no verdict through the resolvers
	Always        // the resolvers are only asked who the name servers are
)

// A Survey is one run over lists: Ask or Test is called once.
type Survey struct {
	// KeepEvidence keeps the Evidence of "not listed" too. That takes memory, as most findings are
	// such ones. All other findings have it in any case.
	KeepEvidence bool
	Direct       Direct
	Rate         float64 // queries a second to each list at most; 0: the limit of its operator

	client   *resolver.Client
	lists    []dnsbl.List
	limiters map[*dnsbl.List]*limiter

	done    atomic.Int64                  // subjects that are checked on all lists
	waiting map[*dnsbl.List]*atomic.Int64 // checks of each list that are not settled
	gaveUp  int                           // subjects that were left out

	// Of the run:
	background *parallel.Background
	probes     sync.Map      // by resolver: netip.AddrPort -> *probe
	probed     chan struct{} // has a value after a probe has ended
	finder     *authority.Finder
	zones      map[*dnsbl.List]*authority.Zone
}

// New returns a survey of the lists through the client's resolvers.
func New(client *resolver.Client, lists []dnsbl.List) *Survey {
	waiting := make(map[*dnsbl.List]*atomic.Int64, len(lists))
	for i := range lists {
		waiting[&lists[i]] = new(atomic.Int64)
	}
	return &Survey{
		waiting: waiting,
		client:  client.Shared(), lists: lists, limiters: map[*dnsbl.List]*limiter{},
		zones: map[*dnsbl.List]*authority.Zone{}, probed: make(chan struct{}, 1),
	}
}

// zone returns the zone of a list, which is the same for all kinds of subjects.
func (s *Survey) zone(list *dnsbl.List) *authority.Zone {
	if s.zones[list] == nil {
		s.zones[list] = s.finder.Zone(list.Origin())
	}
	return s.zones[list]
}

// Faulty returns the resolvers that never answered, although others did when asked the same, and
// those that answered only without EDNS, and only over TCP.
func (s *Survey) Faulty() (unresponsive, withoutEDNS, overTCP []netip.AddrPort) {
	return s.client.Faulty()
}

// Done returns how many subjects are checked on all lists. It may be called during Ask.
func (s *Survey) Done() int { return int(s.done.Load()) }

// Waiting returns the zones of the lists with a check that is not settled. It may be called during
// Ask and Test.
func (s *Survey) Waiting() []string {
	var zones []string
	for i := range s.lists {
		if s.waiting[&s.lists[i]].Load() > 0 {
			zones = append(zones, s.lists[i].Zone)
		}
	}
	return zones
}

// Queries returns how many queries were sent by UDP, each try counted.
func (s *Survey) Queries() int { return s.client.Sent() }

// GaveUp returns how many subjects Ask left out, as no list gave a verdict on those before.
func (s *Survey) GaveUp() int { return s.gaveUp }
