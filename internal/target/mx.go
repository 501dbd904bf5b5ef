package target

import (
	"fmt"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/lookup"
	"check_dnsbl/internal/netspace"
)

// mostHosts is how many mail servers of a domain are looked up.
const mostHosts = 100

// findMX returns the addresses of those who take a domain's mail, the preferred ones first (RFC 5321 section 5.1).
func (s *search) findMX(name string) Found {
	answer := s.ask(name, dnsbl.MX)
	hosts := answer.Names
	switch {
	case answer.Cause != "":
		return Found{Gaps: []string{fmt.Sprintf("cannot look up %s (MX): %s", name, why(answer))}}
	case answer.NXDomain:
		return Found{Gaps: []string{none(name, "domain", "", answer)}}
	case len(hosts) == 0:
		hosts = []string{name} // which takes its mail itself then
	case isNull(hosts):
		return Found{Gaps: []string{noMail(name)}}
	}
	found, nothing := s.hosts(name, hosts, wholeIPv4, wholeIPv6)
	for i := range found.parts { // whoever takes the mail of many domains names the servers as they like
		p := &found.parts[i]
		p.anyName = netspace.RegistrableDomain(p.Host) != netspace.RegistrableDomain(name)
	}
	found.Gaps = append(found.Gaps, nothing...)
	return found
}

// isNull says whether the one MX record is a null MX.
func isNull(hosts []string) bool { return slices.Equal(hosts, []string{""}) }

func noMail(domain string) string {
	return fmt.Sprintf("%s takes no mail: it has a null MX (RFC 7505)", domain)
}

// hosts returns the addresses of a domain's mail servers, with the networks of these lengths around them, and why those that have none to check have none.
func (s *search) hosts(domain string, names []string, four, six int) (all Found, nothing []string) {
	names = once(slices.Clone(names))
	if len(names) > mostHosts {
		all.Gaps = append(all.Gaps, fmt.Sprintf("%s has %d mail servers: only the first %d are looked up", domain, len(names), mostHosts))
		names = names[:mostHosts]
	}
	each, why := make([]Found, len(names)), make([][]string, len(names))
	lookup.Each(len(names), len(names), func(i int) {
		host, err := dnsbl.ParseDomain(names[i])
		if err != nil {
			each[i].Gaps = []string{fmt.Sprintf("an MX record of %s names no host, but %s", domain, quote(names[i]))}
			return
		}
		each[i], why[i], _ = s.host(host.Domain, four, six)
	}, func(i int, reason any) { each[i] = broken(domain, reason) })
	for i := range each {
		all.add(&each[i])
		nothing = append(nothing, why[i]...)
	}
	return all, nothing
}
