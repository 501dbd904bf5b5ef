package bounce

import (
	"slices"
	"strings"
	"testing"
)

// rowTests holds the tests with tables of phrases.
var rowTests = map[string]func(*testing.T){
	"TestBeforeRejected":   TestBeforeRejected,
	"TestAfterRejected":    TestAfterRejected,
	"TestOtherNumbers":     TestOtherNumbers,
	"TestReceivers":        TestReceivers,
	"TestRefusals":         TestRefusals,
	"TestMixedLog":         TestMixedLog,
	"TestOwnFilter":        TestOwnFilter,
	"TestNotTheBounce":     TestNotTheBounce,
	"TestListNames":        TestListNames,
	"TestPagesOfOperators": TestPagesOfOperators,
	"TestForeignKeys":      TestForeignKeys,
	"TestReasons":          TestReasons,
	"TestCodesOfOperators": TestCodesOfOperators,
	"TestLabels":           TestLabels,
}

// rowTexts holds the texts that the tests in this file read, by the name of the test.
var rowTexts = map[string][]string{}

// readText reads a text, and keeps it for TestPhrases.
func readText(t *testing.T, text string) Bounce {
	t.Helper()
	name := t.Name()[strings.LastIndexByte(t.Name(), '/')+1:]
	rowTexts[name] = append(rowTexts[name], text)
	b, err := Read(strings.NewReader(text), allLists())
	if err != nil {
		t.Errorf("%q: %v", text, err)
	}
	return b
}

// reads checks what is read from a text; see short. Most texts have an address too many, and a
// phrase that shows which one that is, or which one is meant.
func reads(t *testing.T, text, want string) {
	t.Helper()
	if got := short(readText(t, text)); got != want {
		t.Errorf("%s\n got %q\nwant %q", text, got, want)
	}
}

// A phrase before one of two addresses shows which one was rejected.
func TestBeforeRejected(t *testing.T) {
	for _, w := range []string{"IP ", "IP=", "IP: ", "IP#", "IP address ", "IP-address: ",
		"your address (", "client host [", "client <", "client address ", "connecting host '",
		"your server ",
		"your host ", "your MX ", "your MTA ", "your mail server ", "the sending server ",
		"the sending MTA ", "because ", "messages from ", "message from ", "mail from ",
		"mails from ", "email from ",
		"RCPT from ", "RCPT from mail.ours.example[", "no connections from ", "no connection from ",
		"nothing is accepted from ", "IP addresses ", "host name ", "hostname: ", "server IP ",
		"sender[",
		"client mail.ours.example [", "a message from mail.ours.example ("} {
		reads(t, "550 5.7.1 we refuse "+w+"192.0.2.25, ask 203.0.113.9", "192.0.2.25")
	}
	reads(t, "550 5.7.1 see https://receiver.example/why?192.0.2.25, ask 203.0.113.9", "192.0.2.25")
	reads(t, "550 5.7.1 see www.receiver.example/192.0.2.25, ask 203.0.113.9", "192.0.2.25")
	reads(t, "2026-11-20 09:14:06 x ** b@r.example H=mx.r.example [198.51.100.10] "+
		"I=[192.0.2.25]:25: 550 5.7.1 no, ask 203.0.113.9", "192.0.2.25")
	for _, w := range []string{"550 ", "550-", "550-5.7.1 ", "554 5.7.1 "} {
		reads(t, w+"192.0.2.25 is bad, ask 203.0.113.9", "192.0.2.25")
	}
	reads(t, "554 5.7.1 chip 192.0.2.25, ask 203.0.113.9", "which?") // no IP
	reads(t, "554 5.7.1 ship-ip 192.0.2.25, ask 203.0.113.9", "192.0.2.25")
}

