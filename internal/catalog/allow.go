package catalog

import "check_dnsbl/internal/dnsbl"

// allow are allow lists. A good sender does not have to be on one.
var allow = []dnsbl.List{
	{
		Zone: "list.dnswl.org", Name: "DNSWL.org", Operator: "dnswl.org",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:   dnswl,
		URL:     "https://www.dnswl.org/",
		Default: "2026-08-21",
	},
	{
		Zone: "dwl.dnswl.org", Name: "DNSWL.org domains", Operator: "dnswl.org",
		Kind: dnsbl.Allow, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:   dnswl,
		URL:     "https://www.dnswl.org/",
		Default: "2026-08-21",
	},
	{
		Zone: "wl.mailspike.net", Name: "Mailspike Whitelist", Operator: "Mailspike",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.17", Effect: dnsbl.Allowed, Meaning: "possibly good"},
			{Match: "127.0.0.18", Effect: dnsbl.Allowed, Meaning: "good"},
			{Match: "127.0.0.19", Effect: dnsbl.Allowed, Meaning: "very good"},
			{Match: "127.0.0.20", Effect: dnsbl.Allowed, Meaning: "excellent"},
		},
		Delisting: "expires automatically",
		Ways:      dnsbl.Expires,
		URL:       "https://mailspike.org/iprep.html?query={ip}",
		Default:   "2026-08-05",
	},
	{
		Zone: "iadb.isipp.com", Name: "ISIPP IADB", Operator: "ISIPP",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.1.255", Effect: dnsbl.Allowed, Meaning: "vouched for"},
			{Match: "127.2.255.[1..5]", Effect: dnsbl.Informational, Meaning: "what the sender publishes"},
			{Match: "127.3.100.[0..10]", Effect: dnsbl.Informational, Meaning: "how addresses were collected"},
		},
		URL:     "http://www.isipp.com/",
		Default: "2024-10-24",
	},
	{
		Zone: "sa-trusted.bondedsender.org", Name: "Validity Certification", Operator: "Validity",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Registration,
		Codes:   []dnsbl.Code{{Match: "127.0.0.[0..255]", Effect: dnsbl.Allowed, Meaning: "certified"}},
		URL:     "https://knowledge.validity.com/hc/en-us/articles/20961730681243",
		Default: "2024-10-24",
	},
	{
		Zone: "sa-accredit.habeas.com", Name: "Validity Safe", Operator: "Validity",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Registration,
		Codes:   []dnsbl.Code{{Match: "127.0.0.[0..255]", Effect: dnsbl.Allowed, Meaning: "safe"}},
		URL:     "https://knowledge.validity.com/hc/en-us/articles/20961730681243",
		Default: "2024-10-24",
	},
	{
		Zone: "dnswl.spfbl.net", Name: "SPFBL whitelist", Operator: "SPFBL.net",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4 | dnsbl.IPv6 | dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.3", Effect: dnsbl.Allowed, Meaning: "good reputation"},
			{Match: "127.0.0.4", Effect: dnsbl.Allowed, Meaning: "paid entry"},
			{Match: "127.0.0.5", Effect: dnsbl.Allowed, Meaning: "shared service with little spam"},
		},
		URL:  "https://spfbl.net/en/dnswl/",
		Note: "REFUSED: over the limit; FORMERR: wrong query",
	},
	{
		Zone: "whitelist.surriel.com", Name: "PSBL whitelist", Operator: "PSBL",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://psbl.org/",
	},
	{
		Zone: "ips.whitelisted.org", Name: "Whitelisted.org", Operator: "whitelisted.org",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://www.whitelisted.org/",
	},
	{
		Zone: "nobl.junkemailfilter.com", Name: "Hostkarma NOBL", Operator: "Junk Email Filter",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://wiki.junkemailfilter.com/index.php/Spam_DNS_Lists",
	},
	{
		Zone: "white.uribl.com", Name: "URIBL white", Operator: "URIBL",
		Kind: dnsbl.Allow, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			uriblRefused1,
			uriblRefused255,
			{Match: "127.0.0.[2..254]", Effect: dnsbl.Allowed, Meaning: "white"},
		},
		URL: "https://uribl.com/",
	},
	{
		Zone: "wl.0spam.org", Name: "0spam white list", Operator: "0spam",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Contains: []string{"0spamtrust.fusionzero.com"},
		URL:      "https://0spam.org/",
	},
	{
		Zone: "0spamtrust.fusionzero.com", Name: "0spam white list, old name",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "ispmx.pofon.foobar.hu", Name: "Pofon mail hosts of providers", Operator: "rbl.foobar.hu",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://rbl.foobar.hu",
	},
	{
		Zone: "mtawlrev.dnsbl.rediris.es", Name: "RedIRIS MTA whitelist", Operator: "RedIRIS",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Closed,
	},
	{
		Zone: "wadb.isipp.com", Name: "ISIPP WADB", Operator: "ISIPP",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "white.dnsbl.brukalai.lt", Name: "Brukalai white", Operator: "brukalai.lt",
		Kind: dnsbl.Allow, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
}
