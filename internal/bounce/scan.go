package bounce

import (
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
)

// maxCounted is how many unknown zones are counted. Only maxUnknown are shown.
const maxCounted = 100

// A scanner walks through the sentences of a bounce, and collects addresses by their role and the
// names of lists.
type scanner struct {
	book    *phrasebook
	lists   map[string]*dnsbl.List // by zone, without the mark of a key
	pages   map[string]*dnsbl.List // by the host of their lookup pages
	domains map[string]bool        // registrable domains of zones, see hasDomain

	addrs   [numRoles]addrSet
	leading addrSet  // those that a reply begins with
	zones   []string // of lists, in the order of the text
	implied []implication
	unknown []string // zones
	ops     []Operator
	ours    map[string]bool // registrable domains of people and receivers: not lists

	reasons         []Reason
	statusReasons   []Reason // of status codes alone
	temporary       bool     // a refusal is temporary
	permanent       bool     // a refusal is not
	certainly       bool     // a list or a reputation is the reason of a refusal
	resolverRefused bool
	inbound         bool      // an inbound sentence is a refusal
	sent            bool      // a sentence is about mail that this server sent
	direction       direction // of the sentences that are read
	listEnd         int       // offset behind the last zone in the sentence, or 0
}

// An implication is a list that is named only by a page or by its operator.
type implication struct {
	zone string
	by   string // the text of the phrase, or the host of the page
}

// An addrSet holds addresses in the order in which they were added. Those of the Internet are apart
// from those of private networks, and loopback addresses are left out.
type addrSet struct {
	public, private []netip.Addr
	has             map[netip.Addr]bool
}

func (s *addrSet) add(addrs ...netip.Addr) {
	if s.has == nil {
		s.has = map[netip.Addr]bool{}
	}
	for _, addr := range addrs {
		if s.has[addr] {
			continue
		}
		s.has[addr] = true
		switch {
		case public(addr):
			s.public = append(s.public, addr)
		case !addr.IsLoopback():
			s.private = append(s.private, addr)
		}
	}
}

// addAll adds the addresses of another set.
func (s *addrSet) addAll(other *addrSet) {
	s.add(other.public...)
	s.add(other.private...)
}

// without returns those of some addresses that are not in the set.
func (s *addrSet) without(addrs []netip.Addr) []netip.Addr {
	return slices.DeleteFunc(slices.Clone(addrs), func(addr netip.Addr) bool { return s.has[addr] })
}

func newScanner(lists []dnsbl.List, book *phrasebook) *scanner {
	sc := &scanner{
		book:  book,
		lists: map[string]*dnsbl.List{},
		pages: map[string]*dnsbl.List{},
		ours:  map[string]bool{},
	}
	for i := range lists {
		l := &lists[i]
		sc.lists[unkeyed(l.Zone)] = l
		host := pageHost(l.URL)
		counts := l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy
		if host != "" && sc.pages[host] == nil && strings.Contains(l.URL, "{") && counts {
			sc.pages[host] = l
		}
	}
	return sc
}

// unkeyed returns a zone without the mark of a key.
func unkeyed(zone string) string { return strings.TrimPrefix(zone, dnsbl.KeyMark+".") }

// pageHost returns the host of a URL without www., or "".
func pageHost(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	host, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(host, "www.")
}

// scan reads all sentences. If a log has entries about mail that other servers refused, its other
// entries are skipped, because they are about other messages.
func (sc *scanner) scan(all []sentence) {
	for i := range all {
		s := &all[i]
		sc.sent = sc.sent || s.sent
		if s.direction == outbound || s.direction == inbound && sc.direction == unknown {
			sc.direction = s.direction
		}
	}
	for i := range all {
		s := &all[i]
		if sc.direction == unknown || sc.direction == s.direction || s.isProse() {
			sc.sentence(s)
		}
	}
}