// So does a phrase after it.
func TestAfterRejected(t *testing.T) {
	for _, w := range []string{" is in our list", " is on our list", "] is listed", ") is blocked",
		" is blacklisted", " is banned", " is not allowed here", " is not permitted",
		" is currently refused", " is temporarily refused",
		" is defined as bad", " was found", " was blocked", " was listed", " has been bad",
		" has a bad name", " has poor manners", " has no name", ":4123 listed", " blacklisted",
		" black listed",
		" blocklisted", " blocked", " found in", " found on", " banned", " defined spam source",
		" temporarily deferred", " in DNSBL", " not allowed to send", " rejected", " refused",
		" denied", " in blacklist", " in blocklist", " in the blocklist", " in the blacklist",
		" on blacklist", " on blocklist", " on RBL", " in RBL"} {
		reads(t, "550 5.7.1 203.0.113.9 says: 192.0.2.25"+w, "192.0.2.25")
	}
}

// Numbers that are not the address of a client are not taken for one.
func TestOtherNumbers(t *testing.T) {
	for _, w := range []string{"Exim 203.0.113.9", "Postfix 203.0.113.9", "Sendmail 203.0.113.9",
		"version 203.0.113.9", "v=203.0.113.9", "build 203.0.113.9", "release 203.0.113.9",
		"Mail Service, Mail Service 203.0.113.9", "Exchange 203.0.113.9",
		"SMTP Server id 203.0.113.9", "OID 203.0.113.9", "[Your DNS IP: 203.0.113.9]",
		"resolver 203.0.113.9", "DNS server 203.0.113.9",
		"Query Refused [203.0.113.9]", "HELO 203.0.113.9", "EHLO [203.0.113.9]", "helo=203.0.113.9",
		"(MailStore 203.0.113.9)", "RFC2821 203.0.113.9", "RFC 2821 section 203.0.113.9", "ip4:203.0.113.9", "ip6:2001:db8::9", "203.0.113.9/24",
		"phone 203.0.113.9", "telephone 203.0.113.9",
		"tel. 203.0.113.9", "+49 30 203.0.113.9", "jane@203.0.113.9", "https://203.0.113.9/",
		"https://check.spamhaus.example/returnc/pub/203.0.113.9",
		"203.0.113.9 (Received header)",
		"<[203.0.113.9]>: Helo command rejected"} {
		want := "192.0.2.25"
		if strings.Contains(w, "/returnc/") {
			want += " refusal"
		}
		reads(t, "550 5.7.1 "+w+", not 192.0.2.25", want)
	}
	reads(t, "550 5.7.1 192.0.2.25/32, not ip4:203.0.113.9", "192.0.2.25")
	reads(t, "550 5.7.1 2001:db8::25/128, not ip4:203.0.113.9", "2001:db8::25")
}

// An address that is the receiver's at one place was not rejected at another.
func TestReceivers(t *testing.T) {
	for _, w := range []string{"relay=198.51.100.10", "relay=mx.r.example[198.51.100.10]",
		"relay=mx.r.example. [198.51.100.10]", "H=mx.r.example [198.51.100.10]",
		" H=[198.51.100.10]", "connect to mx[198.51.100.10]",
		"Connecting to 198.51.100.10", "Connected to 198.51.100.10", "Connection to 198.51.100.10",
		"TLS connection established to mx[198.51.100.10]",
		"lost connection with mx[198.51.100.10]",
		"Giving up on 198.51.100.10", "Trying 198.51.100.10", "delivery via mx[198.51.100.10]",
		"Remote server (198.51.100.10)", "a RemoteMtaIp: 198.51.100.10",
		"192.168.0.1 -> 198.51.100.10",
		"mx[198.51.100.10] said", "mx[198.51.100.10] refused to talk",
		"198.51.100.10 does not like recipient",
		"198.51.100.10 failed after I sent the message", "198.51.100.10 but greeting failed",
		"198.51.100.10 closed by foreign host", "host 198.51.100.10",
		"host mx.r.example [198.51.100.10]", "the server [198.51.100.10]", "mx=198.51.100.10",
		"MTA: 198.51.100.10", "remoteIp = 198.51.100.10",
		"Remote-MTA: dns;mx.r.example (198.51.100.10)", "Remote-MTA: dns; 198.51.100.10"} {
		reads(t, "x "+w+": 554 5.7.1 no 192.0.2.25, says 198.51.100.10", "192.0.2.25")
	}
	reads(t, "Remote-MTA: dns; mx.r.example (198.51.100.10)\n"+
		"Diagnostic-Code: smtp; 554 5.7.1 no 192.0.2.25, says 198.51.100.10", "192.0.2.25")
	reads(t, "554 mx.r.example [198.51.100.10] no 192.0.2.25", "192.0.2.25")
	reads(t, "554-mx.r.example[198.51.100.10] 554 no 192.0.2.25", "192.0.2.25")
	for _, w := range []string{"554 5.7.1 mx.r.example [198.51.100.10] no",
		"554 5.7.1 no, says mx.r.example[198.51.100.10]",
		"554 5.7.1 listed (mx.r.example [198.51.100.10])"} {
		reads(t, w, "which?") // or ours
		reads(t, w+" 192.0.2.25", "which?")
		reads(t, w+" your IP 192.0.2.25", "192.0.2.25")
	}
	reads(t, "554 5.7.1 <mail.ours.example[192.0.2.25]> no", "192.0.2.25")
	for _, w := range []string{"refused", "rejected", "blocked", "denied"} {
		reads(t, "554 5.7.1 "+w+" by 198.51.100.10", "")
	}
}

