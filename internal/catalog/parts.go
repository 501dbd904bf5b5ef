package catalog

import "check_dnsbl/internal/dnsbl"

// parts are parts and second names of the major lists. They are major too, as each of their entries
// is an entry of a major list.
var parts = []dnsbl.List{
	{
		Zone: "sbl.spamhaus.org", Name: "Spamhaus SBL", Operator: "Spamhaus",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:     spamhausSBLScope,
		Codes:     []dnsbl.Code{spamhausSBL, spamhausCSS, spamhausDROP, spamhausBCL},
		Delisting: "asked for by the owner of the network; CSS: by yourself",
		URL:       "https://check.spamhaus.org/results/?query={ip}",
	},
	{
		Zone: "xbl.spamhaus.org", Name: "Spamhaus XBL", Operator: "Spamhaus",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     []dnsbl.Code{spamhausXBL},
		Contains:  []string{"cbl.abuseat.org"},
		Delisting: "by yourself on the look-up page; by itself when the abuse stops",
		URL:       "https://check.spamhaus.org/results/?query={ip}",
	},
	{
		Zone: "sbl-xbl.spamhaus.org", Name: "Spamhaus SBL+XBL", Operator: "Spamhaus",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:     spamhausSBLScope,
		Codes:     []dnsbl.Code{spamhausSBL, spamhausCSS, spamhausXBL, spamhausDROP, spamhausBCL},
		Contains:  []string{"sbl.spamhaus.org", "xbl.spamhaus.org", "cbl.abuseat.org"},
		Delisting: "SBL: asked for by the owner of the network; CSS, XBL: by yourself",
		URL:       "https://check.spamhaus.org/results/?query={ip}",
	},
	{
		Zone: "bb.barracudacentral.org", Name: "Barracuda Reputation Block List, second name", Operator: "Barracuda Networks",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Major, Status: dnsbl.Unsure, Access: dnsbl.Registration,
		Scope:     "single addresses",
		Codes:     only2,
		Delisting: "by request form, handled in 12 to 24 h",
		URL:       "https://www.barracudacentral.org/lookups",
		Removal:   "https://www.barracudacentral.org/rbl/removal-request",
	},
	{
		Zone: "z.mailspike.net", Name: "Mailspike Z", Operator: "Mailspike",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     only2,
		Delisting: "by itself, soon",
		URL:       "https://mailspike.io/ip_verify",
	},
	{
		Zone: "black.uribl.com", Name: "URIBL black", Operator: "URIBL",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			uriblRefused1,
			uriblRefused255,
			{Match: "127.0.0.2", Meaning: "listed"},
		},
		Delisting: "by request, login needed",
		URL:       "https://admin.uribl.com/",
	},
	{
		Zone: dnsbl.KeyMark + ".sbl.dq.spamhaus.net", Name: "Spamhaus SBL over DQS", Operator: "Spamhaus",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Keyed,
		Scope:     spamhausSBLScope,
		Codes:     []dnsbl.Code{spamhausSBL, spamhausCSS, spamhausDROP, spamhausBCL},
		Contains:  []string{"sbl.spamhaus.org"},
		Delisting: "asked for by the owner of the network; CSS: by yourself",
		URL:       "https://check.spamhaus.org/results/?query={ip}",
	},
	{
		Zone: dnsbl.KeyMark + ".xbl.dq.spamhaus.net", Name: "Spamhaus XBL over DQS", Operator: "Spamhaus",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Keyed,
		Codes:     []dnsbl.Code{spamhausXBL},
		Contains:  []string{"xbl.spamhaus.org", "cbl.abuseat.org"},
		Delisting: "by yourself on the look-up page; by itself when the abuse stops",
		URL:       "https://check.spamhaus.org/results/?query={ip}",
	},
	{
		Zone: dnsbl.KeyMark + ".black.mail.abusix.zone", Name: "Abusix spam", Operator: "Abusix",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Keyed,
		Codes:     []dnsbl.Code{abusixTrap, abusixReputation, abusixManual},
		Delisting: "by itself about 5 days after the last sight, or by yourself",
		URL:       "https://lookup.abusix.com/search?q={ip}",
	},
	{
		Zone: dnsbl.KeyMark + ".exploit.mail.abusix.zone", Name: "Abusix exploit", Operator: "Abusix",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Major, Status: dnsbl.Active, Access: dnsbl.Keyed,
		Codes: []dnsbl.Code{abusixExploit},
		Tests: dnsbl.Tests{IPv4: "127.0.0.4"},
		URL:   "https://lookup.abusix.com/search?q={ip}",
	},
}
