package verdict

import (
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// CommonCause returns the cause that several lists have in common, or "". With a common cause, and
// no proved verdict through the resolver, the resolver is to blame and not the lists.
// OutsideLoopback stands for a resolver that answers every query with the same address, even if
// that address means something else on each list.
func CommonCause(findings []Group) dnsbl.Cause {
	findings = withoutTimeouts(findings)
	if len(findings) == 0 || !several(findings) || slices.ContainsFunc(findings, notResolver) {
		return ""
	}
	cause := findings[0].Cause
	other := func(f Group) bool { return f.Cause != cause }
	switch {
	case slices.ContainsFunc(findings, other):
	case cause == dnsbl.NoTestEntry && !slices.ContainsFunc(findings, cataloged):
		return "" // the user's own lists may have no test entries
	case !cause.Silent() && !slices.ContainsFunc(findings, keyless):
		return "" // it may be the key
	case cause.Traits().ResolverIfAll:
		return cause
	}
	if sameCodes(findings) {
		return dnsbl.OutsideLoopback
	}
	return ""
}

// cataloged reports whether a finding is on a list of the catalog.
func cataloged(f Group) bool { return f.List.Name != "" }

// keyless reports whether a finding is on a list that needs no key.
func keyless(f Group) bool { return f.List.Access != dnsbl.Keyed }

// withoutTimeouts returns the findings without timeouts, unless half of them or more are timeouts:
// a resolver in trouble is often slow as well.
func withoutTimeouts(findings []Group) []Group {
	timeout := func(f Group) bool { return f.Cause == dnsbl.Timeout }
	others := slices.DeleteFunc(slices.Clone(findings), timeout)
	if 2*total(others) > total(findings) {
		return others
	}
	return findings
}

// total returns the number of findings in groups.
func total(groups []Group) int {
	n := 0
	for i := range groups {
		n += groups[i].Count
	}
	return n
}

// notResolver reports whether the resolver cannot be to blame for a finding: the list's own name
// servers answered as well, or the list was partly tested.
func notResolver(f Group) bool {
	if f.Direct || f.Outcome == dnsbl.Listed && f.Cause != dnsbl.OutsideLoopback {
		return true
	}
	return f.Other != nil && f.Other.Cause.ServerAnswered()
}

// several reports whether the findings are on more than one list.
func several(findings []Group) bool {
	return slices.ContainsFunc(findings, func(f Group) bool { return f.List != findings[0].List })
}

// sameCodes reports whether all findings failed because of the same return codes. These cannot be
// right for all lists.
func sameCodes(findings []Group) bool {
	given := codesGiven(&findings[0])
	return len(given) > 0 && !slices.ContainsFunc(findings, func(f Group) bool {
		return !slices.Equal(codesGiven(&f), given)
	})
}

// codesGiven returns the return codes that made a finding fail, if a resolver may have
// made them up.
func codesGiven(f *Group) []netip.Addr {
	if !f.Cause.Traits().ResolverIfSameCode {
		return nil
	}
	var codes []netip.Addr
	for _, r := range f.CauseCodes {
		codes = append(codes, r.Code)
	}
	return slices.Compact(codes) // a code that is made of bits has several readings
}