// These phrases make a refusal of a text without a reply, or of a reply about the recipient.
func TestRefusals(t *testing.T) {
	for _, w := range []string{"listed", "blocked", "black", "banned", "its reputation", "a DNSBL",
		"some RBL", "found in it", "found on it", "that is in it", "that is on it"} {
		reads(t, "Client 192.0.2.25: "+w, "192.0.2.25")
		reads(t, "550 5.1.1 Client 192.0.2.25: "+w, "192.0.2.25")
	}
	for _, w := range []string{"blocked using r.example, ask bob@r.example", "black list", "black-list", "blocklist", "block list", "is listed",
		"its reputation", "a DNSBL", "some RBL"} {
		if b := readText(t, "550 5.7.1 no: "+w); !slices.Equal(b.Reasons, []Reason{UnnamedList}) {
			t.Errorf("%q: %q", w, b.Reasons)
		}
	}
	reads(t, "550 5.1.1 Client 192.0.2.25: graylisted", "")
	for _, w := range []string{"sender <jane@ours.example> is blacklisted",
		"sender address is blacklisted", "sender is on a blacklist"} {
		if b := readText(t, "550 5.7.1 no: "+w); len(b.Reasons) > 0 {
			t.Errorf("%q: %q", w, b.Reasons)
		}
	}
	const names = "Spamhaus zen.spamhaus.org https://www.spamcop.net/bl.shtml?192.0.2.25"
	reads(t, "Client 192.0.2.25: "+names, "")
	reads(t, "550 5.1.1 Client 192.0.2.25: "+names, "")
}

