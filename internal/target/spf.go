package target

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/text"
)

// The limits of RFC 7208 section 4.6.4. Beyond them receivers return permerror, so that the record
// lets no address send.
const (
	maxSPFLookups = 10 // terms that cause queries, in all records that one leads to
	maxSPFVoid    = 2  // of these, those without an answer
	maxSPFHosts   = 10 // mail servers of one mx

	permerror = ", which receivers treat as an error (RFC 7208 section 4.6.4)"
)

// A step is the evaluation of one term that causes queries. The steps of a domain are a tree: those
// of the terms in a record are below the step that looked up the record.
type step struct {
	term  term
	of    string   // the domain in whose record the term is; "" at the root
	name  string   // the domain that the term is about
	above []string // the domains of all records that led here

	found Found
	void  bool    // the DNS has no such record
	next  []*step // of the record that was looked up
}

// findSPF finds the addresses that may send mail for a domain, by its SPF record. Only terms that
// pass count: an address that an earlier "-ip4:" excludes is checked if a later term lets it send.
// The tree of steps is walked level by level, each with its queries in parallel.
func (s *search) findSPF(domain string) Found {
	root := &step{term: term{kind: "include", pass: true}, name: domain}
	lookups, void := 0, 0
	var all Found
	for level := []*step{root}; len(level) > 0; {
		parallel.Each(len(level), len(level), func(i int) {
			s.follow(level[i])
		}, func(i int, reason any) {
			level[i].found = panicked(level[i].name, reason)
		})
		var next []*step
		for _, st := range level {
			if st.void {
				void++
			}
			next = append(next, st.next...)
		}
		if left := maxSPFLookups - lookups; len(next) > left {
			all.Gaps = append(all.Gaps, note(dnsbl.BadRecord,
				"the SPF record of %s needs more than %d lookups%s. Not followed: %s",
				domain, maxSPFLookups, permerror, text.Some(termTexts(next[left:]))))
			next = next[:left]
		}
		lookups += len(next)
		level = next
	}
	if void > maxSPFVoid {
		all.Gaps = append(all.Gaps, note(dnsbl.BadRecord,
			"%d lookups of the SPF record of %s find nothing, more than %d%s",
			void, domain, maxSPFVoid, permerror))
	}
	root.collect(&all)
	for i := range all.parts {
		all.parts[i].sharedHost = true
	}
	if len(all.parts)+len(all.Gaps) == 0 {
		const text = "the SPF record of %s allows no address that can be checked"
		all.Gaps = []dnsbl.Note{note(dnsbl.NotPublic, text, domain)}
	}
	return all
}

// termTexts returns the terms of steps, each with its domain.
func termTexts(steps []*step) []string {
	var all []string
	for _, st := range steps {
		all = append(all, quote(st.term.text)+" of "+st.of)
	}
	return all
}

// collect adds what this step and those below it found, in the order of the records.
func (st *step) collect(all *Found) {
	all.add(&st.found)
	for _, next := range st.next {
		next.collect(all)
	}
}

// follow looks up a term. A term that does not pass makes no query, but counts as one. Macros,
// exists and ptr depend on the sender of a mail, so they cannot be expanded here.
func (s *search) follow(st *step) {
	switch {
	case !st.term.pass:
	case st.term.macro || st.term.kind == "exists" || st.term.kind == "ptr":
		const text = "skipped: %s in the SPF record of %s, " +
			"which only a receiver of mail can evaluate"
		st.found.Notes = []dnsbl.Note{note(dnsbl.Skipped, text, quote(st.term.text), st.of)}
	case st.term.kind == "a":
		st.set(s.host(st.name, st.term.bits4, st.term.bits6))
	case st.term.kind == "mx":
		s.followMX(st)
	default:
		s.followRecord(st)
	}
}

// set makes a result of host or hosts that of the step.
func (st *step) set(result hostResult) {
	st.found, st.void = result.found, result.void
	for _, reason := range result.reasons {
		const text = "%s in the SPF record of %s allows no address: %s"
		st.found.Notes = append(st.found.Notes,
			note(dnsbl.SPFNothing, text, quote(st.term.text), st.of, reason.Text))
	}
}

