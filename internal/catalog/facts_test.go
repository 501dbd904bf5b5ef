package catalog

import (
	"net/netip"
	"slices"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// A codeTest is a return code of a list with its only meaning.
type codeTest struct {
	zone, code string
	effect     dnsbl.Effect
	meaning    string
}

func checkCodes(t *testing.T, tests []codeTest) {
	t.Helper()
	for _, tt := range tests {
		l, _ := Find(tt.zone)
		code := netip.MustParseAddr(tt.code)
		want := []dnsbl.Reading{{Code: code, Effect: tt.effect, Meaning: tt.meaning}}
		if got := l.Read([]netip.Addr{code}); !slices.Equal(got, want) {
			t.Errorf("%s: %s means %v, want %v", tt.zone, tt.code, got, want)
		}
	}
}

func TestSpamhausCodes(t *testing.T) {
	checkCodes(t, []codeTest{
		{"zen.spamhaus.org", "127.0.0.2", dnsbl.Listing, "SBL"},
		{"zen.spamhaus.org", "127.0.0.3", dnsbl.Listing, "CSS"},
		{"zen.spamhaus.org", "127.0.0.4", dnsbl.Listing, "XBL"},
		{"zen.spamhaus.org", "127.0.0.7", dnsbl.Listing, "XBL"},
		{"zen.spamhaus.org", "127.0.0.9", dnsbl.Listing, "DROP"},
		{"zen.spamhaus.org", "127.0.0.10", dnsbl.PolicyOnly, "PBL (ISP)"},
		{"zen.spamhaus.org", "127.0.0.11", dnsbl.PolicyOnly, "PBL (Spamhaus)"},
		{"zen.spamhaus.org", "127.0.0.30", dnsbl.Listing, "BCL"},
		{"zen.spamhaus.org", "127.0.0.8", dnsbl.Undocumented, ""},
		{"zen.spamhaus.org", "127.255.255.252", dnsbl.Refusal, "typing error in the zone name"},
		{"zen.spamhaus.org", "127.255.255.254", dnsbl.Refusal, "public or anonymous resolver"},
		{"zen.spamhaus.org", "127.255.255.255", dnsbl.Refusal, "too many queries"},
		{"zen.dq.spamhaus.net", "127.0.0.4", dnsbl.Listing, "XBL"},
		{"zen.dq.spamhaus.net", "127.255.255.250", dnsbl.Refusal, "key disabled"},
		{
			"zen.dq.spamhaus.net",
			"127.255.255.251",
			dnsbl.Refusal,
			"key rejected or in use by another account",
		},
		{"authbl.dq.spamhaus.net", "127.0.0.20", dnsbl.Listing, "AuthBL"},
		{"dbl.spamhaus.org", "127.0.1.4", dnsbl.Listing, "phishing"},
		{"dbl.spamhaus.org", "127.0.1.255", dnsbl.Refusal, "asked for an address"},
		{"zrd.dq.spamhaus.net", "127.0.2.24", dnsbl.PolicyOnly, "first seen within 24 h"},
		{"zrd.dq.spamhaus.net", "127.0.2.255", dnsbl.Refusal, "asked for an address"},
	})
}

func TestCodesOfOthers(t *testing.T) {
	checkCodes(t, []codeTest{
		{"combined.mail.abusix.zone", "127.0.0.4", dnsbl.Listing, "exploited host"},
		{"combined.mail.abusix.zone", "127.0.0.11", dnsbl.PolicyOnly, "generic reverse name"},
		{"all.spamrats.com", "127.0.0.36", dnsbl.PolicyOnly, "dynamic reverse name"},
		{"all.spamrats.com", "127.0.0.37", dnsbl.PolicyOnly, "no reverse name"},
		{"all.spamrats.com", "127.0.0.38", dnsbl.Listing, "spam"},
		{"all.spamrats.com", "127.0.0.43", dnsbl.Listing, "password guessing"},
		{"spam.spamrats.com", "127.0.0.2", dnsbl.Undocumented, ""},
		{"bl.blocklist.de", "127.0.0.13", dnsbl.Listing, "sasl"},
		{"bl.blocklist.de", "127.0.0.22", dnsbl.Listing, "mysql"},
		{"hostkarma.junkemailfilter.com", "127.0.0.1", dnsbl.Allowed, "white"},
		{"hostkarma.junkemailfilter.com", "127.0.0.2", dnsbl.Listing, "black"},
		{"hostkarma.junkemailfilter.com", "127.0.0.4", dnsbl.Informational, "brown"},
		{
			"hostkarma.junkemailfilter.com",
			"127.0.1.1",
			dnsbl.Informational,
			"how it ends SMTP sessions",
		},
		{"list.dnswl.org", "127.0.5.2", dnsbl.Allowed, "medium trust"},
		{"list.dnswl.org", "127.0.10.0", dnsbl.Allowed, "no trust"},
		{"list.dnswl.org", "127.0.10.3", dnsbl.Refusal, "resolver over the limit"},
		{"list.dnswl.org", "127.0.0.255", dnsbl.Refusal, "resolver blocked"},
		{"bl.score.senderscore.com", "127.255.255.255", dnsbl.Refusal, "resolver not registered"},
		{"score.senderscore.com", "127.0.4.97", dnsbl.Informational, "score of 0 to 100"},
		{"rbl.efnetrbl.org", "127.0.0.1", dnsbl.PolicyOnly, "open proxy"},
		{"dnsbl.spfbl.net", "127.0.0.2", dnsbl.Listing, "confirmed spam"},
		{"dnsbl.spfbl.net", "127.0.0.4", dnsbl.Informational, "no mail server, NAT or residential"},
		{"bl.fmb.la", "127.0.1.24", dnsbl.Informational, "subnet"},
		{"bl.fmb.la", "127.255.255.255", dnsbl.Refusal, "our address is blocked"},
		{"bl.scientificspam.net", "127.0.0.2", dnsbl.Listing, "listed"},
		{"rhsbl.scientificspam.net", "127.0.1.2", dnsbl.Listing, "listed"},
		{"rsbl.aupads.org", "127.0.0.2", dnsbl.Listing, "listed"},
		{"dnsbl.tornevall.org", "127.0.0.16", dnsbl.PolicyOnly, "mail spam"},
		{"dnsbl.tornevall.org", "127.0.0.1", dnsbl.Informational, "scanned only"},
	})
}

// Every code of a list without a code table is a listing.
func TestUnknownCodesAreListings(t *testing.T) {
	checkCodes(t, []codeTest{
		{"bl.suomispam.net", "127.0.0.99", dnsbl.Listing, ""},
		{"bl.rbl.polspam.pl", "127.0.2.0", dnsbl.Listing, ""},
	})
}

// Some lists have a bit in the last octet for each reason.
func TestWhatBitsMean(t *testing.T) {
	tests := []struct {
		zone, code string
		listed     []string // meanings of the bits that are a listing
		others     []string // of those that are not
	}{
		{
			"multi.surbl.org",
			"127.0.0.252",
			[]string{
				"disposable mail domain",
				"phishing",
				"malware",
				"click tracker",
				"abuse",
				"cracked site",
			},
			nil,
		},
		{"multi.surbl.org", "127.0.0.72", []string{"phishing", "abuse"}, nil},
		{"multi.surbl.org", "127.0.0.1", nil, []string{"resolver refused"}},
		{"multi.uribl.com", "127.0.0.2", []string{"black"}, nil},
		{"multi.uribl.com", "127.0.0.14", []string{"black"}, []string{"grey", "red"}},
		{"multi.uribl.com", "127.0.0.16", nil, []string{"test"}},
		{"multi.uribl.com", "127.0.0.1", nil, []string{"resolver refused"}},
		{"multi.uribl.com", "127.0.0.255", nil, []string{"resolver refused"}},
		{"bl.score.senderscore.com", "127.0.0.1", []string{"botnet"}, nil},
		{
			"bl.score.senderscore.com",
			"127.0.0.6",
			[]string{"no authentication", "pristine trap"},
			nil,
		},
		{
			"bl.score.senderscore.com",
			"127.0.0.24",
			[]string{"suspect attachment", "Sender Score"},
			nil,
		},
	}
	for _, tt := range tests {
		l, _ := Find(tt.zone)
		var listed, others []string
		for _, r := range l.Read([]netip.Addr{netip.MustParseAddr(tt.code)}) {
			if r.Effect == dnsbl.Listing {
				listed = append(listed, r.Meaning)
			} else {
				others = append(others, r.Meaning)
			}
		}
		if !slices.Equal(listed, tt.listed) || !slices.Equal(others, tt.others) {
			t.Errorf("%s: %s lists as %q and says %q, want %q and %q",
				tt.zone, tt.code, listed, others, tt.listed, tt.others)
		}
	}
}

func TestWhichTestEntries(t *testing.T) {
	tests := []struct {
		zone string
		want dnsbl.Tests
	}{
		{"zen.spamhaus.org", dnsbl.Tests{}},
		{"dbl.spamhaus.org", dnsbl.Tests{Domain: "dbltest.com"}},
		{"dbl.dq.spamhaus.net", dnsbl.Tests{Domain: "dbltest.com"}},
		{"zrd.dq.spamhaus.net", dnsbl.Tests{Domain: "dbltest.com"}},
		{"multi.surbl.org", dnsbl.Tests{Domain: "test.surbl.org"}},
		{"multi.uribl.com", dnsbl.Tests{Domain: "test.uribl.com"}},
		{
			"uribl.spameatingmonkey.net",
			dnsbl.Tests{Domain: "_dnsbl_.test", NotDomain: "_dnsblneg_.test"},
		},
		{"exploit.mail.abusix.zone", dnsbl.Tests{IPv4: "127.0.0.4"}},
		{"dblack.mail.abusix.zone", dnsbl.Tests{Domain: "listed.test"}},
		{"spam.spamrats.com", dnsbl.Tests{None: true}},
		{"work.drbl.gremlin.ru", dnsbl.Tests{None: true}},
		{"rhsbl.zapbl.net", dnsbl.Tests{None: true}},
		{"uribl.swinog.ch", dnsbl.Tests{None: true}},
		{"pofon.foobar.hu", dnsbl.Tests{None: true}},
	}
	for _, tt := range tests {
		if l, _ := Find(tt.zone); l.Tests != tt.want {
			t.Errorf("%s: test entries %+v, want %+v", tt.zone, l.Tests, tt.want)
		}
	}
}

// The scope of an entry, or "" if unknown.
func TestScopes(t *testing.T) {
	for zone, want := range map[string]string{
		"zen.spamhaus.org":       "SBL, DROP, PBL: ranges too; CSS: a single IPv4 address, a /64 or more of IPv6",
		"zen.dq.spamhaus.net":    "SBL, DROP, PBL: ranges too; CSS: a single IPv4 address, a /64 or more of IPv6",
		"pbl.dq.spamhaus.net":    "ranges of end users",
		"bl.spamcop.net":         "single addresses",
		"dnsbl-3.uceprotect.net": "all networks of the provider (its AS)",
		"bl.mailspike.net":       "",
		"bl.blocklist.de":        "",
	} {
		if l, _ := Find(zone); l.Scope != want {
			t.Errorf("%s: %q, want %q", zone, l.Scope, want)
		}
	}
}

// How lists ended whose end had been told with another date, or with none. Where the only source is
// that a checker of blocklists dropped the list, the date is not known.
func TestFates(t *testing.T) {
	const wildcard = "every query was answered with a listing"
	for zone, want := range map[string]string{
		"dul.ru":                    "2015-05-19: domain for sale, " + wildcard,
		"dnsbl.ahbl.org":            "2015-01-01: " + wildcard + ", as announced on 2014-12-26",
		"bl.spamcannibal.org":       "2018-05-30: domain lost, " + wildcard + "; again on 2019-05-30",
		"bad.psky.me":               "2019-04-22: domain expired, " + wildcard + "; it had republished Spamhaus data",
		"all.rbl.webiron.net":       "2020-05: domain expired, " + wildcard,
		"tor.dnsbl.sectoor.de":      "2018-06: dead",
		"bsb.spamlookup.net":        "2020-04-17 or before: dead",
		"relays.mail-abuse.org":     "2001-07-31: MAPS closed to all but subscribers, now Trend Micro",
		"relays.bl.kundenserver.de": "2016-03-01: offline",
		"all.rbl.jp":                "date not known: no sign that it still answers",
		"l2.apews.org":              "date not known: no sign that it still answers",
		"ws.surbl.org":              "date not known: merged into multi.surbl.org",
	} {
		if l, _ := Find(zone); l.Fate != want || l.Status != dnsbl.Retired {
			t.Errorf("%s: %s, %q, want %q", zone, l.Status, l.Fate, want)
		}
	}
}

// Pages on which an admin looks up a listing and asks for removal, "" if it is the same one.
func TestPages(t *testing.T) {
	const barracuda = "https://www.barracudacentral.org/"
	for zone, want := range map[string][2]string{
		"b.barracudacentral.org":        {barracuda + "lookups", barracuda + "rbl/removal-request"},
		"bb.barracudacentral.org":       {barracuda + "lookups", barracuda + "rbl/removal-request"},
		"bl.mailspike.net":              {"https://mailspike.io/ip_verify", ""},
		"all.s5h.net":                   {"https://www.usenix.org.uk/content/rblremove", ""},
		"rbl.interserver.net":           {"http://sigs.interserver.net/ip?ip={ip}", "http://rbl.interserver.net/delisting.php"},
		"hostkarma.junkemailfilter.com": {"https://ipadmin.junkemailfilter.com/remove.php", ""},
		"singular.ttk.pte.hu":           {"https://singular.ttk.pte.hu/en/", "http://singular.ttk.pte.hu/en/leiratkozas.shtml"},
		"dnsbl.tornevall.org":           {"https://dnsbl.tornevall.org/", ""},
	} {
		if l, _ := Find(zone); l.URL != want[0] || l.Removal != want[1] {
			t.Errorf("%s: %q and %q, want %q", zone, l.URL, l.Removal, want)
		}
	}
}

// The access decides whether a failure counts: a wrong one makes a false alarm or a false OK.
func TestAccess(t *testing.T) {
	for zone, want := range map[string]dnsbl.Access{
		"zen.spamhaus.org":          dnsbl.Open,
		"b.barracudacentral.org":    dnsbl.Registration,
		"bl.score.senderscore.com":  dnsbl.Registration,
		"all.spamrats.com":          dnsbl.Registration, // by a key
		"noptr.spamrats.com":        dnsbl.Registration,
		"rbl.realtimeblacklist.com": dnsbl.Closed,
		"sip.invaluement.com":       dnsbl.Closed,
		"bl.reportedip.de":          dnsbl.Keyed,
	} {
		if l, _ := Find(zone); l.Access != want {
			t.Errorf("%s: %s, want %s", zone, l.Access, want)
		}
	}
}

// The newest answer and the newest place in the defaults of a mail filter are two facts: one does not
// stand for the other.
func TestLastSeen(t *testing.T) {
	for zone, want := range map[string][2]string{
		"zen.spamhaus.org":              {"2026-10-08", "2026-08-21"},
		"hostkarma.junkemailfilter.com": {"2026-08-01", "2026-08-05"},
		"bl.suomispam.net":              {"2026-04-24", "2026-08-05"},
		"bl.score.senderscore.com":      {"2025-07-14", "2024-10-24"}, // since then it refused
		"bip.virusfree.cz":              {"", "2026-08-21"},
		"uribl.spameatingmonkey.net":    {"", "2026-08-21"},
		"dnsbl.dronebl.org":             {"2026-10-08", ""},
		"bl.deadbeef.com":               {"", ""},
	} {
		if l, _ := Find(zone); l.Answered != want[0] || l.Default != want[1] {
			t.Errorf("%s: %q and %q, want %q", zone, l.Answered, l.Default, want)
		}
	}
}
