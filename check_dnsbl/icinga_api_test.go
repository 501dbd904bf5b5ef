//go:build linux

package main

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// An icinga is one that runs, with all that it keeps in one directory, and its API.
type icinga struct {
	dir, url string
	client   http.Client
}

// startIcinga starts an Icinga with the example and hosts for each state.
func startIcinga(t *testing.T) *icinga {
	program := installed(t, "icinga2")
	dir := t.TempDir()
	installPlugin(t, dir)
	port := freePort(t)
	ic := &icinga{dir: dir, url: "https://127.0.0.1:" + port}
	ic.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // its certificate is made below, for this test
	form, err := os.ReadFile("testdata/icinga2.conf")
	if err != nil {
		t.Fatal(err)
	}
	writeIn(t, dir, "icinga2.conf", strings.NewReplacer("${DIR}", dir, "${PORT}", port, "${KEY}", mixKey).Replace(string(form)), 0o644)
	writeIn(t, dir, "example.conf", example(t, "icinga2.conf"), 0o644)
	for _, sub := range []string{"etc", "data/certs", "log", "cache", "spool", "run"} {
		if err := os.MkdirAll(dir+"/"+sub, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	certs := dir + "/data/certs/"
	for _, args := range [][]string{{"pki", "new-ca"}, {"pki", "new-cert", "--cn", "test", "--key", certs + "test.key", "--csr", certs + "test.csr"},
		{"pki", "sign-csr", "--csr", certs + "test.csr", "--cert", certs + "test.crt"}} {
		if out, err := ic.command(t, program, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	ca, err := os.ReadFile(dir + "/data/ca/ca.crt")
	if err != nil {
		t.Fatal(err)
	}
	writeIn(t, dir, "data/certs/ca.crt", string(ca), 0o644)
	ic.run(t, ic.command(t, program, "daemon", "-c", dir+"/icinga2.conf"))
	return ic
}

// run starts the daemon and waits until its API answers.
func (ic *icinga) run(t *testing.T, daemon *exec.Cmd) {
	log, err := os.Create(ic.dir + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	daemon.Stdout, daemon.Stderr = log, log
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Signal(syscall.SIGTERM)
		_ = daemon.Wait()
	})
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if status, _ := ic.ask("GET", "/v1/status/IcingaApplication", nil); status == http.StatusOK {
			return
		}
	}
	out, _ := os.ReadFile(ic.dir + "/out")
	t.Fatalf("no answer from Icinga:\n%s", out)
}

// command returns an icinga2 that keeps everything in the directory.
func (ic *icinga) command(t *testing.T, program string, args ...string) *exec.Cmd {
	name, group := self(t)
	for at, sub := range map[string]string{"ConfigDir": "etc", "DataDir": "data", "LogDir": "log", "CacheDir": "cache", "SpoolDir": "spool", "InitRunDir": "run",
		"PidPath": "run/pid", "StatePath": "data/state", "ModAttrPath": "data/modified", "ObjectsPath": "cache/objects", "VarsPath": "cache/vars"} {
		args = append(args, "-D", "Configuration."+at+"="+ic.dir+"/"+sub)
	}
	return exec.Command(program, append(args, "-D", "Configuration.RunAsUser="+name, "-D", "Configuration.RunAsGroup="+group)...)
}

// freePort returns a port of 127.0.0.1 at which nobody listens.
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

// ask puts a request to the API and returns the status, 0 if there was no answer, and the answer.
func (ic *icinga) ask(method, path string, body any) (int, []byte) {
	text, err := json.Marshal(body)
	if err != nil {
		return 0, nil
	}
	request, err := http.NewRequest(method, ic.url+path, bytes.NewReader(text))
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

// force has a service checked now and returns the result.
func (ic *icinga) force(t *testing.T, service string) result {
	start := float64(time.Now().UnixMicro()) / 1e6
	status, answer := ic.ask("POST", "/v1/actions/reschedule-check", map[string]any{"type": "Service", "service": service, "force": true})
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, answer)
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var services struct {
			Results []struct {
				Name  string `json:"name"`
				Attrs struct {
					Last *result `json:"last_check_result"`
				} `json:"attrs"`
			} `json:"results"`
		}
		if status, answer := ic.ask("GET", "/v1/objects/services?attrs=last_check_result", nil); status == http.StatusOK && json.Unmarshal(answer, &services) == nil {
			for _, s := range services.Results {
				if s.Name == service && s.Attrs.Last != nil && s.Attrs.Last.ExecutionStart >= start {
					return *s.Attrs.Last
				}
			}
		}
	}
	t.Fatalf("%s: no result", service)
	return result{}
}