// In a log with refusals by this server and by others, only those by others are read.
func TestMixedLog(t *testing.T) {
	const ours, time = ": 550 5.7.1 client [192.0.2.25]\n", "Nov 20 09:14:06 mail "
	for _, w := range []string{"status=bounced", "status=deferred", "status=undeliverable",
		"x said: x", "x refused to talk to me", "x <-- 550", "a ** b", "a == b", "stat=x", "reply=x"} {
		reads(t, time+w+ours+time+"550 5.7.1 client [203.0.113.9]\n", "192.0.2.25")
	}
	for _, w := range []string{"NOQUEUE:", "/smtpd[1]:", "/smtpd 1 -", "/postscreen[1]:",
		"/dnsblog[1]:", "x --> 550", "courieresmtpd: x", "milter-reject:", "connect from x", "reject=550", "reject=451",
		"rblsmtpd: x", "smtp failed-command", "a,>,550", `a,>,"550`} {
		reads(t, time+"status=bounced"+ours+"\n"+w+" 550 5.7.1 client [203.0.113.9]\n",
			"192.0.2.25")
		reads(t, time+w+" 550 5.7.1 client [203.0.113.9]\n"+
			time+w+" 550 5.7.1 client [203.0.113.10]\n"+
			time+"client [203.0.113.11] listed", "strangers")
	}
	reads(t, time+"NOQUEUE: reject: RCPT from x[203.0.113.9]: 550 5.7.1 no; "+
		"from=<status=bounced@x.example>\n"+time+"status=bounced"+ours, "192.0.2.25")
	const stranger = "2026-11-20 09:14:06 H=x [203.0.113.9] rejected RCPT: listed\n"
	reads(t, stranger+time+"status=bounced"+ours, "192.0.2.25")
	reads(t, stranger+strings.ReplaceAll(stranger, "113.9", "113.10"), "strangers")
	reads(t, stranger+"2026-11-20 09:14:07 x => b@r.example\n", "strangers")
	const any = "550 client 203.0.113.% listed\n"
	three := strings.Replace(time+any, "%", "1", 1) + strings.Replace(time+any, "%", "2", 1)
	reads(t, three, "203.0.113.1 203.0.113.2")
	reads(t, three+strings.Replace(time+any, "%", "3", 1), "strangers")
	const relay = "ruleset=check_relay, arg1=[203.0.113.9], arg2=203.0.113.9, relay=[203.0.113.9], " +
		"reject=554 5.7.1 listed, see 198.51.100.10"
	reads(t, time+relay, "203.0.113.9")
	reads(t, time+"milter-reject: CONNECT from 203.0.113.9: 550 5.7.1 no", "203.0.113.9")
	for _, w := range []string{"web-1  | 2026-11-20T09:14:06Z m ", "<22>1 2026-11-20T09:14:06Z m ",
		"@400000006000000000000000 ", "[09:14:06] ", "Fri 2026-11-20 09:14:06 ", `{"MESSAGE":"`} {
		reads(t, w+"status=bounced"+ours+w+"550 5.7.1 client [203.0.113.9]\n", "192.0.2.25")
	}
}

// A client that the sender's own content filter refused is not the sender.
func TestOwnFilter(t *testing.T) {
	for _, w := range []string{"relay=127.0.0.1[127.0.0.1]:10024", "relay=localhost:11332",
		"host 127.0.0.1[127.0.0.1] said", "host x[::1] said"} {
		reads(t, w+": 554 5.7.1 client [203.0.113.9] listed by bl.spamcop.net", "bl.spamcop.net")
	}
}

// Any page in the domain of an operator means its list.
func TestPagesOfOperators(t *testing.T) {
	for domain, want := range map[string]string{
		"spamcop.net": "bl.spamcop.net", "uceprotect.net": "dnsbl-1.uceprotect.net",
		"psbl.org": "psbl.surriel.com", "barracudacentral.org": "b.barracudacentral.org", "spamrats.com": "all.spamrats.com",
		"junkemailfilter.com": "hostkarma.junkemailfilter.com", "blocklist.de": "bl.blocklist.de",
		"dronebl.org": "dnsbl.dronebl.org", "spameatingmonkey.com": "bl.spameatingmonkey.net",
		"ers.trendmicro.com": "@trendmicro", "postmaster.gmx.com": "@unitedinternet",
	} {
		reads(t, "550 5.7.1 no, see https://wiki."+domain+"/x", want)
	}
}

