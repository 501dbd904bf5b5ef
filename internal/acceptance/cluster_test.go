//go:build linux

package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRealZones lets an Icinga that is the master and one that is a satellite run with the example
// for more than one machine. The program and a key are only where the satellite is, so that no
// verdict can come from the master.
func TestRealZones(t *testing.T) {
	t.Parallel()
	master, satellite, stop := startZones(t)
	for _, tt := range []struct{ service, state, first string }{
		{"mail1.example.com!dnsbl", "2", "CRITICAL: 192.0.2.25 on 2 of "},
		{"mail1.example.com!dnsbl lists", "0", "OK: 22 of 22 lists healthy"},
		{"mail1.example.com!dnsbl names", "0", "OK: 192.0.2.25 on 1 of 1 list (below -w 2): bl.spamcop.net \n"},
		{"outbound.example.com!dnsbl", "1", "WARNING: 1 of 9 addresses listed, worst 192.0.2.26 on 1 of "},
		{"ok!dnsbl", "0", "OK: 198.51.100.7 is not on any of "},
		{"several!dnsbl 2001:db8::26", "0", "OK: 2001:db8::26 is not on any of "},
		{"several!dnsbl domain:example.com", "0", "OK: example.com is not on any of "},
		{"unknown!dnsbl", "3", "UNKNOWN: 1 major list failed for 192.0.2.27: refuses this resolver (zen.spamhaus.org)"},
		{"ok!keyed", "0", "OK: 198.51.100.7 is not listed (1 list answered) \nno test entry, so \"not listed\" is unproved: KEY.spam.spamrats.com"},
	} {
		t.Run(tt.service, func(t *testing.T) {
			got := master.force(t, tt.service)
			if state := fmt.Sprint(got.State); state != tt.state || !strings.HasPrefix(got.Output, tt.first) {
				t.Errorf("state %s, want %s: %s", state, tt.state, got.Output)
			}
			if program := got.argv()[0]; got.Source != satellite.name || program != satellite.dir+"/plugins/check_dnsbl" {
				t.Errorf("checked by %s with %s, not by the satellite", got.Source, program)
			}
			master.compare(t, got)
		})
	}
	for _, ic := range []*icinga{master, satellite} {
		for _, objects := range []string{"services", "checkcommands"} {
			if status, answer := ic.ask("GET", "/v1/objects/"+objects, nil); status != http.StatusOK || bytes.Contains(answer, []byte(testKey)) {
				t.Errorf("%s: %d, and the key is among its %s", ic.name, status, objects)
			}
		}
	}
	t.Run("satellite gone", func(t *testing.T) {
		const zone = "satellite1.example.com!zone site-a"
		if got := master.force(t, zone); got.State != 0 || !strings.HasPrefix(got.Output, "Zone 'site-a' is connected.") {
			t.Errorf("state %v: %s", got.State, got.Output)
		}
		stop()
		master.staysSilent(t, "ok!dnsbl")
		if got := master.force(t, zone); got.State != 2 || !strings.HasPrefix(got.Output, "Zone 'site-a' is not connected.") {
			t.Errorf("state %v: %s", got.State, got.Output)
		}
	})
}

// staysSilent checks that nothing comes of a check that is forced: the last result stands, and its
// update is overdue.
func (ic *icinga) staysSilent(t *testing.T, service string) {
	before := ic.services()[service]
	ic.reschedule(t, service)
	time.Sleep(2 * time.Second) // with somebody there it takes half a second
	if after := ic.services()[service]; before == nil || after == nil || after.ExecutionStart != before.ExecutionStart || after.State != before.State {
		t.Errorf("before %v\nafter  %v", before, after)
	}
	var services struct {
		Results []struct {
			Attrs struct {
				Next float64 `json:"next_update"`
			} `json:"attrs"`
		} `json:"results"`
	}
	status, answer := ic.ask("GET", "/v1/objects/services/"+service+"?attrs=next_update", nil)
	if err := json.Unmarshal(answer, &services); status != http.StatusOK || err != nil || len(services.Results) != 1 || services.Results[0].Attrs.Next > float64(time.Now().Unix()) {
		t.Errorf("not overdue: %d %s", status, answer)
	}
}

// startZones starts a master and a satellite with the example, and waits until the satellite has
// all that it is to check. Stop stops the satellite.
func startZones(t *testing.T) (master, satellite *icinga, stop func()) {
	master, satellite = newIcinga(t, "master1.example.com"), newIcinga(t, "satellite1.example.com")
	installPlugin(t, satellite.dir)
	listen := func(ic *icinga) string {
		return fmt.Sprintf("object ApiListener \"api\" {\n\tbind_host = \"127.0.0.1\"\n\tbind_port = %s\n", ic.port)
	}
	copyExample(t, "master", master.dir)
	writeIn(t, master.dir, "etc/features-available/api.conf", listen(master)+"}\n", 0o644)
	// A satellite that has just started looks for what is forced only when a check would be due
	// anyway.
	often := replaced(t, example(t, "icinga2-command.conf")+example(t, "icinga2-services.conf"), "_interval = 15m", "_interval = 0.5", "_interval = 5m", "_interval = 0.5", "_interval = 1d", "_interval = 0.5")
	writeIn(t, master.dir, "etc/zones.d/global-templates/dnsbl.conf", often, 0o644)
	site, err := os.ReadFile("testdata/icinga2-site.conf")
	if err != nil {
		t.Fatal(err)
	}
	writeIn(t, master.dir, "etc/zones.d/site-a/test.conf", string(site), 0o644)
	master.write(t, "icinga2-zones.conf", "${ZONE}", "master")

	copyExample(t, "satellite", satellite.dir, `object ApiListener "api" {`+"\n", listen(satellite),
		`host = "master1.example.com"`, `host = "127.0.0.1"`, "port = 5665", "port = "+master.port)
	satellite.write(t, "icinga2-zones.conf", "${ZONE}", "site-a")
	certify(t, master, satellite)
	master.start(t, os.Environ())
	stop = satellite.start(t, append(os.Environ(), "CHECK_DNSBL_KEY_SPAMRATS="+testKey))
	satellite.awaits(t, "ok!keyed")
	for _, ic := range []*icinga{master, satellite} {
		log, err := os.ReadFile(ic.dir + "/out")
		if err != nil || bytes.Contains(log, []byte("warning/ApplyRule")) || bytes.Contains(log, []byte("critical/")) {
			t.Errorf("%s: %v\n%s", ic.name, err, log)
		}
	}
	return master, satellite, stop
}

// awaits waits until it knows a service, which others have to tell it.
func (ic *icinga) awaits(t *testing.T, service string) {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if _, ok := ic.services()[service]; ok {
			return
		}
	}
	log, _ := os.ReadFile(ic.dir + "/out")
	t.Fatalf("%s does not come:\n%s", service, log)
}

// copyExample copies the example for a machine with other addresses and ports in place of those in
// pairs, which must be in it.
func copyExample(t *testing.T, machine, dir string, pairs ...string) {
	root := "../../examples/icinga2-zones/" + machine
	var names, texts []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		names, texts = append(names, strings.TrimPrefix(path, root)), append(texts, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const border = "\x00"
	for i, text := range strings.Split(replaced(t, strings.Join(texts, border), pairs...), border) {
		writeIn(t, dir, "etc/"+names[i], text, 0o644)
	}
}
