package bounce

import (
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
)

// A finder gathers what a text says.
type finder struct {
	lists     map[string]*dnsbl.List // by zone, without the mark of a key
	pages     map[string]*dnsbl.List // by host of their pages to look up an address or domain
	domains   map[string]bool        // of operators
	words     []word
	said      addrs // said to be rejected
	near      addrs // in a refusal
	named     addrs // with a name, in a refusal
	receivers addrs
	hosts     addrs    // that may be receivers
	zones     []string // in the order in which the text has them
	implied   []string // by a page, or by the name of the operator
	private   []Operator
	strangers []string
	why       Reason
	refusal   bool
	inbound   bool
	sent      bool // it is the log of who sent the mail
	way       way  // of the entries that are read
	listed    int  // where the name of a list ended in the statement that is read
}

// Addrs are addresses in the order in which they were found.
type addrs struct {
	all []netip.Addr
	has map[netip.Addr]bool
}

func (a *addrs) add(addr netip.Addr) {
	if a.has == nil {
		a.has = map[netip.Addr]bool{}
	}
	if !a.has[addr] {
		a.has[addr] = true
		a.all = append(a.all, addr)
	}
}

// without returns those that are public, or are not, and are not in another set.
func (a *addrs) without(b *addrs, open bool) []netip.Addr {
	var rest []netip.Addr
	for _, addr := range a.all {
		if !b.has[addr] && public(addr) == open {
			rest = append(rest, addr)
		}
	}
	return rest
}

func newFinder(lists []dnsbl.List) *finder {
	f := &finder{lists: map[string]*dnsbl.List{}, pages: map[string]*dnsbl.List{}, domains: map[string]bool{"mail-abuse.com": true}, words: wordTable()}
	for i := range lists {
		l := &lists[i]
		f.lists[strings.TrimPrefix(l.Zone, dnsbl.KeyMark+".")] = l
		f.domains[netspace.RegistrableDomain(l.Zone)] = true
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

// read reads statements. Where entries of a log tell what other servers did not take, no other entries of it are read.
func (f *finder) read(all []statement) {
	for i := range all {
		if s := &all[i]; s.way == outgoing || s.way == incoming && f.way == unsaid {
			f.way = s.way
		}
	}
	for i := range all {
		f.sent = f.sent || all[i].sent
		if s := &all[i]; f.way == unsaid || s.way == f.way || s.way == unsaid && !s.timed {
			f.statement(s)
		}
	}
}

// statement reads one statement.
func (f *finder) statement(s *statement) {
	for _, sign := range [...]string{"/returnc/", "127.255.255.", "error: open resolver", "uribl.com/refused", "-> query refused"} {
		f.refusal = f.refusal || strings.Contains(s.line, sign)
	}
	if f.why == "" || s.why != "" && f.why == Temporary {
		f.why = s.why
	}
	f.inbound, f.listed = f.inbound || s.way == incoming && s.refuses(), 0
	for begin := 0; begin < len(s.line); {
		if !ofName(s.line[begin]) {
			begin++
			continue
		}
		end := begin + 1
		for end < len(s.line) && ofName(s.line[end]) {
			end++
		}
		f.token(s, begin, end)
		begin = end
	}
	if s.refuses() {
		for i := range f.words {
			f.word(&f.words[i], s.line)
		}
	}
}

// ofName says whether a byte may be part of an address or the name of a host.
func ofName(c byte) bool {
	return c >= 'a' && c <= 'z' || isDigit(c) || c == '.' || c == '-' || c == ':'
}

// token reads what may be a reply, an address or the name of a host.
func (f *finder) token(s *statement, begin, end int) {
	if isReply(s.line[begin:end]) {
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

// addr puts an address to those that the words around it make it one of.
func (f *finder) addr(s *statement, addr netip.Addr, begin, end int) {
	role := s.about(begin, end)
	if role == named && f.listed > 0 && begin-f.listed <= len(". [") { // LIST [ADDR]
		role = mentioned
	}
	switch role {
	case receiver:
		f.receivers.add(addr)
	case host:
		f.hosts.add(addr)
	case rejected:
		f.said.add(addr)
	case mentioned:
		f.near.add(addr)
	case named:
		f.named.add(addr)
	}
}

// appendNew appends what is not there yet.
func appendNew[T comparable](all []T, one T) []T {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}
