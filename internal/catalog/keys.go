package catalog

import (
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// A home is a zone below which an operator has lists that are asked with a key before their names.
type home struct {
	operator string // as users name it
	zone     string
	open     string // where the same lists are without a key, if anywhere
}

var homes = [...]home{
	{"spamhaus", "dq.spamhaus.net", "spamhaus.org"},
	{"spamhaus", "dq.spamhaus.org", ""}, // nothing is there, but keys are typed before it
	{"abusix", "mail.abusix.zone", ""},
	{"spamrats", "spamrats.com", "spamrats.com"},
}

// KeyOperators returns the operators whose lists take a key, as users name them.
func KeyOperators() []string {
	var names []string
	for _, h := range homes {
		if !slices.Contains(names, h.operator) {
			names = append(names, h.operator)
		}
	}
	return names
}

// Keys are a user's keys by operator; see KeyOperators. With a key the keyed list takes the place of the open one.
type Keys map[string]string

// Find returns the list of a zone as the function Find does, or the keyed list that takes its place, with its key.
func (k Keys) Find(zone string) (dnsbl.List, bool) {
	l, known := Find(zone)
	return k.replace(l), known
}

// Set returns the lists of a set as the function Set does, each keyed list in the place of the open one, and with those
// that only the key opens.
func (k Keys) Set(name string) ([]dnsbl.List, bool) {
	open, ok := Set(name)
	if !ok {
		return nil, false
	}
	var set []dnsbl.List
	for l := range lists {
		member := slices.ContainsFunc(open, func(o dnsbl.List) bool { return o.Zone == l.Zone })
		if with := k.replace(copyOf(l)); member || with.Key != "" && slices.Contains(joining[:], l.Zone) && (name != "major" || l.Tier == dnsbl.Major) {
			set = append(set, with)
		}
	}
	return set, true
}

// joining are the keyed lists that join the sets of those who have the key: block lists that count, have no open counterpart to
// replace, are no part of another one, and have test entries that their operator documents.
var joining = [...]string{dnsbl.KeyMark + ".combined.mail.abusix.zone", dnsbl.KeyMark + ".dblack.mail.abusix.zone"}

// replace returns the list that is asked in the place of l, with its key, or else l.
func (k Keys) replace(l dnsbl.List) dnsbl.List {
	if zone := keyedZone(l.Zone); zone != "" && k[homeOf(zone).operator] != "" {
		l, _ = Find(zone)
	}
	if l.Access == dnsbl.Keyed && l.Key == "" {
		l.Key = k[homeOf(l.Zone).operator]
	}
	return l
}

// keyedZone returns the zone that has with a key what an open zone has without one, or "".
func keyedZone(open string) string {
	for _, h := range homes {
		name, below := strings.CutSuffix(open, h.open)
		name, dotted := strings.CutSuffix(name, ".")
		if !below || !dotted || h.open == "" || strings.Contains(name, ".") {
			continue
		}
		if zone := dnsbl.KeyMark + "." + name + "." + h.zone; h.open == h.zone || find(zone) != nil {
			return zone
		}
	}
	return ""
}

// keyOf returns the operator whose key opens the list of a zone, or its keyed form, or "".
func keyOf(zone string) string {
	if keyed := keyedZone(zone); keyed != "" {
		zone = keyed
	}
	return homeOf(zone).operator
}

// homeOf returns the home that a zone is in, if in any.
func homeOf(zone string) home {
	for _, h := range homes {
		if strings.HasSuffix(zone, "."+h.zone) {
			return h
		}
	}
	return home{}
}

// findKeyed returns the list of a zone that begins with a key, or with the mark of one that is given elsewhere: a list
// of the catalog or, as keys must not be shown, whatever else lives in the operators' homes of such lists.
func findKeyed(zone string) (dnsbl.List, bool) {
	key, rest := cutKey(zone)
	if key == "" {
		return dnsbl.List{}, false
	}
	found := dnsbl.Unknown("")
	if l := find(dnsbl.KeyMark + "." + rest); l != nil {
		found = copyOf(l)
	} else if l := find(rest); l != nil { // open to some without a key
		found = copyOf(l)
		for _, part := range l.Contains {
			found.Contains = append(found.Contains, dnsbl.KeyMark+"."+part)
		}
		found.Contains = append(found.Contains, rest)
	}
	found.Zone, found.Access, found.Key = dnsbl.KeyMark+"."+rest, dnsbl.Keyed, key
	found.KeyOf = homeOf(rest).operator
	if key == dnsbl.KeyMark {
		found.Key = ""
	}
	return found, true
}

// cutKey cuts a zone below one of homes into the key and the list's own zone.
func cutKey(zone string) (key, rest string) {
	name := asciiLower(zone)
	for _, h := range homes {
		before, below := strings.CutSuffix(name, "."+h.zone)
		if at := strings.LastIndex(before, "."); below && at > 0 {
			return zone[:at], name[at+1:]
		}
	}
	return "", ""
}

// Mask returns a message that quotes what a user typed, with KeyMark for all that stands where an
// operator's zone has its key: from the last quote, comma or blank to the list's own label, as in
// "KEY.zen.dq.spamhaus.net" or "not.a.key.zen.dq.spamhaus.net".
func Mask(s string) string {
	for _, h := range homes {
		s = maskBefore(s, "."+h.zone)
	}
	return s
}

// maskBefore masks what stands before the label before home, wherever home is in s.
func maskBefore(s, home string) string {
	var masked strings.Builder
	lower := asciiLower(s)
	for at := strings.Index(lower, home); at >= 0; at = strings.Index(lower, home) {
		begin, end := strings.LastIndexAny(s[:at], "\"' \t,")+1, at+len(home)
		if label := strings.LastIndex(s[begin:at], "."); label > 0 {
			masked.WriteString(s[:begin] + dnsbl.KeyMark + s[begin+label:end])
		} else {
			masked.WriteString(s[:end])
		}
		s, lower = s[end:], lower[end:]
	}
	return masked.String() + s
}

// KeyLabels returns the labels in s that stand where a list takes its key, and those that may be a
// key as they stand nearly there: in front of the open list ("KEY.zen.spamhaus.org"), in place of
// the list's own label ("KEY.dq.spamhaus.net") or in another top-level domain. They may be short,
// part of another name, or there twice.
func KeyLabels(s string) []string {
	var labels []string
	lower := asciiLower(s)
	for _, h := range homes {
		labels = append(labels, labelsBefore(s, lower, h.zone, true)...)
		if h.open != "" && h.open != h.zone {
			labels = append(labels, labelsBefore(s, lower, h.open, false)...)
		}
	}
	return labels
}

// labelsBefore returns the labels where the lists below zone have their keys, wherever zone is in s,
// in any top-level domain; lower is s in lower case. If the zone is not keyed, only what stands
// before a list of the catalog counts.
func labelsBefore(s, lower, zone string, keyed bool) []string {
	var labels []string
	home := "." + zone[:strings.LastIndexByte(zone, '.')+1]
	for from := 0; ; {
		at := strings.Index(lower[from:], home)
		if at < 0 {
			return labels
		}
		at += from
		own := lastLabel(s[from:at])
		known := namesList(asciiLower(own))
		if keyed && !known {
			labels = append(labels, own)
		}
		// In "--list=zen.dq.spamhaus.net" no key stands before the "=".
		if before := at - len(own) - 1; (keyed || known) && before > from && s[before] != '=' {
			labels = append(labels, lastLabel(s[from:before]))
		}
		from = at + len(home)
	}
}

// namesList reports whether an operator who gives keys has a list of that name, such as "zen".
func namesList(label string) bool {
	return slices.ContainsFunc(homes[:], func(h home) bool {
		return find(label+"."+h.zone) != nil || find(dnsbl.KeyMark+"."+label+"."+h.zone) != nil
	})
}

// lastLabel returns the letters, digits, hyphens and underscores at the end of s.
func lastLabel(s string) string {
	before := strings.TrimRightFunc(s, func(r rune) bool {
		return r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	})
	return s[len(before):]
}

// asciiLower lowers ASCII only, so that places in it are places in s.
func asciiLower(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return 'A' <= r && r <= 'Z' }) < 0 {
		return s
	}
	lower := []byte(s)
	for i, c := range lower {
		if c >= 'A' && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return string(lower)
}
