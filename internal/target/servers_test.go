package target

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
)

// The name that a server should have is known of hosts and of a domain's own mail servers, not of
// what an SPF record lets send, nor of mail servers of others.
func TestServers(t *testing.T) {
	t.Parallel()
	world := hosts()
	world.Records = append(
		world.Records,
		"own.test. MX 10 mx.own.test.",
		"mx.own.test. A 198.51.100.1",
		"mx2.own.test. A 198.51.100.1",
		`own.test. TXT "v=spf1 mx a:a.own.test ip4:198.51.100.4/31"`,
		"a.own.test. A 198.51.100.3",
		"hosted.test. MX 10 mx.own.test.",
		"hosted.test. MX 20 mx.hosted.test.",
		"mx.hosted.test. A 198.51.100.6",
		"sub.own.test. MX 10 mx.own.test.",
		"bare.test. A 198.51.100.7",
		"shop.co.uk. MX 10 mx.hoster.co.uk.",
		"mx.hoster.co.uk. A 198.51.100.8",
	)
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: time.Second}
	tests := []struct{ targets, want string }{
		{
			"198.51.100.1 198.51.100.2/31 domain:own.test",
			"198.51.100.1= 198.51.100.2= 198.51.100.3=",
		},
		{"mx.own.test", "198.51.100.1=mx.own.test"},
		{"mx:own.test", "198.51.100.1=mx.own.test"},
		{"198.51.100.1 mx.own.test", "198.51.100.1=mx.own.test"},
		{
			"198.51.100.0/30 mx:own.test",
			"198.51.100.0= 198.51.100.1=mx.own.test 198.51.100.2= 198.51.100.3=",
		},
		{"mx:own.test mx2.own.test mx.own.test", "198.51.100.1=mx.own.test,mx2.own.test"},
		{"mx:hosted.test", "198.51.100.1= 198.51.100.6=mx.hosted.test"},
		{"mx:hosted.test mx.own.test", "198.51.100.1=mx.own.test 198.51.100.6=mx.hosted.test"},
		{"mx:hosted.test mx:own.test", "198.51.100.1=mx.own.test 198.51.100.6=mx.hosted.test"},
		{"mx:sub.own.test", "198.51.100.1=mx.own.test"},
		{"mx:bare.test", "198.51.100.7=bare.test"},
		{"mx:shop.co.uk", "198.51.100.8="},
		{
			"spf:own.test mx:own.test",
			"198.51.100.4= 198.51.100.5= 198.51.100.1=mx.own.test 198.51.100.3=",
		},
		{"spf:own.test", "198.51.100.4= 198.51.100.5= 198.51.100.1= 198.51.100.3="},
		{
			"mx:own.test spf:own.test",
			"198.51.100.1=mx.own.test 198.51.100.4= 198.51.100.5= 198.51.100.3=",
		},
	}
	for _, tt := range tests {
		found := Resolve(t.Context(), client, parse(t, false, strings.Fields(tt.targets)...), scope(false), ignore)
		var got []string
		for addr, names := range found.Servers() {
			got = append(got, addr.String()+"="+strings.Join(names, ","))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %s, want %s", tt.targets, got, tt.want)
		}
		for range found.Servers() { // as the caller wants no more
			break
		}
	}
}