// The message that bounced is not read, nor the text that follows a reply, nor fields about other
// servers.
func TestNotTheBounce(t *testing.T) {
	const other = "550 5.7.1 client [203.0.113.9] listed by zen.spamhaus.org"
	for _, w := range []string{"Received: from x", "Received: by x", "Return-Path: <>",
		"Received: (qmail 1)", "--- Below this line is a copy of the message.",
		"------ This is a copy of the message, with its headers ------",
		"This is a copy of your message", "   ----- Original message follows -----",
		"  ----- Message header follows -----", "  ----- Unsent message follows -----",
		"Original message headers:",
		"----- Original message -----", "The header of the original message is following",
		"Message headers follow:", "Message header:"} {
		reads(t, "550 5.7.1 client [192.0.2.25]\n\n"+w+"\n"+other, "192.0.2.25")
		// Before the reply it is a quotation.
		reads(t, w+"\n\n550 5.7.1 client [192.0.2.25]", "192.0.2.25")
	}
	for _, w := range []string{"Subject: ", "Received: ", "Received-SPF: ", "Received-From-MTA: ",
		"Authentication-Results: ", "ARC-Authentication-Results: ", "ARC-Seal: ", "X-Any: ",
		"client-ip=203.0.113.8 "} {
		reads(t, "I got this:\n\n"+w+"from a\n  "+other+"\n\n550 5.7.1 client [192.0.2.25]",
			"192.0.2.25")
	}
	reads(t, "550 5.7.1 go away\nOur firewall is 203.0.113.9.", "")
	reads(t, "550 5.7.1 go away\n  192.0.2.25\nOur firewall is 203.0.113.9.", "192.0.2.25")
	reads(t, "550 5.7.1 go away\nOur IP 203.0.113.9 is on no list, but blocked.", "")
	for _, w := range []string{"is not listed", "is not blocked", "is not blacklisted",
		"isn't listed", "isn't blocked", "is no longer listed"} {
		reads(t, "Our IP 203.0.113.9 "+w+".", "")
		// The receiver says it of a client that is not its friend.
		reads(t, "550 5.7.1 your IP 192.0.2.25 "+w+" here.", "192.0.2.25")
	}
	reads(t, "Our IP 203.0.113.9 has no fault, but\n550 5.7.1 blocked", "")
	for _, w := range []string{"client host [%", "connecting host [%", "your address %",
		"your IP %", "your IP address %", "your server %", "sending MTA %", "sending server %",
		"% is listed", "% is blocked",
		"% is blacklisted", "% listed", "% blocked", "% blacklisted", "% banned"} {
		reads(t, "550 5.7.1 go away\n"+strings.Replace(w, "%", "192.0.2.25", 1), "192.0.2.25")
	}
	for _, code := range []string{"451 4.3.0", "451 4.4.1", "550 5.5.0", "5.4.1", "450"} {
		reads(t, code+" no answer from 203.0.113.9", "")
	}
	for _, code := range []string{"451 4.7.1", "550 5.7.1", "5.7.1", "421", "554", "554-", "571"} {
		reads(t, code+" no mail for 192.0.2.25", "192.0.2.25")
	}
	reads(t, "550-5.7.1 go away\n550 5.7.1 192.0.2.25 (in reply to RCPT), then 203.0.113.9",
		"192.0.2.25")
	reads(t, `[{"reason":"550 5.7.1 no 192.0.2.25","source":"203.0.113.9"}]`, "192.0.2.25")
	reads(t, `{"reason":"550 5.7.1 no 192.0.2.25","source":"203.0.113.9"}`, "192.0.2.25")
	reads(t, `They say "550 5.7.1 no 192.0.2.25", I have 203.0.113.9`, "192.0.2.25")
	reads(t, `They say "550 5.7.1 no 192.0.2.25`, "192.0.2.25")
	for _, w := range []string{"(host x", "(connect to x", "(delivery x", "(lost connection",
		"Field:", "<b@r.example>:", `{"a":`} {
		reads(t, "550 5.7.1 no 192.0.2.25\n"+w+" client [203.0.113.9]", "192.0.2.25")
	}
}

