package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
)

// findingText returns the result of a list and how long the answer took, for both paths if the
// list was queried both through the resolver and directly.
func findingText(f *dnsbl.Finding) string {
	line := fmt.Sprintf("%s%s, %s",
		outcomeText(f)+norParents(f), directNote(f), milliseconds(f.Evidence.Question.RTT))
	if o := f.Other; o != nil {
		line += fmt.Sprintf(". %s: %s, %s",
			pathName(o), outcomeText(o), milliseconds(o.Evidence.Question.RTT))
	}
	return line
}

// outcomeText returns the result of one path: "listed (127.0.0.2 = SBL)", "failed: SERVFAIL".
func outcomeText(f *dnsbl.Finding) string {
	outcome := string(f.Outcome) + asParent(f)
	switch {
	case f.Outcome == dnsbl.Failed:
		return outcome + ": " + causeText(f)
	case f.Untested:
		return outcome + " (untested: the list has no test entry)"
	case f.Unconfirmed:
		return fmt.Sprintf("%s (%s), unconfirmed: %s", outcome, codesText(f), causeText(f))
	case len(f.Codes) > 0:
		return fmt.Sprintf("%s (%s)", outcome, codesText(f))
	}
	return outcome
}

// asParent names the parent domain that a finding is about: " as example.com", or "".
func asParent(f *dnsbl.Finding) string {
	if f.Parent == "" {
		return ""
	}
	return " as " + f.Parent
}

// norParents names the parent domains that are not listed either: ", nor is example.com", or "".
func norParents(f *dnsbl.Finding) string {
	if f.Outcome != dnsbl.NotListed || f.Parent != "" {
		return ""
	}
	var names []string
	for i := range f.Rest {
		names = append(names, f.Rest[i].Subject.Domain)
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return ", nor is " + names[0]
	}
	return ", nor are " + text.Some(names)
}

// causeText returns the cause of a failure with its detail: "test entry missing (NXDOMAIN)".
func causeText(f *dnsbl.Finding) string {
	detail := foreign(f.List, f.Detail, maxWords)
	switch {
	case detail == "":
		return shortCause(f)
	case f.Cause == dnsbl.Unreachable:
		return fmt.Sprintf("%s unreachable (%s)", f.Server, detail)
	}
	return fmt.Sprintf("%s (%s)", shortCause(f), detail)
}

// shortCause returns the cause of a failure without its detail.
func shortCause(f *dnsbl.Finding) string {
	if direct := f.Cause.Traits().TextDirect; f.Direct && direct != "" {
		return direct
	}
	return f.Cause.Text()
}

// directText returns, after a failure, the result of querying the list's own name servers:
// ". Queried directly: timeout". It is "" if they were not queried or add nothing.
func directText(f *dnsbl.Finding) string {
	switch {
	case f.Direct && f.Cause.Traits().Reach == dnsbl.NoServer:
		return ""
	case f.Direct:
		return directNote(f)
	case f.Other == nil,
		f.Outcome == dnsbl.Listed,
		f.Cause.NoAnswer() && remedyRow(f.Other.Cause).addsNothing:
		return ""
	}
	cause := causeText(f.Other)
	if cause == causeText(f) {
		cause = "the same"
	}
	return ". Queried directly: " + cause
}

// codesText lists the return codes with their meanings: "127.0.0.2 = SBL, 127.0.0.80 = malware +
// abuse". Readings of one code stand together in f.Codes.
func codesText(f *dnsbl.Finding) string {
	var words []string
	for i := 0; i < len(f.Codes); {
		r := f.Codes[i]
		word, end := r.Code.String(), i+1
		for end < len(f.Codes) && f.Codes[end].Code == r.Code {
			end++
		}
		var meanings []string
		for _, same := range f.Codes[i:end] {
			meanings = append(meanings, same.Meaning)
		}
		switch {
		case r.Meaning != "":
			word += " = " + strings.Join(meanings, " + ")
		case r.Effect == dnsbl.Undocumented:
			word += " (undocumented)"
		case r.Effect == dnsbl.NotLoopback:
			word += " (no return code)"
		}
		words = append(words, word)
		i = end
	}
	return text.Join(words, maxReason)
}

// pathName names the path that a finding came by.
func pathName(f *dnsbl.Finding) string {
	if f.Direct {
		return "Queried directly"
	}
	return "Through the resolver"
}

// directNote is the end of a sentence on what the list's own name servers answered.
func directNote(f *dnsbl.Finding) string {
	if f.Direct {
		return ", queried directly"
	}
	return ""
}

// queryFacts describes every query behind a finding, in the order of the paths that were taken. Of
// the other names of a domain it describes the first query only, as test entries have no names.
func queryFacts(f *dnsbl.Finding) []fact {
	facts := queriesByPath(f)
	for i := range f.Rest {
		facts = append(facts, queryFact(f.List, &f.Rest[i].Evidence.Question))
	}
	return facts
}

// queriesByPath describes the queries of the one or two paths that were taken.
func queriesByPath(f *dnsbl.Finding) []fact {
	if f.Other == nil {
		return pathQueries(f)
	}
	first, second := f, f.Other
	if f.Direct { // directly only after the resolver
		first, second = f.Other, f
	}
	var facts []fact
	for _, path := range []*dnsbl.Finding{first, second} {
		if queries := pathQueries(path); len(queries) > 0 {
			facts = append(append(facts, fact{text: pathName(path) + ":"}), queries...)
		}
	}
	return facts
}

// pathQueries describes the queries of one path, without those that had no server to go to. There
// are none in a self-test of a list without test entries.
func pathQueries(f *dnsbl.Finding) []fact {
	e := f.Evidence
	if e == nil {
		return nil
	}
	answers := append([]dnsbl.Answer{e.Question}, slices.Concat(e.Positive, e.Negative)...)
	var facts []fact
	for _, a := range append(answers, e.Reason) {
		if a.Question.Name != "" && a.Cause.Traits().Reach != dnsbl.NoServer {
			facts = append(facts, queryFact(f.List, &a))
		}
	}
	return facts
}

// queryFact returns one query and its answer, with the list's key masked:
// "A 2.0.0.127.bl.example: 127.0.0.2 (192.0.2.53:53, 12 ms)".
func queryFact(l *dnsbl.List, a *dnsbl.Answer) fact {
	answer := a.Cause.Text()
	switch {
	case a.Cause != "" && a.Detail != "":
		answer += ", " + foreign(l, a.Detail, maxWords)
	case a.Cause != "":
	case a.NXDomain:
		answer = "NXDOMAIN"
	case len(a.Addrs) > 0:
		answer = strings.Trim(fmt.Sprint(a.Addrs), "[]")
	case len(a.Texts) > 0:
		answer = foreign(l, strings.Join(a.Texts, " / "), maxReason)
	default:
		answer = "NODATA"
	}
	from := milliseconds(a.RTT)
	if a.Server.IsValid() {
		from = fmt.Sprintf("%s, %s", a.Server, from)
	}
	return fact{verbatim: true, text: fmt.Sprintf("%s %s: %s (%s)",
		a.Question.Type, l.Mask(a.Question.Name), answer, from)}
}
