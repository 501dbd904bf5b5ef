package resolver

import (
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestParseResolver(t *testing.T) {
	for text, want := range map[string]string{
		"192.0.2.53":              "192.0.2.53:53",
		"192.0.2.53:5353":         "192.0.2.53:5353",
		"192.0.2.53:65535":        "192.0.2.53:65535",
		"2001:db8::53":            "[2001:db8::53]:53",
		"[2001:db8::53]":          "[2001:db8::53]:53",
		"[2001:db8::53]:5353":     "[2001:db8::53]:5353",
		"::1":                     "[::1]:53",
		"fe80::1%eth0":            "[fe80::1%eth0]:53",
		"[fe80::1%eth0]":          "[fe80::1%eth0]:53",
		"[fe80::1%eth0]:5353":     "[fe80::1%eth0]:5353",
		"::ffff:192.0.2.53":       "192.0.2.53:53",
		"[::ffff:192.0.2.53]:530": "192.0.2.53:530",

		"":                      "",
		"300.1.1.1":             "",
		"1.1.1":                 "",
		"01.1.1.1":              "",
		"192.0.2.53:":           "",
		"192.0.2.53:0":          "",
		"192.0.2.53:65536":      "",
		"192.0.2.53:-1":         "",
		"192.0.2.53:dns":        "",
		"192.0.2.53#5353":       "",
		"192.0.2.53/24":         "",
		" 192.0.2.53":           "",
		"[192.0.2.53]":          "",
		"[192.0.2.53]:53":       "",
		"[2001:db8::53":         "",
		"2001:db8::53]":         "",
		"[2001:db8::53]:":       "",
		"[2001:db8::53]5353":    "",
		"[[2001:db8::53]]":      "",
		"fe80::1%":              "",
		"fe80::1%a|b=1":         "",
		"[fe80::1%\x1b[31m]:53": "",
		"fe80::1%\u00e9":        "",
		"resolver.example":      "",
		"resolver.example:53":   "",
		"192.0.2.53,192.0.2.54": "",
	} {
		got, err := ParseResolver(text)
		if want == "" {
			if err == nil {
				t.Errorf("%q was read as %v", text, got)
			}
			continue
		}
		if err != nil || got.String() != want {
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
	_, err := ParseResolver("300.1.1.1")
	if want := `resolver "300.1.1.1": must be an IP address, ADDR:PORT or [IPv6]:PORT`; err == nil ||
		err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// resolvers returns addresses at port 53.
func resolvers(addrs ...string) []netip.AddrPort {
	var all []netip.AddrPort
	for _, addr := range addrs {
		all = append(all, netip.AddrPortFrom(netip.MustParseAddr(addr), 53))
	}
	return all
}

func TestResolvConf(t *testing.T) {
	local := resolvers("127.0.0.1")
	for _, test := range []struct {
		name, text string
		want       Client
	}{
		{"empty", "", Client{Assumed: true, Resolvers: local}},
		{"only comments", "# nameserver 192.0.2.1\n; nameserver 192.0.2.2\n#nameserver 192.0.2.3\n", Client{Assumed: true, Resolvers: local}},
		{"usual", "search example.org\nnameserver 192.0.2.1\nnameserver 2001:db8::1\n", Client{Resolvers: resolvers("192.0.2.1", "2001:db8::1")}},
		{"first three", "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n",
			Client{Resolvers: resolvers("192.0.2.1", "192.0.2.2", "192.0.2.3")}},
		{"with a zone", "nameserver fe80::1%eth0\n", Client{Resolvers: resolvers("fe80::1%eth0")}},
		{"no final newline, tabs, CRLF", "nameserver\t192.0.2.1 \r\nnameserver 192.0.2.2", Client{Resolvers: resolvers("192.0.2.1", "192.0.2.2")}},
		{"comment behind", "nameserver 192.0.2.1 # the first\n", Client{Resolvers: resolvers("192.0.2.1")}},
		{"junk", "nameserver\nnameserver dns.example\nnameserver 192.0.2.1:53\nNAMESERVER 192.0.2.9\nnameservers 192.0.2.8\n\x00\xff junk\n",
			Client{Assumed: true, Resolvers: local}},
		{"one long line", strings.Repeat("x", 1<<20) + "\nnameserver 192.0.2.1\n", Client{Resolvers: resolvers("192.0.2.1")}},
		{"options", "options timeout:1 attempts:3 rotate ndots:2 edns0\n", Client{Assumed: true, Resolvers: local, Wait: time.Second, Rounds: 3, Rotate: true}},
		{"TCP only", "options use-vc\n", Client{Assumed: true, Resolvers: local, TCP: true}},
		{"several lines of options", "options rotate\noptions attempts:1\noptions attempts:4\n", Client{Assumed: true, Resolvers: local, Rounds: 4, Rotate: true}},
		{"a timeout never makes waits longer", "options timeout:5\n", Client{Assumed: true, Resolvers: local, Wait: 2 * time.Second}},
		{"caps", "options timeout:4000000000 attempts:100\n", Client{Assumed: true, Resolvers: local, Wait: 2 * time.Second, Rounds: 5}},
		{"too small", "options timeout:0 attempts:-3\n", Client{Assumed: true, Resolvers: local, Wait: time.Second, Rounds: 1}},
		{"options that are none", "options timeout attempts: timeout:x attempts:1e9 rotated timeout:99999999999999999999\n", Client{Assumed: true, Resolvers: local}},
	} {
		if got := parseResolvConf(test.text); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestReadResolvConf(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "resolv.conf")
	if c, err := ReadResolvConf(path); err != nil || !reflect.DeepEqual(c.Resolvers, resolvers("127.0.0.1")) {
		t.Errorf("missing file: %+v, %v", c, err)
	}
	if err := os.WriteFile(path, []byte("nameserver 192.0.2.1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := ReadResolvConf(path); err != nil || !reflect.DeepEqual(c.Resolvers, resolvers("192.0.2.1")) {
		t.Errorf("file: %+v, %v", c, err)
	}
	t.Setenv("RES_OPTIONS", "use-vc attempts:4")
	if c, err := ReadResolvConf(path); err != nil || !c.TCP || c.Rounds != 4 {
		t.Errorf("with RES_OPTIONS: %+v, %v", c, err)
	}
	if _, err := ReadResolvConf(dir); err == nil {
		t.Error("a directory was read")
	}
	const unreadable = "cannot read \x00: invalid argument. Use --resolver ADDR"
	if _, err := ReadResolvConf("\x00"); err == nil || err.Error() != unreadable {
		t.Errorf("an unreadable file: %v", err)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	const want = " is not a regular file. Use --resolver ADDR"
	if _, err := ReadResolvConf(pipe); err == nil || err.Error() != pipe+want {
		t.Errorf("a pipe that nothing is written to: %v", err)
	}
}
