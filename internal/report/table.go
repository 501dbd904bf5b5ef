package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// A table writes a verdict, section by section.
type table struct {
	layout
	v    *verdict.Verdict
	info Info
}

// tableText returns a verdict for people: listings, failures and notes in aligned columns, each
// section below a title:
//
//	CRITICAL: 192.0.2.25 is on 1 of 20 lists: zen.spamhaus.org (SBL); 1 list failed
//
//	LISTED: 192.0.2.25, on 1 list
//	  zen.spamhaus.org  Spamhaus ZEN, major, on evidence, not mere policy
//	    code            127.0.0.2 = SBL
//	    how to get off  SBL: asked for by the owner of the network
//
//	FAILED: 1 list
//	  bl.example  SERVFAIL; the resolver cannot get an answer ...
func tableText(v *verdict.Verdict, info Info) string {
	t := table{newLayout(info), v, info}
	t.state(v.State, headline(v, maxFirst))
	if len(info.Bounce) > 0 {
		t.blank()
		t.lines(info.Bounce)
	}
	t.section("WARNINGS", yellow, info.Warnings)
	t.listings()
	t.reverseDNS()
	if !resolverExplainsAll(v) {
		t.failures("FAILED", purple, v.Failed)
		t.failures("FAILED, BUT NOT COUNTED", plain, v.Tolerated)
	}
	if v.Answered {
		t.title(notListedText(v, info), plain)
	}
	t.section("NOTES", bold, t.notes())
	t.allFindings()
	height := strings.Count(t.out.String(), "\n")
	if info.Height > 0 && height >= info.Height { // the headline has scrolled out of sight
		t.blank()
		t.state(v.State, headline(v, maxFirst))
	}
	return t.out.String()
}

// notes returns the lines on everything that has no section of its own.
func (t *table) notes() []string {
	lines := append(gapLines(t.v), resolverNotes(t.v)...)
	if !resolverExplainsAll(t.v) {
		lines = slices.Concat(lines, notCountedLines(t.v), quietLines(t.v))
	}
	return append(lines, t.info.Notes...)
}

// notListedText counts the lists that do not list the subject, or the subjects on no list.
func notListedText(v *verdict.Verdict, info Info) string {
	count := fmt.Sprintf("CLEAN: %d of %s", v.Worst.Clean, plural(v.Worst.Answered, "list"))
	if v.Subjects > 1 {
		count = fmt.Sprintf("ON NO LIST: %d of %s", v.Clean, countSubjects(v, v.Subjects))
	}
	count += fmt.Sprintf(", %.2f s", info.Took.Seconds())
	if info.Verbose == 0 {
		count += "; -v shows every list"
	}
	return count
}

// listings writes the listings of each subject or, if many are listed, those of the worst and a
// line for each other. With -v, all are shown in full.
func (t *table) listings() {
	full, others := splitListings(t.v)
	if t.info.Verbose > 0 {
		full, others = t.v.Listings, nil
	}
	for _, tally := range full {
		count := plural(len(tally.Listed), "list")
		t.title(fmt.Sprintf("LISTED: %s, on %s", subjectText(tally.Subject), count), red)
		for i := range tally.Listed {
			if i > 0 {
				t.blank()
			}
			t.listing(&tally.Listed[i])
		}
	}
	if len(others) == 0 {
		return
	}
	count := countSubjects(t.v, len(others))
	t.title(fmt.Sprintf("LISTED TOO: %s; -v tells all of each", count), red)
	var rows []row
	for _, tally := range others {
		lists := text.Join(listNames(tally.Listed, t.v.Rules.Weighted), maxReason)
		rows = append(rows, row{label: subjectText(tally.Subject), text: lists, as: red})
	}
	t.rows(2, rows)
}

// listing writes one listing with all its fields.
func (t *table) listing(f *dnsbl.Finding) {
	var list []string
	if f.List.Name != "" {
		list = append(list, f.List.Name, string(f.List.Tier))
	}
	list = append(list, listingRemarks(f)...)
	t.rows(2, []row{{label: f.List.Zone, text: strings.Join(list, ", "), as: bold}})
	var rows []row
	for _, field := range listingFields(f, t.info.Began) {
		rows = append(rows, row{label: field.label, text: field.text, verbatim: field.verbatim})
	}
	t.rows(4, rows)
}

// reverseDNS writes the problems of reverse DNS and, with -v, all names.
func (t *table) reverseDNS() {
	problems := reverseDNSLines(t.v, t.info.Verbose)
	as := bold
	if t.v.Faulty() > 0 {
		as = yellow
	}
	t.section("REVERSE DNS", as, append(problems, allReverseDNSLines(t.v, t.info.Verbose)...))
}

// failures writes the lists that failed, with cause and remedy.
func (t *table) failures(title string, as style, failed []verdict.Group) {
	if len(failed) == 0 {
		return
	}
	t.title(fmt.Sprintf("%s: %s", title, plural(len(distinctZones(failed)), "list")), as)
	var rows []row
	for _, f := range failures(failed, t.v.Subjects) {
		rows = append(rows, row{label: f.lists[0], text: f.text})
		if others := f.lists[1:]; len(others) > 0 {
			rows = append(rows, row{text: "likewise " + strings.Join(others, ", ")})
		}
	}
	t.rows(2, rows)
}

// allFindings writes the result of every list on each subject whose findings were all kept.
func (t *table) allFindings() {
	for _, findings := range t.v.AllFindings {
		t.title("EVERY LIST: "+subjectText(findings[0].Subject), bold)
		var rows []row
		for i := range findings {
			f := &findings[i]
			r := row{label: f.List.Zone, text: findingText(f)}
			if f.Outcome == dnsbl.Listed {
				r.as = red
			}
			rows = append(append(rows, r), queryRows(f, t.info.Verbose)...)
		}
		t.rows(2, rows)
	}
	t.lines(keptLimitLines(t.v))
}

// queryRows returns a row for each query behind a finding, with -vv.
func queryRows(f *dnsbl.Finding, verbose int) []row {
	if verbose < 2 {
		return nil
	}
	var rows []row
	for _, line := range queryLines(f) {
		rows = append(rows, row{text: strings.TrimSpace(line), verbatim: true})
	}
	return rows
}

// tableHealthText returns the result of a --self-test for people, with a section for each state.
func tableHealthText(h *verdict.Health, info Info) string {
	l := newLayout(info)
	l.state(h.State, healthHeadline(h, maxFirst))
	l.section("NOTES", bold, slices.Concat(info.Warnings, healthNotes(h), info.Notes))
	states, findings := groupBy(healthOrder(h), healthState)
	for _, state := range states {
		as := bold
		if state == "healthy" {
			as = green
		}
		lists := plural(len(findings[state]), "list")
		l.title(fmt.Sprintf("%s: %s", strings.ToUpper(state), lists), as)
		var rows []row
		for i := range findings[state] {
			f := &findings[state][i]
			rows = append(rows, row{label: f.List.Zone, text: healthDetail(f, info.Verbose)})
			rows = append(rows, queryRows(f, info.Verbose)...)
		}
		l.rows(2, rows)
	}
	return l.out.String()
}
