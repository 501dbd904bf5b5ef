package bounce

import (
	"net/netip"
	"strings"

	"check_dnsbl/internal/netspace"
)

const (
	letters = "abcdefghijklmnopqrstuvwxyz"
	digits  = "0123456789"

	// window is how many bytes before and after a mention may tell something about it.
	window = 80
)

// A mention is an address or a host name in a sentence, with the text around it.
type mention struct {
	*sentence
	begin, end int    // of the token, in the line
	before     string // at most window bytes
	token      string
	after      string // at most window bytes

	// Of an address: the host name that belongs to it, with the bracket between them, and the text
	// before both. In "host mx.example[192.0.2.25]", name is "mx.example[" and lead is "host ".
	name, lead string
}

func (s *sentence) mention(begin, end int) mention {
	return mention{
		sentence: s,
		begin:    begin,
		end:      end,
		before:   s.line[max(0, begin-window):begin],
		token:    s.line[begin:end],
		after:    s.line[end:min(len(s.line), end+window)],
	}
}

// role decides what an address is. Words of programs around the two servers decide first, then
// the signs of something else, then the phrases of a refusal. Any other address in a refusal is
// probably the client: receivers write down which address they refuse.
func (m *mention) role(book *phrasebook) role {
	around := m.serverRoles(book)
	switch {
	case m.isClient(around):
		return m.ifRefusal(rejected)
	case around.has(receiver), m.onMailPort():
		return receiver
	}
	around |= m.otherRoles(book)
	link := m.link()
	switch {
	case around.has(receiverResolver), strings.HasSuffix(link, "://"):
		return other
	case strings.Contains(link, "://"), strings.HasPrefix(link, "www."): // https://host/?ip=ADDR
		return m.ifRefusal(rejected)
	case around.has(other), around.has(unlisted) && !m.inReply(m.begin), m.isElse(book):
		return other
	}
	around |= m.refusalRoles(book)
	switch {
	case around.has(rejected) && m.refuses():
		return rejected
	case around.has(eitherServer), m.inGreeting():
		return eitherServer
	case !m.inReply(m.begin) || !m.refuses() || !m.byList && !m.policy:
		return other
	case m.name != "" && m.name[0] != '<': // <NAME[ADDR]> is how Postfix names its client
		return mentionedWithName
	}
	return mentioned
}

// ifRefusal returns r if the sentence is the refusal of a server.
func (m *mention) ifRefusal(r role) role {
	if m.refuses() {
		return r
	}
	return other
}

// isClient reports whether the phrases around the address make it that of the client. The log of a
// receiver has it in other fields than the log of the client itself.
func (m *mention) isClient(around roles) bool {
	switch {
	case around.has(outboundClient): // in an inbound log it is the receiver
		return m.direction != inbound
	case around.has(client):
		return true
	}
	return m.direction == inbound && around.has(inboundClient)
}

// serverRoles returns the roles of the phrases around the address that programs write around one of
// the two servers.
func (m *mention) serverRoles(book *phrasebook) roles {
	return book.ending(rightBeforeAddr, m.before) |
		book.ending(rightBeforeHost, trimRight(m.lead, "[(")) |
		book.ending(beforeHost, m.toHost()) |
		book.within(anywhereBeforeAddr, m.lead) |
		book.beginning(rightAfterAddr, m.after)
}

// otherRoles returns the roles of the phrases that are signs of something else.
func (m *mention) otherRoles(book *phrasebook) roles {
	clause := max(strings.LastIndexByte(m.lead, ','), strings.LastIndexByte(m.lead, ';')) + 1
	return book.ending(beforeAddr, trimRight(m.before, " :(=/[<'\"")) |
		book.within(inLink, m.link()) |
		book.within(inClauseBeforeAddr, " "+m.lead[clause:]) |
		book.beginning(afterAddrAnyone, afterPort(m.after))
}

// refusalRoles returns the roles of the phrases around the address that receivers use to refuse.
// Outside a reply, users and their programs may be writing about other addresses. There, only
// phrases count that no user would write about those.
func (m *mention) refusalRoles(book *phrasebook) roles {
	toHost, toAddr := m.toHost(), trimRight(m.before, "[( <'\"=:#-")
	rest := afterPort(m.after)
	all := book.ending(beforeNameOrAddrAnyone, toAddr) | book.ending(beforeNameOrAddrAnyone, toHost)
	if m.name == "" {
		all |= book.ending(beforeAddrAlone, toHost)
	}
	if m.reply >= 0 && !m.inReply(m.begin) {
		return all | book.beginning(afterAddrOthers, rest)
	}
	all |= book.ending(beforeNameOrAddr, toAddr) | book.ending(beforeNameOrAddr, toHost)
	all |= book.beginning(afterAddr, rest)
	if next := nextLine(rest); next != "" {
		all |= book.beginning(afterAddr, next) | book.beginning(afterAddrAnyone, next)
	}
	if m.reply >= 0 && !strings.HasPrefix(m.after, "])") { // not in (originally from [ADDR])
		all |= book.beginning(afterAddrInReply, rest)
	}
	return all
}

