package bounce

import (
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// A finder gathers what a text says.
type finder struct {
	lists    map[string]*dnsbl.List // by zone, without the mark of a key
	pages    map[string]*dnsbl.List // by host of their pages to look up an address or domain
	words    []word
	said     []netip.Addr // said to be rejected
	near     []netip.Addr // in a refusal
	zones    []string     // in the order in which the text has them
	implied  []string     // by a page, or by the name of the operator
	names    []string     // of what is no list
	stranger []string
	refusal  bool
	replies  int // statements with a reply
	all      int // statements
	log      bool
}

func newFinder(lists []dnsbl.List) *finder {
	f := &finder{lists: map[string]*dnsbl.List{}, pages: map[string]*dnsbl.List{}, words: wordTable()}
	for i := range lists {
		l := &lists[i]
		f.lists[strings.TrimPrefix(l.Zone, dnsbl.KeyMark+".")] = l
		if host := hostOf(l.URL); host != "" && f.pages[host] == nil && strings.Contains(l.URL, "{") && (l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy) {
			f.pages[host] = l
		}
	}
	return f
}

// hostOf returns the host of a page, without its www.
func hostOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	host, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(host, "www.")
}

// read reads statements, each a line.
func (f *finder) read(text string) {
	lower := lowered(text)
	for _, sign := range [...]string{"/returnc/", "127.255.255.", "error: open resolver", "uribl.com/refused", "-> query refused"} {
		f.refusal = f.refusal || strings.Contains(lower, sign)
	}
	for line := range strings.Lines(lower) {
		if line = strings.TrimSpace(line); line != "" {
			f.statement(line)
		}
	}
	for _, w := range f.words {
		f.word(w, lower)
	}
}

// bounce returns what was found.
func (f *finder) bounce() Bounce {
	b := Bounce{Rejected: f.said, Zones: f.zones, Names: f.names, Strangers: f.stranger, Refusal: f.refusal}
	if len(b.Rejected) == 0 {
		b.Rejected = f.near
	}
	for _, zone := range f.implied {
		if !slices.Contains(f.operators(), f.operator(zone)) {
			b.Zones = appendNew(b.Zones, zone, mostZones)
		}
	}
	return b
}

// form says what a text that is no mail looks like.
func (f *finder) form() Form {
	switch {
	case f.log:
		return Log
	case f.all == 1 && f.replies == 1:
		return Reply
	}
	return Text
}

// statement reads one statement, in lower case.
func (f *finder) statement(line string) {
	s := statement{line: line}
	f.all++
	f.log = f.log || isLogEntry(line)
	for begin := 0; begin < len(line); {
		if !ofName(line[begin]) {
			begin++
			continue
		}
		end := begin + 1
		for end < len(line) && ofName(line[end]) {
			end++
		}
		f.token(&s, begin, end)
		begin = end
	}
	if s.replied {
		f.replies++
	}
}

// ofName says whether a byte may be part of an address or the name of a host.
func ofName(c byte) bool {
	return c >= 'a' && c <= 'z' || isDigit(c) || c == '.' || c == '-' || c == ':'
}

// isLogEntry says whether a statement is an entry of the log of a mail server.
func isLogEntry(line string) bool {
	for _, program := range [...]string{" postfix/", " sm-mta[", " exim[", " sendmail["} {
		if strings.Contains(line, program) {
			return true
		}
	}
	mark := strings.Index(line, " ** ")
	return begins(strings.SplitN(line, " ", 4)) && mark > 0 && strings.Contains(line, " t=") // Exim's main log
}

// token reads what may be a reply, an address or the name of a host.
func (f *finder) token(s *statement, begin, end int) {
	if isReply(s.line[begin:end]) {
		s.replied = true
		if end-begin <= len("5.7.1") || s.line[begin+3] != '-' {
			return
		}
		begin += len("550-")
	}
	for begin < end && strings.IndexByte(".:-", s.line[begin]) >= 0 && !strings.HasPrefix(s.line[begin:end], "::") {
		begin++
	}
	for begin < end && strings.IndexByte(".:-", s.line[end-1]) >= 0 {
		end--
	}
	if addr, ok := parseAddr(s.line[begin:end]); ok {
		f.addr(s, addr, begin, end)
		return
	}
	for begin < end { // rbl:zen.spamhaus.org:127.0.0.4
		part, _, _ := strings.Cut(s.line[begin:end], ":")
		if addr, ok := parseAddr(part); ok {
			f.addr(s, addr, begin, begin+len(part))
		} else {
			f.host(s, begin, begin+len(part))
		}
		begin += len(part) + 1
	}
}

// addr takes an address for one that was rejected if what stands around it says so.
func (f *finder) addr(s *statement, addr netip.Addr, begin, end int) {
	if !public(addr) {
		return
	}
	switch s.about(begin, end) {
	case rejected:
		f.said = appendNew(f.said, addr, mostAddrs)
	case mentioned:
		f.near = appendNew(f.near, addr, mostAddrs)
	}
}

// host finds the list that a name is, or is below, or that has a page there.
func (f *finder) host(s *statement, begin, end int) {
	name := s.line[begin:end]
	if len(name) > 253 {
		name = name[len(name)-253:]
	}
	if !strings.Contains(name, ".") || begin > 0 && s.line[begin-1] == '@' {
		return
	}
	for at := 0; at < len(name); {
		if l := f.lists[name[at:]]; l != nil {
			f.zones = appendNew(f.zones, f.open(l), mostZones)
			if addr, ok := reversed(name[:at]); ok && public(addr) {
				f.said = appendNew(f.said, addr, mostAddrs)
			}
			return
		}
		dot := strings.IndexByte(name[at:], '.')
		if dot < 0 {
			break
		}
		at += dot + 1
	}
	if s.inPage(begin, end) {
		f.page(name)
		return
	}
	if s.namesList(begin) && isHost(name) {
		f.stranger = appendNew(f.stranger, name, mostStrangers)
	}
}

// open returns the zone of a list, or of the same list without a key: the key in a bounce is somebody else's.
func (f *finder) open(l *dnsbl.List) string {
	if name, keyed := strings.CutPrefix(l.Zone, dnsbl.KeyMark+"."); keyed {
		if open := f.lists[strings.Replace(name, ".dq.spamhaus.net", ".spamhaus.org", 1)]; open != nil {
			return open.Zone
		}
	}
	return l.Zone
}

// operators returns those of the lists that are named without doubt.
func (f *finder) operators() []string {
	var names []string
	for _, zone := range f.zones {
		names = append(names, f.operator(zone))
	}
	return names
}

func (f *finder) operator(zone string) string {
	return f.lists[strings.TrimPrefix(zone, dnsbl.KeyMark+".")].Operator
}

// appendNew appends what is not there yet, up to a number of them.
func appendNew[T comparable](all []T, one T, most int) []T {
	if len(all) >= most || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}
