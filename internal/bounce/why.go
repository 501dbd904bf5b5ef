package bounce

import "strings"

// A Reason is a stable code for what a refusal is about, if that is not a listing. Text is its sentence.
type Reason string

const (
	RecipientUnknown Reason = "recipient_unknown"
	MailboxFull      Reason = "mailbox_full"
	TooLarge         Reason = "too_large"
	RelayDenied      Reason = "relay_denied"
	SPF              Reason = "policy_spf"
	DKIM             Reason = "policy_dkim"
	DMARC            Reason = "policy_dmarc"
	ReverseDNS       Reason = "reverse_dns"
	Temporary        Reason = "temporary"
)

// Text returns the sentence of a reason.
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

// ofRecipient says whether a refusal has nothing to do with the address of the sender.
func (r Reason) ofRecipient() bool {
	return r == RecipientUnknown || r == MailboxFull || r == TooLarge || r == RelayDenied
}

// whyOf returns what a reply, in lower case, is about, by its code (RFC 3463, RFC 7372) or its words; "" is not known.
func whyOf(reply string) Reason {
	code := enhanced(reply)
	for _, row := range [...]struct {
		why   Reason
		codes []string
		words []string
	}{
		{DMARC, []string{".7.26"}, []string{"dmarc"}},
		{SPF, []string{".7.23", ".7.24"}, []string{"spf "}},
		{DKIM, []string{".7.20", ".7.21", ".7.22"}, []string{"dkim"}},
		{ReverseDNS, []string{".7.25"}, []string{"ptr ", "reverse dns", "reverse hostname", "find your hostname", "rdns"}},
		{RecipientUnknown, []string{".1.0", ".1.1", ".1.2", ".1.3", ".1.6", ".1.10"},
			[]string{"user unknown", "unknown user", "no such user", "no user", "user doesn't exist", "reach does not exist", "recipient does not exist", "user does not exist"}},
		{MailboxFull, []string{".2.1", ".2.2"}, []string{"mailbox full", "over quota", "mailbox is full"}},
		{TooLarge, []string{".2.3", ".3.4"}, nil},
		{RelayDenied, nil, []string{"relay access denied", "relaying denied", "unable to relay"}},
	} {
		for _, tail := range row.codes {
			if len(code) > 1 && code[1:] == tail {
				return row.why
			}
		}
		if containsAny(reply, row.words...) {
			return row.why
		}
	}
	if reply[0] == '4' {
		return Temporary
	}
	return ""
}

// enhanced returns the second code of a reply, such as 5.7.1, or what stands in its place.
func enhanced(reply string) string {
	_, code, _ := strings.Cut(strings.Replace(reply[:min(len(reply), 20)], "-", " ", 1), " ")
	if reply[1] == '.' {
		code = reply
	}
	code, _, _ = strings.Cut(strings.TrimLeft(code, "#(<"), " ")
	code = strings.TrimRight(code, ":;,)>")
	return code
}

// isPolicy says whether a reply has a code with which servers refuse others: 5.7.1 and the like (RFC 3463), or 421 or 5xx alone.
func isPolicy(reply string) bool {
	code := enhanced(reply)
	if len(code) >= len("5.7.1") && isReply(code) && code[1] == '.' {
		return code[2] == '7'
	}
	return reply[0] == '5' || strings.HasPrefix(reply, "421")
}