// toHost returns the text before the address and its host name, without punctuation at the end.
func (m *mention) toHost() string { return trimRight(m.lead, "[( <'\"=:#-{") }

// link returns the beginning of the word that has the address in it: "https://host.example/?ip=".
func (m *mention) link() string {
	return m.before[afterMarks(m.before, " \"<,"):]
}

// hostBefore returns the host name that belongs to the address, and the text before both. The
// shapes are NAME[ADDR], NAME [ADDR], NAME(ADDR) and NAME (ADDR). The bracket is part of name. With
// a blank between, any word could be meant: only one with a dot is a name.
func (m *mention) hostBefore() (name, lead string) {
	before := m.before
	host, bracketed := strings.CutSuffix(before, "[")
	if !bracketed {
		host, bracketed = strings.CutSuffix(before, "(")
	}
	at := strings.LastIndexAny(strings.TrimSuffix(host, " "), " =") + 1
	word, apart := strings.CutSuffix(host[at:], " ")
	switch {
	case !bracketed,
		at == 0 && len(before) >= window, // its beginning is not in sight
		strings.HasPrefix(word, "["),
		apart && !strings.Contains(strings.TrimSuffix(word, "."), "."),
		beginsReply(word) && !strings.ContainsAny(word, letters):
		return "", before
	}
	return before[at:], before[:at]
}

// onMailPort reports whether port 25 follows the address. Clients have other ports.
func (m *mention) onMailPort() bool {
	if _, port, _ := strings.Cut(m.token, ":"); port == "25" && strings.Contains(m.token, ".") {
		return true
	}
	port, ok := strings.CutPrefix(m.after, "]:25")
	return ok && (port == "" || !isDigit(port[0]))
}

// inGreeting reports whether a reply begins with the host name before the address. Servers begin
// their greeting with their own name: 554 NAME [ADDR].
func (m *mention) inGreeting() bool {
	at := m.begin - len(m.name)
	return m.name != "" && m.reply >= 0 && at <= m.reply+len("\"550-") && at >= m.reply
}

// beginsReplyText reports whether the address is the first word of a reply, after its codes: 550
// ADDR is listed. A host name before it may be the receiver's, and brackets may be in each of
// several replies. A network is not an address.
func (m *mention) beginsReplyText() bool {
	if m.name != "" || isNetwork(m.after) || m.inRange() ||
		m.reply < 0 || m.begin < m.reply || m.begin-m.reply > len("550-5.7.1 ") {
		return false
	}
	return strings.Trim(m.line[m.reply:m.begin], digits+" -.") == ""
}

// isElse reports whether the token has the shape of something else: an e-mail address, a mechanism
// of SPF, a network, a telephone number, a version, a section of an RFC. The receiver has not
// refused any client if it was not reached, or if it is the sender's own filter that speaks.
func (m *mention) isElse(book *phrasebook) bool {
	return m.unreached || m.ownFilter || strings.Contains(m.link(), "@") ||
		strings.HasPrefix(m.token, "ip4:") || strings.HasPrefix(m.token, "ip6:") ||
		isNetwork(m.after) || m.inRange() || isDialed(m.before) || isVersion(book, m.before) ||
		isSection(m.before)
}

// isDialed reports whether before ends within a telephone number with a country code: +49 30.
func isDialed(before string) bool {
	_, number, found := strings.Cut(before[max(0, len(before)-12):], "+")
	return found && strings.ContainsAny(number, digits) &&
		strings.Trim(number, digits+" ()-/") == ""
}

// isNetwork reports whether after begins with the length of a prefix, other than that of one
// address.
func isNetwork(after string) bool {
	size, ok := strings.CutPrefix(after, "/")
	return ok && size != "" && isDigit(size[0]) &&
		!strings.HasPrefix(size, "32") && !strings.HasPrefix(size, "128")
}

// inRange reports whether the address is the first or the last of a range: 192.0.2.0 - 192.0.2.255.
func (m *mention) inRange() bool {
	addr, _ := parseAddr(m.token)
	if rest, dash := strings.CutPrefix(strings.TrimLeft(m.after, " "), "-"); dash {
		last, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
		return isRange(addr, last)
	}
	if rest, dash := strings.CutSuffix(strings.TrimRight(m.before, " "), "-"); dash {
		rest = strings.TrimRight(rest, " ")
		return isRange(addr, rest[strings.LastIndexByte(rest, ' ')+1:])
	}
	return false
}

