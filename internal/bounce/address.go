package bounce

import (
	"strings"
)

const letters = "abcdefghijklmnopqrstuvwxyz"

// What a statement says of an address in it.
type role int

const (
	other     role = iota // of another server, or of no server
	host                  // of a server that may be either
	receiver              // of the server that was to take the message
	mentioned             // in a refusal, which may speak of whom it refuses
	named                 // of a host that a refusal names, which may be either
	rejected              // said to be the one that was refused
)

// about says what the words around an address make of it.
func (s *statement) about(begin, end int) role {
	before, after := s.line[max(0, begin-80):begin], s.line[end:min(len(s.line), end+40)]
	word := before[strings.LastIndexAny(before, " \"<,")+1:]
	name, lead := nameBefore(before)
	words := strings.TrimRight(lead, "[( <'\"=:#-{")
	switch {
	case s.isClient(before, lead+name):
		return ifRefusal(s, rejected)
	case isReceiver(words, after), strings.HasSuffix(strings.TrimRight(lead, "[("), "relay="), onMailPort(s.line[begin:end], after):
		return receiver
	case strings.Contains(word, "/returnc/"), strings.HasSuffix(word, "://"):
		return other
	case strings.Contains(word, "://") || strings.HasPrefix(word, "www."):
		return ifRefusal(s, rejected)
	case s.isElse(before, word, after, begin, end):
		return other
	case s.saysRejected(before, words, after, begin):
		return rejected
	case s.isHost(words, name, begin):
		return host
	case !s.inReply(begin) || !s.refuses() || !s.lists && !s.policy:
		return other
	case name != "" && name[0] != '<': // <NAME[ADDR]> is how Postfix names its client
		return named
	}
	return mentioned
}

// inReply says whether a place is in the reply of the receiver for certain.
func (s *statement) inReply(at int) bool { return s.reply >= 0 && s.reply < at && at < s.sure }

// saysRejected says whether the words around an address are those of a refusal. Outside of a reply they may be somebody else's, who tells of
// addresses of his own: there only words will do that nobody has for these.
func (s *statement) saysRejected(before, words, after string, begin int) bool {
	lead := strings.TrimRight(before, "[( <'\"=:#-")
	aside := strings.HasPrefix(after, "])") // (originally from [ADDR])
	after = afterPort(after)
	switch {
	case !s.refuses():
		return false
	case s.reply < 0 || s.inReply(begin) || strings.HasSuffix(before, `"ip":"`):
		return endsIn(lead, rejectedBefore()) || endsIn(words, rejectedBefore()) || beginsWith(after, rejectedAfter()) || goesOn(after) ||
			s.inReply(begin) && !aside && beginsWith(after, []string{"rejected", "refused", "denied", "in black"})
	}
	return endsIn(lead, []string{"client host", "connecting host", "your address", "your ip", "your ip address", "your server", "sending mta", "sending server"}) ||
		beginsWith(after, []string{"is listed", "is block", "is black", "listed", "block", "black", "banned"})
}

// isClient says whether an address is that of the client of the server that did not take the message: RCPT from NAME[ADDR]; H=NAME [ADDR] in
// the log of that server; I=[ADDR] in that of the client.
func (s *statement) isClient(before, lead string) bool {
	if strings.HasSuffix(before, " i=[") {
		return s.way != incoming
	}
	_, name, found := strings.Cut(lead, "rcpt from ")
	return found && !strings.Contains(name, " ") || s.way == incoming && (strings.HasSuffix(lead, " from ") || strings.Contains(lead, " h="))
}

