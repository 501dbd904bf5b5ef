package bounce

// A word has what bounces say in the place of a zone, in lower case.
type word struct {
	zone     string   // the list that is meant
	operator Operator // or, if it is none of the catalog, whose list it is
	sure     []string // words for this list
	general  []string // words for any list of its operator: one that is named as well is meant
	sites    []string // hosts of web pages, with or without a name in front, that are as general
}

// wordTable holds what bounces call lists, the particular before the general. The corpus has a bounce for each.
func wordTable() []word {
	return []word{
		{zone: "dbl.spamhaus.org", sure: []string{"spamhaus dbl", "domain is listed in spamhaus", "spamhaus.org/query/domain", "spamhaus.org/dbl"}},
		{zone: "zen.spamhaus.org", general: []string{"exploits block list", "using cbl", "in the cbl", "rcvd_in_sbl", "rcvd_in_xbl", "rcvd_in_pbl", "rcvd_in_zen", "spamhaus"}, sites: []string{"abuseat.org", "spamhaus.org", "spamhaus.net"}},
		{zone: "b.barracudacentral.org", general: []string{"barracuda reputation", "barracuda rbl", "s=barracuda", "listed by barracuda", "barracudanetworks.com/reputation"}, sites: []string{"barracudacentral.org"}},
		{zone: "bl.spamcop.net", general: []string{"rcvd_in_bl_spamcop_net", "spamcop"}, sites: []string{"spamcop.net"}},
		{zone: "dnsbl-1.uceprotect.net", sure: []string{"uceprotect-level 1", "uceprotect-level1"}, general: []string{"uceprotect"}, sites: []string{"uceprotect.net"}},
		{zone: "dnsbl-2.uceprotect.net", sure: []string{"uceprotect-level 2", "uceprotect-level2"}},
		{zone: "dnsbl-3.uceprotect.net", sure: []string{"uceprotect-level 3", "uceprotect-level3"}},
		{zone: "ips.backscatterer.org", sites: []string{"backscatterer.org"}},
		{zone: "truncate.gbudb.net", general: []string{"gbudb"}, sites: []string{"gbudb.com"}},
		{zone: "psbl.surriel.com", general: []string{"rcvd_in_psbl", "psbl"}, sites: []string{"psbl.org"}},
		{zone: "bl.mailspike.net", general: []string{"rcvd_in_mspike_bl", "mailspike"}},
		{zone: "bl.score.senderscore.com", general: []string{"rcvd_in_validity_rpbl", "sender score", "return path reputation"}, sites: []string{"senderscore.org"}},
		{zone: "<key>.combined.mail.abusix.zone", general: []string{"abusix"}, sites: []string{"abusix.zone"}},
		{zone: "sip.invaluement.com", general: []string{"invaluement", "ivmsip"}, sites: []string{"invaluement.com"}},
		{zone: "sip24.invaluement.com", sure: []string{"ivmsip/24"}},
		{zone: "all.spamrats.com", general: []string{"spamrats"}, sites: []string{"spamrats.com"}},
		{zone: "hostkarma.junkemailfilter.com", general: []string{"hostkarma"}, sites: []string{"junkemailfilter.com"}},
		{zone: "bl.blocklist.de", sites: []string{"blocklist.de"}},
		{zone: "dnsbl.dronebl.org", general: []string{"dronebl"}, sites: []string{"dronebl.org"}},
		{zone: "dnsbl.spfbl.net", general: []string{"spfbl"}, sites: []string{"spfbl.net"}},
		{zone: "bl.spameatingmonkey.net", general: []string{"spam eating monkey"}, sites: []string{"spameatingmonkey.com"}},
		{zone: "multi.surbl.org", general: []string{"surbl"}},
		{zone: "multi.uribl.com", sites: []string{"uribl.com"}},
		{zone: "dnsbl.sorbs.net", general: []string{"sorbs"}, sites: []string{"sorbs.net"}},
		{zone: "ix.dnsbl.manitu.net", general: []string{"nix spam", "nixspam"}},
		{zone: "dnsbl.njabl.org", general: []string{"njabl"}},
		{zone: "rf.senderbase.org", sure: []string{"senderbase"}, sites: []string{"senderbase.org", "talosintelligence.com"}},
		{operator: Operator{"cloudmark", "Cloudmark"}, sure: []string{"cloudmark"}, sites: []string{"cloudmark.com"}},
		{operator: Operator{"trendmicro", "Trend Micro"}, sure: []string{"trend micro"}, sites: []string{"mail-abuse.com"}},
		{operator: Operator{"proofpoint", "Proofpoint"}, sure: []string{"proofpoint"}, sites: []string{"proofpoint.com"}},
		{operator: Operator{"symantec", "Symantec"}, sites: []string{"symantec.com", "messagelabs.com"}},
		{operator: Operator{"microsoft", "Microsoft's own block list"}, sure: []string{"(s3140)", "(s3150)", "banned sending ip", "banned sender"}},
		{operator: Operator{"unitedinternet", "United Internet's own block list"}, sure: []string{"no smtp service ip address is block listed", "no smtp service ip address is black listed"}},
		{operator: Operator{"att", "AT&T's own block list"}, sure: []string{"dnsbl:attrbl", "dnsbl:rbl 521", "abuse_rbl@abuse-att.net"}},
		{operator: Operator{"yahoo", "Yahoo's own list"}, sure: []string{"[tss04]", "[tss09]", "[ts03]"}},
		{operator: Operator{"telekom", "T-Online's own list"}, sure: []string{"tosa@rx.t-online.de", "tobr@rx.t-online.de"}},
		{operator: Operator{"google", "Gmail's own list"}, sure: []string{"p=unsolicitedmessageerror", "p=unsolicitedratelimiterror"}},
	}
}
