package catalog

import "check_dnsbl/internal/dnsbl"

// Code tables, rows and test entries that several lists share, each written once. The refusals of
// an operator are in the table of operators.

// only2 is the code table of a list whose one return code is 127.0.0.2 (RFC 5782 section 2.1).
var only2 = []dnsbl.Code{{Match: "127.0.0.2", Meaning: "listed"}}

// Spamhaus ZEN has all of these codes; SBL, XBL and PBL have some, with a key and without
// (docs.spamhaus.com, "Zones").
var (
	spamhausSBL     = dnsbl.Code{Match: "127.0.0.2", Meaning: "SBL", Plain: "known spam source", Scope: "ranges too", Delisting: "your provider (the network owner) must request it", Ways: dnsbl.ByProvider}
	spamhausCSS     = dnsbl.Code{Match: "127.0.0.3", Meaning: "CSS", Plain: "spam source, listed automatically", Scope: "a single IPv4 address, a /64 or more of IPv6", Delisting: "self-service on the lookup page", Ways: dnsbl.SelfService}
	spamhausXBL     = dnsbl.Code{Match: "127.0.0.[4..7]", Meaning: "XBL", Plain: "infected or exploited machine", Delisting: "self-service on the lookup page", Ways: dnsbl.SelfService}
	spamhausDROP    = dnsbl.Code{Match: "127.0.0.9", Meaning: "DROP", Plain: "hijacked or criminal network", Scope: "ranges too"}
	spamhausPBLISP  = dnsbl.Code{Match: "127.0.0.10", Effect: dnsbl.PolicyOnly, Meaning: "PBL (ISP)", Plain: "the ISP says this address should not send mail directly", Scope: "ranges of end users", Delisting: "self-service on the lookup page", Ways: dnsbl.SelfService}
	spamhausPBLOwn  = dnsbl.Code{Match: "127.0.0.11", Effect: dnsbl.PolicyOnly, Meaning: "PBL (Spamhaus)", Plain: "Spamhaus says this address should not send mail directly", Scope: "ranges of end users", Delisting: "self-service on the lookup page", Ways: dnsbl.SelfService}
	spamhausBCL     = dnsbl.Code{Match: "127.0.0.30", Meaning: "BCL", Plain: "botnet controller"}
	spamhausDomains = dnsbl.Tests{Domain: "dbltest.com"}
)

// spamhausZEN is the code table of ZEN, with a key and without.
var spamhausZEN = []dnsbl.Code{
	spamhausSBL, spamhausCSS, spamhausXBL, spamhausDROP, spamhausPBLISP, spamhausPBLOwn, spamhausBCL,
}

const (
	spamhausZENScope = "SBL, DROP, PBL: ranges too; CSS: a single IPv4 address, a /64 or more of IPv6"
	spamhausSBLScope = "SBL, DROP: ranges too; CSS: a single IPv4 address, a /64 or more of IPv6"
)

// spamhausDBL is the code table of the DBL, with a key and without.
var spamhausDBL = []dnsbl.Code{
	{Match: "127.0.1.2", Meaning: "spam"},
	{Match: "127.0.1.4", Meaning: "phishing"},
	{Match: "127.0.1.5", Meaning: "malware"},
	{Match: "127.0.1.6", Meaning: "botnet C&C"},
	{Match: "127.0.1.102", Meaning: "abused, spam"},
	{Match: "127.0.1.103", Meaning: "abused redirector"},
	{Match: "127.0.1.104", Meaning: "abused, phishing"},
	{Match: "127.0.1.105", Meaning: "abused, malware"},
	{Match: "127.0.1.106", Meaning: "abused, botnet C&C"},
	{Match: "127.0.1.255", Effect: dnsbl.Refusal, Meaning: "asked for an address"},
}

// Abusix combined has all of these codes; black, exploit and dynamic have some.
var (
	abusixTrap       = dnsbl.Code{Match: "127.0.0.2", Meaning: "spam trap"}
	abusixReputation = dnsbl.Code{Match: "127.0.0.3", Meaning: "low reputation"}
	abusixExploit    = dnsbl.Code{Match: "127.0.0.4", Meaning: "exploited host"}
	abusixGeneric    = dnsbl.Code{Match: "127.0.0.11", Effect: dnsbl.PolicyOnly, Meaning: "generic reverse name"}
	abusixNoName     = dnsbl.Code{Match: "127.0.0.12", Effect: dnsbl.PolicyOnly, Meaning: "no reverse name"}
	abusixManual     = dnsbl.Code{Match: "127.0.0.200", Meaning: "listed by hand"}
)

