package main

import (
	"fmt"
	"strings"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/options"
	"check_dnsbl/internal/report"
)

// catalogPage returns what --catalog prints: the table of all lists, or a page on each named list.
func catalogPage(t *options.Typed, format string) (string, error) {
	name := t.FirstGiven("hostname", "host", "self-test", "bounce", "fcrdns",
		"list", "server", "set", "exclude")
	if name != "" {
		return "", fmt.Errorf("--catalog asks nobody, and takes zones as arguments "+
			"without an option: leave out --%s", name)
	}
	all := catalog.All()
	lists := make([]dnsbl.List, len(t.Args()))
	for i, zone := range t.Args() {
		var err error
		if lists[i], err = catalog.Lookup(zone); err != nil {
			return "", fmt.Errorf("--catalog: %w", err)
		}
	}
	switch {
	case format == report.AsJSON && len(lists) == 0:
		return report.CatalogJSON(programName(), catalog.Date, all, all), nil
	case format == report.AsJSON:
		return report.CatalogJSON(programName(), catalog.Date, lists, all), nil
	case len(lists) == 0:
		return report.Catalog(all, catalog.Date), nil
	}
	pages := make([]string, len(lists))
	for i := range lists {
		pages[i] = report.CatalogPage(&lists[i], all)
	}
	return strings.Join(pages, "\n"), nil
}

// versionPage returns what -V prints: the version and, below it, the date of the catalog.
func versionPage(now time.Time) string {
	return programName() + "\n" + catalogDate(now) + "\n"
}

// catalogDate returns a line with the date of the catalog and, from 12 months on, a warning: lists
// end, move and change their rules, while a binary stays as it is.
func catalogDate(now time.Time) string {
	line := "catalog of " + catalog.Date
	if months := catalog.Age(now); months >= 12 {
		line += fmt.Sprintf(", %d months old: lists may have ended or changed since. "+
			"Install a newer check_dnsbl", months)
	}
	return line
}