// isRange reports whether two addresses, the other one in text, can be the ends of a range: they
// begin alike.
func isRange(one netip.Addr, text string) bool {
	other, ok := parseAddr(strings.Trim(text, ".,;)"))
	prefix, err := one.Prefix(16)
	return ok && err == nil && prefix.Contains(other)
}

// isVersion reports whether before ends in the name of a program, as in (MailStore 5.0.1.25), and
// not in a phrase such as (client ADDR).
func isVersion(book *phrasebook, before string) bool {
	open := strings.LastIndexByte(before, '(')
	name, blank := strings.CutSuffix(before[open+1:], " ")
	return open >= 0 && blank && name != "" && strings.Trim(name, letters) == "" &&
		book.ending(beforeNameOrAddr, name) == 0
}

// isSection reports whether before ends in a reference to an RFC, as in RFC2821 4.1.1.1 and
// RFC 5321 section 4.1.1.1.
func isSection(before string) bool {
	rest, last := cutLastWord(before)
	_, second := cutLastWord(rest)
	return last == "section" || strings.HasPrefix(trimLeft(last, "("), "rfc") ||
		trimLeft(second, "(") == "rfc" && strings.Trim(last, digits) == ""
}

// cutLastWord returns the last word of a text and the text before it.
func cutLastWord(text string) (rest, word string) {
	text = strings.TrimRight(text, " ")
	at := strings.LastIndexByte(text, ' ') + 1
	return text[:at], text[at:]
}

// afterPort returns the text behind an address without brackets and the port: [ADDR]:4123, and
// Exim's [ADDR] (port 4123).
func afterPort(after string) string {
	after = trimLeft(after, "])>'\"")
	if port, ok := strings.CutPrefix(after, ":"); ok {
		after = trimLeft(port, digits)
	}
	after = trimLeft(after, " ,;")
	if port, ok := strings.CutPrefix(after, "(port "); ok {
		after = trimLeft(port, digits+") ")
	}
	return after
}

// nextLine returns the next line of a reply, without its codes, if the address is the subject of
// its first verb: "550 is listed" after "550-ADDR". Otherwise it returns "".
func nextLine(after string) string {
	next := after
	for {
		word, rest, _ := strings.Cut(next, " ")
		if !beginsReply(word) {
			break
		}
		if next = rest; len(word) > 4 && word[3] == '-' && !beginsReply(word[4:]) { // 550-is
			next = word[4:] + " " + rest
		}
	}
	for _, verb := range [...]string{"is ", "has ", "was "} {
		if len(next) < len(after) && strings.HasPrefix(next, verb) {
			return next
		}
	}
	return ""
}

// rolesOfName returns the roles of the phrases before a name.
func (m *mention) rolesOfName(book *phrasebook) roles {
	return book.ending(beforeHost, trimRight(m.before, " =")) |
		book.ending(beforeName, trimRight(m.before, " '\"<([:=")) |
		book.ending(rightBeforeName, m.before) |
		book.within(anywhereBeforeName, m.before)
}

// isPage reports whether the name is the host of a link: //NAME, www.NAME or NAME/.
func (m *mention) isPage() bool {
	return strings.HasSuffix(m.before, "//") || strings.HasPrefix(m.token, "www.") ||
		strings.HasPrefix(m.after, "/")
}

// isRefusingHost reports whether the name is that of the host that refused: blocked by NAME [ADDR].
// An address behind the name of a list is a return code, which is a loopback address.
func (m *mention) isRefusingHost() bool {
	rest, found := strings.CutPrefix(strings.TrimPrefix(m.after, " "), "[")
	if !found || !strings.HasSuffix(trimRight(m.before, " '\"<([:="), "by") {
		return false
	}
	token, _, _ := strings.Cut(rest, "]")
	addr, ok := parseAddr(token)
	return ok && !addr.IsLoopback()
}

// parseAddr parses an address, perhaps with a word before it or a port behind it: ip:192.0.2.25,
// IPv6:2001:db8::25, 192.0.2.25:25.
func parseAddr(token string) (netip.Addr, bool) {
	if len(token) > 64 || strings.Count(token, ".") < 3 && strings.Count(token, ":") < 2 {
		return netip.Addr{}, false
	}
	if addr, err := netip.ParseAddr(token); err == nil {
		return addr.Unmap(), true
	}
	word, rest, colon := strings.Cut(token, ":")
	if !colon {
		return netip.Addr{}, false
	}
	for _, part := range [...]string{rest, word} {
		if addr, err := netip.ParseAddr(part); err == nil {
			return addr.Unmap(), true
		}
	}
	return netip.Addr{}, false
}

// public reports whether an address can be seen on the Internet, so that a list can list it.
func public(addr netip.Addr) bool {
	return netspace.SpecialPurpose(addr) == ""
}
