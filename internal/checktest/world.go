package checktest

import (
	"fmt"
	"maps"
	"net/netip"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"check_dnsbl/internal/dnstest"

	"github.com/miekg/dns"
)

// A World is what a transcript says at its top of the DNS around the program:
//
//	zen.spamhaus.org                              a list, with the test entries of RFC 5782
//	  192.0.2.25   127.0.0.2 "why"                a listing, with its return codes and reasons
//	  192.0.2.28   SERVFAIL                       a fault in place of an entry
//	own.example    no test entries
//	dead.example   answers 127.0.0.2              a fault of all of its answers
//	mail.test.     A 198.51.100.7                 a record that is not of a list
//	198.51.100.7   PTR mail.test.                 the same, of the reverse name of the address
//	$SERVFAIL      SERVFAIL                       a resolver beside $DNS, and its fault
//
// A reason is a Go string, in which "A"*200 stands for 200 times A and + joins two. Lines that
// begin with # are comments. Names that are not in the world are NXDOMAIN.
type World struct {
	DNS       dnstest.World
	Resolvers map[string]string // a name such as $SERVFAIL to what is wrong with it
}

// faultOf returns the fault that these words stand for, nil if none.
func faultOf(words string) dnstest.Fault {
	if addrs, ok := strings.CutPrefix(words, "answers "); ok {
		return dnstest.Answer(strings.Fields(addrs)...)
	}
	return map[string]dnstest.Fault{
		"silent":             dnstest.Silent,
		"closed":             dnstest.Silent, // see Start
		"SERVFAIL":           dnstest.Rcode(dnstest.ServFail),
		"REFUSED":            dnstest.Rcode(dnstest.Refused),
		"NXDOMAIN":           dnstest.NXDomain,
		"strips 127.0.0.0/8": dnstest.Strip,
		"rewrites NXDOMAIN":  rewriting,
	}[words]
}

// rewriting answers NXDOMAIN with the address of a search page, as some providers do.
func rewriting(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if healthy.Rcode == dns.RcodeNameError && q.Question[0].Qtype == dns.TypeA {
		dnstest.Answer("203.0.113.9")(w, q, healthy)
		return
	}
	dnstest.Healthy(w, q, healthy)
}

// ParseWorld reads the world of a transcript.
func ParseWorld(text string) (World, error) {
	w := World{Resolvers: map[string]string{}}
	for line := range strings.Lines(text) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest = strings.TrimSpace(rest)
		kind, _, _ := strings.Cut(rest, " ")
		var err error
		switch {
		case name == "" || name[0] == '#':
		case line[0] == ' ':
			err = w.addEntry(name, rest)
		case name[0] == '$':
			w.Resolvers[name] = rest
			if faultOf(rest) == nil {
				err = fmt.Errorf("no fault is called %q", rest)
			}
		case dns.StringToType[kind] != 0:
			if reverse, err := dns.ReverseAddr(name); err == nil {
				name = reverse
			}
			w.DNS.Records = append(w.DNS.Records, name+" "+rest)
		default:
			err = w.addList(name, rest)
		}
		if err != nil {
			return World{}, fmt.Errorf("%s: %w", strings.TrimSpace(line), err)
		}
	}
	return w, nil
}

// addList adds a list with what is special about it.
func (w *World) addList(zone, special string) error {
	list := dnstest.List{
		Zone:    zone,
		Entries: map[string][]string{},
		Texts:   map[string][]string{},
		FaultAt: map[string]dnstest.Fault{},
	}
	switch special {
	case "":
	case "no test entries":
		list.NoTests = true
	default:
		if list.Fault = faultOf(special); list.Fault == nil {
			return fmt.Errorf("no fault is called %q", special)
		}
	}
	w.DNS.Lists = append(w.DNS.Lists, list)
	return nil
}

// addEntry adds an entry to the last list: a fault, or return codes and reasons.
func (w *World) addEntry(subject, rest string) error {
	if len(w.DNS.Lists) == 0 {
		return fmt.Errorf("an entry of no list")
	}
	list := &w.DNS.Lists[len(w.DNS.Lists)-1]
	if fault := faultOf(rest); fault != nil {
		list.FaultAt[subject] = fault
		return nil
	}
	codes, reasons, _ := strings.Cut(rest, `"`)
	list.Entries[subject] = strings.Fields(codes)
	if reasons != "" {
		texts, err := parseReasons(`"` + reasons)
		list.Texts[subject] = texts
		return err
	}
	return nil
}

// parseReasons reads strings such as "a" "b"+"c"*3, which are a and bccc.
func parseReasons(text string) (reasons []string, err error) {
	joined := false
	for text != "" {
		quoted, err := strconv.QuotedPrefix(text)
		if err != nil {
			return nil, err
		}
		reason, _ := strconv.Unquote(quoted)
		text = text[len(quoted):]
		if times, ok := strings.CutPrefix(text, "*"); ok {
			end := len(times) - len(strings.TrimLeft(times, "0123456789"))
			n, err := strconv.Atoi(times[:end])
			if err != nil {
				return nil, err
			}
			reason, text = strings.Repeat(reason, n), times[end:]
		}
		if joined {
			reasons[len(reasons)-1] += reason
		} else {
			reasons = append(reasons, reason)
		}
		if text, joined = strings.CutPrefix(text, "+"); !joined {
			text = strings.TrimLeft(text, " ")
		}
	}
	return reasons, nil
}

// Merge adds what another world has. An entry that both have must be the same.
func (w *World) Merge(other World) {
	maps.Copy(w.Resolvers, other.Resolvers)
	for _, record := range other.DNS.Records {
		if !slices.Contains(w.DNS.Records, record) {
			w.DNS.Records = append(w.DNS.Records, record)
		}
	}
	for _, list := range other.DNS.Lists {
		i := slices.IndexFunc(w.DNS.Lists, func(l dnstest.List) bool { return l.Zone == list.Zone })
		if i < 0 {
			w.DNS.Lists = append(w.DNS.Lists, list)
			continue
		}
		maps.Copy(w.DNS.Lists[i].Entries, list.Entries)
		maps.Copy(w.DNS.Lists[i].Texts, list.Texts)
		maps.Copy(w.DNS.Lists[i].FaultAt, list.FaultAt)
	}
}

// Start starts the resolvers of the world until the end of the test. It returns their addresses by
// the names that they have in commands; $DNS is the one without a fault.
func (w World) Start(t *testing.T) map[string]string {
	t.Helper()
	loopback := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	closedLoopback := netip.AddrFrom4([4]byte{127, 0, 0, 54}) // where no test takes the port again
	if runtime.GOOS != "linux" {
		closedLoopback = loopback // other systems have but one address
	}
	addrs := map[string]string{}
	start := func(name, fault string) {
		world := w.DNS
		world.Fault = faultOf(fault)
		at := loopback
		if fault == "closed" {
			at = closedLoopback
		}
		server, err := dnstest.StartAt(netip.AddrPortFrom(at, 0), world)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(server.Close)
		addrs[name] = server.Addr.String()
		if fault == "closed" {
			server.Close()
		}
	}
	start("$DNS", "")
	for name, fault := range w.Resolvers {
		start(name, fault)
	}
	return addrs
}
