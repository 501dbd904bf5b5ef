package bounce

import (
	"bytes"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
)

// The result is bounded for any bounce, and has only public addresses, lists that are known, and
// names that can be zones.
func FuzzRead(f *testing.F) {
	files := slices.Concat(corpus(f), filesIn(f, "shapes"), filesIn(f, "later"), filesIn(f, "newest"))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("Content-Type: multipart/report; boundary=\n\n--\n\n--"))
	f.Add([]byte("Content-Type: text/html; charset=hz-gb-2312\n\n" +
		"<style><!--<a href='550 5.7.1 [192.0.2.25]"))
	f.Add([]byte("550 ..:-[::1.2.3.4.zen.spamhaus.org.%3a%3a"))
	lists := catalog.All()
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := Read(bytes.NewReader(text), lists)
		if err != nil {
			return
		}
		if len(b.Rejected) > maxAddrs || len(b.UnknownZones) > maxUnknown ||
			len(b.Zones) > maxZones || len(b.Operators) > len(operators) {
			t.Errorf("too much: %v", b)
		}
		if len(b.Ambiguous) > maxAddrs || len(b.Rejected) > 0 && len(b.Ambiguous) > 0 ||
			b.InboundRefused > 0 && len(b.Rejected) > 0 {
			t.Errorf("more than one of Rejected, Ambiguous and InboundRefused: %v", b)
		}
		for _, addr := range slices.Concat(b.Rejected, b.Ambiguous) {
			if !addr.IsValid() || !public(addr) || addr.Is4In6() || addr.Zone() != "" {
				t.Errorf("not a public address: %v", addr)
			}
		}
		for _, op := range b.Operators {
			if len(op.Code) > maxCode || strings.Trim(lowered(op.Code), letters+digits+"-.:#[_") != "" {
				t.Errorf("not the code of an operator: %q", op.Code)
			}
		}
		for _, reason := range b.Reasons {
			if reason.About() == "" {
				t.Errorf("not a reason: %q", reason)
			}
		}
		if len(b.Reasons) > len(reasons) {
			t.Errorf("reasons more than once: %q", b.Reasons)
		}
		if (b.Form == DMARCReport || b.Form == TLSReport) && len(b.Rejected)+len(b.Zones)+len(b.UnknownZones) > 0 {
			t.Errorf("a DMARC report names something: %v", b)
		}
		for _, zone := range b.Zones {
			if l, known := catalog.Find(zone); !known || l.Zone != zone {
				t.Errorf("not a list of the catalog: %q", zone)
			}
		}
		for _, zone := range b.UnknownZones {
			zone = strings.TrimPrefix(zone, dnsbl.KeyMark+".")
			if len(zone) > 253 || strings.Trim(zone, letters+digits+"-.") != "" {
				t.Errorf("not the name of a list: %q", zone)
			}
		}
		once := slices.Compact(slices.SortedFunc(slices.Values(b.Rejected), netip.Addr.Compare))
		if len(once) != len(b.Rejected) {
			t.Errorf("an address twice: %v", b.Rejected)
		}
	})
}
