package bounce

import (
	"slices"
	"strings"
)

// A phrase is a piece of text that tells something about the text around it. All wording is in the
// table of phrases below. The rest of the code only knows positions and formats.
type phrase struct {
	text  string // in lower case
	at    place
	tells role
	means string // a Reason, a zone or the key of an operator, for one of the last four roles
	by    string // who writes it; "" for many programs, or for administrators
	// example is where the phrase can be seen. It is a file in testdata ("lists/x.eml"), a text of
	// testdata/texts.txt ("texts/x"), testdata/replies.txt ("replies") or the name of a test.
	example string
}

// A place is where a phrase stands. Around an address or a name, that is within window bytes. Each
// place permits certain roles only, which comments name and TestPhraseTable checks.
type place uint8

const (
	// In a line, before lines are joined. Roles: those of a line.
	fieldName place = iota // the first word; a phrase that ends in = is the beginning of it
	lineStart              // the beginning of the line, after blanks and hyphens

	// In a sentence. Roles: those of a sentence, without a meaning.
	anywhere
	inEntry     // anywhere in an entry of a log
	inEximEntry // anywhere in an entry of a log with a field H=

	// In a reply. Role: givesReason.
	inCode  // the last two numbers of the enhanced status code: .7.1 in 5.7.1
	inReply // anywhere in the reply

	// In a refusal. Roles: those that mean a list.
	asWord // anywhere, as a whole word that is not negated
	asCode // likewise, as the beginning of a word, which is the code of the operator's rule
	inPage // the host of a link, or a domain above it

	// Around an address. Brackets and punctuation between do not matter, except for the places
	// "right before" and "right after". A host name may belong to the address, as in NAME[ADDR] and
	// NAME (ADDR).
	//
	// Words of programs around one of the two servers. Roles: those of an address.
	rightBeforeAddr    // with nothing between: I=[ADDR
	rightBeforeHost    // before the name, or else the address, with only a bracket: relay=NAME[ADDR
	beforeHost         // before the name, or else the address: connect to NAME[ADDR
	anywhereBeforeAddr // anywhere before the name, or else the address
	rightAfterAddr     // with nothing between: ADDR] said

	// Signs of something else. Roles: those of an address, but not client or receiver.
	beforeAddr         // Exim ADDR
	inLink             // in the same word: https://check.spamhaus.org/returnc/pub/ADDR
	inClauseBeforeAddr // anywhere before the address, up to a comma or semicolon
	afterAddrAnyone    // after the bracket and the port, whoever speaks: ADDR] is not listed

	// Words of a refusal. Roles: rejected and eitherServer.
	beforeAddrAlone        // if the address has no name: refused by ADDR
	beforeNameOrAddr       // where the receiver speaks: client host [ADDR
	beforeNameOrAddrAnyone // whoever speaks: your IP ADDR
	afterAddr              // after the bracket and the port, where the receiver speaks: ADDR] is on
	afterAddrOthers        // likewise, only where somebody else may be speaking
	afterAddrInReply       // likewise, only in a reply: other text may reject anything

	// Before the name of a host, which may be a zone. Roles: those of the name of a host.
	beforeName         // brackets and punctuation between do not matter
	rightBeforeName    // with nothing between
	anywhereBeforeName // anywhere before
	inClauseBeforeName // anywhere before, in the same clause; role: negation only

	numPlaces
)

// A role is what a phrase tells about the text around it. After all phrases are read, an address
// has one of the first six.
type role uint8

const (
	// Of an address.
	other             role = iota // neither the client nor the receiver, or not an address at all
	eitherServer                  // one of the two servers, it is not clear which
	receiver                      // the server that should have accepted the message
	mentioned                     // found in a refusal, so probably the client
	mentionedWithName             // found there with a name, so the client or the receiver
	rejected                      // the client, which was refused

	// Of an address, depending on more than the phrase.
	client           // the client, if the sentence is a refusal
	inboundClient    // likewise, if the receiver logged it
	outboundClient   // likewise, unless the receiver logged it
	receiverResolver // the resolver of the receiver
	unlisted         // not on a list, unless the receiver itself writes so

	// Of the name of a host.
	nameOfList   // a list
	nameOfHost   // a host, so not a list
	nameOfClient // the client, so not a list
	advice       // a page to look at, which does not mean its list
	negation     // a list that something is not on

	// Of a line.
	skippedField  // a field that is not about the refusal
	entryStart    // the first line of a passage
	originalStart // the first line of the message that bounced

	// Of a sentence.
	byList          // the client was refused, perhaps because of a list or its reputation
	notByList       // not even if a phrase of byList is there too
	listRefusal     // certainly because of a list or its reputation
	failedLookup    // a look-up failed, so that nothing was refused
	finalFailure    // there is no other try, whatever the code
	refusedThere    // another server refused the message
	refusedHere     // this server refused the message
	sentMail        // this server sent the message
	unreached       // the receiver could not be reached
	ownFilter       // a content filter of the sender refused the message
	replyEnd        // the quoted reply ends before the phrase
	resolverRefused // a list refused the resolver of the receiver

	// Of a sentence, with a meaning.
	givesReason   // the Reason of a refusal
	meansList     // a list of the catalog, by its zone
	impliesList   // likewise, unless another one of its operator is named
	meansOperator // a list that only its operator can query, by the key of the operator

	numRoles
)

// roles is a set of roles.
type roles uint64

func (r roles) has(one role) bool { return r&(1<<one) != 0 }

// A phrasebook finds phrases, in the order of the table. The code calls it for each address and
// each line of megabytes, so that it looks at a byte before it compares phrases.
type phrasebook struct {
	byRole  [numRoles][]*phrase
	byPlace [numPlaces][]*phrase
	begins  [numPlaces][256]bool // whether a phrase of a place begins with a byte
	ends    [numPlaces][256]bool // whether one ends in it
	words   [256][]*phrase       // those at asWord and asCode, by their first byte
	reasons [256][]*phrase       // those at inReply, likewise
}

// newPhrasebook returns the phrasebook of a table, such as phrases.
func newPhrasebook(table []phrase) *phrasebook {
	b := &phrasebook{}
	for i := range table {
		p := &table[i]
		first, last := p.text[0], p.text[len(p.text)-1]
		b.byRole[p.tells] = append(b.byRole[p.tells], p)
		b.byPlace[p.at] = append(b.byPlace[p.at], p)
		b.begins[p.at][first], b.ends[p.at][last] = true, true
		switch p.at {
		case asWord, asCode:
			b.words[first] = append(b.words[first], p)
		case inReply:
			b.reasons[first] = append(b.reasons[first], p)
		}
	}
	return b
}

// startsLine reports whether the words of a line, in any case, begin with a phrase of a role.
func (b *phrasebook) startsLine(r role, words []string) bool {
	for i, word := range words {
		if word = trimLeft(word, "-"); word == "" {
			continue
		}
		if !b.begins[lineStart][lowered(word[:1])[0]] {
			return false
		}
		line := trimLeft(lowered(strings.Join(words[i:], " ")), "-")
		return slices.ContainsFunc(b.byRole[r], func(p *phrase) bool {
			return p.at == lineStart && strings.HasPrefix(line, p.text)
		})
	}
	return false
}

// isField reports whether the first word of a line, in lower case, is a field of a role.
func (b *phrasebook) isField(r role, word string) bool {
	if !b.begins[fieldName][word[0]] {
		return false
	}
	return slices.ContainsFunc(b.byRole[r], func(p *phrase) bool {
		return p.at == fieldName && strings.HasPrefix(word, p.text) &&
			(len(word) == len(p.text) || strings.HasSuffix(p.text, "="))
	})
}

// first returns where the first phrase of a role begins in a line, or len(line) if there is none.
// Entry reports whether the line is an entry of a log.
func (b *phrasebook) first(r role, line string, entry bool) int {
	first := len(line)
	for _, p := range b.byRole[r] {
		switch p.at {
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
			first = at
		}
	}
	return first
}

