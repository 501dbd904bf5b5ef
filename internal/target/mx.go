package target

import (
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/parallel"
)

// maxMXHosts is the number of mail servers of a domain that are looked up. Large providers have
// about ten; this only stops a record that was made to cause queries.
const maxMXHosts = 100

// findMX finds the addresses of the servers that take a domain's mail, the preferred ones first.
// Without an MX record that is the domain itself (RFC 5321 section 5.1).
func (s *search) findMX(domain string) Found {
	answer := s.ask(domain, dnsbl.MX)
	hosts := answer.Names
	switch {
	case answer.Cause != "":
		return gap(failed(domain, dnsbl.MX, answer))
	case answer.NXDomain:
		return gap(noRecords(domain, "domain", "", answer))
	case len(hosts) == 0:
		hosts = []string{domain}
	case isNullMX(hosts):
		return gap(takesNoMail(domain))
	}
	result := s.hosts(domain, hosts, singleIPv4, singleIPv6)
	found := result.found
	for i := range found.parts { // a provider gives its servers names of its own
		p := &found.parts[i]
		p.sharedHost = netspace.RegistrableDomain(p.Host) != netspace.RegistrableDomain(domain)
	}
	found.Gaps = append(found.Gaps, result.reasons...)
	return found
}

// isNullMX reports whether the hosts of the MX records are those of a null MX (RFC 7505).
func isNullMX(hosts []string) bool { return slices.Equal(hosts, []string{""}) }

func takesNoMail(domain string) dnsbl.Note {
	return note(dnsbl.NoMail, "%s accepts no mail: it has a null MX (RFC 7505)", domain)
}

// hosts looks up the mail servers of a domain in parallel; see host.
func (s *search) hosts(domain string, names []string, bits4, bits6 int) hostResult {
	var all hostResult
	names = unique(slices.Clone(names))
	if len(names) > maxMXHosts {
		all.found.Gaps = append(all.found.Gaps, note(dnsbl.TooMany,
			"%s has %d mail servers: only the first %d are looked up",
			domain, len(names), maxMXHosts))
		names = names[:maxMXHosts]
	}
	each := make([]hostResult, len(names))
	parallel.Each(len(names), len(names), func(i int) {
		host, err := dnsbl.ParseDomain(names[i])
		if err != nil {
			const text = "an MX record of %s names no host, but %s"
			each[i].found = gap(note(dnsbl.BadRecord, text, domain, quote(names[i])))
			return
		}
		each[i] = s.host(host.Domain, bits4, bits6)
	}, func(i int, reason any) { each[i].found = panicked(domain, reason) })
	for i := range each {
		all.found.add(&each[i].found)
		all.reasons = append(all.reasons, each[i].reasons...)
	}
	return all
}
