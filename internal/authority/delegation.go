package authority

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

const (
	// MaxSearches bounds how many zones have their name servers looked for at a time. Where many
	// searches fail, the resolver is often overloaded.
	MaxSearches = 8

	// maxFailures is after how many searches in a row without an answer there are no more.
	maxFailures = 8

	// MaxLookups is how many queries to a resolver all searches send at a time.
	MaxLookups = MaxSearches * 2 * maxNames

	// A list that is queried directly costs its name servers no more than a resolver would.
	maxNames = 4 // name servers of a zone whose addresses are looked up
	maxAddrs = 4 // of these, each may cost a second if it is silent

	// searchShare is the part of the time left that a search may take: one of so many. A resolver
	// that is silent about a list is silent about its name servers too, but may know those of the
	// zone above, and to ask these takes time.
	searchShare = 3
)

// A delegation is a zone and the addresses of its name servers, or why there are none.
type delegation struct {
	zone    string
	servers []netip.AddrPort
	cause   dnsbl.Cause // NoNameServers, or PrivateServers if they must not be queried
	detail  string
}

// A Finder looks for the name servers of zones, in one run.
type Finder struct {
	client     *resolver.Client
	background *parallel.Background
	slots      chan struct{} // holds one element for each search
	failures   atomic.Int32  // searches in a row to which no resolver answered: they may be gone
}

// NewFinder returns a Finder that asks the client's resolvers until the run of background is over.
func NewFinder(client *resolver.Client, background *parallel.Background) *Finder {
	return &Finder{client: client, background: background, slots: make(chan struct{}, MaxSearches)}
}

// closest returns the delegation of a zone, or of the closest zone above it that the resolvers
// know. Domains right below the root are not tried: their servers are not there for such queries,
// and must not see the user's key.
func (f *Finder) closest(ctx context.Context, zone string) delegation {
	select {
	case f.slots <- struct{}{}:
		defer func() { <-f.slots }()
	case <-ctx.Done():
		return delegation{cause: dnsbl.NoNameServers, detail: "no time left to find one"}
	}
	if f.failures.Load() >= maxFailures {
		return delegation{cause: dnsbl.NoNameServers, detail: "no answer from the resolver"}
	}
	zones := enclosing(zone)
	questions := make([]dnsbl.Question, len(zones))
	for i := range zones {
		questions[i] = dnsbl.Question{Name: zones[i], Type: dnsbl.NS}
	}
	answers := f.askAll(ctx, questions)
	if slices.ContainsFunc(answers, func(a dnsbl.Answer) bool { return !a.Cause.Silent() }) {
		f.failures.Store(0)
	} else {
		f.failures.Add(1)
	}
	for i, answer := range answers {
		if len(answer.Names) > 0 {
			return f.servers(ctx, zones[i], answer.Names, nil)
		}
	}
	return delegation{cause: dnsbl.NoNameServers, detail: failureOf(answers)}
}

// enclosing returns a zone and those above it, without domains right below the root.
func enclosing(zone string) []string {
	zones := []string{zone}
	for {
		_, parent, _ := strings.Cut(zone, ".")
		if !strings.Contains(parent, ".") {
			return zones
		}
		zones, zone = append(zones, parent), parent
	}
}

// askAll asks the resolvers all questions at once. It waits for them less long than a check does:
// they were queried about the list already.
func (f *Finder) askAll(ctx context.Context, questions []dnsbl.Question) []dnsbl.Answer {
	client := *f.client
	client.Wait = client.Patience() / 2
	ctx, cancel := context.WithTimeout(ctx, f.client.Share(f.background.Context, searchShare))
	defer cancel()
	return client.AskAll(ctx, questions...)
}

// failureOf returns why the resolvers do not know all answers, "" if they do.
func failureOf(answers []dnsbl.Answer) string {
	for _, answer := range answers {
		switch {
		case answer.Cause == "":
		case answer.Cause == dnsbl.Unreachable:
			return fmt.Sprintf("the resolver %s is not there, %s", answer.Server, answer.Detail)
		case answer.Cause.Silent():
			return "no answer from the resolver"
		default:
			return answer.Cause.Text() + " from the resolver"
		}
	}
	return ""
}

// servers returns the delegation of a zone to the servers of these names, in random order as all of
// them are meant to be used, but IPv4 first, which works almost everywhere. A list must not make us
// query private networks.
func (f *Finder) servers(
	ctx context.Context, zone string, names []string, glue map[string][]netip.Addr,
) delegation {
	found := delegation{zone: zone, cause: dnsbl.NoNameServers}
	names = slices.Clone(names)
	rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	addrs, failure := f.addresses(ctx, names[:min(len(names), maxNames)], glue)
	slices.SortStableFunc(addrs, func(a, b netip.Addr) int { return a.BitLen() - b.BitLen() })
	private := ""
	for _, addr := range addrs {
		server := netip.AddrPortFrom(addr, f.port(addr))
		space := netspace.SpecialPurpose(addr)
		switch {
		case !addr.IsValid() || slices.Contains(found.servers, server):
		case space != "" && !f.ours(space):
			private = cmp.Or(private, fmt.Sprintf("%s is %s", addr, space))
		case len(found.servers) < maxAddrs:
			found.servers = append(found.servers, server)
		}
	}
	switch {
	case len(found.servers) > 0:
		found.cause = ""
	case private != "":
		found.cause, found.detail = dnsbl.PrivateServers, private
	default:
		found.detail = cmp.Or(failure, "they have no address")
	}
	return found
}

// addresses returns the addresses of name servers: the glue or, for names without glue, what the
// resolvers say. It also returns why these do not know all of them.
func (f *Finder) addresses(
	ctx context.Context, names []string, glue map[string][]netip.Addr,
) (addrs []netip.Addr, failure string) {
	var questions []dnsbl.Question
	for _, name := range names {
		if addrs = append(addrs, glue[name]...); len(glue[name]) == 0 {
			questions = append(questions, dnsbl.Question{Name: name, Type: dnsbl.A},
				dnsbl.Question{Name: name, Type: dnsbl.AAAA})
		}
	}
	answers := f.askAll(ctx, questions)
	for _, answer := range answers {
		addrs = append(addrs, answer.Addrs...)
	}
	for i := range addrs {
		addrs[i] = addrs[i].Unmap()
	}
	return addrs, failureOf(answers)
}

// port returns the port of a name server: 53, unless it is at the address of a resolver that the
// user named with another port. One server on loopback can then be both.
func (f *Finder) port(server netip.Addr) uint16 {
	port := cmp.Or(f.client.Port, resolver.Port)
	for _, named := range f.client.Resolvers {
		if f.client.Named && named.Addr() == server {
			port = cmp.Or(f.client.Port, named.Port())
		}
	}
	return port
}

// ours reports whether a resolver that the user named is in the same special-purpose network, so
// that it may be queried.
func (f *Finder) ours(space string) bool {
	return f.client.Named && slices.ContainsFunc(f.client.Resolvers, func(r netip.AddrPort) bool {
		return netspace.SpecialPurpose(r.Addr()) == space
	})
}