// SpamRATS all has all of these codes; dyna, noptr, spam and auth have one each.
var (
	spamratsDyna  = dnsbl.Code{Match: "127.0.0.36", Effect: dnsbl.PolicyOnly, Meaning: "dynamic reverse name"}
	spamratsNoPTR = dnsbl.Code{Match: "127.0.0.37", Effect: dnsbl.PolicyOnly, Meaning: "no reverse name"}
	spamratsSpam  = dnsbl.Code{Match: "127.0.0.38", Meaning: "spam"}
	spamratsAuth  = dnsbl.Code{Match: "127.0.0.43", Meaning: "password guessing"}
)

// URIBL adds up bits. These two codes are not a sum of bits, so they come first in each table.
var (
	uriblRefused1   = dnsbl.Code{Match: "127.0.0.1", Effect: dnsbl.Refusal, Meaning: "resolver refused"}
	uriblRefused255 = dnsbl.Code{Match: "127.0.0.255", Effect: dnsbl.Refusal, Meaning: "resolver refused"}
)

// Spam Eating Monkey has domain lists with test entries of its own, and five lists of new domains
// that differ in the age up to which a domain is new.
var (
	semDomains = dnsbl.Tests{Domain: "_dnsbl_.test", NotDomain: "_dnsblneg_.test"}
	semFresh   = []dnsbl.Code{{Match: "127.0.0.2", Effect: dnsbl.PolicyOnly, Meaning: "new domain"}}
)

// backscatterer is the code table of both lists of backscatter.
var backscatterer = []dnsbl.Code{{Match: "127.0.0.2", Effect: dnsbl.PolicyOnly, Meaning: "backscatter"}}

// dnswl is the code table of DNSWL.org: the third number is the sector, the fourth the trust.
// Resolvers over the limit are given 127.0.10.3 for every address, so it vouches for nothing.
var dnswl = []dnsbl.Code{
	{Match: "127.0.0.255", Effect: dnsbl.Refusal, Meaning: "resolver blocked"},
	{Match: "127.0.10.3", Effect: dnsbl.Refusal, Meaning: "resolver over the limit"},
	{Match: "127.0.[2..15;20].0", Effect: dnsbl.Allowed, Meaning: "no trust"},
	{Match: "127.0.[2..15;20].1", Effect: dnsbl.Allowed, Meaning: "low trust"},
	{Match: "127.0.[2..15;20].2", Effect: dnsbl.Allowed, Meaning: "medium trust"},
	{Match: "127.0.[2..9;11..15;20].3", Effect: dnsbl.Allowed, Meaning: "high trust"},
}

// dnsblIO is the code table of DNSBL.io, for IPv4 and IPv6.
var dnsblIO = []dnsbl.Code{
	{Match: "127.0.0.2", Meaning: "low"},
	{Match: "127.0.0.3", Meaning: "medium"},
	{Match: "127.0.0.4", Meaning: "high"},
	{Match: "127.0.0.5", Meaning: "critical"},
}

// oxl is the code table of the OXL Risk DB, for addresses and domains.
var oxl = []dnsbl.Code{
	{Match: "127.0.0.2", Meaning: "abused"},
	{Match: "127.0.0.3", Meaning: "scanner"},
	{Match: "127.0.0.4", Meaning: "bot"},
	{Match: "127.0.0.5", Meaning: "attack"},
	{Match: "127.0.0.6", Meaning: "spam"},
}

// blocklistDeMail is the code of blocklist.de for attacks on mail servers.
var blocklistDeMail = dnsbl.Code{Match: "127.0.0.9", Meaning: "mail"}

// tornevall is the code table of the Tornevall DNSBL, which adds up bits.
var tornevall = []dnsbl.Code{
	{Bit: 1, Effect: dnsbl.Informational, Meaning: "scanned only"},
	{Bit: 2, Effect: dnsbl.PolicyOnly, Meaning: "open proxy"},
	{Bit: 4, Effect: dnsbl.PolicyOnly, Meaning: "phishing"},
	{Bit: 8, Effect: dnsbl.Informational, Meaning: "tested without result"},
	{Bit: 16, Effect: dnsbl.PolicyOnly, Meaning: "mail spam"},
	{Bit: 32, Effect: dnsbl.PolicyOnly, Meaning: "Tor exit or second entry point"},
	{Bit: 64, Effect: dnsbl.PolicyOnly, Meaning: "abuse"},
	{Bit: 128, Effect: dnsbl.PolicyOnly, Meaning: "web anonymizer"},
}
