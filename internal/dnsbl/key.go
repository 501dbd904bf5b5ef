package dnsbl

import (
	"strings"

	"check_dnsbl/internal/text"
)

// KeyMark stands in a zone, and in all output, for the user's key: "KEY.zen.example.net".
const KeyMark = text.KeyMark

// LowerZone returns a zone in lower case, except for a KeyMark that it begins with.
func LowerZone(zone string) string {
	if rest, keyed := strings.CutPrefix(zone, KeyMark+"."); keyed {
		return KeyMark + "." + strings.ToLower(rest)
	}
	return strings.ToLower(zone)
}

// maskKey returns s with KeyMark instead of the key, anywhere in it, in upper or lower case.
func maskKey(s, key string) string {
	if key == "" {
		return s
	}
	var masked strings.Builder
	for len(s) >= len(key) {
		if strings.EqualFold(s[:len(key)], key) {
			masked.WriteString(KeyMark)
			s = s[len(key):]
			continue
		}
		masked.WriteByte(s[0])
		s = s[1:]
	}
	return masked.String() + s
}
