package dnsbl

import (
	"slices"
	"strings"

	"check_dnsbl/internal/netspace"
)

// Judge decides what the evidence proves. A listing is proved by a code that the list documents as
// one, if the list does not list its negative test entry too. "Not listed" is proved if the same
// server lists the positive test entry. Everything else is a failure. The finding keeps e.
func (l *List) Judge(s Subject, e *Evidence) Finding {
	codes := l.Read(e.Question.Addrs)
	f := Finding{Subject: s, List: l, Evidence: e, Server: e.Question.Server, Codes: codes}
	switch {
	case e.Question.Cause != "":
		return f.fail(noAnswer(e.Question))
	case has(codes, Refusal):
		return f.fail(l.refusal(codes))
	case l.matches(codes):
		return l.judgeListing(f)
	case has(codes, NotLoopback):
		return f.fail(failureBy(OutsideLoopback, only(codes, NotLoopback)))
	case has(codes, Undocumented):
		return f.fail(failureBy(UndocumentedCode, only(codes, Undocumented)))
	}
	return l.judgeAbsence(f)
}

// JudgeTests decides from the answers about its test entries whether a list is healthy. Listed
// means that it lists the positive ones and not the negative ones, Untested that it has none.
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
		return f.fail(l.unproved(e.Positive))
	}
	return l.judgeListing(f)
}

// judgeListing confirms a listing unless the list lists its negative test entries. If those got no
// answer the listing stands and is marked: missing a real listing would be worse.
func (l *List) judgeListing(f Finding) Finding {
	f.Outcome, f.Weight, f.Matched = Listed, l.weight(f.Codes), l.matched(f.Codes)
	tests := f.Evidence.Negative
	if len(tests) == 0 {
		return f.unconfirmed(failure{cause: Timeout})
	}
	if !l.Lists(tests[0]) {
		return f.unconfirmed(l.testFailure(tests[0]))
	}
	// The first is listed. If another is, the list lists everything; so it does, to be safe, if
	// none of the others has an answer. Otherwise the first is just an entry of this list.
	failed := slices.DeleteFunc(slices.Clone(tests[1:]), func(a Answer) bool {
		return l.testFailure(a).cause == ""
	})
	if slices.ContainsFunc(tests[1:], l.Lists) || len(failed) == len(tests)-1 {
		why := failureBy(ListsEverything, l.Read(tests[0].Addrs))
		why.detail = "test entry that must not be listed is " + why.detail
		return f.fail(why)
	}
	if len(failed) > 0 {
		return f.unconfirmed(l.testFailure(failed[0]))
	}
	return f
}

// judgeAbsence confirms "not listed" if one of the positive test entries is listed.
func (l *List) judgeAbsence(f Finding) Finding {
	question, tests := f.Evidence.Question, f.Evidence.Positive
	f.Outcome = NotListed
	switch {
	case l.gone(question):
		return f.fail(domainGone(question))
	case l.Tests.None && !question.NXDomain && len(question.Addrs) == 0:
		const detail = "NODATA, and no test entry to tell what it means"
		return f.fail(failure{cause: EmptyTestEntry, detail: detail})
	case l.Tests.None:
		f.Untested = true
		return f
	case slices.ContainsFunc(tests, l.proves):
		return f
	}
	why := l.unproved(tests)
	if len(tests) > 0 && tests[len(tests)-1].Cause != "" {
		why.detail = strings.TrimPrefix(why.detail+", asked for the test entry", ", ")
	}
	return f.fail(why)
}

// proves reports whether the answer about a positive test entry proves that the list is alive and
// that we see its answers.
func (l *List) proves(test Answer) bool { return l.testFailure(test).cause == "" && l.Lists(test) }

// unproved returns why the positive test entries prove nothing.
func (l *List) unproved(tests []Answer) failure {
	if len(tests) == 0 {
		return failure{cause: Internal, detail: "no test entry asked"}
	}
	test := tests[len(tests)-1]
	switch why := l.testFailure(test); {
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

// gone reports whether an answer shows that the domain of a list of the catalog does not exist: a
// zone above it says NXDOMAIN. The resolver may still have the test entry in its cache. A private
// list may live in the zone of its parent.
func (l *List) gone(a Answer) bool {
	domain := netspace.RegistrableDomain(strings.ToLower(l.Origin()))
	return l.Name != "" && a.NXDomain &&
		(a.Zone == "." || a.Zone != "" && strings.HasSuffix(domain, "."+a.Zone))
}

func domainGone(a Answer) failure {
	if a.Zone == "." {
		return failure{cause: DomainGone, detail: "NXDOMAIN from the root zone"}
	}
	return failure{cause: DomainGone, detail: "NXDOMAIN from the zone " + a.Zone}
}

// testFailure returns why the answer about a test entry tells nothing about the list. It has no
// cause if the answer does tell whether the entry is listed.
func (l *List) testFailure(test Answer) failure {
	codes := l.Read(test.Addrs)
	switch {
	case test.Cause != "":
		return noAnswer(test)
	case l.gone(test):
		return domainGone(test)
	case has(codes, Refusal):
		return l.refusal(codes)
	case has(codes, NotLoopback):
		return failureBy(OutsideLoopback, only(codes, NotLoopback))
	}
	return failure{}
}

// noAnswer returns the failure of a query without an answer. The detail of a timeout, the number
// of tries, is left out, so that lists which are silent read alike.
func noAnswer(a Answer) failure {
	if a.Cause == Timeout {
		return failure{cause: Timeout}
	}
	return failure{cause: a.Cause, detail: a.Detail}
}

// refusal returns the failure that the refusals among the codes stand for.
func (l *List) refusal(codes []Reading) failure {
	refusals, cause := only(codes, Refusal), RefusesResolver
	ofKey := func(r Reading) bool { return keyNet.Contains(r.Code) }
	if l.Access == Keyed && slices.ContainsFunc(refusals, ofKey) {
		cause = RefusesKey
	}
	return failureBy(cause, refusals)
}
