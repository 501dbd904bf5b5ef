package fcrdns

import (
	"net/netip"
	"strings"
	"testing"
)

func TestGenericHint(t *testing.T) {
	const digits = AddressDigits
	word := func(w string) string { return `the word "` + w + `"` }
	some := func(w string) string { return word(w) + " with digits of the address" }
	tests := []struct{ addr, name, want string }{
		// names that somebody chose
		{"192.0.2.25", "mail.example.com", ""},
		{"192.0.2.25", "mail25.example.com", ""},
		{"192.0.2.25", "mx1-2.example.net", ""},
		{"192.0.2.25", "mx2-25.example.net", ""},
		{"192.0.2.25", "example.com", ""},
		{"192.0.2.25", "com", ""},
		{"192.0.2.25", "", ""},
		{"192.0.2.25", "pooley.example.com", ""},
		{"192.0.2.25", "mail.pooley.example.com", ""},
		{"192.0.2.25", "dynamics.example.com", ""},
		{"192.0.2.25", "mx.dynamo.example.com", ""},
		{"192.0.2.25", "static.example.com", ""},
		{"192.0.2.25", "static25.example.com", ""},
		{"192.0.2.25", "host25.example.com", ""},
		{"192.0.2.25", "ip-2-26.example.com", ""},
		{"198.51.1.2", "node1.rack2.example.com", ""},
		{"192.0.2.25", "mx-node2-25.example.com", ""},
		{"192.0.2.25", "mta-pool2.example.com", ""},
		{"192.0.2.25", "outbound.clients.example.com", ""},
		{"192.0.2.25", "mail-ed1-f41.example.com", ""},
		{"54.240.8.31", "a8-31.smtp-out.example.com", ""},
		{"40.107.6.41", "mail-dm6nam10on2041.outbound.protection.example.com", ""},
		{"192.0.2.25", "mail.2024-25.example.com", ""},
		{"192.0.2.25", "mx192.rack0.example.com", ""},
		{"192.0.2.25", "mail-192-0-3-25.example.com", ""}, // the digits of another one
		{"192.0.2.25", "dc0000218.example.com", ""},
		{"1.1.1.1", "mail1111.example.com", ""},
		{"10.0.2.5", "mail10025.example.com", ""},
		{"2001:db8::25", "mail.example.com", ""},
		{"2001:db8::25", "mx25.db8.example.com", ""},
		{"2001:db8::25", "mail-192-0-2-25.example.com", ""},
		{"192.0.2.31", "mail1.0.example.com", ""},
		{"192.0.2.31", "mx2.dc192.rack0.example.com", ""}, // in an order of its own
		{"192.0.2.31", "mx31.192-2.example.com", ""},
		{"192.0.2.31", "mx0-31.room7.rack192.floor2.example.com", ""}, // all, but no three together
		{"1.2.3.4", "mx1-2-3.example.com", ""},
		{"1.2.3.4", "node3.rack2.dc1.example.com", ""},
		{"1.2.3.4", "mx4.node2-1-3.example.com", ""},
		{"1.0.0.1", "mail1.0-0.example.com", ""},
		{"51.51.77.10", "a77-10-51.b7.example.com", ""}, // one number is one octet
		{"11.11.12.13", "mx11-12-13.example.com", ""},
		{"192.0.2.31", "mail.1920-2-31.example.com", ""},
		{"192.0.2.31", "mail.0192-0-2.example.com", ""},
		{"51.77.10.9", "mail51.77.example.com", ""},
		{"51.77.10.9", "mx10-77-9.example.com", ""},
		{"167.89.100.12", "o1678910012.outbound-mail.sendgrid.net", ""},
		{"192.0.2.25", "smtp1920225.example.com", ""},
		{"192.0.2.25", "smtp-1920225.example.com", ""},
		{"192.0.2.25", "mx-2520192.example.com", ""},
		{"192.0.2.25", "mail.mobile.example.com", ""},
		{"192.0.2.25", "mx.fiber.example.com", ""},
		{"192.0.2.25", "smtp1.abo.example.com", ""},
		{"192.0.2.25", "mail.fibre-co.example.com", ""},
		{"192.0.2.25", "mx.mobiles.example.com", ""},
		{"192.0.2.25", "unusedword.example.com", ""},
		// the words of a domain are its owner's business
		{"192.0.2.25", "mail.dsl.net", ""},
		{"192.0.2.25", "dynamic.com", ""},
		{"192.0.2.25", "mx.dynamic.com.au", ""},
		{"192.0.2.25", "mail.cable.co.uk", ""},
		// all of the address
		{"192.0.2.25", "mail-192-0-2-25.example.com", digits},
		{"192.0.2.25", "192.0.2.25.example.com", digits},
		{"192.0.2.25", "192_0_2_25.example.com", digits},
		{"192.0.2.25", "static.25.2.0.192.clients.your-server.de", digits},
		{"192.0.2.25", "ec2-192-0-2-25.compute-1.example.com", digits},
		{"192.0.2.25", "host-25-2.0-192.example.com", digits},
		{"192.0.2.25", "ip192x0x2x25.example.com", digits},
		{"192.0.2.25", "192.000.002.025.example.com", digits},
		{"192.0.2.25", "ip192000002025.example.com", digits},
		{"192.0.2.25", "025002000192.example.com", digits},
		{"192.0.2.25", "h1920225.example.com", digits},
		{"192.0.2.25", "h2520192.example.com", digits},
		{"192.0.2.25", "c0000219.example.com", digits},
		{"192.0.2.25", "pC0000219.dip0.example.com", digits},
		{"192.0.2.25", "190200c0.example.com", digits},
		{"192.0.2.25", "c0-00-02-19.example.com", digits},
		{"192.0.2.25", "192-0-2-25.example.co.uk", digits},
		{"203.0.113.9", "mx7-203-0-113-9.example.com", digits},
		{"192.0.2.25", "mail.192-0-2-25.com", digits}, // those of a registered domain too, as below
		{"192.0.2.31", "ip31.ip-192-0-2.eu", digits},
		{"51.77.10.200", "ns3123456.ip-51-77-10.eu", digits},
		{"51.77.10.200", "ns3123456.ip-10-77-51.eu", digits},
		{"5.39.7.200", "ns3123456.ip-5-39-7.eu", digits},
		{"192.0.2.25", "mail-192-0-2-26.example.com", digits},
		{"192.0.2.25", "host-192.000.002.example.com", digits},
		{"192.0.2.25", "x25.2-192-0.example.com", digits},
		{"192.0.2.31", "mx2.rack0.dc192.example.com", digits},
		{"192.0.2.25", "0-25-2.net192.example.com", digits},
		{"192.0.2.35", "out192-0-2-35.mail.example.com", digits},
		{"69.171.232.140", "69-171-232-140.mail-mail.example.com", digits},
		{"86.200.123.11", "lfbn-lyo-1-123-11.w86-200.abo.wanadoo.fr", digits},
		{"192.0.2.25", "x25.n7.2-192-0.example.com", digits},
		{"192.0.2.25", "2-192-0.n7.x25.example.com", digits},
		{"51.77.51.10", "a77-10-51.b51.example.com", digits},
		{"51.51.77.10", "b51.n7.a77-10-51.example.com", digits},
		{"192.0.2.25", "h1920225.mailbox.example.com", digits},
		{"2001:db8::25", "20010db8000000000000000000000025.example.com", digits},
		{"2001:db8::25", "2001-db8--25.example.com", digits},
		{"2001:db8::25", "2001-0db8-0000-0000-0000-0000-0000-0025.example.com", digits},
		{"2001:db8::25", "2001-db8-0-0-0-0-0-25.v6.example.com", digits},
		{
			"2001:db8::25",
			"5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.example.com",
			digits,
		},
		{"2001:db8:1:2:a9b8:c7d6:e5f4:a3b2", "p200300-a9b8c7d6e5f4a3b2.dip0.example.com", digits},
		// a part of it, and a word
		{"192.0.2.25", "ip-2-25.example.com", some("ip")},
		{"192.0.2.25", "static.25.2.example.com", some("static")},
		{"192.0.2.25", "host-0-2-25.example.com", some("host")},
		{"192.0.2.25", "vps2-25.example.com", some("vps")},
		// words
		{"192.0.2.25", "dynamic.example.com", word("dynamic")},
		{"192.0.2.25", "Mail.DYN.Example.com", word("dyn")},
		{"192.0.2.25", "dyn25.example.com", word("dyn")},
		{"192.0.2.25", "a_dhcp_b.example.com", word("dhcp")},
		{"192.0.2.25", "ppp7.example.com", word("ppp")},
		{"192.0.2.25", "adsl-25.example.com", word("adsl")},
		{"192.0.2.25", "mail.dsl.example.com", word("dsl")},
		{"192.0.2.25", "dial-in.example.com", word("dial")},
		{"192.0.2.25", "pool.example.com", word("pool")},
		{"192.0.2.25", "pool-25.example.com", word("pool")},
		{"192.0.2.25", "cable25.example.com", word("cable")},
		{"192.0.2.25", "25.customer.example.com", word("customer")},
		{"86.200.7.8", "lfbn-lyo-1-123-11.w86-200.abo.wanadoo.fr", word("abo")},
		{"192.0.2.25", "c7.ftth.example.com", word("ftth")},
		{"192.0.2.25", "mail.ftth.example.com", word("ftth")},
		{"192.0.2.25", "wimax-7.example.com", word("wimax")},
		{"192.0.2.25", "7.fiber.example.com", word("fiber")},
		{"192.0.2.25", "fibre7.example.com", word("fibre")},
		{"192.0.2.25", "mobile-7.example.com", word("mobile")},
		{"192.0.2.25", "unused.example.com", word("unused")},
		{"192.0.2.25", "unknown.example.com", word("unknown")},
		{"192.0.2.25", "unassigned.example.com", word("unassigned")},
		{"192.0.2.25", "no-reverse-dns.example.com", word("no-reverse")},
		{"192.0.2.25", "no.rdns.example.com", word("no-rdns")},
		{"192.0.2.25", "residential.example.com.br", word("residential")},
		{"2001:db8::25", "dyn.example.com", word("dyn")},
		{"2001:db8::2:25", "static.2.25.example.com", ""},
	}
	for _, tt := range tests {
		if got := genericHint(tt.name, netip.MustParseAddr(tt.addr)); got != tt.want {
			t.Errorf("%s at %s: %q, want %q", tt.name, tt.addr, got, tt.want)
		}
	}
}

