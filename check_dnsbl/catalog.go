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

// catalogPage returns what --catalog prints: a page on each zone that is an argument, or else the
// table of the lists of -l, --set and -x, or of all.
func catalogPage(t *options.Typed, format string) (string, error) {
	name := t.FirstGiven("hostname", "host", "self-test", "bounce", "fcrdns",
		"use-ipv4", "use-ipv6")
	if name != "" {
		return "", fmt.Errorf("--catalog sends no queries. Drop --%s", name)
	}
	filters := t.FirstGiven("list", "server", "set", "exclude")
	if filters != "" && len(t.Args()) > 0 {
		return "", fmt.Errorf("--catalog %q: must not be used with --%s", t.Args()[0], filters)
	}
	all := catalog.All()
	lists := all
	var err error
	switch {
	case len(t.Args()) > 0:
		lists, err = lookedUp(t.Args())
	case filters != "":
		lists, err = selected(t)
	}
	switch {
	case err != nil:
		return "", err
	case format == report.AsJSON:
		return report.CatalogJSON(programName(), catalog.Date, lists, all), nil
	case len(t.Args()) == 0:
		return report.Catalog(lists, catalog.Date), nil
	}
	pages := make([]string, len(lists))
	for i := range lists {
		pages[i] = report.CatalogPage(&lists[i], all)
	}
	return strings.Join(pages, "\n"), nil
}

// lookedUp returns the lists of the catalog with these zones.
func lookedUp(zones []string) ([]dnsbl.List, error) {
	lists := make([]dnsbl.List, len(zones))
	for i, zone := range zones {
		var err error
		if lists[i], err = catalog.Lookup(zone); err != nil {
			return nil, fmt.Errorf("--catalog %w", err)
		}
	}
	return lists, nil
}

// selected returns the lists of the catalog that -l, --set and -x select, those among them that a
// check would not query too.
func selected(t *options.Typed) ([]dnsbl.List, error) {
	selection, err := catalog.Select(catalog.Request{
		Lists: t.Lists, Sets: t.Sets, Excluded: t.Excluded,
	})
	if err != nil {
		return nil, err
	}
	lists := selection.Lists
	for _, skipped := range selection.Skipped {
		lists = append(lists, skipped.List)
	}
	for i := range lists {
		if lists[i].Name == "" {
			_, err := catalog.Lookup(lists[i].Zone)
			return nil, fmt.Errorf("-l %w", err)
		}
	}
	return lists, nil
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
