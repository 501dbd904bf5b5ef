package bounce

import (
	"net/netip"
	"strings"
)

// What a statement says of an address in it.
type role int

const (
	other     role = iota // of another server, or of no server
	mentioned             // in the reply of the receiver, which speaks of whom it refuses
	rejected              // said to be the one that was refused
)

// A statement is a line that is being read.
type statement struct {
	line    string
	replied bool // a reply of the receiver began before
}

// about says what the words around an address make of it.
func (s *statement) about(begin, end int) role {
	before, after := s.line[max(0, begin-80):begin], s.line[end:min(len(s.line), end+40)]
	switch word := before[strings.LastIndexByte(before, ' ')+1:]; {
	case strings.Contains(word, "/returnc/"), strings.HasSuffix(word, "://"): // the receiver's resolver; a server of pages
		return other
	case strings.Contains(word, "://") || strings.HasPrefix(word, "www."):
		return rejected
	case strings.Contains(word, "@"), strings.Contains(word, "helo="), isElse(before):
		return other
	}
	switch name, lead := nameBefore(before); {
	case strings.HasSuffix(lead, "rcpt from "):
		return rejected
	case s.isReceiver(name, lead, after):
		return other
	case endsIn(strings.TrimRight(before, "[( <'\"=:#-"), rejectedBefore()), beginsWith(afterPort(after), rejectedAfter()):
		return rejected
	case s.replied:
		return mentioned
	}
	return other
}

// nameBefore returns the name of the host before an address, NAME[ADDR] or NAME [ADDR], with the bracket, and what stands before the name.
func nameBefore(before string) (name, lead string) {
	host, bracketed := strings.CutSuffix(before, "[")
	if !bracketed {
		host, bracketed = strings.CutSuffix(before, "(")
	}
	at := strings.LastIndexAny(strings.TrimSuffix(host, " "), " =") + 1
	if !bracketed || at == 0 || !strings.Contains(host[at:], ".") {
		return "", before
	}
	return before[at:], before[:at]
}

// isReceiver says whether an address is that of the server that was to take the message: host NAME[ADDR] said, relay=NAME[ADDR]:25,
// H=NAME [ADDR]. In a reply NAME[ADDR] is who is refused.
func (s *statement) isReceiver(name, lead, after string) bool {
	apart := strings.Contains(name, " ")
	switch {
	case strings.HasPrefix(after, "] said"), strings.HasPrefix(after, "] refused to talk"):
		return true
	case name == "", strings.HasSuffix(lead, "client host "):
		return false
	case strings.HasSuffix(lead, "relay="), strings.HasSuffix(lead, " h="):
		return true
	case strings.HasSuffix(lead, "host ") && apart:
		return !beginsWith(afterPort(after), rejectedAfter())
	}
	return !apart && !s.replied
}

// rejectedBefore are the words before an address that was rejected.
func rejectedBefore() []string {
	return []string{"ip", "ip address", "ip-address", "your address", "client host", "client", "client address", "connecting host", "your server", "your host",
		"your mail server", "sending server", "sending mta", "mta", "because", "messages from", "message from", "mail from", "mails from", "email from", "rcpt from",
		"connections from", "connection from", "not be accepted from", "ip addresses", "host name", "server ip", "sender"}
}

// rejectedAfter are the words after such an address.
func rejectedAfter() []string {
	return []string{"is in ", "is on ", "is listed", "is blocked", "is black", "is block", "is banned", "is not allowed", "is not permitted", "is currently", "is defined", "was found",
		"was blocked", "was listed", "has been", "has a ", "has poor", "has no ", "listed", "blacklisted", "black listed", "blocklisted", "blocked", "found in", "found on",
		"banned", "defined spam source", "temporarily deferred", "in dnsbl", "not allowed to send"}
}

// afterPort returns what follows an address without the brackets and the port.
func afterPort(after string) string {
	after = strings.TrimLeft(after, "])>'\"")
	if port, ok := strings.CutPrefix(after, ":"); ok {
		after = strings.TrimLeft(port, "0123456789")
	}
	return strings.TrimLeft(after, " ,;")
}

// endsIn says whether a text ends in one of some words.
func endsIn(text string, words []string) bool {
	for _, w := range words {
		if before, ok := strings.CutSuffix(text, w); ok && (before == "" || !ofName(before[len(before)-1]) || before[len(before)-1] == '-') {
			return true
		}
	}
	return false
}

func beginsWith(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// isElse says whether something else follows: the version of a program, as in Exim 4.96.1.2, or the receiver's resolver.
func isElse(before string) bool {
	return endsIn(strings.TrimRight(before, " :(=/"), []string{"exim", "postfix", "sendmail", "version", "ver", "v", "build", "release", "mdaemon", "icewarp",
		"smtp server id", "mail service", "exchange", "rspamd", "spamassassin", "amavisd-new", "haraka", "mailscanner", "oid",
		"dns ip", "resolver", "dns server"})
}

// parseAddr reads an address, which may have a word before it as in ip:192.0.2.25 and IPv6:2001:db8::25, or a port after it.
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

// reversed reads what stands before a zone in the name of an entry, and perhaps a key between them: 25.2.0.192 for 192.0.2.25, or the
// nibbles of an IPv6 address.
func reversed(labels string) (netip.Addr, bool) {
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

// public says whether an address may be one that the Internet sees, and lists know.
func public(addr netip.Addr) bool {
	if addr.Is6() {
		return addr.As16()[0]>>5 == 1 // 2000::/3
	}
	b := addr.As4()
	switch {
	case b[0] == 0, b[0] == 127, b[0] >= 224, addr.IsPrivate(), addr.IsLinkLocalUnicast(), b[0] == 100 && b[1]>>6 == 1:
		return false
	}
	return true
}
