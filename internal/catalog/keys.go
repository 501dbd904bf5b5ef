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

// AssignedIn returns what an argument has after the name of such an operator, or one of its zones, and "=" or ":": a key, unless
// it is a filter.
func AssignedIn(arg string) []string {
	var values []string
	lower := asciiLower(arg)
	for _, h := range homes {
		for _, name := range [...]string{h.operator, h.zone, h.open} {
			if name != "" {
				values = append(values, after(arg, lower, name)...)
			}
		}
	}
	return values
}

// after returns what follows a name and a sign of assignment, at each place of the name; lower is the argument in lower case.
func after(arg, lower, name string) []string {
	var values []string
	for at := strings.Index(lower, name); at >= 0; {
		rest := strings.TrimLeft(arg[at+len(name):], " ")
		if rest != "" && (rest[0] == '=' || rest[0] == ':') {
			values = append(values, strings.TrimLeft(rest[1:], " "))
		}
		next := strings.Index(lower[at+len(name):], name)
		if next < 0 {
			break
		}
		at += len(name) + next
	}
	return values
}

// KeysIn returns what looks like a key in an argument with the name of such an operator in it: what was typed nearly right is still
// a secret.
func KeysIn(arg string) []string {
	lower := asciiLower(arg)
	if !slices.ContainsFunc(KeyOperators(), func(operator string) bool { return strings.Contains(lower, operator) }) {
		return nil
	}
	return KeyLike(arg)
}

// KeyLike returns the runs of letters and digits in a text that are as long as keys are and, unlike names, have digits among them.
func KeyLike(text string) []string {
	const short = 20
	runs := strings.FieldsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	return slices.DeleteFunc(runs, func(run string) bool { return len(run) < short || !strings.ContainsAny(run, "0123456789") })
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

// Mask returns a line of our own with KeyMark for whatever may be a key in what it quotes: all that stands before the
// list's own label in an operator's zone for lists with keys, from the last quote or blank on.
func Mask(s string) string {
	for _, h := range homes {
		s = maskBefore(s, "."+h.zone)
	}
	return s
}

// maskBefore masks what stands before the label before home, wherever home is in s.
func maskBefore(s, home string) string {
	masked := ""
	for {
		at := strings.Index(asciiLower(s), home)
		if at < 0 {
			return masked + s
		}
		begin := strings.LastIndexAny(s[:at], "\"' \t,") + 1
		if label := strings.LastIndex(s[begin:at], "."); label > 0 {
			masked += s[:begin] + dnsbl.KeyMark + s[begin+label:at+len(home)]
		} else {
			masked += s[:at+len(home)]
		}
		s = s[at+len(home):]
	}
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
