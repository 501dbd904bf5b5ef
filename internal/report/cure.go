package report

import (
	"fmt"

	"check_dnsbl/internal/dnsbl"
)

// cure tells what to do about a failure.
func cure(f *dnsbl.Finding) string {
	if words := cureBoth(f); words != "" {
		return words
	}
	switch l := f.List; {
	case f.Cause == dnsbl.RefusesKey:
		return "check the key" + keySource(l) + ", or leave it out to ask the open lists"
	case l.Access == dnsbl.Keyed && f.Cause == dnsbl.RefusesUs:
		return "see with the list's operator what your key allows"
	case l.Access == dnsbl.Keyed && blamesKey(f.Cause):
		return "the list answers only to those who have a valid key from its operator: check the key" + keySource(l)
	case l.Access == dnsbl.Registration:
		return "the list answers only to resolvers that are registered with its operator"
	case l.Access == dnsbl.Closed:
		return "the list answers only to its members"
	case f.Cause == dnsbl.NoTestEntry && l.Name == "":
		return "no list of the catalog: misspelt, refused without a word, or dead: leave it out with -x; only if it is a list of your own that has no test entries, name it with --no-test"
	}
	words := cureOf(f.Cause)
	switch {
	case f.Direct:
		return cureDirect(f)
	case noWay(f):
		return "check the network of this host, or name another resolver in its place with --resolver"
	case f.Cause == dnsbl.RefusesUs:
		words += orKey(f.List)
	}
	if f.Other == nil && aroundHelps(f.Cause) {
		words += ", or let the list be asked directly (--direct auto)"
	}
	return words
}

// aroundHelps says whether a list that fails so through the resolver may well answer those who ask it directly.
func aroundHelps(cause dnsbl.Cause) bool {
	switch cause {
	case dnsbl.RefusesUs, dnsbl.StrippedTest, dnsbl.ServFail, dnsbl.Refused, dnsbl.NoTestEntry, dnsbl.OutsideLoop:
		return true
	}
	return false
}

// cureDirect tells what to do about the failure of a list that is asked directly only.
func cureDirect(f *dnsbl.Finding) string {
	const instead = "; leave the list out with -x, or use --direct auto"
	switch f.Cause {
	case dnsbl.NoServers:
		return "the resolver does not know who serves the list: check the resolver, or leave the list out with -x"
	case dnsbl.Inside:
		return "they are asked only if a resolver named with --resolver is in the same space" + instead
	case dnsbl.Timeout, dnsbl.Unreachable:
		return "its name servers are dead, or a firewall keeps DNS from them" + instead
	case dnsbl.ServFail, dnsbl.Refused, dnsbl.OddRcode:
		return "its name servers do not serve it, or not to this host" + instead
	case dnsbl.RefusesUs:
		return "ask the list's operator" + orKey(f.List) + instead
	case dnsbl.NoTestEntry:
		return "the list is dead, or does not want to be asked by this host" + instead
	case dnsbl.OutsideLoop:
		return "the list's domain is parked, or something on the way rewrites answers" + instead
	case dnsbl.Malformed, dnsbl.StrippedTest:
		return "something on the way spoils DNS answers" + instead
	case dnsbl.Truncated:
		return "the answer is too large for UDP: allow TCP to port 53 of its name servers"
	}
	return cureOf(f.Cause)
}

// cureBoth tells what to do about an open list that was asked directly in vain as well, where that says more of it.
func cureBoth(f *dnsbl.Finding) string {
	l := f.List
	if f.Other == nil || l.Access != dnsbl.Open || f.Cause == dnsbl.NoTestEntry && l.Name == "" {
		return ""
	}
	switch there := f.Other.Cause; {
	case f.Cause == dnsbl.RefusesUs && there == dnsbl.RefusesUs:
		return "the list refuses this host too: ask its operator" + orKey(l) + ", or leave the list out with -x"
	case broken(f.Cause) && broken(there):
		return "the list is dead or broken: leave it out with -x"
	case there == dnsbl.Refused || there == dnsbl.ServFail || there == dnsbl.Lame:
		return "its name servers do not serve it, or not to this host; if this lasts, leave the list out with -x"
	case mute(f.Cause) && mute(there):
		return "its name servers do not answer this host either; if this lasts, leave the list out with -x"
	}
	return ""
}

// broken says whether a list that answers so to those who ask it directly is none any more.
func broken(cause dnsbl.Cause) bool {
	return cause == dnsbl.NoTestEntry || cause == dnsbl.OutsideLoop || cause == dnsbl.ListsAll
}

// mute says whether a cause is that of a list which gives no answer.
func mute(cause dnsbl.Cause) bool {
	switch cause {
	case dnsbl.Timeout, dnsbl.ServFail, dnsbl.Refused, dnsbl.Unreachable, dnsbl.Lame:
		return true
	}
	return false
}

// blamesKey says whether an operator may fail so for want of a valid key, or of one that is good for the list.
func blamesKey(cause dnsbl.Cause) bool {
	return cause == dnsbl.NoTestEntry || cause == dnsbl.ServFail || cause == dnsbl.Refused
}

// orKey names what opens a list to those whom it refuses, if a key does.
func orKey(l *dnsbl.List) string {
	if l.KeyOf == "" || l.Access == dnsbl.Keyed {
		return ""
	}
	return fmt.Sprintf(", or get a key of it (--key %s=KEY)", l.KeyOf)
}

// keySource names the key of a list, which may have been given in several ways.
func keySource(l *dnsbl.List) string {
	if l.KeyOf == "" {
		return ""
	}
	return " that was given for " + l.KeyOf
}

// cureOf tells what to do about a failure that could befall any list.
func cureOf(cause dnsbl.Cause) string {
	switch cause {
	case dnsbl.Timeout:
		return "no answer in time; if this lasts, leave the list out with -x"
	case dnsbl.Unreachable:
		return "no DNS server answers there: start it, or name another in its place with --resolver"
	case dnsbl.ServFail:
		return "the resolver cannot get an answer from the list's name servers; if this lasts, leave the list out with -x"
	case dnsbl.Refused:
		return "the list's name servers or the resolver refuse the question; if this lasts, leave the list out with -x"
	case dnsbl.Lame:
		return "its name servers do not serve it, or only refer to others: leave the list out with -x"
	case dnsbl.OddRcode:
		return "the resolver cannot handle the question: name another in its place with --resolver"
	case dnsbl.Malformed:
		return "something on the way spoils DNS answers: name another resolver in its place with --resolver"
	case dnsbl.Truncated:
		return "the answer is too large for UDP: allow TCP to port 53 of the resolver"
	case dnsbl.RefusesUs:
		return "ask through a resolver of your own, not a public or shared one"
	case dnsbl.OutsideLoop:
		return "the list's domain is parked, or the resolver rewrites answers: leave the list out with -x, or name another resolver in its place"
	case dnsbl.ListsAll:
		return "the list is dead or broken: leave it out with -x"
	case dnsbl.NoTestEntry:
		return "the list is dead, or refuses the resolver without a word: ask through a resolver of your own"
	case dnsbl.StrippedTest:
		return "the resolver strips 127.0.0.0/8 from answers: see private-address (unbound), rebind-localhost-ok (dnsmasq)"
	case dnsbl.Undocumented:
		return "no listing and no proof of the contrary: ask the list's operator what the code means"
	case dnsbl.NoSockets:
		return "raise the limit of open files of this user (ulimit -n)"
	case dnsbl.Unaskable:
		return "name and zone together are longer than a DNS name can be"
	}
	return "this is a bug of check_dnsbl: please report it with the output of -vv"
}
