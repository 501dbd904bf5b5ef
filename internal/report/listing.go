package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// A field is one thing that an admin needs to know of a listing.
type field struct {
	label, text string
	verbatim    bool // the text is a command, which must not be wrapped
}

// listingFields returns what is known of a listing, in the order in which an admin needs it.
func listingFields(f *dnsbl.Finding, began time.Time) []field {
	l := f.List
	fields := []field{{label: "code", text: codesText(f)}}
	add := func(label, text string) {
		if text != "" {
			fields = append(fields, field{label: label, text: text})
		}
	}
	add("in plain words", byCode(f, "", func(c dnsbl.Code) string { return c.Plain }))
	add("asked", pathText(f))
	for _, reason := range reasons(f) {
		add("reason", reason)
	}
	add("an entry covers", scopeText(f))
	add("how to get off", delistingText(f))
	if l.PaidRemoval {
		add("removal for money", "the operator sells it: do not pay")
	}
	add("page", fillURL(l.URL, listedSubject(f)))
	add("removal", fillURL(l.Removal, listedSubject(f)))
	if until := cachedUntil(f, began); !until.IsZero() {
		const recheck = "after %s: until then the resolver keeps this answer"
		add("recheck", fmt.Sprintf(recheck, clockTime(until, began)))
	}
	if command := digCommand(f); command != "" {
		fields = append(fields, field{"see for yourself", command, true})
	}
	return fields
}

// listingRemarks returns what to know about a listing at once: which parent domain is listed,
// whether the listing is for abuse or a matter of policy (if that is known of the list), and
// whether it is unconfirmed.
func listingRemarks(f *dnsbl.Finding) []string {
	var remarks []string
	if f.Parent != "" {
		remarks = append(remarks, "listed"+asParent(f))
	}
	switch {
	case f.PolicyOnly():
		remarks = append(remarks, "as a matter of policy, not for abuse")
	case f.List.Name != "":
		remarks = append(remarks, "on evidence, not mere policy")
	}
	if f.Unconfirmed {
		const remark = "unconfirmed: " +
			"its test entry that must not be listed gave no clear answer (%s)"
		remarks = append(remarks, fmt.Sprintf(remark, causeText(f)))
	}
	return remarks
}

// pathText names the path by which a listing was found, unless that is just the resolver. Why the
// resolver failed is not repeated here: directOnlyLines has it for all such lists together.
func pathText(f *dnsbl.Finding) string {
	switch {
	case f.Direct && (f.Other == nil || f.Other.Outcome == dnsbl.Failed):
		return fmt.Sprintf("directly, its name server %s", f.Server.Addr())
	case f.Direct:
		return fmt.Sprintf("directly, its name server %s; through the resolver: %s",
			f.Server.Addr(), outcomeText(f.Other))
	case f.Other != nil && f.Other.Outcome != dnsbl.Failed:
		return "through the resolver; directly: " + outcomeText(f.Other)
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
		values[i] = strings.Join(codes[v], ", ") + ": " + v
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
	for _, f := range []field{
		{label: "page", text: fillURL(l.URL, s)},
		{label: "removal", text: fillURL(l.Removal, s)},
		{label: "how to get off", text: l.Delisting},
	} {
		if f.text != "" {
			parts = append(parts, f.label+": "+f.text)
		}
	}
	return strings.Join(parts, "; ")
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
	if f.List.Key != "" { // a shell would take the mark for a redirection
		name = "'" + name + "'"
	}
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
