package bounce

import (
	"net/netip"
	"strings"

	"check_dnsbl/internal/netspace"
)

// parseAddr reads an address, which may have a word before it as in ip:192.0.2.25 and IPv6:2001:db8::25, or a port after it.
func parseAddr(token string) (netip.Addr, bool) {
	if len(token) > 64 || strings.Count(token, ".") < 3 && strings.Count(token, ":") < 2 {
		return netip.Addr{}, false
	}
	if addr, err := netip.ParseAddr(token); err == nil {
		return addr.Unmap(), true
	}
	word, rest, colon := strings.Cut(token, ":")
	if !colon {
		return netip.Addr{}, false
	}
	for _, part := range [...]string{rest, word} {
		if addr, err := netip.ParseAddr(part); err == nil {
			return addr.Unmap(), true
		}
	}
	return netip.Addr{}, false
}

// reversed reads what stands before a zone in the name of an entry, and perhaps a key between them: 25.2.0.192 for 192.0.2.25, or the
// nibbles of an IPv6 address.
func reversed(labels string) (netip.Addr, bool) {
	parts := strings.Split(strings.TrimSuffix(labels, "."), ".")
	for _, size := range [...]int{32, 4} {
		if len(parts) != size && len(parts) != size+1 {
			continue
		}
		var text strings.Builder
		for i := size - 1; i >= 0; i-- {
			text.WriteString(parts[i])
			switch {
			case i > 0 && size == 4:
				text.WriteByte('.')
			case i > 0 && i%4 == 0:
				text.WriteByte(':')
			}
		}
		if addr, err := netip.ParseAddr(text.String()); err == nil {
			return addr, true
		}
	}
	return netip.Addr{}, false
}

// public says whether an address may be one that the Internet sees, and lists know.
func public(addr netip.Addr) bool {
	assigned := addr.Is4() || addr.As16()[0]>>5 == 1 // 2000::/3
	return assigned && netspace.SpecialPurpose(addr) == ""
}
