package target

import (
	"iter"
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// Found is what targets stand for.
type Found struct {
	// Subjects yields each subject once, in the order of the targets, as often as it is called.
	Subjects iter.Seq[dnsbl.Subject]
	Count    int            // of the subjects
	Kinds    dnsbl.Subjects // of the subjects

	Gaps  []dnsbl.Note // what could not be looked up: the check is not complete
	Notes []dnsbl.Note // what is not checked on purpose, or is worth knowing

	parts    []Part // that Subjects yields
	distinct []Part // parts, and those that Keep removed
	repeated []Part // distinct, and those that repeat an earlier one
}

// A Part is a network, mostly of one address, or a domain.
type Part struct {
	Network netip.Prefix // not valid for a domain
	Domain  string
	Host    string // the host that has the address, or the domain with the SPF record; or ""

	// sharedHost means that Host does not have to be in the reverse DNS of the address: it is the
	// domain of an SPF record, or a mail server of another organization.
	sharedHost bool

	// earlier are the networks in this one that earlier parts have: disjoint, in order.
	earlier []netip.Prefix
}

// Keep removes the subjects that are not of these kinds, and returns their parts.
func (f *Found) Keep(kinds dnsbl.Subjects) []Part {
	var kept, removed []Part
	for _, p := range f.parts {
		if p.Kind()&kinds != 0 {
			kept = append(kept, p)
		} else {
			removed = append(removed, p)
		}
	}
	f.setParts(kept)
	return removed
}

// Queries returns the number of queries that the subjects of each kind take on one list.
func (f *Found) Queries() map[dnsbl.Subjects]int {
	queries := map[dnsbl.Subjects]int{}
	for i := range f.parts {
		p := &f.parts[i]
		queries[p.Kind()] += p.count() + len(dnsbl.Subject{Domain: p.Domain}.Parents())
	}
	return queries
}

// Addresses returns the number of addresses, including those that Keep removed.
func (f *Found) Addresses() int {
	n := 0
	for i := range f.distinct {
		if f.distinct[i].Domain == "" {
			n += f.distinct[i].count()
		}
	}
	return n
}

// Servers yields the addresses, including those that Keep removed, each with the names that its
// reverse DNS should have one of: the hosts with that address that the user named, and mail servers
// in the domain whose mail they take. There may be none.
func (f *Found) Servers() iter.Seq2[netip.Addr, []string] {
	names := map[netip.Addr][]string{}
	for i := range f.repeated {
		p := &f.repeated[i]
		addr := p.Network.Addr()
		if p.Host != "" && !p.sharedHost && !slices.Contains(names[addr], p.Host) {
			names[addr] = append(names[addr], p.Host)
		}
	}
	return func(yield func(netip.Addr, []string) bool) {
		address := func(s dnsbl.Subject) bool {
			return !s.Addr.IsValid() || yield(s.Addr, names[s.Addr])
		}
		for i := range f.distinct {
			if !f.distinct[i].walk(address) {
				return
			}
		}
	}
}

// setAll sets the parts of f to what was found, in which parts may overlap.
func (f *Found) setAll(found []Part) {
	f.repeated, f.distinct = found, withoutRepeats(found)
	f.setParts(f.distinct)
}

// setParts sets the parts of f, which must be distinct, and what follows from them.
func (f *Found) setParts(parts []Part) {
	f.parts, f.Count, f.Kinds = parts, 0, 0
	for i := range parts {
		f.Count += parts[i].count()
		f.Kinds |= parts[i].Kind()
	}
	f.Subjects = func(yield func(dnsbl.Subject) bool) {
		for i := range parts {
			if !parts[i].walk(yield) {
				return
			}
		}
	}
}

// Kind returns the kind of the subjects in the part.
func (p *Part) Kind() dnsbl.Subjects { return dnsbl.Subject{Addr: p.Network.Addr()}.Kind() }

// String returns the address, the network in CIDR notation, or the domain.
func (p *Part) String() string {
	switch {
	case p.Domain != "":
		return p.Domain
	case p.Network.IsSingleIP():
		return p.Network.Addr().String()
	}
	return p.Network.String()
}

// walk yields the subjects of the part. It reports whether yield wanted all of them.
func (p *Part) walk(yield func(dnsbl.Subject) bool) bool {
	if p.Domain != "" {
		return yield(dnsbl.Subject{Domain: p.Domain})
	}
	earlier := p.earlier
	for addr := p.Network.Addr(); p.Network.Contains(addr); addr = addr.Next() {
		if len(earlier) > 0 && earlier[0].Addr() == addr {
			addr, earlier = last(earlier[0]), earlier[1:]
			continue
		}
		if !yield(dnsbl.Subject{Addr: addr, Host: p.Host}) {
			return false
		}
	}
	return true
}

// contains reports whether the network of p contains that of other, given that they do not overlap
// in any other way.
func (p *Part) contains(other *Part) bool { return p.Network.Contains(other.Network.Addr()) }

// count returns the number of subjects that walk yields.
func (p *Part) count() int {
	if p.Domain != "" {
		return 1
	}
	n := size(p.Network)
	for _, network := range p.earlier {
		n -= size(network)
	}
	return n
}

// withoutRepeats returns parts in the same order, without what is in an earlier part.
//
// Of two networks one contains the other or they are disjoint. Sorted by address, a network comes
// after those that contain it, so that one pass with a stack finds all overlaps, without a look at
// single addresses.
func withoutRepeats(parts []Part) []Part {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return parts[i].Network.Compare(parts[j].Network)
	})
	repeats := make([]bool, len(parts))
	domains := map[string]bool{}
	// The networks that contain the current one, the largest first, without those that repeat
	// another: each was named earlier than the one before it.
	var enclosing []int
	for _, i := range order {
		if p := &parts[i]; p.Domain != "" {
			repeats[i], domains[p.Domain] = domains[p.Domain], true
			continue
		}
		for len(enclosing) > 0 && !parts[enclosing[len(enclosing)-1]].contains(&parts[i]) {
			enclosing = enclosing[:len(enclosing)-1]
		}
		if len(enclosing) > 0 {
			outer := enclosing[len(enclosing)-1]
			if repeats[i] = outer < i; repeats[i] {
				continue
			}
			parts[outer].earlier = append(parts[outer].earlier, parts[i].Network)
		}
		enclosing = append(enclosing, i)
	}
	var kept []Part
	for i := range parts {
		if !repeats[i] && parts[i].count() > 0 {
			kept = append(kept, parts[i])
		}
	}
	return kept
}
