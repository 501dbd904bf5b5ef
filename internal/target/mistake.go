package target

import (
	"fmt"
	"net/netip"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// words are not hosts but what beginners type instead of an option.
var words = map[string]string{
	"help":      "-h",
	"version":   "-V",
	"list":      "--catalog",
	"lists":     "--catalog",
	"catalog":   "--catalog",
	"self-test": "--self-test",
	"selftest":  "--self-test",
	"bounce":    "--bounce FILE",
}

// mistaken returns an error with what to type instead of a text that is not a target, but close to
// one: an option without its hyphens, a URL, an e-mail address, or an address or host with a port
// or brackets.
func mistaken(text string) error {
	if option := words[strings.ToLower(text)]; option != "" {
		return fmt.Errorf("an option, not a host. Use %s", option)
	}
	if _, rest, isURL := strings.Cut(text, "://"); isURL {
		host := rest[strings.LastIndexByte(rest[:end(rest, "/?#")], '@')+1 : end(rest, "/?#")]
		if host = withoutPort(host); host != "" {
			return fmt.Errorf("a URL. Use -H %s", host)
		}
	}
	if local, domain, isMail := strings.Cut(text, "@"); isMail && isLocal(local) && isHost(domain) {
		return fmt.Errorf("an e-mail address. Use mx:%[1]s, spf:%[1]s or domain:%[1]s", domain)
	}
	if bare := withoutPort(text); bare != "" && bare != text {
		return fmt.Errorf("must not have a port or brackets. Use -H %s", bare)
	}
	return nil
}

// end returns the index of the first of these bytes, or the length of the text.
func end(text, bytes string) int {
	if i := strings.IndexAny(text, bytes); i >= 0 {
		return i
	}
	return len(text)
}

// withoutPort returns the address or host in "ADDR:PORT", "[IPv6]", "[IPv6]:PORT" or "HOST:PORT".
// It returns text if there is neither a port nor brackets, and "" if there is no address or host.
func withoutPort(text string) string {
	if inner, rest, closed := strings.Cut(strings.TrimPrefix(text, "["), "]"); closed {
		addr, err := netip.ParseAddr(inner)
		if err != nil || text[0] != '[' || rest != "" && !isPort(rest) {
			return ""
		}
		return addr.String()
	}
	host := text
	if colon := strings.LastIndexByte(text, ':'); colon >= 0 && isPort(text[colon:]) {
		host = text[:colon]
	}
	if _, err := netip.ParseAddr(host); err != nil && !isHost(host) {
		return ""
	}
	return host
}

// isPort reports whether text is a colon and a number.
func isPort(text string) bool {
	number, found := strings.CutPrefix(text, ":")
	return found && number != "" && strings.Trim(number, "0123456789") == ""
}

// isLocal reports whether text looks like the part of an e-mail address before the "@".
func isLocal(text string) bool {
	return text != "" && text[0] != '-' && !strings.ContainsAny(text, "=/:[]")
}

// isHost reports whether text can be the name of a host.
func isHost(text string) bool {
	_, err := dnsbl.ParseDomain(text)
	return err == nil
}
