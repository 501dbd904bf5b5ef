package target

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/lookup"
)

// lookUps is how many host names are looked up at a time.
const lookUps = 64

// Found is what targets turned out to be.
type Found struct {
	Subjects []dnsbl.Subject // each once, in the order of the targets
	Gaps     []string        // what could not be found out, in one line each: the check is not whole
	Notes    []string        // what is not worth checking, likewise
}

// Resolve returns the addresses and domains that the targets stand for. All addresses of a host are asked for, at the
// client's resolvers. Addresses that the Internet cannot see are left out of a host's, unless private is true.
func Resolve(ctx context.Context, client *lookup.Client, targets []Target, private bool) Found {
	hosts := make([]Found, len(targets))
	lookup.Each(len(targets), lookUps, func(i int) {
		if targets[i].host != "" {
			hosts[i] = resolveHost(ctx, client, targets[i].host, private)
		}
	}, func(i int, reason any) {
		hosts[i].Gaps = []string{fmt.Sprintf("%s: internal error: %v", targets[i].host, reason)}
	})
	var found Found
	seen := map[dnsbl.Subject]bool{}
	for i, t := range targets {
		found.Gaps, found.Notes = append(found.Gaps, hosts[i].Gaps...), append(found.Notes, hosts[i].Notes...)
		for _, s := range append(t.literals(), hosts[i].Subjects...) {
			plain := s
			plain.Host = ""
			if !seen[plain] {
				seen[plain] = true
				found.Subjects = append(found.Subjects, s)
			}
		}
	}
	return found
}

// literals returns the subjects that need no look-up.
func (t Target) literals() []dnsbl.Subject {
	if t.domain.Domain != "" {
		return []dnsbl.Subject{t.domain}
	}
	if !t.network.IsValid() {
		return nil
	}
	var subjects []dnsbl.Subject
	for addr := t.network.Addr(); t.network.Contains(addr); addr = addr.Next() {
		subjects = append(subjects, dnsbl.Subject{Addr: addr})
	}
	return subjects
}

// resolveHost asks for a host's IPv4 and IPv6 addresses, both together.
func resolveHost(ctx context.Context, client *lookup.Client, host string, private bool) Found {
	var answers [2]dnsbl.Answer
	types := [...]dnsbl.Type{dnsbl.A, dnsbl.AAAA}
	lookup.Each(len(types), len(types), func(i int) {
		answers[i] = client.Ask(ctx, dnsbl.Question{Name: host, Type: types[i]})
	}, func(i int, reason any) {
		answers[i] = dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
	})
	var found Found
	var left []string
	for i, a := range answers {
		if a.Cause != "" {
			found.Gaps = append(found.Gaps, fmt.Sprintf("cannot look up %s (%s): %s", host, types[i], why(a)))
		}
		slices.SortFunc(a.Addrs, netip.Addr.Compare) // resolvers shuffle them
		for _, addr := range a.Addrs {
			addr = addr.Unmap()
			if kind := lookup.Space(netip.PrefixFrom(addr, addr.BitLen())); kind != "" && !private {
				left = append(left, fmt.Sprintf("%s is %s", addr, kind))
				continue
			}
			found.Subjects = append(found.Subjects, dnsbl.Subject{Addr: addr, Host: host})
		}
	}
	return found.orWhyNot(host, left, answers[0])
}

// orWhyNot makes a gap of a host without an address to check.
func (f Found) orWhyNot(host string, left []string, answer dnsbl.Answer) Found {
	switch {
	case len(f.Subjects) > 0 || len(f.Gaps) > 0:
		for _, what := range left {
			addr, kind, _ := strings.Cut(what, " is ")
			f.Notes = append(f.Notes, fmt.Sprintf("not checked: %s of %s, %s", addr, host, kind))
		}
	case len(left) > 0:
		f.Gaps = []string{fmt.Sprintf("%s has no address that the Internet sees: %s", host, strings.Join(left, ", "))}
	case answer.NXDomain:
		f.Gaps = []string{fmt.Sprintf("no such host: %s (NXDOMAIN from %s)", host, answer.Server)}
	default:
		f.Gaps = []string{fmt.Sprintf("%s has no address (NODATA from %s)", host, answer.Server)}
	}
	return f
}

// why tells what went wrong with an answer.
func why(a dnsbl.Answer) string {
	if a.Detail == "" {
		return fmt.Sprintf("%s from %s", a.Cause, a.Server)
	}
	return fmt.Sprintf("%s, %s (resolver %s)", a.Cause, a.Detail, a.Server)
}
