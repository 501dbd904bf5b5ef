package dnstest_test

import (
	"testing"

	"check_dnsbl/internal/dnstest"
)

// A resolver that minimizes query names strictly finds a listing at the fourth query, and what it
// answers then depends on the path, not on the entry.
func TestStrictMinimization(t *testing.T) {
	t.Parallel()
	const listed, test = "10.2.0.192.bl.example", "2.0.0.127.bl.example"
	tests := []struct {
		name    string
		fault   dnstest.Fault
		queries []string
		want    []string
	}{
		{
			"unbound", dnstest.StrictUnbound("bl.example"),
			[]string{"A " + listed, "A " + listed, "A " + listed, "A " + listed, "A " + test},
			[]string{"NXDOMAIN", "NXDOMAIN", "NXDOMAIN", "127.0.0.2", "NXDOMAIN"},
		},
		{
			"unbound, another type", dnstest.StrictUnbound("bl.example"),
			[]string{
				"AAAA " + test, "AAAA " + test, "AAAA " + test, "AAAA " + test,
				"A " + test, "A " + test, "A " + test, "AAAA " + test,
			},
			[]string{
				"NXDOMAIN", "NXDOMAIN", "NXDOMAIN", "NXDOMAIN",
				"NXDOMAIN", "NXDOMAIN", "NXDOMAIN", "NODATA",
			},
		},
		{
			"BIND", dnstest.StrictBIND("bl.example"),
			[]string{"AAAA " + test, "AAAA " + test, "A " + test, "A " + test},
			[]string{"NXDOMAIN", "NXDOMAIN", "NXDOMAIN", "127.0.0.2"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, dnstest.World{Lists: []dnstest.List{{
				Zone:    "bl.example",
				Entries: map[string][]string{"192.0.2.10": {"127.0.0.2"}},
				Fault:   test.fault,
			}}})
			for i, query := range test.queries {
				if got := answer(server, "udp", query, test.want[i]); got != test.want[i] {
					t.Errorf("%d: %s: %s, want %s", i, query, got, test.want[i])
				}
			}
		})
	}
}
