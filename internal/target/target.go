// Package target turns what the user names into what is checked: addresses and domains.
//
// [Parse] reads one argument of -H: an address, a network, a range of addresses, a host name,
// domain:NAME, mx:NAME or spf:NAME. [Resolve] looks up the names among them and returns a [Found]:
// every address and domain once, in order, without a list of them in memory, and a line for
// everything that is not checked.
//
// The files build on each other in this order: network, mistake and target read arguments, found
// counts and enumerates, host looks up the addresses of one host, mx those of a domain's mail
// servers, spfrecord and spf what an SPF record permits, and resolve does all of it for many
// targets at a time.
package target

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
)

// A Target is one argument of the user: networks, or a name and what to check of it.
type Target struct {
	text     string         // as it was typed
	networks []netip.Prefix // several of a range, none of a name
	form     form
	name     string // in ASCII
	single   bool   // see Single
}

// Single reports whether the target is one subject whatever the DNS says: an address or
// domain:NAME. A network is never single, whatever its length.
func (t *Target) Single() bool { return t.single }

// String returns a name as it can be typed, with its form.
func (t *Target) String() string { return string(t.form) + t.name }

// LooksUp reports whether a target stands for what the DNS has at its name.
func (t *Target) LooksUp() bool { return t.name != "" && t.form != domainForm }

// A form is the prefix of a name, which tells what to check.
type form string

const (
	hostForm   form = ""        // the addresses of the host
	domainForm form = "domain:" // the name itself
	mxForm     form = "mx:"     // the addresses of the domain's mail servers
	spfForm    form = "spf:"    // the addresses that may send the domain's mail
)

// Allowed are the special-purpose addresses and special-use names that may be targets.
type Allowed struct {
	Private bool         // all but 127.0.0.1 and INVALID, as the lists are the user's own
	Lists   []dnsbl.List // that are queried: their test entries
}

// test reports whether an address or a domain is a test entry: that of RFC 5782, or of one of the
// lists.
func (a *Allowed) test(s dnsbl.Subject) bool {
	isTest := func(l dnsbl.List) bool { return slices.Contains(l.PositiveTests(s), s) }
	return isTest(dnsbl.List{Subjects: s.Kind()}) || slices.ContainsFunc(a.Lists, isTest)
}

const forms = "an address, network, range, host name, domain:NAME, mx:NAME or spf:NAME"

// An Error is what is wrong with one argument of -H.
type Error struct {
	Text string // as typed
	err  error
}

func (e *Error) Error() string {
	text := e.Text
	if text == "" || strings.ContainsAny(text, " \t\r\n") || strings.HasSuffix(text, ":") {
		text = strconv.Quote(text)
	}
	return fmt.Sprintf("-H %s: %v", text, e.err)
}

// ParseAll reads all targets. There must be at least one. An error about a target is an *Error.
func ParseAll(texts []string, allowed Allowed) ([]Target, error) {
	if len(texts) == 0 {
		return nil, errors.New("nothing to check. Use -H with an address or host, " +
			"such as -H 192.0.2.25 (see check_dnsbl -h)")
	}
	targets := make([]Target, len(texts))
	for i, text := range texts {
		var err error
		if targets[i], err = Parse(text, allowed); err != nil {
			return nil, &Error{text, err}
		}
	}
	return targets, nil
}

// Parse reads a target. It returns an error for networks that are too large, and for
// special-purpose addresses that are not allowed: no public list can list them, so that they would
// always be reported as not listed. Errors do not repeat the text.
func Parse(text string, allowed Allowed) (Target, error) {
	for _, form := range [...]form{domainForm, mxForm, spfForm} {
		if name, ok := strings.CutPrefix(text, string(form)); ok {
			domain, err := dnsbl.ParseDomain(name)
			if _, notAddress := netip.ParseAddr(name); name == "" || notAddress == nil {
				err = errors.New("must have a domain after the colon")
			}
			if err == nil && form == domainForm {
				err = checkDomain(domain, allowed)
			}
			t := Target{text: text, form: form, name: domain.Domain, single: form == domainForm}
			return t, err
		}
	}
	if network, err := parseNetwork(text); err == nil {
		networks, single := []netip.Prefix{network}, !strings.Contains(text, "/")
		t := Target{text: text, networks: networks, single: single}
		return t, checkNetworks(networks, text, allowed)
	}
	if networks, isRange, err := parseRange(text); err != nil {
		return Target{}, err
	} else if isRange {
		return Target{text: text, networks: networks}, checkNetworks(networks, text, allowed)
	}
	if text == "" {
		return Target{}, errors.New("must be " + forms)
	}
	if err := mistaken(text); err != nil {
		return Target{}, err
	}
	host, err := dnsbl.ParseDomain(text)
	if err != nil {
		return Target{}, errors.New("must be " + forms)
	}
	return Target{text: text, name: host.Domain}, nil
}

// checkDomain returns an error if a domain that the user typed cannot be checked. INVALID is the
// test entry that a list must not list (RFC 5782).
func checkDomain(s dnsbl.Subject, allowed Allowed) error {
	kind := netspace.SpecialUseName(s.Domain)
	switch {
	case kind == "" || allowed.test(s):
		return nil
	case s.Domain == "invalid":
		const never = "%s, never on any list (RFC 5782). Use a registered domain"
		return fmt.Errorf(never, withoutArticle(kind))
	case allowed.Private:
		return nil
	}
	return fmt.Errorf("%s, never on a public list. Use a registered domain, or only your own lists",
		withoutArticle(kind))
}

// checkNetworks returns an error if networks that the user typed as text cannot be checked.
func checkNetworks(networks []netip.Prefix, text string, allowed Allowed) error {
	first := networks[0]
	if largest := largest(first); first.Bits() < largest {
		return fmt.Errorf("too wide, must be /%d or smaller", largest)
	}
	if strings.Contains(text, "%") {
		return errors.New("must not have an interface after %")
	}
	kind := unlistable(networks, allowed.Private)
	switch {
	case kind == "" || first.IsSingleIP() && allowed.test(dnsbl.Subject{Addr: first.Addr()}):
		return nil
	case kind == neverListed:
		return fmt.Errorf("%s. Use the public address", withoutArticle(kind))
	}
	use := "the public address"
	if four, ok := netspace.Tunnel(first.Addr()); ok && netspace.SpecialPurpose(four) == "" {
		use = four.String()
	}
	return fmt.Errorf("%s, never on a public list. Use %s, or only your own lists",
		withoutArticle(kind), use)
}

// withoutArticle returns a noun phrase without its article. "in part a ..." stays as it is.
func withoutArticle(phrase string) string {
	for _, article := range [...]string{"a ", "an ", "the "} {
		phrase = strings.TrimPrefix(phrase, article)
	}
	return phrase
}
