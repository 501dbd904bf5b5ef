package verdict

import (
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// Alike returns the cause that is common to what several lists gave through a resolver, none of them a proved verdict: then it is
// no matter of the lists but of the resolver. OutsideLoop stands for one address that it gives to all names, whatever each list
// would mean by it. A silence here and there does not count, as a resolver in trouble is often slow as well. Without anything in
// common it returns "".
func Alike(findings []Group) dnsbl.Cause {
	loud := slices.DeleteFunc(slices.Clone(findings), func(f Group) bool { return f.Cause == dnsbl.Timeout })
	if 2*count(loud) > count(findings) {
		findings = loud
	}
	if len(findings) == 0 || !several(findings) || slices.ContainsFunc(findings, ofList) {
		return ""
	}
	first := &findings[0]
	same := !slices.ContainsFunc(findings, func(f Group) bool { return f.Cause != first.Cause })
	known := slices.ContainsFunc(findings, func(f Group) bool { return f.List.Name != "" })
	open := slices.ContainsFunc(findings, func(f Group) bool { return f.List.Access != dnsbl.Keyed })
	switch {
	case same && first.Cause == dnsbl.NoTestEntry && !known: // lists of the user's own may just have no test entries
		return ""
	case same && !open && first.Cause != dnsbl.Timeout && first.Cause != dnsbl.Unreachable: // it may be the key
		return ""
	case same && ofResolver(first.Cause):
		return first.Cause
	case given(first) != "" && !slices.ContainsFunc(findings, func(f Group) bool { return given(&f) != given(first) }):
		return dnsbl.OutsideLoop
	}
	return ""
}

// count returns how many findings there are in groups.
func count(groups []Group) int {
	n := 0
	for i := range groups {
		n += groups[i].Count
	}
	return n
}

// ofList says whether a finding cannot be the resolver's fault alone: the list's own name servers had their say as well, or the list was
// heard, if only in half.
func ofList(f Group) bool {
	if f.Direct || f.Outcome == dnsbl.Listed && f.Cause != dnsbl.OutsideLoop {
		return true
	}
	if f.Other == nil {
		return false
	}
	switch f.Other.Cause {
	case dnsbl.NoServers, dnsbl.Inside, dnsbl.Timeout, dnsbl.Unreachable, dnsbl.NoSockets, dnsbl.Internal:
		return false
	}
	return true
}

// several says whether the findings are on more than one list.
func several(findings []Group) bool {
	return slices.ContainsFunc(findings, func(f Group) bool { return f.List != findings[0].List })
}

// ofResolver says whether a cause that all lists have in common is their resolver's.
func ofResolver(cause dnsbl.Cause) bool {
	switch cause {
	case dnsbl.Timeout, dnsbl.Unreachable, dnsbl.ServFail, dnsbl.Refused, dnsbl.NoTestEntry, dnsbl.StrippedTest, dnsbl.RefusesUs, dnsbl.Malformed, dnsbl.OddRcode, dnsbl.Truncated:
		return true
	}
	return false
}

// given returns the address that was given for a name where it cannot be right, or "".
func given(f *Group) string {
	switch f.Cause {
	case dnsbl.OutsideLoop, dnsbl.ListsAll, dnsbl.Undocumented, dnsbl.RefusesUs:
		words := f.Detail[strings.LastIndex(f.Detail, " is ")+1:] // "test entry ... is 127.0.0.2 = listed"
		addr, _, _ := strings.Cut(strings.TrimPrefix(words, "is "), " = ")
		return addr
	}
	return ""
}
