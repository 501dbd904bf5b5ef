package catalog

import "check_dnsbl/internal/dnsbl"

// domains are the other blocklists of domains, the recommended ones first.
var domains = []dnsbl.List{
	{
		Zone: "uribl.spameatingmonkey.net", Name: "SEM-URI", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:       only2,
		Tests:       semDomains,
		Recommended: true,
		Delisting:   "expires 30 days after it was last seen, or use the lookup page",
		Ways:        dnsbl.Expires | dnsbl.SelfService,
		URL:         "https://spameatingmonkey.com/lookup",
		Default:     "2026-08-21",
		Note:        "its operator advises scoring, not rejecting",
	},
	{
		Zone: "rbluri.interserver.net", Name: "InterServer domains", Operator: "InterServer",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Recommended: true,
		URL:         "http://rbl.interserver.net/usage.php",
		Answered:    "2023-09",
		Default:     "2026-08-05",
	},
	{
		Zone: "dbl.nordspam.com", Name: "NordSpam domains", Operator: "NordSpam",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     only2,
		Delisting: "by mail in English to delist@nordspam.com from an address in the domain, does not expire",
		Ways:      dnsbl.ByRequest | dnsbl.NeverExpires,
		URL:       "https://www.nordspam.com/delist/",
		Answered:  "2026-10-08",
	},
	{
		Zone: "rhsbl.scientificspam.net", Name: "Scientific Spam domains", Operator: "scientificspam.net",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     []dnsbl.Code{{Match: "127.0.1.2", Meaning: "listed"}},
		Delisting: "by request, does not expire",
		Ways:      dnsbl.ByRequest | dnsbl.NeverExpires,
		URL:       "https://www.scientificspam.net",
		Answered:  "2026-04-24",
	},
	{
		Zone: "urired.spameatingmonkey.net", Name: "SEM-URIRED", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:     only2,
		Tests:     semDomains,
		Contains:  []string{"uribl.spameatingmonkey.net"},
		Delisting: "expires automatically",
		Ways:      dnsbl.Expires,
		URL:       "https://spameatingmonkey.com/lookup",
		Answered:  "2023-09",
	},
	{
		Zone: "dbl.0spam.org", Name: "0spam domains", Operator: "0spam",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Contains:  []string{"url.0spam.org", "0spamurl.fusionzero.com"},
		Delisting: "by request form",
		Ways:      dnsbl.ByRequest,
		URL:       "https://0spam.org/request",
		Answered:  "2023-09",
	},
	{
		Zone: "dbl.suomispam.net", Name: "Suomispam domains", Operator: "Suomispam",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Delisting: "by request to the operator",
		Ways:      dnsbl.ByRequest,
		URL:       "https://suomispam.net/",
		Answered:  "2023-09",
	},
	{
		Zone: "uribl.abuse.ro", Name: "abuse.ro advertised domains", Operator: "abuse.ro",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.2", Meaning: "heavily advertised by spam"},
			{Match: "127.0.0.4", Meaning: "advertised by spam"},
			{Match: "127.0.0.9", Effect: dnsbl.PolicyOnly, Meaning: "dynamic domain"},
		},
		URL:      "https://abuse.ro",
		Answered: "2023-09",
	},
	{
		Zone: "dbl.abuse.ro", Name: "abuse.ro sending domains", Operator: "abuse.ro",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "https://abuse.ro",
		Answered: "2023-09",
	},
	{
		Zone: "rhsbl.zapbl.net", Name: "ZapBL RHSBL", Operator: "ZapBL",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Tests:     dnsbl.Tests{None: true},
		Delisting: "self-service on the operator's page",
		Ways:      dnsbl.SelfService,
		URL:       "https://zapbl.net/using",
		Answered:  "2023-09",
	},
	{
		Zone: "uribl.swinog.ch", Name: "SwiNOG URIBL", Operator: "ImproWare AG",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		Tests:    dnsbl.Tests{None: true},
		URL:      "https://antispam.imp.ch/",
		Answered: "2023-09",
	},
	{
		Zone: "uribl.pofon.foobar.hu", Name: "Pofon domains", Operator: "rbl.foobar.hu",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "https://rbl.foobar.hu",
		Answered: "2023-09",
	},
	{
		Zone: "bl-domain.rbl.scrolloutf1.com", Name: "Scrollout F1 domains", Operator: "Scrollout F1",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "http://www.scrolloutf1.com/rbl",
		Answered: "2023-09",
	},
	{
		Zone: "rhsbl.rbl.polspam.pl", Name: "Polspam RHSBL", Operator: "polspam.pl",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "https://polspam.pl/rbll.php",
		Answered: "2023-09",
	},
	{
		Zone: "rhsbl-danger.rbl.polspam.pl", Name: "Polspam dangerous domains", Operator: "polspam.pl",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "https://polspam.pl/rbll.php",
		Answered: "2023-09",
	},
	// It lists every name below test.
	{
		Zone: dnsbl.KeyMark + ".dblack.mail.abusix.zone", Name: "Abusix domains", Operator: "Abusix",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Active, Access: dnsbl.Keyed,
		Codes: []dnsbl.Code{
			{Match: "127.0.1.1", Meaning: "seen in a trap"},
			{Match: "127.0.1.2", Meaning: "newly observed"},
			{Match: "127.0.1.3", Meaning: "behind a short URL"},
		},
		Tests:     dnsbl.Tests{Domain: "listed.test"},
		Delisting: "expires about 5 days after it was last seen",
		Ways:      dnsbl.Expires,
		URL:       "https://lookup.abusix.com/",
	},
	{
		Zone: "rhsbl-h.rbl.polspam.pl", Name: "Polspam RHSBL-H", Operator: "polspam.pl",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://polspam.pl/rbll.php",
	},
	{
		Zone: "d.bl.zenrbl.pl", Name: "zenrbl.pl domains", Operator: "cyber_Folks",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "d.dnsbl.risk.oxl.app", Name: "OXL Risk DB domains", Operator: "OXL",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Codes: oxl,
	},
	{
		Zone: "url.0spam.org", Name: "0spam URLBL", Operator: "0spam",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Delisting: "by request form",
		Ways:      dnsbl.ByRequest,
		URL:       "https://0spam.org/",
	},
	{
		Zone: "0spamurl.fusionzero.com", Name: "0spam URL, old name",
		Kind: dnsbl.Block, Subjects: dnsbl.Domain, Tier: dnsbl.Minor, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
}