// A phrase before a name shows that it is a list, or that something is not on that list.
func TestListNames(t *testing.T) {
	for _, w := range []string{"blocked using", "blocked by", "rejected using", "listed at",
		"listed in", "listed on", "listed by", "blacklisted by", "blacklisted at", "blacklisted in",
		"blacklisted on", "blocklisted by", "blocklisted at", "in the black list at", "in a blacklist at",
		"in the block list at",
		"in a blocklist at", "in blacklist", "in dnsbl", "in RBL (", "in the RBL at",
		"by the lookup site '", "found in"} {
		reads(t, "550 5.7.1 client 192.0.2.25 "+w+" bl.other.example",
			"192.0.2.25 ?bl.other.example")
	}
	for _, w := range []string{"wl.other.example", "list.dnswl.other.example"} {
		reads(t, "550 5.7.1 client 192.0.2.25 is not in a list, only listed in "+w, "192.0.2.25")
	}
	for _, w := range []string{"an RBL on bl.other.example", "refused by rbl2.other.example.",
		"see http://dnsbl.other.example", "bl.other.example blocked 192.0.2.25"} {
		b := readText(t, "550 5.7.1 blocked, "+w)
		if len(b.UnknownZones) != 1 && !strings.Contains(w, "http") {
			t.Errorf("%q: %q", w, b.UnknownZones)
		}
	}
	for _, w := range []string{"not listed in", "isn't listed in", "is not on", "is not in",
		"no longer at"} {
		reads(t, "550 5.7.1 client 192.0.2.25 "+w+" zen.spamhaus.org or SpamCop", "192.0.2.25")
		reads(t, "550 5.7.1 client 192.0.2.25 "+w+" a list of ours; zen.spamhaus.org",
			"192.0.2.25 zen.spamhaus.org")
		reads(t, "550 5.7.1 client 192.0.2.25 "+w+" a list of ours. zen.spamhaus.org",
			"192.0.2.25 zen.spamhaus.org")
	}
	for _, w := range []string{"https://x.example/returnc/pub/", "127.255.255.254",
		"Error: open resolver", "http://uribl.com/refused.shtml", "127.0.0.1 -> Query Refused"} {
		want := "192.0.2.25 refusal"
		if strings.Contains(w, "uribl.com") {
			want = "192.0.2.25 multi.uribl.com refusal"
		}
		reads(t, "550 5.7.1 client 192.0.2.25 "+w, want)
	}
}

// The result has no key of the receiver.
func TestForeignKeys(t *testing.T) {
	for name, want := range map[string]string{
		"ab12cd34ef56.r.mail-abuse.com":            `192.0.2.25 @trendmicro`,
		"multi.s3cr3tk3y.df.uribl.com":             "192.0.2.25 multi.uribl.com",
		"s3cr3t.dq.spamhaus.net":                   "192.0.2.25 zen.spamhaus.org",
		"s3cr3tk3y.invaluement.com":                "192.0.2.25 sip.invaluement.com",
		"s3cr3tk3y.nszones.com":                    "192.0.2.25 ?nszones.com",
		"s3cr3tk3yabcdefg.bl.other.example":        "192.0.2.25 ?KEY.other.example",
		"s3cr3tk3yabcdefg.abc.de":                  "192.0.2.25 ?KEY.abc.de",
		"bl.other.example":                         "192.0.2.25 ?bl.other.example",
		"25.2.0.192.bl.other.example":              "192.0.2.25 ?bl.other.example",
		"spamhaus.other.example, zen.spamhaus.org": "192.0.2.25 zen.spamhaus.org",
	} {
		reads(t, "550 5.7.1 client 192.0.2.25 blocked using "+name, want)
	}
	reads(t, "550 5.7.1 client 192.0.2.25 blocked using a.-b.other.example", "192.0.2.25")
	reads(t, "550 5.7.1 blocked using 26.2.0.192.bl.other.example", "192.0.2.26 ?bl.other.example")
}

