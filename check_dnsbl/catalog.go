package main

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/suggest"

	"github.com/spf13/pflag"
)

// catalogPage returns what --catalog prints: the table of all lists, or a page on each that is named.
func catalogPage(fs *pflag.FlagSet, output string) (string, error) {
	for _, name := range []string{"hostname", "host", "self-test", "bounce", "fcrdns", "list", "server", "set", "exclude"} {
		if fs.Changed(name) {
			return "", fmt.Errorf("--catalog asks nobody, and takes zones as arguments without an option: leave out --%s", name)
		}
	}
	all := catalog.All()
	lists := make([]dnsbl.List, fs.NArg())
	for i, zone := range fs.Args() {
		l, known := catalog.Find(strings.TrimSuffix(zone, "."))
		if !known || l.Name == "" { // whatever is below an operator's home for keys is found, but nothing is known of it
			return "", fmt.Errorf("--catalog: %q is no list of the catalog: want a zone, such as zen.spamhaus.org; --catalog alone names all%s", zone, suggest.DidYouMean(meantLists(zone)))
		}
		lists[i] = l
	}
	switch {
	case output == asJSON && len(lists) == 0:
		return report.CatalogJSON(programName(), all, all), nil
	case output == asJSON:
		return report.CatalogJSON(programName(), lists, all), nil
	case len(lists) == 0:
		return report.Catalog(all), nil
	}
	pages := make([]string, len(lists))
	for i := range lists {
		pages[i] = report.CatalogPage(&lists[i], all)
	}
	return strings.Join(pages, "\n"), nil
}

// meantLists returns the zone that was meant by one that no list has, or the first few lists with the words in their names, or "".
func meantLists(words string) string {
	if near := meant(words, catalog.ActiveZones()); near != "" || len(words) < 3 || mayHoldKey(words) {
		return near
	}
	var zones []string
	for _, l := range catalog.All() {
		named := strings.Contains(strings.ToLower(l.Zone+" "+l.Name+" "+l.Operator), strings.ToLower(words))
		if named && l.Status == dnsbl.Active && !mayHoldKey(l.Zone) {
			zones = append(zones, l.Zone)
		}
	}
	return strings.Join(zones[:min(3, len(zones))], " or ")
}
