//go:build linux

package acceptance

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/checktest"
)

// An icinga is one that runs, with all that it keeps in one directory, and its API.
type icinga struct {
	program, name, dir, port string
	client                   http.Client
}

// startIcinga starts an Icinga with the example and hosts for each state.
func startIcinga(t *testing.T) *icinga {
	ic := newIcinga(t, "test")
	installPlugin(t, ic.dir)
	ic.write(t, "icinga2.conf", "${KEY}", testKey)
	writeIn(t, ic.dir, "example.conf", replaced(t, example(t, "icinga2-command.conf")+example(t, "icinga2-services.conf"), "max_check_attempts = 3", "max_check_attempts = 1")+nrpeObjects(t, "apply"), 0o644)
	writeIn(t, ic.dir, "plugins/check_nrpe", "#!/bin/sh\nexec "+ic.dir+"/plugins/check_dnsbl -H 198.51.100.7\n", 0o755)
	writeIn(t, ic.dir, "plugins/note", "#!/bin/sh\necho \"$NOTE\" >>"+ic.dir+"/notes\n", 0o755)
	writeIn(t, ic.dir, "options.ini", "[check_dnsbl]\nexclude=psbl.surriel.com\n[more]\nlist=bl.spamcop.net\n", 0o644)
	certify(t, ic)
	ic.start(t, os.Environ())
	return ic
}

// newIcinga makes the directories of an Icinga and finds a port for its API.
func newIcinga(t *testing.T, name string) *icinga {
	ic := &icinga{program: checktest.Installed(t, "icinga2"), name: name, dir: t.TempDir(), port: freePort(t)}
	ic.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // its certificate is made below, for this test
	for _, sub := range []string{"etc", "data/certs", "log", "cache", "spool", "run"} {
		if err := os.MkdirAll(ic.dir+"/"+sub, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return ic
}

// write fills in its main configuration from a form.
func (ic *icinga) write(t *testing.T, form string, pairs ...string) {
	text, err := os.ReadFile("testdata/" + form)
	if err != nil {
		t.Fatal(err)
	}
	pairs = append(pairs, "${DIR}", ic.dir, "${PORT}", ic.port, "${NODE}", ic.name)
	writeIn(t, ic.dir, "icinga2.conf", strings.NewReplacer(pairs...).Replace(string(text)), 0o644)
}

// certify gives each Icinga a certificate for its name, signed by an authority of their own. Icinga
// itself would take seconds for a key.
func certify(t *testing.T, all ...*icinga) {
	authority := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Icinga CA"}, IsCA: true, BasicConstraintsValid: true}
	caKey, _ := newKey(t)
	ca := signed(t, authority, authority, caKey.Public(), caKey)
	for i, ic := range all {
		key, text := newKey(t)
		cert := &x509.Certificate{SerialNumber: big.NewInt(int64(2 + i)), Subject: pkix.Name{CommonName: ic.name}, DNSNames: []string{ic.name}}
		for name, text := range map[string]string{"ca.crt": ca, ic.name + ".crt": signed(t, cert, authority, key.Public(), caKey), ic.name + ".key": text} {
			writeIn(t, ic.dir, "data/certs/"+name, text, 0o600)
		}
	}
}

// newKey makes a key, and returns it also as a file has it.
func newKey(t *testing.T) (*ecdsa.PrivateKey, string) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return key, string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}))
}

// signed returns a certificate of today, as a file has it.
func signed(t *testing.T, cert, authority *x509.Certificate, key crypto.PublicKey, by *ecdsa.PrivateKey) string {
	cert.NotBefore, cert.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(24*time.Hour)
	der, err := x509.CreateCertificate(rand.Reader, cert, authority, key, by)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// start starts the daemon and waits until its API answers. The returned function stops it again.
func (ic *icinga) start(t *testing.T, environ []string) (stop func()) {
	log, err := os.Create(ic.dir + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	daemon := ic.command(t, "daemon", "-c", ic.dir+"/icinga2.conf")
	daemon.Env, daemon.Stdout, daemon.Stderr = environ, log, log
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	stop = func() {
		_ = daemon.Process.Signal(syscall.SIGTERM)
		_ = daemon.Wait() // again, if it was stopped before
	}
	t.Cleanup(stop)
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if status, _ := ic.ask("GET", "/v1/status/IcingaApplication", nil); status == http.StatusOK {
			return stop
		}
	}
	out, _ := os.ReadFile(ic.dir + "/out")
	t.Fatalf("no answer from Icinga:\n%s", out)
	return stop
}

// command returns an icinga2 that keeps everything in the directory.
func (ic *icinga) command(t *testing.T, args ...string) *exec.Cmd {
	name, group := self(t)
	for at, sub := range map[string]string{"ConfigDir": "etc", "ZonesDir": "etc/zones.d", "DataDir": "data", "LogDir": "log", "CacheDir": "cache", "SpoolDir": "spool",
		"InitRunDir": "run", "PidPath": "run/pid", "StatePath": "data/state", "ModAttrPath": "data/modified", "ObjectsPath": "cache/objects", "VarsPath": "cache/vars"} {
		args = append(args, "-D", "Configuration."+at+"="+ic.dir+"/"+sub)
	}
	return exec.Command(ic.program, append(args, "-D", "Configuration.RunAsUser="+name, "-D", "Configuration.RunAsGroup="+group)...)
}

// freePort returns a free TCP port of 127.0.0.1.
func freePort(t *testing.T) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// ask sends a request to the API and returns the HTTP status, 0 without a response, and the body.
func (ic *icinga) ask(method, path string, body any) (int, []byte) {
	text, err := json.Marshal(body)
	if err != nil {
		return 0, nil
	}
	request, err := http.NewRequest(method, "https://127.0.0.1:"+ic.port+path, bytes.NewReader(text))
	if err != nil {
		return 0, nil
	}
	request.SetBasicAuth("test", "test")
	request.Header.Set("Accept", "application/json")
	response, err := ic.client.Do(request)
	if err != nil {
		return 0, nil
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(response.Body)
	return response.StatusCode, answer
}

// force has a service checked now and returns the result. It says so again after a while: a
// satellite may just have been restarting.
func (ic *icinga) force(t *testing.T, service string) result {
	start := float64(time.Now().UnixMicro()) / 1e6
	for range 12 {
		ic.reschedule(t, service)
		for again := time.Now().Add(5 * time.Second); time.Now().Before(again); time.Sleep(20 * time.Millisecond) {
			if last := ic.services()[service]; last != nil && last.ExecutionStart >= start {
				return *last
			}
		}
	}
	t.Fatalf("%s: no result", service)
	return result{}
}

// reschedule asks for a check, now.
func (ic *icinga) reschedule(t *testing.T, service string) {
	status, answer := ic.ask("POST", "/v1/actions/reschedule-check", map[string]any{"type": "Service", "service": service, "force": true})
	if status != http.StatusOK {
		t.Fatalf("%s: %d %s", service, status, answer)
	}
}

// services returns the services that it knows, each with its last result, nil if there was none.
func (ic *icinga) services() map[string]*result {
	var services struct {
		Results []struct {
			Name  string `json:"name"`
			Attrs struct {
				Last *result `json:"last_check_result"`
			} `json:"attrs"`
		} `json:"results"`
	}
	found := map[string]*result{}
	if status, answer := ic.ask("GET", "/v1/objects/services?attrs=last_check_result", nil); status == http.StatusOK && json.Unmarshal(answer, &services) == nil {
		for _, s := range services.Results {
			found[s.Name] = s.Attrs.Last
		}
	}
	return found
}
