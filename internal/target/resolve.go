package target

import (
	"context"

	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

const (
	maxTargets = 64  // that are looked up in parallel
	maxQueries = 128 // that wait for an answer: dnsmasq takes 150
)

// Resolve looks up what targets stand for, with the queries to the client's resolvers in parallel.
// It never fails as a whole: what could not be looked up is in the Gaps. Addresses of a host that
// are special-purpose, and not in scope, are left out with a note. done is called with each target
// that is looked up, from several goroutines.
func Resolve(
	ctx context.Context, client *resolver.Client, targets []Target, scope Scope, done func(Target),
) Found {
	slots := make(chan struct{}, maxQueries)
	s := search{ctx: ctx, client: client, Scope: scope, slots: slots}
	each := make([]Found, len(targets))
	parallel.Each(len(targets), maxTargets, func(i int) {
		each[i] = s.find(targets[i])
		done(targets[i])
	}, func(i int, reason any) {
		each[i] = panicked(targets[i].name, reason)
	})
	var all Found
	for i := range each {
		all.add(&each[i])
	}
	all.Gaps, all.Notes = unique(all.Gaps), unique(all.Notes)
	all.setAll(all.parts)
	return all
}

// find returns what one target stands for.
func (s *search) find(t Target) Found {
	switch {
	case len(t.networks) > 0:
		return literal(t)
	case t.form == domainForm:
		return Found{parts: []Part{{Domain: t.name}}}
	case t.form == mxForm:
		return s.findMX(t.name)
	case t.form == spfForm:
		return s.findSPF(t.name)
	}
	result := s.host(t.name, singleIPv4, singleIPv6)
	result.found.Gaps = append(result.found.Gaps, result.reasons...)
	return result.found
}

// literal returns the networks that the user typed.
func literal(t Target) (found Found) {
	for _, network := range t.networks {
		part := Part{Network: network}
		if four, isNAT64 := netspace.Translated(network); isNAT64 {
			part.Network = four
			found.Notes = append(found.Notes, nat64Note(&part, t.text))
		}
		found.parts = append(found.parts, part)
	}
	return found
}
