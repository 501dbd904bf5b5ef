package netspace

import (
	"strings"
	"testing"
)

func TestInDNS(t *testing.T) {
	for name, want := range map[string]bool{
		"zen.spamhaus.org":          true,
		"bl.example.de":             true,
		"combined.mail.abusix.zone": true,
		"org":                       true,
		"88.blocklist.zap":          false,
		"bl.receiver.example":       false,
		"bl.office.local":           false,
		"":                          false,
		"bl.":                       false,
	} {
		if InDNS(name) != want {
			t.Errorf("InDNS(%q) = %v", name, !want)
		}
	}
	if n := strings.Count(tlds, "\n"); n < 1400 || !strings.HasSuffix(tlds, "\nzw\n") {
		t.Errorf("%d lines of top-level domains", n)
	}
}
