package catalog

import "check_dnsbl/internal/dnsbl"

// policy are lists of addresses that should not send mail directly, such as those of end users.
var policy = []dnsbl.List{
	{
		Zone: "pbl.spamhaus.org", Name: "Spamhaus PBL", Operator: "Spamhaus",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:     "ranges of end users",
		Codes:     []dnsbl.Code{spamhausPBLISP, spamhausPBLOwn},
		Delisting: "self-service on the lookup page, or through the provider",
		Ways:      dnsbl.SelfService | dnsbl.ByProvider,
		URL:       "https://check.spamhaus.org/results/?query={ip}",
	},
	{
		Zone: dnsbl.KeyMark + ".pbl.dq.spamhaus.net", Name: "Spamhaus PBL over DQS", Operator: "Spamhaus",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Keyed,
		Scope:     "ranges of end users",
		Codes:     []dnsbl.Code{spamhausPBLISP, spamhausPBLOwn},
		Contains:  []string{"pbl.spamhaus.org"},
		Delisting: "self-service on the lookup page, or through the provider",
		Ways:      dnsbl.SelfService | dnsbl.ByProvider,
		URL:       "https://check.spamhaus.org/results/?query={ip}",
	},
	{
		Zone: dnsbl.KeyMark + ".dynamic.mail.abusix.zone", Name: "Abusix policy", Operator: "Abusix",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Keyed,
		Codes:     []dnsbl.Code{abusixGeneric, abusixNoName},
		Delisting: "self-service for each address, does not expire",
		Ways:      dnsbl.SelfService | dnsbl.NeverExpires,
		URL:       "https://lookup.abusix.com/search?q={ip}",
	},
	{
		Zone: "dyna.spamrats.com", Name: "SpamRATS dyna", Operator: "SpamRATS",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Registration,
		Codes:     []dnsbl.Code{spamratsDyna},
		Tests:     dnsbl.Tests{None: true},
		Delisting: "self-service once the PTR name no longer looks dynamic",
		Ways:      dnsbl.SelfService,
		URL:       "https://www.spamrats.com/lookup.php?ip={ip}",
	},
	{
		Zone: "noptr.spamrats.com", Name: "SpamRATS noptr", Operator: "SpamRATS",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Registration,
		Codes:     []dnsbl.Code{spamratsNoPTR},
		Tests:     dnsbl.Tests{None: true},
		Delisting: "self-service once there is a PTR name",
		Ways:      dnsbl.SelfService,
		URL:       "https://www.spamrats.com/lookup.php?ip={ip}",
	},
	{
		Zone: "pbl.abuse.ro", Name: "abuse.ro residential", Operator: "abuse.ro",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:    []dnsbl.Code{{Match: "127.0.0.9", Effect: dnsbl.PolicyOnly, Meaning: "residential"}},
		URL:      "https://abuse.ro",
		Answered: "2023-08",
	},
	{
		Zone: "residential.block.transip.nl", Name: "TransIP residential",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "gl.suomispam.net", Name: "Suomispam grey", Operator: "Suomispam",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:     "networks too",
		Delisting: "by request to the operator",
		Ways:      dnsbl.ByRequest,
		URL:       "https://suomispam.net/",
		Answered:  "2023-08",
	},
}

