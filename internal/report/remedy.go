package report

import (
	"cmp"
	"fmt"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// A remedy is the advice for one cause of failure, besides its sentence. It depends on the path: a
// list is queried through the resolver, directly at its own name servers, or both. In
// [one|several], the first part is for one list, the second for several with the same remedy. {key}
// stands for a clause on the key that the user gave for the list, and {or key} for the advice to
// get one.
type remedy struct {
	cause dnsbl.Cause

	// The fix for a list that failed ...
	resolver     string // ... through the resolver
	direct       string // ... directly, and was not queried otherwise; "": use resolver
	resolverOnly string // ... through the resolver, but not directly; "": use resolver
	keyed        string // ... and needs a key, which was given; "": no other advice
	unknown      string // ... and is not in the catalog; "": no other advice
	testListed   string // ... through the resolver, which answers for its test entry; "": resolver

	// A fault of the resolver if all lists failed like this, and what to do about it; "" if
	// the resolver is not to blame.
	resolverFault, resolverRemedy string
	faultTestListed               string // the fault if their test entries are listed; "": the same

	takesTime   bool   // it may be that -t is too short
	health      string // the state of the list, as a code for --self-test: see healthCode
	addsNothing bool   // not worth mentioning, of a direct query, after a timeout of the resolver
	reverse     string // what to do about a failure in reverse DNS; "": see LookupFailure
}

// Pieces of sentences. Each remedy is one or two sentences: what is behind the failure, if that is
// not clear from its cause, and what to do.
const (
	ifLasting  = "If only [this list keeps|these lists keep] failing, skip [it|them] with -x"
	them       = "[the list|these lists] with -x"
	orAuto     = "Skip " + them + ", or use --direct auto"
	useAnother = "use another resolver (--resolver ADDR)"
	rewrites   = "The resolver rewrites answers. Use another one (--resolver ADDR)"
	alters     = "Something on the way alters DNS answers. "
	notServed  = "[The list's|Their] name servers do not serve [it|them], or not to this host. "
	blocked    = "[The list's|Their] name servers are dead, or a firewall blocks DNS to them. "
	keyInvalid = "[The list only answers|These lists only answer] users with a valid key. " +
		"Check the key{key}"
	noUpstream = "The resolver gets no answer from [the list|these lists]. " +
		"Check the resolver's Internet access"
	ownResolver = "Use your own resolver, not a public or shared one{or key}"
	deadOr      = "[The list is dead or silently refuses|These lists are dead or silently refuse] "
	broken      = "[The list is|These lists are] dead or broken. Skip [it|them] with -x"
	relax       = "Set qname-minimisation-strict: no (unbound) " +
		"or qname-minimization relaxed (BIND), or use --direct always"
	unstrip = "In unbound, remove private-address: 127.0.0.0/8. " +
		"In dnsmasq, add rebind-localhost-ok"
)

// remedies has a row for each cause. An array: a map would be built at every start. Columns that
// cannot occur for a cause are bug. An empty one falls back as its comment in the type tells.
var remedies = [...]remedy{
	{
		cause:          dnsbl.Timeout,
		resolver:       ifLasting,
		takesTime:      true,
		direct:         blocked + orAuto,
		resolverOnly:   noUpstream,
		resolverFault:  "does not answer in time",
		resolverRemedy: "Check it, " + useAnother + ", or raise -t if it is short",
		health:         "no_answer",
		addsNothing:    true,
	},
	{
		cause:          dnsbl.Unreachable,
		resolver:       "No DNS server answers there. Start it, or " + useAnother,
		direct:         blocked + orAuto,
		resolverFault:  "is unreachable",
		resolverRemedy: "Start it, or " + useAnother,
		health:         "no_answer",
	},
	{
		cause:          dnsbl.Filtered,
		resolver:       "Allow the [zone|zones] in the resolver, or " + useAnother,
		direct:         "Something on the way filters DNS answers. " + orAuto,
		resolverFault:  "filters the names of lists",
		resolverRemedy: "Allow their zones there, or " + useAnother,
		health:         "damaged",
	},
	{
		cause:    dnsbl.ServFail,
		resolver: "The resolver gets no answer from [the list's|their] name servers. " + ifLasting,
		testListed: "[The list answers|These lists answer] only for the test entry, " +
			"or the resolver (like Docker's) answers SERVFAIL instead of NXDOMAIN. " + ifLasting,
		faultTestListed: "answers SERVFAIL to all but test entries, " +
			"perhaps instead of NXDOMAIN, as Docker's does",
		direct:         notServed + orAuto,
		resolverOnly:   noUpstream,
		keyed:          keyInvalid,
		resolverFault:  "answers SERVFAIL",
		resolverRemedy: "Check its Internet access, or " + useAnother,
		health:         "no_answer",
	},
	{
		cause: dnsbl.Refused,
		resolver: "[The list's|Their] name servers or the resolver refuse the query " +
			"(dnsmasq also when busy: raise dns-forward-max). " + ifLasting,
		direct:         notServed + orAuto,
		resolverOnly:   noUpstream,
		keyed:          keyInvalid,
		resolverFault:  "does not serve this host",
		resolverRemedy: "Allow this host there, or " + useAnother,
		health:         "refusing",
	},
	{
		cause: dnsbl.Lame,
		resolver: "[The list's|Their] name servers do not serve [it|them], " +
			"or only refer to others. " +
			"Skip " + them,
		health: "dead",
	},
	{
		cause: dnsbl.Referral,
		resolver: "The resolver passes on a referral instead of following it. " +
			"Correct its forward-zone or stub-zone for [the list|these lists], or " + useAnother,
		direct:         "[The list's|Their] name servers only refer to others. " + orAuto,
		resolverFault:  "answers with referrals",
		resolverRemedy: "Enable recursion there, or " + useAnother,
		health:         "no_answer",
	},
	{
		cause: dnsbl.AliasOnly,
		resolver: "The resolver does not follow aliases (CNAME). " +
			"Correct its forward-zone or stub-zone for [the list|these lists], or " + useAnother,
		direct:         "[The list's|Their] name servers give aliases without targets. " + orAuto,
		resolverFault:  "does not follow aliases (CNAME)",
		resolverRemedy: "Correct its forwarding, or " + useAnother,
		health:         "no_answer",
	},
	{
		cause:    dnsbl.DomainGone,
		resolver: "[The list has|These lists have] ended. Skip [it|them] with -x",
		resolverOnly: "The resolver does not know the [list's domain|lists' domains]. " +
			"Use another one (--resolver ADDR)",
		resolverFault:  "does not know any domain (NXDOMAIN)",
		resolverRemedy: "Check its Internet access, or " + useAnother,
		health:         "dead",
	},
	{
		cause:    dnsbl.NoNameServers,
		resolver: bug,
		direct: "The resolver does not know who serves [the list|these lists]. Check the " +
			"resolver, or skip " + them,
		health:      "no_answer",
		addsNothing: true,
	},
	{
		cause:    dnsbl.PrivateServers,
		resolver: bug,
		direct: "They are only queried if a resolver given with --resolver " +
			"is in the same private network. " + orAuto,
		health: "no_answer",
	},
	{
		cause:          dnsbl.UnexpectedRcode,
		resolver:       "The resolver cannot handle the query. Use another one (--resolver ADDR)",
		direct:         notServed + orAuto,
		resolverFault:  "cannot handle the queries",
		resolverRemedy: "Use another one (--resolver ADDR)",
		health:         "damaged",
	},
	{
		cause:          dnsbl.Malformed,
		resolver:       alters + "Use another resolver (--resolver ADDR)",
		direct:         alters + orAuto,
		resolverFault:  "gives malformed answers",
		resolverRemedy: "Find out what alters them on the way, or " + useAnother,
		health:         "damaged",
	},
	{
		cause:    dnsbl.Truncated,
		resolver: "The answer is too large for UDP. Allow TCP to port 53 of the resolver",
		direct: "The answer is too large for UDP. " +
			"Allow TCP to port 53 of [its|their] name servers",
		resolverFault:  "truncates answers and gives none over TCP",
		resolverRemedy: "Allow TCP to its port 53, or " + useAnother,
		health:         "damaged",
	},
	{
		cause:          dnsbl.RefusesResolver,
		resolver:       ownResolver,
		direct:         "Ask the [list's operator|lists' operators] for access{or key}. " + orAuto,
		keyed:          "Check with the operator what your key allows",
		resolverFault:  "is refused by the lists",
		resolverRemedy: "Use your own resolver, not a public or shared one (--resolver ADDR)",
		health:         "refusing",
	},
	{
		cause:    dnsbl.RefusesKey,
		resolver: "Check the key{key}, or remove it to query the open lists",
		health:   "key_refused",
	},
	{
		cause: dnsbl.OutsideLoopback,
		resolver: "[The list's domain is|The domains of these lists are] parked, or the resolver " +
			"rewrites answers. Use another resolver (--resolver ADDR), " +
			"or skip " + them,
		direct: "[The list's domain is|The domains of these lists are] parked, or something " +
			"on the way rewrites answers. " +
			orAuto,
		resolverOnly:   rewrites,
		resolverFault:  "rewrites answers",
		resolverRemedy: "Use another one (--resolver ADDR)",
		health:         "dead",
	},
	{
		cause:        dnsbl.ListsEverything,
		resolver:     broken,
		resolverOnly: rewrites,
		health:       "lists_everything",
	},
	{
		cause:    dnsbl.NoTestEntry,
		resolver: deadOr + "your resolver. Use your own resolver, or skip " + them,
		direct:   deadOr + "this host. " + orAuto,
		resolverOnly: "[The list silently refuses|These lists silently refuse] the resolver. " +
			ownResolver,
		keyed: keyInvalid,
		unknown: "[The list is|These lists are] not in the catalog. Check the spelling, " +
			"or skip [it|them] with -x. For a private list without test entries use --no-test",
		resolverFault: "does not return any test entry (NXDOMAIN)",
		resolverRemedy: "It has no Internet access, or the lists refuse it. " +
			"Use another one (--resolver ADDR)",
		health: "dead",
	},
	{
		cause:          dnsbl.EmptyTestEntry,
		resolver:       "The resolver removes 127.0.0.0/8 from answers. " + unstrip,
		direct:         alters + orAuto,
		resolverFault:  "removes 127.0.0.0/8 from answers",
		resolverRemedy: unstrip + ". Or " + useAnother,
		health:         "damaged",
	},
	{
		cause:          dnsbl.StrictResolver,
		resolver:       "The resolver would miss listings. " + relax,
		resolverFault:  "minimizes query names strictly, so it misses listings",
		resolverRemedy: relax + ", or " + useAnother,
		health:         "not_tested",
	},
	{
		cause: dnsbl.UndocumentedCode,
		resolver: "The code proves neither a listing nor its absence. " +
			"Ask the [list's operator|lists' operators] what the code means",
		resolverOnly: rewrites,
		health:       "damaged",
	},
	{
		cause:    dnsbl.NoSockets,
		resolver: "Raise this user's limit of open files (ulimit -n)",
		health:   "not_tested",
	},
	{
		cause:    dnsbl.NameTooLong,
		resolver: "The name and the zone together are too long. Skip " + them,
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
		reverse:  "Use another resolver (--resolver ADDR)",
		health:   "damaged",
	},
	{
		cause:    dnsbl.PrivateHost,
		resolver: bug,
		reverse:  "Use a resolver that answers as on the Internet (--resolver ADDR)",
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
const bug = "This is a bug in check_dnsbl. Please report it with the output of -vv"

// remedyOf returns what to do about a failure, which so many lists have in common.
func remedyOf(f *dnsbl.Finding, lists int) string {
	l, r := f.List, remedyRow(f.Cause)
	text := r.resolver
	switch both := remedyBoth(f); {
	case l.Access == dnsbl.Registration && l.KeyOf != "":
		text = "Without a key [the list|these lists] may not answer. " +
			"Get [its|their] operator's free key " +
			"(--key " + l.KeyOf + "=KEY)"
	case l.Access == dnsbl.Registration:
		text = "[The list only answers|These lists only answer] resolvers that are registered " +
			"with [its operator|their operators]"
	case l.Access == dnsbl.Closed:
		text = "[The list only answers its|These lists only answer their] members"
	case l.Status == dnsbl.Unsure:
		text = "[The list|These lists] may be dead. Skip [it|them] with -x"
	case both != "":
		text = both
	case l.Access == dnsbl.Keyed && r.keyed != "":
		text = r.keyed
	case l.Name == "" && r.unknown != "":
		text = r.unknown
	case f.TestListed && !f.Direct && r.testListed != "":
		text = r.testListed
	case f.Direct && f.Cause == dnsbl.RefusesResolver && l.Refuses != "":
		text = refusedHost(l)
	case f.Direct && r.direct != "":
		text = r.direct
	case f.SendFailed && !f.Direct:
		text = "Check the network of this host, or " + useAnother
	case !f.Direct && f.Other == nil && f.Cause.Traits().DirectHelps:
		text += ", or allow direct queries (--direct auto)"
	}
	return fill(text, l, lists)
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
		return "[The list refuses|These lists refuse] this host too. " +
			"Ask [its operator|their operators] for access{or key}, " +
			"or skip " + them
	case f.Cause.Traits().Broken && direct.Traits().Broken:
		return broken
	case direct.Traits().NotServed:
		return notServed + ifLasting
	case f.Cause.NoAnswer() && direct.NoAnswer():
		return "[The list's|Their] name servers do not answer this host either. " + ifLasting
	}
	return ""
}

// refusedHost returns what to do about a list whose own name servers refused this host by a return
// code, where it is known which hosts the operator refuses. Another resolver does not help then.
func refusedHost(l *dnsbl.List) string {
	return fmt.Sprintf("%s refuses this host, as it does %s. Get its free %s (--key %s=KEY)",
		l.Operator, l.Refuses, l.FreeKey, l.KeyOf)
}

// remedyResolverOnly returns what to do about so many lists that failed through the resolver in the
// same way, but answered directly. The finding f is one of these failures.
func remedyResolverOnly(f *dnsbl.Finding, lists int) string {
	r := remedyRow(f.Cause)
	return fill(cmp.Or(r.resolverOnly, r.resolver), f.List, lists)
}

// fill replaces {key}, {or key} and [one|several] in a remedy for so many lists.
func fill(text string, l *dnsbl.List, lists int) string {
	parts := strings.Split(text, "[")
	text = parts[0]
	for _, part := range parts[1:] {
		choice, after, _ := strings.Cut(part, "]")
		one, several, _ := strings.Cut(choice, "|")
		if lists > 1 {
			one = several
		}
		text += one + after
	}
	given, get := "", ""
	if l.KeyOf != "" {
		given = " given for " + l.KeyOf
		get = fmt.Sprintf(", or get a key (--key %s=KEY)", l.KeyOf)
	}
	if l.Access == dnsbl.Keyed {
		get = "" // another key does not help
	}
	return strings.NewReplacer("{key}", given, "{or key}", get).Replace(text)
}

// LookupFailure returns what went wrong with a query for reverse DNS, and what to do about it.
func LookupFailure(a dnsbl.Answer) string {
	var where []string
	if a.Detail != "" {
		where = append(where, a.Detail)
	}
	if q := a.Question; q.Name != "" { // of an internal error there is no query
		where = append(where, fmt.Sprintf("%s %s from %s", q.Type, q.Name, a.Server))
	}
	text := fmt.Sprintf("%s (%s)", a.Cause.Text(), strings.Join(where, ", "))
	upstream := a.Cause.Traits().NoUpstreamAnswer
	switch remedy := remedyRow(a.Cause).reverse; {
	case remedy != "":
		text += ". " + remedy
	case upstream && a.Question.Type == dnsbl.NS: // of the zone that all reverse names are in
		text += ". Use another resolver (--resolver ADDR)"
	case upstream && a.Question.Type == dnsbl.PTR:
		text += ". The resolver or the name servers of the reverse zone are at fault. " +
			"Try another resolver (--resolver ADDR), then ask your provider (the network owner)"
	case upstream:
		text += ". The resolver or the name servers of the name's domain are at fault. " +
			"Try another resolver (--resolver ADDR), then ask the owner of the domain"
	}
	return text
}
