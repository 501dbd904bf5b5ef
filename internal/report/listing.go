package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// listingSections returns the listings, the worst subject first. A few subjects have all their
// listings in full, a section each. Of many, only the worst has, and each other one has a line,
// unless -v shows all.
func listingSections(v *verdict.Verdict, info Info) []section {
	if v.Listed == 0 || testsEntry(v) {
		return nil
	}
	full, others := v.Listings, []*verdict.Tally(nil)
	if len(full) > verdict.MaxNamed && info.Verbose == 0 {
		full, others = full[:1], full[1:]
	}
	var sections []section
	for i, t := range full {
		s := subjectSection(t, info)
		if i > 0 {
			s.brief = otherSubjectText(t, v.Rules.Weighted)
		}
		sections = append(sections, s)
	}
	if len(others) == 0 {
		return sections
	}
	also := section{
		title:    fmt.Sprintf("ALSO LISTED: %s (-v shows details)", countSubjects(v, len(others))),
		style:    red,
		apart:    true,
		priority: listed,
	}
	for _, t := range others {
		also.items = append(also.items, item{text: otherSubjectText(t, v.Rules.Weighted)})
	}
	return append(sections, also)
}

// otherSubjectText names the lists that a subject is on, in one line:
// "192.0.2.26 is on 1 list: zen.spamhaus.org (PBL, policy only)".
func otherSubjectText(t *verdict.Tally, weighted bool) string {
	lists := text.Join(listNames(t.Listed, weighted), maxReason)
	count := plural(len(t.Listed), "list")
	return fmt.Sprintf("%s is on %s: %s", subjectText(t.Subject), count, lists)
}

// subjectSection returns all listings of a subject, those on major lists first. After a bounce, the
// list that it names comes first.
func subjectSection(t *verdict.Tally, info Info) section {
	count := plural(len(t.Listed), "list")
	s := section{
		title:    fmt.Sprintf("LISTED: %s, on %s", subjectText(t.Subject), count),
		style:    red,
		lead:     subjectText(t.Subject) + " is on ",
		apart:    true,
		priority: listed,
	}
	listings := t.Listed
	if info.Bounce == nil {
		listings = majorFirst(listings)
	}
	for i := range listings {
		s.items = append(s.items, listingItem(&listings[i], info))
	}
	return s
}

// majorFirst returns listings with those on major lists first, as the last ones may be left out.
func majorFirst(listed []dnsbl.Finding) []dnsbl.Finding {
	var major, others []dnsbl.Finding
	for _, f := range listed {
		if f.List.Tier == dnsbl.Major {
			major = append(major, f)
		} else {
			others = append(others, f)
		}
	}
	return append(major, others...)
}

// listingItem returns what is known of a listing. The way off the list comes first: front ends fold
// the output after a few lines.
func listingItem(f *dnsbl.Finding, info Info) item {
	l := f.List
	it := item{label: l.Zone, text: listingText(f), brief: briefListing(f)}
	if l.Name != "" {
		it.aside = fmt.Sprintf("%s, %s", l.Name, l.Tier)
	}
	add := func(label, text string) {
		if text != "" {
			it.facts = append(it.facts, fact{label: label, text: text})
		}
	}
	add("also listed", strings.Join(otherNames(f), ", "))
	add("delisting", delistingText(f))
	if l.PaidRemoval {
		add("paid removal", paidRemoval)
	}
	add("removal page", fillURL(l.Removal, listedSubject(f)))
	add("lookup page", fillURL(l.URL, listedSubject(f)))
	for _, reason := range reasons(f) {
		add("reason", reason)
	}
	add("scope", scopeText(f))
	add("unconfirmed", unconfirmedText(f))
	add("path", pathText(f))
	if info.details {
		it.facts = append(it.facts, listingDetails(f, info.Began)...)
	}
	return it
}

// otherNames names the other listings of a domain and its parents: "example.com (spam)". Each needs
// a delisting of its own.
func otherNames(f *dnsbl.Finding) []string {
	var names []string
	for i := range f.Rest {
		if rest := &f.Rest[i]; rest.Outcome == dnsbl.Listed {
			text := cmp.Or(listingText(rest), codesText(rest))
			names = append(names, fmt.Sprintf("%s (%s)", rest.Subject, text))
		}
	}
	return names
}

// paidRemoval is the advice where an operator takes money.
const paidRemoval = "the operator sells it. Do not pay"

// listingDetails returns what an expert wants to know besides: the return codes, until when the
// answer is cached, and the command that sends the same query.
func listingDetails(f *dnsbl.Finding, began time.Time) []fact {
	facts := []fact{{label: "return code", text: codesText(f)}}
	if until := cachedUntil(f, began); !until.IsZero() {
		const recheck = "after %s, when the resolver's cached answer expires"
		text := fmt.Sprintf(recheck, clockTime(until, began))
		facts = append(facts, fact{label: "recheck", text: text})
	}
	if command := digCommand(f); command != "" {
		facts = append(facts, fact{"query", command, true})
	}
	return facts
}

// listingText returns what a listing means: its return codes in plain words, which parent domain is
// listed, and whether the listing is a matter of policy.
func listingText(f *dnsbl.Finding) string {
	var parts []string
	if f.Parent != "" {
		parts = append(parts, "listed"+asParent(f))
	}
	for _, meaning := range meanings(f.Matched) {
		word := bareMeaning(meaning)
		if plain := f.List.Row(meaning).Plain; plain != "" {
			word = fmt.Sprintf("%s (%s)", word, plain)
		}
		parts = appendNew(parts, word)
	}
	if f.PolicyOnly() {
		parts = append(parts, "policy listing, not abuse")
	}
	return strings.Join(parts, ", ")
}