// networks are lists of whole networks: of a provider, of a country, or not assigned to anyone. An
// address is listed with its neighbors.
var networks = []dnsbl.List{
	{
		Zone: "dnsbl-2.uceprotect.net", Name: "UCEPROTECT Level 2", Operator: "UCEPROTECT-Network",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:       "the provider's whole allocation: after 1 impact below a /27, 2 in a /26, 3 in a /25, 4 in a /24",
		Codes:       []dnsbl.Code{{Match: "127.0.0.2", Effect: dnsbl.PolicyOnly, Meaning: "allocation"}},
		PaidRemoval: true,
		Delisting:   "expires when fewer neighbors are listed: ask your provider (the network owner)",
		Ways:        dnsbl.Expires,
		URL:         "https://www.uceprotect.net/en/rblcheck.php?ipr={ip}",
		Answered:    "2026-10-08",
		Default:     "2026-08-05",
	},
	{
		Zone: "dnsbl-3.uceprotect.net", Name: "UCEPROTECT Level 3", Operator: "UCEPROTECT-Network",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:       "all networks of the provider (its AS)",
		Codes:       []dnsbl.Code{{Match: "127.0.0.2", Effect: dnsbl.PolicyOnly, Meaning: "whole provider"}},
		PaidRemoval: true,
		Delisting:   "expires when the provider improves",
		Ways:        dnsbl.Expires,
		URL:         "https://www.uceprotect.net/en/rblcheck.php?ipr={ip}",
		Answered:    "2026-10-08",
		Default:     "2026-08-05",
	},
	{
		Zone: "dnsbl-0.uceprotect.net", Name: "UCEPROTECT Level 0", Operator: "UCEPROTECT-Network",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Scope:       "single addresses",
		Codes:       []dnsbl.Code{{Match: "127.0.0.2", Effect: dnsbl.PolicyOnly, Meaning: "listed"}},
		PaidRemoval: true,
		URL:         "https://www.uceprotect.net/en/rblcheck.php?ipr={ip}",
	},
	{
		Zone: "nbl.0spam.org", Name: "0spam networks", Operator: "0spam",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:     "a /24",
		Contains:  []string{"0spam-n.fusionzero.com"},
		Delisting: "by request form",
		Ways:      dnsbl.ByRequest,
		URL:       "https://check.0spam.org/q/?ipaddr={ip}",
		Answered:  "2023-08",
	},
	{
		Zone: "0spam-n.fusionzero.com", Name: "0spam networks, old name",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{{Match: "127.0.[0..255].0", Effect: dnsbl.PolicyOnly, Meaning: "network"}},
	},
	{
		Zone: "netbl.spameatingmonkey.net", Name: "SEM-NETBLACK", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:     "networks",
		Delisting: "does not expire",
		Ways:      dnsbl.NeverExpires,
		URL:       "https://spameatingmonkey.com/lookup/{ip}",
		Answered:  "2023-08",
	},
	{
		Zone: "korea.services.net", Name: "Korea Services", Operator: "korea.services.net",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:    "whole networks of Korea",
		URL:      "http://korea.services.net/blocked.phtml?addr={ip}",
		Answered: "2023-08",
	},
	{
		Zone: "bogons.cymru.com", Name: "Team Cymru bogons", Operator: "Team Cymru",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "https://www.team-cymru.com/bogon-networks",
		Answered: "2023-08",
	},
	{
		Zone: "v4.fullbogons.cymru.com", Name: "Team Cymru fullbogons IPv4", Operator: "Team Cymru",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://www.team-cymru.com/bogon-networks",
	},
	{
		Zone: "v6.fullbogons.cymru.com", Name: "Team Cymru fullbogons IPv6", Operator: "Team Cymru",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv6, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://www.team-cymru.com/bogon-networks",
	},
}

// backscatter are lists of servers that send bounces to forged sender addresses.
var backscatter = []dnsbl.List{
	{
		Zone: "ips.backscatterer.org", Name: "Backscatterer", Operator: "UCEPROTECT-Network",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:       backscatterer,
		PaidRemoval: true,
		Delisting:   "expires 4 weeks after the last abuse, sooner if you pay",
		Ways:        dnsbl.Expires,
		URL:         "https://www.backscatterer.org/?target=test",
		Answered:    "2026-10-08",
		Default:     "2026-08-05",
	},
	{
		Zone: "backscatter.spameatingmonkey.net", Name: "SEM-BACKSCATTER", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     backscatterer,
		Delisting: "expires after 15 days, no manual removal",
		Ways:      dnsbl.Expires,
		URL:       "https://spameatingmonkey.com/lookup/{ip}",
		Default:   "2026-08-05",
	},
}

