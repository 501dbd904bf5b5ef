package netspace

import (
	_ "embed"
	"strings"
)

// tlds has a line for each top-level domain, of the day that its first line says.
//
//go:embed tlds.txt
var tlds string

// InDNS reports whether a name ends in a top-level domain of the public DNS, so that it can exist
// there. The name is in lower case, without a final dot.
func InDNS(name string) bool {
	tld := name[strings.LastIndexByte(name, '.')+1:]
	return tld != "" && strings.Contains(tlds, "\n"+tld+"\n")
}
