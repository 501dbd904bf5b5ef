package main

import (
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// The ways in which an entry can appear through a fault: one or several of these words, or the
// cause of a failure.
const (
	itself    = "itself"     // what the list has: a listing, or nothing
	listing   = "listing"    // a code that stands for a listing on this list
	unlisted  = "nothing"    // NXDOMAIN
	noData    = "NODATA"     // neither records nor NXDOMAIN
	refusal   = "refusal"    // a code by which the operator refuses the question
	noKey     = "no key"     // one by which it refuses the user's key
	stray     = "stray"      // an address outside 127.0.0.0/8
	unheardOf = "unheard of" // a code in 127.0.0.0/8 that the list does not document
	noCode    = "no code"    // 127.0.0.1, which is none where it is not documented
)

// Through which resolver lists are asked, but for the one that all others share.
const (
	alone      = "alone"       // one for this behaviour, which keeps the machine busy
	closedPort = "closed port" // no server listens there
	noTCP      = "no TCP"      // it refuses connections

	nameServers = "name servers" // not through a resolver, but at the lists' own name servers
)

// faultWait is how long an answer is waited for before the question is sent again.
const faultWait = 400 * time.Millisecond

// A behaviour is what may befall a question on the wire, and what is seen through it.
type behaviour struct {
	name          string
	fault         dnstest.Fault
	there, absent string      // what is seen of an entry that is there, and of one that is not
	list          facts       // the list that this befalls; most do so to any
	via           string      // which resolver: "", alone, closedPort, noTCP
	direct        dnsbl.Cause // instead, at the list's own name servers, if that is something else
	slow          bool        // something is waited for although there is an answer
}

// always is a behaviour through which the same is seen of every entry.
func always(name string, fault dnstest.Fault, seen string) behaviour {
	return behaviour{name: name, fault: fault, there: seen, absent: seen}
}

// fails is one through which nothing is seen.
func fails(name string, fault dnstest.Fault, cause dnsbl.Cause) behaviour {
	return always(name, fault, cause.Text())
}

// harmless is one that hides nothing.
func harmless(name string, fault dnstest.Fault) behaviour { return always(name, fault, itself) }

func slow(b behaviour) behaviour {
	b.slow = true
	return b
}

// waits reports whether the program has to wait for an answer that comes late or never.
func (b *behaviour) waits() bool {
	vain := []string{dnsbl.Timeout.Text(), dnsbl.Truncated.Text(), dnsbl.Malformed.Text()}
	return b.slow || slices.Contains(vain, b.there) || slices.Contains(vain, b.absent)
}

// atNameServers is what befalls queries to the list's own name servers.
func (b behaviour) atNameServers() behaviour {
	b.via = nameServers
	if b.direct != "" {
		b.there, b.absent = b.direct.Text(), b.direct.Text()
	}
	return b
}

// A chapter is a part of the table.
type chapter struct {
	name       string
	behaviours []behaviour
}

// anyList is what may befall any list.
func anyList() []chapter {
	return []chapter{
		{"the list", listFaults()},
		{"the resolver", resolverFaults()},
		{"rcodes", rcodeFaults()},
		{"silence and delay", silences()},
		{"TCP", streamFaults()},
		{"strangers and forgeries", forgeries()},
		{"broken packets", brokenPackets()},
		{"odd records", oddRecords()},
		{"no record, and no proof that there is none", noProofs()},
		{"reasons", reasons()},
	}
}

func listFaults() []behaviour {
	return []behaviour{
		harmless("healthy", dnstest.Healthy),
		always("lists everything (wildcard)", dnstest.Answer("127.0.0.2"), listing),
		always("lists everything, at a public address too", dnstest.Answer("127.0.0.2", "203.0.113.9"), listing+stray),
		always("parked: one public address for everything", dnstest.Answer("203.0.113.9"), stray),
		always("parked behind an alias", dnstest.Parked("park.example", "203.0.113.9"), stray),
		always("refuses with a code in 127.255.255.0/24", dnstest.Answer("127.255.255.254"), refusal),
		always("refuses and lists at once", dnstest.Answer("127.0.0.2", "127.255.255.254"), refusal+listing),
		always("127.0.0.1 for everything", dnstest.Answer("127.0.0.1"), noCode),
		always("empty: NXDOMAIN for everything", dnstest.NXDomain, unlisted),
		always("empty: NODATA for everything", dnstest.NoData, noData),
	}
}

func resolverFaults() []behaviour {
	closed := fails("no server listens (ICMP unreachable)", dnstest.Healthy, dnsbl.Unreachable)
	closed.via = closedPort
	return []behaviour{
		always("captive: its own address for everything", dnstest.Answer("10.0.0.1"), stray),
		always("blocks everything with 0.0.0.0", dnstest.Answer("0.0.0.0"), stray),
		{name: "strips 127.0.0.0/8, keeps TXT", fault: dnstest.Strip, there: noData, absent: unlisted},
		{name: "rewrites NXDOMAIN to an address", fault: dnstest.IfAbsent(dnstest.Answer("203.0.113.9")), there: itself, absent: stray},
		{name: "rewrites NXDOMAIN to NODATA", fault: dnstest.IfAbsent(dnstest.NoData), there: itself, absent: noData},
		{name: "rewrites NXDOMAIN to SERVFAIL", fault: dnstest.IfAbsent(dnstest.Rcode(dnstest.ServFail)), there: itself, absent: dnsbl.ServFail.Text()},
		fails("only refers to other servers", dnstest.Referral, dnsbl.Refused),
		closed,
	}
}

func rcodeFaults() []behaviour {
	const formErr, notImp, yxDomain, badVers, none = 1, 4, 6, 16, 13
	return []behaviour{
		fails("SERVFAIL", dnstest.Rcode(dnstest.ServFail), dnsbl.ServFail),
		fails("REFUSED", dnstest.Rcode(dnstest.Refused), dnsbl.Refused),
		fails("REFUSED, only the header", dnstest.HeaderOnly(dnstest.Refused), dnsbl.Refused),
		fails("FORMERR", dnstest.Rcode(formErr), dnsbl.UnexpectedRcode),
		fails("FORMERR, only the header", dnstest.HeaderOnly(formErr), dnsbl.UnexpectedRcode),
		fails("NOTIMP", dnstest.Rcode(notImp), dnsbl.UnexpectedRcode),
		fails("YXDOMAIN", dnstest.Rcode(yxDomain), dnsbl.UnexpectedRcode),
		fails("an rcode without a name", dnstest.Rcode(none), dnsbl.UnexpectedRcode),
		harmless("FORMERR to EDNS", dnstest.NoEDNS(formErr)),
		harmless("NOTIMP to EDNS", dnstest.NoEDNS(notImp)),
		harmless("BADVERS to EDNS", dnstest.NoEDNS(badVers)),
		fails("SERVFAIL to EDNS", dnstest.NoEDNS(dnstest.ServFail), dnsbl.ServFail),
		fails("REFUSED to EDNS", dnstest.NoEDNS(dnstest.Refused), dnsbl.Refused),
	}
}

func silences() []behaviour {
	silent, servFail := dnstest.Fault(dnstest.Silent), dnstest.Rcode(dnstest.ServFail)
	return []behaviour{
		fails("silence", silent, dnsbl.Timeout),
		fails("silence over UDP only", dnstest.ByTransport(silent, dnstest.Healthy), dnsbl.Timeout),
		slow(harmless("the first packet is lost", dnstest.First(1, silent, dnstest.Healthy))),
		slow(harmless("the first two packets are lost", dnstest.First(2, silent, dnstest.Healthy))),
		slow(harmless("answers after the resend only", dnstest.Late(faultWait*5/4, dnstest.Healthy))),
		harmless("healthy at the first try, then dead", dnstest.First(1, dnstest.Healthy, silent)),
		slow(harmless("SERVFAIL at first, then healthy", dnstest.First(1, servFail, dnstest.Healthy))),
		slow(fails("silent at first, then SERVFAIL", dnstest.First(1, silent, servFail), dnsbl.ServFail)),
	}
}

func streamFaults() []behaviour {
	tc := dnstest.TruncatedThen
	unserved := fails("TC, no server listens on TCP", dnstest.Truncated, dnsbl.Truncated)
	unserved.via = noTCP
	return []behaviour{
		harmless("TC, TCP works", dnstest.Truncated),
		fails("TC, TCP is silent", tc(dnstest.Silent), dnsbl.Truncated),
		fails("TC, TCP hangs up", tc(dnstest.HangUp), dnsbl.Truncated),
		fails("TC, TCP resets", tc(dnstest.Reset), dnsbl.Truncated),
		unserved,
		fails("TC, TCP sends half and stalls", tc(dnstest.Stall), dnsbl.Truncated),
		fails("TC at the last moment, TCP stalls", dnstest.ByTransport(dnstest.Late(faultWait*9/4, dnstest.TruncatedAlways), dnstest.Stall), dnsbl.Truncated),
		fails("TC, TCP length too long", tc(dnstest.WrongLength(5)), dnsbl.Truncated),
		fails("TC, TCP length too short", tc(dnstest.WrongLength(-5)), dnsbl.Truncated),
		fails("TC, TCP sends garbage", tc(dnstest.Garbage), dnsbl.Truncated),
		fails("TC over TCP too", dnstest.TruncatedAlways, dnsbl.Truncated),
		fails("TC, SERVFAIL over TCP", tc(dnstest.Rcode(dnstest.ServFail)), dnsbl.ServFail),
		harmless("TC, TCP lies, then answers", tc(dnstest.WrongQuestion)),
		slow(harmless("TC, TCP hangs up once", dnstest.First(2, tc(dnstest.HangUp), dnstest.Truncated))),
	}
}

func forgeries() []behaviour {
	flood := harmless("1,000 forged answers ahead of the right one", dnstest.Flood(1000))
	flood.via = alone
	return []behaviour{
		harmless("wrong ID, then right", dnstest.WrongID),
		fails("wrong ID only", dnstest.Only(1, dnstest.WrongID), dnsbl.Timeout),
		harmless("wrong question, then right", dnstest.WrongQuestion),
		fails("wrong question only", dnstest.Only(1, dnstest.WrongQuestion), dnsbl.Timeout),
		harmless("QR clear, then right", dnstest.NotAnAnswer),
		fails("QR clear only", dnstest.Only(1, dnstest.NotAnAnswer), dnsbl.Timeout),
		harmless("wrong source port, then right", dnstest.OtherPort),
		fails("wrong source port only", dnstest.Only(0, dnstest.OtherPort), dnsbl.Timeout),
		harmless("wrong source address, then right", dnstest.OtherAddress),
		fails("wrong source address only", dnstest.Only(0, dnstest.OtherAddress), dnsbl.Timeout),
		flood,
		harmless("every answer twice", dnstest.Twice),
		harmless("letters of mixed case", dnstest.MixedCase),
	}
}

func brokenPackets() []behaviour {
	return []behaviour{
		fails("garbage", dnstest.Garbage, dnsbl.Malformed),
		slow(harmless("garbage at first", dnstest.First(1, dnstest.Garbage, dnstest.Healthy))),
		fails("no bytes at all", dnstest.Empty, dnsbl.Timeout),
		fails("NOERROR, only the header", dnstest.HeaderOnly(0), dnsbl.Malformed),
		fails("cut off", dnstest.CutShort, dnsbl.Malformed),
		fails("promises a record that is not there", dnstest.MissingRecord, dnsbl.Malformed),
		fails("a name that points to itself", dnstest.PointerLoop, dnsbl.Malformed),
	}
}

func oddRecords() []behaviour {
	return []behaviour{
		harmless("alias to the A", dnstest.Alias("code")),
		harmless("alias out of the zone, to the A", dnstest.Alias("elsewhere.example.")),
		fails("aliases without end", dnstest.AliasLoop, dnsbl.Malformed),
		{name: "a public address beside the code", fault: dnstest.Add("203.0.113.9"), there: listing + stray, absent: unlisted},
		{name: "a refusal beside the code", fault: dnstest.Add("127.255.255.255"), there: listing + refusal, absent: unlisted},
		harmless("127.0.0.1 beside the code", dnstest.Add("127.0.0.1")),
		harmless("a second code", dnstest.Add("127.0.0.2")),
		harmless("records that were not queried", dnstest.Unrelated),
		{name: "NXDOMAIN together with the A", fault: dnstest.Contradict, there: dnsbl.Malformed.Text(), absent: unlisted},
		harmless("TTL 0", dnstest.TTL(0)),
		harmless("TTL 2^31", dnstest.TTL(1<<31)),
	}
}

// failing is a zone whose names fail in every world.
func failing() dnstest.List {
	return dnstest.List{Zone: "servfail.test", Fault: dnstest.Rcode(dnstest.ServFail)}
}

// noProofs are answers without a record of the entry that do not say that there is none (RFC 2308
// section 2.2), and for comparison those that do.
func noProofs() []behaviour {
	const (
		noError, nxDomain = 0, 3
		soa               = " SOA ns1.example. hostmaster.example. 1 600 300 86400 60"
		soaOfList         = "ns ^" + soa
		alias             = "an @ CNAME none.@"
	)
	answer := func(records ...string) dnstest.Fault { return dnstest.Sections(noError, records...) }
	refers := func(name string, records ...string) behaviour {
		b := fails(name, answer(records...), dnsbl.Referral)
		b.direct = dnsbl.Lame
		return b
	}
	lies := func(name string, records ...string) behaviour {
		return fails(name, answer(records...), dnsbl.Malformed)
	}
	follows := func(b behaviour) behaviour {
		b.direct = dnsbl.Lame // the target of an alias may be of another zone
		return b
	}
	below := refers("a referral to servers of a part of the list", "ns @ NS ns.none.test.")
	below.direct = dnsbl.NoNameServers // it is followed
	uncounted := fails("a record behind the end", dnstest.UncountedRecord, dnsbl.Malformed)
	return []behaviour{
		always("NODATA with the SOA record", answer(soaOfList), noData),
		always("NODATA with SOA and NS records", answer(soaOfList, "ns ^ NS ns1.example."), noData),
		follows(always("an alias to nothing, with the SOA record", answer(alias, soaOfList), noData)),
		follows(always("an alias alone, to a name that does not exist", answer(alias), unlisted)),
		follows(fails("an alias alone, to a name that fails", answer("an @ CNAME x.servfail.test."), dnsbl.AliasOnly)),
		fails("DNAME alone", answer("an ^ DNAME none.test."), dnsbl.AliasOnly),
		refers("a referral to the list's own servers", "ns ^ NS ns1.example."),
		below,
		refers("a referral to the servers of a parent", "ns example. NS ns1.example."),
		refers("a referral to the root servers", "ns . NS a.root-servers.net."),
		follows(refers("an alias and a referral", alias, "ns . NS a.root-servers.net.")),
		follows(lies("two aliases", "an @ CNAME a.none.test.", "an @ CNAME b.none.test.")),
		lies("A of another name", "an other.@ A 127.0.0.2"),
		lies("A of another class", "an @ CH A 127.0.0.2"),
		lies("AAAA instead of A", "an @ AAAA 2001:db8::1"),
		lies("A in the authority section only", "ns @ A 127.0.0.2"),
		lies("A in the additional section only", "ar @ A 127.0.0.2"),
		uncounted,
		always("NXDOMAIN from the list", dnstest.Sections(nxDomain, soaOfList), unlisted),
		always("NXDOMAIN from above, not in the catalog", dnstest.Sections(nxDomain, "ns example."+soa), unlisted),
	}
}

// reasons are what may befall the TXT records only: no verdict hangs on them.
func reasons() []behaviour {
	hostile := harmless("4 kB with NUL, ESC, |, newline, bad UTF-8", dnstest.Healthy)
	hostile.list.text = hostileText()
	return []behaviour{
		hostile,
		slow(harmless("silence", dnstest.ForText(dnstest.Silent))),
		harmless("SERVFAIL", dnstest.ForText(dnstest.Rcode(dnstest.ServFail))),
		slow(harmless("TC, TCP stalls", dnstest.ForText(dnstest.TruncatedThen(dnstest.Stall)))),
		slow(harmless("garbage", dnstest.ForText(dnstest.Garbage))),
	}
}

// hostileText is what would break a monitor's input if it got through; in a TXT record it takes
// many strings of 255 bytes.
func hostileText() string {
	return "\x00|x=1;2\x1b[31m\r\nOK <script>alert(1)</script> \xff\xfe caf\u00e9 " + strings.Repeat("<|\n\x00\xff", 820)
}