// The names that hosting providers give to addresses until a customer asks for another. Domains of
// providers that cannot matter are those of examples.
func TestProviderNames(t *testing.T) {
	for _, tt := range []struct{ addr, name string }{
		{"192.0.2.25", "vmi123456.contaboserver.net"},
		{"192.0.2.25", "vmi1234567.example.com"},
		{"192.0.2.25", "vmd27610.example.com"}, // Contabo too
		{"192.0.2.25", "static.25.2.0.192.clients.your-server.de"},
		{"192.0.2.25", "vps-1a2b3c4d.vps.ovh.net"},
		{"192.0.2.25", "vps-12ab34cd.example.net"},
		{"192.0.2.25", "vps123456.ovh.net"},
		{"192.0.2.25", "ns3123456.ip-192-0-2.eu"},
		{"192.0.2.25", "ns3123456.example.net"},
		{"192.0.2.25", "ks4001234.example.com"}, // Kimsufi
		{"192.0.2.25", "ip25.ip-192-0-2.eu"},
		{"192.0.2.25", "hosted-by.example.com"}, // LeaseWeb, i3D.net and many others
		{"192.0.2.25", "hosted-by.25.example.com"},
		{"192.0.2.25", "li1234-25.members.linode.com"},
		{"192.0.2.25", "li1234-56.members.linode.com"},
		{"192.0.2.25", "192-0-2-25.ip.linodeusercontent.com"},
		{"192.0.2.25", "ec2-192-0-2-25.eu-west-1.compute.amazonaws.com"},
		{"192.0.2.25", "25.2.0.192.bc.googleusercontent.com"},
		{"192.0.2.25", "192.0.2.25.vultrusercontent.com"},
		{"192.0.2.25", "192.0.2.25.vultr.com"},
		{"192.0.2.25", "192-0-2-25.rev.poneytelecom.eu"},
		{"192.0.2.25", "25-2-0-192.instances.scw.cloud"},
		{"192.0.2.25", "sd-123456.dedibox.fr"},
		{"192.0.2.25", "v2202101123456789.goodsrv.de"}, // netcup
		{"192.0.2.25", "s12345678.onlinehome-server.info"},
		{"192.0.2.25", "p12345678.example.com"}, // IONOS
		{"192.0.2.25", "u12345678.example.com"},
		{"192.0.2.25", "ip192-0-2-25.pbiaas.com"},
		{"192.0.2.25", "h1234567.stratoserver.net"},
		{"192.0.2.25", "lvps192-0-2-25.dedicated.hosteurope.de"},
		{"192.0.2.25", "ip-192-0-2-25.ip.secureserver.net"},
		{"192.0.2.25", "192-0-2-25.unifiedlayer.com"},
		{"192.0.2.25", "192-0-2-25.static.cloud-ips.com"},
		{"192.0.2.25", "19.02.00c0.ip4.static.sl-reverse.com"}, // SoftLayer, hexadecimal
		{"192.0.2.25", "192-0-2-25-host.colocrossing.com"},
		{"192.0.2.25", "192.0.2.25.static.quadranet.com"},
		{"192.0.2.25", "unassigned.psychz.net"},
		{"192.0.2.25", "customer.worldstream.nl"},
		{"192.0.2.25", "host25-2-0-192.serverdedicati.aruba.it"},
		{"192.0.2.25", "192-0-2-25.de-fra1.upcloud.host"},
		{"192.0.2.25", "xvm-2-25.dc2.ghst.net"}, // Gandi
		{"192.0.2.25", "srv12345.dus2.fastwebserver.de"},
		{"192.0.2.25", "srv123456.hstgr.cloud"},
		{"192.0.2.25", "vps12345.dreamhostps.com"},
		{"192.0.2.25", "ps12345.dreamhost.com"},
		{"192.0.2.25", "vps4021.inmotionhosting.com"},
		{"192.0.2.25", "vm12345.example.com"},
		{"192.0.2.25", "vds-1234567.example.com"},
		{"192.0.2.25", "kvm4711.example.com"},
		{"192.0.2.25", "ded12345.example.com"},
		{"192.0.2.25", "server-123456.example.com"},
		{"192.0.2.25", "host-12345.example.com"},
		{"192.0.2.25", "node-a1b2c3d4.example.com"},
		{"192.0.2.25", "instance-20240501.example.com"},
		{"192.0.2.25", "cloud-123456.example.com"},
		{"192.0.2.25", "dedicated.example.com"},
		{"192.0.2.25", "dedicated-12.example.com"},
		{"192.0.2.25", "cust-25.example.com"},
		{"192.0.2.25", "client-0225.example.com"},
		{"192.0.2.25", "static-2-25.example.com"},
		{"192.0.2.25", "host-192-0-2.example.com"},
		{"192.0.2.25", "ip-25.example.com"},
		{"192.0.2.25", "ip25.example.com"},
		{"192.0.2.25", "rev-25.example.com"},
		{"192.0.2.25", "25.rev.example.com"},
		{"192.0.2.25", "reverse.example.com"},
		{"192.0.2.25", "ptr.example.com"},
		{"192.0.2.25", "a1.rdns.example.com"},
		{"192.0.2.25", "undefined.hostname.example.com"},
		{"192.0.2.25", "reverse-not-set.example.com"},
		{"192.0.2.25", "no-reverse-yet.example.com"},
		{"192.0.2.25", "reserved.example.com"},
		{"2001:db8::25", "vmi123456.contaboserver.net"},
		{"2001:db8::25", "hosted-by.example.com"},
		{"2001:db8::25", "vps-1a2b3c4d.vps.ovh.net"},
	} {
		if got := genericHint(tt.name, netip.MustParseAddr(tt.addr)); got == "" {
			t.Errorf("%s at %s is not generic", tt.name, tt.addr)
		}
	}
}

