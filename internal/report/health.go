package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// selfTestPage returns what there is to say of a --self-test, the lists that are faulty first. If
// the resolver explains all failures, the lists are only shown with -v.
func selfTestPage(h *verdict.Health, info Info) page {
	failures := verdict.Grouped(slices.Concat(h.Unhealthy, h.Tolerated))
	direct := directOnly(h.Healthy)
	proved := len(h.Healthy) > len(direct)
	resolver, explained := resolverLines(failures, verdict.Grouped(direct), proved)
	p := page{
		state:    h.State,
		headline: healthHeadline(h).masked(info.mask),
		perfdata: healthPerformance(h, info),
		notes: slices.Concat(info.Warnings, info.Notes,
			dnsbl.Notes(dnsbl.AboutResolver, resolver...)),
	}
	p.addLines("WARNINGS", yellow, important, dnsbl.Texts(info.Warnings))
	p.addLines("RESOLVER", purple, important, withoutFault(resolver, p.headline.text))
	if !explained || info.Verbose > 0 {
		p.addHealth("FAULTY", purple, failed, h.Unhealthy, &info)
		p.add(unavailable(verdict.Grouped(h.Tolerated), 1, info.raise(1)))
		p.addHealth("UNPROVED", bold, remark, h.Untested, &info)
		if info.details {
			p.addHealth("HEALTHY", green, detail, h.Healthy, &info)
		} else {
			p.addLines("", plain, remark, healthyLines(h))
		}
	}
	p.addLines("NOTES", bold, important, dnsbl.Texts(info.Notes))
	return p
}

// addHealth adds an item for each of these findings: the state of a list, and its proof or cause.
func (p *page) addHealth(
	title string, as style, priority int, findings []dnsbl.Finding, info *Info,
) {
	count := plural(len(findings), "list")
	s := section{title: title + ": " + count, style: as, priority: priority}
	for i := range findings {
		f := &findings[i]
		it := item{label: f.List.Zone, text: healthText(f, info)}
		if info.Verbose > 1 {
			it.facts = queryFacts(f)
		}
		s.items = append(s.items, it)
	}
	p.add(s)
}

// healthyLines returns the line that stands for all healthy lists.
func healthyLines(h *verdict.Health) []string {
	if len(h.Healthy) == 0 {
		return nil
	}
	var slowest time.Duration
	for i := range h.Healthy {
		slowest = max(slowest, testAnswer(&h.Healthy[i]).RTT)
	}
	const line = "healthy: %s, the slowest in %s"
	return []string{fmt.Sprintf(line, plural(len(h.Healthy), "list"), milliseconds(slowest))}
}

// testAnswer returns the answer to the positive test entry.
func testAnswer(f *dnsbl.Finding) *dnsbl.Answer {
	return &f.Evidence.Positive[len(f.Evidence.Positive)-1]
}

// healthHeadline returns the first line of a --self-test:
// "2 of 20 lists faulty: bl.example (dead), dnsbl.example (refusing)".
func healthHeadline(h *verdict.Health) headline {
	faulty := slices.Concat(h.Unhealthy, h.Tolerated)
	groups := verdict.Grouped(faulty)
	fault, _ := resolverFault(throughResolver(groups))
	all := plural(h.Asked(), "list")
	switch {
	case h.Asked() == 0:
		return headline{text: "no list that counts was tested"}
	case h.State == nagiosplugin.UNKNOWN && fault != "":
		const text = "%s %s: no list could be tested"
		return headline{text: fmt.Sprintf(text, resolverNames(groups), fault)}
	case h.State == nagiosplugin.UNKNOWN:
		return headline{text: "no list could be tested", names: causeTexts(faulty)}
	case len(h.Unhealthy) == 0:
		text := fmt.Sprintf("%d of %s healthy%s", len(h.Healthy), all, directOnlyText(h))
		return headline{text: text}
	}
	var names []string
	for i := range h.Unhealthy {
		f := &h.Unhealthy[i]
		names = append(names, fmt.Sprintf("%s (%s)", f.List.Zone, healthState(f)))
	}
	text := fmt.Sprintf("%d of %s faulty%s", len(h.Unhealthy), all, directOnlyText(h))
	if h.State == nagiosplugin.OK {
		text += ", " + passText("-w", h.Warning)
	}
	return headline{text: text, names: names}
}

// directOnlyText counts the healthy lists that could not be queried through the resolver.
func directOnlyText(h *verdict.Health) string {
	if n := len(directOnly(h.Healthy)); n > 0 {
		return fmt.Sprintf(", %d of the healthy ones only directly", n)
	}
	return ""
}

// healthOrder returns the findings on all lists, the faulty ones first.
func healthOrder(h *verdict.Health) []dnsbl.Finding {
	return slices.Concat(h.Unhealthy, h.Tolerated, h.Untested, h.Healthy)
}

// healthCode returns the state of a list as a stable code: healthy, refusing, needs_key. A list
// that is only for some users may fail for everyone else, so its access comes before the cause.
func healthCode(f *dnsbl.Finding) string {
	l := f.List
	switch {
	case f.Untested:
		return "no_test_entry"
	case f.Outcome == dnsbl.Listed && f.Unconfirmed:
		return "half_tested"
	case f.Outcome == dnsbl.Listed:
		return "healthy"
	case l.Access == dnsbl.Registration && l.KeyOf == "":
		return "needs_registration"
	case l.Access == dnsbl.Registration, l.Access == dnsbl.Keyed && l.Key == "":
		return "needs_key"
	case l.Access == dnsbl.Closed:
		return "members_only"
	case f.Cause == dnsbl.NoTestEntry && l.Name == "":
		return "no_test_entry"
	case f.Cause == dnsbl.NoTestEntry && l.Access == dnsbl.Keyed:
		return "key_may_be_refused"
	}
	return remedyRow(f.Cause).health
}

// healthState returns the state of a list in words, which are those of its code: "needs key".
func healthState(f *dnsbl.Finding) string { return strings.ReplaceAll(healthCode(f), "_", " ") }

// healthText returns the state of a list and its proof or, for a failure, the cause and the remedy.
// The state is left out if the cause says the same.
func healthText(f *dnsbl.Finding, info *Info) string {
	state := healthState(f)
	switch {
	case f.Untested:
		return state + ": \"not listed\" cannot be proved"
	case f.Outcome == dnsbl.Failed:
		text := failureText(f, 1, info.raise(1))
		if strings.HasPrefix(text, state) || healthCode(f) == string(dnsbl.NoTestEntry) {
			return text
		}
		return state + ": " + text
	}
	text := state + ": " + milliseconds(testAnswer(f).RTT) + directNote(f)
	if f.Unconfirmed {
		text += ", but " + unconfirmedText(f)
	}
	if info.Verbose > 0 {
		name := f.List.Mask(testAnswer(f).Question.Name)
		text += fmt.Sprintf(", %s is %s", name, codesText(f))
	}
	return text
}
