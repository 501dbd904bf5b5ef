package dnsbl

import (
	"net/netip"
	"slices"
)

// Evidence is every answer about one subject on one list by one path.
type Evidence struct {
	Question Answer // the return codes of the subject's entry
	// The test entries, of the server that answered the Question, in the order of PositiveTests
	// and NegativeTests. The positive ones prove that a subject is not listed; the negative ones
	// are queried only if the answer Claims a listing.
	Positive []Answer
	Negative []Answer
	Reason   Answer // the TXT records of the subject's entry; queried with the Negative ones
	// TestListed reports whether a positive test entry was listed although the Question failed.
	TestListed bool
}

// An Outcome is the verdict on one subject and one list.
type Outcome string

const (
	Listed    Outcome = "listed"
	NotListed Outcome = "not listed"
	Failed    Outcome = "failed" // no verdict; Finding.Cause is why
)

// GivenUp is the Detail of a failure of a list that is no longer queried. The Cause is that of the
// failures before.
const GivenUp = "repeatedly, so no longer queried"

// A Finding is the verdict on one subject and one list, and what it rests on.
type Finding struct {
	Subject Subject
	List    *List
	Outcome Outcome

	// For a domain that was queried together with its parents:
	Parent string    // the one that all this is about, "" for the subject itself
	Rest   []Finding // those on the other names, each with that name as its subject

	Codes   []Reading // what the list answered, in order of the codes
	Matched []Reading // of a listing: those of Codes that the user's choices let through
	Weight  int       // of a listing: the sum of the user's weights, 1 without any

	Unconfirmed bool // listed, but the negative test entry got no answer
	Untested    bool // not listed, but the list has no test entry

	Cause      Cause     // of a failure, or why a listing is Unconfirmed
	CauseCodes []Reading // return codes that the Cause rests on, also those of a test entry
	Detail     string    // the same in words, and more about the Cause; may be ""
	SendFailed bool      // see Answer
	TestListed bool      // see Evidence

	Server   netip.AddrPort // the server that answered, or else the last one queried
	Evidence *Evidence      // nil if it was discarded

	Direct bool // the list's own name servers were queried, not the resolvers
	// Other is the finding of the other path, if both were taken: why a verdict is Direct, or why
	// querying the list directly did not help.
	Other *Finding
}

// Reasons returns the operator's TXT records on a listing, as they came, each once and sorted, as
// resolvers shuffle them.
func (f *Finding) Reasons() []string {
	return slices.Compact(slices.Sorted(slices.Values(f.Evidence.Reason.Texts)))
}

// PolicyOnly reports whether a listing is a matter of policy only: none of the codes that make it
// stands for abuse.
func (f *Finding) PolicyOnly() bool {
	return f.List.Kind == Policy || !has(f.Matched, Listing)
}

// A failure is why there is no verdict: the Cause, CauseCodes, Detail and SendFailed of a Finding.
type failure struct {
	cause      Cause
	codes      []Reading
	detail     string
	sendFailed bool
}

// codesFailure returns the failure that return codes stand for, with the codes as its detail.
func codesFailure(cause Cause, codes []Reading) failure {
	return failure{cause: cause, codes: codes, detail: describe(codes)}
}

// fail returns the finding as a failure.
func (f Finding) fail(why failure) Finding {
	f.Cause, f.CauseCodes, f.Detail = why.cause, why.codes, why.detail
	f.SendFailed = why.sendFailed
	f.Outcome, f.Weight, f.Matched, f.Unconfirmed = Failed, 0, nil, false
	return f
}

// unconfirmed returns the listing, marked as unconfirmed if there is a cause to.
func (f Finding) unconfirmed(why failure) Finding {
	f.Cause, f.CauseCodes, f.Detail = why.cause, why.codes, why.detail
	f.Unconfirmed = why.cause != ""
	return f
}
