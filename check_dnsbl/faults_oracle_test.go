package main

import (
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// The verdicts that are not failures, as the table has them.
const (
	isListed      = "listed"
	isUnconfirmed = "unconfirmed" // listed, but the negative test entry gave no clear answer
	notListed     = "not listed"
	isUntested    = "untested" // not listed, by a list without test entries
)

// A sight is what a run gets to see of one list: of the entry asked for and of the test entries.
type sight struct {
	question, positive string
	negatives          []string
}

// seen returns what shows of an entry through a behaviour; nil is none.
func seen(b *behaviour, there bool) string {
	word := itself
	switch {
	case b != nil && there:
		word = b.there
	case b != nil:
		word = b.absent
	}
	switch {
	case word != itself:
		return word
	case there:
		return listing
	}
	return unlisted
}

// expected is Promise 1 of the design as a table of decisions, written apart from package dnsbl so
// that each checks the other: the verdict, or the cause why there is none.
func expected(s sight, l facts) string {
	shows := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(s.question, word) })
	}
	switch {
	case shows(noKey):
		return dnsbl.RefusesKey.Text()
	case shows(refusal): // whatever else it says
		return dnsbl.RefusesResolver.Text()
	case shows(listing):
		return confirmed(s.negatives)
	case shows(stray):
		return dnsbl.OutsideLoopback.Text()
	case shows(unheardOf, noCode):
		return dnsbl.UndocumentedCode.Text()
	case l.untested && s.question == unlisted:
		return isUntested
	case l.untested && s.question == noData:
		return dnsbl.EmptyTestEntry.Text()
	case shows(unlisted, noData):
		return proved(s.positive)
	}
	return s.question // a cause
}

// confirmed is the verdict on a listing. The first of the negative test entries decides; if that is
// listed, the others do.
func confirmed(negatives []string) string {
	unclear := func(word string) bool {
		return !asListed(word) && !slices.Contains([]string{unlisted, noData, noCode}, word)
	}
	first, others := negatives[0], negatives[1:]
	silent := 0
	for _, other := range others {
		if unclear(other) {
			silent++
		}
	}
	switch {
	case unclear(first):
		return isUnconfirmed
	case !asListed(first):
		return isListed
	case slices.ContainsFunc(others, asListed), silent == len(others):
		return dnsbl.ListsEverything.Text()
	case silent > 0:
		return isUnconfirmed
	}
	return isListed
}

// asListed reports whether a test entry appears listed: test entries have codes of their own,
// documented or not.
func asListed(word string) bool {
	return strings.Contains(word, listing) || strings.Contains(word, unheardOf)
}

// proved is the verdict on the absence of an entry.
func proved(positive string) string {
	switch {
	case positive == noKey:
		return dnsbl.RefusesKey.Text()
	case strings.Contains(positive, refusal):
		return dnsbl.RefusesResolver.Text()
	case strings.Contains(positive, stray):
		return dnsbl.OutsideLoopback.Text()
	case asListed(positive):
		return notListed
	case positive == noCode:
		return dnsbl.UndocumentedCode.Text()
	case positive == noData:
		return dnsbl.EmptyTestEntry.Text()
	case positive == unlisted:
		return dnsbl.NoTestEntry.Text()
	}
	return positive // a cause
}

// expectedState is the state of a check that asks this one list, with the default thresholds.
func expectedState(verdict string, l facts) nagiosplugin.Status {
	switch verdict {
	case isListed, isUnconfirmed:
		switch {
		case l.uncounted:
			return nagiosplugin.UNKNOWN // no list that counts was asked
		case l.major:
			return nagiosplugin.CRITICAL
		}
		return nagiosplugin.WARNING
	case notListed, isUntested:
		if l.uncounted {
			return nagiosplugin.UNKNOWN
		}
		return nagiosplugin.OK
	}
	return nagiosplugin.UNKNOWN
}

// verdictOf is what the program found, in the words of the table.
func verdictOf(f *dnsbl.Finding) string {
	switch {
	case f.Outcome == dnsbl.Failed:
		return f.Cause.Text()
	case f.Unconfirmed:
		return isUnconfirmed
	case f.Untested:
		return isUntested
	}
	return string(f.Outcome)
}
