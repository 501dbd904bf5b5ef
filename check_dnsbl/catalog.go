package main

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"

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
			return "", fmt.Errorf("--catalog: %q is no list of the catalogue: want a zone, such as zen.spamhaus.org; --catalog alone names all", zone)
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