// has reports whether a phrase of a role is in a line. Entry is as for first.
func (b *phrasebook) has(r role, line string, entry bool) bool {
	return b.first(r, line, entry) < len(line)
}

// reason returns what a reply is about, by its code or its words, or "" if that is not known.
func (b *phrasebook) reason(reply string) Reason {
	code := statusCode(reply)
	var found []*phrase
	for i := range len(reply) {
		for _, p := range b.reasons[reply[i]] {
			if strings.HasPrefix(reply[i:], p.text) && !slices.Contains(found, p) {
				found = append(found, p)
			}
		}
	}
	for _, p := range b.byRole[givesReason] {
		if p.at == inCode && len(code) > 1 && code[1:] == p.text || slices.Contains(found, p) {
			return Reason(p.means)
		}
	}
	return ""
}

// ending returns the roles of the phrases of a place that a text ends in. A phrase is not found
// within a word: "ip" is not at the end of "chip".
func (b *phrasebook) ending(at place, text string) (all roles) {
	if text == "" || !b.ends[at][text[len(text)-1]] {
		return 0
	}
	for _, p := range b.byPlace[at] {
		i := len(text) - len(p.text)
		if i < 0 || text[i] != p.text[0] || text[i:] != p.text {
			continue
		}
		if i == 0 || !isNameByte(p.text[0]) || !isNameByte(text[i-1]) || text[i-1] == '-' {
			all |= 1 << p.tells
		}
	}
	return all
}

// isNameByte reports whether a byte may be part of an address or of the name of a host.
func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || isDigit(c) || c == '.' || c == '-' || c == ':'
}

// beginning returns the roles of the phrases of a place that a text begins with.
func (b *phrasebook) beginning(at place, text string) (all roles) {
	if text == "" || !b.begins[at][text[0]] {
		return 0
	}
	for _, p := range b.byPlace[at] {
		if strings.HasPrefix(text, p.text) {
			all |= 1 << p.tells
		}
	}
	return all
}

// within returns the roles of the phrases of a place that a text contains.
func (b *phrasebook) within(at place, text string) (all roles) {
	for _, p := range b.byPlace[at] {
		if strings.Contains(text, p.text) {
			all |= 1 << p.tells
		}
	}
	return all
}

