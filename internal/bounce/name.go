package bounce

import (
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
)

// host finds the list that a name is, or is below, or that has a page there.
func (f *finder) host(s *statement, begin, end int) {
	name := s.line[begin:end]
	if len(name) > 253 {
		name = name[len(name)-253:]
	}
	if !strings.Contains(name, ".") || !s.refuses() || begin > 0 && s.line[begin-1] == '@' || s.isNamedHost(begin, end) || negated(s.line[:begin]) {
		return
	}
	for at := 0; at < len(name); {
		if l := f.lists[name[at:]]; l != nil && l.Kind == dnsbl.Allow {
			return
		} else if l != nil {
			f.zones, f.listed = appendNew(f.zones, f.open(l)), end
			if addr, ok := reversed(name[:at]); ok {
				f.said.add(addr)
			}
			return
		}
		dot := strings.IndexByte(name[at:], '.')
		if dot < 0 {
			break
		}
		at += dot + 1
	}
	switch {
	case s.inPage(begin, end):
		if !s.isAdvice(begin, end) {
			f.page(name)
		}
	case s.namesList(begin, end):
		f.stranger(name)
	}
}

// isNamedHost says whether a name is that of a host: host NAME[ADDR] said, relay=NAME[ADDR].
func (s *statement) isNamedHost(begin, end int) bool {
	before, after := s.line[max(0, begin-20):begin], s.line[end:]
	return beginsWith(after, []string{"[", " ["}) && isReceiver(strings.TrimRight(before, " ="), "") || strings.HasSuffix(before, "host ") && !strings.HasSuffix(before, "client host ")
}

// negated says whether the words before the name of a list say that something is not on it.
func negated(before string) bool {
	before = before[max(0, len(before)-60):]
	clause := before[strings.LastIndexAny(before, ";!?")+1:]
	return containsAny(clause[strings.LastIndex(clause, ". ")+1:], "not listed", "n't listed", " not on ", " not in ", "no longer")
}

// inPage says whether a name is the host of a page: after :// or as www., or with a path behind it.
func (s *statement) inPage(begin, end int) bool {
	return strings.HasSuffix(s.line[:begin], "//") || strings.HasPrefix(s.line[begin:end], "www.") || end < len(s.line) && s.line[end] == '/'
}

// isAdvice says whether the first page of a list is named to look there: "check https://www.spamhaus.org/ and ...".
func (s *statement) isAdvice(begin, end int) bool {
	path := strings.TrimPrefix(s.line[end:], "/")
	return (path == "" || path[0] == ' ') && strings.Contains(s.line[max(0, begin-80):begin], "check ")
}

// namesList says whether the words before a name take it for a list, and not for the host that refused: by NAME [ADDR].
func (s *statement) namesList(begin, end int) bool {
	before := strings.TrimRight(s.line[max(0, begin-40):begin], " '\"<([:=")
	if rest, found := strings.CutPrefix(strings.TrimPrefix(s.line[end:], " "), "["); found && endsIn(before, []string{"by"}) {
		token, _, _ := strings.Cut(rest[:min(len(rest), 64)], "]")
		if addr, ok := parseAddr(token); ok && !addr.IsLoopback() {
			return false
		}
	}
	return endsIn(before, []string{"blocked using", "blocked by", "rejected using", "listed at", "listed in", "listed on", "listed by",
		"black list at", "blacklist at", "block list at", "blocklist at", "in blacklist", "in dnsbl", "in rbl", "in the rbl at", "lookup site", "found in"})
}

// stranger takes the name of a list that the caller does not know, perhaps of an entry in it. A name in the domain of an operator may have
// somebody's key in it: the domain alone is told, or the list that it stands for.
func (f *finder) stranger(name string) {
	if addr, zone, ok := entry(name); ok {
		f.said.add(addr)
		name = zone
	}
	labels := strings.Split(name, ".")
	if len(f.strangers) >= mostCounted || !isHost(name, labels) || f.page(name) {
		return
	}
	if domain := netspace.RegistrableDomain(name); f.domains[domain] {
		name = domain
	}
	if !slices.ContainsFunc(labels, isKey) || f.domains[name] {
		f.strangers = appendNew(f.strangers, name)
		return
	}
	f.strangers = appendNew(f.strangers, dnsbl.KeyMark+"."+netspace.RegistrableDomain(name))
}

// isKey says whether a label looks like somebody's key.
func isKey(label string) bool { return len(label) >= 16 && strings.ContainsAny(label, "0123456789") }

// entry parts the name of an entry, such as 25.2.0.192.dnsbl.example.
func entry(name string) (addr netip.Addr, zone string, ok bool) {
	labels := strings.Split(name, ".")
	for _, size := range [...]int{32, 4} {
		if len(labels) > size+1 {
			if addr, ok = reversed(strings.Join(labels[:size], ".")); ok {
				return addr, strings.Join(labels[size:], "."), true
			}
		}
	}
	return addr, name, false
}

// isHost says whether a name can be that of a list: labels of letters, digits and hyphens, the last one of letters. Lists have short names.
func isHost(name string, labels []string) bool {
	for _, label := range labels {
		if label == "" || label[0] == '-' {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(name) <= 80 && len(labels) > 1 && len(last) > 1 && strings.Trim(last, letters) == ""
}

// page takes a list for named whose page the text gives, and says whether there is one.
func (f *finder) page(host string) bool {
	if l := f.pages[strings.TrimPrefix(host, "www.")]; l != nil {
		f.implied = appendNew(f.implied, f.open(l))
		return true
	}
	found := false
	for i := range f.words {
		for _, site := range f.words[i].sites {
			if host == site || strings.HasSuffix(host, "."+site) {
				f.take(&f.words[i], true)
				found = true
			}
		}
	}
	return found
}

// word takes a list for named if a line has one of its words.
func (f *finder) word(w *word, line string) {
	if f.hasWord(w.sure, line) {
		f.take(w, false)
	} else if f.hasWord(w.general, line) {
		f.take(w, true)
	}
}

// hasWord says whether one of some words is in a line, other than to say that something is not there.
func (f *finder) hasWord(words []string, line string) bool {
	for _, says := range words {
		for at := 0; ; {
			next := strings.Index(line[at:], says)
			if next < 0 {
				break
			}
			at += next + len(says)
			if wholeWord(line, at-len(says), at) && !negated(line[:at-len(says)]) {
				return true
			}
		}
	}
	return false
}

// take adds what a word stands for.
func (f *finder) take(w *word, general bool) {
	switch {
	case w.zone == "":
		f.private = appendNew(f.private, w.operator)
	case f.lists[strings.TrimPrefix(w.zone, dnsbl.KeyMark+".")] == nil:
	case general:
		f.implied = appendNew(f.implied, w.zone)
	default:
		f.zones = appendNew(f.zones, w.zone)
	}
}

// wholeWord says whether a word of a text is no part of a longer one, nor of the name of a host or the address of a person.
func wholeWord(text string, begin, end int) bool {
	if begin > 0 {
		page := strings.Contains(text[begin:end], "/")
		switch c := text[begin-1]; {
		case c == '@', c == '.' && !page, alphanumeric(c) && alphanumeric(text[begin]):
			return false
		}
	}
	if end == len(text) || !alphanumeric(text[end-1]) {
		return true
	}
	switch c := text[end]; {
	case c == '.':
		return end+1 == len(text) || !alphanumeric(text[end+1])
	case c == '@':
		return false
	default:
		return !alphanumeric(c)
	}
}

func alphanumeric(c byte) bool { return c >= 'a' && c <= 'z' || isDigit(c) }
