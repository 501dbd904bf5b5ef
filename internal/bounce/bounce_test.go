package bounce

import (
	"bytes"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
)

// allLists returns the catalog, which is a copy each time. Reading a bounce does not change it.
var allLists = sync.OnceValue(catalog.All)

var update = flag.Bool("update", false, "write what is read from the corpus into testdata/read.txt")

// The corpus has made-up bounces in the shapes of many programs, and read.txt has what is read from
// each. Those in lists name a list; those in nolist name none that can be queried.
func TestCorpus(t *testing.T) {
	var got strings.Builder
	count := map[string]int{}
	for _, file := range corpus(t) {
		b := readFile(t, file)
		dir := filepath.Base(filepath.Dir(file))
		count[dir]++
		if (dir == "lists") != (len(b.Zones)+len(b.UnknownZones) > 0) {
			t.Errorf("%s: names %v, %v", file, b.Zones, b.UnknownZones)
		}
		fmt.Fprintf(&got, "%s\n%s\n", strings.TrimPrefix(filepath.ToSlash(file), "testdata/"),
			described(b))
	}
	if count["lists"] < 25 || count["nolist"] < 10 {
		t.Errorf("the corpus has %v", count)
	}
	compare(t, "testdata/read.txt", got.String())
}

// corpus returns the files of the corpus.
func corpus(t testing.TB) []string { return filesIn(t, "*list") }

// filesIn returns the files in directories of testdata.
func filesIn(t testing.TB, dirs string) []string {
	files, err := filepath.Glob("testdata/" + dirs + "*/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	return files
}

func readFile(t testing.TB, file string) Bounce {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read(bytes.NewReader(text), allLists())
	if err != nil {
		t.Fatal(file, err)
	}
	return b
}

// described describes what was read, with a line for each fact.
func described(b Bounce) string {
	var out strings.Builder
	fmt.Fprintf(&out, "  %s\n", formText(b.Form))
	for _, addr := range b.Rejected {
		fmt.Fprintf(&out, "  rejected %s\n", addr)
	}
	for _, kind := range []struct {
		label string
		names []string
	}{{"list", b.Zones}, {"no list", operatorNames(b)}, {"unknown list", b.UnknownZones}} {
		for _, name := range kind.names {
			fmt.Fprintf(&out, "  %s %s\n", kind.label, name)
		}
	}
	for _, addr := range b.Ambiguous {
		fmt.Fprintf(&out, "  perhaps rejected %s\n", addr)
	}
	for _, addr := range b.NotPublic {
		fmt.Fprintf(&out, "  private %s\n", addr)
	}
	for _, reason := range b.Reasons {
		fmt.Fprintf(&out, "  about %s\n", reason.About())
	}
	if b.Inbound {
		fmt.Fprintf(&out, "  of the server that refused, %d strangers\n", b.InboundRefused)
	}
	if more := b.MoreRejected + b.MoreZones + b.MoreUnknownZones + b.MoreMails; more > 0 {
		fmt.Fprintf(&out, "  %d more\n", more)
	}
	if b.Truncated {
		out.WriteString("  cut\n")
	}
	return out.String()
}

// formText returns a form in words, such as "an SMTP reply".
func formText(f Form) string {
	switch f {
	case Report:
		return "a delivery report (RFC 3464)"
	case Mail:
		return "a mail"
	case Log:
		return "a log"
	case Reply:
		return "an SMTP reply"
	case Complaint:
		return "a complaint about mail"
	case DMARCReport:
		return "a DMARC report"
	case NotSpam:
		return "a report of mail that is not spam"
	case TLSReport:
		return "a TLS report"
	}
	return "a text"
}

// operatorNames returns the names of operators, with the codes of their rules.
func operatorNames(b Bounce) []string {
	var names []string
	for _, op := range b.Operators {
		name := op.Name
		if op.Code != "" {
			name += " (" + op.Code + ")"
		}
		names = append(names, name)
	}
	return names
}

// compare compares a file with the text that it should have, or writes it with -update.
func compare(t *testing.T, file, got string) {
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wants, gots := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wants), len(gots)) {
		if i >= len(wants) || i >= len(gots) || wants[i] != gots[i] {
			t.Fatalf("%s, line %d, want\n%s\ngot\n%s", file, i+1, strings.Join(wants[min(i,
				len(wants)):], "\n"), strings.Join(gots[min(i, len(gots)):], "\n"))
		}
	}
}

