//go:build linux

package acceptance

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/checktest"
)

// A nagios is one that runs, with all that it keeps in one directory.
type nagios struct{ dir string }

// A record is what Nagios has of one check: times are left out, as they differ.
type record struct{ state, output, perfdata, long string }

// prints runs the command of a service as Nagios does and returns what it must record: a ";" of the
// first line becomes a ":".
func (n *nagios) prints(t *testing.T, host, command string) record {
	addr := "192.0.2.25"
	if own, ok := nagiosHosts()[host]; ok {
		addr = own.String()
	}
	lines := map[string]string{"silent": "$USER1$/check_dnsbl -H '$HOSTADDRESS$' -l silent.example -t 2"}
	for _, o := range checktest.NagiosObjects(example(t, "nagios-commands.cfg") + example(t, "nagios-services.cfg")) {
		if o["command_line"] != "" {
			lines[o["command_name"]] = o["command_line"]
		}
	}
	call := strings.Split(command, "!")
	line := strings.ReplaceAll(checktest.NagiosMacros(lines[call[0]], call[1:], map[string]string{"address": addr}), "/usr/lib/nagios/plugins", n.dir+"/plugins")
	out, _ := exec.Command("sh", "-c", line).Output() // what counts is what it prints
	first, long, _ := strings.Cut(string(out), "\n")
	text, perfdata, _ := strings.Cut(first, "|")
	return untimed(record{output: strings.TrimSpace(strings.ReplaceAll(text, ";", ":")), perfdata: strings.TrimSpace(perfdata), long: strings.ReplaceAll(strings.TrimSuffix(long, "\n"), "\n", `\n`)})
}

// untimed takes from a record what differs from run to run.
func untimed(r record) record {
	r.perfdata = regexp.MustCompile(`(queries|time)=[0-9.]+`).ReplaceAllString(r.perfdata, "$1=N")
	r.long = checktest.Clockless(regexp.MustCompile(`\b\d+ ms\b`).ReplaceAllString(r.long, "T ms"))
	return r
}

// force has a service checked now and returns what Nagios recorded of it for programs that read
// perfdata.
func (n *nagios) force(t *testing.T, host, service string) record {
	before := len(n.records(t, host, service))
	n.command(t, fmt.Sprintf("SCHEDULE_FORCED_SVC_CHECK;%s;%s;%d", host, service, time.Now().Unix()))
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		if records := n.records(t, host, service); len(records) > before {
			return records[len(records)-1]
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s of %s: no result", service, host)
	return record{}
}

// command gives Nagios an external command, as soon as it takes them.
func (n *nagios) command(t *testing.T, command string) {
	deadline := time.Now().Add(time.Minute)
	for {
		pipe, err := os.OpenFile(n.dir+"/commands", os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			_, err = fmt.Fprintf(pipe, "[%d] %s\n", time.Now().Unix(), command)
			_ = pipe.Close()
		}
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			out, _ := os.ReadFile(n.dir + "/out")
			t.Fatalf("Nagios takes no commands: %v\n%s", err, out)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// records returns what was recorded of a service so far. The fields of a line are parted by a
// character that the program never prints.
func (n *nagios) records(t *testing.T, host, service string) []record {
	text, err := os.ReadFile(n.dir + "/perfdata")
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var records []record
	for line := range bytes.Lines(text) {
		if fields := strings.Split(strings.TrimSuffix(string(line), "\n"), "\t"); len(fields) == 6 && fields[0] == host && fields[1] == service && strings.HasSuffix(string(line), "\n") {
			records = append(records, untimed(record{fields[2], fields[3], fields[4], fields[5]}))
		}
	}
	return records
}

// status waits until Nagios shows the same in its status file, which its web pages are made from.
func (n *nagios) status(t *testing.T, host, service string, want record) {
	states := map[string]string{"0": "OK", "1": "WARNING", "2": "CRITICAL", "3": "UNKNOWN"}
	var got record
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		text, _ := os.ReadFile(n.dir + "/var/status.dat")
		for block := range strings.SplitSeq(string(text), "}\n") {
			fields := map[string]string{}
			for line := range strings.Lines(block) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
				fields[name] = value
			}
			if strings.Contains(block, "servicestatus {") && fields["host_name"] == host && fields["service_description"] == service {
				got = untimed(record{states[fields["current_state"]], fields["plugin_output"], fields["performance_data"], fields["long_plugin_output"]})
			}
		}
		if got == want {
			return
		}
	}
	t.Errorf("status.dat has\n%v\nwant\n%v", got, want)
}
