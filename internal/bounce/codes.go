package bounce

// This file has the stable codes for what a bounce says, and words on its reasons for people.

// A Form is a stable code for the kind of document that a bounce was found in.
type Form string

const (
	Report Form = "delivery_report" // a mail with a part of RFC 3464
	Mail   Form = "mail"
	Log    Form = "log"
	Reply  Form = "smtp_reply" // and nothing else
	Text   Form = "text"

	// Not bounces, but what admins get in the same mailbox.
	Complaint   Form = "complaint"    // RFC 5965 (ARF), XARF, or a report of SpamCop
	NotSpam     Form = "not_spam"     // RFC 6430, the opposite of a complaint
	DMARCReport Form = "dmarc_report" // RFC 7489 (aggregate) or RFC 6591 (failure)
	TLSReport   Form = "tls_report"   // RFC 8460
)

// A Reason is a stable code for what a refusal is about, besides the lists that it names.
type Reason string

const (
	RecipientUnknown Reason = "recipient_unknown"
	MailboxFull      Reason = "mailbox_full" // or disabled
	TooLarge         Reason = "too_large"
	RelayDenied      Reason = "relay_denied"
	Content          Reason = "content"
	RateLimited      Reason = "rate_limited"
	SPF              Reason = "policy_spf"
	DKIM             Reason = "policy_dkim"
	DMARC            Reason = "policy_dmarc"
	SenderRefused    Reason = "sender_refused"   // the address or domain, not the server
	NoPTR            Reason = "no_ptr"           // or one that the receiver does not like
	UnnamedList      Reason = "unnamed_list"     // or a reputation; the bounce has no name
	ResolverRefused  Reason = "resolver_refused" // a list refused a resolver: not a listing
	Temporary        Reason = "temporary"        // every reply is a 4xx
)

// A reasonRow is what a reason says, and the fix.
type reasonRow struct {
	reason Reason
	about  string // "the bounce is about" this
	fix    string // an imperative, or what is true; ends without a full stop
	yields bool   // the words that give it may mean something else if the bounce names a list
}

// reasons has a row for each reason. For a refused resolver, package report has a sentence.
var reasons = [...]reasonRow{
	{RecipientUnknown, "an unknown recipient", "Check the recipient's address", true},
	{MailboxFull, "a full or disabled mailbox", "Ask the recipient", true},
	{TooLarge, "the size of the message", "Send a smaller one", true},
	{RelayDenied, "a recipient that is not the receiver's",
		"Check the recipient's address and your route to it", true},
	{Content, "the content of the message",
		"Look at its text, links and attachments", true},
	{RateLimited, "the number of messages or connections", "Send more slowly", true},
	{SPF, "SPF", "Check the SPF record of the sender's domain", false},
	{DKIM, "DKIM", "Check the signature that your server adds", false},
	{DMARC, "DMARC", "Check SPF and DKIM of the sender's domain", false},
	{SenderRefused, "the sender's address or domain",
		"Ask the recipient to permit it", true},
	{NoPTR, "reverse DNS", "Run check_dnsbl with --fcrdns", false},
	{UnnamedList, "a list that it does not name",
		"Ask the receiver's postmaster which one", false},
	{ResolverRefused, "a resolver that a list refuses, not a listing", "", false},
	{Temporary, "a temporary refusal (4xx)", "Your server will retry", false},
}

// ofRecipient reports whether a reason has nothing to do with the address of the sending server.
func (r Reason) ofRecipient() bool {
	return r == RecipientUnknown || r == MailboxFull || r == TooLarge || r == RelayDenied
}

// isOfFilter reports whether a reason is one that operators of reputation services also give for
// the address.
func (r Reason) isOfFilter() bool { return r == Content || r == RateLimited }

// row returns the row of a reason.
func (r Reason) row() reasonRow {
	for _, row := range reasons {
		if row.reason == r {
			return row
		}
	}
	return reasonRow{}
}

// About returns what a bounce with this reason is about, such as "reverse DNS".
func (r Reason) About() string { return r.row().about }

// Fix returns what to do about a reason as a sentence without a full stop, or "".
func (r Reason) Fix() string { return r.row().fix }

// yieldsToLists reports whether a reason is dropped if the bounce names a list: programs use its
// codes and words for that too.
func (r Reason) yieldsToLists() bool { return r.row().yields }
