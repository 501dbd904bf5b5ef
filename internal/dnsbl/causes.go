package dnsbl

import "slices"

// A Cause is why there is no verdict, as a stable code. Text returns the sentence for people. The
// JSON output has both.
//
// All that the program knows of a cause is in its row of the table below, and what to do about it
// in the table of remedies in package report. Other code uses these tables and does not compare a
// cause with one constant after another, so that a new cause is a constant and two rows.
type Cause string

const (
	Timeout          Cause = "timeout"
	Unreachable      Cause = "unreachable"
	ServFail         Cause = "servfail"
	Refused          Cause = "refused"
	Lame             Cause = "lame"     // a server without authority for the zone
	Filtered         Cause = "filtered" // an answer that says that it is not the list's (RFC 8914)
	NoNameServers    Cause = "no_name_server"
	PrivateServers   Cause = "private_name_server" // name servers in private address space
	UnexpectedRcode  Cause = "unexpected_rcode"
	Referral         Cause = "referral" // name servers instead of an answer
	AliasOnly        Cause = "alias_without_target"
	Malformed        Cause = "malformed"
	Truncated        Cause = "truncated"
	RefusesResolver  Cause = "refuses_resolver" // by a return code; Refused is the rcode
	RefusesKey       Cause = "refuses_key"
	OutsideLoopback  Cause = "outside_loopback"
	ListsEverything  Cause = "lists_everything"
	DomainGone       Cause = "domain_gone"
	NoTestEntry      Cause = "no_test_entry"
	EmptyTestEntry   Cause = "empty_test_entry" // NODATA: the resolver strips 127.0.0.0/8
	StrictResolver   Cause = "strict_resolver"  // it minimizes query names strictly
	UndocumentedCode Cause = "undocumented_code"
	NoSockets        Cause = "no_sockets"
	NameTooLong      Cause = "name_too_long"
	Internal         Cause = "internal_error"

	// Of reverse DNS only.
	NoReverseZone Cause = "no_reverse_zone"
	PrivateHost   Cause = "private_host" // the name has only private addresses
)

// Traits are what is known of a Cause: one column for each decision that depends on it.
type Traits struct {
	Cause Cause

	// Text is the cause in words for people, e.g. "test entry missing".
	Text string
	// TextDirect is Text if the list's own name servers were queried, "" if Text fits.
	TextDirect string

	// Reach is how far the failed query got.
	Reach Reach

	// Rank decides between several servers that failed on one query: the failure with the highest
	// rank is reported. 0: it says something about this host or its resolver only.
	Rank int

	// MayPass reports whether the same query may succeed a moment later, so that it is tried again.
	MayPass bool
	// DirectUseless reports whether the list's own name servers need not be queried after such a
	// failure through the resolver, because they cannot give another verdict.
	DirectUseless bool
	// DirectHelps reports whether a list that fails like this through the resolver is likely to
	// answer a direct query, so that the user is advised to allow that.
	DirectHelps bool

	// GiveUp reports whether the failure concerns the whole list, not one name. After several in
	// a row the list is left alone.
	GiveUp bool
	// GiveUpUntested is the same for a list that has not returned its test entry yet. After
	// that, the failure concerns one name.
	GiveUpUntested bool

	// ResolverIfAll reports whether the resolver is to blame if all lists fail like this.
	ResolverIfAll bool
	// ResolverIfSameCode reports whether the resolver is to blame if all lists fail because of
	// the same return code, even if it means something else on each: a resolver that answers
	// every query alike.
	ResolverIfSameCode bool
	// NoUpstreamAnswer reports whether a resolver fails like this if it gets no answer from the
	// name servers of the zone.
	NoUpstreamAnswer bool
	// NotServed reports whether a name server fails like this for a zone that it does not serve at
	// all, or does not serve to this host.
	NotServed bool
	// Broken reports whether a list that fails like this on both paths is dead or broken.
	Broken bool
}

// Reach is how far a failed query got.
type Reach uint8

const (
	Answered   Reach = iota // a server answered
	Unanswered              // no server answered
	NoServer                // there was no server to send it to, or none that may be queried
	Unsent                  // this host did not send it
)

