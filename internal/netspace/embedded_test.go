package netspace

import (
	"net/netip"
	"testing"
)

func TestTranslated(t *testing.T) {
	for network, want := range map[string]string{
		"::ffff:192.0.2.25/128":   "192.0.2.25/32",
		"::ffff:c000:219/128":     "192.0.2.25/32",
		"::ffff:192.0.2.0/120":    "192.0.2.0/24",
		"64:ff9b::192.0.2.25/128": "192.0.2.25/32",
		"64:ff9b::c000:219/128":   "192.0.2.25/32",
		"64:ff9b::/96":            "0.0.0.0/0",
		"64:ff9b::/95":            "invalid Prefix",
		"64:ff9b:0:0:0:1::/128":   "invalid Prefix",
		"64:ff9b:1::c000:219/128": "invalid Prefix",
		"2001:db8::c000:219/128":  "invalid Prefix",
		"192.0.2.25/32":           "invalid Prefix",
	} {
		got, ok := Translated(netip.MustParsePrefix(network))
		if got.String() != want || ok != got.IsValid() {
			t.Errorf("Translated(%s) = %s, %v, want %s", network, got, ok, want)
		}
	}
}

func TestTunnel(t *testing.T) {
	for addr, want := range map[string]string{
		"2002:c000:219::1":                     "192.0.2.25", // 6to4
		"::192.0.2.25":                         "192.0.2.25", // IPv4-compatible
		"::ffff:0:192.0.2.25":                  "192.0.2.25", // IPv4-translated
		"2001:0:cb00:7101:8000:63bf:3fff:fde6": "192.0.2.25", // Teredo, by way of 203.0.113.1
		"2001:db8::5efe:192.0.2.25":            "192.0.2.25", // ISATAP
		"fe80::200:5efe:192.0.2.25":            "192.0.2.25",
		"2001:db8::25":                         "invalid IP",
		"64:ff9b::192.0.2.25":                  "invalid IP", // not a tunnel: see Translated
		"::ffff:192.0.2.25":                    "invalid IP",
		"192.0.2.25":                           "invalid IP",
	} {
		got, ok := Tunnel(netip.MustParseAddr(addr))
		if got.String() != want || ok != got.IsValid() {
			t.Errorf("Tunnel(%s) = %s, %v, want %s", addr, got, ok, want)
		}
	}
}
