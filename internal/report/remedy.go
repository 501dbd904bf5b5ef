package report

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// A remedy is the advice for one cause of failure, besides its sentence. It depends on the path: a
// list is queried through the resolver, directly at its own name servers, or both. {key} stands for
// a clause on the key that the user gave for the list, and {or key} for the advice to get one.
type remedy struct {
	cause dnsbl.Cause

	// What to do about a list that failed ...
	resolver     string // ... through the resolver
	direct       string // ... directly, and was not queried otherwise; "": use resolver
	resolverOnly string // ... through the resolver, but not directly; "": use resolver
	keyed        string // ... and needs a key, which was given; "": no other advice
	unknown      string // ... and is not in the catalog; "": no other advice
	testListed   string // ... through the resolver, which answers for its test entry; "": resolver

	// What is wrong with the resolver if all lists failed like this, and what to do about it; "" if
	// the resolver is not to blame.
	resolverFault, resolverRemedy string
	faultTestListed               string // the fault if their test entries are listed; "": the same

	health      string // the state of the list, as a code for --self-test: see healthCode
	addsNothing bool   // not worth mentioning, of a direct query, after a timeout of the resolver
	reverse     string // what to do about a failure in reverse DNS; "": see LookupFailure
}

// Pieces of sentences.
const (
	ifLasting       = "; if this lasts, leave the list out with -x"
	orAuto          = "; leave the list out with -x, or use --direct auto"
	otherResolver   = "name another in its place with --resolver"
	rewritesAnswers = "the resolver rewrites answers: " + otherResolver
	keyInvalid      = "the list answers only to those who have a valid key from its operator: " +
		"check the key{key}"
	noUpstream    = "the resolver gets no answer from there, or gives us none"
	ownResolver   = "ask through a resolver of your own, not a public or shared one{or key}"
	deadOrBroken  = "the list is dead or broken: leave it out with -x"
	relaxResolver = "set qname-minimisation-strict: no (unbound) " +
		"or qname-minimization relaxed (BIND), or use --direct always"
	altersAnswers = "something on the way spoils DNS answers"
)

