package dnsbl

import (
	"slices"
	"strings"

	"check_dnsbl/internal/netspace"
)

// Judge decides what the evidence proves. A listing is proved by a documented listing code,
// provided that the negative test entry is not listed (if that is not known, see judgeListing).
// "Not listed" is proved if the same server lists the positive test entry. Everything else is a
// failure. The finding refers to e, which must not be changed any more.
func (l *List) Judge(s Subject, e *Evidence) Finding {
	codes := l.Read(e.Question.Addrs)
	f := Finding{Subject: s, List: l, Evidence: e, Server: e.Question.Server, Codes: codes}
	switch {
	case e.Question.Cause != "":
		f.TestListed = e.TestListed
		return f.fail(queryFailure(e.Question))
	case has(codes, Refusal):
		return f.fail(l.refusalFailure(codes))
	case l.matches(codes):
		return l.judgeListing(f)
	case has(codes, NotLoopback):
		return f.fail(codesFailure(OutsideLoopback, only(codes, NotLoopback)))
	case has(codes, Undocumented):
		return f.fail(codesFailure(UndocumentedCode, only(codes, Undocumented)))
	}
	return l.judgeAbsence(f)
}

// JudgeTests decides whether a list is healthy, from the answers for its test entries. Listed means
// that at least one positive entry is listed and the negative ones are not. Untested means that the
// list has no test entries.
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
		return f.fail(l.proofFailure(e.Positive))
	}
	return l.judgeListing(f)
}

// judgeListing confirms a listing. The list must not list its first negative test entry together
// with another one, or without an answer for any other. If the first got no answer, the listing
// stands and is marked as unconfirmed: to miss a real listing would be worse.
func (l *List) judgeListing(f Finding) Finding {
	f.Outcome, f.Weight, f.Matched = Listed, l.weight(f.Codes), l.matched(f.Codes)
	tests := f.Evidence.Negative
	if len(tests) == 0 { // not queried: no time was left
		return f.unconfirmed(failure{cause: Timeout})
	}
	if !l.Lists(tests[0]) {
		return f.unconfirmed(l.testFailure(tests[0]))
	}
	// The first is listed. If another is too, the list lists everything. If none of the others
	// answered, or there are no others, assume so. Otherwise the first is an ordinary entry.
	others := tests[1:]
	failed := slices.DeleteFunc(slices.Clone(others), func(a Answer) bool {
		return l.testFailure(a).cause == ""
	})
	if slices.ContainsFunc(others, l.Lists) || len(failed) == len(others) {
		why := codesFailure(ListsEverything, l.Read(tests[0].Addrs))
		why.detail = "test entry that must not be listed returned " + why.detail
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
	case l.showsGone(question):
		return f.fail(goneFailure(question))
	case l.Tests.None && !question.NXDomain && len(question.Addrs) == 0:
		const detail = "NODATA, and no test entry to tell what it means"
		return f.fail(failure{cause: EmptyTestEntry, detail: detail})
	case l.Tests.None:
		f.Untested = true
		return f
	case slices.ContainsFunc(tests, l.proves):
		return f
	}
	why := l.proofFailure(tests)
	failed := len(tests) > 0 && tests[len(tests)-1].Cause != ""
	if failed && why.cause != Timeout { // see queryFailure
		if why.detail != "" {
			why.detail += ", "
		}
		why.detail += "for the test entry"
	}
	return f.fail(why)
}

// proves reports whether the answer for a positive test entry proves that the list is alive and
// that its answers reach us unchanged.
func (l *List) proves(test Answer) bool { return l.testFailure(test).cause == "" && l.Lists(test) }

// proofFailure returns why the answers for the positive test entries prove nothing.
func (l *List) proofFailure(tests []Answer) failure {
	if len(tests) == 0 {
		return failure{cause: Internal, detail: "no test entry asked"}
	}
	test := tests[len(tests)-1]
	switch why := l.testFailure(test); {
	case why.cause != "":
		return why
	case len(test.Addrs) > 0:
		why = codesFailure(UndocumentedCode, l.Read(test.Addrs))
		why.detail = "test entry is " + why.detail
		return why
	case !test.NXDomain:
		return failure{cause: EmptyTestEntry, detail: "NODATA"}
	}
	return failure{cause: NoTestEntry, detail: "NXDOMAIN"}
}

// showsGone reports whether an answer shows that the domain of a list of the catalog does not
// exist: NXDOMAIN from a zone above it. The resolver may still have the test entry in its cache, so
// a listed one proves nothing here. Unknown lists are exempt, since a private list may have its
// entries in the zone above, but not in the root if nothing else proves that it exists.
func (l *List) showsGone(a Answer) bool {
	switch {
	case !a.NXDomain || a.Zone == "":
		return false
	case a.Zone == ".":
		return l.Name != "" || l.Tests.None
	case l.Name == "" || a.Zone == l.Zone:
		return false
	}
	domain := netspace.RegistrableDomain(strings.ToLower(l.Origin()))
	return strings.HasSuffix(domain, "."+a.Zone)
}

// goneFailure returns the failure that an answer shows if showsGone.
func goneFailure(a Answer) failure {
	if a.Zone == "." {
		return failure{cause: DomainGone, detail: "NXDOMAIN from the root zone"}
	}
	return failure{cause: DomainGone, detail: "NXDOMAIN from the zone " + a.Zone}
}

// testFailure returns why the answer for a test entry tells nothing about the list. The zero
// failure means that the answer tells whether the entry is listed.
func (l *List) testFailure(test Answer) failure {
	codes := l.Read(test.Addrs)
	switch {
	case test.Cause != "":
		return queryFailure(test)
	case l.showsGone(test):
		return goneFailure(test)
	case has(codes, Refusal):
		return l.refusalFailure(codes)
	case has(codes, NotLoopback):
		return codesFailure(OutsideLoopback, only(codes, NotLoopback))
	}
	return failure{}
}

// queryFailure returns the failure of a query without an answer. The detail of a timeout is the
// number of tries. It is left out, so that silent lists are reported in the same words.
func queryFailure(a Answer) failure {
	if a.Cause == Timeout {
		return failure{cause: Timeout}
	}
	return failure{cause: a.Cause, detail: a.Detail, sendFailed: a.SendFailed}
}

// refusalFailure returns the failure that the refusals among the codes stand for.
func (l *List) refusalFailure(codes []Reading) failure {
	refusals, cause := only(codes, Refusal), RefusesResolver
	ofKey := func(r Reading) bool { return keyNet.Contains(r.Code) }
	if l.Access == Keyed && slices.ContainsFunc(refusals, ofKey) {
		cause = RefusesKey
	}
	return codesFailure(cause, refusals)
}
