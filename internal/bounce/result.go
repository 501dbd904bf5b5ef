package bounce

import (
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/netspace"
)

// A Bounce has at most this many items of each kind.
const (
	maxAddrs   = 8
	maxZones   = 16
	maxUnknown = 3
)

// manyStrangers is how many addresses in a log make it that of the server that refused them, if
// nothing else tells whose log it is. No sender has so many.
const manyStrangers = 3

// A Bounce is what a bounce message says. The fields More... count what is left out of the slices.
type Bounce struct {
	Form Form

	Rejected  []netip.Addr // refused by the receiver, or the sources of complaints; at most 8
	Ambiguous []netip.Addr // if Rejected is empty: addresses in a refusal, ours or not, at most 8
	NotPublic []netip.Addr // refused, but a special-purpose address (RFC 6890), at most 1

	// If there are complaints besides bounces: their sources that were not refused, at most 8.
	Complained []netip.Addr
	Sourceless int // complaints whose source is missing, or is a special-purpose address

	// The first of the addresses that MoreRejected and MoreComplained count, at most 8.
	Further []netip.Addr

	Zones        []string   // of lists that the caller knows, the certain ones first, at most 16
	Operators    []Operator // of private lists
	UnknownZones []string   // of other lists, "KEY.example.com" instead of a key, at most 3

	Reasons []Reason // what else it is about, in the order of the text

	Inbound        bool // it is the log of the server that refused
	InboundRefused int  // how many addresses it refused, if none is ours; then Rejected is empty

	Truncated bool // there is more than MaxBytes, which was not read

	MoreRejected, MoreComplained, MoreZones, MoreUnknownZones, MoreMails int
}

// result returns the conclusions from what the scanner collected.
func (sc *scanner) result() Bounce {
	b := Bounce{
		Operators: sc.ops,
		Inbound:   sc.inbound && sc.direction == inbound,
	}
	sc.decideAddrs(&b)
	if b.Inbound && (len(b.Rejected) > 1 || sc.sent && len(b.Rejected) > 0) {
		b.toStrangers()
	}
	zones := sc.allZones()
	unknown := slices.DeleteFunc(sc.unknown, func(zone string) bool {
		return sc.isCopy(zone, zones) || sc.isOurs(zone)
	})
	b.Reasons = sc.allReasons(len(zones)+len(sc.ops)+len(unknown), len(b.Rejected))
	b.Rejected, b.MoreRejected = b.limitAddrs(b.Rejected)
	b.Zones, b.MoreZones = limit(zones, maxZones)
	b.UnknownZones, b.MoreUnknownZones = limit(unknown, maxUnknown)
	return b
}

// addComplaints adds what complaints say, each a text: the sources of the mails. Mails around them
// that refuse nothing, such as a vacation message, do not matter. Form is Complaint or NotSpam.
func (b *Bounce) addComplaints(form Form, texts []string) {
	var sources addrSet
	for _, text := range texts {
		source, ok := sourceOf(text)
		if ok {
			sources.add(source)
		}
		if !ok || !public(source) {
			b.Sourceless++
		}
	}
	switch {
	case len(texts) == 0:
	case b.refusesNothing():
		*b = Bounce{Form: form, Sourceless: b.Sourceless}
		b.Rejected, b.MoreRejected = b.limitAddrs(sources.public)
		b.NotPublic, _ = limit(sources.private, 1)
	default:
		var refused addrSet
		refused.add(b.Rejected...)
		b.Complained, b.MoreComplained = b.limitAddrs(refused.without(sources.public))
	}
}

// refusesNothing reports whether no mail was refused, as far as the package understands.
func (b *Bounce) refusesNothing() bool {
	addrs := len(b.Rejected) + len(b.Ambiguous) + len(b.NotPublic) + b.InboundRefused
	lists := len(b.Zones) + len(b.Operators) + len(b.UnknownZones)
	return addrs+lists+len(b.Reasons) == 0
}

// decideAddrs decides which addresses were rejected: those that the text names as rejected, or else
// the only one in its refusals, or the only one that a reply begins with. The receiver's own
// address counts only if no other was rejected: a server may have sent to itself.
func (sc *scanner) decideAddrs(b *Bounce) {
	said, receivers, maybe := &sc.addrs[rejected], &sc.addrs[receiver], &sc.addrs[mentioned]
	if b.Rejected = receivers.without(said.public); len(b.Rejected) == 0 {
		b.Rejected = said.public
	}
	if receivers.addAll(&sc.addrs[eitherServer]); len(b.Rejected) == 0 {
		sc.decideMaybe(b)
	}
	maybe.addAll(&sc.addrs[mentionedWithName])
	private := slices.Concat(said.private, maybe.private)
	b.NotPublic, _ = limit(receivers.without(private), 1)
}