// newDomains are lists of domains for being new.
var newDomains = []dnsbl.List{
	{
		Zone: dnsbl.KeyMark + ".zrd.dq.spamhaus.net", Name: "Spamhaus ZRD", Operator: "Spamhaus",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Keyed,
		Codes: []dnsbl.Code{
			{Match: "127.0.2.[2..24]", Effect: dnsbl.PolicyOnly, Meaning: "first seen within 24 h"},
			{Match: "127.0.2.255", Effect: dnsbl.Refusal, Meaning: "asked for an address"},
		},
		Tests:     spamhausDomains,
		Contains:  []string{"zrd.spamhaus.org"},
		Delisting: "expires after 24 h",
		Ways:      dnsbl.Expires,
		URL:       "https://check.spamhaus.org/results/?query={domain}",
	},
	{
		Zone: "zrd.spamhaus.org", Name: "Spamhaus ZRD, public name", Operator: "Spamhaus",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Closed,
		Tests:     spamhausDomains,
		Delisting: "expires after 24 h",
		Ways:      dnsbl.Expires,
		URL:       "https://check.spamhaus.org/",
	},
	{
		Zone: "fresh.spameatingmonkey.net", Name: "SEM-FRESH", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     semFresh,
		Tests:     semDomains,
		Delisting: "expires as the domain ages",
		Ways:      dnsbl.Expires,
		URL:       "https://spameatingmonkey.com/services",
	},
	{
		Zone: "fresh10.spameatingmonkey.net", Name: "SEM-FRESH10", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes:     semFresh,
		Tests:     semDomains,
		Delisting: "expires as the domain ages",
		Ways:      dnsbl.Expires,
		URL:       "https://spameatingmonkey.com/services",
	},
	{
		Zone: "fresh15.spameatingmonkey.net", Name: "SEM-FRESH15", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     semFresh,
		Tests:     semDomains,
		Delisting: "expires as the domain ages",
		Ways:      dnsbl.Expires,
		URL:       "https://spameatingmonkey.com/services",
		Default:   "2026-08-21",
	},
	{
		Zone: "fresh30.spameatingmonkey.net", Name: "SEM-FRESH30", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes:     semFresh,
		Tests:     semDomains,
		Delisting: "expires as the domain ages",
		Ways:      dnsbl.Expires,
		URL:       "https://spameatingmonkey.com/services",
	},
	{
		Zone: "freshzero.spameatingmonkey.net", Name: "SEM-FRESHZERO", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes:     semFresh,
		Tests:     semDomains,
		Delisting: "expires as the domain ages",
		Ways:      dnsbl.Expires,
		URL:       "https://spameatingmonkey.com/services",
	},
	{
		Zone: "fresh.fmb.la", Name: "fmb.la fresh domains", Operator: "fmb.la",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes:     []dnsbl.Code{{Match: "127.2.0.[2;14;28]", Effect: dnsbl.PolicyOnly, Meaning: "new domain"}},
		Delisting: "expires automatically",
		Ways:      dnsbl.Expires,
		URL:       "https://fmb.la/pages/about",
	},
}

// proxies are lists of open proxies, Tor nodes and scanners, meant for IRC and web servers.
var proxies = []dnsbl.List{
	// 127.0.0.1 is a listing here.
	{
		Zone: "rbl.efnetrbl.org", Name: "EFnet RBL", Operator: "EFnet",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.1", Effect: dnsbl.PolicyOnly, Meaning: "open proxy"},
			{Match: "127.0.0.2", Effect: dnsbl.PolicyOnly, Meaning: "spam trap 666"},
			{Match: "127.0.0.3", Effect: dnsbl.PolicyOnly, Meaning: "spam trap 50"},
			{Match: "127.0.0.4", Effect: dnsbl.PolicyOnly, Meaning: "Tor"},
			{Match: "127.0.0.5", Effect: dnsbl.PolicyOnly, Meaning: "drone or flooding"},
		},
		Contains: []string{"rbl.efnet.org"},
		URL:      "https://rbl.efnetrbl.org/?i={ip}",
		Answered: "2023-08",
	},
	{
		Zone: "torexit.dan.me.uk", Name: "dan.me.uk Tor exits", Operator: "dan.me.uk",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     []dnsbl.Code{{Match: "127.0.0.100", Effect: dnsbl.PolicyOnly, Meaning: "Tor exit"}},
		Delisting: "expires when no longer a Tor exit",
		Ways:      dnsbl.Expires,
		URL:       "https://www.dan.me.uk/torcheck?ip={ip}",
		Answered:  "2023-08",
	},
	{
		Zone: "tor.dan.me.uk", Name: "dan.me.uk Tor nodes", Operator: "dan.me.uk",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Delisting: "expires when no longer a Tor node",
		Ways:      dnsbl.Expires,
		URL:       "https://www.dan.me.uk/torcheck?ip={ip}",
		Answered:  "2023-08",
	},
	{
		Zone: "rbl.ircbl.org", Name: "IRCBL", Operator: "ircbl.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "https://ircbl.org/about",
		Answered: "2023-08",
	},
	{
		Zone: "openproxy.bls.digibase.ca", Name: "Digibase open proxy", Operator: "digibase.ca",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "http://bls.digibase.ca/DNSBL",
		Answered: "2023-08",
	},
	{
		Zone: "proxyabuse.bls.digibase.ca", Name: "Digibase proxy abuse", Operator: "digibase.ca",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "http://bls.digibase.ca/DNSBL",
		Answered: "2023-08",
	},
	{
		Zone: "netscan.rbl.blockedservers.com", Name: "BlockedServers netscan", Operator: "blockedservers.com",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "https://www.blockedservers.com",
		Answered: "2023-08",
	},
	{
		Zone: "torexit.rbl.blockedservers.com", Name: "BlockedServers Tor exits", Operator: "blockedservers.com",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "https://www.blockedservers.com",
		Answered: "2023-08",
	},
	{
		Zone: "dnsbl.tornevall.org", Name: "Tornevall DNSBL", Operator: "tornevall.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes:     tornevall,
		Delisting: "by mail to dnsbl@tornevall.org, or use the removal tool",
		Ways:      dnsbl.SelfService | dnsbl.ByRequest,
		URL:       "https://dnsbl.tornevall.org/",
		Note:      "its operator was at work in 2026-04; no query of the list was seen",
	},
	{
		Zone: "opm.tornevall.org", Name: "Tornevall open proxies", Operator: "tornevall.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "bl.fraudbl.org", Name: "FraudBL", Operator: "tornevall.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "proxy.bl.gweep.ca", Name: "gweep proxies",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "relays.bl.gweep.ca", Name: "gweep relays",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "relays.bl.kunden.de", Name: "kunden.de relays",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "proxy.block.transip.nl", Name: "TransIP proxies",
		Kind: dnsbl.Policy, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
}

