package verdict

import (
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// CommonCause returns the cause that several lists have in common, none of which gave a proved verdict
// through the resolver: then the resolver is at fault, not the lists. OutsideLoopback stands for a
// resolver that answers every query with the same address, however each list reads that address.
// Without a common cause it returns "".
func CommonCause(findings []Group) dnsbl.Cause {
	findings = withoutStrays(findings)
	if len(findings) == 0 || !several(findings) || slices.ContainsFunc(findings, ofList) {
		return ""
	}
	first := &findings[0]
	same := !slices.ContainsFunc(findings, func(f Group) bool { return f.Cause != first.Cause })
	known := slices.ContainsFunc(findings, func(f Group) bool { return f.List.Name != "" })
	open := slices.ContainsFunc(findings, func(f Group) bool { return f.List.Access != dnsbl.Keyed })
	switch {
	case same && first.Cause == dnsbl.NoTestEntry && !known: // the user's own lists may have no test entries
		return ""
	case same && !open && !first.Cause.Silent(): // it may be the key
		return ""
	case same && first.Cause.Traits().ResolverIfAll:
		return first.Cause
	case sameCodes(findings):
		return dnsbl.OutsideLoopback
	}
	return ""
}

// withoutStrays returns the findings without timeouts, unless these are half of them or more: a
// resolver in trouble is often slow as well.
func withoutStrays(findings []Group) []Group {
	loud := slices.DeleteFunc(slices.Clone(findings), func(f Group) bool { return f.Cause == dnsbl.Timeout })
	if 2*count(loud) > count(findings) {
		return loud
	}
	return findings
}

// count returns the number of findings in groups.
func count(groups []Group) int {
	n := 0
	for i := range groups {
		n += groups[i].Count
	}
	return n
}

// ofList reports whether the resolver alone cannot be at fault for a finding: the list's own name
// servers answered as well, or the list was partly tested.
func ofList(f Group) bool {
	if f.Direct || f.Outcome == dnsbl.Listed && f.Cause != dnsbl.OutsideLoopback {
		return true
	}
	return f.Other != nil && f.Other.Cause.Heard()
}

// several reports whether the findings are on more than one list.
func several(findings []Group) bool {
	return slices.ContainsFunc(findings, func(f Group) bool { return f.List != findings[0].List })
}

// sameCodes reports whether all findings failed by the same return codes, which cannot be right
// for all of them.
func sameCodes(findings []Group) bool {
	given := codesGiven(&findings[0])
	return len(given) > 0 && !slices.ContainsFunc(findings, func(f Group) bool {
		return !slices.Equal(codesGiven(&f), given)
	})
}

// codesGiven returns the return codes by which a finding failed, if a resolver may have made them
// up.
func codesGiven(f *Group) []netip.Addr {
	if !f.Cause.Traits().ResolverIfSame {
		return nil
	}
	var codes []netip.Addr
	for _, r := range f.CauseCodes {
		codes = append(codes, r.Code)
	}
	return slices.Compact(codes) // a code that is made of bits has several readings
}