// hashes are blocklists of hashes, in which no address or domain can be looked up. They are here
// so that their zones are known.
var hashes = []dnsbl.List{
	{
		Zone: "hashbl.surbl.org", Name: "SURBL hashes", Operator: "SURBL",
		Kind: dnsbl.Block, Subjects: 0, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.8", Meaning: "phishing"},
			{Match: "127.0.0.16", Meaning: "malware"},
			{Match: "127.0.0.64", Meaning: "abuse"},
			{Match: "127.0.0.128", Meaning: "cracked site"},
			{Match: "127.0.1.[0..255]", Meaning: "mail address"},
		},
		URL:     "https://www.surbl.org/",
		Default: "2026-08-21",
	},
	{
		Zone: "ebl.msbl.org", Name: "MSBL Email Blocklist", Operator: "MSBL",
		Kind: dnsbl.Block, Subjects: 0, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.[2;3]", Meaning: "listed"},
			{Match: "127.0.1.[2;3]", Effect: dnsbl.Informational, Meaning: "grey"},
		},
		Default: "2026-08-21",
	},
	{
		Zone: "uribl.rspamd.com", Name: "Rspamd URIBL", Operator: "Rspamd",
		Kind: dnsbl.Block, Subjects: 0, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes:   only2,
		URL:     "https://rspamd.com",
		Default: "2026-08-21",
	},
}
