package main

import (
	"errors"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/suggest"

	"github.com/spf13/pflag"
)

// meant returns the known word that another was meant to be, or "". Nothing is said of what may hold a key, nor with it.
func meant(word string, known []string) string {
	if mayHoldKey(word) {
		return ""
	}
	return suggest.Closest(word, slices.DeleteFunc(slices.Clone(known), mayHoldKey))
}

// mayHoldKey says whether a word is not to be shown as it is, or is the name of a list that a key stands before.
func mayHoldKey(word string) bool {
	return catalog.Mask(word) != word || strings.Contains(word, dnsbl.KeyMark)
}

// meantOption returns the option that was meant by one that nobody knows, if that is what is wrong, or "".
func meantOption(err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return ""
	}
	var names []string
	for _, group := range groups(&rawFlags{}) {
		group.Options.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	}
	if name := meant(unknown.GetSpecifiedName(), names); name != "" {
		return "--" + name
	}
	return ""
}