// remedies has a row for each cause. An array: a map would be built at every start. Columns that
// cannot occur for a cause are bug. An empty one falls back as its comment in the type tells.
var remedies = [...]remedy{
	{
		cause:          dnsbl.Timeout,
		resolver:       "no answer in time" + ifLasting,
		direct:         "its name servers are dead, or a firewall keeps DNS from them" + orAuto,
		resolverOnly:   noUpstream,
		resolverFault:  "does not answer in time",
		resolverRemedy: "check it, " + otherResolver + ", or raise -t if it is short",
		health:         "no_answer",
		addsNothing:    true,
	},
	{
		cause:          dnsbl.Unreachable,
		resolver:       "no DNS server answers there: start it, or " + otherResolver,
		direct:         "its name servers are dead, or a firewall keeps DNS from them" + orAuto,
		resolverFault:  "is not there",
		resolverRemedy: "start it, or " + otherResolver,
		health:         "no_answer",
	},
	{
		cause: dnsbl.Filtered,
		resolver: "the resolver filters names: allow the list's zone there, or " +
			otherResolver,
		direct:         "something on the way filters DNS answers" + orAuto,
		resolverFault:  "filters the names of lists",
		resolverRemedy: "allow their zones there, or " + otherResolver,
		health:         "damaged",
	},
	{
		cause: dnsbl.ServFail,
		resolver: "the resolver cannot get an answer from the list's name servers" +
			ifLasting,
		testListed: "only its test entry is answered, perhaps from a cache; " +
			"or the resolver answers SERVFAIL in place of NXDOMAIN, as Docker's does" +
			ifLasting,
		faultTestListed: "answers for their test entries, but else with SERVFAIL, " +
			"perhaps in place of NXDOMAIN, as Docker's does",
		direct:         "its name servers do not serve it, or not to this host" + orAuto,
		resolverOnly:   noUpstream,
		keyed:          keyInvalid,
		resolverFault:  "gets no answers itself",
		resolverRemedy: "check its way to the Internet, or " + otherResolver,
		health:         "no_answer",
	},
	{
		cause: dnsbl.Refused,
		resolver: "the list's name servers or the resolver refuse the question " +
			"(dnsmasq also if it is busy: raise dns-forward-max)" + ifLasting,
		direct:         "its name servers do not serve it, or not to this host" + orAuto,
		resolverOnly:   noUpstream,
		keyed:          keyInvalid,
		resolverFault:  "does not serve this host",
		resolverRemedy: "allow it there, or " + otherResolver,
		health:         "refusing",
	},
	{
		cause: dnsbl.Lame,
		resolver: "its name servers do not serve it, or only refer to others: " +
			"leave the list out with -x",
		health: "dead",
	},
	{
		cause: dnsbl.Referral,
		resolver: "the resolver passes on a referral and does not follow it: " +
			"correct its forward-zone or stub-zone for the list, or " + otherResolver,
		direct:         "its name servers only refer to others" + orAuto,
		resolverFault:  "answers with referrals",
		resolverRemedy: "let it follow them (recursion), or " + otherResolver,
		health:         "no_answer",
	},
	{
		cause: dnsbl.AliasOnly,
		resolver: "the resolver does not follow aliases (CNAME): " +
			"correct its forward-zone or stub-zone for the list, or " + otherResolver,
		direct:         "its name servers do not give the target of an alias" + orAuto,
		resolverFault:  "does not follow aliases (CNAME)",
		resolverRemedy: otherResolver,
		health:         "no_answer",
	},
	{
		cause:          dnsbl.DomainGone,
		resolver:       "the list has ended: leave it out with -x",
		resolverOnly:   "the resolver does not know the list's domain: " + otherResolver,
		resolverFault:  "knows no domains (NXDOMAIN)",
		resolverRemedy: "it has no way to the Internet: " + otherResolver,
		health:         "dead",
	},
	{
		cause:    dnsbl.NoNameServers,
		resolver: bug,
		direct: "the resolver does not know who serves the list: check the resolver, " +
			"or leave the list out with -x",
		health:      "no_answer",
		addsNothing: true,
	},
	{
		cause:    dnsbl.PrivateServers,
		resolver: bug,
		direct: "they are asked only if a resolver named with --resolver is in the same space" +
			orAuto,
		health: "no_answer",
	},
	{
		cause:          dnsbl.UnexpectedRcode,
		resolver:       "the resolver cannot handle the question: " + otherResolver,
		direct:         "its name servers do not serve it, or not to this host" + orAuto,
		resolverFault:  "cannot handle the questions",
		resolverRemedy: otherResolver,
		health:         "damaged",
	},
	{
		cause:          dnsbl.Malformed,
		resolver:       altersAnswers + ": name another resolver in its place with --resolver",
		direct:         altersAnswers + orAuto,
		resolverFault:  "gives spoilt answers",
		resolverRemedy: "look for what is on the way to it, or " + otherResolver,
		health:         "damaged",
	},
	{
		cause:          dnsbl.Truncated,
		resolver:       "the answer is too large for UDP: allow TCP to port 53 of the resolver",
		direct:         "the answer is too large for UDP: allow TCP to port 53 of its name servers",
		resolverFault:  "cuts answers off and gives none over TCP",
		resolverRemedy: "allow TCP to port 53 of it, or " + otherResolver,
		health:         "damaged",
	},
	{
		cause:         dnsbl.RefusesResolver,
		resolver:      ownResolver,
		direct:        "ask the list's operator{or key}" + orAuto,
		keyed:         "see with the list's operator what your key allows",
		resolverFault: "is refused",
		resolverRemedy: "name one of your own, not a public or shared one, " +
			"in its place with --resolver",
		health: "refusing",
	},
	{
		cause:    dnsbl.RefusesKey,
		resolver: "check the key{key}, or leave it out to ask the open lists",
		health:   "key_refused",
	},
	{
		cause: dnsbl.OutsideLoopback,
		resolver: "the list's domain is parked, or the resolver rewrites answers: " +
			"leave the list out with -x, or name another resolver in its place",
		direct: "the list's domain is parked, or something on the way rewrites answers" +
			orAuto,
		resolverOnly:   rewritesAnswers,
		resolverFault:  "answers with an address of its own",
		resolverRemedy: otherResolver,
		health:         "dead",
	},
	{
		cause:        dnsbl.ListsEverything,
		resolver:     deadOrBroken,
		resolverOnly: rewritesAnswers,
		health:       "lists_everything",
	},
	{
		cause: dnsbl.NoTestEntry,
		resolver: "the list is dead, or refuses the resolver without a word: " +
			"ask through a resolver of your own",
		direct:       "the list is dead, or does not want to be asked by this host" + orAuto,
		resolverOnly: "refused without a word: " + ownResolver,
		keyed:        keyInvalid,
		unknown: "no list of the catalog: misspelt, refused without a word, or dead: " +
			"leave it out with -x; " +
			"only if it is a list of your own that has no test entries, name it with --no-test",
		resolverFault:  "knows none of their test entries (NXDOMAIN)",
		resolverRemedy: "it has no way to the Internet, or the lists refuse it: " + otherResolver,
		health:         "dead",
	},
	{
		cause: dnsbl.EmptyTestEntry,
		resolver: "the resolver strips 127.0.0.0/8 from answers: " +
			"see private-address (unbound), rebind-localhost-ok (dnsmasq)",
		direct:        altersAnswers + orAuto,
		resolverFault: "strips 127.0.0.0/8 from answers",
		resolverRemedy: "see private-address (unbound), rebind-localhost-ok (dnsmasq), " +
			"or " + otherResolver,
		health: "damaged",
	},
	{
		cause:          dnsbl.StrictResolver,
		resolver:       relaxResolver,
		resolverFault:  "minimizes query names strictly, so that it does not find listings",
		resolverRemedy: relaxResolver + ", or " + otherResolver,
		health:         "not_tested",
	},
	{
		cause: dnsbl.UndocumentedCode,
		resolver: "no listing and no proof of the contrary: " +
			"ask the list's operator what the code means",
		resolverOnly: rewritesAnswers,
		health:       "damaged",
	},
	{
		cause:    dnsbl.NoSockets,
		resolver: "raise the limit of open files of this user (ulimit -n)",
		health:   "not_tested",
	},
	{
		cause:    dnsbl.NameTooLong,
		resolver: "name and zone together are longer than a DNS name can be",
		health:   "not_tested",
	},
	{
		cause:    dnsbl.Internal,
		resolver: bug,
		health:   "not_tested",
	},
	{
		cause:    dnsbl.NoReverseZone,
		resolver: bug,
		reverse:  "ask another one (--resolver)",
		health:   "damaged",
	},
	{
		cause:    dnsbl.PrivateHost,
		resolver: bug,
		reverse:  "ask a resolver that answers as on the Internet (--resolver)",
		health:   "damaged",
	},
}

