package report

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

const (
	maxBounce    = 1000 // bytes of the line on a bounce
	maxInABounce = 8    // lists that this line names
)

// A NamedList is a list that a bounce names, as the user's other options leave it.
type NamedList struct {
	Zone     string
	List     *dnsbl.List // nil if it is not queried
	Excluded bool        // -x leaves it out; nothing else reports that
}

// BounceLine describes in one line the bounce that was read:
//
//	bounce: a mail: 192.0.2.25 was rejected, the bounce names bl.spamcop.net (SpamCop ...)
//
// If overridden, the user named a target, and the rejected addresses are not checked.
func BounceLine(b *bounce.Bounce, overridden bool) string {
	if overridden {
		return bounceLine("bounce", b, "; checked is what -H names")
	}
	return bounceLine("bounce", b, "")
}

// BounceError returns the error of a bounce without an address to check. It ends with the advice
// what to name with -H. Queried are the zones that the bounce names and the check queries.
func BounceError(path string, b *bounce.Bounce, queried []string) error {
	return errors.New(bounceLine("--bounce "+path, b, ": "+whatToName(b, queried)))
}

// BounceGaps returns what is not checked because the bounce names more than is read of one.
func BounceGaps(b *bounce.Bounce, overridden bool) []string {
	var gaps []string
	if b.MoreRejected > 0 && !overridden {
		const gap = "the bounce names %d more addresses: name them with -H"
		gaps = append(gaps, fmt.Sprintf(gap, b.MoreRejected))
	}
	if b.MoreZones > 0 {
		const gap = "the bounce names %d more lists: name them with -l"
		gaps = append(gaps, fmt.Sprintf(gap, b.MoreZones))
	}
	if b.MoreMails > 0 {
		const gap = "%d more mails are in the file, which were not read: " +
			"give each a file of its own"
		gaps = append(gaps, fmt.Sprintf(gap, b.MoreMails))
	}
	return gaps
}

// BounceLines returns the line of BounceLine and, for a check of one subject, the results of the
// lists that the bounce names but the verdict does not show: a bounce may be old.
func BounceLines(line string, named []NamedList, v *verdict.Verdict) []string {
	lines := []string{line}
	if v.Subjects != 1 {
		return lines
	}
	var notListed []string
	for _, n := range named {
		switch {
		case n.Excluded:
			lines = append(lines, fmt.Sprintf("not asked: %s, which -x leaves out", n.Zone))
		case n.List == nil || shownElsewhere(n.List, v):
		case hasFailed(n.List, v):
			if pages := pagesText(n.List, v.Worst.Subject); pages != "" {
				const look = "%s gave no verdict; look yourself: %s"
				lines = append(lines, fmt.Sprintf(look, n.Zone, pages))
			}
		default:
			notListed = append(notListed, n.Zone)
		}
	}
	if len(notListed) > 0 {
		const gone = "not on %s now: it has left since, " +
			"or the receiver asked about another address, or keeps what it heard for a while"
		lines = append(lines, fmt.Sprintf(gone, strings.Join(notListed, ", ")))
	}
	return lines
}

// shownElsewhere reports whether a list needs no line of its own: its listing is in the output, it
// was not queried about the subject, or the user's filter or weight decides what its answer means.
func shownElsewhere(l *dnsbl.List, v *verdict.Verdict) bool {
	chosen := func(c dnsbl.Choice) bool { return c.Filter != "" || c.Weight != 1 }
	notCounted := func(g verdict.Group) bool { return g.List == l }
	return slices.ContainsFunc(l.Choices, chosen) ||
		l.Subjects&v.Worst.Subject.Kind() == 0 ||
		slices.ContainsFunc(v.Worst.Listed, isOf(l)) ||
		slices.ContainsFunc(v.NotCounted, notCounted)
}

// hasFailed reports whether a list gave no verdict on the subject.
func hasFailed(l *dnsbl.List, v *verdict.Verdict) bool {
	return slices.ContainsFunc(v.Worst.Failed, isOf(l)) ||
		slices.ContainsFunc(v.Worst.Tolerated, isOf(l))
}

// bounceLine makes the line on a bounce, between its label and its end. The zones that the catalog
// does not know are foreign text, which may hold a key.
func bounceLine(label string, b *bounce.Bounce, end string) string {
	names := bounceLists(b)
	lists := strings.Join(names, ", ")
	if len(names) == 0 {
		lists = "no list"
	}
	line := fmt.Sprintf("%s: %s: %s, the %s names %s",
		label, b.Form.Text(), rejectedText(b), formNoun(b.Form), lists)
	if b.Reason != "" && namesNoList(b) {
		line += "; " + b.Reason.Text()
	}
	if b.MoreUnknownZones > 0 {
		line += fmt.Sprintf("; %d more that it names as lists are not shown", b.MoreUnknownZones)
	}
	if b.ResolverRefused {
		line += "; it has the words of a list that refuses the receiver's resolver, " +
			"which is no listing: tell the receiver's postmaster"
	}
	if b.Truncated {
		line += fmt.Sprintf("; only its first %d MB were read", bounce.MaxBytes>>20)
	}
	return text.Short(catalog.Mask(line+end), maxBounce)
}

