package bounce

import "strings"

// A phrase is a piece of text that tells something about the text around it. All that the package
// knows of the wording of bounces is in the table of phrases below. The rest of the code knows
// shapes.
type phrase struct {
	text  string // in lower case
	where where
	role  role
	means string // a zone, the ID of an Operator or a Reason, if the role is one of the last four
	by    string // who writes it; "" for many programs, or for administrators
	// A bounce with it in testdata: a file ("lists/x.eml"), a text of texts.txt ("texts/x") or one
	// of replies.txt ("replies"). Or else a test that has one.
	shown string
}

// A where is a place for a phrase. Text around addresses and names is limited to window bytes.
type where uint8

const (
	// In a line, before lines are joined.
	fieldName where = iota // the first word; a phrase that ends in = is the beginning of it
	lineStart              // the beginning of the line, after blanks and hyphens

	// In a sentence.
	anywhere
	inEntry     // anywhere in an entry of a log
	inEximEntry // anywhere in an entry of a log with a field H=
	inCode      // the last two numbers of the enhanced status code: .7.1 in 5.7.1
	inReply     // anywhere in the reply
	asWord      // anywhere, as a word of its own that is not negated
	inPage      // the host of a link, or a domain above it

	// Before an address, with any brackets and punctuation between. A host name may belong to the
	// address, as in NAME[ADDR] and NAME (ADDR).
	atAddr       // before the address, with nothing between: I=[ADDR
	atHost       // before the name if there is one, with only a bracket between: relay=NAME[ADDR
	beforeHost   // before the name if there is one: connect to NAME[ADDR
	beforeBare   // before the address if it has no name: refused by ADDR
	beforeAddr   // before the address: Exim ADDR
	beforeEither // before the address or the name, where the receiver speaks: client host [ADDR
	beforeAlways // the same, also where somebody else may be speaking
	inLink       // in the same word: https://check.spamhaus.org/returnc/pub/ADDR
	inClause     // anywhere before the address, up to a comma or semicolon
	earlier      // anywhere before the address

	// After an address.
	behind       // directly: ADDR] said
	afterAddr    // after the bracket and the port, where the receiver speaks: ADDR]:4123 is listed
	afterAlways  // the same, also where somebody else may be speaking
	afterOutside // the same, only where somebody else may be speaking
	afterReply   // the same, only in a reply: a text without a reply code says it of anything

	// Before the name of a host, which may be a zone.
	beforeName   // brackets and punctuation between do not matter
	atName       // with nothing between
	beforePage   // anywhere before
	clauseBefore // anywhere before, in the same clause

	numPlaces
)

// A role is what a phrase tells about the text around it. An address has one of the first six in
// the end.
type role uint8

const (
	// Of an address.
	other     role = iota // neither the client nor the receiver, or not an address at all
	host                  // one of the two, it is not clear which
	receiver              // the server that was to take the message
	mentioned             // found in a refusal, so probably the client
	named                 // found in a refusal with a name, so the client or the receiver
	rejected              // the client, which was refused

	// Of an address, depending on more than the phrase.
	client         // the client, if the sentence is a refusal
	inboundClient  // the same, if the receiver logged it
	outboundClient // the same, unless the receiver logged it
	resolver       // the resolver of the receiver
	unlisted       // not on a list, unless it is the receiver that says so

	// Of the name of a host.
	listName   // a list
	hostName   // a host, so not a list
	clientName // the client, so not a list
	advice     // a page to look at, which does not mean its list
	negation   // a list that something is not on

	// Of a line.
	skippedField // a field that tells nothing of the refusal
	entryStart   // the first line of a passage
	original     // the first line of the message that bounced

	// Of a sentence.
	byList          // the client was refused because of a list or its reputation
	refusedThere    // another server refused the message
	refusedHere     // this server refused the message
	sentMail        // this server sent the message
	unreached       // the receiver could not be reached
	ownFilter       // a content filter of the sender refused the message
	replyEnd        // the quoted reply ends before the phrase
	resolverRefused // a list refused the resolver of the receiver

	// Of a sentence, with what the phrase means.
	about   // the Reason of a refusal
	names   // a list of the catalog
	implies // a list of the catalog, unless another one of its operator is named
	private // a list that only its Operator can query

	numRoles
)

// roles is a set of roles.
type roles uint64

func (r roles) has(role role) bool { return r&(1<<role) != 0 }

// A phrasebook finds phrases, in the order of the table.
type phrasebook struct {
	of   [numRoles][]*phrase
	at   [numPlaces][]*phrase
	hits map[*phrase]bool // the phrases found, if not nil; tests need them
}

func newPhrasebook() *phrasebook {
	b := &phrasebook{}
	for i := range phrases {
		p := &phrases[i]
		b.of[p.role] = append(b.of[p.role], p)
		b.at[p.where] = append(b.at[p.where], p)
	}
	return b
}

// found records that a phrase was found, and returns its role.
func (b *phrasebook) found(p *phrase) roles {
	if b.hits != nil {
		b.hits[p] = true
	}
	return 1 << p.role
}

// beginsLine reports whether a line, in lower case, begins with a phrase of a role.
func (b *phrasebook) beginsLine(role role, line string) bool {
	line = strings.TrimLeft(line, "- ")
	for _, p := range b.of[role] {
		if p.where == lineStart && strings.HasPrefix(line, p.text) {
			b.found(p)
			return true
		}
	}
	return false
}

