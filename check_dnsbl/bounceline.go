package main

import (
	"fmt"
	"net/netip"
	"strings"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/text"
)

const (
	longestBounce = 1000 // the line on a bounce, in bytes
	mostNamed     = 8    // of the lists in it
)

// unread are the gaps that a bounce leaves: what it names beyond what is read of one.
func unread(b *bounce.Bounce, named bool) []string {
	var gaps []string
	if b.MoreRejected > 0 && !named {
		gaps = append(gaps, fmt.Sprintf("the bounce names %d more addresses: name them with -H", b.MoreRejected))
	}
	if b.MoreZones > 0 {
		gaps = append(gaps, fmt.Sprintf("the bounce names %d more lists: name them with -l", b.MoreZones))
	}
	if b.MoreMails > 0 {
		gaps = append(gaps, fmt.Sprintf("%d more mails are in the file, which were not read: give each a file of its own", b.MoreMails))
	}
	return gaps
}

// whatToName says what to check where a bounce does not tell.
func (o *options) whatToName(b *bounce.Bounce) string {
	const address = "name the address with -H, such as -H 192.0.2.25"
	switch {
	case b.InboundRefused > 0:
		return "no bounce of yours; " + address
	case len(b.Ambiguous) == 1:
		return fmt.Sprintf("whose address %s is cannot be told: name the one that was rejected with -H", b.Ambiguous[0])
	case len(b.Ambiguous) > 0:
		return fmt.Sprintf("which of %s was rejected cannot be told: name it with -H", strings.Join(texts(b.Ambiguous), ", "))
	case len(b.NotPublic) > 0:
		private := b.NotPublic[0]
		return fmt.Sprintf("%s is %s, the Internet sees another: %s", private, netspace.SpecialPurpose(private), address)
	}
	for _, zone := range o.named {
		if l, _ := catalog.Find(zone); l.Subjects == dnsbl.Domain {
			return "name what was rejected with -H, the address such as -H 192.0.2.25 or the domain such as -H domain:example.com"
		}
	}
	if b.Reason != "" && namesNone(b) {
		return "to check an address all the same, name it with -H"
	}
	return address
}

// namesNone says whether a bounce names nothing that could be a list.
func namesNone(b *bounce.Bounce) bool { return len(b.Zones)+len(b.Operators)+len(b.UnknownZones) == 0 }

// bounceLine says in one line what was read. All that is foreign in it are zones that nobody knows.
func bounceLine(label string, b *bounce.Bounce, end string) string {
	names := namesIn(b)
	named := strings.Join(names, ", ")
	if len(names) == 0 {
		named = "no list"
	}
	line := fmt.Sprintf("%s: %s: %s, the %s names %s", label, b.Form, whoIn(b), thing(b.Form), named)
	if namesNone(b) && b.Reason != "" {
		line += "; " + b.Reason.Text()
	}
	if b.MoreUnknownZones > 0 {
		line += fmt.Sprintf("; %d more that it names as lists are not shown", b.MoreUnknownZones)
	}
	if b.ResolverRefused {
		line += "; it has the words of a list that refuses the receiver's resolver, which is no listing: tell the receiver's postmaster"
	}
	if b.Truncated {
		line += fmt.Sprintf("; only its first %d MB were read", bounce.MaxBytes>>20)
	}
	return text.Short(catalog.Mask(line+end), longestBounce)
}

// thing is what one calls a text in a form.
func thing(form bounce.Form) string {
	switch form {
	case bounce.Log:
		return "log"
	case bounce.Text:
		return "text"
	}
	return "bounce"
}

// whoIn says which addresses were rejected.
func whoIn(b *bounce.Bounce) string {
	addrs := texts(b.Rejected)
	switch {
	case b.InboundRefused > 0:
		return fmt.Sprintf("your server, or whosever log this is, refused %d addresses itself", b.InboundRefused)
	case len(addrs) == 0:
		return "no rejected address in it"
	case b.Inbound:
		return fmt.Sprintf("the server that wrote it refused %s", addrs[0])
	case len(addrs) == 1:
		return addrs[0] + " was rejected"
	case b.MoreRejected > 0:
		return fmt.Sprintf("%s and %d more were rejected", strings.Join(addrs, ", "), b.MoreRejected)
	}
	return strings.Join(addrs, ", ") + " were rejected"
}

// namesIn names the lists of a bounce.
func namesIn(b *bounce.Bounce) []string {
	var names []string
	for _, zone := range b.Zones {
		names = append(names, nameOf(zone))
	}
	for _, op := range b.Operators {
		names = append(names, op.Name+" (nobody else can ask it: the bounce says where to turn)")
	}
	for _, zone := range b.UnknownZones {
		hint := fmt.Sprintf(": -l %s asks it", zone)
		if strings.Contains(zone, dnsbl.KeyMark) {
			hint = ""
		}
		names = append(names, fmt.Sprintf("%s (no list of the catalog%s)", zone, hint))
	}
	if more := len(names) - mostNamed + b.MoreZones; more > 0 && len(names) >= mostNamed {
		names = append(names[:mostNamed], fmt.Sprintf("and %d more", more))
	}
	return names
}

// nameOf names a list of the catalog, and says what else must be known of one that is not asked.
func nameOf(zone string) string {
	l, _ := catalog.Find(zone)
	switch {
	case l.Status == dnsbl.Retired:
		return fmt.Sprintf("%s (%s, retired, %s)", l.Zone, l.Name, l.Fate)
	case l.Kind == dnsbl.Score:
		return fmt.Sprintf("%s of %s (a score, no list that counts: %s)", l.Name, l.Operator, l.URL)
	}
	return fmt.Sprintf("%s (%s)", l.Zone, l.Name)
}

func texts(addrs []netip.Addr) []string {
	words := make([]string, len(addrs))
	for i, addr := range addrs {
		words[i] = addr.String()
	}
	return words
}
