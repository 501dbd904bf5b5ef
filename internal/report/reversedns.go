package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// problemKinds are the kinds of reverse DNS problems, in the order of the output.
var problemKinds = [...]fcrdns.Kind{
	fcrdns.NoName,
	fcrdns.SeveralNames,
	fcrdns.Unconfirmed,
	fcrdns.Generic,
	fcrdns.OtherName,
}

// reverseDNSText tells of problems of reverse DNS in a headline on listings, and counts the
// addresses that have one: ", reverse DNS problems on 3". It is "" if there are none.
func reverseDNSText(v *verdict.Verdict) string {
	n := v.Faulty()
	switch {
	case n == 0:
		return ""
	case len(v.ReverseDNS) == 1 && v.Subjects == 1:
		return ", reverse DNS problem"
	}
	return fmt.Sprintf(", reverse DNS problems on %d", n)
}

// reverseDNSHeadline returns the headline if there is nothing else to alert on than reverse DNS.
func reverseDNSHeadline(v *verdict.Verdict) headline {
	listed := "not listed"
	switch {
	case v.Listed > 0:
		listed = fmt.Sprintf("%d listed", v.Listed)
	case len(v.Known) > 0:
		listed = "only known listings"
	case uncountedListings(v) > 0:
		listed = "only uncounted listings"
	case v.Subjects > 1:
		listed = "none listed"
	}
	tail := fmt.Sprintf(" (%s%s)", listed, failedText(v))
	if n := v.Faulty(); len(v.ReverseDNS) > 1 || v.Subjects > 1 {
		all := plural(len(v.ReverseDNS), "address")
		return headline{text: fmt.Sprintf("%d of %s with reverse DNS problems", n, all), tail: tail}
	}
	p := &v.ReverseDNS[0]
	var problems []string
	for _, f := range p.Problems {
		problems = append(problems, headlineProblem(p, f))
	}
	text := fmt.Sprintf("%s has %s", p.Addr, strings.Join(problems, " and "))
	return headline{text: text, tail: tail}
}

// headlineProblem returns what an address has in a headline: "no PTR record", "generic reverse DNS,
// 192-0-2-25.dsl.example.net".
func headlineProblem(p *fcrdns.Result, f fcrdns.Problem) string {
	name := text.Short(f.Name, maxWords)
	switch f.Kind {
	case fcrdns.NoName:
		return "no PTR record"
	case fcrdns.SeveralNames:
		return fmt.Sprintf("%d PTR names", len(p.Names))
	case fcrdns.Unconfirmed:
		return fmt.Sprintf("a PTR name that does not resolve back, %s", name)
	case fcrdns.Generic:
		return "generic reverse DNS, " + name
	}
	return fmt.Sprintf("the PTR name %s, not %s", name, text.Join(cleanNames(p.Hosts), maxWords))
}

// reverseDNSLines describes the problems of reverse DNS and their remedies, grouped by kind.
// Addresses with the same problem share a line. A kind has at most MaxNamed lines, and one more
// that counts the rest.
func reverseDNSLines(v *verdict.Verdict, verbose int) []string {
	var lines []string
	for _, kind := range problemKinds {
		lines = append(lines, kindLines(v, kind, verbose)...)
	}
	return lines
}

// kindLines describes the problems of one kind:
//
//	reverse DNS of 192.0.2.25: no PTR record. Ask your provider (the network owner) to ...
//	reverse DNS of 7 more: no PTR record (-v names them)
func kindLines(v *verdict.Verdict, kind fcrdns.Kind, verbose int) []string {
	var problems []string
	addrs := map[string][]string{} // that have a problem
	for i := range v.ReverseDNS {
		p := &v.ReverseDNS[i]
		for _, f := range p.Problems {
			if f.Kind != kind {
				continue
			}
			problem, remedy := problemText(p, f)
			line := problem + ". " + remedy
			if addrs[line] == nil {
				problems = append(problems, line)
			}
			addrs[line] = append(addrs[line], p.Addr.String())
		}
	}
	var lines []string
	rest := 0 // addresses
	for i, problem := range problems {
		if i < verdict.MaxNamed {
			some := text.Join(addrs[problem], maxWords)
			lines = append(lines, fmt.Sprintf("reverse DNS of %s: %s", some, problem))
			continue
		}
		rest += len(addrs[problem])
	}
	if rest > 0 {
		line := fmt.Sprintf("reverse DNS of %d more: %s", rest, kind)
		if verbose == 0 {
			line += " (-v names them)"
		}
		lines = append(lines, line)
	}
	return lines
}

