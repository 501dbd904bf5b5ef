package dnsbl

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
)

// answer reads a shorthand: "NX", "NODATA", the text of a Cause, or return codes.
func answer(s string) Answer {
	switch s {
	case "NX":
		return Answer{NXDomain: true}
	case "NODATA":
		return Answer{}
	}
	for _, cause := range Causes() {
		if cause.Text() == s {
			return Answer{Cause: cause}
		}
	}
	var a Answer
	for code := range strings.FieldsSeq(s) {
		a.Addrs = append(a.Addrs, netip.MustParseAddr(code))
	}
	return a
}

// answers reads several answers, separated by commas; none for "-".
func answers(s string) []Answer {
	if s == "-" {
		return nil
	}
	var all []Answer
	for one := range strings.SplitSeq(s, ",") {
		all = append(all, answer(strings.TrimSpace(one)))
	}
	return all
}

// verdict formats the essence of a finding in one line.
func verdict(f Finding) string {
	words := []string{string(f.Outcome)}
	if f.Outcome == Listed {
		words = append(words, describe(f.Codes))
	}
	if f.Cause != "" {
		words = append(words, f.Cause.Text())
	}
	if f.Detail != "" {
		words = append(words, f.Detail)
	}
	if f.Unconfirmed {
		words = append(words, "unconfirmed")
	}
	if f.Untested {
		words = append(words, "untested")
	}
	return strings.Join(words, "; ")
}

// lists returns lists that are shaped like real ones.
func lists() map[string]List {
	plain := Unknown("bl.example")
	zen := Unknown("zen.example")
	zen.Codes = []Code{
		{Match: "127.0.0.2", Meaning: "SBL"}, {Match: "127.0.0.3", Meaning: "CSS"},
		{Match: "127.0.0.[4..7]", Meaning: "XBL"},
		{Match: "127.0.0.10", Effect: PolicyOnly, Meaning: "PBL"},
		{Match: "127.255.255.254", Effect: Refusal, Meaning: "public resolver"},
	}
	surbl := Unknown("multi.example")
	surbl.Codes = []Code{{Match: "127.0.0.1", Effect: Refusal, Meaning: "access blocked"},
		{Bit: 8, Meaning: "phishing"}, {Bit: 64, Meaning: "abuse"}}
	karma := Unknown("karma.example")
	karma.Codes = []Code{{Match: "127.0.0.1", Effect: Allowed, Meaning: "white"},
		{Match: "127.0.0.2", Meaning: "black"}, {Match: "127.0.0.3", Effect: Informational, Meaning: "yellow"}}
	botnet := Unknown("score.example")
	botnet.Codes = []Code{{Bit: 1, Meaning: "botnet"}, {Bit: 4, Meaning: "trap"}}
	allow := Unknown("wl.example")
	allow.Kind = Allow
	allow.Codes = []Code{{Match: "127.0.0.255", Effect: Refusal, Meaning: "blocked"},
		{Match: "127.0.[2..20].[0..3]", Effect: Allowed, Meaning: "trusted"}}
	rep := Unknown("rep.example")
	rep.Kind = Score
	none := plain
	none.Tests.None = true
	filtered := zen
	filtered.Choices = []Choice{{"zen.example", "127.0.0.[2..4;50..60]", 3},
		{"zen.example", "127.0.0.3", 4}, {"zen.example", "127.0.0.99", 5}}
	policy := zen
	policy.Choices = []Choice{{"zen.example", "127.0.0.10", 1}}
	trusted := allow
	trusted.Choices = []Choice{{"wl.example", "127.0.5.2", -1}}
	remark := karma
	remark.Choices = []Choice{{"karma.example", "127.0.0.3", 1}}
	keyed := Unknown(KeyMark + ".zen.example")
	keyed.Access, keyed.Codes = Keyed,
		[]Code{{Match: "127.255.255.250", Effect: Refusal, Meaning: "key disabled"},
			{Match: "127.0.0.2", Meaning: "SBL"}}
	return map[string]List{"keyed": keyed, "plain": plain, "zen": zen, "surbl": surbl,
		"karma": karma, "botnet": botnet, "allow": allow,
		"rep": rep, "none": none, "filtered": filtered, "policy": policy, "trusted": trusted, "remark": remark}
}

