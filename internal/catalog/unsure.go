package catalog

import "check_dnsbl/internal/dnsbl"

// nothingKnown is the note on lists that are known by name only.
const nothingKnown = "only old configurations name it; nothing else is known"

// unsure are blocklists of addresses that may be dead: there is no recent proof that they are
// alive.
var unsure = []dnsbl.List{
	{
		Zone: "mail.bl.blocklist.de", Name: "blocklist.de mail", Operator: "blocklist.de",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes:     []dnsbl.Code{blocklistDeMail},
		Delisting: "expires 48 h after the last attack, or use the removal form",
		Ways:      dnsbl.Expires | dnsbl.SelfService,
		URL:       "https://www.blocklist.de/en/view.html?ip={ip}",
	},
	{
		Zone: "black.junkemailfilter.com", Name: "Hostkarma black", Operator: "Junk Email Filter",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "by removal form",
		Ways:      dnsbl.SelfService,
		URL:       "https://ipadmin.junkemailfilter.com/remove.php",
	},
	{
		Zone: "bl.fmb.la", Name: "fmb.la composite", Operator: "fmb.la",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Scope: "127.0.1.24 to .28: a /24 to /28; 127.0.2.2: all of an AS",
		Codes: []dnsbl.Code{
			{Match: "127.0.0.2", Meaning: "listed"},
			{Match: "127.0.1.2", Meaning: "level 2"},
			{Match: "127.0.1.[24..28]", Effect: dnsbl.Informational, Meaning: "subnet"},
			{Match: "127.0.2.2", Effect: dnsbl.Informational, Meaning: "whole AS"},
			{Match: "127.1.1.2", Effect: dnsbl.Informational, Meaning: "bitcoin address"},
		},
		URL:      "https://fmb.la/pages/about",
		Answered: "2023-08",
	},
	{
		Zone: "bl.drmx.org", Name: "DrMX", Operator: "drmx.org",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL:      "http://drmx.org/",
		Answered: "2023-08",
	},
	{
		Zone: "combined.rbl.msrbl.net", Name: "MSRBL combined", Operator: "msrbl.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "expires 3 days after the last report",
		Ways:      dnsbl.Expires,
		URL:       "https://www.msrbl.com",
		Answered:  "2023-08",
		Note:      "its domain expired in 2017 and about 2020; both times it listed every address",
	},
	{
		Zone: "images.rbl.msrbl.net", Name: "MSRBL images", Operator: "msrbl.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "expires 3 days after the last report",
		Ways:      dnsbl.Expires,
	},
	{
		Zone: "virus.rbl.msrbl.net", Name: "MSRBL virus", Operator: "msrbl.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "expires 3 days after the last report",
		Ways:      dnsbl.Expires,
	},
	{
		Zone: "web.rbl.msrbl.net", Name: "MSRBL web", Operator: "msrbl.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "expires 3 days after the last report",
		Ways:      dnsbl.Expires,
	},
	{
		Zone: "rblspamassassin.interserver.net", Name: "InterServer RBL for SpamAssassin", Operator: "InterServer",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://rbl.interserver.net/usage.php",
	},
	{
		Zone: "ipv6.blacklist.woody.ch", Name: "Woody's SMTP Blacklist IPv6", Operator: "woody.ch",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv6, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "http://blacklist.woody.ch/rblcheck.php3",
	},
	{
		Zone: "access.redhawk.org", Name: "Redhawk", Operator: "redhawk.org",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: only2,
		URL:   "https://www.redhawk.org/SpamHawk/query.php",
	},
	{
		Zone: "spamguard.leadmon.net", Name: "Leadmon SpamGuard", Operator: "Leadmon.Net",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.2", Effect: dnsbl.PolicyOnly, Meaning: "dial-up, cable or DSL"},
			{Match: "127.0.0.3", Meaning: "spam source"},
			{Match: "127.0.0.4", Meaning: "bulk mailer"},
			{Match: "127.0.0.5", Meaning: "single-stage relay"},
			{Match: "127.0.0.6", Meaning: "multi-stage relay"},
			{Match: "127.0.0.7", Meaning: "spamblock site"},
		},
		URL: "http://www.leadmon.net/spamguard/",
	},
	// 127.0.0.1 is a listing here.
	{
		Zone: "0spam.fusionzero.com", Name: "0spam, old name",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.1", Meaning: "spam"},
			{Match: "127.0.0.[2..9]", Meaning: "listed"},
		},
	},
	{
		Zone: "bl.deadbeef.com", Name: "deadbeef",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "blacklist.sci.kun.nl", Name: "C&CZ blacklist",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "dnsbl.antispam.or.id", Name: "antispam.or.id",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "dnsbl.isx.fr", Name: "isx.fr",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "rbl.inter.net", Name: "inter.net",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "rbl.spamlab.com", Name: "SpamLab",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "spamlist.or.kr", Name: "KISA-RBL",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "bl.scott.ovh", Name: "ScotNet DNSBL", Operator: "ScotNet",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.2", Meaning: "spam"},
			{Match: "127.0.0.3", Meaning: "open relay or proxy"},
			{Match: "127.0.0.4", Meaning: "web attack"},
			{Match: "127.0.0.8", Meaning: "repeated offence"},
			{Match: "127.0.0.10", Effect: dnsbl.PolicyOnly, Meaning: "policy"},
		},
		Delisting: "prove ownership in the DNS",
		Ways:      dnsbl.SelfService,
		URL:       "https://bl.scott.ovh",
	},
	{
		Zone: "bl.dnsbl.io", Name: "DNSBL.io", Operator: "dnsbl.io",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes:     dnsblIO,
		Delisting: "by request form (48 h)",
		Ways:      dnsbl.ByRequest,
		URL:       "https://dnsbl.io/lookup",
	},
	{
		Zone: "bl6.dnsbl.io", Name: "DNSBL.io IPv6", Operator: "dnsbl.io",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv6, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes:     dnsblIO,
		Delisting: "by request form (48 h)",
		Ways:      dnsbl.ByRequest,
		URL:       "https://dnsbl.io/lookup",
	},
	{
		Zone: "ip.dnsbl.risk.oxl.app", Name: "OXL Risk DB", Operator: "OXL",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: oxl,
	},
	{
		Zone: "bl.mipspace.com", Name: "MIPSpace-Poor", Operator: "MIPSpace",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "by request form",
		Ways:      dnsbl.ByRequest,
		URL:       "https://www.mipspace.com/removal.php",
	},
	{
		Zone: "superblock.ascams.com", Name: "Ascams superblock", Operator: "ascams.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "bl.rbl-dns.com", Name: "rbl-dns.com", Operator: "rbl-dns.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.2", Meaning: "spam"},
			{Match: "127.0.0.3", Effect: dnsbl.PolicyOnly, Meaning: "dial-up"},
		},
	},
	{
		Zone: "bl-h1.rbl.polspam.pl", Name: "Polspam BL-H1", Operator: "polspam.pl",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://polspam.pl/rbll.php",
	},
	{
		Zone: "rsbl.aupads.org", Name: "AUPADS rsbl", Operator: "aupads.org",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: only2,
		URL:   "http://aupads.org/rsbl.html",
		Note:  "its operator has suspended new entries",
	},
	// These are in the file of check_rbl in Debian 12.
	{
		Zone: "assholes.madscience.nl", Name: "assholes.madscience.nl",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Note: nothingKnown,
	},
	{
		Zone: "blackholes.sandes.dk", Name: "blackholes.sandes.dk",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Note: nothingKnown,
	},
	{
		Zone: "cart00ney.surriel.com", Name: "cart00ney.surriel.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Note: nothingKnown,
	},
	{
		Zone: "dialup.blacklist.jippg.org", Name: "dialup.blacklist.jippg.org",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Note: nothingKnown,
	},
	{
		Zone: "dul.dnsbl.borderware.com", Name: "dul.dnsbl.borderware.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Note: nothingKnown,
	},
	{
		Zone: "intruders.docs.uu.se", Name: "intruders.docs.uu.se",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Note: nothingKnown,
	},
	{
		Zone: "pss.spambusters.org.ar", Name: "pss.spambusters.org.ar",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Note: nothingKnown,
	},
	{
		Zone: "spam.olsentech.net", Name: "spam.olsentech.net",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Note: nothingKnown,
	},
}