// sentence reads one sentence.
func (sc *scanner) sentence(s *sentence) {
	if s.failed {
		return
	}
	sc.resolverRefused = sc.resolverRefused || sc.book.has(resolverRefused, s.line, s.entry)
	switch {
	case s.reason == "":
	case s.status:
		sc.statusReasons = appendNew(sc.statusReasons, s.reason)
	default:
		sc.reasons = appendNew(sc.reasons, s.reason)
	}
	sc.temporary = sc.temporary || s.temporary
	sc.permanent = sc.permanent || s.permanent
	sc.certainly = sc.certainly || s.certainly && s.refuses()
	sc.inbound = sc.inbound || s.direction == inbound && s.refuses()
	sc.listEnd = 0
	for begin := 0; begin < len(s.line); {
		if !isNameByte(s.line[begin]) {
			begin++
			continue
		}
		end := begin + 1
		for end < len(s.line) && isNameByte(s.line[end]) {
			end++
		}
		sc.token(s, begin, end)
		begin = end
	}
	if s.refuses() {
		sc.words(s)
	}
}

// token reads a token, which may be a reply code, an address, the name of a host, or several of
// them with colons between: rbl:zen.spamhaus.org:127.0.0.4.
func (sc *scanner) token(s *sentence, begin, end int) {
	if beginsReply(s.line[begin:end]) {
		if end-begin <= len("5.7.1") || s.line[begin+3] != '-' {
			return
		}
		begin += len("550-")
	}
	const punctuation = ".:-"
	for begin < end && strings.IndexByte(punctuation, s.line[begin]) >= 0 &&
		!strings.HasPrefix(s.line[begin:end], "::") {
		begin++
	}
	for begin < end && strings.IndexByte(punctuation, s.line[end-1]) >= 0 {
		end--
	}
	if addr, ok := parseAddr(s.line[begin:end]); ok {
		sc.addr(s.mention(begin, end), addr)
		return
	}
	for begin < end {
		part, _, _ := strings.Cut(s.line[begin:end], ":")
		if addr, ok := parseAddr(part); ok {
			sc.addr(s.mention(begin, begin+len(part)), addr)
		} else if strings.Contains(part, ".") {
			sc.name(s.mention(begin, begin+len(part)))
		}
		begin += len(part) + 1
	}
}

// addr adds an address to those of its role.
func (sc *scanner) addr(m mention, addr netip.Addr) {
	m.name, m.lead = m.hostBefore()
	role := m.role(sc.book)
	if role == mentionedWithName && sc.listEnd > 0 && m.begin-sc.listEnd <= len(". [") {
		role = mentioned // the name before the address is that of a list: LIST [ADDR]
	}
	sc.addrs[role].add(addr)
	if m.beginsReplyText() {
		sc.leading.add(addr)
	}
	if role == rejected && m.blocks() {
		sc.certainly = true
	}
}

// name finds the list that a host name stands for: the name is its zone, or below it, or the host
// of its lookup page.
func (sc *scanner) name(m mention) {
	name := m.token[max(0, len(m.token)-253):]
	if strings.HasSuffix(m.before, "@") {
		sc.ourDomain(name)
		return
	}
	if !m.refuses() {
		return
	}
	around := m.rolesOfName(sc.book)
	bracket := strings.HasPrefix(m.after, "[") || strings.HasPrefix(m.after, " [")
	switch {
	case around.has(receiver) && bracket, around.has(nameOfHost) && !around.has(nameOfClient):
		sc.ourDomain(name)
		return
	case negated(m.line[:m.begin], sc.book):
		return
	}
	switch l, entry := sc.listOf(name); {
	case l != nil && l.Kind == dnsbl.Allow:
	case l != nil:
		sc.zones, sc.listEnd = appendNew(sc.zones, sc.keyless(l)), m.end
		if addr, ok := parseReversed(entry); ok {
			sc.addrs[rejected].add(addr)
		}
	case m.isPage():
		path := strings.TrimPrefix(m.after, "/")
		if path != "" && path[0] != ' ' || !around.has(advice) {
			sc.page(m.sentence, name)
		}
	case m.byList && sc.isOperators(name):
		sc.page(m.sentence, name)
	case around.has(nameOfList) && !m.isRefusingHost(), m.byList && isNamedAsList(name):
		sc.unknownZone(m.sentence, name)
	}
}

