package check

import (
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// A panic in the look-ups of one address fails that address only.
func TestReversePanics(t *testing.T) {
	addr := netip.MustParseAddr("192.0.2.25")
	ask := func(dnsbl.Question) dnsbl.Answer { panic("boom") }
	reverse := lookUpReverse([]server{{addr: addr}, {addr: addr.Next()}}, ask, new(atomic.Int64))()
	all, gaps := reverse.Results, reverse.Gaps
	if len(all) != 2 || all[1].Addr != addr.Next() || all[1].LookupError.Cause != dnsbl.Internal ||
		len(all[1].Problems) > 0 {
		t.Errorf("%+v", all)
	}
	const want = "reverse DNS of 192.0.2.25, 192.0.2.26: internal error (boom)"
	if len(gaps) != 1 || !strings.HasPrefix(gaps[0].Text, want) {
		t.Errorf("%q", gaps)
	}
}
