package netspace

import (
	"slices"
	"strings"
)

// RegistrableDomain returns the domain of a host name that its owner registered, such as
// example.com of mail.example.com and example.co.uk of mail.example.co.uk. name is in lower case,
// without a final dot. A name that is registrable or shorter is returned as it is.
//
// This is an approximation: two labels, or three below second-level domains such as co.uk. The
// public suffix list would be exact, but adds 2.2 MB to the program (24 %), and has to be updated.
// Where it errs the result is usually too short, so that two owners share it.
func RegistrableDomain(name string) string {
	labels := strings.Split(name, ".")
	size := 2
	if hasSecondLevel(labels) || strings.HasSuffix(name, ".me.uk") {
		size = 3
	}
	return strings.Join(labels[max(0, len(labels)-size):], ".")
}

// SpecialUseName returns a noun phrase with its article for a domain name that no one can register,
// such as "a special-use name (RFC 6761)", or "". The domains for examples and tests are left out,
// like the addresses for documentation. name is as for [RegistrableDomain].
func SpecialUseName(name string) string {
	for _, row := range [...]struct{ domain, is string }{
		{"invalid", "a special-use name (RFC 6761)"},
		{"localhost", "a special-use name (RFC 6761)"},
		{"local", "a special-use name (RFC 6762)"},
		{"onion", "a special-use name (RFC 7686)"},
		{"alt", "a special-use name (RFC 9476)"},
		{"arpa", "a name of the DNS infrastructure (RFC 3172)"}, // home.arpa too (RFC 8375)
		{"internal", "a name for private use"},                  // reserved by ICANN in 2024
	} {
		if name == row.domain || strings.HasSuffix(name, "."+row.domain) {
			return row.is
		}
	}
	if !strings.Contains(name, ".") {
		return "a top-level domain"
	}
	return ""
}

// hasSecondLevel reports whether a name ends in a country code below which names are registered
// in a second-level domain, such as co.uk or com.br.
func hasSecondLevel(labels []string) bool {
	generic := []string{"ac", "co", "com", "edu", "gov", "net", "ne", "or", "org"}
	n := len(labels)
	return n > 2 && len(labels[n-1]) == 2 && slices.Contains(generic, labels[n-2])
}
