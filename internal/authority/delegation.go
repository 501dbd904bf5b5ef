package authority

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A delegation is a zone and who serves it, or why it is not known who does.
type delegation struct {
	cut     string
	servers []netip.AddrPort
	cause   dnsbl.Cause // NoNameServers, or PrivateServers if they must not be asked
	fault   string      // words on that
}

// closest returns the delegation nearest to the zone that the resolvers know. Domains right below the root are not tried:
// their servers are not there for such questions, and have no business to see the user's key.
func (d *Zone) closest(ctx context.Context) delegation {
	var cuts []string
	for cut := d.zone; len(cuts) == 0 || strings.Contains(cut, "."); {
		cuts = append(cuts, cut)
		if _, cut, _ = strings.Cut(cut, "."); cut == "" {
			break
		}
	}
	select {
	case d.finder.slots <- struct{}{}:
		defer func() { <-d.finder.slots }()
	case <-ctx.Done():
		return delegation{cause: dnsbl.NoNameServers, fault: "no time left to find one"}
	}
	if d.finder.vain.Load() >= MaxFinding {
		return delegation{cause: dnsbl.NoNameServers, fault: "no answer from the resolver"}
	}
	answers := make([]dnsbl.Answer, len(cuts))
	briefCtx, end := d.briefly(ctx)
	defer end()
	finder := d.brief()
	parallel.Each(len(cuts), len(cuts), func(i int) {
		answers[i] = finder.Ask(briefCtx, dnsbl.Question{Name: cuts[i], Type: dnsbl.NS})
	}, func(i int, reason any) { answers[i] = dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)} })
	d.finder.noteVain(answers)
	for i, answer := range answers {
		if len(answer.Names) > 0 {
			return d.servers(ctx, cuts[i], answer.Names, nil)
		}
	}
	return delegation{cause: dnsbl.NoNameServers, fault: missing(answers)}
}

// noteVain notes whether the resolvers answered anything.
func (f *Finder) noteVain(answers []dnsbl.Answer) {
	if slices.ContainsFunc(answers, func(a dnsbl.Answer) bool { return !a.Cause.Silent() }) {
		f.vain.Store(0)
		return
	}
	f.vain.Add(1)
}

// missing says why the resolvers know no name server.
func missing(answers []dnsbl.Answer) string {
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

// brief returns the client that finds name servers. It is less patient with the resolvers: lists were asked there already.
func (d *Zone) brief() *resolver.Client {
	c := *d.finder.client
	c.Wait = c.Patience() / 2
	return &c
}

// patience is the part of what is left that a search may take: one of so many.
const patience = 3

// briefly bounds the time for finding name servers. A resolver that is silent about a list is so about its name servers, but may
// know those of the zone above: asking these takes time too.
func (d *Zone) briefly(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, d.finder.client.Share(d.finder.background.Context, patience))
}

// servers returns the delegation of a zone to the servers of these names, in random order as all of them are meant to be used,
// IPv4 first as that works almost everywhere.
func (d *Zone) servers(ctx context.Context, cut string, names []string, glue map[string][]netip.Addr) delegation {
	found := delegation{cut: cut}
	names = slices.Clone(names)
	rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	names = names[:min(len(names), maxNames)]
	addrs, unheard := d.addresses(ctx, names, glue)
	slices.SortStableFunc(addrs, func(a, b netip.Addr) int { return a.BitLen() - b.BitLen() })
	inside := ""
	for _, addr := range addrs {
		at := netip.AddrPortFrom(addr, d.port())
		switch space := netspace.SpecialPurpose(addr); {
		case !addr.IsValid() || slices.Contains(found.servers, at):
		case space != "" && !d.ours(space):
			inside = cmp.Or(inside, fmt.Sprintf("%s is %s", addr, space))
		case len(found.servers) < maxAddrs:
			found.servers = append(found.servers, at)
		}
	}
	switch {
	case len(found.servers) > 0:
	case inside != "": // a list must not make us probe the inside
		found.cause, found.fault = dnsbl.PrivateServers, inside
	case unheard != "":
		found.cause, found.fault = dnsbl.NoNameServers, unheard
	default:
		found.cause, found.fault = dnsbl.NoNameServers, "they have no address"
	}
	return found
}

// addresses returns the addresses of the names: the glue, or what the resolvers say; and why these do not know all of them, or "".
func (d *Zone) addresses(ctx context.Context, names []string, glue map[string][]netip.Addr) (addrs []netip.Addr, unheard string) {
	types := [...]dnsbl.Type{dnsbl.A, dnsbl.AAAA}
	answers := make([]dnsbl.Answer, len(names)*len(types))
	finder := d.brief()
	ctx, end := d.briefly(ctx)
	defer end()
	parallel.Each(len(answers), len(answers), func(i int) {
		name, kind := names[i/len(types)], types[i%len(types)]
		if known := glue[name]; len(known) > 0 {
			answers[i].Addrs = known
			return
		}
		answers[i] = finder.Ask(ctx, dnsbl.Question{Name: name, Type: kind})
	}, func(i int, reason any) { answers[i] = dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)} })
	for _, answer := range answers {
		for _, addr := range answer.Addrs {
			addrs = append(addrs, addr.Unmap())
		}
	}
	return addrs, missing(answers)
}

// ours says whether one of the resolvers that the user named is in the same part of the inside.
func (d *Zone) ours(space string) bool {
	return d.finder.client.Named && slices.ContainsFunc(d.finder.client.Resolvers, func(r netip.AddrPort) bool {
		return netspace.SpecialPurpose(r.Addr()) == space
	})
}

func (d *Zone) port() uint16 {
	if port := d.finder.client.Port; port != 0 {
		return port
	}
	return resolver.Port
}
