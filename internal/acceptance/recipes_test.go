//go:build linux

package acceptance

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"
)

const recipes = "../../docs/recipes.md"

// recipeBlock returns the block of a section of the recipes that has a text in it.
func recipeBlock(t *testing.T, text string) string {
	for i, block := range strings.Split(string(readFile(t, recipes)), "```\n") {
		if i%2 == 1 && strings.Contains(block, text) {
			return block
		}
	}
	t.Fatalf("no block with %q in the recipes", text)
	return ""
}

// kitchen returns a directory in which the recipes run: check_dnsbl asks a world in which one of
// the lists fails, and the files that they read are there.
func kitchen(t *testing.T) string {
	checktest.Installed(t, "jq")
	dir := t.TempDir()
	world := nagiosWorld()
	for i := range world.Lists {
		if world.Lists[i].Zone == "bl.mailspike.net" {
			world.Lists[i].Fault = dnstest.Rcode(dnstest.ServFail)
		}
	}
	installPlugin(t, dir)
	playWorld(t, dir, world)
	writeIn(t, dir, "prometheus.jq", example(t, "prometheus.jq"), 0o644)
	var report bytes.Buffer
	zip := gzip.NewWriter(&report)
	_, err := zip.Write(readFile(t, "testdata/dmarc.xml"))
	if err == nil {
		err = zip.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	writeIn(t, dir, "report.xml.gz", report.String(), 0o644)
	return dir
}

// cook runs a command in a kitchen and returns its output. The exit status of a pipe is that of its
// end, and of a check it may be any.
func cook(dir, command string) string {
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+dir+"/plugins:"+os.Getenv("PATH"))
	out, _ := cmd.Output() // what counts is what it prints
	return string(out)
}

// The metrics for Prometheus are in its text format, and the recipe shows what the command prints.
// A list that fails is neither listed nor clean.
func TestRealRecipePrometheus(t *testing.T) {
	t.Parallel()
	dir := kitchen(t)
	block := recipeBlock(t, "$ check_dnsbl")
	line, _, _ := strings.Cut(strings.TrimPrefix(block, "$ "), "\n")
	printed := cook(dir, line)
	text := string(readFile(t, recipes))
	compareFile(t, recipes, strings.Replace(text, block, "$ "+line+"\n"+printed, 1))
	checkMetrics(t, printed)
	for _, want := range []string{
		`dnsbl_listed{subject="192.0.2.25",zone="zen.spamhaus.org",tier="major",counted="true"} 1`,
		`dnsbl_listed{subject="192.0.2.25",zone="psbl.surriel.com",tier="major",counted="true"} 0`,
		`dnsbl_failed{subject="192.0.2.25",zone="bl.mailspike.net",tier="major",counted="true",cause="servfail"} 1`,
		"dnsbl_exit_status 2",
	} {
		if !strings.Contains(printed, want+"\n") {
			t.Errorf("no %s in\n%s", want, printed)
		}
	}
	if strings.Contains(printed, `dnsbl_listed{subject="192.0.2.25",zone="bl.mailspike.net"`) {
		t.Errorf("a list that failed has a verdict:\n%s", printed)
	}
	checkMetrics(t, cook(dir, "check_dnsbl -H 10.0.0.1 -o json | jq -rf prometheus.jq")) // an error
	file := strings.ReplaceAll(recipeBlock(t, "> dnsbl.new"), "/var/lib/prometheus/node-exporter", dir)
	cook(dir, file)
	checkMetrics(t, string(readFile(t, dir+"/dnsbl.prom")))
}

