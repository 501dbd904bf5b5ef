package main

import (
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// facts are what the table must know of a list; they are written down here anew so that the catalog
// is checked too.
type facts struct {
	zone      string // of the catalog; "" for an unknown list
	code      string // of its entries; 127.0.0.3 if ""
	test      string // the positive test entry; 127.0.0.2 or, for domains, test if ""
	testCode  string // of that entry; 127.0.0.2 if ""
	text      string // of its entries
	domains   bool   // it lists domains, not addresses
	addresses bool   // it is asked for addresses although it lists none
	untested  bool   // it has no test entries, and the user or the catalog says so
	major     bool   // a listing alone is CRITICAL
	uncounted bool   // it is for show only
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// positive returns the test entry that must be listed, and its code.
func (l facts) positive() (entry, code string) {
	if l.domains {
		return or(l.test, "test"), or(l.testCode, "127.0.0.2")
	}
	return or(l.test, "127.0.0.2"), or(l.testCode, "127.0.0.2")
}

// negatives returns the test entries that must not be listed.
func (l facts) negatives() []string {
	if l.domains {
		return []string{"invalid"}
	}
	return []string{"127.0.0.1", "192.0.2.1", "203.0.113.1"}
}

// as returns the list with these facts, under a label of its own so that it can stand in many
// places.
func (l facts) as(label string) dnsbl.List {
	list, known := catalog.Find(l.zone)
	if !known {
		list = dnsbl.Unknown(strings.TrimPrefix(l.zone+".example", "."))
		list.Subjects = dnsbl.IPv4
	}
	if l.addresses {
		list.Subjects = dnsbl.IPv4
	}
	list.Tests.None = l.untested
	list.Zone = label + "." + list.Zone
	return list
}

// operators is what those do who refuse, and lists of their own kind: their zones, as the catalog
// has them.
func operators() []chapter {
	return []chapter{
		{"lists without test entries (--no-test)", untested()},
		{"refusals of Spamhaus", spamhaus()},
		{"refusals of other operators", otherRefusals()},
		{"a list of the catalog whose domain has ended", ended()},
	}
}

// on makes behaviours those of one list.
func on(list facts, behaviours ...behaviour) []behaviour {
	for i := range behaviours {
		behaviours[i].list = list
	}
	return behaviours
}

func untested() []behaviour {
	return on(facts{untested: true},
		harmless("healthy but for that", dnstest.Healthy),
		always("NODATA for everything", dnstest.NoData, noData),
		fails("SERVFAIL", dnstest.Rcode(dnstest.ServFail), dnsbl.ServFail),
		always("lists everything", dnstest.Answer("127.0.0.2"), listing),
	)
}

// refusalOf is an answer that the operator gives to all whom it refuses.
func refusalOf(name, code string) behaviour {
	return always(name+" "+code, dnstest.Answer(code), refusal)
}

func spamhaus() []behaviour {
	const key = "abcdefghijklmnopqrstuvwxyz"
	zen := facts{zone: "zen.spamhaus.org", code: "127.0.0.2", major: true}
	dbl := facts{zone: "dbl.spamhaus.org", code: "127.0.1.2", test: "dbltest.com", testCode: "127.0.1.2", domains: true, major: true}
	dblForAddresses := facts{zone: "dbl.spamhaus.org", code: "127.0.1.2", testCode: "127.0.1.2", addresses: true, major: true}
	zrd := facts{zone: key + ".zrd.dq.spamhaus.net", code: "127.0.2.2", test: "dbltest.com", testCode: "127.0.2.2", domains: true, uncounted: true}
	dqs := facts{zone: key + ".zen.dq.spamhaus.net", code: "127.0.0.2", major: true}
	rows := on(zen,
		refusalOf("ZEN: typing error:", "127.255.255.252"),
		refusalOf("ZEN: public resolver:", "127.255.255.254"),
		refusalOf("ZEN: too many queries:", "127.255.255.255"),
		refusalOf("ZEN: a code of the reserved /24:", "127.255.255.7"),
		always("ZEN: NXDOMAIN, as through Google", dnstest.NXDomain, unlisted),
		always("ZEN: a code that it does not document", dnstest.Answer("127.0.0.99"), unheardOf),
	)
	rows = append(rows, on(dbl, refusalOf("DBL: public resolver:", "127.255.255.254"))...)
	rows = append(rows, on(dblForAddresses, refusalOf("DBL: asked for an IP:", "127.0.1.255"))...)
	rows = append(rows, on(zrd, refusalOf("ZRD: asked for an IP:", "127.0.2.255"))...)
	return append(rows, on(dqs,
		always("DQS: key disabled: 127.255.255.250", dnstest.Answer("127.255.255.250"), noKey),
		always("DQS: key rejected: 127.255.255.251", dnstest.Answer("127.255.255.251"), noKey),
		fails("DQS: not in the contract: REFUSED", dnstest.Rcode(dnstest.Refused), dnsbl.Refused),
		fails("DQS: not in the contract: SERVFAIL", dnstest.Rcode(dnstest.ServFail), dnsbl.ServFail),
	)...)
}

// ended is what a resolver says of a list whose domain is not registered any more: the zone above
// knows no such name. An old test entry may be in its cache.
func ended() []behaviour {
	const soa = " SOA ns1.example. hostmaster.example. 1 600 300 86400 60"
	says := func(zone string) dnstest.Fault { return dnstest.Sections(3, "ns "+zone+soa) }
	return on(facts{zone: "psbl.surriel.com", code: "127.0.0.2", major: true},
		fails("NXDOMAIN from the zone com", says("com."), dnsbl.DomainGone),
		fails("NXDOMAIN from the root", says("."), dnsbl.DomainGone),
		always("NXDOMAIN from the domain itself", says("surriel.com."), unlisted),
	)
}

func otherRefusals() []behaviour {
	uribl := facts{zone: "multi.uribl.com", code: "127.0.0.2", test: "test.uribl.com", testCode: "127.0.0.14", domains: true, major: true}
	surbl := facts{zone: "multi.surbl.org", code: "127.0.0.80", test: "test.surbl.org", testCode: "127.0.0.254", domains: true, major: true}
	dnswl := facts{zone: "list.dnswl.org", code: "127.0.5.2", testCode: "127.0.10.0", uncounted: true}
	validity := facts{zone: "bl.score.senderscore.com", code: "127.0.0.6", testCode: "127.0.0.2", major: true}
	spamRATS := facts{zone: "all.spamrats.com", code: "127.0.0.38", testCode: "127.0.0.36"}
	barracuda := facts{zone: "b.barracudacentral.org", code: "127.0.0.2", major: true}
	abusix := facts{zone: "0123456789abcdef.combined.mail.abusix.zone", code: "127.0.0.2", major: true}
	rows := on(uribl, refusalOf("URIBL:", "127.0.0.1"), refusalOf("URIBL:", "127.0.0.255"))
	rows = append(rows, on(surbl, refusalOf("SURBL:", "127.0.0.1"))...)
	rows = append(rows, on(dnswl, refusalOf("dnswl.org: blocked:", "127.0.0.255"), refusalOf("dnswl.org: over quota:", "127.0.10.3"))...)
	rows = append(rows, on(validity, refusalOf("Validity: not registered:", "127.255.255.255"))...)
	rows = append(rows, on(spamRATS,
		fails("SpamRATS: no answer", dnstest.Silent, dnsbl.Timeout),
		always("SpamRATS: some other code", dnstest.Answer("127.0.0.255"), unheardOf))...)
	rows = append(rows, on(barracuda,
		always("Barracuda: NXDOMAIN", dnstest.NXDomain, unlisted),
		fails("Barracuda: REFUSED", dnstest.Rcode(dnstest.Refused), dnsbl.Refused))...)
	return append(rows, on(abusix,
		always("Abusix: NXDOMAIN", dnstest.NXDomain, unlisted),
		fails("Abusix: REFUSED", dnstest.Rcode(dnstest.Refused), dnsbl.Refused))...)
}
