package report

import (
	"fmt"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// runbookLine points to the description of the next hour, where packages install it and where it
// is in the source.
const runbookLine = "what to do next: /usr/share/doc/check-dnsbl/docs/runbook.md " +
	"(docs/runbook.md in the source)"

// checkPage returns what there is to say of a check. It alone decides which parts there are, in
// which order, and what is left out.
func checkPage(v *verdict.Verdict, info Info) page {
	bounce, gone := info.Bounce.lines(v), knownGoneLines(v)
	resolver, explained := resolverLines(failedGroups(v), v.DirectOnly, v.Proved)
	p := page{
		state:    v.State,
		headline: checkHeadline(v, info.Bounce).masked(info.mask),
		perfdata: performance(v, info),
		notes: slices.Concat(
			dnsbl.Notes(dnsbl.AboutBounce, bounce...), info.Warnings, info.Notes,
			dnsbl.Notes(dnsbl.AboutResolver, resolver...),
			dnsbl.Notes(dnsbl.KnownGone, gone...)),
	}
	p.addLines("BOUNCE", bold, important, bounce)
	p.sections = append(p.sections, listingSections(v, info)...)
	p.addLines("", plain, important, ruleLines(v))
	p.addLines("KNOWN", yellow, important, append(knownLines(v), gone...))
	p.addLines("WARNINGS", yellow, important, dnsbl.Texts(info.Warnings))
	p.addReverseDNS(v, info.Verbose)
	p.addLines("RESOLVER", purple, important, withoutFault(resolver, p.headline.text))
	if !explained {
		p.addFailures(v, info)
	}
	p.addNotListed(v, info)
	p.addLines("NOTES", bold, important, append(gapLines(v), dnsbl.Texts(info.Notes)...))
	if !explained {
		lines := append(notCountedLines(v), quietLines(v, info.details)...)
		p.add(section{
			title: "NOT COUNTED", style: bold, said: "not counted: ", priority: remark,
			items: sentences(lines),
		})
	}
	p.addAllFindings(v, info.Verbose)
	return p
}

// ruleLines returns, after listings, why they alert and where to read on.
func ruleLines(v *verdict.Verdict) []string {
	switch {
	case testsEntry(v):
		lists := text.Join(zones(slices.Concat(v.Worst.Listed, v.Worst.Known)), maxOutput/2)
		return []string{"these lists work: " + lists}
	case v.Listed == 0:
		return alertLines(v)
	}
	return append(alertLines(v), runbookLine)
}

// addReverseDNS adds the problems of reverse DNS and, with -v, all names.
func (p *page) addReverseDNS(v *verdict.Verdict, verbose int) {
	as := bold
	if v.Faulty() > 0 {
		as = yellow
	}
	lines := reverseDNSLines(v, verbose)
	lines = append(lines, allReverseDNSLines(v, verbose)...)
	p.add(section{
		title: "REVERSE DNS", style: as, said: "reverse DNS of ", priority: presence,
		items: sentences(lines),
	})
}

// addFailures adds the lists that failed. Those that are not open to us are only shown with
// details, or if no other gave a verdict.
func (p *page) addFailures(v *verdict.Verdict, info Info) {
	s := failureSection("FAILED", "failed: ", v.Failed, v.Subjects, info.raise(v.Subjects))
	s.style = purple
	p.add(s)
	if !info.details && v.Answered {
		return
	}
	p.add(unavailable(v.Tolerated, v.Subjects, info.raise(v.Subjects)))
}

// unavailable returns the lists that are not open to us or may be dead.
func unavailable(tolerated []verdict.Group, subjects int, raise string) section {
	title := "NOT AVAILABLE (registration needed)"
	other := func(g verdict.Group) bool { return g.List.Access != dnsbl.Registration }
	if slices.ContainsFunc(tolerated, other) {
		title = "NOT AVAILABLE"
	}
	s := failureSection(title, "not available: ", tolerated, subjects, raise)
	s.priority = remark
	return s
}

// addNotListed adds the title that counts the lists that do not list the subject, or the subjects
// on no list. There is nothing else to say of them.
func (p *page) addNotListed(v *verdict.Verdict, info Info) {
	n, of := v.Worst.Clean, plural(v.Worst.Answered, "list")
	if v.Subjects > 1 {
		n, of = v.Clean, countSubjects(v, v.Subjects)
	}
	if n > 0 {
		title := fmt.Sprintf("NOT LISTED: %d of %s (%.2f s)", n, of, info.Took.Seconds())
		p.sections = append(p.sections, section{title: title})
	}
}

// addAllFindings adds, with -v, the result of every list on each subject whose findings were all
// kept and, with -vv, the queries behind it.
func (p *page) addAllFindings(v *verdict.Verdict, verbose int) {
	for _, findings := range v.AllFindings {
		s := section{title: "EVERY LIST: " + findings[0].Subject.String(), style: bold}
		if v.Subjects > 1 {
			s.lead = findings[0].Subject.String() + " on "
		}
		for i := range findings {
			f := &findings[i]
			it := item{label: f.List.Zone, text: findingText(f)}
			if verbose > 1 {
				it.facts = queryFacts(f)
			}
			s.items = append(s.items, it)
		}
		p.add(s)
	}
	if n := len(v.AllFindings); n > 0 && n < v.Subjects {
		const most = "-v shows no more than %d of %s"
		line := fmt.Sprintf(most, n, countSubjects(v, v.Subjects))
		p.addLines("", plain, important, []string{line})
	}
}
