package verdict

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

func TestCommonCause(t *testing.T) {
	type failure struct {
		cause dnsbl.Cause
		codes string
	}
	silent := failure{dnsbl.Timeout, ""}
	tests := []struct {
		failures []failure
		want     dnsbl.Cause
	}{
		{nil, ""},
		{[]failure{silent}, ""}, // one list alone proves nothing
		{[]failure{silent, silent}, dnsbl.Timeout},
		{[]failure{silent, {dnsbl.ServFail, ""}}, ""},
		{[]failure{silent, {dnsbl.ServFail, ""}, {dnsbl.ServFail, ""}}, dnsbl.ServFail},
		{[]failure{silent, silent, {dnsbl.ServFail, ""}, {dnsbl.ServFail, ""}}, ""},
		{[]failure{{dnsbl.EmptyTestEntry, ""}, {dnsbl.EmptyTestEntry, ""}}, dnsbl.EmptyTestEntry},
		{[]failure{{dnsbl.RefusesResolver, "127.255.255.254"},
			{dnsbl.RefusesResolver, "127.0.0.1"}}, dnsbl.RefusesResolver},
		{[]failure{{dnsbl.Malformed, ""}, {dnsbl.Malformed, ""}}, dnsbl.Malformed},
		{[]failure{{dnsbl.Lame, ""}, {dnsbl.Lame, ""}}, ""},
		// one address for all names
		{[]failure{{dnsbl.OutsideLoopback, "203.0.113.9"}, {dnsbl.OutsideLoopback, "203.0.113.9"}},
			dnsbl.OutsideLoopback},
		{[]failure{{dnsbl.OutsideLoopback, "203.0.113.9"}, {dnsbl.OutsideLoopback, "203.0.113.8"}},
			""}, // two parked domains
		{[]failure{{dnsbl.ListsEverything, "127.0.0.2"}, {dnsbl.ListsEverything, "127.0.0.2"},
			{dnsbl.UndocumentedCode, "127.0.0.2"}}, dnsbl.OutsideLoopback},
		{[]failure{{dnsbl.UndocumentedCode, "127.0.0.1"}, {dnsbl.RefusesResolver, "127.0.0.1"}}, dnsbl.OutsideLoopback},
		{[]failure{{dnsbl.UndocumentedCode, "127.0.0.99"}, {dnsbl.RefusesResolver, "127.255.255.254"}}, ""},
	}
	for _, tt := range tests {
		var findings []dnsbl.Finding
		for i, f := range tt.failures {
			l := dnsbl.Unknown(fmt.Sprintf("%d.example", i))
			findings = append(findings,
				dnsbl.Finding{List: &l, Outcome: dnsbl.Failed, Cause: f.cause, CauseCodes: readings(f.codes)})
		}
		if got := CommonCause(Grouped(findings)); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.failures, got, tt.want)
		}
	}
}

// readings returns the reading of one return code, none for "".
func readings(code string) []dnsbl.Reading {
	if code == "" {
		return nil
	}
	return []dnsbl.Reading{{Code: netip.MustParseAddr(code)}}
}

// A resolver that answers every query with one address is to blame, even if that address means
// something else on each list.
func TestCommonCauseOneAddress(t *testing.T) {
	given := dnsbl.Answer{Addrs: []netip.Addr{netip.MustParseAddr("127.0.0.2")}}
	evidence := dnsbl.Evidence{Question: given, Positive: []dnsbl.Answer{given},
		Negative: []dnsbl.Answer{given, given, given}}
	listing, refusing, other := dnsbl.Unknown("a.example"), dnsbl.Unknown("b.example"), dnsbl.Unknown("c.example")
	refusing.Codes = []dnsbl.Code{{Match: "127.0.0.2", Effect: dnsbl.Refusal, Meaning: "refused"}}
	other.Codes = []dnsbl.Code{{Match: "127.0.0.9", Meaning: "spam"}}
	var findings []dnsbl.Finding
	for _, l := range []*dnsbl.List{&listing, &refusing, &other} {
		findings = append(findings, l.Judge(dnsbl.Subject{Domain: "test.example"}, &evidence))
	}
	causes := []dnsbl.Cause{findings[0].Cause, findings[1].Cause, findings[2].Cause}
	want := []dnsbl.Cause{dnsbl.ListsEverything, dnsbl.RefusesResolver, dnsbl.UndocumentedCode}
	if !slices.Equal(causes, want) {
		t.Fatalf("%v, want %v", causes, want)
	}
	for _, detail := range []string{"", "another sentence"} {
		if got := CommonCause(Grouped(findings)); got != dnsbl.OutsideLoopback {
			t.Errorf("%q: %q", findings[0].Detail, got)
		}
		for i := range findings {
			findings[i].Detail = detail
		}
	}
	findings[0].CauseCodes = readings("127.0.0.3")
	if got := CommonCause(Grouped(findings)); got != "" {
		t.Errorf("another address: %q", got)
	}
}

