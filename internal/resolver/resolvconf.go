package resolver

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"
)

// Port is the port of DNS servers.
const Port = 53

const (
	maxServers  = 3  // as resolv.conf(5) has it
	maxTimeout  = 30 // seconds, likewise
	maxAttempts = 5  // likewise
)

// ParseResolver parses the address of a resolver, with a port or without: "192.0.2.53",
// "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]", "[2001:db8::53]:5353", "fe80::1%eth0".
func ParseResolver(s string) (netip.AddrPort, error) {
	bare := s
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		bare = s[1 : len(s)-1]
	}
	addr, err := netip.ParseAddr(bare)
	if err == nil && (bare == s || addr.Is6()) && plainZone(addr) {
		return netip.AddrPortFrom(addr.Unmap(), Port), nil
	}
	resolver, err := netip.ParseAddrPort(s)
	if err != nil || resolver.Port() == 0 || !plainZone(resolver.Addr()) {
		const form = "must be an IP address, ADDR:PORT or [IPv6]:PORT"
		return netip.AddrPort{}, fmt.Errorf("resolver %q: %s", s, form)
	}
	return netip.AddrPortFrom(resolver.Addr().Unmap(), resolver.Port()), nil
}

// plainZone reports whether the zone of an address is empty, or can be the name of an interface: it
// is printed.
func plainZone(addr netip.Addr) bool {
	return !strings.ContainsFunc(addr.Zone(), func(r rune) bool {
		return !strings.ContainsRune("_.-", r) &&
			(r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
}

// ReadResolvConf returns the client that the system's resolv.conf(5) describes, with the options
// in RES_OPTIONS. As there, a missing file means the resolver on this host. It reads regular files
// only: a pipe may never end.
func ReadResolvConf(path string) (Client, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		const wrong = "%s is not a regular file. Use --resolver ADDR"
		return Client{}, fmt.Errorf(wrong, path)
	}
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		if at := new(fs.PathError); errors.As(err, &at) {
			err = at.Err
		}
		return Client{}, fmt.Errorf("cannot read %s: %w. Use --resolver ADDR", path, err)
	}
	return parseResolvConf(string(text) + "\noptions " + os.Getenv("RES_OPTIONS")), nil
}

// parseResolvConf reads name servers and options as glibc does, and ignores what it does not know.
// It ignores the search list too, as names on lists are absolute.
func parseResolvConf(text string) Client {
	var c Client
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		switch words[0] {
		case "nameserver":
			addr, err := netip.ParseAddr(words[1])
			if err == nil && plainZone(addr) && len(c.Resolvers) < maxServers {
				c.Resolvers = append(c.Resolvers, netip.AddrPortFrom(addr.Unmap(), Port))
			}
		case "options":
			for _, option := range words[1:] {
				c = withOption(c, option)
			}
		}
	}
	if len(c.Resolvers) == 0 {
		c.Assumed = true
		local := netip.AddrFrom4([4]byte{127, 0, 0, 1})
		c.Resolvers = []netip.AddrPort{netip.AddrPortFrom(local, Port)}
	}
	return c
}

// withOption returns the client with one of the options of resolv.conf(5). A timeout can only
// shorten the wait: see defaultWait.
func withOption(c Client, option string) Client {
	name, value, _ := strings.Cut(option, ":")
	n, err := strconv.Atoi(value)
	switch {
	case name == "rotate":
		c.Rotate = true
	case name == "use-vc": // a virtual circuit (RFC 1035 section 4.2)
		c.TCP = true
	case err != nil:
	case name == "timeout":
		c.Wait = min(time.Duration(min(max(n, 1), maxTimeout))*time.Second, defaultWait)
	case name == "attempts":
		c.Rounds = min(max(n, 1), maxAttempts)
	}
	return c
}
