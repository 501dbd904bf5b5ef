package report

import "check_dnsbl/internal/dnsbl"

// cure tells what to do about a failure.
func cure(f *dnsbl.Finding) string {
	switch {
	case f.List.Access == dnsbl.Keyed:
		return "the list answers only to those who have a key from its operator"
	case f.List.Access == dnsbl.Registration:
		return "the list answers only to resolvers that are registered with its operator"
	case f.List.Access == dnsbl.Closed:
		return "the list answers only to its members"
	case f.Cause == dnsbl.NoTestEntry && f.List.Name == "":
		return "dead, misspelt or refused without a word; if this list has no test entries, add --no-test " + f.List.Zone
	}
	return cureOf(f.Cause)
}

// cureOf tells what to do about a failure that could befall any list.
func cureOf(cause dnsbl.Cause) string {
	switch cause {
	case dnsbl.Timeout:
		return "the list, or the resolver, does not answer; if this lasts, leave the list out with -x"
	case dnsbl.Unreachable:
		return "no DNS server answers there: start it, or name another with --resolver"
	case dnsbl.ServFail:
		return "the resolver cannot get an answer from the list's name servers; if this lasts, leave the list out with -x"
	case dnsbl.Refused:
		return "the resolver does not serve this host: allow it there, or name another with --resolver"
	case dnsbl.OddRcode:
		return "the resolver cannot handle the question: name another with --resolver"
	case dnsbl.Malformed:
		return "something on the way spoils DNS answers: name another resolver with --resolver"
	case dnsbl.Truncated:
		return "the answer is too large for UDP: allow TCP to port 53 of the resolver"
	case dnsbl.RefusesUs:
		return "ask through a resolver of your own, not a public or shared one"
	case dnsbl.OutsideLoop:
		return "the list's domain is parked, or the resolver rewrites answers: leave the list out with -x, or name another resolver"
	case dnsbl.ListsAll:
		return "the list is dead or broken: leave it out with -x"
	case dnsbl.NoTestEntry:
		return "the list is dead, or refuses the resolver without a word: ask through a resolver of your own"
	case dnsbl.StrippedTest:
		return "the resolver strips 127.0.0.0/8 from answers: see private-address (unbound), rebind-localhost-ok (dnsmasq)"
	case dnsbl.Undocumented:
		return "no listing and no proof of the contrary: ask the list's operator what the code means"
	case dnsbl.Unaskable:
		return "name and zone together are longer than a DNS name can be"
	}
	return "this is a bug of check_dnsbl: please report it with the output of -vv"
}
