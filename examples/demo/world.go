package main

import (
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// The servers of the demo, in the address space for documentation (RFC 5737 and 3849).
const (
	cleanServer  = "198.51.100.7"
	listedServer = "192.0.2.25"
	listedIPv6   = "2001:db8::25"
	homeServer   = "192.0.2.26" // an address that should not send mail directly
	badDomain    = "pills.example"
)

// bounce is the bounce that the listed server gets from a receiver that uses bl.blocklist.de.
const bounce = `From: MAILER-DAEMON@mail.example.test (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: jane@example.test

This is the mail system at host mail.example.test.

<destination@example.net>: host mx.example.net[198.51.100.25] said: 554 5.7.1
    Service unavailable; Client host [` + listedServer + `] blocked using
    bl.blocklist.de; Infected System, see
    http://www.blocklist.de/en/view.html?ip=` + listedServer + ` (in reply to RCPT TO
    command)
`

// lists returns the recommended lists of the catalog, empty but for test entries, 5 to 80 ms away.
func lists() []dnstest.List {
	set, _ := catalog.Set("recommended")
	world := make([]dnstest.List, len(set))
	for i := range set {
		world[i] = dnstest.List{
			Zone:    set[i].Zone,
			Latency: time.Duration(5+i*75/len(set)) * time.Millisecond,
			Entries: testEntries(&set[i]),
			Texts:   map[string][]string{},
		}
	}
	return world
}

// testEntries returns the test entries of a list for domains. Package dnstest adds those for
// addresses.
func testEntries(l *dnsbl.List) map[string][]string {
	entries := map[string][]string{}
	for _, test := range l.PositiveTests(dnsbl.Subject{Domain: badDomain}) {
		entries[test.String()] = []string{"127.0.0.14"}
	}
	return entries
}

// nameServers returns the records of the lists' name servers. The demo itself plays them.
func nameServers(world []dnstest.List) []string {
	var records []string
	for _, list := range world {
		records = append(records,
			list.Zone+". NS ns1."+list.Zone+".", "ns1."+list.Zone+". A 127.0.0.1")
	}
	return records
}

// healthy is an ordinary day. One list requires registration of the resolver, one is dead and one
// has a parked domain.
func healthy() dnstest.World {
	world := dnstest.World{
		Lists: lists(),
		Records: []string{
			"mail.example.test. A " + listedServer,
			"mail.example.test. AAAA " + listedIPv6,
			"25.2.0.192.in-addr.arpa. PTR 192-0-2-25.dsl.provider.test.",
			"192-0-2-25.dsl.provider.test. A " + listedServer,
		},
	}
	world.Records = append(world.Records, nameServers(world.Lists)...)
	list := finder(world.Lists)

	// Listings, with reasons (TXT) like those of the real lists. One has markup that must not get
	// through.
	zen := list("zen.spamhaus.org")
	zen.Entries[listedServer] = []string{"127.0.0.2", "127.0.0.9"}
	zen.Texts[listedServer] = []string{
		"Listed by SBL, see https://check.spamhaus.org/sbl/query/SBL123456",
	}
	zen.Entries[listedIPv6] = []string{"127.0.0.3"}
	zen.Entries[homeServer] = []string{"127.0.0.10"}
	spamcop := list("bl.spamcop.net")
	spamcop.Entries[listedServer] = []string{"127.0.0.2"}
	spamcop.Texts[listedServer] = []string{
		"Blocked - see https://www.spamcop.net/bl.shtml?" + listedServer,
	}
	blocklist := list("bl.blocklist.de")
	blocklist.Entries["127.0.0.2"] = []string{"127.0.0.15"} // as the real one
	blocklist.Entries[listedServer] = []string{"127.0.0.9"}
	blocklist.Texts[listedServer] = []string{"Infected System (Service: mail)\n" +
		"see http://www.blocklist.de/en/view.html?ip=" + listedServer + " | <b>now</b>"}
	list("dbl.spamhaus.org").Entries[badDomain] = []string{"127.0.1.2"}
	list("multi.surbl.org").Entries[badDomain] = []string{"127.0.0.80"}

	// Failures: a list that refuses unregistered resolvers, a dead one, a parked one, a slow one.
	list("b.barracudacentral.org").Fault = dnstest.Rcode(dnstest.Refused)
	list("all.s5h.net").Fault = dnstest.NXDomain
	list("dnsrbl.swinog.ch").Fault = dnstest.Answer("203.0.113.9")
	list("bl.0spam.org").Latency = 400 * time.Millisecond
	return world
}

// refusing is the world as seen through a public resolver, which large lists refuse in several
// ways. Their own name servers answer.
func refusing() dnstest.World {
	world := healthy()
	list := finder(world.Lists)
	list("zen.spamhaus.org").Fault = dnstest.ForClients(dnstest.Answer("127.255.255.254"))
	list("bl.mailspike.net").Fault = dnstest.ForClients(dnstest.NXDomain)
	list("psbl.surriel.com").Fault = dnstest.ForClients(dnstest.Rcode(dnstest.ServFail))
	return world
}

// stripping is the world as seen through a resolver with protection against DNS rebinding.
func stripping() dnstest.World {
	world := healthy()
	for i := range world.Lists {
		world.Lists[i].Fault = dnstest.ForClients(dnstest.Strip)
	}
	return world
}

// listsAll has a list that ended and now lists every address.
func listsAll() dnstest.World {
	world := healthy()
	finder(world.Lists)("bl.suomispam.net").Fault = dnstest.Answer("127.0.0.2")
	return world
}

// finder returns a function that returns the list of a zone. It panics if there is none.
func finder(world []dnstest.List) func(zone string) *dnstest.List {
	return func(zone string) *dnstest.List {
		for i := range world {
			if world[i].Zone == zone {
				return &world[i]
			}
		}
		panic("the demo needs " + zone + " among the recommended lists")
	}
}