// The code or the words of a reply give its reason.
func TestReasons(t *testing.T) {
	for want, replies := range map[Reason][]string{
		RecipientUnknown: {"550 5.1.1 x", "550-5.1.2 x", "550 5.1.3: x",
			"550 #5.1.6 x", "5.1.10 x", "550 user unknown", "550 Unknown user", "550 no such user",
			"550 no user", "550 User doesn't exist", "550 recipient does not exist",
			"550 the account that you tried to reach does not exist",
			"550 user does not exist", "550 invalid recipient", "550 user not found",
			"550 Sorry, no mailbox here by that name. (#5.7.1)", "550 Unrouteable address",
			"550 unknown recipient", "550 recipient unknown", "550 recipient not found",
			"Sorry, I couldn't find any host by that name. (#5.1.2)"},
		MailboxFull: {"550 5.2.1 x", "552 5.2.2 x", "552 mailbox full",
			"552 over quota", "552 the mailbox is full", "552 bob is over the quota",
			"552 quota violation"},
		TooLarge: {"552 5.2.3 x", "552 5.3.4 x", "552 Message size exceeds maximum permitted",
			"552 message too large", "554 message too big"},
		RelayDenied: {"554 5.7.1 Relay access denied", "550 relaying denied",
			"550 unable to relay"},
		Content: {"550 classified as spam", "550 identified as spam", "550 detected as spam",
			"550 considered spam", "554 under suspicion of spam", "550 it looks like spam",
			"554 5.7.1 blocked due to spam content", "550 spam detected", "552 message content",
			"550 virus found", "550 content rejected", "554 unacceptable content",
			"554 Email rejected due to security policies", "554 rejected as spam",
			"554 rejecting banned content", "550 content restrictions", "552 its content presents a risk", "550 illegal attachment"},
		RateLimited: {"550 too many connections", "550 rate limit exceeded",
			"550 too many concurrent sessions", "550 too many messages"},
		SenderRefused: {"550 Administrative prohibition - envelope blocked"},
		SPF:           {"550 5.7.23 x", "550 SPF fail"},
		DKIM:          {"550 5.7.20 x", "550 5.7.21 x", "550 5.7.22 x", "550 bad DKIM"},
		DMARC: {"550 5.7.26 x", "550 5.7.1 DMARC", "550 5.7.26 SPF x", "550 5.7.515 x",
			"550 5.7.509 x"},
		NoPTR: {"550 5.7.25 x", "550 no PTR record", "550 reverse DNS", "550 no rDNS"},
		UnnamedList: {"550 5.7.1 IP 192.0.2.25 is blacklisted", "550 5.1.1 poor reputation",
			"550 5.1.1 IP 192.0.2.25 blocked",
			"550 5.7.1 IP address blacklisted by recipient"},
		Temporary: {"450 4.7.1 x", "421 x", "450 4.2.0 Greylisted"},
		"":        {"550 5.7.1 message blocked", "550 5.1.0 x", "550 5.7.1 x", "554 x", "550 5.11.1 x"},
	} {
		for _, reply := range replies {
			b := readText(t, reply)
			if want == "" && len(b.Reasons) > 0 || want != "" && !slices.Equal(b.Reasons, []Reason{want}) {
				t.Errorf("%q: %q, want %q", reply, b.Reasons, want)
			}
		}
	}
	for reply, want := range map[string][]Reason{
		"452 4.2.2 x":                           {MailboxFull, Temporary},
		"451 4.7.24 x":                          {SPF, Temporary},
		"450 cannot find your reverse hostname": {NoPTR, Temporary},
		"450 cannot find your hostname":         {NoPTR, Temporary},
		"421 too many connections":              {RateLimited, Temporary},
	} {
		if b := readText(t, reply); !slices.Equal(b.Reasons, want) {
			t.Errorf("%q: %q, want %q", reply, b.Reasons, want)
		}
	}
}

// The reply's own code decides whether it is temporary, and nothing that failed is.
func TestTemporary(t *testing.T) {
	const reply = "Diagnostic-Code: smtp; %\nStatus: 4.0.0\n"
	for text, want := range map[string]bool{
		strings.Replace(reply, "%", "554 no", 1):                                false,
		strings.Replace(reply, "%", "571 no", 1):                                false,
		strings.Replace(reply, "%", "451 no", 1):                                true,
		"Action: failed\n" + strings.Replace(reply, "%", "421 no", 1):           false,
		"Action: delayed\n" + strings.Replace(reply, "%", "421 no", 1):          true,
		"relay=mx, dsn=4.0.0, status=deferred (host mx refused: 554-mx 554 no)": false,
		"relay=mx, dsn=4.4.1, status=deferred (connect to mx: timed out)":       true,
		"dsn=4.7.1, size=554, status=deferred (host mx said: 450 4.7.1 no)":     true,
	} {
		if b := readText(t, text); slices.Contains(b.Reasons, Temporary) != want {
			t.Errorf("%q: %q", text, b.Reasons)
		}
	}
}

