package catalog

import (
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// KeyOperators returns the operators whose lists take a key, as users name them.
func KeyOperators() []string {
	var names []string
	for _, o := range operators {
		if o.key != "" {
			names = append(names, o.key)
		}
	}
	return names
}

// keyedForm returns the zone with a key that has the same list as a zone without one, or "":
// "KEY.zen.dq.spamhaus.net" for "zen.spamhaus.org".
func keyedForm(zone string) string {
	for _, k := range keyedZones {
		label, below := strings.CutSuffix(zone, "."+k.open)
		if k.open == "" || !below || strings.Contains(label, ".") {
			continue
		}
		keyed := dnsbl.KeyMark + "." + label + "." + k.zone
		if k.open == k.zone || find(keyed) != nil {
			return keyed
		}
	}
	return ""
}

// keyOf returns the operator whose key opens the list of a zone, or its keyed form, or "".
func keyOf(zone string) string {
	if keyed := keyedForm(zone); keyed != "" {
		zone = keyed
	}
	return operatorOfKey(zone)
}

// operatorOfKey returns the operator of the keyed zone that a zone is in, or "".
func operatorOfKey(zone string) string {
	for operator, k := range keyedZones {
		if strings.HasSuffix(zone, "."+k.zone) {
			return operator
		}
	}
	return ""
}

// cutKey cuts a zone below a keyed zone into the key and the zone of the list, which is in lower
// case. The key is "" if there is none.
func cutKey(zone string) (key, list string) {
	lower := asciiLower(zone)
	for _, k := range keyedZones {
		before, below := strings.CutSuffix(lower, "."+k.zone)
		if at := strings.LastIndex(before, "."); below && at > 0 {
			return zone[:at], lower[at+1:]
		}
	}
	return "", ""
}

// Mask returns a message that quotes what a user typed, with KeyMark for all that stands where an
// operator's zone has its key: from the last quote, comma or blank to the list's own label, as in
// "KEY.zen.dq.spamhaus.net" or "not.a.key.zen.dq.spamhaus.net".
func Mask(s string) string {
	for _, k := range keyedZones {
		s = maskBefore(s, "."+k.zone)
	}
	return s
}

// maskBefore masks what stands before the label before zone, wherever zone is in s. It begins with
// a dot.
func maskBefore(s, zone string) string {
	var masked strings.Builder
	lower := asciiLower(s)
	for at := strings.Index(lower, zone); at >= 0; at = strings.Index(lower, zone) {
		begin, end := strings.LastIndexAny(s[:at], "\"' \t,")+1, at+len(zone)
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
	for _, k := range keyedZones {
		labels = append(labels, labelsBefore(s, lower, k.zone, true)...)
		if k.open != "" && k.open != k.zone {
			labels = append(labels, labelsBefore(s, lower, k.open, false)...)
		}
	}
	return labels
}

// labelsBefore returns the labels where the lists below zone have their keys, wherever zone is in
// s, in any top-level domain; lower is s in lower case. If the zone is not keyed, only what stands
// before a list of the catalog counts.
func labelsBefore(s, lower, zone string, keyed bool) []string {
	var labels []string
	stem := "." + zone[:strings.LastIndexByte(zone, '.')+1]
	for from := 0; ; {
		at := strings.Index(lower[from:], stem)
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
			label := lastLabel(s[from:before])
			if s[before] != ',' || !endsEntry(s[from:before], label) {
				labels = append(labels, label)
			}
		}
		from = at + len(stem)
	}
}

// endsEntry reports whether a label is only the last part of s: of a zone, as in "bl.internal", or
// the day of "bl.example@2026-12-31". Before a comma it is that of another entry, and not a key.
func endsEntry(s, label string) bool {
	before := strings.TrimSuffix(s, label)
	return strings.HasSuffix(before, ".") || strings.HasSuffix(before, "@")
}

// namesList reports whether a keyed zone has a list with that label, such as "zen".
func namesList(label string) bool {
	for _, k := range keyedZones {
		zone := label + "." + k.zone
		if find(zone) != nil || find(dnsbl.KeyMark+"."+zone) != nil {
			return true
		}
	}
	return false
}

// lastLabel returns the letters, digits, hyphens and underscores at the end of s.
func lastLabel(s string) string {
	before := strings.TrimRightFunc(s, func(r rune) bool {
		return r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	})
	return s[len(before):]
}

// asciiLower returns s with ASCII letters in lower case: places in it are places in s.
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
