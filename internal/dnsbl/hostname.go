package dnsbl

import (
	"strconv"
	"strings"
)

// maxName is the longest domain name in text form, without the final dot (RFC 1035 section 2.3.4).
const maxName = 253

// hostnameFault returns what is wrong with a host name, such as "is empty", or "". Unlike
// RFC 1123, Postfix allows underscores and rejects names that look like an address.
func hostnameFault(name string) string {
	if name == "" {
		return "is empty"
	}
	if len(name) > maxName {
		return "has more than 253 characters"
	}
	numeric := true
	for label := range strings.SplitSeq(name, ".") {
		if fault := labelFault(label); fault != "" {
			return fault
		}
		numeric = numeric && strings.Trim(label, "0123456789") == ""
	}
	if numeric {
		return "has only numbers"
	}
	return ""
}

// labelFault is hostnameFault for one label.
func labelFault(label string) string {
	switch {
	case label == "":
		return "has one dot too many"
	case len(label) > 63:
		return "has more than 63 characters between two dots"
	case label[0] == '-' || label[len(label)-1] == '-':
		return "has a hyphen beside a dot or at an end"
	}
	for i := range len(label) {
		c := label[i]
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return "has the invalid character " + characterName(label[i:i+1])
		}
	}
	return ""
}

// characterName names a character. Nagios shows a semicolon in the first line as a colon.
func characterName(c string) string {
	if c == ";" {
		return "semicolon"
	}
	return strconv.Quote(c)
}
