package survey

import (
	"context"
	"net/netip"
	"slices"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
)

// During a run Waiting names the lists with unsettled checks. At its end there are none.
func TestWaiting(t *testing.T) {
	t.Parallel()
	server := start(t, dnstest.World{Lists: []dnstest.List{
		{Zone: "quick.example"}, {Zone: "silent.example", Fault: dnstest.Silent},
	}})
	client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}}
	lists := []dnsbl.List{dnsbl.Unknown("quick.example"), dnsbl.Unknown("silent.example")}
	for name, ask := range map[string]func(*Survey, context.Context){
		"ask": func(s *Survey, ctx context.Context) {
			subject := dnsbl.Subject{Addr: netip.MustParseAddr("192.0.2.25")}
			for range s.Ask(ctx, slices.Values([]dnsbl.Subject{subject})) {
			}
		},
		"test": func(s *Survey, ctx context.Context) { s.Test(ctx) },
	} {
		survey := New(client, lists)
		ctx, cancel := context.WithTimeout(t.Context(), longWait)
		over := make(chan struct{})
		go func() { defer close(over); ask(survey, ctx) }()
		for ctx.Err() == nil && !slices.Equal(survey.Waiting(), []string{"silent.example"}) {
			time.Sleep(time.Millisecond)
		}
		if ctx.Err() != nil {
			t.Errorf("%s waits for %q", name, survey.Waiting())
		}
		cancel()
		<-over
		if left := survey.Waiting(); len(left) > 0 {
			t.Errorf("%s: %q at the end", name, left)
		}
	}
}
