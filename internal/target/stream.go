package target

import (
	"iter"
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// Found is what targets turned out to be.
type Found struct {
	Subjects iter.Seq[dnsbl.Subject] // each once, in the order of the targets; may be ranged over any number of times
	Count    int                     // how many there are
	Kinds    dnsbl.Subjects          // the kinds that occur
	Gaps     []string                // what could not be found out, in one line each: the check is not whole
	Notes    []string                // what is not checked and need not be, or is good to know, likewise

	parts []Part
	all   []Part // also those that were not kept
	named []Part // also those that are not distinct
}

// A Part is what targets stand for in one piece: a network, mostly of one address, or a domain.
type Part struct {
	Network netip.Prefix // not valid for a domain
	Domain  string
	Host    string // the name that the network was found through, if any

	anyName bool           // the server there need not have that name: it is of an SPF record, or of a mail server that somebody else names
	taken   []netip.Prefix // what earlier parts have of the network: apart from each other, in the order of addresses
}

// Keep leaves only the subjects of these kinds, and returns the parts that are left out.
func (f *Found) Keep(kinds dnsbl.Subjects) []Part {
	var kept, out []Part
	for _, p := range f.parts {
		if p.Kind()&kinds != 0 {
			kept = append(kept, p)
		} else {
			out = append(out, p)
		}
	}
	f.hold(kept)
	return out
}

// Counts returns how many subjects there are of each kind.
func (f *Found) Counts() map[dnsbl.Subjects]int {
	counts := map[dnsbl.Subjects]int{}
	for i := range f.parts {
		counts[f.parts[i].Kind()] += f.parts[i].count()
	}
	return counts
}

// Addresses returns how many addresses there are, also of those that were not kept.
func (f *Found) Addresses() int {
	n := 0
	for i := range f.all {
		if f.all[i].Domain == "" {
			n += f.all[i].count()
		}
	}
	return n
}

// Servers returns the addresses, also those that were not kept, each with the names that the server there should have one of: those of the
// hosts that have the address and were named by the user, or by an MX record of their own domain.
func (f *Found) Servers() iter.Seq2[netip.Addr, []string] {
	names := map[netip.Addr][]string{}
	for i := range f.named {
		p := &f.named[i]
		if addr := p.Network.Addr(); p.Host != "" && !p.anyName && !slices.Contains(names[addr], p.Host) {
			names[addr] = append(names[addr], p.Host)
		}
	}
	return func(yield func(netip.Addr, []string) bool) {
		for i := range f.all {
			if !f.all[i].walk(func(s dnsbl.Subject) bool { return !s.Addr.IsValid() || yield(s.Addr, names[s.Addr]) }) {
				return
			}
		}
	}
}

// Has says whether an address is among the subjects.
func (f *Found) Has(addr netip.Addr) bool {
	return slices.ContainsFunc(f.parts, func(p Part) bool { return p.Network.Contains(addr) })
}

// hold makes the parts, which must be distinct, those of f.
func (f *Found) hold(parts []Part) {
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

// Kind returns which kind of subjects the part is.
func (p *Part) Kind() dnsbl.Subjects { return dnsbl.Subject{Addr: p.Network.Addr()}.Kind() }

// String returns the address, network or domain.
func (p *Part) String() string {
	switch {
	case p.Domain != "":
		return p.Domain
	case p.Network.IsSingleIP():
		return p.Network.Addr().String()
	}
	return p.Network.String()
}

// walk yields the subjects of the part until it is told to stop, and says whether it was not.
func (p *Part) walk(yield func(dnsbl.Subject) bool) bool {
	if p.Domain != "" {
		return yield(dnsbl.Subject{Domain: p.Domain})
	}
	taken := p.taken
	for addr := p.Network.Addr(); p.Network.Contains(addr); addr = addr.Next() {
		if len(taken) > 0 && taken[0].Addr() == addr {
			addr, taken = last(taken[0]), taken[1:]
			continue
		}
		if !yield(dnsbl.Subject{Addr: addr, Host: p.Host}) {
			return false
		}
	}
	return true
}

// count returns how many subjects the part is.
func (p *Part) count() int {
	if p.Domain != "" {
		return 1
	}
	n := size(p.Network)
	for _, network := range p.taken {
		n -= size(network)
	}
	return n
}

// size returns how many addresses a network has. There is none wider than 2^24.
func size(network netip.Prefix) int { return 1 << (network.Addr().BitLen() - network.Bits()) }

// last returns the last address of a network.
func last(network netip.Prefix) netip.Addr {
	addr := network.Addr()
	bytes := addr.As16() // an IPv4 address is at its end
	for bit := 128 - addr.BitLen() + network.Bits(); bit < 128; bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	if addr.Is4() {
		return netip.AddrFrom16(bytes).Unmap()
	}
	return netip.AddrFrom16(bytes)
}

// distinct returns the parts in their order without what earlier ones have. As networks lie in each other or apart, that needs no look at
// any address: sorted, each comes after those it lies in.
func distinct(parts []Part) []Part {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return parts[i].Network.Compare(parts[j].Network) })
	again := make([]bool, len(parts))
	domains := map[string]bool{}
	var around []int // the networks that the one at hand lies in and that are no repetition: the wider, the later they were named
	for _, i := range order {
		if p := &parts[i]; p.Domain != "" {
			again[i], domains[p.Domain] = domains[p.Domain], true
			continue
		}
		for len(around) > 0 && !parts[around[len(around)-1]].Network.Contains(parts[i].Network.Addr()) {
			around = around[:len(around)-1]
		}
		if len(around) > 0 {
			outer := around[len(around)-1]
			if again[i] = outer < i; again[i] {
				continue
			}
			parts[outer].taken = append(parts[outer].taken, parts[i].Network)
		}
		around = append(around, i)
	}
	var kept []Part
	for i := range parts {
		if !again[i] && parts[i].count() > 0 {
			kept = append(kept, parts[i])
		}
	}
	return kept
}
