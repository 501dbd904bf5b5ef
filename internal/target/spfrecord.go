package target

import (
	"net/netip"
	"strconv"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// A term is a mechanism of an SPF record, or its redirect (RFC 7208 sections 5 and 6).
type term struct {
	text    string       // as in the record
	kind    string       // all, include, a, mx, ptr, ip4, ip6, exists, redirect or exp
	pass    bool         // it lets addresses send: its qualifier is "+", or missing
	macro   bool         // the domain has a macro (RFC 7208 section 7): only a receiver knows it
	name    string       // the domain; "" for that of the record
	network netip.Prefix // of ip4 and ip6
	bits4   int          // of a and mx: the prefix lengths of the networks around the addresses
	bits6   int
}

// isSPF reports whether a TXT record is an SPF record (RFC 7208 section 4.5).
func isSPF(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	return strings.EqualFold(first, "v=spf1")
}

// parseSPF returns the terms of an SPF record that have an effect, in order with redirect last, and
// the words that are invalid or a modifier too many. Terms after "all" have no effect, nor has a
// redirect in a record with "all" (RFC 7208 sections 5.1 and 6.1).
func parseSPF(record string) (terms []term, invalid []string) {
	_, record, _ = strings.Cut(record, " ")
	var redirect []term
	modifiers := map[string]bool{}
	ended := false // by "all"
	for _, word := range strings.FieldsFunc(record, func(r rune) bool { return r == ' ' }) {
		t, ok := parseTerm(word)
		modifier := t.kind == "redirect" || t.kind == "exp"
		switch {
		case !ok || modifier && modifiers[t.kind]:
			invalid = append(invalid, word)
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
	return terms, invalid
}

// parseTerm reads a word of a record, and reports whether it is valid. An unknown modifier is valid
// and has no kind.
func parseTerm(word string) (t term, ok bool) {
	if strings.ContainsFunc(word, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return t, false
	}
	t = term{text: word, pass: true, bits4: singleIPv4, bits6: singleIPv6}
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

// isModifier reports whether name can be the name of a modifier (RFC 7208 section 12).
func isModifier(name string) bool {
	return name != "" && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z') &&
		strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_.") == ""
}

// setValue reads what follows the name of a mechanism, such as ":example.com/24//64" of a, and
// reports whether it is valid.
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
			value, length6, has6 := strings.Cut(value, "//")
			value, length4, has4 := strings.Cut(value, "/")
			return t.setName(value, false) &&
				(!has4 || setLength(&t.bits4, length4)) && (!has6 || setLength(&t.bits6, length6))
		}
		return t.setName(value, false)
	}
	return false
}

// setLength reads a prefix length, of at most *length, into it.
func setLength(length *int, text string) bool {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > *length || strconv.Itoa(n) != text {
		return false
	}
	*length = n
	return true
}

// setNetwork reads the value of ip4 or ip6, such as ":192.0.2.0/24".
func (t *term) setNetwork(value string) bool {
	text, ok := strings.CutPrefix(value, ":")
	network, err := parseNetwork(text)
	t.network = network
	isIPv6, hasZone := strings.Contains(text, ":"), strings.Contains(text, "%")
	return ok && err == nil && isIPv6 == (t.kind == "ip6") && !hasZone
}

// setName reads the value of a term with a domain, such as ":example.com".
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

// isMacro reports whether each % in a domain starts a macro or an escape (RFC 7208 section 7.1).
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