// causes is the table of all causes. An array: a map would be built at every start, and a search is
// only needed after a failure.
var causes = [...]Traits{
	{
		Cause: Filtered,
		Text:  "filtered by the resolver", TextDirect: "filtered on the way",
		Rank: 10, DirectHelps: true,
		GiveUpUntested: true, ResolverIfAll: true,
	},
	{
		Cause: ServFail,
		Text:  "SERVFAIL", Rank: 9, DirectHelps: true,
		GiveUpUntested: true, ResolverIfAll: true, NoUpstreamAnswer: true, NotServed: true,
		MayPass: true,
	},
	{
		Cause: Refused,
		Text:  "REFUSED", Rank: 8, DirectHelps: true,
		GiveUpUntested: true, ResolverIfAll: true, NoUpstreamAnswer: true, NotServed: true,
		MayPass: true,
	},
	{
		Cause: Lame,
		Text:  "not authoritative", Rank: 7,
		GiveUpUntested: true, NotServed: true,
	},
	{
		Cause: Referral,
		Text:  "referral instead of an answer", Rank: 6, DirectHelps: true,
		GiveUpUntested: true, ResolverIfAll: true,
	},
	{
		Cause: AliasOnly,
		Text:  "CNAME without its target", Rank: 5, DirectHelps: true,
		GiveUpUntested: true, ResolverIfAll: true,
	},
	{
		Cause: UnexpectedRcode,
		Text:  "unexpected response code", Rank: 4,
		GiveUpUntested: true, ResolverIfAll: true,
	},
	{Cause: Malformed, Text: "malformed answer", Rank: 3, ResolverIfAll: true},
	{Cause: Truncated, Text: "truncated answer", Rank: 2, ResolverIfAll: true},
	{
		Cause: Timeout,
		Text:  "timeout", Reach: Unanswered, Rank: 1,
		GiveUp: true, ResolverIfAll: true, NoUpstreamAnswer: true,
	},
	{
		Cause: Unreachable,
		Text:  "resolver unreachable", TextDirect: "name servers unreachable",
		Reach:  Unanswered,
		GiveUp: true, ResolverIfAll: true,
		MayPass: true,
	},
	{Cause: NoNameServers, Text: "no name server found", Reach: NoServer, GiveUp: true},
	{Cause: PrivateServers, Text: "private name servers", Reach: NoServer, GiveUp: true},
	{
		Cause: RefusesResolver,
		Text:  "refuses this resolver", TextDirect: "refuses this host", DirectHelps: true,
		GiveUp: true, ResolverIfAll: true, ResolverIfSameCode: true,
	},
	{Cause: RefusesKey, Text: "refuses the key", DirectUseless: true, GiveUp: true},
	{
		Cause: OutsideLoopback,
		Text:  "answer outside 127.0.0.0/8", DirectHelps: true,
		ResolverIfSameCode: true, Broken: true,
	},
	{
		Cause:  ListsEverything,
		Text:   "lists everything",
		GiveUp: true, ResolverIfSameCode: true, Broken: true,
	},
	{
		Cause: DomainGone,
		Text:  "domain gone", DirectHelps: true,
		GiveUp: true, ResolverIfAll: true, Broken: true,
	},
	{
		Cause: NoTestEntry,
		Text:  "test entry missing", DirectHelps: true,
		ResolverIfAll: true, Broken: true,
	},
	{
		Cause: EmptyTestEntry,
		Text:  "test entry has no return code", DirectHelps: true, ResolverIfAll: true,
	},
	{
		Cause: StrictResolver,
		Text:  "strict query name minimization", DirectHelps: true,
		ResolverIfAll: true,
	},
	{Cause: UndocumentedCode, Text: "undocumented return code", ResolverIfSameCode: true},
	{Cause: NoSockets, Text: "too many open files", Reach: Unsent, DirectUseless: true},
	{Cause: NameTooLong, Text: "name too long for DNS", Reach: Unsent, DirectUseless: true},
	{Cause: Internal, Text: "internal error", Reach: Unsent, DirectUseless: true},

	{Cause: NoReverseZone, Text: "resolver does not serve reverse DNS"},
	{Cause: PrivateHost, Text: "name has only private addresses"},
}

// Causes returns all causes, in order of their codes.
func Causes() []Cause {
	var all []Cause
	for i := range causes {
		all = append(all, causes[i].Cause)
	}
	slices.Sort(all)
	return all
}

// Traits returns the row of the table. That of "" is empty.
func (c Cause) Traits() Traits { return *c.row() }

// row returns the row of the table without copying it.
func (c Cause) row() *Traits {
	for i := range causes {
		if causes[i].Cause == c {
			return &causes[i]
		}
	}
	return &Traits{}
}

// Text returns the cause in words, "" for none.
func (c Cause) Text() string { return c.row().Text }

// Rank returns Traits.Rank. An answer, which has no cause, outranks all failures.
func (c Cause) Rank() int {
	if c == "" {
		return len(causes)
	}
	return c.row().Rank
}

// Silent reports whether no server answered, or there was no server to query.
func (c Cause) Silent() bool {
	reach := c.row().Reach
	return reach == Unanswered || reach == NoServer
}

// ServerAnswered reports whether a server answered. It is true for "", too.
func (c Cause) ServerAnswered() bool { return c.row().Reach == Answered }

// NoAnswer reports whether no server gave a useful answer: none at all, or only an error by which
// servers say that they do not serve the zone.
func (c Cause) NoAnswer() bool { return c.row().NotServed || c.row().Reach == Unanswered }

// GivesUp reports whether a failure counts towards leaving the list alone. tested is whether the
// list has returned its test entry.
func (c Cause) GivesUp(tested bool) bool {
	return c.row().GiveUp || c.row().GiveUpUntested && !tested
}
