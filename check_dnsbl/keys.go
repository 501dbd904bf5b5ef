package main

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
)

// keyOption tells how the key of a list is given.
func keyOption(l *dnsbl.List) string {
	if l.KeyOf == "" {
		return "only lists of " + strings.Join(catalog.KeyOperators(), ", ") + " can have one"
	}
	return fmt.Sprintf("--key %s=KEY", l.KeyOf)
}