// isField reports whether the first word of a line, in lower case, is a field of a role.
func (b *phrasebook) isField(role role, word string) bool {
	for _, p := range b.of[role] {
		if p.where != fieldName || !strings.HasPrefix(word, p.text) {
			continue
		}
		if len(word) == len(p.text) || strings.HasSuffix(p.text, "=") {
			b.found(p)
			return true
		}
	}
	return false
}

// first returns where the first phrase of a role begins in a line, or its length. entry tells
// whether the line is an entry of a log.
func (b *phrasebook) first(role role, line string, entry bool) int {
	first := len(line)
	for _, p := range b.of[role] {
		switch p.where {
		case anywhere:
		case inEntry:
			if !entry {
				continue
			}
		case inEximEntry:
			if !entry || !strings.Contains(line, " h=") {
				continue
			}
		default:
			continue
		}
		if at := strings.Index(line[:first], p.text); at >= 0 {
			b.found(p)
			first = at
		}
	}
	return first
}

// has reports whether a phrase of a role is in a line; see first.
func (b *phrasebook) has(role role, line string, entry bool) bool {
	return b.first(role, line, entry) < len(line)
}

// reason returns what a reply is about, by its code or its words, or "" if that is not known.
func (b *phrasebook) reason(reply string) Reason {
	code := statusCode(reply)
	for _, p := range b.of[about] {
		if p.where == inCode && len(code) > 1 && code[1:] == p.text ||
			p.where == inReply && strings.Contains(reply, p.text) {
			b.found(p)
			return Reason(p.means)
		}
	}
	if reply[0] == '4' {
		return Temporary
	}
	return ""
}

// ending returns the roles of the phrases at a place that a text ends in. A phrase is not found
// within a word: "ip" is not at the end of "chip".
func (b *phrasebook) ending(w where, text string) (all roles) {
	for _, p := range b.at[w] {
		at := len(text) - len(p.text)
		if at < 0 || text[at] != p.text[0] || text[at:] != p.text {
			continue
		}
		if at == 0 || !inName(p.text[0]) || !inName(text[at-1]) || text[at-1] == '-' {
			all |= b.found(p)
		}
	}
	return all
}

// inName reports whether a byte may be part of an address or of the name of a host.
func inName(c byte) bool {
	return c >= 'a' && c <= 'z' || isDigit(c) || c == '.' || c == '-' || c == ':'
}

// beginning returns the roles of the phrases at a place that a text begins with.
func (b *phrasebook) beginning(w where, text string) (all roles) {
	for _, p := range b.at[w] {
		if strings.HasPrefix(text, p.text) {
			all |= b.found(p)
		}
	}
	return all
}

// within returns the roles of the phrases at a place that a text contains.
func (b *phrasebook) within(w where, text string) (all roles) {
	for _, p := range b.at[w] {
		if strings.Contains(text, p.text) {
			all |= b.found(p)
		}
	}
	return all
}

// operator returns the operator with an ID.
func operator(id string) Operator {
	for _, op := range operators {
		if op.ID == id {
			return op
		}
	}
	return Operator{}
}

// operators holds the operators of lists that only they can query.
var operators = [...]Operator{
	{"cloudmark", "Cloudmark"},
	{"trendmicro", "Trend Micro"},
	{"proofpoint", "Proofpoint"},
	{"symantec", "Symantec"},
	{"microsoft", "Microsoft's own block list"},
	{"unitedinternet", "United Internet's own block list"}, // GMX, WEB.DE, 1&1
	{"att", "AT&T's own block list"},
	{"yahoo", "Yahoo's own list"},
	{"telekom", "T-Online's own list"},
	{"google", "Gmail's own list"},
}