// followMX looks up the mail servers of a domain. Unlike in findMX, a domain without an MX record
// is not its own mail server (RFC 7208 section 5.4).
func (s *search) followMX(st *step) {
	answer := s.ask(st.name, dnsbl.MX)
	switch {
	case answer.Cause != "":
		st.found = gap(failed(st.name, dnsbl.MX, answer))
		return
	case len(answer.Names) == 0:
		reason := noRecords(st.name, "domain", "MX record", answer)
		st.set(hostResult{reasons: []dnsbl.Note{reason}, void: true})
	case isNullMX(answer.Names):
		st.set(hostResult{reasons: []dnsbl.Note{takesNoMail(st.name)}})
	default:
		st.set(s.hosts(st.name, answer.Names, st.term.bits4, st.term.bits6))
	}
	if hosts := len(answer.Names); hosts > maxSPFHosts {
		st.found.Gaps = append(st.found.Gaps, note(dnsbl.BadRecord,
			"%s in the SPF record of %s stands for %d mail servers, more than %d%s",
			quote(st.term.text), st.of, hosts, maxSPFHosts, permerror))
	}
}

// followRecord looks up the SPF record of a domain, for include and redirect.
func (s *search) followRecord(st *step) {
	if slices.Contains(st.above, st.name) {
		const text = "the SPF record of %s includes itself, by %s of %s"
		st.found = gap(note(dnsbl.BadRecord, text, st.name, quote(st.term.text), st.of))
		return
	}
	record, problem := s.record(st)
	if problem.Code != "" {
		if st.of != "" {
			problem.Text += fmt.Sprintf(", but %s of %s needs it", quote(st.term.text), st.of)
		}
		st.found = gap(problem)
		return
	}
	terms, invalid := parseSPF(record)
	if len(invalid) > 0 {
		for i := range invalid {
			invalid[i] = quote(invalid[i])
		}
		const problem = "the SPF record of %s has errors, so receivers ignore it: %s"
		st.found = gap(note(dnsbl.BadRecord, problem, st.name, text.Some(invalid)))
	}
	s.expand(st, terms)
}

// record looks up the SPF record of a domain. There must be exactly one (RFC 7208 section 4.5). It
// returns the record, or a note that tells what is wrong.
func (s *search) record(st *step) (record string, problem dnsbl.Note) {
	answer := s.ask(st.name, dnsbl.TXT)
	records := slices.DeleteFunc(answer.Texts, func(text string) bool { return !isSPF(text) })
	switch {
	case answer.Cause != "":
		return "", failed(st.name, dnsbl.TXT, answer)
	case len(answer.Texts) == 0:
		st.void = true
		return "", noRecords(st.name, "domain", "SPF record", answer)
	case len(records) == 0:
		return "", note(dnsbl.NameNotFound, "%s has no SPF record, only %d other TXT (from %s)",
			st.name, len(answer.Texts), answer.Server)
	case len(records) > 1:
		return "", note(dnsbl.BadRecord, "%s has %d SPF records, and receivers ignore all of "+
			"them. Keep only one", st.name, len(records))
	case len(records[0]) >= resolver.MaxText:
		const text = "the SPF record of %s is too long, it must be less than %d bytes"
		return "", note(dnsbl.BadRecord, text, st.name, resolver.MaxText)
	}
	return records[0], dnsbl.Note{}
}

// expand finds the networks in a record, and makes steps of the terms that cause queries.
func (s *search) expand(st *step, terms []term) {
	var left skipped
	for _, t := range terms {
		switch {
		case t.kind == "all" && t.pass:
			st.found.Notes = append(st.found.Notes, note(dnsbl.SPFOpen,
				"the SPF record of %s lets anyone send (%s)", st.name, strings.ToLower(t.text)))
		case t.kind == "all":
		case t.network.IsValid():
			if t.pass {
				s.admit(&st.found, &left, t.network, st.name)
			}
		default:
			name := t.name
			if name == "" {
				name = st.name
			}
			above := append(slices.Clone(st.above), st.name)
			st.next = append(st.next, &step{term: t, of: st.name, name: name, above: above})
		}
	}
	st.found.Notes = append(st.found.Notes, left.notes(st.name)...)
}
