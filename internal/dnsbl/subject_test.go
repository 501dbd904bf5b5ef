package dnsbl

import (
	"net/netip"
	"strings"
	"testing"
)

func address(s string) Subject { return Subject{Addr: netip.MustParseAddr(s)} }

func TestQuestion(t *testing.T) {
	const zeros20 = "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
	tests := []struct {
		subject Subject
		want    string
	}{
		{address("192.0.2.99"), "99.2.0.192.bl.example"},
		{address("255.255.255.255"), "255.255.255.255.bl.example"},
		{address("2001:db8::25"), "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example"},
		{address("::ffff:127.0.0.2"), "2.0.0.0.0.0.f.7.f.f.f.f." + zeros20 + "bl.example"},
		{address("::ffff:127.0.0.1"), "1.0.0.0.0.0.f.7.f.f.f.f." + zeros20 + "bl.example"},
		{Subject{Domain: "mail.example.com"}, "mail.example.com.bl.example"},
	}
	l := Unknown("bl.example")
	for _, tt := range tests {
		if got := l.Question(tt.subject, TXT); got != (Question{tt.want, TXT}) {
			t.Errorf("Question(%s) = %v, want %s", tt.subject, got, tt.want)
		}
	}
}

func TestReverseQuestion(t *testing.T) {
	for addr, want := range map[string]string{
		"192.0.2.25":   "25.2.0.192.in-addr.arpa",
		"2001:db8::25": "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
	} {
		got := ReverseQuestion(netip.MustParseAddr(addr))
		if got != (Question{want, PTR}) || got.Type.String() != "PTR" {
			t.Errorf("%s: %v, want %s", addr, got, want)
		}
	}
}

// A key is part of the names that are queried, and of nothing that is printed.
func TestKey(t *testing.T) {
	l := Unknown(KeyMark + ".zen.dq.spamhaus.net")
	l.Key = "s3cret"
	asked := l.Question(address("192.0.2.1"), A).Name
	if asked != "1.2.0.192.s3cret.zen.dq.spamhaus.net" {
		t.Errorf("asked %q", asked)
	}
	if got := l.Mask(asked); got != "1.2.0.192.KEY.zen.dq.spamhaus.net" {
		t.Errorf("masked %q", got)
	}
}

func TestParseDomain(t *testing.T) {
	tests := []struct{ text, want, fault string }{
		{text: "example.com", want: "example.com"},
		{text: "Example.COM.", want: "example.com"},
		{text: "b\u00fccher.example", want: "xn--bcher-kva.example"},
		{text: "_dmarc.example.com", want: "_dmarc.example.com"},
		{text: "a..b", fault: `"a..b" has one dot too many`},
		{text: "", fault: `"" is empty`},
		{text: "a b.example", fault: `"a b.example" has the invalid character " "`},
		{text: "192.0.2.1", fault: `"192.0.2.1" has only numbers`},
	}
	for _, tt := range tests {
		got, err := ParseDomain(tt.text)
		if tt.fault != "" && (err == nil || err.Error() != tt.fault) {
			t.Errorf("ParseDomain(%q) error = %v, want %s", tt.text, err, tt.fault)
		}
		if tt.fault == "" && (err != nil || got.Domain != tt.want) {
			t.Errorf("ParseDomain(%q) = %v, %v, want %q", tt.text, got, err, tt.want)
		}
	}
}

func TestTestEntries(t *testing.T) {
	plain := Unknown("bl.example")
	four, six, names := plain, plain, plain
	four.Subjects, six.Subjects, names.Subjects = IPv4, IPv6, Domain
	four.Tests.IPv4 = "127.0.0.4"
	names.Tests = Tests{Domain: "dbltest.com", NotDomain: "clean.test"}
	listsLoopback := plain
	listsLoopback.Tests.NotIPv4 = "192.0.2.1"
	none := plain
	none.Tests.None = true
	v4, v6, domain := address("192.0.2.25"), address("2001:db8::25"), Subject{Domain: "example.com"}
	tests := []struct {
		list               List
		subject            Subject
		positive, negative string
	}{
		{plain, v4, "127.0.0.2", "127.0.0.1 192.0.2.1 203.0.113.1"},
		{plain, v6, "::ffff:127.0.0.2 127.0.0.2", "::ffff:127.0.0.1 ::ffff:192.0.2.1 ::ffff:203.0.113.1"},
		{plain, domain, "test", "invalid"},
		{four, v4, "127.0.0.4", "127.0.0.1 192.0.2.1 203.0.113.1"},
		{listsLoopback, v4, "127.0.0.2", "192.0.2.1 203.0.113.1"},
		{listsLoopback, v6, "::ffff:127.0.0.2 127.0.0.2", "::ffff:192.0.2.1 ::ffff:203.0.113.1"},
		{six, v6, "::ffff:127.0.0.2", "::ffff:127.0.0.1 ::ffff:192.0.2.1 ::ffff:203.0.113.1"},
		{names, domain, "dbltest.com", "clean.test"},
		{none, v4, "", "127.0.0.1 192.0.2.1 203.0.113.1"},
	}
	for _, tt := range tests {
		if got := words(tt.list.PositiveTests(tt.subject)); got != tt.positive {
			t.Errorf("positive test entries for %s = %q, want %q", tt.subject, got, tt.positive)
		}
		if got := words(tt.list.NegativeTests(tt.subject)); got != tt.negative {
			t.Errorf("negative test entries for %s = %q, want %q", tt.subject, got, tt.negative)
		}
	}
}

func words(subjects []Subject) string {
	texts := make([]string, len(subjects))
	for i, s := range subjects {
		texts[i] = s.String()
	}
	return strings.Join(texts, " ")
}
