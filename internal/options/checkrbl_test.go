package options

import (
	"strings"
	"testing"
)

// Each option of check_rbl has its meaning here, or an error with the reason. The help page lists our options only.
func TestOptionsOfCheckRBL(t *testing.T) {
	const names = "H host U url s server w warning c critical r retry workers whitelistings wl query-timeout a append n nameserver A authoritative " +
		"force-ipv4-resolver d debug t timeout v verbose h help V version"
	set, help := Flags(&Typed{}), Page().Help("check_dnsbl")
	for name := range strings.FieldsSeq(names) {
		if len(name) == 1 && set.ShorthandLookup(name) == nil || len(name) > 1 && set.Lookup(name) == nil {
			t.Errorf("no option %s", name)
		}
	}
	for _, o := range rblOptions() {
		if (o.ours == "") == (o.hint == "") || strings.Contains(help, " --"+o.name+" ") || o.short != "" && strings.Contains(help, " -"+o.short+",") {
			t.Errorf("%+v", o)
		}
	}
}
