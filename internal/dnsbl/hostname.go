package dnsbl

import (
	"fmt"
	"strings"
)

// maxName is the longest domain name in text form, without the final dot (RFC 1035 section 2.3.4).
const maxName = 253

// hostnameFault returns why name is not a host name, in Postfix's words, "" if it is one. Unlike
// RFC 1123, Postfix allows underscores and rejects names that look like an address.
func hostnameFault(name string) string {
	if name == "" {
		return "empty hostname"
	}
	if len(name) > maxName {
		return "hostname too long"
	}
	numeric := true
	for label := range strings.SplitSeq(name, ".") {
		if fault := labelFault(label); fault != "" {
			return fault
		}
		numeric = numeric && strings.Trim(label, "0123456789") == ""
	}
	if numeric {
		return "numeric hostname"
	}
	return ""
}

// labelFault is hostnameFault for one label.
func labelFault(label string) string {
	switch {
	case label == "":
		return "misplaced delimiter"
	case len(label) > 63:
		return "hostname label too long"
	case label[0] == '-' || label[len(label)-1] == '-':
		return "misplaced hyphen"
	}
	for i := range len(label) {
		c := label[i]
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return fmt.Sprintf("invalid character %q", label[i:i+1])
		}
	}
	return ""
}
