package catalog

import "check_dnsbl/internal/dnsbl"

// notCounted are blocklists that are shown but not counted: the operator sells removal, lists
// neighbors or lists without a known reason, or the list has no test entry, so that "not listed"
// cannot be proved.
var notCounted = []dnsbl.List{
	{
		Zone: "dnsbl-1.uceprotect.net", Name: "UCEPROTECT Level 1", Operator: "UCEPROTECT-Network",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Scope:       "single addresses",
		Codes:       only2,
		PaidRemoval: true,
		Delisting:   "expires 7 days after the last abuse, sooner if you pay",
		Ways:        dnsbl.Expires,
		URL:         "https://www.uceprotect.net/en/rblcheck.php?ipr={ip}",
		Answered:    "2026-10-08",
		Default:     "2026-05-28",
	},
	// The operator means the other codes for scoring. Many ordinary servers have one.
	{
		Zone: "dnsbl.spfbl.net", Name: "SPFBL DNSBL", Operator: "SPFBL.net",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4 | dnsbl.IPv6 | dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.2", Meaning: "confirmed spam"},
			{Match: "127.0.0.3", Effect: dnsbl.Informational, Meaning: "suspicious or misconfigured"},
			{Match: "127.0.0.4", Effect: dnsbl.Informational, Meaning: "no mail server, NAT or residential"},
			{Match: "127.0.0.5", Effect: dnsbl.Informational, Meaning: "generic reverse name"},
		},
		PaidRemoval: true,
		Delisting:   "self-service on the lookup page, payment is offered",
		Ways:        dnsbl.SelfService,
		URL:         "https://matrix.spfbl.net/{ip}",
		Answered:    "2026-09-09",
	},
	// It was seen to list 1.1.1.1.
	{
		Zone: "dnsbl.justspam.org", Name: "JustSpam", Operator: "justspam.org",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "by request from the listed address",
		Ways:      dnsbl.ByRequest,
		URL:       "http://www.justspam.org/",
		Answered:  "2026",
		Default:   "2026-05-28",
	},
	{
		Zone: "nsbl.ascams.com", Name: "Ascams", Operator: "ascams.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Delisting: "never, after three strikes",
		URL:       "https://ascams.com/info/dnsbl-ascams-com/",
		Answered:  "2023-08",
	},
	{
		Zone: "iprbl.mailcleaner.net", Name: "MailCleaner IPRBL", Operator: "MailCleaner",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		PaidRemoval: true,
		Delisting:   "the operator sells removal",
		URL:         "https://www.mailcleaner.net/support/request-removal-from-mailcleaner-uribl/",
		Answered:    "2023-08",
	},
	{
		Zone: "niprbl.mailcleaner.net", Name: "MailCleaner NIPRBL", Operator: "MailCleaner",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		PaidRemoval: true,
	},
	{
		Zone: "uribl.mailcleaner.net", Name: "MailCleaner URIBL", Operator: "MailCleaner",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		PaidRemoval: true,
		Delisting:   "the operator sells removal",
		URL:         "https://www.mailcleaner.net/support/request-removal-from-mailcleaner-uribl/",
		Answered:    "2023-09",
	},
	// Spamhaus calls it a fraud. It lists 127.0.0.1 and does not list 127.0.0.2.
	{
		Zone: "bl.nszones.com", Name: "nsZones", Operator: "nszones.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Tests:       dnsbl.Tests{None: true},
		PaidRemoval: true,
		Delisting:   "the operator sells removal",
		Answered:    "2023-08",
		Note:        "a fake list, says Spamhaus: it copies Spamhaus and SURBL and sells removal",
	},
	{
		Zone: "netblockbl.spamgrouper.to", Name: "SpamGrouper netblocks", Operator: "spamgrouper.to",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Scope: "networks",
		URL:   "http://www.spamgrouper.to",
	},
	{
		Zone: "rbl.realtimeblacklist.com", Name: "realtimeBLACKLIST", Operator: "realtimeblacklist.com",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Closed,
	},
	{
		Zone: "vote.drbl.gremlin.ru", Name: "DRBL vote", Operator: "gremlin.ru",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Tests:    dnsbl.Tests{None: true},
		URL:      "http://drbl.gremlin.ru/en.html",
		Answered: "2023-08",
	},
	{
		Zone: "work.drbl.gremlin.ru", Name: "DRBL work", Operator: "gremlin.ru",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Tests:    dnsbl.Tests{None: true},
		URL:      "http://drbl.gremlin.ru/en.html",
		Answered: "2023-08",
	},
	{
		Zone: "dnsbl.calivent.com.pe", Name: "Calivent", Operator: "calivent.com.pe",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Tests: dnsbl.Tests{None: true},
		URL:   "http://dnsbl.calivent.com.pe",
	},
	{
		Zone: "blacklist.woody.ch", Name: "Woody's SMTP Blacklist", Operator: "woody.ch",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: only2,
		Tests: dnsbl.Tests{None: true},
		URL:   "http://blacklist.woody.ch/rblcheck.php3",
	},
	{
		Zone: "forbidden.icm.edu.pl", Name: "ICM forbidden", Operator: "ICM",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Tests: dnsbl.Tests{None: true},
	},
	{
		Zone: "spamrbl.imp.ch", Name: "ImproWare spam", Operator: "ImproWare AG",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.5", Meaning: "spam"},
			{Match: "127.0.0.8", Meaning: "spam trap"},
		},
		Tests: dnsbl.Tests{None: true},
		URL:   "https://antispam.imp.ch/",
	},
	{
		Zone: "wormrbl.imp.ch", Name: "ImproWare worm", Operator: "ImproWare AG",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: []dnsbl.Code{{Match: "127.0.0.5", Meaning: "infected"}},
		Tests: dnsbl.Tests{None: true},
		URL:   "https://antispam.imp.ch/",
	},
}

