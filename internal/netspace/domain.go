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

// hasSecondLevel reports whether a name ends in a country code below which names are registered
// in a second-level domain, such as co.uk or com.br.
func hasSecondLevel(labels []string) bool {
	generic := []string{"ac", "co", "com", "edu", "gov", "net", "ne", "or", "org"}
	n := len(labels)
	return n > 2 && len(labels[n-1]) == 2 && slices.Contains(generic, labels[n-2])
}