// A list that is silent about most of the addresses is not just slow now and then.
func TestCommonCauseOfMany(t *testing.T) {
	lists := findings("", "!m !m !m")
	lists[1].Cause, lists[2].Cause = dnsbl.ServFail, dnsbl.ServFail
	for silent, want := range map[int]dnsbl.Cause{1: dnsbl.ServFail, 2: "", 8: ""} {
		failed := slices.Clone(lists)
		for range silent - 1 {
			failed = append(failed, lists[0])
		}
		if got := CommonCause(Grouped(failed)); got != want {
			t.Errorf("%d silent: %q, want %q", silent, got, want)
		}
	}
}

// Unknown lists without test entries tell nothing about the resolver; lists of the catalog do.
func TestCommonCauseWithoutTestEntry(t *testing.T) {
	for _, name := range []string{"", "Some List"} {
		a, b := dnsbl.Unknown("a.example"), dnsbl.Unknown("b.example")
		b.Name = name
		findings := []dnsbl.Finding{{List: &a, Outcome: dnsbl.Failed, Cause: dnsbl.NoTestEntry},
			{List: &b, Outcome: dnsbl.Failed, Cause: dnsbl.NoTestEntry}}
		if got := CommonCause(Grouped(findings)); (got == dnsbl.NoTestEntry) != (name != "") {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// If the lists' own name servers answer anything, the resolver is not to blame.
func TestCommonCauseOfLists(t *testing.T) {
	for cause, want := range map[dnsbl.Cause]dnsbl.Cause{
		dnsbl.OutsideLoopback: "", dnsbl.Refused: "", dnsbl.NoTestEntry: "", "": "",
		dnsbl.NoNameServers: dnsbl.OutsideLoopback, dnsbl.Timeout: dnsbl.OutsideLoopback,
		dnsbl.PrivateServers: dnsbl.OutsideLoopback,
	} {
		a, b := dnsbl.Unknown("a.example"), dnsbl.Unknown("b.example")
		parked := dnsbl.Finding{List: &a, Outcome: dnsbl.Failed, Cause: dnsbl.OutsideLoopback,
			CauseCodes: readings("203.0.113.9")}
		other := parked
		other.List, other.Other = &b, &dnsbl.Finding{List: &b, Outcome: dnsbl.Failed, Cause: cause, Direct: true}
		if got := CommonCause(Grouped([]dnsbl.Finding{parked, other})); got != want {
			t.Errorf("directly %q: %q, want %q", cause, got, want)
		}
	}
}

// The resolver is not to blame for a list that was partly tested either, unless it returns an
// address for a name that does not exist.
func TestCommonCauseHalfTested(t *testing.T) {
	for cause, want := range map[dnsbl.Cause]dnsbl.Cause{
		dnsbl.ServFail: "", dnsbl.Timeout: "", dnsbl.OutsideLoopback: dnsbl.OutsideLoopback,
	} {
		a, b := dnsbl.Unknown("a.example"), dnsbl.Unknown("b.example")
		half := dnsbl.Finding{List: &a, Outcome: dnsbl.Listed, Unconfirmed: true, Cause: cause,
			CauseCodes: readings("203.0.113.9")}
		other := half
		other.List = &b
		if got := CommonCause(Grouped([]dnsbl.Finding{half, other})); got != want {
			t.Errorf("%s: %q, want %q", cause, got, want)
		}
	}
}
