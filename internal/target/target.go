// Package target turns what the user names into what is checked: addresses and domains.
//
// [Parse] reads one argument of -H: an address, a network, a host name, domain:NAME, mx:NAME or
// spf:NAME. [Resolve] looks up the names among them and returns a [Found]: every address and domain
// once, in order, without a list of them in memory, and a line for everything that is not checked.
//
// The files build on each other in this order: network and target read arguments, found counts and
// enumerates, host looks up the addresses of one host, mx those of a domain's mail servers,
// spfrecord and spf what an SPF record permits, and resolve does all of it for many targets at a
// time.
package target

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
)

// A Target is one argument of the user: a network, or a name and what to check of it.
type Target struct {
	network netip.Prefix // not valid for a name
	form    form
	name    string // in ASCII
}

// A form is the prefix of a name, which tells what to check.
type form string

const (
	hostForm   form = ""        // the addresses of the host
	domainForm form = "domain:" // the name itself
	mxForm     form = "mx:"     // the addresses of the domain's mail servers
	spfForm    form = "spf:"    // the addresses that may send the domain's mail
)

// Parse reads a target. It returns an error for networks that are too large, and for
// special-purpose addresses unless allowPrivate is set: no public list can list them, but the
// user's own lists may. 127.0.0.0/8 is always allowed, as the test entries of lists are there.
func Parse(text string, allowPrivate bool) (Target, error) {
	for _, form := range [...]form{domainForm, mxForm, spfForm} {
		if name, ok := strings.CutPrefix(text, string(form)); ok {
			domain, err := dnsbl.ParseDomain(name)
			return Target{form: form, name: domain.Domain}, err
		}
	}
	if network, err := parseNetwork(text); err == nil {
		return Target{network: network}, checkNetwork(text, network, allowPrivate)
	}
	if text == "" {
		return Target{}, errors.New("the target is empty: " +
			"want an address, a network, a host name, domain:NAME, mx:NAME or spf:NAME")
	}
	host, err := dnsbl.ParseDomain(text)
	if err != nil {
		return Target{}, fmt.Errorf(
			"%q is no address, network, host name, domain:NAME, mx:NAME or spf:NAME", text)
	}
	return Target{name: host.Domain}, nil
}

// checkNetwork returns an error if a network that the user typed cannot be checked.
func checkNetwork(text string, network netip.Prefix, allowPrivate bool) error {
	if largest := largest(network); network.Bits() < largest {
		return fmt.Errorf("%s is too wide: want a /%d or smaller", text, largest)
	}
	if strings.Contains(text, "%") {
		return fmt.Errorf("%s has a zone: want an address that the Internet sees", text)
	}
	kind := specialPurpose(network)
	if kind == "" || kind == netspace.Loopback || allowPrivate {
		return nil
	}
	return fmt.Errorf("%s is %s, which no public list can know: "+
		"want the address that the Internet sees, or only lists of your own", text, kind)
}
