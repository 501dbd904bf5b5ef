package target

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
)

// senders returns the hosts of most tests, with these SPF records: "x.test v=spf1 ...".
func senders(records ...string) dnstest.World {
	world := hosts()
	world.Records = append(
		world.Records,
		"two.test. MX 20 mail.test.",
		"two.test. MX 10 six.test.",
		"null.test. MX 0 .",
		"gone.test. MX 10 mail.gone.test.",
		"part.test. MX 10 mail.gone.test.",
		"part.test. MX 20 six.test.",
		"v=spf1.test. A 192.0.2.7",
	)
	for _, record := range records {
		name, text, _ := strings.Cut(record, " ")
		world.Records = append(world.Records, fmt.Sprintf("%s. TXT %s", name, inZone(text)))
	}
	return world
}

// inZone writes a text as zone files have it.
func inZone(text string) string {
	var s strings.Builder
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' || strings.IndexByte(`"\\`, text[i]) >= 0 {
			fmt.Fprintf(&s, `\%03d`, text[i])
		} else {
			s.WriteByte(text[i])
		}
	}
	return `"` + s.String() + `"`
}

func TestSPF(t *testing.T) {
	t.Parallel()
	mail := []string{
		"192.0.2.1 of mail.test",
		"192.0.2.2 of mail.test",
		"192.0.2.9 of mail.test",
		"2001:db8::1 of mail.test",
	}
	six := []string{"2001:db8::6 of six.test"}
	nobody := []string{"the SPF record of x.test allows no address that can be checked"}
	tests := []struct {
		records            string // of x.test, and others after a semicolon
		found, gaps, notes []string
	}{
		{
			records: "v=spf1 ip4:198.51.100.7 ip4:198.51.100.8/31 ip6:2001:db8::7 -all",
			found: []string{
				"198.51.100.7 of x.test",
				"198.51.100.8 of x.test",
				"198.51.100.9 of x.test",
				"2001:db8::7 of x.test",
			},
		},
		{
			records: "V=SPF1  IP4:198.51.100.7   A:Mail.Test.  ~all",
			found:   append([]string{"198.51.100.7 of x.test"}, mail...),
		},
		{
			records: "v=spf1 a:six.test a:mail.test/32//127 -all",
			found: []string{
				"2001:db8::6 of six.test",
				"192.0.2.1 of mail.test",
				"192.0.2.2 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8:: of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		{
			records: "v=spf1 a:mail.test/31",
			found: []string{
				"192.0.2.0 of mail.test",
				"192.0.2.1 of mail.test",
				"192.0.2.2 of mail.test",
				"192.0.2.3 of mail.test",
				"192.0.2.8 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		{records: "v=spf1 mx:two.test", found: append(slices.Clone(six), mail...)},
		{
			records: "v=spf1 include:y.test ip4:198.51.100.1; y.test v=spf1 ip4:198.51.100.2 include:z.test -all; z.test v=spf1 ip4:198.51.100.3",
			found: []string{
				"198.51.100.1 of x.test",
				"198.51.100.2 of y.test",
				"198.51.100.3 of z.test",
			},
		},
		{
			records: "v=spf1 redirect=y.test ip4:198.51.100.1; y.test v=spf1 ip4:198.51.100.2 -all",
			found:   []string{"198.51.100.1 of x.test", "198.51.100.2 of y.test"},
		},
		{
			records: "v=spf1 redirect=nosuch.test ip4:198.51.100.1 ~all",
			found:   []string{"198.51.100.1 of x.test"},
		}, // section 6.1
		{
			records: "v=spf1 ip4:198.51.100.1 -all ip4:198.51.100.2 include:nosuch.test",
			found:   []string{"198.51.100.1 of x.test"},
		},
		{
			records: "v=spf1 exp=%{i}.x.test op=auth ip4:198.51.100.1",
			found:   []string{"198.51.100.1 of x.test"},
		},
		// only what passes counts
		{
			records: "v=spf1 -ip4:198.51.100.1 ~a:mail.test ?mx:two.test -include:nosuch.test +ip4:198.51.100.2 -exists:%{i}.test -ptr",
			found:   []string{"198.51.100.2 of x.test"},
		},
		{
			records: "v=spf1 -ip4:198.51.100.1 ip4:198.51.100.0/31",
			found:   []string{"198.51.100.0 of x.test", "198.51.100.1 of x.test"},
		},
		{records: "v=spf1 -all", gaps: nobody},
		{records: "v=spf1", gaps: nobody},
		// everybody
		{
			records: "v=spf1 ip4:198.51.100.1 all",
			found:   []string{"198.51.100.1 of x.test"},
			notes:   []string{"the SPF record of x.test lets anyone send (all)"},
		},
		{
			records: "v=spf1 +ALL",
			gaps:    nobody,
			notes:   []string{"the SPF record of x.test lets anyone send (+all)"},
		},
		{
			records: "v=spf1 ip4:0.0.0.0/0 ip4:53.0.0.0/7 ip4:198.51.100.1 ip6:2001:db8::/32",
			found:   []string{"198.51.100.1 of x.test"},
			notes: []string{
				"skipped: 0.0.0.0/0, 52.0.0.0/7 of x.test, too wide to check (at most a /8)",
				"skipped: 2001:db8::/32 of x.test, too wide to check (at most a /104)",
			},
		},
		{records: "v=spf1 a:mail.test/7//103", gaps: nobody, notes: []string{
			"skipped: 192.0.0.0/7 of mail.test, too wide to check (at most a /8)",
			"skipped: 2001:db8::/103 of mail.test, too wide to check (at most a /104)",
		}},
		{
			records: "v=spf1 a:nosuch.test/24 a:inside.test/24//64 a:mixed.test/31",
			found:   []string{"192.0.2.2 of mixed.test", "192.0.2.3 of mixed.test"},
			notes: []string{
				`"a:nosuch.test/24" in the SPF record of x.test allows no address: no such host: nosuch.test (NXDOMAIN from DNS)`,
				"skipped: 10.0.0.0/24 of inside.test, a private address (RFC 1918)",
				"skipped: 10.0.0.4/31 of mixed.test, a private address (RFC 1918)",
			},
		},
		// what the Internet does not see
		{
			records: "v=spf1 ip4:10.0.0.0/8 ip4:192.168.1.1 ip4:198.51.100.1 a:mixed.test",
			found:   []string{"198.51.100.1 of x.test", "192.0.2.3 of mixed.test"},
			notes: []string{
				"skipped: 10.0.0.0/8, 192.168.1.1 of x.test, a private address (RFC 1918)",
				"skipped: 10.0.0.5 of mixed.test, a private address (RFC 1918)",
			},
		},
		{records: "v=spf1 a:inside.test", gaps: nobody, notes: []string{
			`"a:inside.test" in the SPF record of x.test allows no address: inside.test has no public address: 10.0.0.5 is a private address (RFC 1918)`,
		}},
		// what only receivers can tell
		{
			records: "v=spf1 exists:%{ir}.x.test include:%{d}.y.test ptr ptr:x.test a:%{d/}.test//64 ip4:198.51.100.1",
			found:   []string{"198.51.100.1 of x.test"},
			notes: []string{
				`skipped: "exists:%{ir}.x.test" in the SPF record of x.test, which only a receiver of mail can evaluate`,
				`skipped: "include:%{d}.y.test" in the SPF record of x.test, which only a receiver of mail can evaluate`,
				`skipped: "ptr" in the SPF record of x.test, which only a receiver of mail can evaluate`,
				`skipped: "ptr:x.test" in the SPF record of x.test, which only a receiver of mail can evaluate`,
				`skipped: "a:%{d/}.test//64" in the SPF record of x.test, which only a receiver of mail can evaluate`,
			},
		},
		{records: "v=spf1 redirect=%{o}.test", gaps: nobody, notes: []string{
			`skipped: "redirect=%{o}.test" in the SPF record of x.test, which only a receiver of mail can evaluate`,
		}},
		// records that are missing, or too many
		{
			records: "hello; y.test v=spf1",
			gaps:    []string{"x.test has no SPF record, only 1 other TXT (from DNS)"},
		},
		{
			records: "v=spf10 ip4:198.51.100.1",
			gaps:    []string{"x.test has no SPF record, only 1 other TXT (from DNS)"},
		},
		{
			records: "v=spf1 ip4:198.51.100.1; x.test hello; x.test v=spf2.0/pra ip4:198.51.100.2",
			found:   []string{"198.51.100.1 of x.test"},
		},
		{
			records: "v=spf1 ip4:198.51.100.1; x.test v=spf1 ip4:198.51.100.2",
			gaps: []string{
				"x.test has 2 SPF records, and receivers ignore all of them. Keep only one",
			},
		},
		{
			records: "v=spf1 include:nosuch.test ip4:198.51.100.1 include:mail.test include:text.test include:a.broken.test",
			found:   []string{"198.51.100.1 of x.test"},
			gaps: []string{
				`no such domain: nosuch.test (NXDOMAIN from DNS), but "include:nosuch.test" of x.test needs it`,
				`mail.test has no SPF record (NODATA from DNS), but "include:mail.test" of x.test needs it`,
				`text.test has no SPF record, only 1 other TXT (from DNS), but "include:text.test" of x.test needs it`,
				`cannot look up a.broken.test (TXT): SERVFAIL from DNS, but "include:a.broken.test" of x.test needs it`,
			},
		},
		// hosts that are missing
		{
			records: "v=spf1 a:nosuch.test a mx ip4:198.51.100.1",
			found:   []string{"198.51.100.1 of x.test"},
			gaps: []string{
				"3 lookups of the SPF record of x.test find nothing, more than 2, which receivers treat as an error (RFC 7208 section 4.6.4)",
			},
			notes: []string{
				`"a:nosuch.test" in the SPF record of x.test allows no address: no such host: nosuch.test (NXDOMAIN from DNS)`,
				`"a" in the SPF record of x.test allows no address: x.test has no address (NODATA from DNS)`,
				`"mx" in the SPF record of x.test allows no address: x.test has no MX record (NODATA from DNS)`,
			},
		},
		{records: "v=spf1 mx:mail.test mx:null.test mx:part.test", found: six, notes: []string{
			`"mx:mail.test" in the SPF record of x.test allows no address: mail.test has no MX record (NODATA from DNS)`, // section 5.4
			`"mx:null.test" in the SPF record of x.test allows no address: null.test accepts no mail: it has a null MX (RFC 7505)`,
			`"mx:part.test" in the SPF record of x.test allows no address: no such host: mail.gone.test (NXDOMAIN from DNS)`,
		}},
		{
			records: "v=spf1 a:a.broken.test a:half.test mx:b.broken.test",
			found:   []string{"192.0.2.5 of half.test"},
			gaps: []string{
				"cannot look up a.broken.test (A): SERVFAIL from DNS",
				"cannot look up a.broken.test (AAAA): SERVFAIL from DNS",
				"cannot look up half.test (AAAA): SERVFAIL from DNS",
				"cannot look up b.broken.test (MX): SERVFAIL from DNS",
			},
		},
		// loops
		{
			records: "v=spf1 include:x.test ip4:198.51.100.1",
			found:   []string{"198.51.100.1 of x.test"},
			gaps: []string{
				`the SPF record of x.test includes itself, by "include:x.test" of x.test`,
			},
		},
		{
			records: "v=spf1 include:y.test ip4:198.51.100.1; y.test v=spf1 ip4:198.51.100.2 redirect=X.TEST",
			found:   []string{"198.51.100.1 of x.test", "198.51.100.2 of y.test"},
			gaps: []string{
				`the SPF record of x.test includes itself, by "redirect=X.TEST" of y.test`,
			},
		},
		{
			records: "v=spf1 include:y.test include:z.test; y.test v=spf1 include:z.test; z.test v=spf1 ip4:198.51.100.3",
			found:   []string{"198.51.100.3 of z.test"},
		}, // twice is not a loop
		// errors
		{
			records: "v=spf1 ip4:198.51.100.256 ip4:198.51.100.1 a:192.0.2.1 a/33 include: <b>|x -all:x",
			found:   []string{"198.51.100.1 of x.test"},
			gaps: []string{
				`the SPF record of x.test has errors, so receivers ignore it: "ip4:198.51.100.256", "a:192.0.2.1", "a/33" and 3 more`,
			},
		},
		{
			records: "v=spf1 <b>|x\t\x1b[31m" + strings.Repeat("y", 90),
			gaps: []string{
				`the SPF record of x.test has errors, so receivers ignore it: "?b??x??[31m` + strings.Repeat(
					"y", 46,
				) + `..."`,
			},
		},
	}
	for _, tt := range tests {
		found, gaps, notes := resolve(
			t,
			senders(strings.Split("x.test "+tt.records, "; ")...),
			false,
			"spf:x.test",
		)
		if !slices.Equal(found, tt.found) || !slices.Equal(gaps, tt.gaps) ||
			!slices.Equal(notes, tt.notes) {
			t.Errorf("%s:\nfound %q, gaps %q, notes %q\n want %q, %q, %q",
				tt.records, found, gaps, notes, tt.found, tt.gaps, tt.notes)
		}
	}
}

// include asks for so many records that each lets one address send.
func includes(n int) (terms string, records []string) {
	for i := range n {
		terms += fmt.Sprintf(" include:i%d.test", i)
		records = append(records, fmt.Sprintf("i%d.test v=spf1 ip4:198.51.100.%d -all", i, i))
	}
	return terms, records
}

// Ten terms may cause lookups, of all records together, whether they pass or not.
func TestSPFLimit(t *testing.T) {
	tests := []struct {
		first  string
		count  int
		missed string
	}{
		{first: "", count: 10},
		{first: "", count: 11, missed: `"include:i10.test" of x.test`},
		{first: " exists:%{i}.test -a ptr ip4:203.0.113.1", count: 7},
		{
			first:  " exists:%{i}.test -a ptr ip4:203.0.113.1",
			count:  9,
			missed: `"include:i7.test" of x.test, "include:i8.test" of x.test`,
		},
		{first: " include:y.test", count: 8},
		{first: " include:y.test", count: 9, missed: `"a:mail.test" of y.test`},
	}
	for _, tt := range tests {
		terms, records := includes(tt.count)
		world := senders(
			append(records, "x.test v=spf1"+tt.first+terms+" -all", "y.test v=spf1 a:mail.test")...)
		_, gaps, _ := resolve(t, world, false, "spf:x.test")
		var want []string
		if tt.missed != "" {
			want = []string{
				"the SPF record of x.test needs more than 10 lookups, which receivers treat as an error (RFC 7208 section 4.6.4). Not followed: " + tt.missed,
			}
		}
		if !slices.Equal(gaps, want) {
			t.Errorf("%s and %d: gaps %q, want %q", tt.first, tt.count, gaps, want)
		}
	}
}

// One mx may stand for ten mail servers.
func TestSPFMailServers(t *testing.T) {
	for count, want := range map[int][]string{
		10: nil,
		11: {`"mx:many.test" in the SPF record of x.test stands for 11 mail servers, more than 10, which receivers treat as an error (RFC 7208 section 4.6.4)`},
	} {
		world := senders("x.test v=spf1 mx:many.test")
		for i := range count {
			world.Records = append(
				world.Records,
				fmt.Sprintf("many.test. MX 10 m%d.many.test.", i),
				fmt.Sprintf("m%d.many.test. A 198.51.100.%d", i, i),
			)
		}
		found, gaps, _ := resolve(t, world, false, "spf:x.test")
		if len(found) != count ||
			!slices.Equal(gaps, want) {
			t.Errorf("%d: found %q, gaps %q, want %q", count, found, gaps, want)
		}
	}
}

// The strings of a record are one text; a record that may have been cut is not believed.
func TestSPFStrings(t *testing.T) {
	world := dnstest.World{Records: []string{
		`x.test. TXT "v=spf1 ip4:198.51" ".100.7" " -all"`,
		"long.test. TXT \"v=spf1 ip4:198.51.100.7\"" + strings.Repeat(
			" \""+strings.Repeat(" ", 250)+"\"", resolver.MaxText/250+1,
		),
	}}
	found, gaps, _ := resolve(t, world, false, "spf:x.test")
	if !slices.Equal(found, []string{"198.51.100.7 of x.test"}) ||
		gaps != nil {
		t.Errorf("found %q, gaps %q", found, gaps)
	}
	found, gaps, _ = resolve(t, world, false, "spf:long.test")
	want := []string{"the SPF record of long.test is too long, it must be less than 4096 bytes"}
	if found != nil || !slices.Equal(gaps, want) {
		t.Errorf("found %q, gaps %q", found, gaps)
	}
}

// Networks are walked and not kept, and what the user named before is not found again.
func TestSPFNetworks(t *testing.T) {
	world := senders(
		"x.test v=spf1 ip4:53.0.0.0/8 a:mail.test -all",
		"y.test v=spf1 ip4:10.0.0.0/8 ip4:198.51.100.1",
	)
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}}
	got := Resolve(t.Context(), client, parse(t, false, "53.0.0.0/16", "spf:x.test"), scope(false), ignore)
	if got.Count != 1<<24+4 || len(got.Gaps)+len(got.Notes) > 0 {
		t.Errorf("%d subjects, gaps %q, notes %q", got.Count, got.Gaps, got.Notes)
	}
	got = Resolve(t.Context(), client, parse(t, true, "spf:y.test"), scope(true), ignore)
	if got.Count != 1<<24+1 || len(got.Gaps)+len(got.Notes) > 0 {
		t.Errorf("%d subjects of the user's own, gaps %q, notes %q", got.Count, got.Gaps, got.Notes)
	}
}
