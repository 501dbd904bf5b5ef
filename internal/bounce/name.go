package bounce

import (
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// inPage says whether a name is the host of a page: after :// or as www., or with a path behind it.
func (s *statement) inPage(begin, end int) bool {
	return strings.HasSuffix(s.line[:begin], "//") || strings.HasPrefix(s.line[begin:end], "www.") || end < len(s.line) && s.line[end] == '/'
}

// namesList says whether the words before a name take it for a list.
func (s *statement) namesList(begin int) bool {
	before := strings.TrimRight(s.line[max(0, begin-40):begin], " '\"<([:=")
	return endsIn(before, []string{"blocked using", "blocked by", "rejected using", "listed at", "listed in", "listed on", "listed by", "blacklisted by",
		"black list at", "blacklist at", "block list at", "blocklist at", "in blacklist", "in dnsbl", "in rbl", "in the rbl at", "lookup site", "found in"})
}

// isHost says whether a name can be that of a list: labels of letters, digits and hyphens, the last one of letters. Lists have short names.
func isHost(name string) bool {
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if label == "" || label[0] == '-' {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(name) <= 80 && len(labels) > 1 && len(last) > 1 && strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == ""
}

// page takes a list for named whose page the text gives.
func (f *finder) page(host string) {
	if l := f.pages[strings.TrimPrefix(host, "www.")]; l != nil {
		f.implied = appendNew(f.implied, f.open(l), mostZones)
		return
	}
	for _, w := range f.words {
		if w.site && (host == w.says || strings.HasSuffix(host, "."+w.says)) {
			f.take(w)
		}
	}
}

// word takes a list for named if the text has its word.
func (f *finder) word(w word, text string) {
	for at := 0; !w.site; {
		next := strings.Index(text[at:], w.says)
		if next < 0 {
			return
		}
		at += next + len(w.says)
		if wholeWord(text, at-len(w.says), at) {
			f.take(w)
			return
		}
	}
}

// take adds what a word stands for.
func (f *finder) take(w word) {
	switch {
	case w.zone == "":
		f.names = appendNew(f.names, w.name, mostZones)
	case f.lists[strings.TrimPrefix(w.zone, dnsbl.KeyMark+".")] == nil:
	case w.general:
		f.implied = appendNew(f.implied, w.zone, mostZones)
	default:
		f.zones = appendNew(f.zones, w.zone, mostZones)
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