// phrases holds every phrase. A new mail program or operator needs a bounce in testdata and its
// rows here. TestPhrases checks that each row is found in its example.
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
	{"received: from", lineStart, originalStart, "", "RFC 5321", "texts/o365-orig-ip-in-text"},
	{"received: by", lineStart, originalStart, "", "RFC 5321", "TestNotTheBounce"},
	{"return-path:", lineStart, originalStart, "", "RFC 5321", "TestNotTheBounce"},
	{"received: (qmail", lineStart, originalStart, "", "qmail", "TestNotTheBounce"},
	{"below this line is a copy of the message", lineStart, originalStart, "", "qmail",
		"lists/qmail-spamcop.eml"},
	{"this is a copy of the message", lineStart, originalStart, "", "Exim",
		"lists/exim-spamcop.eml"},
	{"this is a copy of your message", lineStart, originalStart, "", "Exim", "TestNotTheBounce"},
	{"original message follows", lineStart, originalStart, "", "sendmail", "TestNotTheBounce"},
	{"message header follows", lineStart, originalStart, "", "sendmail", "TestNotTheBounce"},
	{"unsent message follows", lineStart, originalStart, "", "sendmail", "TestNotTheBounce"},
	{"original message headers", lineStart, originalStart, "", "Exchange, Office 365",
		"lists/exchange-html-barracuda.eml"},
	{"original message -----", lineStart, originalStart, "", "Gmail", "texts/gmail-ndr"},
	{"the header of the original message is following", lineStart, originalStart, "", "GMX, WEB.DE",
		"TestNotTheBounce"},
	{"message headers follow", lineStart, originalStart, "", "", "TestNotTheBounce"},
	{"message header:", lineStart, originalStart, "", "", "TestNotTheBounce"},

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
	{" --> 5", anywhere, refusedHere, "", "MDaemon", "TestMixedLog"},
	{" <-- 5", anywhere, refusedThere, "", "MDaemon", "TestMixedLog"},
	{"courieresmtpd", anywhere, refusedHere, "", "Courier", "TestMixedLog"},
	{"denied_rbl", anywhere, refusedHere, "", "spamdyke", "shapes/spamdyke-log.txt"},
	{"(reject)", anywhere, refusedHere, "", "rspamd", "shapes/rspamd-log.txt"},
	{`"smtpd"`, anywhere, refusedHere, "", "hMailServer", "shapes/hmailserver-log.txt"},
	{`"smtpc"`, anywhere, refusedThere, "", "hMailServer", "shapes/hmailserver-client-log.txt"},
	{" rejected ", inEximEntry, refusedHere, "", "Exim", "texts/exim-rejectlog-receiver"},

	// Entries about mail that this server sent. So an inbound refusal in the same log is not ours.
	{"status=sent", inEntry, sentMail, "", "Postfix", "texts/own-log-one-stranger"},
	{" => ", inEntry, sentMail, "", "Exim", "TestMixedLog"},

	// A look-up failed, so that no client was refused.
	{"lookup error", anywhere, failedLookup, "", "Postfix",
		"shapes/postfix-rbl-lookup-error.txt"},

	// There is no other try.
	{"action: failed", anywhere, finalFailure, "", "RFC 3464", "lists/postfix-zen.eml"},
	{"status=bounced", anywhere, finalFailure, "", "Postfix", "lists/postfix-log-barracuda.txt"},

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
	{"reputation", anywhere, byList, "", "Cisco IronPort", "nolist/accounts-senderbase.txt"},
	{"dnsbl", anywhere, byList, "", "", "lists/mail-log-own-rejects.txt"},
	{" rbl", anywhere, byList, "", "", "lists/exim-spamcop.eml"},
	{"found in", anywhere, byList, "", "", "lists/mbox-three-mails.mbox"},
	{"found on", anywhere, byList, "", "Comcast", "replies"},
	{"is in ", anywhere, byList, "", "", "lists/accounts-gbudb.txt"},
	{"is on ", anywhere, byList, "", "", "nolist/outlook-s3140.eml"},
	{"_rbl", anywhere, byList, "", "rspamd, spamdyke", "shapes/spamdyke-log.txt"},
	{"[rbl", anywhere, byList, "", "rspamd", "shapes/rspamd-log.txt"},
	{"service refus", anywhere, byList, "", "Orange, La Poste", "texts/laposte"},

	{"greylist", anywhere, notByList, "", "", "shapes/neg-zimbra-greylisted.txt"},
	{"graylist", anywhere, notByList, "", "", "TestRefusals"},
	{"blocked using", anywhere, listRefusal, "", "Postfix", "TestRefusals"},
	{"ip blocked", anywhere, listRefusal, "", "Naver", "later/ukrainian-naver.txt"},
	{"blocked for abuse", anywhere, listRefusal, "", "", "later/bellsouth-ldap.eml"},
	{"sender <", anywhere, notByList, "", "", "TestRefusals"},
	{"sender address", anywhere, notByList, "", "Postfix", "TestRefusals"},
	{"sender is on", anywhere, notByList, "", "", "TestRefusals"},
	{"blacklist", anywhere, listRefusal, "", "", "shapes/sendmail-final-user-unknown.txt"},
	{"black list", anywhere, listRefusal, "", "", "TestRefusals"},
	{"black-list", anywhere, listRefusal, "", "", "TestRefusals"},
	{"blocklist", anywhere, listRefusal, "", "", "TestRefusals"},
	{"block list", anywhere, listRefusal, "", "", "TestRefusals"},
	{"is listed", anywhere, listRefusal, "", "", "TestRefusals"},
	{"dnsbl", anywhere, listRefusal, "", "", "TestRefusals"},
	{" rbl", anywhere, listRefusal, "", "", "TestRefusals"},
	{"reputation", anywhere, listRefusal, "", "", "TestRefusals"},
	{"sender ip", anywhere, listRefusal, "", "", "shapes/own-domain-dnsbl.txt"},

	// Reasons other than a listing. The first row that fits decides.
	{".7.515", inCode, givesReason, "policy_dmarc", "Outlook.com", "TestReasons"},
	{".7.509", inCode, givesReason, "policy_dmarc", "Office 365", "TestReasons"},
	{".7.26", inCode, givesReason, "policy_dmarc", "RFC 7372", "texts/spf-google"},
	{"dmarc", inReply, givesReason, "policy_dmarc", "", "TestReasons"},
	{".7.23", inCode, givesReason, "policy_spf", "RFC 7372", "nolist/spf.txt"},
	{".7.24", inCode, givesReason, "policy_spf", "RFC 7372", "TestReasons"},
	{"[spf]", inReply, givesReason, "policy_spf", "Interia", "shapes/neg-interia-spf.txt"},
	{"unsolicited mail originating from your spf domain", inReply, givesReason, "rate_limited",
		"Gmail", "later/vietnamese-gmail-domain-rate.txt"},
	{"spf ", inReply, givesReason, "policy_spf", "", "TestReasons"},
	{".7.20", inCode, givesReason, "policy_dkim", "RFC 7372", "TestReasons"},
	{".7.21", inCode, givesReason, "policy_dkim", "RFC 7372", "TestReasons"},
	{".7.22", inCode, givesReason, "policy_dkim", "RFC 7372", "TestReasons"},
	{"dkim", inReply, givesReason, "policy_dkim", "", "TestReasons"},
	{".7.25", inCode, givesReason, "no_ptr", "RFC 7372", "texts/gmail-5.7.25"},
	{"ip name lookup failed", inReply, givesReason, "no_ptr", "sendmail",
		"later/sendmail-ip-name-lookup.txt"},
	{"ptr ", inReply, givesReason, "no_ptr", "", "texts/web.de-in-pf"},
	{"reverse dns", inReply, givesReason, "no_ptr", "", "TestReasons"},
	{"reverse hostname", inReply, givesReason, "no_ptr", "Postfix", "nolist/no-ptr.txt"},
	{"find your hostname", inReply, givesReason, "no_ptr", "Postfix", "texts/log-tail-noise"},
	{"rdns", inReply, givesReason, "no_ptr", "", "texts/cox"},
	{".1.1", inCode, givesReason, "recipient_unknown", "RFC 3463", "nolist/exim-two-unknown.eml"},
	{".1.2", inCode, givesReason, "recipient_unknown", "RFC 3463", "TestReasons"},
	{".1.3", inCode, givesReason, "recipient_unknown", "RFC 3463", "TestReasons"},
	{".1.6", inCode, givesReason, "recipient_unknown", "RFC 3463", "TestReasons"},
	{".1.10", inCode, givesReason, "recipient_unknown", "RFC 7505", "TestReasons"},
	{"user unknown", inReply, givesReason, "recipient_unknown", "Postfix, sendmail",
		"texts/barracuda-ess-noaddr"},
	{"unknown user", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{"no such user", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{"no user", inReply, givesReason, "recipient_unknown", "", "texts/mx-barracudacentral"},
	{"user doesn't have a", inReply, givesReason, "recipient_unknown", "Yahoo",
		"newest/neg-yahoo-no-account-french.eml"},
	{"no mailbox here by that name", inReply, givesReason, "recipient_unknown", "qmail",
		"TestReasons"},
	{"unrouteable address", inReply, givesReason, "recipient_unknown", "Exim", "TestReasons"},
	{"unknown recipient", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{"recipient unknown", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{"recipient not found", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{"5.4.1 recipient address rejected: access denied", inReply, givesReason,
		"recipient_unknown", "Office 365", "newest/neg-office365-access-denied-as.txt"},
	{"not listed in domino directory", inReply, givesReason, "recipient_unknown", "Domino",
		"later/neg-domino-not-listed.eml"},
	{"invalid recipient", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{"user not found", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{"(nullmx)", inReply, givesReason, "recipient_unknown", "Postfix", "newest/neg-null-mx.txt"},
	{"user doesn't exist", inReply, givesReason, "recipient_unknown", "Dovecot", "TestReasons"},
	{"reach does not exist", inReply, givesReason, "recipient_unknown", "Gmail", "TestReasons"},
	{"recipient does not exist", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{"user does not exist", inReply, givesReason, "recipient_unknown", "", "TestReasons"},
	{".2.1", inCode, givesReason, "mailbox_full", "RFC 3463", "replies"},
	{".2.2", inCode, givesReason, "mailbox_full", "RFC 3463", "lists/mbox-three-mails.mbox"},
	{"mailbox full", inReply, givesReason, "mailbox_full", "", "TestReasons"},
	{"over quota", inReply, givesReason, "mailbox_full", "Gmail", "TestReasons"},
	{"mailbox is full", inReply, givesReason, "mailbox_full", "", "TestReasons"},
	{"over the quota", inReply, givesReason, "mailbox_full", "", "TestReasons"},
	{"quota violation", inReply, givesReason, "mailbox_full", "", "TestReasons"},
	{".2.3", inCode, givesReason, "too_large", "RFC 3463", "TestReasons"},
	{".3.4", inCode, givesReason, "too_large", "RFC 3463", "TestReasons"},
	{"message size exceeds", inReply, givesReason, "too_large", "Exim, Postfix",
		"newest/neg-exim-size-spanish.txt"},
	{"message too large", inReply, givesReason, "too_large", "", "TestReasons"},
	{"message too big", inReply, givesReason, "too_large", "", "TestReasons"},
	{"not permitted to relay", inReply, givesReason, "relay_denied", "Exim",
		"later/neg-messagelabs-relay.eml"},
	{"relay not permitted", inReply, givesReason, "relay_denied", "Exim",
		"shapes/neg-dictionary-relay-turkish.txt"},
	{"relay access denied", inReply, givesReason, "relay_denied", "Postfix", "texts/mastodon-log"},
	{"relaying denied", inReply, givesReason, "relay_denied", "sendmail", "TestReasons"},
	{"unable to relay", inReply, givesReason, "relay_denied", "Exchange", "TestReasons"},
	{"considers this message spam", inReply, givesReason, "content", "SpamAssassin",
		"later/neg-vger-spamassassin.txt"},
	{"flagged as spam", inReply, givesReason, "content", "Zoho", "later/neg-zoho-flagged.txt"},
	{"content denied", inReply, givesReason, "content", "QQ", "later/neg-qq-content.txt"},
	{"content rejected", inReply, givesReason, "content", "amavis", "TestReasons"},
	{"unacceptable content", inReply, givesReason, "content", "", "TestReasons"},
	{"content restrictions", inReply, givesReason, "content", "", "TestReasons"},
	{"its content presents", inReply, givesReason, "content", "Gmail", "TestReasons"},
	{"illegal attachment", inReply, givesReason, "content", "Gmail", "TestReasons"},
	{"high probability of spam", inReply, givesReason, "content", "",
		"shapes/neg-spam-content-spanish.txt"},
	{"spam message rejected", inReply, givesReason, "content", "rspamd, Mail.ru",
		"shapes/neg-dnswl-welcome.txt"},
	{"classified as spam", inReply, givesReason, "content", "", "TestReasons"},
	{"identified as spam", inReply, givesReason, "content", "", "TestReasons"},
	{"detected as spam", inReply, givesReason, "content", "", "TestReasons"},
	{"considered spam", inReply, givesReason, "content", "", "TestReasons"},
	{"suspicion of spam", inReply, givesReason, "content", "Yandex", "TestReasons"},
	{"looks like spam", inReply, givesReason, "content", "", "TestReasons"},
	{"spam content", inReply, givesReason, "content", "", "TestReasons"},
	{"spam detected", inReply, givesReason, "content", "Free", "TestReasons"},
	{"message content", inReply, givesReason, "content", "", "TestReasons"},
	{"virus", inReply, givesReason, "content", "", "TestReasons"},
	{"may consider spam", inReply, givesReason, "content", "Cloudmark",
		"newest/neg-community-may-consider-spam.txt"},
	{"rejected as spam", inReply, givesReason, "content", "", "TestReasons"},
	{" - spam", inReply, givesReason, "content", "amavis", "newest/neg-amavis-spam-italian.txt"},
	{"banned content", inReply, givesReason, "content", "amavis", "TestReasons"},
	{"due to security policies", inReply, givesReason, "content", "Mimecast", "TestReasons"},
	{"frequency limited", inReply, givesReason, "rate_limited", "QQ",
		"later/qq-frequency-limited-chinese.txt"},
	{"too many connections", inReply, givesReason, "rate_limited", "", "TestReasons"},
	{"too many concurrent", inReply, givesReason, "rate_limited", "", "TestReasons"},
	{"too many messages", inReply, givesReason, "rate_limited", "", "TestReasons"},
	{"too much mail", inReply, givesReason, "rate_limited", "Postfix",
		"newest/neg-postfix-too-much-mail.txt"},
	{"cxcnct", inReply, givesReason, "rate_limited", "Cox",
		"shapes/neg-cox-too-many-connections.txt"},
	{"rate limit", inReply, givesReason, "rate_limited", "", "TestReasons"},
	{"anti-spoofing", inReply, givesReason, "sender_refused", "Mimecast",
		"newest/neg-mimecast-anti-spoofing.txt"},
	{"envelope blocked", inReply, givesReason, "sender_refused", "Mimecast", "TestReasons"},

	// The client, if the sentence is a refusal.
	{"rcpt from", beforeHost, client, "", "Postfix", "lists/mail-log-own-rejects.txt"},
	{" from ", rightBeforeAddr, inboundClient, "", "", "lists/iso-2022-jp-spamrats.eml"},
	{" h=", anywhereBeforeAddr, inboundClient, "", "Exim", "texts/exim-reject-inbound-helo"},
	{"relay=", rightBeforeHost, inboundClient, "", "sendmail", "texts/sm-own-reject"},
	{"arg2=", rightBeforeHost, inboundClient, "", "sendmail", "TestMixedLog"},
	{`" "sent: `, rightAfterAddr, inboundClient, "", "hMailServer", "shapes/hmailserver-log.txt"},
	{" i=[", rightBeforeAddr, outboundClient, "", "Exim", "texts/exim-mainlog-I"},

	// The receiver.
	{"relay=", rightBeforeHost, receiver, "", "Postfix, sendmail",
		"lists/postfix-log-barracuda.txt"},
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
	{"->", beforeHost, receiver, "", "", "TestReceivers"},
	{"{ip", beforeHost, receiver, "", "Exchange", "texts/ex-queue-led"},
	{"] said", rightAfterAddr, receiver, "", "Postfix", "lists/mbox-postfix-uceprotect.eml"},
	{"] refused to talk", rightAfterAddr, receiver, "", "Postfix",
		"lists/postfix-log-refused-to-talk.txt"},
	{" does not like ", rightAfterAddr, receiver, "", "qmail", "lists/qmail-gives-up.txt"},
	{" failed after i sent", rightAfterAddr, receiver, "", "qmail",
		"texts/netqmail-user-and-password"},
	{" but greeting failed", rightAfterAddr, receiver, "", "qmail", "texts/qmail-connected"},
	{`" "received: 5`, rightAfterAddr, receiver, "", "hMailServer",
		"shapes/hmailserver-client-log.txt"},
	{" closed by ", rightAfterAddr, receiver, "", "telnet", "texts/telnet-noaddr-after"},

	// The resolver of the receiver.
	{"/returnc/", inLink, receiverResolver, "", "Spamhaus", "lists/postfix-refused.eml"},
	{"dns ip", beforeAddr, receiverResolver, "", "URIBL", "replies"},
	{"resolver", beforeAddr, receiverResolver, "", "", "TestOtherNumbers"},
	{"query refused", beforeAddr, receiverResolver, "", "URIBL", "texts/surbl-refused"},

	// Versions, identifiers, and the name that a client gives itself.
	{"exim", beforeAddr, other, "", "", "replies"},
	{"postfix", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"sendmail", beforeAddr, other, "", "", "TestOtherNumbers"},
	{"netblock", beforeAddr, other, "", "Gmail", "texts/gmail-netblock"},
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
	{"helo command rejected", afterAddrAnyone, other, "", "Postfix", "texts/helo-ip"},
	{" (received", rightAfterAddr, other, "", "", "texts/xoip"},

	// Telephone numbers.
	{" phone", inClauseBeforeAddr, other, "", "", "texts/phone"},
	{" telephone", inClauseBeforeAddr, other, "", "", "TestOtherNumbers"},
	{" tel.", inClauseBeforeAddr, other, "", "", "TestOtherNumbers"},

	// An address that is not on a list, unless the receiver is speaking of a friend.
	{"is not listed", afterAddrAnyone, unlisted, "", "", "texts/not-listed-prose"},
	{"is not block", afterAddrAnyone, unlisted, "", "", "TestNotTheBounce"},
	{"is not black", afterAddrAnyone, unlisted, "", "", "TestNotTheBounce"},
	{"isn't listed", afterAddrAnyone, unlisted, "", "", "TestNotTheBounce"},
	{"isn't block", afterAddrAnyone, unlisted, "", "", "texts/not-listed-prose"},
	{"is no longer", afterAddrAnyone, unlisted, "", "", "TestNotTheBounce"},

	// The address that was rejected.
	{"client host", beforeNameOrAddrAnyone, rejected, "", "Postfix", "lists/postfix-dqs-key.eml"},
	{"connecting ip", beforeNameOrAddrAnyone, rejected, "", "AOL", "shapes/aol-rly-b1.txt"},
	{"sender ip", beforeNameOrAddrAnyone, rejected, "", "", "shapes/own-domain-dnsbl.txt"},
	{"origin_ip", beforeNameOrAddr, rejected, "", "spamdyke", "shapes/spamdyke-log.txt"},
	{"ip reputation", beforeNameOrAddr, rejected, "", "Sophos", "shapes/sophos-reputation.txt"},
	{"connecting host", beforeNameOrAddrAnyone, rejected, "", "", "replies"},
	{"your address", beforeNameOrAddrAnyone, rejected, "", "", "TestBeforeRejected"},
	{"your ip", beforeNameOrAddrAnyone, rejected, "", "", "lists/gbk-base64.eml"},
	{"your ip address", beforeNameOrAddrAnyone, rejected, "", "", "nolist/gmail-rate.txt"},
	{"your server", beforeNameOrAddrAnyone, rejected, "", "", "TestBeforeRejected"},
	{"sending mta", beforeNameOrAddrAnyone, rejected, "", "", "nolist/ironport-senderbase.eml"},
	{"sending server", beforeNameOrAddrAnyone, rejected, "", "", "TestBeforeRejected"},
	{`"ip":"`, rightBeforeAddr, rejected, "", "SendGrid", "texts/sendgrid-json"},
	{"ip", beforeNameOrAddr, rejected, "", "", "texts/french"},
	{"ip address", beforeNameOrAddr, rejected, "", "", "nolist/gmail-rate.txt"},
	{"ip-address", beforeNameOrAddr, rejected, "", "", "TestBeforeRejected"},
	{"client", beforeNameOrAddr, rejected, "", "Postfix", "lists/cbl-abuseat.txt"},
	{"client address", beforeNameOrAddr, rejected, "", "", "replies"},
	{"your host", beforeNameOrAddr, rejected, "", "", "replies"},
	{"your mx", beforeNameOrAddr, rejected, "", "", "TestBeforeRejected"},
	{"your mta", beforeNameOrAddr, rejected, "", "", "TestBeforeRejected"},
	{"mail server", beforeNameOrAddr, rejected, "", "Office 365", "texts/o365-451-rate"},
	{"because", beforeNameOrAddr, rejected, "", "Exim", "lists/exim-mainlog.txt"},
	{"messages from", beforeNameOrAddr, rejected, "", "Outlook.com, Yahoo", "texts/yahoo-ts03"},
	{"message from", beforeNameOrAddr, rejected, "", "Aruba", "texts/aruba"},
	{"mail from", beforeNameOrAddr, rejected, "", "", "lists/iso-2022-jp-spamrats.eml"},
	{"mails from", beforeNameOrAddr, rejected, "", "", "TestBeforeRejected"},
	{"email from", beforeNameOrAddr, rejected, "", "Verizon", "texts/verizon"},
	{"connections from", beforeNameOrAddr, rejected, "", "", "TestBeforeRejected"},
	{"connection from", beforeNameOrAddr, rejected, "", "", "lists/utf-16-part.eml"},
	{"accepted from", beforeNameOrAddr, rejected, "", "", "lists/yahoo-spamhaus.eml"},
	{"ip addresses", beforeNameOrAddr, rejected, "", "", "TestBeforeRejected"},
	{"host name", beforeNameOrAddr, rejected, "", "", "TestBeforeRejected"},
	{"hostname", beforeNameOrAddr, rejected, "", "", "texts/policyd-weight"},
	{"sender", beforeNameOrAddr, rejected, "", "Office 365", "texts/o365-511"},
	{"is listed", afterAddrAnyone, rejected, "", "", "texts/multi-diff-codes"},
	{"is block", afterAddrAnyone, rejected, "", "", "texts/page-with-reject"},
	{"is black", afterAddrAnyone, rejected, "", "", "texts/lines-of-one-reply"},
	{"listed", afterAddrAnyone, rejected, "", "", "texts/sm-own-reject"},
	{"banned", afterAddrAnyone, rejected, "", "", "TestNotTheBounce"},
	{"block", afterAddrOthers, rejected, "", "", "texts/outlook-p-per-line"},
	{"black", afterAddrOthers, rejected, "", "", "TestNotTheBounce"},
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
	{"rejected", afterAddrInReply, rejected, "", "", "texts/from-host"},
	{"refused", afterAddrInReply, rejected, "", "", "texts/sendmail-log2"},
	{"denied", afterAddrInReply, rejected, "", "", "texts/our-name-port"},
	{"in block", afterAddrInReply, rejected, "", "", "TestAfterRejected"},
	{"in the block", afterAddrInReply, rejected, "", "", "TestAfterRejected"},
	{"in the black", afterAddrInReply, rejected, "", "", "TestAfterRejected"},
	{"on black", afterAddrInReply, rejected, "", "", "TestAfterRejected"},
	{"on block", afterAddrInReply, rejected, "", "", "TestAfterRejected"},
	{"on rbl", afterAddrInReply, rejected, "", "", "TestAfterRejected"},
	{"in rbl", afterAddrInReply, rejected, "", "", "TestAfterRejected"},
	{"in black", afterAddrInReply, rejected, "", "", "TestAfterRejected"},

	// One of the two servers.
	{"host", beforeHost, eitherServer, "", "Postfix", "lists/mbox-postfix-uceprotect.eml"},
	{"server", beforeHost, eitherServer, "", "", "texts/hmail-after"},
	{"mx", beforeHost, eitherServer, "", "", "texts/zimbra"},
	{"mta", beforeHost, eitherServer, "", "", "nolist/ironport-senderbase.eml"},
	{"remoteip", beforeHost, eitherServer, "", "Stalwart", "texts/stalwart-noaddr-after"},
	{"refused by", beforeAddrAlone, eitherServer, "", "", "TestReceivers"},
	{"rejected by", beforeAddrAlone, eitherServer, "", "", "TestReceivers"},
	{"blocked by", beforeAddrAlone, eitherServer, "", "", "TestReceivers"},
	{"denied by", beforeAddrAlone, eitherServer, "", "", "TestReceivers"},

	// A list. That matters if the catalog does not have it.
	{"blocked using", beforeName, nameOfList, "", "Postfix", "lists/postfix-unknown-list.eml"},
	{"blocked by", beforeName, nameOfList, "", "", "lists/gbk-base64.eml"},
	{"rejected using", beforeName, nameOfList, "", "", "lists/iso-2022-jp-spamrats.eml"},
	{"listed at", beforeName, nameOfList, "", "sendmail", "texts/three-labels"},
	{"listed in", beforeName, nameOfList, "", "", "texts/multi-split-stranger"},
	{"listed on", beforeName, nameOfList, "", "", "texts/bare-sentence"},
	{"listed by", beforeName, nameOfList, "", "", "texts/stranger-and-code"},
	{"black list at", beforeName, nameOfList, "", "Exim", "lists/exim-mainlog.txt"},
	{"blacklist at", beforeName, nameOfList, "", "", "lists/utf-16-part.eml"},
	{"block list at", beforeName, nameOfList, "", "", "TestListNames"},
	{"blocklist at", beforeName, nameOfList, "", "", "TestListNames"},
	{"in blacklist", beforeName, nameOfList, "", "", "TestListNames"},
	{"in dnsbl", beforeName, nameOfList, "", "", "TestListNames"},
	{"in rbl", beforeName, nameOfList, "", "", "TestListNames"},
	{"in the rbl at", beforeName, nameOfList, "", "", "TestListNames"},
	{"rbl on", beforeName, nameOfList, "", "", "shapes/rbl-on-zone-unknown.txt"},
	{"blacklisted by", beforeName, nameOfList, "", "Haraka", "TestListNames"},
	{"blacklisted at", beforeName, nameOfList, "", "", "TestListNames"},
	{"blacklisted in", beforeName, nameOfList, "", "", "TestListNames"},
	{"blacklisted on", beforeName, nameOfList, "", "", "TestListNames"},
	{"blocklisted by", beforeName, nameOfList, "", "", "TestListNames"},
	{"blocklisted at", beforeName, nameOfList, "", "", "TestListNames"},
	{"lookup site", beforeName, nameOfList, "", "", "replies"},
	{"found in", beforeName, nameOfList, "", "", "lists/exim-two-recipients.eml"},

	// A host, and not a list.
	{"host ", rightBeforeName, nameOfHost, "", "Postfix", "lists/mbox-postfix-uceprotect.eml"},
	{"client host ", rightBeforeName, nameOfClient, "", "Postfix", "texts/hotel"},

	// A page where to look, and not a list that was looked at.
	{"check ", anywhereBeforeName, advice, "", "", "texts/word-checks-mxtoolbox"},

	// A list that something is not on.
	{"not listed", inClauseBeforeName, negation, "", "", "texts/word-not-listed"},
	{"n't listed", inClauseBeforeName, negation, "", "", "TestListNames"},
	{" not on ", inClauseBeforeName, negation, "", "", "TestListNames"},
	{" not in ", inClauseBeforeName, negation, "", "", "TestListNames"},
	{"no longer", inClauseBeforeName, negation, "", "", "TestListNames"},

	// Names of lists in the catalog, the particular one before the general one.
	{"spamhaus dbl", asWord, meansList, "dbl.spamhaus.org", "", "replies"},
	{"domain is listed in spamhaus", asWord, meansList, "dbl.spamhaus.org", "", "replies"},
	{"spamhaus.org/query/domain", asWord, meansList, "dbl.spamhaus.org", "", "replies"},
	{"spamhaus.org/dbl", asWord, meansList, "dbl.spamhaus.org", "", "replies"},
	{"bl000001", asWord, impliesList, "zen.spamhaus.org", "Comcast", "TestCodesOfOperators"},
	{"bl000011", asWord, impliesList, "zen.spamhaus.org", "Comcast", "TestCodesOfOperators"},
	{"bl000101", asWord, impliesList, "zen.spamhaus.org", "Comcast", "TestCodesOfOperators"},
	{"bl000111", asWord, impliesList, "zen.spamhaus.org", "Comcast", "TestCodesOfOperators"},
	{"bl001001", asWord, impliesList, "zen.spamhaus.org", "Comcast", "TestCodesOfOperators"},
	{"ipbl0001", asWord, impliesList, "zen.spamhaus.org", "Cox", "TestCodesOfOperators"},
	{"ipbl0011", asWord, impliesList, "zen.spamhaus.org", "Cox", "TestCodesOfOperators"},
	{"ipbl0101", asWord, impliesList, "zen.spamhaus.org", "Cox", "TestCodesOfOperators"},
	{"ipbl0111", asWord, impliesList, "zen.spamhaus.org", "Cox", "TestCodesOfOperators"},
	{"rbl_spamhaus", asWord, impliesList, "zen.spamhaus.org", "rspamd", "shapes/rspamd-log.txt"},
	{"rbl_spamcop", asWord, impliesList, "bl.spamcop.net", "rspamd", "shapes/rspamd-log.txt"},
	{"exploits block list", asWord, impliesList, "zen.spamhaus.org", "", "replies"},
	{"using cbl", asWord, impliesList, "zen.spamhaus.org", "", "replies"},
	{"in the cbl", asWord, impliesList, "zen.spamhaus.org", "", "replies"},
	{"rcvd_in_sbl", asWord, impliesList, "zen.spamhaus.org", "SpamAssassin", "replies"},
	{"rcvd_in_xbl", asWord, impliesList, "zen.spamhaus.org", "SpamAssassin",
		"lists/spamassassin-milter.txt"},
	{"rcvd_in_pbl", asWord, impliesList, "zen.spamhaus.org", "SpamAssassin", "replies"},
	{"rcvd_in_zen", asWord, impliesList, "zen.spamhaus.org", "SpamAssassin", "replies"},
	{"spamhaus", asWord, impliesList, "zen.spamhaus.org", "", "lists/yahoo-spamhaus.eml"},
	{"abuseat.org", inPage, impliesList, "zen.spamhaus.org", "", "lists/cbl-abuseat.txt"},
	{"spamhaus.org", inPage, impliesList, "zen.spamhaus.org", "", "texts/cpanel-exim-jm2"},
	{"spamhaus.net", inPage, impliesList, "zen.spamhaus.org", "", "texts/key-dq-unknownsub"},
	{"barracudacentral", asWord, impliesList, "b.barracudacentral.org", "",
		"shapes/admin-label-uceprotect1.txt"},
	{"barracuda central", asWord, impliesList, "b.barracudacentral.org", "", "TestLabels"},
	{"barracuda reputation", asWord, impliesList, "b.barracudacentral.org", "",
		"texts/docker-list-noaddr-then-connect"},
	{"barracuda rbl", asWord, impliesList, "b.barracudacentral.org", "", "replies"},
	{"s=barracuda", asWord, impliesList, "b.barracudacentral.org", "Barracuda", "replies"},
	{"listed by barracuda", asWord, impliesList, "b.barracudacentral.org", "", "replies"},
	{"barracudanetworks.com/reputation", asWord, impliesList, "b.barracudacentral.org", "",
		"lists/exchange-html-barracuda.eml"},
	{"barracudacentral.org", inPage, impliesList, "b.barracudacentral.org", "",
		"TestPagesOfOperators"},
	{"rcvd_in_bl_spamcop_net", asWord, impliesList, "bl.spamcop.net", "SpamAssassin",
		"lists/spamassassin-milter.txt"},
	{"spamcop", asWord, impliesList, "bl.spamcop.net", "", "lists/whose-address.txt"},
	{"spamcop.net", inPage, impliesList, "bl.spamcop.net", "", "TestPagesOfOperators"},
	{"uceprotect-level 1", asWord, meansList, "dnsbl-1.uceprotect.net", "", "texts/uce-real"},
	{"uceprotect-level1", asWord, meansList, "dnsbl-1.uceprotect.net", "", "replies"},
	{"uceprotect", asWord, impliesList, "dnsbl-1.uceprotect.net", "", "replies"},
	{"uceprotect.net", inPage, impliesList, "dnsbl-1.uceprotect.net", "", "TestPagesOfOperators"},
	{"uceprotect-level 2", asWord, meansList, "dnsbl-2.uceprotect.net", "",
		"lists/mbox-postfix-uceprotect.eml"},
	{"uceprotect-level2", asWord, meansList, "dnsbl-2.uceprotect.net", "", "texts/listed-net"},
	{"uceprotect-level 3", asWord, meansList, "dnsbl-3.uceprotect.net", "", "replies"},
	{"uceprotect-level3", asWord, meansList, "dnsbl-3.uceprotect.net", "", "replies"},
	{"uceprotect1", asWord, meansList, "dnsbl-1.uceprotect.net", "",
		"shapes/admin-label-uceprotect1.txt"},
	{"uceprotect2", asWord, meansList, "dnsbl-2.uceprotect.net", "", "TestLabels"},
	{"uceprotect3", asWord, meansList, "dnsbl-3.uceprotect.net", "", "TestLabels"},
	{"uceprotect-1", asWord, meansList, "dnsbl-1.uceprotect.net", "", "TestLabels"},
	{"uceprotect-2", asWord, meansList, "dnsbl-2.uceprotect.net", "", "TestLabels"},
	{"uceprotect-3", asWord, meansList, "dnsbl-3.uceprotect.net", "", "TestLabels"},
	{"uceprotect-l1", asWord, meansList, "dnsbl-1.uceprotect.net", "", "TestLabels"},
	{"uceprotect-l2", asWord, meansList, "dnsbl-2.uceprotect.net", "", "TestLabels"},
	{"uceprotect-l3", asWord, meansList, "dnsbl-3.uceprotect.net", "",
		"shapes/admin-label-ucl3.txt"},
	{"uceprotectl1", asWord, meansList, "dnsbl-1.uceprotect.net", "MxToolbox", "TestLabels"},
	{"uceprotectl2", asWord, meansList, "dnsbl-2.uceprotect.net", "MxToolbox", "TestLabels"},
	{"uceprotectl3", asWord, meansList, "dnsbl-3.uceprotect.net", "MxToolbox", "TestLabels"},
	{"uceprotect level 1", asWord, meansList, "dnsbl-1.uceprotect.net", "", "TestLabels"},
	{"uceprotect level 2", asWord, meansList, "dnsbl-2.uceprotect.net", "", "TestLabels"},
	{"uceprotect level 3", asWord, meansList, "dnsbl-3.uceprotect.net", "", "TestLabels"},
	{"backscatterer", asWord, impliesList, "ips.backscatterer.org", "", "TestLabels"},
	{"backscatterer.org", inPage, impliesList, "ips.backscatterer.org", "", "replies"},
	{"gbudb", asWord, impliesList, "truncate.gbudb.net", "", "replies"},
	{"gbudb.com", inPage, impliesList, "truncate.gbudb.net", "", "lists/accounts-gbudb.txt"},
	{"rcvd_in_psbl", asWord, impliesList, "psbl.surriel.com", "SpamAssassin",
		"lists/spamassassin-milter.txt"},
	{"psbl", asWord, impliesList, "psbl.surriel.com", "",
		"lists/postfix-psbl-original-names-others.eml"},
	{"psbl.org", inPage, impliesList, "psbl.surriel.com", "", "TestPagesOfOperators"},
	{"rcvd_in_mspike_bl", asWord, impliesList, "bl.mailspike.net", "SpamAssassin",
		"lists/spamassassin-milter.txt"},
	{"mailspike", asWord, impliesList, "bl.mailspike.net", "", "replies"},
	{"rcvd_in_validity_rpbl", asWord, impliesList, "bl.score.senderscore.com", "SpamAssassin",
		"replies"},
	{"bl000100", asWord, impliesList, "bl.score.senderscore.com", "Comcast",
		"TestCodesOfOperators"},
	{"bl000101", asWord, impliesList, "bl.score.senderscore.com", "Comcast",
		"TestCodesOfOperators"},
	{"bl000110", asWord, impliesList, "bl.score.senderscore.com", "Comcast",
		"TestCodesOfOperators"},
	{"bl000111", asWord, impliesList, "bl.score.senderscore.com", "Comcast",
		"TestCodesOfOperators"},
	{"ipbl0010", asWord, impliesList, "bl.score.senderscore.com", "Cox", "TestCodesOfOperators"},
	{"ipbl0011", asWord, impliesList, "bl.score.senderscore.com", "Cox", "TestCodesOfOperators"},
	{"ipbl0110", asWord, impliesList, "bl.score.senderscore.com", "Cox", "TestCodesOfOperators"},
	{"ipbl0111", asWord, impliesList, "bl.score.senderscore.com", "Cox", "TestCodesOfOperators"},
	{"sender score", asWord, impliesList, "bl.score.senderscore.com", "", "replies"},
	{"return path reputation", asWord, impliesList, "bl.score.senderscore.com", "", "replies"},
	{"senderscore.org", inPage, impliesList, "bl.score.senderscore.com", "", "replies"},
	{"abusix", asWord, impliesList, "KEY.combined.mail.abusix.zone", "",
		"lists/validity-abusix.txt"},
	{"abusix.zone", inPage, impliesList, "KEY.combined.mail.abusix.zone", "",
		"texts/key-abusix-unk"},
	{"ipbl0100", asWord, impliesList, "sip.invaluement.com", "Cox", "TestCodesOfOperators"},
	{"ipbl0101", asWord, impliesList, "sip.invaluement.com", "Cox", "TestCodesOfOperators"},
	{"ipbl0110", asWord, impliesList, "sip.invaluement.com", "Cox", "TestCodesOfOperators"},
	{"ipbl0111", asWord, impliesList, "sip.invaluement.com", "Cox", "TestCodesOfOperators"},
	{"invaluement", asWord, impliesList, "sip.invaluement.com", "", "replies"},
	{"ivmsip", asWord, impliesList, "sip.invaluement.com", "", "replies"},
	{"invaluement.com", inPage, impliesList, "sip.invaluement.com", "", "replies"},
	{"ivmsip/24", asWord, meansList, "sip24.invaluement.com", "", "replies"},
	{"spamrats", asWord, impliesList, "all.spamrats.com", "", "replies"},
	{"spamrats.com", inPage, impliesList, "all.spamrats.com", "", "TestPagesOfOperators"},
	{"hostkarma", asWord, impliesList, "hostkarma.junkemailfilter.com", "",
		"lists/exim-dsn-hostkarma.eml"},
	{"junkemailfilter.com", inPage, impliesList, "hostkarma.junkemailfilter.com", "",
		"TestPagesOfOperators"},
	{"blocklist.de", inPage, impliesList, "bl.blocklist.de", "", "TestPagesOfOperators"},
	{"dronebl", asWord, impliesList, "dnsbl.dronebl.org", "", "replies"},
	{"dronebl.org", inPage, impliesList, "dnsbl.dronebl.org", "", "TestPagesOfOperators"},
	{"spfbl", asWord, impliesList, "dnsbl.spfbl.net", "", "replies"},
	{"spfbl.net", inPage, impliesList, "dnsbl.spfbl.net", "", "replies"},
	{"spam eating monkey", asWord, impliesList, "bl.spameatingmonkey.net", "",
		"lists/quoted-twice.txt"},
	{"spameatingmonkey.com", inPage, impliesList, "bl.spameatingmonkey.net", "",
		"TestPagesOfOperators"},
	{"by uribl", asWord, impliesList, "multi.uribl.com", "", "later/uribl-rejected.txt"},
	{"surbl", asWord, impliesList, "multi.surbl.org", "", "texts/surbl-word"},
	{"uribl.com", inPage, impliesList, "multi.uribl.com", "", "texts/key-uribl-df"},
	{"sorbs", asWord, impliesList, "dnsbl.sorbs.net", "", "replies"},
	{"sorbs.net", inPage, impliesList, "dnsbl.sorbs.net", "", "lists/utf-16-file-sorbs.txt"},
	{"nix spam", asWord, impliesList, "ix.dnsbl.manitu.net", "", "replies"},
	{"nixspam", asWord, impliesList, "ix.dnsbl.manitu.net", "", "replies"},
	{"njabl", asWord, impliesList, "dnsbl.njabl.org", "", "replies"},

	// Replies of operators of private lists; the sources are in operators.go.
	{"cloudmark", asWord, meansOperator, "cloudmark", "", "texts/cox"},
	{"cloudmark.com", inPage, meansOperator, "cloudmark", "", "texts/orange-fr"},
	{"bl000010", asWord, meansOperator, "cloudmark", "Comcast",
		"shapes/comcast-bl000010-sendmail.txt"},
	{"bl000011", asWord, meansOperator, "cloudmark", "Comcast", "TestCodesOfOperators"},
	{"bl000110", asWord, meansOperator, "cloudmark", "Comcast", "TestCodesOfOperators"},
	{"bl000111", asWord, meansOperator, "cloudmark", "Comcast", "TestCodesOfOperators"},
	{"ipbl1000", asWord, meansOperator, "cloudmark", "Cox", "TestCodesOfOperators"},
	{"bl001000", asWord, meansOperator, "vade", "Comcast", "TestCodesOfOperators"},
	{"bl001001", asWord, meansOperator, "vade", "Comcast", "TestCodesOfOperators"},
	{"vadesecure.com", inPage, meansOperator, "vade", "Vade", "shapes/earthlink-vade-101.txt"},
	{"sending mta's poor reputation", asWord, meansOperator, "cisco", "Cisco IronPort",
		"shapes/cisco-poor-reputation-russian.txt"},
	{"senderbase", asWord, meansOperator, "cisco", "", "nolist/accounts-senderbase.txt"},
	{"senderbase.org", inPage, meansOperator, "cisco", "", "texts/ironport"},
	{"talosintelligence.com", inPage, meansOperator, "cisco", "", "replies"},
	{"bl00000", asCode, meansOperator, "comcast", "Comcast", "shapes/comcast-bl000000.eml"},
	{"bl00001", asCode, meansOperator, "comcast", "Comcast", "TestCodesOfOperators"},
	{"bl00010", asCode, meansOperator, "comcast", "Comcast", "TestCodesOfOperators"},
	{"bl00011", asCode, meansOperator, "comcast", "Comcast", "TestCodesOfOperators"},
	{"bl00100", asCode, meansOperator, "comcast", "Comcast", "TestCodesOfOperators"},
	{"es0000", asCode, meansOperator, "comcast", "Comcast", "TestCodesOfOperators"},
	{"cxbl", asCode, meansOperator, "cox", "Cox", "shapes/cox-cxbl-sendmail.txt"},
	{"cdrbl", asCode, meansOperator, "cox", "Cox", "shapes/cox-cdrbl-exim-log.txt"},
	{"ipbl0", asCode, meansOperator, "cox", "Cox", "TestCodesOfOperators"},
	{"ipbl1", asCode, meansOperator, "cox", "Cox", "TestCodesOfOperators"},
	{"aup#in-1", asCode, meansOperator, "spectrum", "Spectrum",
		"shapes/spectrum-in1020-delayed.eml"},
	{"aup#i-1", asCode, meansOperator, "spectrum", "Spectrum", "TestCodesOfOperators"},
	{"rly:", asCode, meansOperator, "aol", "AOL", "shapes/aol-rly-b1.txt"},
	{"rtr:", asCode, meansOperator, "aol", "AOL", "shapes/aol-rtr-bb-exchange.txt"},
	{"dyn:t", asCode, meansOperator, "aol", "AOL", "TestCodesOfOperators"},
	{"verizon online's anti-spam", asWord, meansOperator, "verizon", "Verizon",
		"shapes/verizon-550.txt"},
	{"verizon.net/whitelist", asWord, meansOperator, "verizon", "Verizon",
		"shapes/verizon-550.txt"},
	{"too many spams from your ip", asWord, meansOperator, "free", "Free",
		"shapes/free-too-many-spams.txt"},
	{"trend micro", asWord, meansOperator, "trendmicro", "", "texts/rbl-plus"},
	{"mail-abuse.com", inPage, meansOperator, "trendmicro", "", "texts/key-trend"},
	{"trendmicro.com", inPage, meansOperator, "trendmicro", "", "TestPagesOfOperators"},
	{"ers-", asCode, meansOperator, "trendmicro", "Trend Micro", "shapes/trendmicro-ers-dul.txt"},
	{"found in qil", asWord, meansOperator, "trendmicro", "Trend Micro", "TestCodesOfOperators"},
	{"proofpoint", asWord, meansOperator, "proofpoint", "", "replies"},
	{"proofpoint.com", inPage, meansOperator, "proofpoint", "", "texts/icloud2"},
	{"symantec.com", inPage, meansOperator, "symantec", "", "replies"},
	{"messagelabs.com", inPage, meansOperator, "symantec", "", "texts/sharepoint"},
	{"mimecast.com", inPage, meansOperator, "mimecast", "Mimecast", "shapes/mimecast-451.txt"},
	{"spamrl.com", inPage, meansOperator, "spamrl", "SpamExperts", "shapes/spamrl-exim-dutch.txt"},
	{"sophos.com", inPage, meansOperator, "sophos", "Sophos", "shapes/sophos-reputation.txt"},
	{"(s3140)", asWord, meansOperator, "outlook", "Outlook.com", "nolist/outlook-s3140.eml"},
	{"(s3150)", asWord, meansOperator, "outlook", "Outlook.com", "texts/outlook-s3150"},
	{"sc-00", asCode, meansOperator, "outlook", "Outlook.com", "shapes/microsoft-sc001.eml"},
	{"dy-00", asCode, meansOperator, "outlook", "Outlook.com", "TestCodesOfOperators"},
	{"ou-00", asCode, meansOperator, "outlook", "Outlook.com", "TestCodesOfOperators"},
	{"rp-00", asCode, meansOperator, "outlook", "Outlook.com", "TestCodesOfOperators"},
	{"network is on our block list", asWord, meansOperator, "outlook", "Outlook.com",
		"shapes/microsoft-sc001.eml"},
	{"rate limited due to ip reputation", asWord, meansOperator, "outlook", "Outlook.com",
		"shapes/microsoft-451-4.7.650-directadmin.txt"},
	{"server busy. please try again later from [", asWord, meansOperator, "microsoft365",
		"Office 365", "texts/o365-451-500"},
	{"banned sending ip", asWord, meansOperator, "microsoft365", "Office 365",
		"nolist/office365-banned.txt"},
	{"banned sender", asWord, meansOperator, "microsoft365", "Office 365", "texts/o365-511"},
	{"traffic not accepted from this ip", asWord, meansOperator, "microsoft365", "Office 365",
		"later/danish-5.7.708.txt"},
	{"fblw", asCode, meansOperator, "microsoft365", "Office 365", "shapes/microsoft-fblw15.eml"},
	{"delist@messaging.microsoft.com", asWord, meansOperator, "microsoft365", "Office 365",
		"shapes/microsoft-fblw15.eml"},
	{"delist.forefront@", asWord, meansOperator, "microsoft365", "Forefront",
		"shapes/microsoft-forefront-zap-gb2312.txt"},
	{"blocklist.zap", inPage, meansOperator, "microsoft365", "Forefront",
		"shapes/microsoft-forefront-zap-gb2312.txt"},
	{"no smtp service ip address is block listed", asWord, meansOperator, "unitedinternet",
		"GMX, WEB.DE", "nolist/gmx-blocklist.txt"},
	{"no smtp service ip address is black listed", asWord, meansOperator, "unitedinternet",
		"GMX, WEB.DE", "replies"},
	{"postmaster.gmx.net", inPage, meansOperator, "unitedinternet", "GMX",
		"shapes/gmx-in-exim-latin1.eml"},
	{"postmaster.gmx.com", inPage, meansOperator, "unitedinternet", "GMX", "TestPagesOfOperators"},
	{"postmaster.web.de", inPage, meansOperator, "unitedinternet", "WEB.DE",
		"shapes/webde-policy-sendmail.txt"},
	{"dnsbl:att", asCode, meansOperator, "att", "AT&T", "replies"},
	{"dnsbl:rbl 521", asWord, meansOperator, "att", "AT&T", "replies"},
	{"abuse_rbl@abuse-att.net", asWord, meansOperator, "att", "AT&T", "replies"},
	{"blocked by ldap:ou=rblmx", asWord, meansOperator, "att", "AT&T", "TestCodesOfOperators"},
	{"deferred - 4.16.", asWord, meansOperator, "yahoo", "Yahoo", "TestCodesOfOperators"},
	{"[tss0", asCode, meansOperator, "yahoo", "Yahoo", "replies"},
	{"[ts0", asCode, meansOperator, "yahoo", "Yahoo", "texts/yahoo-ts03"},
	{"a problem occurred. (ask your postmaster", asWord, meansOperator, "telekom", "T-Online",
		"later/t-online-sendmail.eml"},
	{"none/bad reputation. ask your postmaster", asWord, meansOperator, "telekom", "T-Online",
		"texts/t-online2"},
	{"@rx.t-online.de", asWord, meansOperator, "telekom", "T-Online", "texts/t-online"},
	{"p=unsolicited", asCode, meansOperator, "google", "Gmail", "texts/gmail-5.7.1"},
	{"mail/answer/188131", asWord, meansOperator, "google", "Gmail",
		"shapes/gmail-ip-reputation-mail-log.txt"},
	{"answer=188131", asWord, meansOperator, "google", "Gmail", "shapes/gmail-188131-chinese.txt"},
	{"very low reputation of the sending", asWord, meansOperator, "google", "Gmail",
		"shapes/gmail-ip-reputation-mail-log.txt"},
	{"of unsolicited mail originating from your ip", asWord, meansOperator, "google", "Gmail",
		"TestCodesOfOperators"},
	{"ofr_", asCode, meansOperator, "orange", "Orange", "shapes/orange-ofr-french.eml"},
	{"ofr0", asCode, meansOperator, "orange", "Orange", "TestCodesOfOperators"},
	{"blocked by earthlink", asWord, meansOperator, "earthlink", "EarthLink",
		"shapes/earthlink-550.txt"},
	{"dynamic/zombied/spam ips blocked", asWord, meansOperator, "earthlink", "EarthLink",
		"TestCodesOfOperators"},
	{"elnk", asCode, meansOperator, "earthlink", "EarthLink", "shapes/earthlink-vade-101.txt"},
	{"dt:rbl", asWord, meansOperator, "netease", "163.com", "shapes/netease-dt-rbl.txt"},
	{"hl:rep", asWord, meansOperator, "netease", "163.com", "TestCodesOfOperators"},
	{"mail.yandex.net", inPage, meansOperator, "yandex", "Yandex", "shapes/yandex-russian.txt"},
	{"blocked by spam statistics", asWord, meansOperator, "yandex", "Yandex",
		"TestCodesOfOperators"},
	{"poczta.interia.pl", inPage, meansOperator, "interia", "Interia",
		"shapes/interia-polish.txt"},
}
