package main

import (
	"cmp"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
)

const runbook = "../docs/runbook.md"

// Each command line of ours in the runbook, in a block or within a sentence, is one that the
// program takes. bounce.eml lies where it is run.
func TestRunbookCommands(t *testing.T) {
	text := readPage(t, runbook)
	t.Chdir(t.TempDir())
	writeFile(t, "bounce.eml", "550 5.7.1 Service unavailable; client [192.0.2.25] blocked using zen.spamhaus.org\n")
	lines := ownCommands(text)
	if len(lines) < 15 {
		t.Errorf("only %d command lines: %q", len(lines), lines)
	}
	for _, line := range lines {
		checkCommandLine(t, line)
	}
}

// ownCommands returns the command lines of ours in a Markdown text, without what they are piped to.
// The program without options or target is its name, not a command.
func ownCommands(text string) []string {
	var lines []string
	for i, part := range strings.Split(text, "```\n") {
		spans := regexp.MustCompile("`[^`\n]*`").FindAllString(part, -1)
		if i%2 == 1 {
			spans = strings.Split(part, "\n")
		}
		for _, span := range spans {
			found := regexp.MustCompile(`^(?:[^#]* )?(check_dnsbl .*)$`).FindStringSubmatch(strings.Trim(span, "`"))
			if found == nil || strings.Contains(span, "check_nrpe") || strings.Contains(span, "xargs") {
				continue
			}
			line, _, _ := strings.Cut(found[1], " | ")
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// The runbook's table has the delisting rule of each recommended list as in the catalog; lists with
// the same rule share a row. With -update the table is written.
func TestRunbookLists(t *testing.T) {
	t.Parallel()
	const head = "\n| list | delisting |\n|---|---|\n"
	text := readPage(t, runbook)
	before, table, found := strings.Cut(text, head)
	table, after, closed := strings.Cut(table, "\n\n")
	if !found || !closed {
		t.Fatal("no table of the lists")
	}
	want := strings.TrimSuffix(delistingTable(t), "\n")
	if *update {
		if err := os.WriteFile(runbook, []byte(before+head+want+"\n\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if table != want {
		t.Errorf("the table is not what the catalog says: go test ./check_dnsbl -update writes it\n%s", checktest.Difference(want, table))
	}
}

// delistingTable has a row for each way in which recommended lists delist, that of the most
// important list first.
func delistingTable(t *testing.T) string {
	set, ok := catalog.Set("recommended")
	if !ok {
		t.Fatal("no recommended set")
	}
	var ways []string
	lists := map[string][]string{}
	for _, l := range set {
		way := cmp.Or(l.Delisting, "not known: see its page")
		if !slices.Contains(ways, way) {
			ways = append(ways, way)
		}
		zone := l.Zone
		if l.Tier == dnsbl.Major {
			zone = "**" + zone + "**"
		}
		lists[way] = append(lists[way], zone)
	}
	var rows strings.Builder
	for _, way := range ways {
		rows.WriteString("| " + strings.Join(lists[way], ", ") + " | " + way + " |\n")
	}
	return rows.String()
}

// The runbook relies on these facts of the catalog: returning addresses stay longer on some lists,
// and one list sells removal.
func TestRunbookFacts(t *testing.T) {
	t.Parallel()
	text := readPage(t, runbook)
	for zone, fact := range map[string]func(*dnsbl.List) bool{
		"rbl.interserver.net":    func(l *dnsbl.List) bool { return l.Recommended && strings.Contains(l.Delisting, "30 more") },
		"dnsbl-1.uceprotect.net": func(l *dnsbl.List) bool { return l.PaidRemoval && l.Tier == dnsbl.Info },
	} {
		l, known := catalog.Find(zone)
		if !known || !fact(&l) || !strings.Contains(text, zone) {
			t.Errorf("%s: %q, paid removal %v, tier %s, or the runbook does not name it", zone, l.Delisting, l.PaidRemoval, l.Tier)
		}
	}
	set, _ := catalog.Set("recommended")
	if i := slices.IndexFunc(set, func(l dnsbl.List) bool { return l.PaidRemoval }); i >= 0 {
		t.Errorf("%s sells removal", set[i].Zone)
	}
}