// isOperators reports whether a name is the domain of an operator, as in "listed by psbl.org".
func (sc *scanner) isOperators(name string) bool {
	return slices.ContainsFunc(sc.book.byPlace[inPage], func(p *phrase) bool {
		return p.text == name
	})
}

// ourDomain remembers the domain of a name that is a person's or a receiver's. At most maxCounted.
func (sc *scanner) ourDomain(name string) {
	if len(sc.ours) < maxCounted {
		sc.ours[netspace.RegistrableDomain(name)] = true
	}
}

// isNamedAsList reports whether a name has a label that people give to lists, as in
// bl.example.com and dnsbl2.example.com, before its domain.
func isNamedAsList(name string) bool {
	rest, _ := strings.CutSuffix(name, netspace.RegistrableDomain(name))
	for _, label := range strings.Split(rest, ".") {
		label = trimRight(label, digits+"-")
		switch label {
		case "bl", "rbl", "dnsbl", "rhsbl", "drbl", "dnsrbl", "xbl", "sbl",
			"blacklist", "blocklist":
			return true
		}
	}
	return false
}

// listOf returns the list whose zone name is, or is below, and the labels before the zone.
func (sc *scanner) listOf(name string) (l *dnsbl.List, entry string) {
	for at := 0; at < len(name); {
		if l := sc.lists[name[at:]]; l != nil {
			return l, name[:at]
		}
		dot := strings.IndexByte(name[at:], '.')
		if dot < 0 {
			break
		}
		at += dot + 1
	}
	return nil, ""
}

// keyless returns the zone of a list, or that of its edition without a key if there is one. The key
// in a bounce is the receiver's.
func (sc *scanner) keyless(l *dnsbl.List) string {
	if name, keyed := strings.CutPrefix(l.Zone, dnsbl.KeyMark+"."); keyed {
		open := sc.lists[strings.Replace(name, ".dq.spamhaus.net", ".spamhaus.org", 1)]
		if open != nil {
			return open.Zone
		}
	}
	return l.Zone
}

// unknownZone adds a name as the zone of an unknown list, or as an entry in it. A label that may be
// the receiver's key is left out. In the domain of a known list, that is any label.
func (sc *scanner) unknownZone(s *sentence, name string) {
	if addr, zone, ok := splitEntry(name); ok {
		sc.addrs[rejected].add(addr)
		name = zone
	}
	labels := strings.Split(name, ".")
	if len(sc.unknown) >= maxCounted || !canBeZone(name, labels) ||
		slices.ContainsFunc(labels, isWelcomeLabel) {
		return
	}
	domain := netspace.RegistrableDomain(name)
	known := sc.hasDomain(domain)
	keyed := slices.ContainsFunc(labels, isKey) || known && slices.ContainsFunc(labels, mayBeKey)
	switch {
	case sc.operatorOfPage(s, name):
		return
	case (keyed || name == domain) && sc.page(s, name):
		return
	case keyed && known:
		name = domain
	case keyed:
		name = dnsbl.KeyMark + "." + domain
	}
	sc.unknown = appendNew(sc.unknown, name)
}

// hasDomain reports whether a registrable domain has zones of known lists, or is an operator's.
// Most bounces do not need the domains, so they are collected at the first call.
func (sc *scanner) hasDomain(domain string) bool {
	if sc.domains == nil {
		sc.domains = map[string]bool{}
		for zone := range sc.lists {
			sc.domains[netspace.RegistrableDomain(zone)] = true
		}
		for _, p := range sc.book.byPlace[inPage] {
			sc.domains[p.text] = true
		}
	}
	return sc.domains[domain]
}

// page adds the lists with a page at a host, and reports whether there are any.
func (sc *scanner) page(s *sentence, host string) bool {
	if l := sc.pages[strings.TrimPrefix(host, "www.")]; l != nil {
		sc.implied = appendNew(sc.implied, implication{sc.keyless(l), host})
		return true
	}
	found := sc.operatorOfPage(s, host)
	for _, p := range sc.book.byPlace[inPage] {
		if p.tells != meansOperator && inDomain(host, p.text) {
			sc.take(s, p, "")
			found = true
		}
	}
	return found
}

