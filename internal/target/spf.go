package target

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/lookup"
	"check_dnsbl/internal/text"
)

// The limits of RFC 7208 section 4.6.4, for all records that one leads to, and for one mx.
const (
	mostLookUps = 10 // terms that cause look-ups
	mostVoid    = 2  // of these, those that find nothing
	mostSPFMX   = 10 // mail servers
)

const takenForError = "(RFC 7208 section 4.6.4): receivers take that for an error"

// A step is a term that has to be looked up, and what came of it.
type step struct {
	term  term
	of    string   // the domain in whose record the term stands
	name  string   // the domain that it is about
	above []string // the domains of the records that led here

	found Found
	void  bool    // there is nothing in the DNS
	next  []*step // the terms of the record it leads to
}

// findSPF returns the addresses that the SPF record of a domain lets send. Only what passes counts: what "-ip4:" and the like take
// away from a later term is checked all the same. The look-ups of a record are made together.
func (s *search) findSPF(name string) Found {
	root := &step{term: term{kind: "include", pass: true}, name: name}
	count, void := 0, 0
	var all Found
	for level := []*step{root}; len(level) > 0; {
		lookup.Each(len(level), len(level), func(i int) { s.follow(level[i]) }, func(i int, reason any) {
			level[i].found = broken(level[i].name, reason)
		})
		var next []*step
		for _, st := range level {
			if st.void {
				void++
			}
			next = append(next, st.next...)
		}
		if left := mostLookUps - count; len(next) > left {
			all.Gaps = append(all.Gaps, fmt.Sprintf("the SPF record of %s needs more than %d look-ups %s; not followed: %s",
				name, mostLookUps, takenForError, text.Some(words(next[left:]))))
			next = next[:left]
		}
		count += len(next)
		level = next
	}
	if void > mostVoid {
		all.Gaps = append(all.Gaps, fmt.Sprintf("%d look-ups of the SPF record of %s find nothing, more than %d %s", void, name, mostVoid, takenForError))
	}
	root.collect(&all)
	for i := range all.parts {
		all.parts[i].anyName = true
	}
	if len(all.parts)+len(all.Gaps) == 0 {
		all.Gaps = []string{fmt.Sprintf("the SPF record of %s lets no address send that could be checked", name)}
	}
	return all
}

// words returns the terms of steps as they were written.
func words(steps []*step) []string {
	var all []string
	for _, st := range steps {
		all = append(all, quote(st.term.text)+" of "+st.of)
	}
	return all
}

// collect adds what was found from this step on, in the order of the records.
func (st *step) collect(all *Found) {
	all.add(&st.found)
	for _, next := range st.next {
		next.collect(all)
	}
}

// follow looks up a term. Those that say who may not send only count; those with macros are not for us to expand.
func (s *search) follow(st *step) {
	switch {
	case !st.term.pass:
	case st.term.macro || st.term.kind == "exists" || st.term.kind == "ptr":
		st.found.Notes = []string{fmt.Sprintf("not checked: whom %s in the SPF record of %s lets send, which only a receiver of mail can tell", quote(st.term.text), st.of)}
	case st.term.kind == "a":
		var nothing []string
		st.found, nothing, st.void = s.host(st.name, st.term.four, st.term.six)
		st.idle(nothing)
	case st.term.kind == "mx":
		s.followMX(st)
	default:
		s.followRecord(st)
	}
}

// idle notes that a term lets nobody send, and why.
func (st *step) idle(reasons []string) {
	for _, reason := range reasons {
		st.found.Notes = append(st.found.Notes, fmt.Sprintf("%s in the SPF record of %s lets nobody send: %s", quote(st.term.text), st.of, reason))
	}
}

// followMX looks up the mail servers of a domain. Here it is not one itself where none is named (RFC 7208 section 5.4).
func (s *search) followMX(st *step) {
	answer := s.ask(st.name, dnsbl.MX)
	if answer.Cause != "" {
		st.found.Gaps = []string{fmt.Sprintf("cannot look up %s (MX): %s", st.name, why(answer))}
		return
	}
	var nothing []string
	switch {
	case len(answer.Names) == 0:
		st.void, nothing = true, []string{none(st.name, "domain", "MX record", answer)}
	case isNull(answer.Names):
		nothing = []string{noMail(st.name)}
	default:
		st.found, nothing = s.hosts(st.name, answer.Names, st.term.four, st.term.six)
	}
	st.idle(nothing)
	if hosts := len(answer.Names); hosts > mostSPFMX {
		st.found.Gaps = append(st.found.Gaps, fmt.Sprintf("%s in the SPF record of %s stands for %d mail servers, more than %d %s",
			quote(st.term.text), st.of, hosts, mostSPFMX, takenForError))
	}
}

// followRecord looks up the SPF record of a domain.
func (s *search) followRecord(st *step) {
	if slices.Contains(st.above, st.name) {
		st.found.Gaps = []string{fmt.Sprintf("the SPF record of %s leads back to itself, by %s of %s", st.name, quote(st.term.text), st.of)}
		return
	}
	record, fault := s.record(st)
	if fault != "" {
		if st.of != "" {
			fault += fmt.Sprintf(", but %s of %s needs it", quote(st.term.text), st.of)
		}
		st.found.Gaps = []string{fault}
		return
	}
	terms, faults := parseSPF(record)
	if len(faults) > 0 {
		for i := range faults {
			faults[i] = quote(faults[i])
		}
		st.found.Gaps = []string{fmt.Sprintf("the SPF record of %s has errors, and receivers do not go by it: %s", st.name, text.Some(faults))}
	}
	s.take(st, terms)
}

// record returns the one SPF record of a domain, or what is wrong with it.
func (s *search) record(st *step) (record, fault string) {
	answer := s.ask(st.name, dnsbl.TXT)
	records := slices.DeleteFunc(answer.Texts, func(text string) bool { return !isSPF(text) })
	switch {
	case answer.Cause != "":
		return "", fmt.Sprintf("cannot look up %s (TXT): %s", st.name, why(answer))
	case len(answer.Texts) == 0:
		st.void = true
		return "", none(st.name, "domain", "SPF record", answer)
	case len(records) == 0:
		return "", fmt.Sprintf("%s has no SPF record among its %d TXT (from %s)", st.name, len(answer.Texts), answer.Server)
	case len(records) > 1:
		return "", fmt.Sprintf("%s has %d SPF records, and receivers go by none of them: want one", st.name, len(records))
	case len(records[0]) >= lookup.MaxText:
		return "", fmt.Sprintf("the SPF record of %s is too long: want less than %d bytes", st.name, lookup.MaxText)
	}
	return records[0], ""
}

// take notes what a record says by itself, and which of its terms are to be looked up.
func (s *search) take(st *step, terms []term) {
	var left omitted
	for _, t := range terms {
		switch {
		case t.kind == "all" && t.pass:
			st.found.Notes = append(st.found.Notes, fmt.Sprintf("the SPF record of %s lets everybody send (%s)", st.name, strings.ToLower(t.text)))
		case t.kind == "all":
		case t.network.IsValid():
			if t.pass {
				s.admit(&st.found, &left, t.network, st.name)
			}
		default:
			next := step{term: t, of: st.name, name: t.name, above: append(slices.Clone(st.above), st.name)}
			if next.name == "" {
				next.name = st.name
			}
			st.next = append(st.next, &next)
		}
	}
	st.found.Notes = append(st.found.Notes, left.notes(st.name)...)
}