// problemText returns what is wrong with the reverse DNS of an address, and the remedy.
func problemText(p *fcrdns.Result, f fcrdns.Problem) (problem, remedy string) {
	host := "the mail server's name"
	if len(p.Hosts) > 0 {
		host = text.Short(p.Hosts[0], maxWords)
	}
	const owner = "Ask your provider (the network owner) to "
	rename := owner + "set the PTR record to " + host
	name := text.Short(f.Name, maxWords)
	switch f.Kind {
	case fcrdns.NoName:
		return "no PTR record", rename
	case fcrdns.SeveralNames:
		names := text.Join(cleanNames(p.Names), maxReason)
		return fmt.Sprintf("%d PTR names, %s", len(p.Names), names),
			owner + "keep only the name that the server greets with"
	case fcrdns.Unconfirmed:
		if fcrdns.IsLocal(f.Name) {
			return unconfirmedNames(p), rename
		}
		record := "A"
		if p.Addr.Is6() {
			record = "AAAA"
		}
		return unconfirmedNames(p),
			fmt.Sprintf("Give the name an %s record with the address, or ask your provider "+
				"(the network owner) to set the PTR record to %s", record, host)
	case fcrdns.Generic:
		const digits = "the PTR name %s is made from the address, like those of home lines, " +
			"and many receivers distrust it"
		const generic = "the PTR name %s is generic (%s), and many receivers distrust it"
		if f.Hint == fcrdns.AddressDigits {
			return fmt.Sprintf(digits, name), rename
		}
		return fmt.Sprintf(generic, name, f.Hint), rename
	}
	hosts := text.Join(cleanNames(p.Hosts), maxWords)
	const greet = "%s, or let the server greet as %s and check it by that name"
	return fmt.Sprintf("the PTR name is %s, not %s", name, hosts), fmt.Sprintf(greet, rename, name)
}

// unconfirmedNames names the PTR names if none resolves to the address.
func unconfirmedNames(p *fcrdns.Result) string {
	names := text.Join(cleanNames(p.Names), maxReason)
	n := len(p.Names)
	if n == 1 {
		return "the PTR name " + names + " does not resolve to the address"
	}
	all := fmt.Sprint(n)
	if n > fcrdns.MaxNames {
		all = fmt.Sprintf("the first %d of %d", fcrdns.MaxNames, n)
	}
	return fmt.Sprintf("none of %s PTR names resolves to the address, %s", all, names)
}

// allReverseDNSLines returns, with -v, a line for each address: its names, problems, and the lookup
// that failed.
func allReverseDNSLines(v *verdict.Verdict, verbose int) []string {
	if verbose == 0 {
		return nil
	}
	var lines []string
	for i := range v.ReverseDNS {
		p := &v.ReverseDNS[i]
		var parts []string
		if len(p.Names) > 0 {
			parts = append(parts, namesText(p))
		}
		if len(p.Problems) > 0 {
			parts = append(parts, kindsText(p))
		}
		if p.LookupError.Cause != "" {
			parts = append(parts, "no verdict: "+p.LookupError.Cause.Text())
		}
		if len(parts) > 0 {
			line := fmt.Sprintf("reverse DNS of %s: %s", p.Addr, strings.Join(parts, ", "))
			lines = append(lines, line)
		}
	}
	return lines
}

// namesText lists the names of an address and marks those that resolve to it:
// "mail.example.com (forward-confirmed), other.example.com".
func namesText(p *fcrdns.Result) string {
	names := cleanNames(p.Names)
	for i, name := range p.Names {
		if slices.Contains(p.Confirmed, name) {
			names[i] += " (forward-confirmed)"
		}
	}
	return text.Join(names, maxReason)
}

// kindsText lists the kinds of an address's problems.
func kindsText(p *fcrdns.Result) string {
	kinds := make([]string, len(p.Problems))
	for i, f := range p.Problems {
		kinds[i] = string(f.Kind)
	}
	return strings.Join(kinds, ", ")
}