// domainPolicy are lists of domains for other reasons than abuse: URL shorteners, name servers,
// breaches of RFCs.
var domainPolicy = []dnsbl.List{
	{
		Zone: "short.fmb.la", Name: "fmb.la URL shorteners", Operator: "fmb.la",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:    []dnsbl.Code{{Match: "127.0.0.2", Effect: dnsbl.PolicyOnly, Meaning: "URL shortener"}},
		URL:      "https://fmb.la/pages/about",
		Answered: "2023-09",
	},
	{
		Zone: "nsbl.fmb.la", Name: "fmb.la name servers", Operator: "fmb.la",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "expires after 7 days",
		Ways:      dnsbl.Expires,
		URL:       "https://fmb.la/pages/about",
	},
	// Only the refusals of grey, red and white are known. Every other code is an entry.
	{
		Zone: "grey.uribl.com", Name: "URIBL grey", Operator: "URIBL",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			uriblRefused1,
			uriblRefused255,
			{Match: "127.0.0.[2..254]", Effect: dnsbl.PolicyOnly, Meaning: "grey"},
		},
		Delisting: "by request (login needed)",
		Ways:      dnsbl.ByRequest,
		URL:       "https://admin.uribl.com/",
	},
	{
		Zone: "red.uribl.com", Name: "URIBL red", Operator: "URIBL",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			uriblRefused1,
			uriblRefused255,
			{Match: "127.0.0.[2..254]", Effect: dnsbl.PolicyOnly, Meaning: "red"},
		},
		Delisting: "by request (login needed)",
		Ways:      dnsbl.ByRequest,
		URL:       "https://admin.uribl.com/",
	},
	{
		Zone: "fulldom.rfc-clueless.org", Name: "RFC-Clueless fulldom", Operator: "rfc-clueless.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Contains: []string{"abuse.rfc-clueless.org", "postmaster.rfc-clueless.org", "dsn.rfc-clueless.org", "bogusmx.rfc-clueless.org", "whois.rfc-clueless.org", "elitist.rfc-clueless.org"},
		URL:      "http://rfc-clueless.org/",
	},
	{
		Zone: "abuse.rfc-clueless.org", Name: "RFC-Clueless abuse", Operator: "rfc-clueless.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://rfc-clueless.org/",
	},
	{
		Zone: "postmaster.rfc-clueless.org", Name: "RFC-Clueless postmaster", Operator: "rfc-clueless.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://rfc-clueless.org/",
	},
	{
		Zone: "dsn.rfc-clueless.org", Name: "RFC-Clueless dsn", Operator: "rfc-clueless.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://rfc-clueless.org/",
	},
	{
		Zone: "bogusmx.rfc-clueless.org", Name: "RFC-Clueless bogusmx", Operator: "rfc-clueless.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://rfc-clueless.org/",
	},
	{
		Zone: "whois.rfc-clueless.org", Name: "RFC-Clueless whois", Operator: "rfc-clueless.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://rfc-clueless.org/",
	},
	{
		Zone: "elitist.rfc-clueless.org", Name: "RFC-Clueless elitist", Operator: "rfc-clueless.org",
		Kind: dnsbl.Policy, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://rfc-clueless.org/",
	},
}
