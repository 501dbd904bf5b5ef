package catalog

import (
	"slices"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// recommendedFor has the reason why each recommended list is one: who makes use of it, so that a
// listing there costs mail or tells of abuse, and an admin can do something about it.
var recommendedFor = map[string]string{
	"zen.spamhaus.org":              "default of nine mail filters",
	"b.barracudacentral.org":        "default of six mail filters and of a vendor's gateways; answers the unregistered too",
	"bl.spamcop.net":                "default of five mail filters",
	"bl.mailspike.net":              "default of five mail filters",
	"psbl.surriel.com":              "default of three mail filters; rejections of 2024 to 2026 name it",
	"dbl.spamhaus.org":              "default of four mail filters",
	"multi.surbl.org":               "default of three mail filters",
	"multi.uribl.com":               "default of four mail filters",
	"bl.blocklist.de":               "default of two mail filters; names the attack that it saw",
	"bl.spameatingmonkey.net":       "default of four mail filters",
	"bl.ipv6.spameatingmonkey.net":  "default of two mail filters; few lists have IPv6",
	"uribl.spameatingmonkey.net":    "default of rspamd and Stalwart",
	"truncate.gbudb.net":            "default of Haraka",
	"hostkarma.junkemailfilter.com": "default of mailcow and Haraka",
	"bl.suomispam.net":              "default of mailcow; networks too, but each by the operator's choice",
	"rbl.interserver.net":           "default of mailcow; entries expire",
	"rbluri.interserver.net":        "default of mailcow",
	"rbl.your-server.de":            "Hetzner's own mailboxes reject by it, with the address of its page",
	"dnsbl.dronebl.org":             "names the abuse that it saw; entries are removed on request; IPv6",
	"all.s5h.net":                   "the listed address removes itself; IPv6",
	"bl.0spam.org":                  "entries are removed on request",
	"dnsrbl.swinog.ch":              "run by a provider; entries are removed by oneself",
}

// notRecommendedFor has the reason why a list is not recommended though it is alive and open, or in
// the defaults of a mail filter.
var notRecommendedFor = map[string]string{
	"rbl.0spam.org":                  "of the lists of one operator, bl.0spam.org counts",
	"bl.nordspam.com":                "entries never expire; no filter's default",
	"dbl.nordspam.com":               "entries never expire; no filter's default",
	"bl.scientificspam.net":          "entries never expire; no filter's default",
	"rhsbl.scientificspam.net":       "entries never expire; no filter's default",
	"bip.virusfree.cz":               "never seen answering; nothing is known of removal",
	"dnsbl.zapbl.net":                "a list of opinions, says its operator; no filter's default",
	"dnsbl.kempt.net":                "one person's list, maybe without its operator; no filter's default",
	"spam.dnsbl.anonmails.de":        "one person's list; no filter's default",
	"spamsources.fabel.dk":           "whole networks; no filter's default",
	"bl.nosolicitado.org":            "a local list; no filter's default",
	"mail-abuse.blacklist.jippg.org": "aggregates other lists, so that one listing would count again",
}

// A recommended list is a block list that is alive, answers everyone and can be proved; see fits.
// Each list that fits has a reason why it is recommended or not.
func TestRecommendedRule(t *testing.T) {
	for _, l := range All() {
		in, out := recommendedFor[l.Zone], notRecommendedFor[l.Zone]
		if l.Recommended != (in != "") || (in != "" || out != "") != fits(&l) || in != "" && out != "" {
			t.Errorf("%s: recommended %v, fits %v, for it %q, against it %q",
				l.Zone, l.Recommended, fits(&l), in, out)
		}
	}
	set, _ := Set("recommended")
	if len(set) != len(recommendedFor) {
		t.Errorf("%d recommended lists, %d reasons", len(set), len(recommendedFor))
	}
	checkNoParts(t, set)
	for i, l := range set {
		for _, other := range set[:i] {
			if l.Operator == other.Operator && l.Subjects&other.Subjects != 0 {
				t.Errorf("%s and %s: one operator, one kind of subject", other.Zone, l.Zone)
			}
		}
	}
}

// fits reports whether a list meets the part of the rule that can be measured: it was seen answering
// in 2026, or was then in the defaults of a mail filter and its operator has a page about it.
func fits(l *dnsbl.List) bool {
	alive := l.Status == dnsbl.Active && (l.Answered >= "2026" || l.Default >= "2026" && l.URL != "")
	open := l.Access == dnsbl.Open || l.Access == dnsbl.Registration
	counts := l.Kind == dnsbl.Block && l.Tier != dnsbl.Info && l.Subjects != 0
	return alive && open && counts && !l.PaidRemoval && !l.Tests.None
}

// The major lists come first: a headline has room for a few names only.
func TestRecommendedOrder(t *testing.T) {
	set, _ := Set("recommended")
	major := slices.IndexFunc(set, func(l dnsbl.List) bool { return l.Tier != dnsbl.Major })
	for _, l := range set[major:] {
		if l.Tier == dnsbl.Major {
			t.Errorf("%s is major, but comes after %s", l.Zone, set[major].Zone)
		}
	}
}