// The reply that sendmail adds is not that of the other side.
func TestOwnReply(t *testing.T) {
	const theirs = "<<< 550 5.7.1 client [192.0.2.25] listed in zen.spamhaus.org\n"
	const own = "550 5.1.1 <bob@r.example>... User unknown\n"
	for text, want := range map[string]int{
		theirs + own:        0,
		"<<< 550 x\n" + own: 0,
		own:                 1,
		"<<< " + own + own:  1,
	} {
		if b := readText(t, text); len(b.Reasons) != want {
			t.Errorf("%q: %q", text, b.Reasons)
		}
	}
	reads(t, "<<< 550 5.1.1 a User unknown\n"+own+theirs+own, "192.0.2.25 zen.spamhaus.org")
}

// The code of an operator's rule names it, and what the rule looks at.
func TestCodesOfOperators(t *testing.T) {
	for code, want := range map[string]string{
		"BL000001":                       "zen.spamhaus.org @comcast",
		"BL000011":                       "zen.spamhaus.org @comcast @cloudmark",
		"BL000100":                       "bl.score.senderscore.com @comcast",
		"BL000101":                       "zen.spamhaus.org bl.score.senderscore.com @comcast",
		"BL000110":                       "bl.score.senderscore.com @comcast @cloudmark",
		"BL000111":                       "zen.spamhaus.org bl.score.senderscore.com @comcast @cloudmark",
		"BL001000":                       "@comcast @vade",
		"BL001001":                       "zen.spamhaus.org @comcast @vade",
		"ES000010":                       "@comcast",
		"AUP#IPBL0001":                   "zen.spamhaus.org @cox",
		"AUP#IPBL0010":                   "bl.score.senderscore.com @cox",
		"AUP#IPBL0011":                   "zen.spamhaus.org bl.score.senderscore.com @cox",
		"AUP#IPBL0100":                   "sip.invaluement.com @cox",
		"AUP#IPBL0101":                   "zen.spamhaus.org sip.invaluement.com @cox",
		"AUP#IPBL0110":                   "bl.score.senderscore.com sip.invaluement.com @cox",
		"AUP#IPBL0111":                   "zen.spamhaus.org bl.score.senderscore.com sip.invaluement.com @cox",
		"AUP#IPBL1000":                   "@cox @cloudmark",
		"AUP#I-1010":                     "@spectrum",
		"(DYN:T1)":                       "@aol",
		"RP-001":                         "@microsoft",
		"DY-001":                         "@microsoft",
		"OU-002":                         "@microsoft",
		"temporarily deferred - 4.16.50": "@yahoo",
		"OFR004_105":                     "@orange",
		"Sender IP found in QIL":         "@trendmicro",
		"blocked by ldap:ou=rblmx,dc=bellsouth,dc=net":                 "@att",
		"an unusual rate of unsolicited mail originating from your IP": "@google",
		"Dynamic/zombied/spam IPs blocked.":                            "@earthlink",
		"421 HL:REP 163 mx1":                                           "@netease",
		"Blocked by spam statistics":                                   "@yandex",
		"xBL000001 CABL000001 IPBLACK":                                 "",
	} {
		reads(t, "554 5.7.1 no, "+code, want)
	}
}

// The names that admins give to lists in their programs.
func TestLabels(t *testing.T) {
	for level, zone := range map[string]string{"1": "dnsbl-1.uceprotect.net",
		"2": "dnsbl-2.uceprotect.net", "3": "dnsbl-3.uceprotect.net"} {
		for _, label := range []string{"UCEProtect%", "UCEPROTECT-%", "UCEPROTECT-L%",
			"UCEPROTECTL%", "UCEProtect Level %"} {
			reads(t, "550 5.7.1 listed by "+strings.Replace(label, "%", level, 1), zone)
		}
	}
	reads(t, "550 5.7.1 Rejected by Barracuda Central", "b.barracudacentral.org")
	reads(t, "550 5.7.1 Rejected by Backscatterer", "ips.backscatterer.org")
}
