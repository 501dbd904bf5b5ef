package dnsbl

import (
	"net/netip"
	"slices"
	"strings"
)

// Evidence is all that was asked about one subject on one list.
type Evidence struct {
	Question Answer // the entry's return codes
	// The test entries that were asked, in their order, of the server that answered the Question: the positive ones, which
	// prove no listing and are then only for show, and the negative ones, if the Question's answer Claims a listing.
	Positive []Answer
	Negative []Answer
	Reason   Answer // the entry's TXT; asked with the Negative ones
}

// An Outcome is the verdict on one subject and one list.
type Outcome string

const (
	Listed    Outcome = "listed"
	NotListed Outcome = "not listed"
	Failed    Outcome = "failed" // no verdict: see Cause
)

// A Finding is the verdict on one subject and one list, and what it rests on.
type Finding struct {
	Subject Subject
	List    *List
	Outcome Outcome
	Codes   []Reading // what the list answered, in order of the codes
	Matched []Reading // of a listing: the Codes that make it one and that the user's filters let through
	Weight  int       // of a listing: what the user's choices make of it, 1 without any

	Unconfirmed bool      // listed, but the negative test entry gave no answer
	Untested    bool      // not listed, but the list has no test entry
	Cause       Cause     // of a failure, or why a listing is Unconfirmed
	CauseCodes  []Reading // what the Cause rests on, of the answer or of a test entry; often none
	Detail      string    // the same in words, and any other words on the Cause; may be ""

	Server   netip.AddrPort // who answered the question, or was asked in vain
	Evidence *Evidence      // nil where it was let go of

	Direct bool     // the list's own name servers were asked, not the resolvers
	Other  *Finding // what the other path gave: why a verdict is Direct, or why asking directly did not help; nil if it was not taken
}

// Reasons returns the operator's words on a listing, each once: foreign text, not cleaned, in an order of its own, as
// resolvers shuffle it.
func (f *Finding) Reasons() []string {
	return slices.Compact(slices.Sorted(slices.Values(f.Evidence.Reason.Texts)))
}

// PolicyOnly says whether a listing is one of policy only: none of the codes that make it stands for abuse.
func (f *Finding) PolicyOnly() bool {
	return f.List.Kind == Policy || !has(f.Matched, Listing)
}

// Claims says whether the answer carries a code that makes a listing, so that it must be confirmed.
func (l *List) Claims(a Answer) bool {
	readings := l.Read(a.Addrs)
	return !has(readings, Refusal) && l.chosen(readings)
}

// Judge decides what the evidence proves. Only a documented code of a list that does not list its negative test entry
// is a listing, and only the absence of one, on a list that was heard to list its positive test entry, is its contrary.
// The evidence becomes part of the finding.
func (l *List) Judge(s Subject, e *Evidence) Finding {
	f := Finding{Subject: s, List: l, Evidence: e, Server: e.Question.Server, Codes: l.Read(e.Question.Addrs)}
	switch {
	case e.Question.Cause != "":
		return f.fail(noAnswer(e.Question))
	case has(f.Codes, Refusal):
		return f.fail(l.refusal(f.Codes))
	case l.chosen(f.Codes):
		return l.judgeListing(f)
	case has(f.Codes, NotLoopback):
		return f.fail(failureBy(OutsideLoopback, only(f.Codes, NotLoopback)))
	case has(f.Codes, Undocumented):
		return f.fail(failureBy(UndocumentedCode, only(f.Codes, Undocumented)))
	}
	return l.judgeAbsence(f)
}

// JudgeTests decides whether a list is healthy: Listed means that it lists the positive test entries but not the negative ones,
// Untested that it has none.
func (l *List) JudgeTests(s Subject, e Evidence) Finding {
	f := Finding{Subject: s, List: l, Evidence: &e}
	if l.Tests.None {
		f.Outcome, f.Untested = NotListed, true
		return f
	}
	if len(e.Positive) > 0 {
		last := e.Positive[len(e.Positive)-1]
		f.Server, f.Codes = last.Server, l.Read(last.Addrs)
	}
	if !slices.ContainsFunc(e.Positive, l.proves) {
		return f.fail(l.silence(e.Positive))
	}
	return l.judgeListing(f)
}

// judgeListing lets a listing stand unless the list was seen to list what must not be listed. A negative test entry that
// gives no answer leaves it standing, marked: missing a real listing would be worse.
func (l *List) judgeListing(f Finding) Finding {
	f.Outcome, f.Weight, f.Matched = Listed, l.weigh(f.Codes), l.taken(f.Codes)
	tests := f.Evidence.Negative
	if len(tests) == 0 {
		return f.unconfirmed(failure{cause: Timeout})
	}
	if !l.Lists(tests[0]) {
		return f.unconfirmed(l.gap(tests[0]))
	}
	// It lists the first: if it lists none of the others, and at least one of them was heard, it just carries that one.
	silent := slices.DeleteFunc(slices.Clone(tests[1:]), func(a Answer) bool { return l.gap(a).cause == "" })
	if slices.ContainsFunc(tests[1:], l.Lists) || len(silent) == len(tests)-1 {
		why := failureBy(ListsEverything, l.Read(tests[0].Addrs))
		why.detail = "test entry that must not be listed is " + why.detail
		return f.fail(why)
	}
	if len(silent) > 0 {
		return f.unconfirmed(l.gap(silent[0]))
	}
	return f
}