func TestJudge(t *testing.T) {
	const ok, no = "127.0.0.2", "NX"
	tests := []struct{ list, question, positive, negative, want string }{
		// proved
		{"plain", "127.0.0.5", ok, no, "listed; 127.0.0.5"},
		{"zen", "127.0.0.4 127.0.0.2", ok, no, "listed; 127.0.0.2 = SBL, 127.0.0.4 = XBL"},
		{"zen", "127.0.0.10", ok, no, "listed; 127.0.0.10 = PBL"},
		{"surbl", "127.0.0.72", "127.0.0.254", no, "listed; 127.0.0.72 = phishing, 127.0.0.72 = abuse"},
		{"zen", "NX", "127.0.0.4 127.0.0.2", "-", "not listed"},
		{"zen", "NODATA", ok, "-", "not listed"},
		// a listing does not need the positive test entry; NODATA for the negative one is as good as NXDOMAIN
		{"zen", "127.0.0.2", "timeout", no, "listed; 127.0.0.2 = SBL"},
		{"zen", "127.0.0.2", ok, "NODATA", "listed; 127.0.0.2 = SBL"},
		// every record counts, whatever comes with it
		{"zen", "203.0.113.9 127.0.0.3", ok, no, "listed; 127.0.0.3 = CSS, 203.0.113.9"},
		{"zen", "127.0.0.99 127.0.0.3", ok, no, "listed; 127.0.0.3 = CSS, 127.0.0.99"},
		// no answer about the negative test entry: the listing stands, marked
		{"zen", "127.0.0.2", ok, "timeout", "listed; 127.0.0.2 = SBL; timeout; unconfirmed"},
		{"zen", "127.0.0.2", ok, "SERVFAIL", "listed; 127.0.0.2 = SBL; SERVFAIL; unconfirmed"},
		{"zen", "127.0.0.2", ok, "127.255.255.254",
			"listed; 127.0.0.2 = SBL; refuses this resolver; 127.255.255.254 = public resolver; unconfirmed"},
		{"zen", "127.0.0.2", ok, "203.0.113.9",
			"listed; 127.0.0.2 = SBL; answer outside 127.0.0.0/8; 203.0.113.9; unconfirmed"},
		{"zen", "127.0.0.2", ok, "-", "listed; 127.0.0.2 = SBL; timeout; unconfirmed"},
		// a list that lists everything, and one that has 127.0.0.1 as an entry
		{"plain", "127.0.0.2", ok, "127.0.0.2,127.0.0.2,127.0.0.2",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.2"},
		{"plain", "127.0.0.2", ok, "127.0.0.2,NX,127.0.0.2",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.2"},
		{"plain", "127.0.0.2", ok, "127.0.0.2,timeout,127.0.0.2",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.2"},
		{"plain", "127.0.0.2", ok, "127.0.0.2,timeout,timeout",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.2"},
		{"plain", "127.0.0.2", ok, "127.0.0.2,timeout,NX", "listed; 127.0.0.2; timeout; unconfirmed"},
		{"plain", "127.0.0.2", ok, "127.0.0.2,203.0.113.9,NX",
			"listed; 127.0.0.2; answer outside 127.0.0.0/8; 203.0.113.9; unconfirmed"},
		{"zen", "127.0.0.2 203.0.113.9", ok, "127.0.0.2 203.0.113.9,127.0.0.2 203.0.113.9,NX",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.2 = SBL, 203.0.113.9"},
		{"zen", "127.0.0.2", ok, "127.0.0.2 127.255.255.254,127.0.0.2,127.0.0.2",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.2 = SBL, " +
				"127.255.255.254 = public resolver"},
		{"plain", "127.0.0.2", ok, "127.0.0.2",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.2"},
		{"plain", "127.0.0.2", ok, "127.0.0.2,NX,NX", "listed; 127.0.0.2"},
		{"zen", "127.0.0.2", ok, "127.0.0.99,127.0.0.99,127.0.0.99",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.99"},
		{"karma", "127.0.0.2", ok, "127.0.0.1", "listed; 127.0.0.2 = black"},
		{"botnet", "127.0.0.1", ok, no, "listed; 127.0.0.1 = botnet"},
		// refusals outrank everything else
		{"zen", "127.255.255.254", ok, "-", "failed; refuses this resolver; 127.255.255.254 = public resolver"},
		{"zen", "127.0.0.2 127.255.255.254", ok, no, "failed; refuses this resolver; 127.255.255.254 = public resolver"},
		{"plain", "127.255.255.7", ok, "-", "failed; refuses this resolver; 127.255.255.7 = error code"},
		{"surbl", "127.0.0.1", ok, "-", "failed; refuses this resolver; 127.0.0.1 = access blocked"},
		{"zen", "NX", "127.255.255.254", "-", "failed; refuses this resolver; 127.255.255.254 = public resolver"},
		// codes that prove nothing
		{"plain", "127.0.0.1", ok, "-", "failed; undocumented return code; 127.0.0.1"},
		{"zen", "127.0.0.99", ok, "-", "failed; undocumented return code; 127.0.0.99"},
		{"surbl", "127.0.0.2", ok, "-", "failed; undocumented return code; 127.0.0.2"},
		{"surbl", "127.0.1.8", ok, "-", "failed; undocumented return code; 127.0.1.8"},
		{"plain", "203.0.113.9", ok, "-", "failed; answer outside 127.0.0.0/8; 203.0.113.9"},
		{"plain", "2001:db8::1", ok, "-", "failed; answer outside 127.0.0.0/8; 2001:db8::1"},
		// no answer
		{"zen", "timeout", ok, "-", "failed; timeout"},
		{"zen", "SERVFAIL", ok, "-", "failed; SERVFAIL"},
		{"zen", "REFUSED", ok, "-", "failed; REFUSED"},
		{"zen", "truncated answer", ok, "-", "failed; truncated answer"},
		// not listed, but not proved
		{"zen", "NX", "NX", "-", "failed; test entry missing; NXDOMAIN"},
		{"zen", "NX", "NODATA", "-", "failed; test entry has no return code; NODATA"},
		{"zen", "NX", "timeout", "-", "failed; timeout"},
		{"zen", "NX", "malformed answer", "-", "failed; malformed answer; for the test entry"},
		{"zen", "NX", "203.0.113.9", "-", "failed; answer outside 127.0.0.0/8; 203.0.113.9"},
		{"zen", "NX", "127.0.0.1", "-", "failed; undocumented return code; test entry is 127.0.0.1"},
		{"zen", "NX", "-", "-", "failed; internal error; no test entry asked"},
		{"zen", "NX", "127.0.0.2 203.0.113.9", "-", "failed; answer outside 127.0.0.0/8; 203.0.113.9"},
		{"zen", "NX", "127.0.0.2 127.255.255.254", "-",
			"failed; refuses this resolver; 127.255.255.254 = public resolver"},
		// a list that needs a key refuses the key
		{"keyed", "127.255.255.250", "127.255.255.250", "-", "failed; refuses the key; 127.255.255.250 = key disabled"},
		{"keyed", "NX", "127.255.255.251", "-", "failed; refuses the key; 127.255.255.251 = error code"},
		{"keyed", "NX", "NX", "-", "failed; test entry missing; NXDOMAIN"},
		{"karma", "NX", "127.0.0.3", "-", "failed; undocumented return code; test entry is 127.0.0.3 = yellow"},
		// the IPv4 test entry replaces an IPv6 one that the list does not have
		{"zen", "NX", "NX,127.0.0.2", "-", "not listed"},
		{"zen", "NX", "NX,NX", "-", "failed; test entry missing; NXDOMAIN"},
		{"zen", "NX", "NX,SERVFAIL", "-", "failed; SERVFAIL; for the test entry"},
		// a test entry may have a code of its own
		{"zen", "NX", "127.0.0.99", "-", "not listed"},
		{"surbl", "NX", "127.0.0.254", "-", "not listed"},
		{"none", "NX", "-", "-", "not listed; untested"},
		{"none", "NODATA", "-", "-",
			"failed; test entry has no return code; NODATA, and no test entry to tell what it means"},
		{"none", "127.0.0.2", "-", no, "listed; 127.0.0.2"},
		// codes that are not listings
		{"karma", "127.0.0.1", ok, "-", "not listed"},
		{"karma", "127.0.0.3", ok, "-", "not listed"},
		{"karma", "127.0.0.1", "127.0.0.1", "-", "failed; undocumented return code; test entry is 127.0.0.1 = white"},
		{"allow", "127.0.5.2", "127.0.10.0", no, "listed; 127.0.5.2 = trusted"},
		{"allow", "127.0.0.255", "127.0.10.0", "-", "failed; refuses this resolver; 127.0.0.255 = blocked"},
		{"allow", "127.0.10.3", "127.0.10.3", "127.0.10.3,127.0.10.3,127.0.10.3",
			"failed; lists everything; test entry that must not be listed returned 127.0.10.3 = trusted"},
		{"rep", "127.0.0.14", ok, "-", "not listed"},
		{"rep", "NX", "NX", "-", "failed; test entry missing; NXDOMAIN"},
		// the user's filters
		{"filtered", "127.0.0.3", ok, no, "listed; 127.0.0.3 = CSS"},
		{"filtered", "127.0.0.10", ok, "-", "not listed"},
		{"filtered", "127.0.0.99", ok, no, "listed; 127.0.0.99"},
		{"filtered", "127.0.0.98", ok, "-", "failed; undocumented return code; 127.0.0.98"},
		{"filtered", "127.0.0.55", ok, "-", "failed; undocumented return code; 127.0.0.55"}, // a range does not name a code
		{"filtered", "127.255.255.254", ok, "-", "failed; refuses this resolver; 127.255.255.254 = public resolver"},
		{"remark", "127.0.0.3", ok, no, "listed; 127.0.0.3 = yellow"},
	}
	for _, tt := range tests {
		l := lists()[tt.list]
		f := l.Judge(address("192.0.2.1"),
			&Evidence{Question: answer(tt.question), Positive: answers(tt.positive), Negative: answers(tt.negative)})
		if got := verdict(f); got != tt.want {
			t.Errorf("%s: question %s, positive %s, negative %s:\n got %s\nwant %s", tt.list,
				tt.question, tt.positive, tt.negative, got, tt.want)
		}
		claims := l.Claims(answer(tt.question))
		refused := f.Outcome == Failed && (f.Cause == RefusesResolver || f.Cause == RefusesKey)
		if f.Outcome == Listed && !claims || refused && claims {
			t.Errorf("%s: %s by %s, which claims a listing: %v", tt.list, f.Outcome, tt.question, claims)
		}
		if f.Outcome != Listed && f.Weight != 0 {
			t.Errorf("%s: %s weighs %d", tt.list, f.Outcome, f.Weight)
		}
	}
}

// Each code is read once, in order, however the answer has them. The user's filter turns a code into
// a listing, but changes nothing about policy and allow lists.
func TestRead(t *testing.T) {
	tests := []struct {
		list, codes, want string
		effects           []Effect
	}{
		{"zen", "127.0.0.3 127.0.0.2 127.0.0.3", "127.0.0.2 = SBL, 127.0.0.3 = CSS", []Effect{Listing, Listing}},
		{"surbl", "127.0.0.72", "127.0.0.72 = phishing, 127.0.0.72 = abuse", []Effect{Listing, Listing}},
		{"policy", "127.0.0.10", "127.0.0.10 = PBL", []Effect{PolicyOnly}},
		{"trusted", "127.0.5.2", "127.0.5.2 = trusted", []Effect{Allowed}},
		{"remark", "127.0.0.1 127.0.0.3", "127.0.0.1 = white, 127.0.0.3 = yellow", []Effect{Allowed, Listing}},
		{"rep", "127.0.0.14", "127.0.0.14", []Effect{Informational}},
		{"zen", "203.0.113.9 127.0.0.99 127.255.255.1",
			"127.0.0.99, 127.255.255.1 = error code, 203.0.113.9", []Effect{Undocumented, Refusal, NotLoopback}},
	}
	for _, tt := range tests {
		l := lists()[tt.list]
		readings := l.Read(answer(tt.codes).Addrs)
		var effects []Effect
		for _, r := range readings {
			effects = append(effects, r.Effect)
		}
		if got := describe(readings); got != tt.want || !slices.Equal(effects, tt.effects) {
			t.Errorf("%s reads %s as %s %v, want %s %v", tt.list, tt.codes, got, effects, tt.want, tt.effects)
		}
	}
}