// checkMetrics checks text against the format of Prometheus: each metric has a line HELP and one
// TYPE, then its samples, each series once.
func checkMetrics(t *testing.T, text string) {
	t.Helper()
	const label = `[a-z_]+="(?:[^"\\\n]|\\["\\n])*"`
	comment := regexp.MustCompile(`^# (HELP|TYPE) ([a-z_]+) (.+)$`)
	sample := regexp.MustCompile(`^([a-z_]+)(?:\{` + label + `(?:,` + label + `)*\})? (\S+)$`)
	seen := map[string]bool{}
	metric, samples := "", 0
	for line := range strings.Lines(text) {
		series, isWhole := strings.CutSuffix(line, "\n")
		series, _, _ = strings.Cut(series, "} ")
		c, s := comment.FindStringSubmatch(strings.TrimSpace(line)), sample.FindStringSubmatch(strings.TrimSpace(line))
		switch {
		case !isWhole || seen[series]:
			t.Errorf("twice, or not a whole line: %q", line)
		case c != nil && c[1] == "HELP":
			metric = c[2]
		case c != nil:
			if c[2] != metric || c[3] != "gauge" {
				t.Errorf("%q after the HELP of %s", line, metric)
			}
		case s == nil || s[1] != metric:
			t.Errorf("no sample of %s: %q", metric, line)
		default:
			if _, err := strconv.ParseFloat(s[2], 64); err != nil {
				t.Errorf("%q: %v", line, err)
			}
			samples++
		}
		seen[series] = true
	}
	if samples == 0 {
		t.Errorf("no sample in %q", text)
	}
}

// The agent of Checkmk takes a line apart into a name, options in parentheses and a command, which
// it puts in single quotes. Its section has the output in one line.
func TestRealRecipeCheckmk(t *testing.T) {
	t.Parallel()
	dir := kitchen(t)
	line := regexp.MustCompile(`^(\S+) \(interval=(\d+)\) (/[^']*)\n$`).FindStringSubmatch(recipeBlock(t, "(interval="))
	if line == nil {
		t.Fatal("not a line of mrpe.cfg")
	}
	out := cook(dir, strings.Replace(line[3], "/usr/lib/nagios/plugins", dir+"/plugins", 1))
	if !strings.HasPrefix(out, "CRITICAL: 192.0.2.25 on 2 of ") || strings.Contains(out, "\x01") {
		t.Errorf("%s prints\n%s", line[3], out)
	}
	checkPerfdata(t, out)
}

// Telegraf runs the command of the recipe, whose timeout is longer than -t.
func TestRealRecipeTelegraf(t *testing.T) {
	t.Parallel()
	dir := kitchen(t)
	block := recipeBlock(t, "[[inputs.exec]]")
	found := regexp.MustCompile(`(?s)commands = \["([^"]*) -t (\d+)"\].*\n  timeout = "(\d+)s"\n  data_format = "nagios"\n$`).FindStringSubmatch(block)
	if found == nil {
		t.Fatalf("not a configuration of Telegraf:\n%s", block)
	}
	own, _ := strconv.Atoi(found[2])
	if timeout, _ := strconv.Atoi(found[3]); timeout <= own {
		t.Errorf("Telegraf ends the check after %d s, -t is %d", timeout, own)
	}
	out := cook(dir, strings.Replace(found[1], "/usr/lib/nagios/plugins", dir+"/plugins", 1))
	checkPerfdata(t, out)
}

// checkPerfdata checks that the perfdata of an output are what Checkmk and Telegraf read: a label,
// a number with a unit, and up to four more numbers or ranges.
func checkPerfdata(t *testing.T, out string) {
	t.Helper()
	first, _, _ := strings.Cut(out, "\n")
	_, perfdata, found := strings.Cut(first, " | ")
	datum := regexp.MustCompile(`^[a-z]+=-?[0-9.]+s?(;[-0-9.:~@]*){0,4}$`)
	for word := range strings.FieldsSeq(perfdata) {
		if !datum.MatchString(word) {
			t.Errorf("%q is not perfdata", word)
		}
	}
	if !found || strings.Count(out, "|") != 1 {
		t.Errorf("no perfdata, or several |: %s", out)
	}
}

// The recipe for DMARC reports checks the addresses that pass SPF, and no others.
func TestRealRecipeDMARC(t *testing.T) {
	t.Parallel()
	dir := kitchen(t)
	command := strings.TrimSpace(recipeBlock(t, "xargs check_dnsbl"))
	out := cook(dir, command+" -o json | jq -r '.results[].subject'")
	if want := fmt.Sprintln("192.0.2.25") + fmt.Sprintln("198.51.100.7"); out != want {
		t.Errorf("checked %q, want %q", out, want)
	}
}