// decideMaybe decides which address was refused, or may have been, if no text says so.
func (sc *scanner) decideMaybe(b *Bounce) {
	receivers, maybe := &sc.addrs[receiver], &sc.addrs[mentioned]
	probable := receivers.without(maybe.public)
	maybe.addAll(&sc.addrs[mentionedWithName])
	possible := receivers.without(maybe.public)
	leading := receivers.without(sc.leading.public)
	switch {
	case len(probable) == 1 && len(possible) == 1:
		b.Rejected = probable
	case len(leading) == 1:
		b.Rejected = leading
	default:
		b.Ambiguous, _ = limit(possible, maxAddrs)
	}
}

// allZones returns the lists that are certainly named, and then the implied ones. An implied list
// is dropped if another list of the same operator is certain, or if its operator is only named in
// an unknown zone, because the text means that one.
func (sc *scanner) allZones() []string {
	zones := slices.Clone(sc.zones)
	var certain []string
	for _, zone := range sc.zones {
		certain = append(certain, sc.operatorOf(zone))
	}
	for _, one := range sc.implied {
		meant := func(zone string) bool { return strings.Contains(zone, one.by) }
		if !slices.Contains(certain, sc.operatorOf(one.zone)) &&
			!slices.ContainsFunc(sc.unknown, meant) {
			zones = appendNew(zones, one.zone)
		}
	}
	return zones
}

// toStrangers makes the rejected addresses those of strangers, because a server does not refuse
// itself.
func (b *Bounce) toStrangers() {
	b.Inbound, b.InboundRefused = true, len(b.Rejected)+b.MoreRejected
	b.Rejected, b.MoreRejected, b.Further = nil, 0, nil
}

// limitAddrs is limit for addresses, and keeps a few of those that it leaves out.
func (b *Bounce) limitAddrs(all []netip.Addr) (first []netip.Addr, more int) {
	if first, more = limit(all, maxAddrs); more > 0 {
		b.Further, _ = limit(slices.Concat(b.Further, all[maxAddrs:]), maxAddrs)
	}
	return first, more
}

// allReasons returns what the refusals are about, if they name so many lists and addresses. That it
// is temporary counts only if no refusal is permanent: Postfix writes its own 4.0.0 beside a 554.
func (sc *scanner) allReasons(lists, addrs int) []Reason {
	byList := lists > 0 || sc.certainly
	all := sc.reasons
	if len(all) == 0 {
		all = sc.statusReasons
	}
	reasons := slices.DeleteFunc(slices.Clone(all), func(r Reason) bool {
		return r.yieldsToLists() && (byList || addrs > 0 && r.ofRecipient())
	})
	if lists == 0 && sc.certainly && len(reasons) == 0 {
		reasons = append(reasons, UnnamedList)
	}
	if sc.resolverRefused {
		reasons = append(reasons, ResolverRefused)
	}
	if sc.temporary && !sc.permanent {
		reasons = append(reasons, Temporary)
	}
	return reasons
}

// isOurs reports whether an unknown zone is the domain of a receiver or of a person in the bounce,
// and so not a list, unless it has the name of one.
func (sc *scanner) isOurs(zone string) bool {
	return sc.ours[netspace.RegistrableDomain(zone)] && !isNamedAsList(zone)
}

// operatorOf returns the operator of a list of the caller.
func (sc *scanner) operatorOf(zone string) string { return sc.lists[unkeyed(zone)].Operator }

// isCopy reports whether an unknown zone is the receiver's copy of one of zones. Such a copy has
// the name of the operator as a label: spamhaus.receiver.example.
func (sc *scanner) isCopy(unknown string, zones []string) bool {
	labels := strings.Split(unknown, ".")
	for _, p := range sc.book.byRole[impliesList] {
		if p.at == asWord && slices.Contains(labels, p.text) && slices.Contains(zones, p.means) {
			return true
		}
	}
	return false
}

// formOf returns the form of a text that is not a mail.
func formOf(all []sentence) Form {
	replies := 0
	for i := range all {
		switch s := &all[i]; {
		case s.entry && (s.direction != unknown || s.reply >= 0):
			return Log
		case s.reply >= 0:
			replies++
		}
	}
	if len(all) == 1 && replies == 1 {
		return Reply
	}
	return Text
}

// limit returns the first items, at most n, and how many more there are.
func limit[T any](all []T, n int) (first []T, more int) {
	if len(all) <= n {
		return all, 0
	}
	return all[:n:n], len(all) - n
}
