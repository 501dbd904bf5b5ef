//go:build linux

package acceptance

import (
	"context"
	"errors"
	"maps"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/dnstest"
)

// freeAddr returns an address that is free for UDP and TCP and not in taken.
func freeAddr(t *testing.T, taken map[string]string) string {
	return freeAddrOf(t, realLoopback, taken)
}

// freeAddrOf is freeAddr of one IP address.
func freeAddrOf(t *testing.T, ip string, taken map[string]string) string {
	for range 50 {
		udp, err := net.ListenPacket("udp", ip+":0")
		if err != nil {
			t.Fatal(err)
		}
		addr := udp.LocalAddr().String()
		tcp, err := net.Listen("tcp", addr)
		_ = udp.Close()
		if err == nil {
			_ = tcp.Close()
		}
		if err == nil && !slices.Contains(slices.Collect(maps.Values(taken)), addr) {
			return addr
		}
	}
	t.Fatal("no port is free for UDP and TCP")
	return ""
}

// silentAt listens at an address until the end of the test and never answers. It returns the
// address with the port.
func silentAt(t *testing.T, addr string) string {
	silent, err := net.ListenPacket("udp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	return silent.LocalAddr().String()
}

// configure writes the configuration of an unbound and returns its path.
func (w *realWorld) configure(t *testing.T, name, form, extra string) string {
	return w.fill(t, form, name+".conf", "${LISTEN}", "${"+name+"}", "${EXTRA}", extra, "${DIR}", w.dir)
}

// fill writes a file from a form: first what else is to be replaced, then the addresses as unbound
// has them. It returns its path.
func (w *realWorld) fill(t *testing.T, form, file string, pairs ...string) string {
	text, err := os.ReadFile(form)
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.NewReplacer(pairs...).Replace(string(text))
	for name, addr := range w.names {
		filled = strings.ReplaceAll(filled, "${"+name+"}", strings.Replace(addr, ":", "@", 1))
	}
	path := filepath.Join(w.dir, file)
	if err := os.WriteFile(path, []byte(filled), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// serve starts an rbldnsd that serves what the world has of it.
func (w *realWorld) serve(t *testing.T, name, rbldnsd string) {
	at := strings.Replace(withPort(w.names[name]), ":", "/", 1)
	args := []string{"-n", "-w", w.dir, "-b", at, "-l", "+-"}
	for _, d := range w.served {
		if d.server == name {
			args = append(args, d.String())
		}
	}
	w.start(t, name, rbldnsd, args...)
}

// withPort returns an address with its port. The addresses of name servers have none: they are
// always asked at port 53.
func withPort(addr string) string {
	if strings.Contains(addr, ":") {
		return addr
	}
	return addr + ":53"
}

// logOf returns the file to which a daemon writes what it has to say.
func (w *realWorld) logOf(name string) string {
	return filepath.Join(w.dir, strings.ToLower(name)+".log")
}

// start starts a daemon and waits until it gives the reason of the test entry.
func (w *realWorld) start(t *testing.T, name, path string, args ...string) {
	w.launch(t, name, path, args...)
	w.await(t, name, "2.0.0.127.ip4.bl.test.", func(err error) bool { return err == nil })
}

// launch starts a daemon, which dies with the test, however that ends.
func (w *realWorld) launch(t *testing.T, name, path string, args ...string) {
	logPath := w.logOf(name)
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(path, args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Getuid() == 0 && filepath.Base(path) == "rbldnsd" { // which refuses to be root, and forgets the signal if it changes users itself
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
		if w.names[name] != withPort(w.names[name]) {
			cmd.SysProcAttr.AmbientCaps = []uintptr{10} // CAP_NET_BIND_SERVICE, for port 53
		}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed, and says so
	})
}

// await waits until a server answers a TXT query well enough.
func (w *realWorld) await(t *testing.T, name, query string, enough func(error) bool) {
	addr := withPort(w.names[name])
	resolver := net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", addr)
	}}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		_, err := resolver.LookupTXT(ctx, query)
		cancel()
		if enough(err) {
			return
		}
	}
	log, _ := os.ReadFile(w.logOf(name))
	t.Fatalf("no answer from %s:\n%s", addr, log)
}

// answers is for await: any answer is enough, also that there is no text.
func answers(err error) bool {
	var failure *net.DNSError
	return err == nil || errors.As(err, &failure) && failure.IsNotFound
}

// scripted starts a scripted server, until the end of the test. It has the address that name stands
// for, or else a free one.
func (w *realWorld) scripted(t *testing.T, name string, world dnstest.World) *dnstest.Server {
	at := netip.AddrPortFrom(netip.MustParseAddr(realLoopback), 0)
	if w.names[name] != "" {
		at = netip.MustParseAddrPort(withPort(w.names[name]))
	}
	server, err := dnstest.StartAt(at, world)
	if err != nil {
		t.Fatal(err)
	}
	if w.names[name] == "" {
		w.names[name] = server.Addr.String()
	}
	t.Cleanup(server.Close)
	return server
}
