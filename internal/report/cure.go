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
	return cures[f.Cause]
}

var cures = map[dnsbl.Cause]string{
	dnsbl.Timeout:      "the list, or the resolver, does not answer; if this lasts, leave the list out with -x",
	dnsbl.Unreachable:  "no DNS server answers there: start it, or name another with --resolver",
	dnsbl.ServFail:     "the resolver cannot get an answer from the list's name servers; if this lasts, leave the list out with -x",
	dnsbl.Refused:      "the resolver does not serve this host: allow it there, or name another with --resolver",
	dnsbl.OddRcode:     "the resolver cannot handle the question: name another with --resolver",
	dnsbl.Malformed:    "something on the way spoils DNS answers: name another resolver with --resolver",
	dnsbl.Truncated:    "the answer is too large for UDP: allow TCP to port 53 of the resolver",
	dnsbl.RefusesUs:    "ask through a resolver of your own, not a public or shared one",
	dnsbl.OutsideLoop:  "the list's domain is parked, or the resolver rewrites answers: leave the list out with -x, or name another resolver",
	dnsbl.ListsAll:     "the list is dead or broken: leave it out with -x",
	dnsbl.NoTestEntry:  "the list is dead, or refuses the resolver without a word: ask through a resolver of your own",
	dnsbl.StrippedTest: "the resolver strips 127.0.0.0/8 from answers: see private-address (unbound), rebind-localhost-ok (dnsmasq)",
	dnsbl.Undocumented: "no listing and no proof of the contrary: ask the list's operator what the code means",
	dnsbl.Internal:     "this is a bug of check_dnsbl: please report it with the output of -vv",
}
