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