// membersOnly are lists that answer, or may be queried by, members and licensees only. invaluement
// tells all others that every address is listed.
var membersOnly = []dnsbl.List{
	{
		Zone: "sip.invaluement.com", Name: "ivmSIP", Operator: "invaluement",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Closed,
		Delisting: "expires about 11 days after the last abuse, review is free",
		Ways:      dnsbl.Expires | dnsbl.ByRequest,
		URL:       "https://www.invaluement.com/lookup/",
		Note:      "lists every address for those without a license, since 2021 or before",
	},
	{
		Zone: "sip24.invaluement.com", Name: "ivmSIP/24", Operator: "invaluement",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Closed,
		Scope:     "a /24",
		Delisting: "expires about 11 days after the last abuse, review is free",
		Ways:      dnsbl.Expires | dnsbl.ByRequest,
		URL:       "https://www.invaluement.com/lookup/",
		Note:      "lists every address for those without a license, since 2021 or before",
	},
	{
		Zone: "uri.invaluement.com", Name: "ivmURI", Operator: "invaluement",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Closed,
		Delisting: "expires after weeks, review is free",
		Ways:      dnsbl.Expires | dnsbl.ByRequest,
		URL:       "https://www.invaluement.com/lookup/",
		Note:      "lists every address for those without a license, since 2021 or before",
	},
	{
		Zone: "free.v4bl.org", Name: "V4BL free", Operator: "v4bl.org",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Closed,
		URL:      "https://v4bl.org",
		Answered: "2023-08",
	},
	{
		Zone: "weak.dnsbl.rediris.es", Name: "RedIRIS weak", Operator: "RedIRIS",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Closed,
		URL:      "https://www.rediris.es/irisrbl/",
		Answered: "2023-08",
	},
	{
		Zone: "strong.dnsbl.rediris.es", Name: "RedIRIS strong", Operator: "RedIRIS",
		Kind: dnsbl.Block, Subjects: dnsbl.IPv4, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Closed,
		URL:      "https://www.rediris.es/irisrbl/",
		Answered: "2023-08",
	},
}