// unconfirmedText returns why a listing is unconfirmed, "" if it is confirmed.
func unconfirmedText(f *dnsbl.Finding) string {
	if !f.Unconfirmed {
		return ""
	}
	const note = "the test entry that must not be listed gave no clear answer (%s)"
	return fmt.Sprintf(note, causeText(f))
}

// briefListing returns a listing in one line, with the page to go to.
func briefListing(f *dnsbl.Finding) string {
	text, page := "also on "+f.List.Zone, cmp.Or(f.List.Removal, f.List.URL)
	if way := cmp.Or(fillURL(page, listedSubject(f)), delistingText(f)); way != "" {
		text += ": " + way
	}
	return text
}

// pathText names the path by which a listing was found, unless that is just the resolver. Why the
// resolver failed is not repeated here: directOnlyLines has it for all such lists together.
func pathText(f *dnsbl.Finding) string {
	switch {
	case f.Direct && (f.Other == nil || f.Other.Outcome == dnsbl.Failed):
		return fmt.Sprintf("queried directly, at its name server %s", f.Server.Addr())
	case f.Direct:
		return fmt.Sprintf("queried directly, at its name server %s (through the resolver: %s)",
			f.Server.Addr(), outcomeText(f.Other))
	case f.Other != nil && f.Other.Outcome != dnsbl.Failed:
		return "through the resolver (directly: " + outcomeText(f.Other) + ")"
	}
	return ""
}

// scopeText describes how much one listing covers.
func scopeText(f *dnsbl.Finding) string {
	return byCode(f, f.List.Scope, func(c dnsbl.Code) string { return c.Scope })
}

// delistingText describes how a listing ends.
func delistingText(f *dnsbl.Finding) string {
	return byCode(f, f.List.Delisting, func(c dnsbl.Code) string { return c.Delisting })
}

// byCode returns what the rows of the listing's return codes say in one column, codes that agree
// together: "SBL, DROP: ranges too; CSS: a single address". If the column is empty in all rows of
// the list, it returns ofList.
func byCode(f *dnsbl.Finding, ofList string, column func(dnsbl.Code) string) string {
	filled := func(c dnsbl.Code) bool { return column(c) != "" }
	if !slices.ContainsFunc(f.List.Codes, filled) {
		return ofList
	}
	value := func(meaning *string) string { return column(f.List.Row(*meaning)) }
	empty := func(meaning string) bool { return value(&meaning) == "" }
	values, codes := groupBy(slices.DeleteFunc(meanings(f.Matched), empty), value)
	for i, v := range values {
		var of []string
		for _, meaning := range codes[v] {
			of = appendNew(of, bareMeaning(meaning))
		}
		values[i] = strings.Join(of, ", ") + ": " + v
	}
	return strings.Join(values, "; ")
}

// reasons returns the operator's reasons for a listing (TXT records), fit to be shown.
func reasons(f *dnsbl.Finding) []string {
	if f.Evidence == nil {
		return nil
	}
	texts := f.Reasons()
	texts = texts[:min(verdict.MaxReasons, len(texts))]
	for i, reason := range texts {
		texts[i] = foreign(f.List, reason, maxReason)
	}
	return texts
}

// pagesText names the pages on which people can look up a subject and ask for its removal, and
// describes how listings end; "" if nothing is known.
func pagesText(l *dnsbl.List, s dnsbl.Subject) string {
	var parts []string
	paid := ""
	if l.PaidRemoval {
		paid = paidRemoval
	}
	for _, f := range []fact{
		{label: "Delisting", text: l.Delisting},
		{label: "Paid removal", text: paid},
		{label: "Removal page", text: fillURL(l.Removal, s)},
		{label: "Lookup page", text: fillURL(l.URL, s)},
	} {
		if f.text != "" {
			parts = append(parts, f.label+": "+f.text)
		}
	}
	return strings.Join(parts, ". ")
}

// listedSubject returns what the list has an entry for: the subject or a parent domain.
func listedSubject(f *dnsbl.Finding) dnsbl.Subject {
	if f.Parent != "" {
		return dnsbl.Subject{Domain: f.Parent}
	}
	return f.Subject
}

// fillURL puts the subject into the address of a list's web page, e.g. for {ip}.
func fillURL(url string, s dnsbl.Subject) string {
	return strings.NewReplacer("{ip}", s.String(), "{domain}", s.String()).Replace(url)
}

// cachedUntil returns when the resolver's cached answer expires, counted from the start of the
// run. It is zero if the list was queried directly, or if the answer is not cached.
func cachedUntil(f *dnsbl.Finding, began time.Time) time.Time {
	if began.IsZero() || f.Direct || f.Evidence == nil || f.Evidence.Question.TTL <= 0 {
		return time.Time{}
	}
	return began.Add(f.Evidence.Question.TTL)
}

// clockTime returns the time of day, with the date if it is not the date of now.
func clockTime(at, now time.Time) string {
	if at.YearDay() != now.YearDay() || at.Year() != now.Year() {
		return at.Format("2006-01-02 15:04:05 MST")
	}
	return at.Format("15:04:05 MST")
}

// digCommand returns the command that sends the same query to the same server, with KeyMark in
// place of a key.
func digCommand(f *dnsbl.Finding) string {
	if f.Evidence == nil || !f.Server.IsValid() {
		return ""
	}
	name := f.List.Mask(f.Evidence.Question.Question.Name)
	command := "dig +short "
	if f.Direct {
		command += "+norecurse "
	}
	command += fmt.Sprintf("%s @%s", name, f.Server.Addr())
	if port := f.Server.Port(); port != 53 {
		command += fmt.Sprintf(" -p %d", port)
	}
	return command
}
