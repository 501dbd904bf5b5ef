package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// presenceText says in the first line what is wrong with reverse DNS, if anything is.
func presenceText(v *verdict.Verdict) string {
	n := v.Faulty()
	switch {
	case n == 0:
		return ""
	case len(v.ReverseDNS) == 1 && v.Subjects == 1:
		return "; reverse DNS: " + strings.Join(kinds(&v.ReverseDNS[0]), ", ")
	}
	return fmt.Sprintf("; reverse DNS of %d of %s has faults", n, plural(len(v.ReverseDNS), "address"))
}

// presenceLines tells of the faults of reverse DNS with their cures, kind by kind. Addresses of which the same is to be said share a line;
// of many lines of one kind the first few stand for all.
func presenceLines(v *verdict.Verdict, verbose int) []string {
	var lines []string
	for _, kind := range []fcrdns.Kind{fcrdns.NoName, fcrdns.SeveralNames, fcrdns.Unconfirmed, fcrdns.Generic, fcrdns.OtherName} {
		lines = append(lines, presenceOf(v, kind, verbose)...)
	}
	return lines
}

// presenceOf tells of the faults of one kind.
func presenceOf(v *verdict.Verdict, kind fcrdns.Kind, verbose int) []string {
	var says []string
	addrs := map[string][]string{} // by what is to be said of them
	for i := range v.ReverseDNS {
		p := &v.ReverseDNS[i]
		for _, f := range p.Problems {
			if f.Kind != kind {
				continue
			}
			fault, cure := faultText(p, f)
			line := fault + "; " + cure
			if addrs[line] == nil {
				says = append(says, line)
			}
			addrs[line] = append(addrs[line], p.Addr.String())
		}
	}
	var lines []string
	more := 0
	for i, say := range says {
		if i < verdict.MaxNamed {
			lines = append(lines, fmt.Sprintf("reverse DNS of %s: %s", text.Join(addrs[say], maxWords), say))
			continue
		}
		more += len(addrs[say])
	}
	if more > 0 {
		line := fmt.Sprintf("reverse DNS of %d more: %s", more, kind)
		if verbose == 0 {
			line += "; -v names them"
		}
		lines = append(lines, line)
	}
	return lines
}

// faultText says what is wrong, and what to do about it.
func faultText(p *fcrdns.Result, f fcrdns.Problem) (fault, cure string) {
	host := "the mail server"
	if len(p.Hosts) > 0 {
		host = text.Short(p.Hosts[0], maxWords)
	}
	const owner = "ask the owner of the network (your provider) to "
	rename := owner + "name " + host + " there"
	name := text.Short(f.Name, maxWords)
	switch f.Kind {
	case fcrdns.NoName:
		return "no PTR record", rename
	case fcrdns.SeveralNames:
		return fmt.Sprintf("%d PTR names, %s", len(p.Names), text.Join(cleaned(p.Names), maxReason)), owner + "leave only the one that the server greets with"
	case fcrdns.Unconfirmed:
		if fcrdns.IsLocal(f.Name) {
			return unconfirmed(p), rename
		}
		record := "A"
		if p.Addr.Is6() {
			record = "AAAA"
		}
		return unconfirmed(p), fmt.Sprintf("give the name an %s record of the address, or %s", record, rename)
	case fcrdns.Generic:
		if f.Hint == fcrdns.AddressDigits {
			return fmt.Sprintf("the PTR name %s is made from the address, as those of home lines are, which many receivers mistrust", name), rename
		}
		return fmt.Sprintf("the PTR name %s is generic (%s), which receivers take for a home line", name, f.Hint), rename
	}
	return fmt.Sprintf("the PTR name is %s, not %s", name, text.Join(cleaned(p.Hosts), maxWords)),
		fmt.Sprintf("%s, or let the server greet as %s and check it by that name", rename, name)
}

// unconfirmed says that no name resolves to the address.
func unconfirmed(p *fcrdns.Result) string {
	names := text.Join(cleaned(p.Names), maxReason)
	switch n := len(p.Names); {
	case n == 1:
		return "the PTR name " + names + " does not resolve to the address"
	case n > fcrdns.MaxNames:
		return fmt.Sprintf("none of the first %d of %d PTR names resolves to the address, %s", fcrdns.MaxNames, n, names)
	default:
		return fmt.Sprintf("none of %d PTR names resolves to the address, %s", n, names)
	}
}

// everyPresence tells of each address what its names and faults are.
func everyPresence(v *verdict.Verdict, verbose int) []string {
	if verbose == 0 {
		return nil
	}
	var lines []string
	for i := range v.ReverseDNS {
		p := &v.ReverseDNS[i]
		var says []string
		if len(p.Names) > 0 {
			says = append(says, namesText(p))
		}
		if len(p.Problems) > 0 {
			says = append(says, strings.Join(kinds(p), ", "))
		}
		if p.LookupError.Cause != "" {
			says = append(says, "no verdict: "+p.LookupError.Cause.Text())
		}
		if len(says) > 0 {
			lines = append(lines, fmt.Sprintf("reverse DNS of %s: %s", p.Addr, strings.Join(says, "; ")))
		}
	}
	return lines
}

// namesText names the names of an address, and says which resolve to it.
func namesText(p *fcrdns.Result) string {
	names := cleaned(p.Names)
	for i, name := range p.Names {
		if slices.Contains(p.Confirmed, name) {
			names[i] += " (forward-confirmed)"
		}
	}
	return text.Join(names, maxReason)
}

// kinds names the faults of an address.
func kinds(p *fcrdns.Result) []string {
	words := make([]string, len(p.Problems))
	for i, f := range p.Problems {
		words[i] = string(f.Kind)
	}
	return words
}