// operatorOfPage adds the operators with a page at a host, and reports whether there are any.
// Operators explain all their refusals on such pages, so that one for another reason names none.
func (sc *scanner) operatorOfPage(s *sentence, host string) bool {
	found := false
	for _, p := range sc.book.byPlace[inPage] {
		if p.tells == meansOperator && inDomain(host, p.text) {
			found = true
			if s.reason == "" || s.reason.isOfFilter() {
				sc.take(s, p, "")
			}
		}
	}
	return found
}

// inDomain reports whether a host is a domain or below it.
func inDomain(host, domain string) bool {
	rest, ok := strings.CutSuffix(host, domain)
	return ok && (rest == "" || strings.HasSuffix(rest, "."))
}

// words adds the lists that a sentence names by a phrase, and the operators that it names by a code
// of theirs, such as AUP#In-1020: the codes first, both in the order of the table.
func (sc *scanner) words(s *sentence) {
	type hit struct {
		phrase *phrase
		code   string
	}
	var hits []hit
	of := func(p *phrase) func(hit) bool { return func(h hit) bool { return h.phrase == p } }
	for begin := range len(s.line) {
		if begin > 0 && isAlphanumeric(s.line[begin-1]) && isAlphanumeric(s.line[begin]) {
			continue // within a word
		}
		for _, p := range sc.book.words[s.line[begin]] {
			if !strings.HasPrefix(s.line[begin:], p.text) || slices.ContainsFunc(hits, of(p)) {
				continue
			}
			if code, names := sc.wordAt(s.line, begin, p); names {
				hits = append(hits, hit{p, code})
			}
		}
	}
	if len(hits) == 0 {
		return
	}
	for _, at := range [...]place{asCode, asWord} {
		for _, p := range sc.book.byPlace[at] {
			if i := slices.IndexFunc(hits, of(p)); i >= 0 {
				sc.take(s, p, hits[i].code)
			}
		}
	}
}

// wordAt reports whether a phrase at an offset of a line names a list or an operator. The code is
// that of the operator's rule, or "".
func (sc *scanner) wordAt(line string, begin int, p *phrase) (code string, names bool) {
	end := begin + len(p.text)
	if p.at == asWord {
		return codeIn(p.text), isWord(line, begin, end) && !negated(line[:begin], sc.book)
	}
	for end < len(line) && end-begin <= maxCode && (isAlphanumeric(line[end]) || line[end] == '-') {
		end++
	}
	return codeIn(line[begin:end]), end-begin <= maxCode
}

// maxCode is how long the code of an operator's rule can be: UnsolicitedRateLimitError.
const maxCode = 40

// codeIn returns the code in the text of a phrase as people write it: S3150 in (s3150). A text
// without digits, of several words, or of a link, has none.
func codeIn(text string) string {
	text = strings.Trim(text, "([])")
	if !strings.ContainsAny(text, digits) || strings.ContainsAny(text, " /=@") {
		return ""
	}
	return strings.ToUpper(text)
}

// take adds the list that a phrase means, if the caller knows it. Code is that of an operator.
func (sc *scanner) take(s *sentence, p *phrase, code string) {
	known := sc.lists[unkeyed(p.means)] != nil
	switch {
	case p.tells == meansOperator && s.isOfContent() && code == "":
	case p.tells == meansOperator:
		op := findOperator(p.means)
		if op.Code = code; code == "" && s.reply >= 0 {
			op.Code = particularStatus(s.line[s.reply:])
		}
		sc.ops = appendOperator(sc.ops, op)
	case p.tells == impliesList && known:
		sc.implied = appendNew(sc.implied, implication{p.means, p.text})
	case p.tells == meansList && known:
		sc.zones = appendNew(sc.zones, p.means)
	}
}

