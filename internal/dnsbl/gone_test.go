package dnsbl

import "testing"

// The domain of a list of the catalog is gone if a zone above it says NXDOMAIN, even if the test
// entry is listed, from a cache. A private list may live in the zone of its parent.
func TestDomainGone(t *testing.T) {
	const gone = "failed; domain gone; NXDOMAIN from the "
	tests := []struct{ zone, name, soa, want string }{
		{"bl.example.com", "A list", "", "not listed"},
		{"bl.example.com", "A list", "bl.example.com", "not listed"},
		{"bl.example.com", "A list", "example.com", "not listed"},
		{"bl.example.com", "A list", "com", gone + "zone com"},
		{"bl.example.com", "A list", ".", gone + "root zone"},
		{"bl.example.com", "A list", "org", "not listed"}, // of a filter, not of the DNS
		{"bl.example.com", "A list", "ample.com", "not listed"},
		{"example.com", "A list", "com", gone + "zone com"},
		{"bl.example.co.uk", "A list", "example.co.uk", "not listed"},
		{"bl.example.co.uk", "A list", "co.uk", gone + "zone co.uk"},
		{"bl.corp.example", "", "example", "not listed"},
		{"bl.corp.example", "", ".", "not listed"},
	}
	misspelt := Unknown("bl.coprp.example")
	misspelt.Tests.None = true
	for soa, want := range map[string]string{".": gone + "root zone", "example": "not listed; untested"} {
		f := misspelt.Judge(address("192.0.2.1"), &Evidence{Question: Answer{NXDomain: true, Zone: soa}})
		if got := verdict(f); got != want {
			t.Errorf("without test entries, NXDOMAIN from %q: %s, want %s", soa, got, want)
		}
	}
	for _, tt := range tests {
		l := Unknown(tt.zone)
		l.Name = tt.name
		absent := Answer{NXDomain: true, Zone: tt.soa}
		listed := []Answer{answer("127.0.0.2")}
		f := l.Judge(address("192.0.2.1"), &Evidence{Question: absent, Positive: listed})
		if got := verdict(f); got != tt.want {
			t.Errorf("%s, %q, NXDOMAIN from %q: %s, want %s", tt.zone, tt.name, tt.soa, got, tt.want)
		}
		if tt.want == "not listed" {
			continue
		}
		f = l.JudgeTests(address("127.0.0.2"), Evidence{Positive: []Answer{absent}})
		if got := verdict(f); got != tt.want {
			t.Errorf("test of %s, NXDOMAIN from %q: %s, want %s", tt.zone, tt.soa, got, tt.want)
		}
		f = l.Judge(address("192.0.2.1"), &Evidence{Question: answer("127.0.0.2"), Negative: []Answer{absent}})
		if f.Outcome != Listed || !f.Unconfirmed || f.Cause != DomainGone {
			t.Errorf("%s, negative test entry NXDOMAIN from %q: %s", tt.zone, tt.soa, verdict(f))
		}
	}
}