// ifRefusal returns a role if the statement is the refusal of a server.
func ifRefusal(s *statement, r role) role {
	if s.refuses() {
		return r
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
	switch word, apart := strings.CutSuffix(host[at:], " "); {
	case !bracketed, at == 0 && len(before) >= 80, strings.HasPrefix(word, "["), apart && !strings.Contains(strings.TrimSuffix(word, "."), "."), isReply(word) && !strings.ContainsAny(word, letters):
		return "", before
	}
	return before[at:], before[:at]
}

// isReceiver says whether the words around an address are those of programs for the server that was to take the message.
func isReceiver(lead, after string) bool {
	return endsIn(lead, []string{"h", "connect to", "connecting to", "connected to", "connection to", "connection established to", "lost connection with",
		"giving up on", "trying", "delivery via", "remotemtaip", "remote-mta", "remote-mta: dns;", "->", "{ip"}) ||
		beginsWith(after, []string{"] said", "] refused to talk", " does not like ", " failed after i sent", " but greeting failed", " closed by "})
}

// onMailPort says whether the port of those who take mail follows an address: clients have others.
func onMailPort(token, after string) bool {
	if _, port, ok := strings.Cut(token, ":"); ok && port == "25" && strings.Contains(token, ".") {
		return true
	}
	port, ok := strings.CutPrefix(after, "]:25")
	return ok && (port == "" || !isDigit(port[0]))
}

// isHost says whether an address is that of a host which a statement does not take for refused: host NAME [ADDR], server ADDR, or the
// first words of a reply, with which servers greet: 554 NAME [ADDR].
func (s *statement) isHost(lead, name string, begin int) bool {
	if endsIn(lead, []string{"host", "server", "mx", "mta", "remoteip"}) || name == "" && endsIn(lead, []string{"refused by", "rejected by", "blocked by", "denied by"}) {
		return true
	}
	greeting := begin - len(name)
	return name != "" && s.reply >= 0 && greeting <= s.reply+len("\"550-") && greeting >= s.reply
}

// isElse says whether something else than the address of a server follows, or that of a server which has no part in it: a resolver, a server
// of pages, who a client says that it is, what SPF allows, a network, a version, a telephone.
func (s *statement) isElse(before, word, after string, begin, end int) bool {
	switch tail := strings.TrimRight(before, " :(=/[<'\""); {
	case strings.Contains(word, "@"):
		return true
	case beginsWith(s.line[begin:end], []string{"ip4:", "ip6:"}), isNetwork(after), isDialled(before):
		return true
	case containsAny(" "+before[strings.LastIndexAny(before, ",;")+1:], " phone", " telephone", " tel."), s.unreached, s.filter:
		return true
	case strings.HasPrefix(afterPort(after), "helo command rejected"), strings.HasPrefix(after, " (received"):
		return true
	case !s.inReply(begin) && beginsWith(afterPort(after), []string{"is not listed", "is not block", "is not black", "isn't listed", "isn't block", "is no longer"}):
		return true
	default:
		return isVersion(before) || endsIn(tail, []string{"exim", "postfix", "sendmail", "version", "v", "build", "release", "mail service", "exchange",
			"server id", "oid", "dns ip", "resolver", "query refused", "helo", "ehlo"})
	}
}

// isDialled says whether a number goes on that begins with the code of a country: +49 30.
func isDialled(before string) bool {
	_, number, found := strings.Cut(before[max(0, len(before)-12):], "+")
	return found && strings.ContainsAny(number, "0123456789") && strings.Trim(number, "0123456789 ()-/") == ""
}

// isNetwork says whether the length of a prefix follows an address, other than that of the address alone.
func isNetwork(after string) bool {
	size, ok := strings.CutPrefix(after, "/")
	return ok && size != "" && isDigit(size[0]) && !strings.HasPrefix(size, "32") && !strings.HasPrefix(size, "128")
}

// isVersion says whether the name of a program stands before a number: (MailStore 5.0.1.25).
func isVersion(before string) bool {
	open := strings.LastIndexByte(before, '(')
	name, blank := strings.CutSuffix(before[open+1:], " ")
	return open >= 0 && blank && name != "" && strings.Trim(name, letters) == "" && !endsIn(name, rejectedBefore())
}

// rejectedBefore are the words before an address that was rejected.
func rejectedBefore() []string {
	return []string{"ip", "ip address", "ip-address", "your address", "client host", "client", "client address", "connecting host", "your server", "your host",
		"your mx", "your mta", "mail server", "sending server", "sending mta", "because", "messages from", "message from", "mail from", "mails from", "email from",
		"connections from", "connection from", "accepted from", "ip addresses", "host name", "hostname", "sender"}
}

// rejectedAfter are the words after such an address.
func rejectedAfter() []string {
	return []string{"is in ", "is on ", "is listed", "is block", "is black", "is banned", "is not allowed", "is not permitted", "is currently", "is temporarily",
		"is defined", "was found", "was blocked", "was listed", "has been", "has a ", "has poor", "has no ", "listed", "blacklisted", "black listed", "blocklisted", "blocked",
		"found in", "found on", "banned", "defined spam source", "temporarily deferred", "in dnsbl", "not allowed to send"}
}

// afterPort returns what follows an address without the brackets and the port.
func afterPort(after string) string {
	after = strings.TrimLeft(after, "])>'\"")
	if port, ok := strings.CutPrefix(after, ":"); ok {
		after = strings.TrimLeft(port, "0123456789")
	}
	after = strings.TrimLeft(after, " ,;")
	if port, ok := strings.CutPrefix(after, "(port "); ok { // as Exim has it
		after = strings.TrimLeft(port, "0123456789) ")
	}
	return after
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

// goesOn says whether the next line of a reply, with its codes, says that the address at the end of this one was rejected.
func goesOn(after string) bool {
	for word, rest, _ := strings.Cut(after, " "); isReply(word); word, rest, _ = strings.Cut(after, " ") {
		if after = rest; len(word) > 4 && word[3] == '-' && !isReply(word[4:]) { // 550-is
			after = word[4:] + " " + rest
		}
	}
	return beginsWith(after, []string{"is ", "has ", "was "}) && beginsWith(after, rejectedAfter())
}