// judgeAbsence lets "not listed" stand if one of the positive test entries was listed.
func (l *List) judgeAbsence(f Finding) Finding {
	f.Outcome = NotListed
	question := f.Evidence.Question
	if l.Tests.None && !question.NXDomain && len(question.Addrs) == 0 {
		return f.fail(failure{cause: EmptyTestEntry, detail: "NODATA, and no test entry to tell what it means"})
	}
	if l.Tests.None {
		f.Untested = true
		return f
	}
	if slices.ContainsFunc(f.Evidence.Positive, l.proves) {
		return f
	}
	why := l.silence(f.Evidence.Positive)
	if tests := f.Evidence.Positive; len(tests) > 0 && tests[len(tests)-1].Cause != "" {
		why.detail = strings.TrimPrefix(why.detail+", asked for the test entry", ", ")
	}
	return f.fail(why)
}

// proves reports whether the answer to a positive test entry shows that the list lives and can be
// heard.
func (l *List) proves(test Answer) bool { return l.gap(test).cause == "" && l.Lists(test) }

// silence returns why the positive test entries prove nothing.
func (l *List) silence(tests []Answer) failure {
	if len(tests) == 0 {
		return failure{cause: Internal, detail: "no test entry asked"}
	}
	test := tests[len(tests)-1]
	switch why := l.gap(test); {
	case why.cause != "":
		return why
	case len(test.Addrs) > 0:
		why = failureBy(UndocumentedCode, l.Read(test.Addrs))
		why.detail = "test entry is " + why.detail
		return why
	case !test.NXDomain:
		return failure{cause: EmptyTestEntry, detail: "NODATA"}
	}
	return failure{cause: NoTestEntry, detail: "NXDOMAIN"}
}

// A failure is why there is no verdict: Cause, CauseCodes and Detail of a Finding.
type failure struct {
	cause  Cause
	codes  []Reading
	detail string
}

// noAnswer returns the failure of a query that was not answered. How often a silent list was
// queried is left out, so that lists which fail alike read alike.
func noAnswer(a Answer) failure {
	if a.Cause == Timeout {
		return failure{cause: Timeout}
	}
	return failure{cause: a.Cause, detail: a.Detail}
}

// failureBy returns the failure that return codes stand for.
func failureBy(cause Cause, codes []Reading) failure {
	return failure{cause: cause, codes: codes, detail: describe(codes)}
}

// gap returns why the answer to a test entry proves nothing about the list, without a cause if it
// proves something.
func (l *List) gap(test Answer) failure {
	readings := l.Read(test.Addrs)
	switch {
	case test.Cause != "":
		return noAnswer(test)
	case has(readings, Refusal):
		return l.refusal(readings)
	case has(readings, NotLoopback):
		return failureBy(OutsideLoopback, only(readings, NotLoopback))
	}
	return failure{}
}

// refusal returns the failure that the refusal codes among the readings stand for.
func (l *List) refusal(readings []Reading) failure {
	refusals, cause := only(readings, Refusal), RefusesResolver
	ofKey := func(r Reading) bool { return keyNet.Contains(r.Code) }
	if l.Access == Keyed && slices.ContainsFunc(refusals, ofKey) {
		cause = RefusesKey
	}
	return failureBy(cause, refusals)
}

// Lists says whether the answer to a test entry shows an entry. Test entries have codes of their own on many lists, so
// any code counts that is not known to be no listing; 127.0.0.1 only where it is documented, as careless resolvers
// answer it to everything.
func (l *List) Lists(test Answer) bool {
	return slices.ContainsFunc(l.Read(test.Addrs), func(r Reading) bool {
		switch r.Effect {
		case Listing, PolicyOnly:
			return true
		case Allowed:
			return l.Kind == Allow
		case Informational:
			return l.Kind == Score
		case Undocumented:
			return r.Code != loopback
		}
		return false
	})
}

// unconfirmed returns the listing marked as unconfirmed if there is a cause to.
func (f Finding) unconfirmed(why failure) Finding {
	f.Cause, f.CauseCodes, f.Detail = why.cause, why.codes, why.detail
	f.Unconfirmed = why.cause != ""
	return f
}

// fail returns the finding as a failure.
func (f Finding) fail(why failure) Finding {
	f.Cause, f.CauseCodes, f.Detail = why.cause, why.codes, why.detail
	f.Outcome, f.Weight, f.Matched, f.Unconfirmed = Failed, 0, nil, false
	return f
}