// Names that somebody chose for a server, among them those of large senders, which have numbers.
func TestChosenNames(t *testing.T) {
	for _, name := range []string{
		"example.com", "mail.example.com", "mx1.example.com", "mx-25.example.com",
		"smtp-out-12.example.com", "outbound3.example.com", "mta7.example.com",
		"mta-80-125.example.com", "relay.example.com", "post.example.com", "mail12345.example.com",
		"mail-vps12345.example.com", "mx.dedicated.example.com", "out1.vps.example.com",
		"server.example.com", "server1.example.com", "srv7.example.com", "srv12.example.com",
		"srv2019.example.com", "server2024.example.com", "host.example.com", "host1.example.com",
		"web01.example.com", "www.example.com", "ns1.example.com", "ns2.example.com",
		"vps.example.com", "vps1.example.com", "vps2024.example.com", "vm7.example.com",
		"vm-mail.example.com", "box.example.com", "box12.example.com", "node3.example.com",
		"cloud.example.com", "nextcloud.example.com", "gateway.example.com", "gw2.example.com",
		"kvm.example.com", "xen3.example.com", "root.example.com", "s1.example.com",
		"h2.example.com", "p5.example.com", "v4.example.com", "ip.example.com",
		"reverse-proxy.example.com", "previous.example.com", "revolution.example.com",
		"list.example.com", "lists.example.com", "newsletter.example.com", "hosting.example.com",
		"hosted.example.com", "by.example.com", "hostess.example.com", "statically.example.com",
		"customs.example.com", "clientele.example.com", "tor-exit.example.com",
		"facade.example.com", "cafe01.example.com", "dead.example.com", "a1b2c3.example.com",
		"o6.ptr5219.mediaoutreach.example.com", // SendGrid
		"o1678910012.outbound-mail.sendgrid.net",
		"m0031373.ppops.net",            // Proofpoint
		"mx0b-00123456.pphosted.com",    // Proofpoint
		"pv50p00im-tydg10011801.me.com", // Apple
		"mail-sor-f41.google.com",
		"mail-dm6nam10on2041.outbound.protection.outlook.com",
		"sonic304-20.consmr.mail.ne1.yahoo.com",
		"us-smtp-delivery-1.mimecast.com",
		"omta034.uswest2.a.cloudfilter.net",
		"a8-31.smtp-out.eu-west-1.amazonses.com",
		"mout.kundenserver.de",
		"mo4-p00-ob.smtp.rzone.de",
		"m12-18.163.com",
		"mailout-aus.example.co.uk",
	} {
		for _, addr := range [...]string{"192.0.2.25", "2001:db8::25"} {
			if got := genericHint(name, netip.MustParseAddr(addr)); got != "" {
				t.Errorf("%s at %s is generic: %s", name, addr, got)
			}
		}
	}
}

// Every name is judged, and the same in upper case. A name with the address in it is
// generic.
func FuzzGenericHint(f *testing.F) {
	for _, name := range []string{"mail.example.com", "192-0-2-25.pool.example.co.uk", "..--..", "p5dd.dip0.example", "9999999999999999999999.a.b"} {
		f.Add(name, []byte{192, 0, 2, 25})
		f.Add(name, netip.MustParseAddr("2001:db8::25").AsSlice())
	}
	f.Fuzz(func(t *testing.T, name string, bytes []byte) {
		addr, ok := netip.AddrFromSlice(bytes)
		notASCII := func(r rune) bool { return r > '~' }
		if !ok || strings.ContainsFunc(name, notASCII) { // the names of a Result are ASCII
			return
		}
		addr = addr.Unmap() // as targets are
		got := genericHint(name, addr)
		if upper := genericHint(strings.ToUpper(name), addr); upper != got {
			t.Errorf("%q: %q, in capitals %q", name, got, upper)
		}
		made := strings.NewReplacer(".", "-", ":", "-").
			Replace(addr.String()) +
			"." + name + ".example.com"
		if genericHint(made, addr) == "" {
			t.Errorf("%q at %s is not generic", made, addr)
		}
	})
}