// formNoun is the everyday word for a text in a form.
func formNoun(form bounce.Form) string {
	switch form {
	case bounce.Log:
		return "log"
	case bounce.Text:
		return "text"
	}
	return "bounce"
}

// rejectedText names the addresses that were rejected. In the log of the server that rejected, the
// address is not the user's, and the text points that out.
func rejectedText(b *bounce.Bounce) string {
	addrs := texts(b.Rejected)
	switch {
	case b.InboundRefused > 0:
		const inbound = "your server, or whosever log this is, refused %d addresses itself"
		return fmt.Sprintf(inbound, b.InboundRefused)
	case len(addrs) == 0:
		return "no rejected address in it"
	case b.Inbound:
		return fmt.Sprintf("the server that wrote it refused %s", addrs[0])
	case len(addrs) == 1:
		return addrs[0] + " was rejected"
	case b.MoreRejected > 0:
		first := strings.Join(addrs, ", ")
		return fmt.Sprintf("%s and %d more were rejected", first, b.MoreRejected)
	}
	return strings.Join(addrs, ", ") + " were rejected"
}

// whatToName advises the user what to name with -H if a bounce has no address to check.
func whatToName(b *bounce.Bounce, queried []string) string {
	const address = "name the address with -H, such as -H 192.0.2.25"
	switch {
	case b.InboundRefused > 0:
		return "no bounce of yours; " + address
	case len(b.Ambiguous) == 1:
		const one = "whose address %s is cannot be told: name the one that was rejected with -H"
		return fmt.Sprintf(one, b.Ambiguous[0])
	case len(b.Ambiguous) > 0:
		const several = "which of %s was rejected cannot be told: name it with -H"
		return fmt.Sprintf(several, strings.Join(texts(b.Ambiguous), ", "))
	case len(b.NotPublic) > 0:
		private := b.NotPublic[0]
		const inside = "%s is %s, the Internet sees another: %s"
		return fmt.Sprintf(inside, private, netspace.SpecialPurpose(private), address)
	}
	for _, zone := range queried {
		if l, _ := catalog.Find(zone); l.Subjects == dnsbl.Domain {
			return "name what was rejected with -H, the address such as -H 192.0.2.25 " +
				"or the domain such as -H domain:example.com"
		}
	}
	if b.Reason != "" && namesNoList(b) {
		return "to check an address all the same, name it with -H"
	}
	return address
}

// namesNoList reports whether nothing in a bounce could be a list.
func namesNoList(b *bounce.Bounce) bool {
	return len(b.Zones)+len(b.PrivateLists)+len(b.UnknownZones) == 0
}

// bounceLists names the lists of a bounce, the first few of many: lists of the catalog, then those
// that only their operator can query, then zones that may be lists.
func bounceLists(b *bounce.Bounce) []string {
	var names []string
	for _, zone := range b.Zones {
		names = append(names, catalogName(zone))
	}
	for _, l := range b.PrivateLists {
		names = append(names, l.Name+" (nobody else can ask it: the bounce says where to turn)")
	}
	for _, zone := range b.UnknownZones {
		hint := fmt.Sprintf(": -l %s asks it", zone)
		if strings.Contains(zone, dnsbl.KeyMark) { // somebody else's key
			hint = ""
		}
		names = append(names, fmt.Sprintf("%s (no list of the catalog%s)", zone, hint))
	}
	if more := len(names) - maxInABounce + b.MoreZones; more > 0 && len(names) >= maxInABounce {
		names = append(names[:maxInABounce], fmt.Sprintf("and %d more", more))
	}
	return names
}

// catalogName names a list of the catalog: "bl.spamcop.net (SpamCop Blocking List)". If the list is
// never queried, it adds why.
func catalogName(zone string) string {
	l, _ := catalog.Find(zone)
	switch {
	case l.Status == dnsbl.Retired:
		return fmt.Sprintf("%s (%s, retired, %s)", l.Zone, l.Name, l.Fate)
	case l.Kind == dnsbl.Score:
		return fmt.Sprintf("%s of %s (a score, no list that counts: %s)", l.Name, l.Operator, l.URL)
	}
	return fmt.Sprintf("%s (%s)", l.Zone, l.Name)
}

// texts returns addresses as strings.
func texts(addrs []netip.Addr) []string {
	words := make([]string, len(addrs))
	for i, addr := range addrs {
		words[i] = addr.String()
	}
	return words
}