// remedyRow returns the row of a cause.
func remedyRow(cause dnsbl.Cause) *remedy {
	for i := range remedies {
		if remedies[i].cause == cause {
			return &remedies[i]
		}
	}
	return &remedy{resolver: bug}
}

// bug is the remedy where a cause cannot occur.
const bug = "this is a bug of check_dnsbl: please report it with the output of -vv"

// remedyOf returns what to do about a failure.
func remedyOf(f *dnsbl.Finding) string {
	l, r := f.List, remedyRow(f.Cause)
	text := r.resolver
	switch both := remedyBoth(f); {
	case both != "":
		text = both
	case l.Access == dnsbl.Keyed && r.keyed != "":
		text = r.keyed
	case l.Access == dnsbl.Registration && l.KeyOf != "":
		text = "without a key the list may not answer: get its operator's free one " +
			"(--key " + l.KeyOf + "=KEY)"
	case l.Access == dnsbl.Registration:
		text = "the list answers only to resolvers that are registered with its operator"
	case l.Access == dnsbl.Closed:
		text = "the list answers only to its members"
	case l.Name == "" && r.unknown != "":
		text = r.unknown
	case f.TestListed && !f.Direct && r.testListed != "":
		text = r.testListed
	case f.Direct && f.Cause == dnsbl.RefusesResolver && l.Refuses != "":
		text = refusedHost(l)
	case f.Direct && r.direct != "":
		text = r.direct
	case f.SendFailed && !f.Direct:
		text = "check the network of this host, " +
			"or name another resolver in its place with --resolver"
	case !f.Direct && f.Other == nil && f.Cause.Traits().DirectHelps:
		text += ", or let the list be asked directly (--direct auto)"
	}
	return fillKey(text, l)
}

