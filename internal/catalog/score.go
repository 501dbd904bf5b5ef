package catalog

import "check_dnsbl/internal/dnsbl"

// score are zones with a score or a remark for every address, which is not a listing.
var score = []dnsbl.List{
	{
		Zone: "rep.mailspike.net", Name: "Mailspike reputation", Operator: "Mailspike",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		Codes: []dnsbl.Code{
			{Match: "127.0.0.10", Effect: dnsbl.Informational, Meaning: "worst"},
			{Match: "127.0.0.11", Effect: dnsbl.Informational, Meaning: "very bad"},
			{Match: "127.0.0.12", Effect: dnsbl.Informational, Meaning: "bad"},
			{Match: "127.0.0.13", Effect: dnsbl.Informational, Meaning: "suspicious"},
			{Match: "127.0.0.14", Effect: dnsbl.Informational, Meaning: "neutral; probably spam"},
			{Match: "127.0.0.15", Effect: dnsbl.Informational, Meaning: "neutral"},
			{Match: "127.0.0.16", Effect: dnsbl.Informational, Meaning: "neutral; probably good"},
			{Match: "127.0.0.17", Effect: dnsbl.Informational, Meaning: "possibly good"},
			{Match: "127.0.0.18", Effect: dnsbl.Informational, Meaning: "good"},
			{Match: "127.0.0.19", Effect: dnsbl.Informational, Meaning: "very good"},
			{Match: "127.0.0.20", Effect: dnsbl.Informational, Meaning: "excellent"},
		},
		Delisting: "expires automatically",
		Ways:      dnsbl.Expires,
		URL:       "https://mailspike.org/iprep.html?query={ip}",
		Default:   "2026-08-21",
	},
	{
		Zone: "score.senderscore.com", Name: "Validity Sender Score", Operator: "Validity",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Registration,
		Codes:     []dnsbl.Code{{Match: "127.0.4.[0..100]", Effect: dnsbl.Informational, Meaning: "score of 0 to 100"}},
		Delisting: "after 30 days on average",
		URL:       "https://senderscore.org/",
		Default:   "2026-04-13",
	},
	{
		Zone: "reputation-ip.rbl.scrolloutf1.com", Name: "Scrollout F1 reputation", Operator: "Scrollout F1",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Active, Access: dnsbl.Open,
		URL:      "http://www.scrolloutf1.com/rbl",
		Answered: "2023-08",
	},
	{
		Zone: "reputation-ns.rbl.scrolloutf1.com", Name: "Scrollout F1 reputation of name servers", Operator: "Scrollout F1",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "krn.korumail.com", Name: "KoruMail reputation",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
	},
	{
		Zone: "score.spfbl.net", Name: "SPFBL score", Operator: "SPFBL.net",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://spfbl.net/",
	},
	{
		Zone: "abuse.spfbl.net", Name: "SPFBL abuse contacts", Operator: "SPFBL.net",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4 | dnsbl.IPv6, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://spfbl.net/",
	},
	{
		Zone: "rf.senderbase.org", Name: "SenderBase reputation", Operator: "Cisco",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://talosintelligence.com/reputation_center/lookup?search={ip}",
	},
	{
		Zone: "sa.senderbase.org", Name: "SenderBase for SpamAssassin", Operator: "Cisco",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		URL: "https://talosintelligence.com/reputation_center/lookup?search={ip}",
	},
	{
		Zone: "origin.asn.spameatingmonkey.net", Name: "SEM-ASN-ORIGIN", Operator: "Spam Eating Monkey",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Tests: dnsbl.Tests{None: true},
		URL:   "http://spameatingmonkey.com/lists.html",
	},
	{
		Zone: "asn.routeviews.org", Name: "Route Views AS numbers", Operator: "Route Views",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Tests: dnsbl.Tests{None: true},
	},
	{
		Zone: "origin.asn.cymru.com", Name: "Team Cymru AS numbers", Operator: "Team Cymru",
		Kind: dnsbl.Score, Subjects: dnsbl.IPv4, Tier: dnsbl.Info, Status: dnsbl.Unsure, Access: dnsbl.Open,
		Tests: dnsbl.Tests{None: true},
	},
}
