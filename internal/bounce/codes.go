package bounce

// This file has the stable codes for what a bounce says, and the sentences for people.

// A Form is a stable code for the kind of document that a bounce was found in.
type Form string

const (
	Report Form = "delivery_report" // a mail with a part of RFC 3464
	Mail   Form = "mail"
	Log    Form = "log"
	Reply  Form = "smtp_reply" // and nothing else
	Text   Form = "text"
)

// Text returns a form in words, such as "an SMTP reply".
func (f Form) Text() string {
	switch f {
	case Report:
		return "a delivery report (RFC 3464)"
	case Mail:
		return "a mail"
	case Log:
		return "a log"
	case Reply:
		return "an SMTP reply"
	}
	return "a text"
}

// A PrivateList is a list that only the mail servers of its operator can query.
type PrivateList struct {
	ID   string // a stable code, such as "microsoft"
	Name string // of the list, such as "Microsoft's own block list"
}

// A Reason is a stable code for what a refusal is about, if that is not a listing.
type Reason string

const (
	RecipientUnknown Reason = "recipient_unknown"
	MailboxFull      Reason = "mailbox_full" // or disabled
	TooLarge         Reason = "too_large"
	RelayDenied      Reason = "relay_denied"
	SPF              Reason = "policy_spf"
	DKIM             Reason = "policy_dkim"
	DMARC            Reason = "policy_dmarc"
	ReverseDNS       Reason = "reverse_dns"
	Temporary        Reason = "temporary"
)

// ofRecipient reports whether a refusal has nothing to do with the address of the sending server.
func (r Reason) ofRecipient() bool {
	return r == RecipientUnknown || r == MailboxFull || r == TooLarge || r == RelayDenied
}

// Text returns a reason in words, such as "it is temporary (4xx): the queue tries again".
func (r Reason) Text() string {
	switch r {
	case RecipientUnknown:
		return "the recipient does not exist, which is no listing"
	case MailboxFull:
		return "the mailbox of the recipient is full or disabled, which is no listing"
	case TooLarge:
		return "the message is too large, which is no listing"
	case RelayDenied:
		return "the receiver does not take mail for the recipient from you, which is no listing"
	case SPF:
		return "it is about SPF, which is no listing: see the SPF record of the sender's domain"
	case DKIM:
		return "it is about DKIM, which is no listing: see the signature of your server"
	case DMARC:
		return "it is about DMARC, which is no listing: see SPF and DKIM of the sender's domain"
	case ReverseDNS:
		return "it is about the name of your server, which is no listing: --fcrdns checks it"
	case Temporary:
		return "it is temporary (4xx): the queue tries again"
	}
	return ""
}
