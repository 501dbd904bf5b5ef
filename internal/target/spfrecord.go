package target

import (
	"net/netip"
	"strconv"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// A term is a word of an SPF record that says who may send, or where that is said (RFC 7208 sections 5 and 6).
type term struct {
	text    string       // as it was written
	kind    string       // all, include, a, mx, ptr, ip4, ip6, exists or redirect
	pass    bool         // it says who may send, not who may not
	macro   bool         // its name is a macro, which only stands for something while mail comes in
	name    string       // the domain that it names, "" for that of the record
	network netip.Prefix // of ip4 and ip6
	four    int          // of a and mx: how long the networks around the addresses are
	six     int
}

// isSPF says whether a TXT record is an SPF record (RFC 7208 section 4.5).
func isSPF(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	return strings.EqualFold(first, "v=spf1")
}

// parseSPF returns the terms of an SPF record that have a say, in their order and redirect last, and the words that are no terms.
func parseSPF(record string) (terms []term, faults []string) {
	_, record, _ = strings.Cut(record, " ")
	var redirect []term
	modifiers := map[string]bool{}
	ended := false // by "all": what follows has no say
	for _, word := range strings.FieldsFunc(record, func(r rune) bool { return r == ' ' }) {
		t, ok := parseTerm(word)
		modifier := t.kind == "redirect" || t.kind == "exp"
		switch {
		case !ok || modifier && modifiers[t.kind]:
			faults = append(faults, word)
		case modifier:
			modifiers[t.kind] = true
			if t.kind == "redirect" {
				redirect = []term{t}
			}
		case t.kind != "" && !ended:
			terms = append(terms, t)
			ended = t.kind == "all"
		}
	}
	if !ended {
		terms = append(terms, redirect...)
	}
	return terms, faults
}

// parseTerm reads a word. A modifier that has no say has no kind, but for exp.
func parseTerm(word string) (t term, ok bool) {
	if strings.ContainsFunc(word, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return t, false
	}
	t = term{text: word, pass: true, four: wholeIPv4, six: wholeIPv6}
	if name, value, found := strings.Cut(word, "="); found && isModifier(name) {
		switch name = strings.ToLower(name); name {
		case "redirect":
			t.kind = name
			return t, t.setName(":"+value, true)
		case "exp":
			t.kind = name
		}
		return t, true
	}
	if i := strings.IndexByte("+-~?", word[0]); i >= 0 {
		t.pass, word = i == 0, word[1:]
	}
	end := strings.IndexAny(word, ":/")
	if end < 0 {
		end = len(word)
	}
	t.kind = strings.ToLower(word[:end])
	return t, t.setValue(word[end:])
}

// isModifier says whether name may be the name of a modifier (RFC 7208 section 12).
func isModifier(name string) bool {
	return name != "" && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z') &&
		strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_.") == ""
}

// setValue reads what follows the name of a mechanism, and says whether that is right.
func (t *term) setValue(value string) bool {
	switch t.kind {
	case "all":
		return value == ""
	case "ip4", "ip6":
		return t.setNetwork(value)
	case "include", "exists":
		return t.setName(value, true)
	case "ptr":
		return t.setName(value, false)
	case "a", "mx":
		if !strings.Contains(value, "%") { // a macro may have slashes of its own
			value, six, hasSix := strings.Cut(value, "//")
			value, four, hasFour := strings.Cut(value, "/")
			return t.setName(value, false) && (!hasFour || setLength(&t.four, four)) && (!hasSix || setLength(&t.six, six))
		}
		return t.setName(value, false)
	}
	return false
}

// setLength reads the length of a network, which is at most what *length is.
func setLength(length *int, text string) bool {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > *length || strconv.Itoa(n) != text {
		return false
	}
	*length = n
	return true
}

// setNetwork reads the value of ip4 or ip6.
func (t *term) setNetwork(value string) bool {
	text, ok := strings.CutPrefix(value, ":")
	network, err := parseNetwork(text)
	t.network = network
	return ok && err == nil && strings.Contains(text, ":") == (t.kind == "ip6") && !strings.Contains(text, "%")
}

// setName reads the value of a term that names a domain.
func (t *term) setName(value string, needed bool) bool {
	if value == "" {
		return !needed
	}
	name, ok := strings.CutPrefix(value, ":")
	if strings.Contains(name, "%") {
		t.macro = true
		return ok && isMacro(name)
	}
	domain, err := dnsbl.ParseDomain(name)
	t.name = domain.Domain
	return ok && err == nil && strings.Contains(t.name, ".")
}

// isMacro says whether each % begins something that there is (RFC 7208 section 7.1).
func isMacro(name string) bool {
	for {
		_, rest, found := strings.Cut(name, "%")
		switch {
		case !found:
			return true
		case rest == "":
			return false
		case rest[0] == '{':
			if _, rest, found = strings.Cut(rest, "}"); !found {
				return false
			}
			name = rest
		case strings.IndexByte("%_-", rest[0]) < 0:
			return false
		default:
			name = rest[1:]
		}
	}
}

// quote returns foreign text in quotes, short and harmless.
func quote(s string) string {
	const most = 60
	harmless := func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune("|<>\"", r) {
			return '?'
		}
		return r
	}
	if len(s) > most {
		s = s[:most-3] + "..."
	}
	return `"` + strings.Map(harmless, s) + `"`
}