// Each reply in replies.txt names the addresses and lists behind the arrow.
func TestReplies(t *testing.T) {
	for _, line := range lines(t, "testdata/replies.txt") {
		reply, want, ok := strings.Cut(line, " =>")
		if !ok {
			t.Errorf("no => in %q", line)
			continue
		}
		reads(t, reply+"\n", strings.TrimSpace(want))
	}
}

// short describes what was read on one line.
func short(b Bounce) string {
	var words []string
	for _, addr := range b.Rejected {
		words = append(words, addr.String())
	}
	if len(b.Ambiguous) > 0 {
		words = append(words, "which?")
	}
	if b.InboundRefused > 0 {
		words = append(words, "strangers")
	}
	words = append(words, b.Zones...)
	for _, op := range b.Operators {
		words = append(words, "@"+op.ID)
	}
	for _, zone := range b.UnknownZones {
		words = append(words, "?"+zone)
	}
	if slices.Contains(b.Reasons, ResolverRefused) {
		words = append(words, "refusal")
	}
	return strings.Join(words, " ")
}

// lines returns the lines of a file without comments.
func lines(t *testing.T, file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// A phrase does not name a list that the caller does not know.
func TestOtherLists(t *testing.T) {
	const reply = "550 192.0.2.25 is listed by Spamhaus, SpamCop, " +
		"https://psbl.org/listing?ip=192.0.2.25"
	lists := []dnsbl.List{{Zone: "bl.spamcop.net", Operator: "Cisco"}}
	b, err := Read(strings.NewReader(reply), lists)
	if got := short(b); err != nil || got != "192.0.2.25 bl.spamcop.net" {
		t.Error(got, err)
	}
}

// The bounces in texts.txt have the shapes of many programs and receivers.
func TestTexts(t *testing.T) {
	for _, tt := range texts(t) {
		t.Run(tt.name, func(t *testing.T) { reads(t, tt.text, tt.want) })
	}
}

type text struct{ name, text, want string }

// texts returns the bounces in texts.txt, with the expected result of each.
func texts(t *testing.T) []text {
	data, err := os.ReadFile("testdata/texts.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []text
	for _, one := range strings.Split(string(data), "\n=== ")[1:] {
		head, body, _ := strings.Cut(one, "\n")
		name, want, _ := strings.Cut(head, " =>")
		all = append(all, text{name, body, strings.TrimSpace(want)})
	}
	return all
}

// An error gives the reason and the fix.
func TestUnreadable(t *testing.T) {
	const outlook = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 550 192.0.2.25"
	for text, want := range map[string]string{
		"":          "it is empty",
		" \r\n\t\n": "it is empty",
		outlook: "this is a file of Outlook's own form (.msg): " +
			"save the mail as text or .eml, or paste its text",
	} {
		if _, err := Read(strings.NewReader(text), nil); err == nil || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Each complaint in a mailbox names a source, and what is not read of it is counted.
func TestComplaints(t *testing.T) {
	const head = "From fbl@isp.example Sun Nov 29 10:00:00 2026\n" +
		"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n" +
		"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nSource-IP: "
	mail := func(source string) string { return head + source + "\n\n--b--\n\n" }
	mailbox := mail("192.0.2.25") + mail("10.0.0.1") + mail("203.0.113.9") + mail("192.0.2.25")
	for _, end := range []string{"\n", "\r\n"} {
		data := strings.ReplaceAll(mailbox, "\n", end)
		b, err := Read(strings.NewReader(data), allLists())
		if got := fmt.Sprint(b.Rejected, b.NotPublic); err != nil || b.Form != Complaint ||
			got != "[192.0.2.25 203.0.113.9] [10.0.0.1]" {
			t.Errorf("%q: %s %s, %v", end, b.Form, got, err)
		}
	}
	mailbox = ""
	for i := range maxMails + 2 {
		mailbox += mail(fmt.Sprintf("192.0.2.%d", i))
	}
	b, _ := Read(strings.NewReader(mailbox), allLists())
	if len(b.Rejected) != maxAddrs || b.MoreRejected != maxMails-maxAddrs || b.MoreMails != 2 {
		t.Errorf("%d addresses, %d more, %d mails more", len(b.Rejected), b.MoreRejected, b.MoreMails)
	}
}

// Complaints count in every order with other mails, and however many are attached to one mail.
func TestComplaintsAmongOthers(t *testing.T) {
	const mime = "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
	arf := func(source string) string {
		return "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n" + source + "\n\n"
	}
	mails := map[string]string{
		"arf":      mime + arf("Source-IP: 192.0.2.25") + "--b--",
		"two":      mime + arf("Source-IP: 192.0.2.27") + arf("Source-IP: 192.0.2.28") + "--b--",
		"nameless": mime + arf("User-Agent: x") + "--b--",
		"inside":   mime + arf("Source-IP: 10.0.0.1") + "--b--",
		"vacation": "From: bob@isp.example\n\nI am away until Monday.",
		"bounce":   "From: x@isp.example\n\n550 5.7.1 client [192.0.2.26] blocked using bl.spamcop.net",
		"unclear":  "From: x@isp.example\n\n554 5.7.1 no, says mx[198.51.100.10]",
		"dmarc":    "From: x@isp.example\nSubject: Report Domain: ours.example\n\nx",
		"tls": "From: x@isp.example\nSubject: Report Domain: ours.example\nTLS-Report-Domain: ours.example\n" +
			"Content-Type: multipart/report; report-type=tlsrpt; boundary=b\n\n--b\nContent-Type: application/tlsrpt+gzip\n" +
			"Content-Disposition: attachment; filename=isp.example!ours.example!1!2!3.json.gz\n\nx\n--b--",
		"good": mime + strings.Replace(arf("Source-IP: 192.0.2.29"), "abuse", "not-spam", 1) + "--b--",
	}
	for names, want := range map[string]string{
		"arf vacation":          "complaint [192.0.2.25] [] 0",
		"arf dmarc":             "complaint [192.0.2.25] [] 0",
		"arf two":               "complaint [192.0.2.25 192.0.2.27 192.0.2.28] [] 0",
		"arf nameless inside":   "complaint [192.0.2.25] [] 2",
		"nameless vacation":     "complaint [] [] 1",
		"bounce arf":            "mail [192.0.2.26] [192.0.2.25] 0",
		"bounce inside":         "mail [192.0.2.26] [] 1",
		"bounce dmarc vacation": "mail [192.0.2.26] [] 0",
		"unclear arf":           "mail [] [192.0.2.25] 0",
		"dmarc":                 "dmarc_report [] [] 0",
		"tls":                   "tls_report [] [] 0",
		"arf tls":               "complaint [192.0.2.25] [] 0",
		"good":                  "not_spam [192.0.2.29] [] 0",
		"good vacation dmarc":   "not_spam [192.0.2.29] [] 0",
		"good arf":              "complaint [192.0.2.25] [] 0",
		"good bounce tls":       "mail [192.0.2.26] [] 0",
	} {
		words := strings.Fields(names)
		for range 2 {
			var mailbox strings.Builder
			for _, name := range words {
				mailbox.WriteString("From x Sun Nov 29 10:00:00 2026\n" + mails[name] + "\n\n")
			}
			b, err := Read(strings.NewReader(mailbox.String()), allLists())
			slices.SortFunc(b.Rejected, netip.Addr.Compare)
			got := fmt.Sprint(b.Form, " ", b.Rejected, " ", b.Complained, " ", b.Sourceless)
			if err != nil || got != want {
				t.Errorf("%s: got %s, want %s, %v", words, got, want, err)
			}
			slices.Reverse(words)
		}
	}
}