// appendOperator appends an operator unless it is there. One with a code says more than without. A
// code is that of the first one.
func appendOperator(all []Operator, op Operator) []Operator {
	if slices.ContainsFunc(all, func(other Operator) bool { return other.Code == op.Code }) {
		op.Code = ""
	}
	i := slices.IndexFunc(all, func(other Operator) bool { return other.ID == op.ID })
	switch {
	case i < 0:
		return append(all, op)
	case all[i].Code == "":
		all[i] = op
	}
	return all
}

// appendNew appends one to all unless it is there already.
func appendNew[T comparable](all []T, one T) []T {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// negated reports whether the text before the name of a list negates it: "192.0.2.25 is not on".
// The last 60 bytes decide, from the beginning of the clause.
func negated(before string, book *phrasebook) bool {
	before = before[max(0, len(before)-60):]
	clause := before[strings.LastIndexAny(before, ";!?")+1:]
	clause = clause[strings.LastIndex(clause, ". ")+1:]
	return book.within(inClauseBeforeName, clause).has(negation)
}

// parseReversed parses the labels of an entry before its zone, and perhaps a key behind them:
// 25.2.0.192. for 192.0.2.25, or the 32 nibbles of an IPv6 address (RFC 5782 section 2).
func parseReversed(labels string) (netip.Addr, bool) {
	parts := strings.Split(strings.TrimSuffix(labels, "."), ".")
	for _, size := range [...]int{32, 4} {
		if len(parts) != size && len(parts) != size+1 {
			continue
		}
		var text strings.Builder
		for i := size - 1; i >= 0; i-- {
			text.WriteString(parts[i])
			switch {
			case i > 0 && size == 4:
				text.WriteByte('.')
			case i > 0 && i%4 == 0:
				text.WriteByte(':')
			}
		}
		if addr, err := netip.ParseAddr(text.String()); err == nil {
			return addr, true
		}
	}
	return netip.Addr{}, false
}

// splitEntry splits the name of an entry, such as 25.2.0.192.dnsbl.example.
func splitEntry(name string) (addr netip.Addr, zone string, ok bool) {
	labels := strings.Split(name, ".")
	for _, size := range [...]int{32, 4} {
		if len(labels) > size+1 {
			if addr, ok = parseReversed(strings.Join(labels[:size], ".")); ok {
				return addr, strings.Join(labels[size:], "."), true
			}
		}
	}
	return addr, name, false
}

// canBeZone reports whether a name can be that of a list. Lists have short names, and the last
// label has letters only.
func canBeZone(name string, labels []string) bool {
	for _, label := range labels {
		if label == "" || label[0] == '-' {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(name) <= 80 && len(labels) > 1 && len(last) > 1 && strings.Trim(last, letters) == ""
}

// isWelcomeLabel reports whether a label is one that people give to lists of good senders.
func isWelcomeLabel(label string) bool {
	return label == "wl" || label == "dnswl" || label == "whitelist" || label == "welcomelist"
}

// isKey reports whether a label looks like a key, which is somebody's secret.
func isKey(label string) bool { return len(label) >= 16 && strings.ContainsAny(label, digits) }

// mayBeKey reports whether a label may be a key. That matters in the domains of operators that give
// keys away.
func mayBeKey(label string) bool {
	return len(label) >= 6 && strings.ContainsAny(label, digits) &&
		strings.Trim(label, digits) != ""
}

// isWord reports whether text[begin:end] is a whole word, not part of a longer word, a
// host name or an e-mail address. If it is a page, with a slash, its host may have more labels in
// front.
func isWord(text string, begin, end int) bool {
	if begin > 0 {
		page := strings.Contains(text[begin:end], "/")
		switch c := text[begin-1]; {
		case c == '@', c == '.' && !page, isAlphanumeric(c) && isAlphanumeric(text[begin]):
			return false
		}
	}
	if end == len(text) || !isAlphanumeric(text[end-1]) {
		return true
	}
	switch c := text[end]; {
	case c == '.':
		return end+1 == len(text) || !isAlphanumeric(text[end+1])
	case c == '@':
		return false
	default:
		return !isAlphanumeric(c)
	}
}

func isAlphanumeric(c byte) bool { return c >= 'a' && c <= 'z' || isDigit(c) }