// phrases holds every phrase. A new mail program or operator needs a bounce in testdata and its
// rows here. TestPhrases checks that each row is found in the bounce that shows it.
var phrases = [...]phrase{
	// Fields about other servers on the way of the message. They are left out.
	{"received:", fieldName, skippedField, "", "RFC 5321", "TestNotTheBounce"},
	{"received-spf:", fieldName, skippedField, "", "RFC 7208", "lists/headers-of-the-original.txt"},
	{"received-from-mta:", fieldName, skippedField, "", "RFC 3464", "lists/office365-spamhaus.eml"},
	{"authentication-results:", fieldName, skippedField, "", "RFC 8601", "TestNotTheBounce"},
	{"arc-authentication-results:", fieldName, skippedField, "", "RFC 8617", "TestNotTheBounce"},
	{"arc-seal:", fieldName, skippedField, "", "RFC 8617", "TestNotTheBounce"},
	{"client-ip=", fieldName, skippedField, "", "RFC 7208", "texts/hdr-unindented"},

	// First words of entries in the output of mailq.
	{"(host", fieldName, entryStart, "", "Postfix", "texts/mailq-refused-to-talk"},
	{"(connect", fieldName, entryStart, "", "Postfix", "texts/mailq-two"},
	{"(delivery", fieldName, entryStart, "", "Postfix", "texts/mailq-two-b"},
	{"(lost", fieldName, entryStart, "", "Postfix", "TestNotTheBounce"},

	// First words of the message that bounced.
	{"received: from", lineStart, original, "", "RFC 5321", "texts/o365-orig-ip-in-text"},
	{"received: by", lineStart, original, "", "RFC 5321", "TestNotTheBounce"},
	{"return-path:", lineStart, original, "", "RFC 5321", "TestNotTheBounce"},
	{"received: (qmail", lineStart, original, "", "qmail", "TestNotTheBounce"},
	{"below this line is a copy of the message", lineStart, original, "", "qmail",
		"lists/qmail-spamcop.eml"},
	{"this is a copy of the message", lineStart, original, "", "Exim", "lists/exim-spamcop.eml"},
	{"this is a copy of your message", lineStart, original, "", "Exim", "TestNotTheBounce"},
	{"original message follows", lineStart, original, "", "sendmail", "TestNotTheBounce"},
	{"message header follows", lineStart, original, "", "sendmail", "TestNotTheBounce"},
	{"unsent message follows", lineStart, original, "", "sendmail", "TestNotTheBounce"},
	{"original message headers", lineStart, original, "", "Exchange, Office 365",
		"lists/exchange-html-barracuda.eml"},
	{"original message -----", lineStart, original, "", "Gmail", "texts/gmail-ndr"},
	{"the header of the original message is following", lineStart, original, "", "GMX, WEB.DE",
		"TestNotTheBounce"},
	{"message headers follow", lineStart, original, "", "", "TestNotTheBounce"},
	{"message header:", lineStart, original, "", "", "TestNotTheBounce"},

	// Entries of logs: another server refused the message, or this one.
	{"status=bounced", anywhere, refusedThere, "", "Postfix", "lists/postfix-log-barracuda.txt"},
	{"status=deferred", anywhere, refusedThere, "", "Postfix", "texts/pf-conn-refused-3rdparty"},
	{"status=undeliverable", anywhere, refusedThere, "", "Postfix", "TestMixedLog"},
	{" said: ", anywhere, refusedThere, "", "Postfix", "lists/mbox-postfix-uceprotect.eml"},
	{"refused to talk to me", anywhere, refusedThere, "", "Postfix",
		"lists/postfix-log-refused-to-talk.txt"},
	{"stat=", anywhere, refusedThere, "", "sendmail", "texts/sendmail-log"},
	{"reply=", anywhere, refusedThere, "", "sendmail", "texts/sendmail-log2"},
	{" ** ", inEntry, refusedThere, "", "Exim", "texts/exim-log-2lines-noaddr"},
	{" == ", inEntry, refusedThere, "", "Exim", "texts/exim-defer-then"},
	{"noqueue:", anywhere, refusedHere, "", "Postfix", "replies"},
	{"/smtpd[", anywhere, refusedHere, "", "Postfix", "texts/dovecot-sasl-log"},
	{"/smtpd ", anywhere, refusedHere, "", "Postfix", "texts/rfc5424-then-connect"},
	{"/postscreen[", anywhere, refusedHere, "", "Postfix", "texts/postscreen-receiver-log"},
	{"/dnsblog[", anywhere, refusedHere, "", "Postfix", "lists/mail-log-own-rejects.txt"},
	{"milter-reject:", anywhere, refusedHere, "", "Postfix", "TestMixedLog"},
	{"connect from ", anywhere, refusedHere, "", "Postfix", "texts/journald-json-two"},
	{"reject=4", anywhere, refusedHere, "", "sendmail", "TestMixedLog"},
	{"reject=5", anywhere, refusedHere, "", "sendmail", "texts/sm-own-reject"},
	{"rblsmtpd:", anywhere, refusedHere, "", "qmail", "texts/rblsmtpd"},
	{"failed-command", anywhere, refusedHere, "", "OpenSMTPD", "texts/opensmtpd-own"},
	{",>,5", anywhere, refusedHere, "", "Exchange", "texts/exchange-receive-own"},
	{`,>,"5`, anywhere, refusedHere, "", "Exchange", "TestMixedLog"},
	{" rejected ", inEximEntry, refusedHere, "", "Exim", "texts/exim-rejectlog-receiver"},

	// Entries about mail that this server sent. So an inbound refusal in the same log is not ours.
	{"status=sent", inEntry, sentMail, "", "Postfix", "texts/own-log-one-stranger"},
	{" => ", inEntry, sentMail, "", "Exim", "TestMixedLog"},

	// The receiver was not reached.
	{"failure to connect", anywhere, unreached, "", "", "texts/lotus"},

	// A content filter of the sender refused the message.
	{"relay=127.", anywhere, ownFilter, "", "Postfix", "texts/own-filter"},
	{"relay=localhost", anywhere, ownFilter, "", "Postfix", "TestOwnFilter"},
	{"[127.0.0.1] said", anywhere, ownFilter, "", "Postfix", "texts/zimbra-amavis"},
	{"[::1] said", anywhere, ownFilter, "", "Postfix", "TestOwnFilter"},

	// End of a quoted reply.
	{"(in reply to", anywhere, replyEnd, "", "Postfix", "lists/mbox-postfix-uceprotect.eml"},

	// A list refused the resolver of the receiver, which is not a listing.
	{"/returnc/", anywhere, resolverRefused, "", "Spamhaus", "lists/postfix-refused.eml"},
	{"127.255.255.", anywhere, resolverRefused, "", "Spamhaus", "replies"},
	{"error: open resolver", anywhere, resolverRefused, "", "Spamhaus",
		"lists/postfix-refused.eml"},
	{"uribl.com/refused", anywhere, resolverRefused, "", "URIBL", "texts/surbl-refused"},
	{"-> query refused", anywhere, resolverRefused, "", "URIBL", "replies"},

	// A list, or a bad reputation, is the reason of the refusal, whatever its code says.
	{"listed", anywhere, byList, "", "", "texts/docker-compose-other-reject"},
	{"block", anywhere, byList, "", "", "replies"},
	{"black", anywhere, byList, "", "", "lists/accounts-gbudb.txt"},
	{"banned", anywhere, byList, "", "", "nolist/office365-banned.txt"},
	{"reputation", anywhere, byList, "", "Cisco IronPort", "lists/accounts-senderbase.txt"},
	{"dnsbl", anywhere, byList, "", "", "lists/mail-log-own-rejects.txt"},
	{" rbl", anywhere, byList, "", "", "lists/exim-spamcop.eml"},
	{"found in", anywhere, byList, "", "", "lists/mbox-three-mails.mbox"},
	{"found on", anywhere, byList, "", "Comcast", "replies"},
	{"is in ", anywhere, byList, "", "", "lists/accounts-gbudb.txt"},
	{"is on ", anywhere, byList, "", "", "nolist/outlook-s3140.eml"},
	{"service refus", anywhere, byList, "", "Orange, La Poste", "texts/laposte"},

	// Reasons other than a listing. The first row that fits decides.
	{".7.26", inCode, about, "policy_dmarc", "RFC 7372", "texts/spf-google"},
	{"dmarc", inReply, about, "policy_dmarc", "", "TestReasons"},
	{".7.23", inCode, about, "policy_spf", "RFC 7372", "nolist/spf.txt"},
	{".7.24", inCode, about, "policy_spf", "RFC 7372", "TestReasons"},
	{"spf ", inReply, about, "policy_spf", "", "TestReasons"},
	{".7.20", inCode, about, "policy_dkim", "RFC 7372", "TestReasons"},
	{".7.21", inCode, about, "policy_dkim", "RFC 7372", "TestReasons"},
	{".7.22", inCode, about, "policy_dkim", "RFC 7372", "TestReasons"},
	{"dkim", inReply, about, "policy_dkim", "", "TestReasons"},
	{".7.25", inCode, about, "reverse_dns", "RFC 7372", "texts/gmail-5.7.25"},
	{"ptr ", inReply, about, "reverse_dns", "", "texts/web.de-in-pf"},
	{"reverse dns", inReply, about, "reverse_dns", "", "TestReasons"},
	{"reverse hostname", inReply, about, "reverse_dns", "Postfix", "nolist/no-ptr.txt"},
	{"find your hostname", inReply, about, "reverse_dns", "Postfix", "texts/log-tail-noise"},
	{"rdns", inReply, about, "reverse_dns", "", "texts/cox"},
	{".1.0", inCode, about, "recipient_unknown", "RFC 3463", "TestReasons"},
	{".1.1", inCode, about, "recipient_unknown", "RFC 3463", "nolist/exim-two-unknown.eml"},
	{".1.2", inCode, about, "recipient_unknown", "RFC 3463", "TestReasons"},
	{".1.3", inCode, about, "recipient_unknown", "RFC 3463", "TestReasons"},
	{".1.6", inCode, about, "recipient_unknown", "RFC 3463", "TestReasons"},
	{".1.10", inCode, about, "recipient_unknown", "RFC 7505", "TestReasons"},
	{"user unknown", inReply, about, "recipient_unknown", "Postfix, sendmail",
		"texts/barracuda-ess-noaddr"},
	{"unknown user", inReply, about, "recipient_unknown", "", "TestReasons"},
	{"no such user", inReply, about, "recipient_unknown", "", "TestReasons"},
	{"no user", inReply, about, "recipient_unknown", "", "texts/mx-barracudacentral"},
	{"user doesn't exist", inReply, about, "recipient_unknown", "Dovecot", "TestReasons"},
	{"reach does not exist", inReply, about, "recipient_unknown", "Gmail", "TestReasons"},
	{"recipient does not exist", inReply, about, "recipient_unknown", "", "TestReasons"},
	{"user does not exist", inReply, about, "recipient_unknown", "", "TestReasons"},
	{".2.1", inCode, about, "mailbox_full", "RFC 3463", "replies"},
	{".2.2", inCode, about, "mailbox_full", "RFC 3463", "lists/mbox-three-mails.mbox"},
	{"mailbox full", inReply, about, "mailbox_full", "", "TestReasons"},
	{"over quota", inReply, about, "mailbox_full", "Gmail", "TestReasons"},
	{"mailbox is full", inReply, about, "mailbox_full", "", "TestReasons"},
	{".2.3", inCode, about, "too_large", "RFC 3463", "TestReasons"},
	{".3.4", inCode, about, "too_large", "RFC 3463", "TestReasons"},
	{"relay access denied", inReply, about, "relay_denied", "Postfix", "texts/mastodon-log"},
	{"relaying denied", inReply, about, "relay_denied", "sendmail", "TestReasons"},
	{"unable to relay", inReply, about, "relay_denied", "Exchange", "TestReasons"},

	// The client, if the sentence is a refusal.
	{"rcpt from", beforeHost, client, "", "Postfix", "lists/mail-log-own-rejects.txt"},
	{" from ", atAddr, inboundClient, "", "", "lists/iso-2022-jp-spamrats.eml"},
	{" h=", earlier, inboundClient, "", "Exim", "texts/exim-reject-inbound-helo"},
	{" i=[", atAddr, outboundClient, "", "Exim", "texts/exim-mainlog-I"},

	// The receiver.
	{"relay=", atHost, receiver, "", "Postfix, sendmail", "lists/postfix-log-barracuda.txt"},
	{"h", beforeHost, receiver, "", "Exim", "lists/exim-mainlog.txt"},
	{"connect to", beforeHost, receiver, "", "Postfix", "texts/pf-conn-refused-3rdparty"},
	{"connecting to", beforeHost, receiver, "", "sendmail", "texts/smartermail"},
	{"connected to", beforeHost, receiver, "", "qmail", "texts/qmail-connected"},
	{"connection to", beforeHost, receiver, "", "", "texts/telnet-noaddr-after"},
	{"connection established to", beforeHost, receiver, "", "Postfix", "TestReceivers"},
	{"lost connection with", beforeHost, receiver, "", "Postfix", "texts/mailq-two-b"},
	{"giving up on", beforeHost, receiver, "", "qmail", "lists/qmail-gives-up.txt"},
	{"trying", beforeHost, receiver, "", "telnet", "texts/telnet-noaddr"},
	{"delivery via", beforeHost, receiver, "", "Postfix", "texts/fallback-after-reply"},
	{"remotemtaip", beforeHost, receiver, "", "Amazon SES", "texts/ses-json"},
	{"remote-mta", beforeHost, receiver, "", "RFC 3464", "texts/dsn-flattened-noaddr2"},
	{"remote-mta: dns;", beforeHost, receiver, "", "RFC 3464", "texts/dsn-flattened-noaddr"},
	{"->", beforeHost, receiver, "", "", "texts/mdaemon"},
	{"{ip", beforeHost, receiver, "", "Exchange", "texts/ex-queue-led"},
	{"] said", behind, receiver, "", "Postfix", "lists/mbox-postfix-uceprotect.eml"},
	{"] refused to talk", behind, receiver, "", "Postfix", "lists/postfix-log-refused-to-talk.txt"},
	{" does not like ", behind, receiver, "", "qmail", "lists/qmail-gives-up.txt"},
	{" failed after i sent", behind, receiver, "", "qmail", "texts/netqmail-user-and-password"},
	{" but greeting failed", behind, receiver, "", "qmail", "texts/qmail-connected"},
	{" closed by ", behind, receiver, "", "telnet", "texts/telnet-noaddr-after"},

	// The resolver of the receiver.
	{"/returnc/", inLink, resolver, "", "Spamhaus", "lists/postfix-refused.eml"},
	{"dns ip", beforeAddr, resolver, "", "URIBL", "replies"},
	{"resolver", beforeAddr, resolver, "", "", "TestOtherNumbers"},
	{"query refused", beforeAddr, resolver, "", "URIBL", "texts/surbl-refused"},

	// Versions, identifiers, and the name that a client gives itself.
	{"exim", beforeAddr, other, "", "", "replies"},
	{"postfix", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"sendmail", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"version", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"v", beforeAddr, other, "", "", "nolist/gmx-blocklist.txt"},
	{"build", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"release", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"mail service", beforeAddr, other, "", "Exchange", "TestOtherNumbers"},
	{"exchange", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"server id", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"oid", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"helo", beforeAddr, other, "", "", "texts/nonpublic-doc"},
	{"ehlo", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"helo command rejected", afterAlways, other, "", "Postfix", "texts/helo-ip"},
	{" (received", behind, other, "", "", "texts/xoip"},

	// Telephone numbers.
	{" phone", inClause, other, "", "", "texts/phone"},
	{" telephone", inClause, other, "", "", "TestOtherNumbers"},
	{" tel.", inClause, other, "", "", "TestOtherNumbers"},

	// An address that is not on a list, unless the receiver is speaking of a friend.
	{"is not listed", afterAlways, unlisted, "", "", "texts/not-listed-prose"},
	{"is not block", afterAlways, unlisted, "", "", "TestNotTheBounce"},
	{"is not black", afterAlways, unlisted, "", "", "TestNotTheBounce"},
	{"isn't listed", afterAlways, unlisted, "", "", "TestNotTheBounce"},
	{"isn't block", afterAlways, unlisted, "", "", "texts/not-listed-prose"},
	{"is no longer", afterAlways, unlisted, "", "", "TestNotTheBounce"},

	// The address that was rejected.
	{"client host", beforeAlways, rejected, "", "Postfix", "lists/postfix-dqs-key.eml"},
	{"connecting host", beforeAlways, rejected, "", "", "replies"},
	{"your address", beforeAlways, rejected, "", "", "TestBeforeRejected"},
	{"your ip", beforeAlways, rejected, "", "", "lists/gbk-base64.eml"},
	{"your ip address", beforeAlways, rejected, "", "", "nolist/gmail-rate.txt"},
	{"your server", beforeAlways, rejected, "", "", "TestBeforeRejected"},
	{"sending mta", beforeAlways, rejected, "", "", "lists/ironport-senderbase.eml"},
	{"sending server", beforeAlways, rejected, "", "", "TestBeforeRejected"},
	{`"ip":"`, atAddr, rejected, "", "SendGrid", "texts/sendgrid-json"},
	{"ip", beforeEither, rejected, "", "", "texts/french"},
	{"ip address", beforeEither, rejected, "", "", "nolist/gmail-rate.txt"},
	{"ip-address", beforeEither, rejected, "", "", "TestBeforeRejected"},
	{"client", beforeEither, rejected, "", "Postfix", "lists/cbl-abuseat.txt"},
	{"client address", beforeEither, rejected, "", "", "replies"},
	{"your host", beforeEither, rejected, "", "", "replies"},
	{"your mx", beforeEither, rejected, "", "", "TestBeforeRejected"},
	{"your mta", beforeEither, rejected, "", "", "TestBeforeRejected"},
	{"mail server", beforeEither, rejected, "", "Office 365", "texts/o365-451-rate"},
	{"because", beforeEither, rejected, "", "Exim", "lists/exim-mainlog.txt"},
	{"messages from", beforeEither, rejected, "", "Outlook.com, Yahoo", "texts/yahoo-ts03"},
	{"message from", beforeEither, rejected, "", "Aruba", "texts/aruba"},
	{"mail from", beforeEither, rejected, "", "", "lists/iso-2022-jp-spamrats.eml"},
	{"mails from", beforeEither, rejected, "", "", "TestBeforeRejected"},
	{"email from", beforeEither, rejected, "", "Verizon", "texts/verizon"},
	{"connections from", beforeEither, rejected, "", "", "TestBeforeRejected"},
	{"connection from", beforeEither, rejected, "", "", "lists/utf-16-part.eml"},
	{"accepted from", beforeEither, rejected, "", "", "lists/yahoo-spamhaus.eml"},
	{"ip addresses", beforeEither, rejected, "", "", "TestBeforeRejected"},
	{"host name", beforeEither, rejected, "", "", "TestBeforeRejected"},
	{"hostname", beforeEither, rejected, "", "", "texts/policyd-weight"},
	{"sender", beforeEither, rejected, "", "Office 365", "texts/o365-511"},
	{"is listed", afterAlways, rejected, "", "", "texts/multi-diff-codes"},
	{"is block", afterAlways, rejected, "", "", "texts/page-with-reject"},
	{"is black", afterAlways, rejected, "", "", "texts/lines-of-one-reply"},
	{"listed", afterAlways, rejected, "", "", "texts/sm-own-reject"},
	{"banned", afterAlways, rejected, "", "", "TestNotTheBounce"},
	{"block", afterOutside, rejected, "", "", "texts/outlook-p-per-line"},
	{"black", afterOutside, rejected, "", "", "TestNotTheBounce"},
	{"is in ", afterAddr, rejected, "", "Exim", "lists/exim-mainlog.txt"},
	{"is on ", afterAddr, rejected, "", "", "replies"},
	{"is banned", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"is not allowed", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"is not permitted", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"is currently", afterAddr, rejected, "", "Verizon", "texts/verizon"},
	{"is temporarily", afterAddr, rejected, "", "", "nolist/mimecast-greeting.txt"},
	{"is defined", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"was found", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"was blocked", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"was listed", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"has been", afterAddr, rejected, "", "", "texts/exim-round-brackets"},
	{"has a ", afterAddr, rejected, "", "Cloudmark", "texts/godaddy"},
	{"has poor", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"has no ", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"blacklisted", afterAddr, rejected, "", "", "texts/cox"},
	{"black listed", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"blocklisted", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"blocked", afterAddr, rejected, "", "", "replies"},
	{"found in", afterAddr, rejected, "", "", "replies"},
	{"found on", afterAddr, rejected, "", "", "replies"},
	{"defined spam source", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"temporarily deferred", afterAddr, rejected, "", "Yahoo", "replies"},
	{"in dnsbl", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"not allowed to send", afterAddr, rejected, "", "", "TestAfterRejected"},
	{"rejected", afterReply, rejected, "", "", "texts/from-host"},
	{"refused", afterReply, rejected, "", "", "texts/sendmail-log2"},
	{"denied", afterReply, rejected, "", "", "texts/our-name-port"},
	{"in black", afterReply, rejected, "", "", "TestAfterRejected"},

	// One of the two servers.
	{"host", beforeHost, host, "", "Postfix", "lists/mbox-postfix-uceprotect.eml"},
	{"server", beforeHost, host, "", "", "texts/hmail-after"},
	{"mx", beforeHost, host, "", "", "texts/zimbra"},
	{"mta", beforeHost, host, "", "", "lists/ironport-senderbase.eml"},
	{"remoteip", beforeHost, host, "", "Stalwart", "texts/stalwart-noaddr-after"},
	{"refused by", beforeBare, host, "", "", "TestReceivers"},
	{"rejected by", beforeBare, host, "", "", "TestReceivers"},
	{"blocked by", beforeBare, host, "", "", "TestReceivers"},
	{"denied by", beforeBare, host, "", "", "TestReceivers"},

	// A list. That matters if the catalog does not have it.
	{"blocked using", beforeName, listName, "", "Postfix", "lists/postfix-unknown-list.eml"},
	{"blocked by", beforeName, listName, "", "", "lists/gbk-base64.eml"},
	{"rejected using", beforeName, listName, "", "", "lists/iso-2022-jp-spamrats.eml"},
	{"listed at", beforeName, listName, "", "sendmail", "texts/three-labels"},
	{"listed in", beforeName, listName, "", "", "texts/multi-split-stranger"},
	{"listed on", beforeName, listName, "", "", "texts/bare-sentence"},
	{"listed by", beforeName, listName, "", "", "texts/stranger-and-code"},
	{"black list at", beforeName, listName, "", "Exim", "lists/exim-mainlog.txt"},
	{"blacklist at", beforeName, listName, "", "", "lists/utf-16-part.eml"},
	{"block list at", beforeName, listName, "", "", "TestListNames"},
	{"blocklist at", beforeName, listName, "", "", "TestListNames"},
	{"in blacklist", beforeName, listName, "", "", "TestListNames"},
	{"in dnsbl", beforeName, listName, "", "", "TestListNames"},
	{"in rbl", beforeName, listName, "", "", "TestListNames"},
	{"in the rbl at", beforeName, listName, "", "", "TestListNames"},
	{"lookup site", beforeName, listName, "", "", "replies"},
	{"found in", beforeName, listName, "", "", "lists/exim-two-recipients.eml"},

	// A host, and not a list.
	{"host ", atName, hostName, "", "Postfix", "lists/mbox-postfix-uceprotect.eml"},
	{"client host ", atName, clientName, "", "Postfix", "texts/hotel"},

	// A page where to look, and not a list that was looked at.
	{"check ", beforePage, advice, "", "", "texts/word-checks-mxtoolbox"},

	// A list that something is not on.
	{"not listed", clauseBefore, negation, "", "", "texts/word-not-listed"},
	{"n't listed", clauseBefore, negation, "", "", "TestListNames"},
	{" not on ", clauseBefore, negation, "", "", "TestListNames"},
	{" not in ", clauseBefore, negation, "", "", "TestListNames"},
	{"no longer", clauseBefore, negation, "", "", "TestListNames"},

	// Names of lists in the catalog, the particular one before the general one.
	{"spamhaus dbl", asWord, names, "dbl.spamhaus.org", "", "replies"},
	{"domain is listed in spamhaus", asWord, names, "dbl.spamhaus.org", "", "replies"},
	{"spamhaus.org/query/domain", asWord, names, "dbl.spamhaus.org", "", "replies"},
	{"spamhaus.org/dbl", asWord, names, "dbl.spamhaus.org", "", "replies"},
	{"exploits block list", asWord, implies, "zen.spamhaus.org", "", "replies"},
	{"using cbl", asWord, implies, "zen.spamhaus.org", "", "replies"},
	{"in the cbl", asWord, implies, "zen.spamhaus.org", "", "replies"},
	{"rcvd_in_sbl", asWord, implies, "zen.spamhaus.org", "SpamAssassin", "replies"},
	{"rcvd_in_xbl", asWord, implies, "zen.spamhaus.org", "SpamAssassin",
		"lists/spamassassin-milter.txt"},
	{"rcvd_in_pbl", asWord, implies, "zen.spamhaus.org", "SpamAssassin", "replies"},
	{"rcvd_in_zen", asWord, implies, "zen.spamhaus.org", "SpamAssassin", "replies"},
	{"spamhaus", asWord, implies, "zen.spamhaus.org", "", "lists/yahoo-spamhaus.eml"},
	{"abuseat.org", inPage, implies, "zen.spamhaus.org", "", "lists/cbl-abuseat.txt"},
	{"spamhaus.org", inPage, implies, "zen.spamhaus.org", "", "texts/cpanel-exim-jm2"},
	{"spamhaus.net", inPage, implies, "zen.spamhaus.org", "", "texts/key-dq-unknownsub"},
	{"barracuda reputation", asWord, implies, "b.barracudacentral.org", "",
		"texts/docker-list-noaddr-then-connect"},
	{"barracuda rbl", asWord, implies, "b.barracudacentral.org", "", "replies"},
	{"s=barracuda", asWord, implies, "b.barracudacentral.org", "Barracuda", "replies"},
	{"listed by barracuda", asWord, implies, "b.barracudacentral.org", "", "replies"},
	{"barracudanetworks.com/reputation", asWord, implies, "b.barracudacentral.org", "",
		"lists/exchange-html-barracuda.eml"},
	{"barracudacentral.org", inPage, implies, "b.barracudacentral.org", "", "texts/exch2016-html"},
	{"rcvd_in_bl_spamcop_net", asWord, implies, "bl.spamcop.net", "SpamAssassin",
		"lists/spamassassin-milter.txt"},
	{"spamcop", asWord, implies, "bl.spamcop.net", "", "lists/whose-address.txt"},
	{"spamcop.net", inPage, implies, "bl.spamcop.net", "", "TestPagesOfOperators"},
	{"uceprotect-level 1", asWord, names, "dnsbl-1.uceprotect.net", "", "texts/uce-real"},
	{"uceprotect-level1", asWord, names, "dnsbl-1.uceprotect.net", "", "replies"},
	{"uceprotect", asWord, implies, "dnsbl-1.uceprotect.net", "", "replies"},
	{"uceprotect.net", inPage, implies, "dnsbl-1.uceprotect.net", "", "TestPagesOfOperators"},
	{"uceprotect-level 2", asWord, names, "dnsbl-2.uceprotect.net", "",
		"lists/mbox-postfix-uceprotect.eml"},
	{"uceprotect-level2", asWord, names, "dnsbl-2.uceprotect.net", "", "texts/listed-net"},
	{"uceprotect-level 3", asWord, names, "dnsbl-3.uceprotect.net", "", "replies"},
	{"uceprotect-level3", asWord, names, "dnsbl-3.uceprotect.net", "", "replies"},
	{"backscatterer.org", inPage, implies, "ips.backscatterer.org", "", "replies"},
	{"gbudb", asWord, implies, "truncate.gbudb.net", "", "replies"},
	{"gbudb.com", inPage, implies, "truncate.gbudb.net", "", "lists/accounts-gbudb.txt"},
	{"rcvd_in_psbl", asWord, implies, "psbl.surriel.com", "SpamAssassin",
		"lists/spamassassin-milter.txt"},
	{"psbl", asWord, implies, "psbl.surriel.com", "",
		"lists/postfix-psbl-original-names-others.eml"},
	{"psbl.org", inPage, implies, "psbl.surriel.com", "", "TestPagesOfOperators"},
	{"rcvd_in_mspike_bl", asWord, implies, "bl.mailspike.net", "SpamAssassin",
		"lists/spamassassin-milter.txt"},
	{"mailspike", asWord, implies, "bl.mailspike.net", "", "replies"},
	{"rcvd_in_validity_rpbl", asWord, implies, "bl.score.senderscore.com", "SpamAssassin",
		"replies"},
	{"sender score", asWord, implies, "bl.score.senderscore.com", "", "replies"},
	{"return path reputation", asWord, implies, "bl.score.senderscore.com", "", "replies"},
	{"senderscore.org", inPage, implies, "bl.score.senderscore.com", "", "replies"},
	{"abusix", asWord, implies, "<key>.combined.mail.abusix.zone", "", "lists/validity-abusix.txt"},
	{"abusix.zone", inPage, implies, "<key>.combined.mail.abusix.zone", "", "texts/key-abusix-unk"},
	{"invaluement", asWord, implies, "sip.invaluement.com", "", "replies"},
	{"ivmsip", asWord, implies, "sip.invaluement.com", "", "replies"},
	{"invaluement.com", inPage, implies, "sip.invaluement.com", "", "replies"},
	{"ivmsip/24", asWord, names, "sip24.invaluement.com", "", "replies"},
	{"spamrats", asWord, implies, "all.spamrats.com", "", "replies"},
	{"spamrats.com", inPage, implies, "all.spamrats.com", "", "TestPagesOfOperators"},
	{"hostkarma", asWord, implies, "hostkarma.junkemailfilter.com", "",
		"lists/exim-dsn-hostkarma.eml"},
	{"junkemailfilter.com", inPage, implies, "hostkarma.junkemailfilter.com", "",
		"TestPagesOfOperators"},
	{"blocklist.de", inPage, implies, "bl.blocklist.de", "", "TestPagesOfOperators"},
	{"dronebl", asWord, implies, "dnsbl.dronebl.org", "", "replies"},
	{"dronebl.org", inPage, implies, "dnsbl.dronebl.org", "", "TestPagesOfOperators"},
	{"spfbl", asWord, implies, "dnsbl.spfbl.net", "", "replies"},
	{"spfbl.net", inPage, implies, "dnsbl.spfbl.net", "", "replies"},
	{"spam eating monkey", asWord, implies, "bl.spameatingmonkey.net", "",
		"lists/quoted-twice.txt"},
	{"spameatingmonkey.com", inPage, implies, "bl.spameatingmonkey.net", "",
		"TestPagesOfOperators"},
	{"surbl", asWord, implies, "multi.surbl.org", "", "texts/surbl-word"},
	{"uribl.com", inPage, implies, "multi.uribl.com", "", "texts/key-uribl-df"},
	{"sorbs", asWord, implies, "dnsbl.sorbs.net", "", "replies"},
	{"sorbs.net", inPage, implies, "dnsbl.sorbs.net", "", "lists/utf-16-file-sorbs.txt"},
	{"nix spam", asWord, implies, "ix.dnsbl.manitu.net", "", "replies"},
	{"nixspam", asWord, implies, "ix.dnsbl.manitu.net", "", "replies"},
	{"njabl", asWord, implies, "dnsbl.njabl.org", "", "replies"},
	{"senderbase", asWord, names, "rf.senderbase.org", "", "lists/accounts-senderbase.txt"},
	{"senderbase.org", inPage, implies, "rf.senderbase.org", "", "texts/ironport"},
	{"talosintelligence.com", inPage, implies, "rf.senderbase.org", "", "replies"},

	// Names of lists that only their operator can query.
	{"cloudmark", asWord, private, "cloudmark", "", "texts/cox"},
	{"cloudmark.com", inPage, private, "cloudmark", "", "texts/orange-fr"},
	{"trend micro", asWord, private, "trendmicro", "", "texts/rbl-plus"},
	{"mail-abuse.com", inPage, private, "trendmicro", "", "texts/key-trend"},
	{"proofpoint", asWord, private, "proofpoint", "", "replies"},
	{"proofpoint.com", inPage, private, "proofpoint", "", "texts/icloud2"},
	{"symantec.com", inPage, private, "symantec", "", "replies"},
	{"messagelabs.com", inPage, private, "symantec", "", "texts/sharepoint"},
	{"(s3140)", asWord, private, "microsoft", "Outlook.com", "nolist/outlook-s3140.eml"},
	{"(s3150)", asWord, private, "microsoft", "Outlook.com", "texts/outlook-s3150"},
	{"banned sending ip", asWord, private, "microsoft", "Office 365",
		"nolist/office365-banned.txt"},
	{"banned sender", asWord, private, "microsoft", "Office 365", "texts/o365-511"},
	{"no smtp service ip address is block listed", asWord, private, "unitedinternet", "GMX, WEB.DE",
		"nolist/gmx-blocklist.txt"},
	{"no smtp service ip address is black listed", asWord, private, "unitedinternet", "GMX, WEB.DE",
		"replies"},
	{"dnsbl:attrbl", asWord, private, "att", "AT&T", "replies"},
	{"dnsbl:rbl 521", asWord, private, "att", "AT&T", "replies"},
	{"abuse_rbl@abuse-att.net", asWord, private, "att", "AT&T", "replies"},
	{"[tss04]", asWord, private, "yahoo", "Yahoo", "replies"},
	{"[tss09]", asWord, private, "yahoo", "Yahoo", "replies"},
	{"[ts03]", asWord, private, "yahoo", "Yahoo", "texts/yahoo-ts03"},
	{"tosa@rx.t-online.de", asWord, private, "telekom", "T-Online", "texts/t-online"},
	{"tobr@rx.t-online.de", asWord, private, "telekom", "T-Online", "texts/t-online2"},
	{"p=unsolicitedmessageerror", asWord, private, "google", "Gmail", "texts/gmail-5.7.1"},
	{"p=unsolicitedratelimiterror", asWord, private, "google", "Gmail", "nolist/gmail-rate.txt"},
}
