package bounce

import (
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// bounce returns what was found.
func (f *finder) bounce() Bounce {
	b := Bounce{Operators: f.private, Zones: slices.Clone(f.zones), UnknownZones: f.strangers, ResolverRefused: f.refusal, Reason: f.why, Inbound: f.inbound && f.way == incoming}
	if b.Rejected = f.said.without(&f.receivers, true); len(b.Rejected) == 0 { // one may have tried to send to oneself
		b.Rejected = f.said.without(&addrs{}, true)
	}
	for _, addr := range f.hosts.all { // in doubt not the one that was rejected
		f.receivers.add(addr)
	}
	near := f.near.without(&f.receivers, true)
	for _, addr := range f.named.all {
		f.near.add(addr)
	}
	if all := f.near.without(&f.receivers, true); len(b.Rejected) == 0 && len(near) == 1 && len(all) == 1 {
		b.Rejected = near
	} else if len(b.Rejected) == 0 {
		b.Ambiguous, _ = cut(all, mostAddrs)
	}
	if b.Inbound && (len(b.Rejected) > 1 || f.sent && len(b.Rejected) > 0) { // whom this server refuses is not us
		b.InboundRefused, b.Rejected = len(b.Rejected), nil
	}
	if len(b.Rejected) > 0 && b.Reason.ofRecipient() { // whatever its code says
		b.Reason = ""
	}
	b.NotPublic = slices.DeleteFunc(slices.Concat(f.said.without(&f.receivers, false), f.near.without(&f.receivers, false)), netip.Addr.IsLoopback)
	for _, zone := range f.implied {
		if !slices.Contains(f.operators(), f.operator(zone)) {
			b.Zones = appendNew(b.Zones, zone)
		}
	}
	b.UnknownZones = slices.DeleteFunc(b.UnknownZones, func(name string) bool { return f.ofNamed(name, b.Zones) })
	b.Rejected, b.MoreRejected = cut(b.Rejected, mostAddrs)
	b.Zones, b.MoreZones = cut(b.Zones, mostZones)
	b.UnknownZones, b.MoreUnknownZones = cut(b.UnknownZones, mostStrangers)
	b.NotPublic, _ = cut(b.NotPublic, 1)
	return b
}

// cut returns the first of all, and how many more there are.
func cut[T any](all []T, most int) (first []T, more int) {
	if len(all) <= most {
		return all, 0
	}
	return all[:most:most], len(all) - most
}

// form says what a text that is no mail looks like.
func formOf(all []statement) Form {
	replies := 0
	for i := range all {
		switch s := &all[i]; {
		case s.timed && (s.way != unsaid || s.reply >= 0):
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

// open returns the zone of a list, or of the same list without a key: the key in a bounce is somebody else's.
func (f *finder) open(l *dnsbl.List) string {
	if name, keyed := strings.CutPrefix(l.Zone, dnsbl.KeyMark+"."); keyed {
		if open := f.lists[strings.Replace(name, ".dq.spamhaus.net", ".spamhaus.org", 1)]; open != nil {
			return open.Zone
		}
	}
	return l.Zone
}

// operators returns those of the lists that are named without doubt.
func (f *finder) operators() []string {
	var names []string
	for _, zone := range f.zones {
		names = append(names, f.operator(zone))
	}
	return names
}

// ofNamed says whether the name of a list has that of the operator of another one that is named, as a copy of it has.
func (f *finder) ofNamed(name string, zones []string) bool {
	for _, w := range f.words {
		if slices.Contains(zones, w.zone) && slices.ContainsFunc(strings.Split(name, "."), func(label string) bool { return slices.Contains(w.general, label) }) {
			return true
		}
	}
	return false
}

func (f *finder) operator(zone string) string {
	return f.lists[strings.TrimPrefix(zone, dnsbl.KeyMark+".")].Operator
}