// remedyBoth returns what to do about an open list that failed on both paths, if both failures
// together tell more than the one through the resolver; otherwise "".
func remedyBoth(f *dnsbl.Finding) string {
	l := f.List
	unknown := l.Name == "" && remedyRow(f.Cause).unknown != ""
	if f.Other == nil || l.Access != dnsbl.Open || unknown {
		return ""
	}
	direct := f.Other.Cause
	switch {
	case direct == dnsbl.RefusesResolver && l.Refuses != "":
		return refusedHost(l)
	case f.Cause == dnsbl.RefusesResolver && direct == dnsbl.RefusesResolver:
		return "the list refuses this host too: ask its operator{or key}, " +
			"or leave the list out with -x"
	case f.Cause.Traits().Broken && direct.Traits().Broken:
		return deadOrBroken
	case direct.Traits().NotServed:
		return "its name servers do not serve it, or not to this host" + ifLasting
	case f.Cause.NoAnswer() && direct.NoAnswer():
		return "its name servers do not answer this host either" + ifLasting
	}
	return ""
}

// refusedHost returns what to do about a list whose own name servers refused this host by a return
// code, where it is known which hosts the operator refuses. Another resolver does not help then.
func refusedHost(l *dnsbl.List) string {
	return fmt.Sprintf("%s refuses this host, as it does %s: get its free %s (--key %s=KEY)",
		l.Operator, l.Refuses, l.FreeKey, l.KeyOf)
}

// remedyResolverOnly returns what to do about a list that failed through the resolver, which is the
// finding f, but answered directly.
func remedyResolverOnly(f *dnsbl.Finding) string {
	r := remedyRow(f.Cause)
	if r.resolverOnly != "" {
		return fillKey(r.resolverOnly, f.List)
	}
	return fillKey(r.resolver, f.List)
}

// fillKey replaces {key} and {or key} in a remedy.
func fillKey(text string, l *dnsbl.List) string {
	given, get := "", ""
	if l.KeyOf != "" {
		given = " that was given for " + l.KeyOf
		get = fmt.Sprintf(", or get a key of it (--key %s=KEY)", l.KeyOf)
	}
	if l.Access == dnsbl.Keyed {
		get = "" // another key does not help
	}
	return strings.NewReplacer("{key}", given, "{or key}", get).Replace(text)
}

// LookupFailure returns what went wrong with a query for reverse DNS, and what to do about it.
func LookupFailure(a dnsbl.Answer) string {
	text := a.Cause.Text()
	if a.Detail != "" {
		text += ", " + a.Detail
	}
	text = fmt.Sprintf("%s (%s %s from %s)", text, a.Question.Type, a.Question.Name, a.Server)
	upstream := a.Cause.Traits().NoUpstreamAnswer
	switch remedy := remedyRow(a.Cause).reverse; {
	case remedy != "":
		text += "; " + remedy
	case upstream && a.Question.Type == dnsbl.NS: // of the zone that all reverse names are in
		text += "; ask another one (--resolver)"
	case upstream && a.Question.Type == dnsbl.PTR:
		text += "; unless the resolver is at fault, " +
			"the servers of the reverse zone do not answer: " +
			"ask the owner of the network (your provider) to mend it"
	case upstream:
		text += "; unless the resolver is at fault, " +
			"the servers of the name's domain do not answer: ask its owner to mend it"
	}
	return text
}
