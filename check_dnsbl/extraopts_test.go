package main

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/extraopts"

	"github.com/olorin/nagiosplugin"
)

// optionsIn writes a file of options, with a mode whatever the umask is.
func optionsIn(t *testing.T, text string, mode os.FileMode) string {
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // as where such files are
		t.Fatal(err)
	}
	path := filepath.Join(dir, "options.ini")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// readConfig returns the config of a command line. A bounce on standard input names 192.0.2.25.
func readConfig(args []string) (config, error) {
	_, typed, err := readLine(args, nil)
	if err != nil || shortPage(&typed, time.Time{}) != "" {
		return config{}, err
	}
	cfg, err := newConfig(typed, nil, time.Time{})
	if err != nil || cfg.page != "" {
		return cfg, err
	}
	bounce := strings.NewReader("550 5.7.1 client [192.0.2.25] blocked\n")
	return cfg, cfg.readInputs(context.Background(), &console{in: bounce})
}

// withOptions returns the Nagios example with another file of options.
func withOptions(t *testing.T, path string) string {
	const named = "/etc/nagios4/check_dnsbl.ini"
	text := example(t, "nagios-commands.cfg") + example(t, "nagios-services.cfg")
	if !strings.Contains(text, named) {
		t.Errorf("the Nagios example does not name %s", named)
	}
	return strings.ReplaceAll(text, named, path)
}

// Keys in a file are used, the command line going before the file and the file before the
// environment, and never shown. That everyone can read them there is said, and changes nothing
// else.
func TestKeysInFile(t *testing.T) {
	t.Parallel()
	server, err := dnstest.Start(world(t).DNS)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	const (
		clean  = "OK: 198.51.100.7 is not listed (1 list answered)"
		wrong  = "UNKNOWN: 1 list failed for 198.51.100.7: refuses the key"
		option = "list=zen.spamhaus.org\nkey=spamhaus=d4taKeyOfOurs"
		inZone = "list=d4taKeyOfOurs.zen.dq.spamhaus.net*2"
	)
	for _, tt := range []struct {
		options       string
		mode          os.FileMode
		args, environ string
		status        nagiosplugin.Status
		first         string
		warned        bool
	}{
		{option, 0o640, "-H 198.51.100.7", "", nagiosplugin.OK, clean, false},
		{option, 0o644, "-H 198.51.100.7", "", nagiosplugin.OK, clean, true},
		{option, 0o644, "-H 192.0.2.26 -vv", "", nagiosplugin.WARNING, "WARNING: 192.0.2.26 on 1 of 1 list: KEY.zen.dq.spamhaus.net (PBL, policy only)", true},
		{option, 0o604, "--self-test -vv", "", nagiosplugin.OK, "OK: 1 of 1 list healthy", true},
		{inZone, 0o600, "-H 198.51.100.7 -v", "", nagiosplugin.OK, clean, false},
		{inZone, 0o644, "-H 198.51.100.7 -v", "", nagiosplugin.OK, clean, true},
		{"list=better.example", 0o644, "-H 198.51.100.7", "d4taKeyOfOurs", nagiosplugin.OK, clean, false},
		{option, 0o600, "-H 198.51.100.7", "disabledKey", nagiosplugin.OK, clean, false},
		{option, 0o600, "-H 198.51.100.7 --key spamhaus=disabledKey", "", nagiosplugin.UNKNOWN, wrong, false},
		{strings.Replace(option, "d4taKeyOfOurs", "disabledKey", 1), 0o644, "-H 198.51.100.7 --key=spamhaus=d4taKeyOfOurs", "disabledKey", nagiosplugin.OK, clean, true},
		{option + "\nkey=spamhaus=disabledKey", 0o600, "-H 198.51.100.7", "", nagiosplugin.UNKNOWN, "UNKNOWN: --key spamhaus: given twice. Use one key for each operator (with the options of FILE [check_dnsbl])\n", false},
		{option + "/", 0o644, "-H 198.51.100.7", "", nagiosplugin.UNKNOWN, "UNKNOWN: --key spamhaus: the key must be 8 to 63 letters, digits or inner hyphens, without quotes (with the options of FILE [check_dnsbl])\n", false},
		{option, 0o644, "-H 198.51.100.7 --max-failed d4taKeyOfOurs", "", nagiosplugin.UNKNOWN, "UNKNOWN: --max-failed \"KEY\": must be a percentage from 0 to 100 (with the options of FILE [check_dnsbl])\n", false},
	} {
		path := optionsIn(t, "[check_dnsbl]\n"+tt.options+"\n", tt.mode)
		var out bytes.Buffer
		status := invoke(t.Context(), append(strings.Fields(tt.args), "--extra-opts=@"+path, "--resolver", server.Addr.String()), []string{"CHECK_DNSBL_KEY_SPAMHAUS=" + tt.environ}, &out)
		warning := "\nevery user of this host can read the key in " + path + ". " + extraopts.OwnerAdvice + "\n"
		text := strings.ReplaceAll(out.String(), path, "FILE")
		if status != tt.status || !strings.HasPrefix(text, tt.first) || strings.Contains(out.String(), warning) != tt.warned {
			t.Errorf("%s\n%s: %v\n%s", tt.options, tt.args, status, out.String())
		}
		if strings.Contains(out.String(), "disabledKey") || partOf("d4taKeyOfOurs", out.String()) != "" {
			t.Errorf("a key in\n%s", out.String())
		}
	}
}

// A key that stands where a section should is not quoted either: the file's keys are not known by
// then.
func TestKeyAsSection(t *testing.T) {
	for _, section := range []string{"key=spamhaus=d4taKeyOfOurs1234567890", "d4taKeyOfOurs1234567890"} {
		var out bytes.Buffer
		path := optionsIn(t, "["+section+"]\nw=1\n", 0o600)
		invoke(t.Context(), []string{"-H", "198.51.100.7", "--extra-opts=@" + path}, nil, &out)
		if strings.Contains(out.String(), "d4ta") || !strings.Contains(out.String(), "no section [check_dnsbl], only others, the first in line 1") {
			t.Error(out.String())
		}
	}
}

// The commands of TestKeysAreNeverShown with some of their options in a file instead.
func TestKeysInFilesAreNeverShown(t *testing.T) {
	t.Parallel()
	commands := runs(300, 600)
	holdKeys(t, commands, commands/8, func(seed uint64, resolver string) ([]string, []string) {
		random := rand.New(rand.NewPCG(seed, 1))
		args, environ := keyCommand(random, resolver)
		args, options := moved(random, args)
		path := optionsIn(t, options, []os.FileMode{0o600, 0o644}[seed%2])
		return append([]string{"--extra-opts=@" + path}, args...), environ
	})
}

// moved moves some options, with what seems to be their values, to a file, where one in ten loses
// its sign or gains a hyphen.
func moved(random *rand.Rand, args []string) (left []string, file string) {
	file = "[check_dnsbl]\n"
	for i := 0; i < len(args); i++ {
		name := strings.TrimLeft(args[i], "-")
		if name == args[i] || args[i] == "--resolver" || random.IntN(2) == 0 {
			left = append(left, args[i])
			continue
		}
		value := ""
		if i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") {
			i++
			value = args[i]
		}
		sign := []string{"=", "=", "=", "=", " = ", "= ", "=\t", "=", " ", "=\n-"}[random.IntN(10)]
		file += name + sign + value + "\n"
	}
	return left, file
}
