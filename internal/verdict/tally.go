package verdict

import (
	"slices"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// A Tally sorts the findings on one subject by what they are worth.
type Tally struct {
	Subject  dnsbl.Subject
	State    nagiosplugin.Status
	Score    int // what the thresholds are compared with: the number of Listed, or the sum of weights
	Answered int // how many of the lists that count gave a verdict

	Listed   []dnsbl.Finding // listings that count
	Failed   []dnsbl.Finding // no verdict, on lists that count
	Shown    []dnsbl.Finding // entries that do not count: info, allow and score lists, weights that add nothing, parts of other lists
	Excused  []dnsbl.Finding // no verdict, but none was owed: lists for the registered, lists that may be dead
	Untested []dnsbl.Finding // not listed, by lists whose word had to be taken
	Around   []dnsbl.Finding // verdicts that were only to be had from the lists' own name servers
	Silent   int             // lists that never count and have no entry
	All      []dnsbl.Finding // every finding, if they were to be kept
}

// Asked returns how many of the lists that count were asked.
func (t *Tally) Asked() int { return t.Answered + len(t.Failed) }

// Heard returns how many lists gave a verdict, also of those that never count.
func (t *Tally) Heard() int { return t.Answered + len(t.Shown) + t.Silent }

// MajorFailed returns the failures of major lists: any of them rules out an OK.
func (t *Tally) MajorFailed() []dnsbl.Finding {
	return slices.DeleteFunc(slices.Clone(t.Failed), func(f dnsbl.Finding) bool { return f.List.Tier != dnsbl.Major })
}

// worseThan says whether t rather than other decides the state of the service.
func (t *Tally) worseThan(other *Tally) bool {
	if a, b := rank(t.State), rank(other.State); a != b {
		return a > b
	}
	return t.Score > other.Score
}

// rank orders states by how much they matter.
func rank(s nagiosplugin.Status) int {
	return [...]int{nagiosplugin.OK: 0, nagiosplugin.UNKNOWN: 1, nagiosplugin.WARNING: 2, nagiosplugin.CRITICAL: 3}[s]
}

// Count makes a tally for each subject of the findings, which must be grouped by subject. What proves nothing new, that
// is most of it, is counted and let go of, and so is the evidence of failures, unless all is to be kept.
func Count(findings []dnsbl.Finding, rules Rules, keepAll bool) []Tally {
	var tallies []Tally
	for len(findings) > 0 {
		subject := findings[0].Subject
		end := slices.IndexFunc(findings, func(f dnsbl.Finding) bool { return f.Subject != subject })
		if end < 0 {
			end = len(findings)
		}
		t := Tally{Subject: subject}
		for i := range findings[:end] {
			if !keepAll {
				forget(&findings[i])
			}
			t.add(&findings[i], rules, findings[:end])
		}
		if keepAll {
			t.All = findings[:end]
		}
		tallies = append(tallies, t)
		findings = findings[end:]
	}
	return tallies
}

// forget lets go of the evidence that no report needs.
func forget(f *dnsbl.Finding) {
	if f.Outcome != dnsbl.Listed {
		f.Evidence = nil
	}
	if f.Other != nil {
		f.Other.Evidence = nil
	}
}

// add puts one of the subject's findings where it belongs.
func (t *Tally) add(f *dnsbl.Finding, rules Rules, all []dnsbl.Finding) {
	counts := Counts(f.List) || rules.named(f.List)
	if rules.Weighted && (counts && f.Weight > 0 || Lowers(f)) {
		t.Score += f.Weight
	}
	switch {
	case f.Outcome == dnsbl.Failed && counts && owesVerdict(f.List):
		t.Failed = append(t.Failed, *f)
	case f.Outcome == dnsbl.Failed:
		t.Excused = append(t.Excused, *f)
	case f.Outcome == dnsbl.Listed && counts && f.Weight > 0 && (rules.Weighted || rules.named(f.List) || Whole(f, all) == nil):
		t.Answered++
		t.Listed = append(t.Listed, *f)
	case f.Outcome == dnsbl.Listed && counts: // it adds nothing, but it is a verdict
		t.Answered++
		t.Shown = append(t.Shown, *f)
	case f.Outcome == dnsbl.Listed || len(f.Codes) > 0 && !counts:
		t.Shown = append(t.Shown, *f)
	case counts:
		t.Answered++
	default:
		t.Silent++
	}
	if f.Untested {
		t.Untested = append(t.Untested, *f)
	}
	if f.Direct && f.Other != nil {
		t.Around = append(t.Around, *f)
	}
	if !rules.Weighted {
		t.Score = len(t.Listed)
	}
}

// Lowers says whether an entry, on a list of whichever kind, takes from the sum of weights: it must be proved. Unlike a
// listing, which stands unconfirmed, it would hide something.
func Lowers(f *dnsbl.Finding) bool {
	return f.Outcome == dnsbl.Listed && f.Weight < 0 && !f.Unconfirmed
}

// Counts says whether listings on l count towards the thresholds.
func Counts(l *dnsbl.List) bool {
	return l.Tier != dnsbl.Info && l.Access != dnsbl.Closed && (l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy)
}

// owesVerdict says whether we may expect an answer from l: it lives, and it is open to us.
func owesVerdict(l *dnsbl.List) bool {
	return l.Status == dnsbl.Active && (l.Access == dnsbl.Open || l.Access == dnsbl.Keyed && l.Key != "")
}

// Whole returns the list that a listing is counted on already because it contains the listing's list, or nil. A listing
// of mere policy there does not stand for one for abuse.
func Whole(f *dnsbl.Finding, all []dnsbl.Finding) *dnsbl.List {
	for i := range all {
		other := &all[i]
		contains := other.Outcome == dnsbl.Listed && Counts(other.List) && slices.Contains(other.List.Contains, f.List.Zone)
		if contains && (f.Mere() || !other.Mere()) {
			return other.List
		}
	}
	return nil
}
