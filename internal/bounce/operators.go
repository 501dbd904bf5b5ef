package bounce

// An Operator has a private list or reputation service: only its own mail servers or customers can
// query it.
type Operator struct {
	ID   string // a stable code, such as "microsoft"
	Name string // who refused, such as "Microsoft's own list" or "Comcast"
	Page string // its postmaster or removal page; "" if no public source gives one
	Code string // what the reply has to say which rule refused, such as "S3150", or ""
}

// An operatorRow is an operator in the table below.
type operatorRow struct {
	key      string // what phrases call it: the ID, or one of several lists of the same operator
	operator Operator
	source   string // a public page that gives the page and the replies
}

// operators holds the operators that phrases.go knows by their replies.
var operators = [...]operatorRow{
	{"aol", Operator{ID: "aol", Name: "AOL's own list"},
		"postmaster.aol.com/errors: RTR, RLY and DYN blocks; the pages are gone"},
	{"att", Operator{ID: "att", Name: "AT&T's own list"},
		"rbl.att.net/block_enduser.html: 521 is blocked; the reply has a mail address"},
	{"cisco", Operator{ID: "cisco", Name: "Cisco Talos", Page: "https://talosintelligence.com/"},
		"community.cisco.com: the reply is of a poor SenderBase reputation"},
	{"cloudmark", Operator{ID: "cloudmark", Name: "Cloudmark",
		Page: "https://csi.cloudmark.com/reset-request/"},
		"postmaster.orange.fr has the page among the lists to look at"},
	{"comcast", Operator{ID: "comcast", Name: "Comcast", Page: "https://postmaster.comcast.net/"},
		"postmaster.comcast.net/mail-error-codes.html"},
	{"cox", Operator{ID: "cox", Name: "Cox",
		Page: "https://www.cox.com/business/support/cox-postmaster-administration.html"},
		"postmaster.cox.net/confluence/display/postmaster/Error+Codes"},
	{"earthlink", Operator{ID: "earthlink", Name: "EarthLink",
		Page: "https://postmaster-earthlink.vadesecure.com/inbound_error_codes"},
		"the page, and support.earthlink.net/articles/email/email-blocked-by-earthlink.php"},
	{"free", Operator{ID: "free", Name: "Free's own list", Page: "http://postmaster.free.fr/"},
		"the page"},
	{"google", Operator{ID: "google", Name: "Gmail's own reputation system",
		Page: "https://support.google.com/mail/answer/81126"},
		"replies of Gmail, listed in smtp.codes/google"},
	{"interia", Operator{ID: "interia", Name: "Interia's own list",
		Page: "http://pomoc.poczta.interia.pl/antispam,ip,ip_serwera"}, "the page"},
	{"microsoft365", Operator{ID: "microsoft", Name: "Microsoft's own list",
		Page: "https://sender.office.com/"},
		"learn.microsoft.com: use the delist portal; 5.7.606 to 5.7.649, 5.7.511"},
	{"mimecast", Operator{ID: "mimecast", Name: "Mimecast"},
		"Mimecast SMTP error codes: only the receiver, its customer, can have it changed"},
	{"netease", Operator{ID: "netease", Name: "NetEase's own list"},
		"error codes of 163.com: 450 DT:RBL, 421 HL:REP"},
	{"orange", Operator{ID: "orange", Name: "Orange", Page: "https://postmaster.orange.fr"},
		"the page, and postmastery.com/orange-postmaster-smtp-error-codes-ofr"},
	{"outlook", Operator{ID: "microsoft", Name: "Microsoft's own list",
		Page: "http://go.microsoft.com/fwlink/?LinkID=614866"},
		"docs.hetzner.com: Microsoft Blacklist; virtbiz.com has the form"},
	{"proofpoint", Operator{ID: "proofpoint", Name: "Proofpoint",
		Page: "https://ipcheck.proofpoint.com/"}, "replies of Proofpoint have the page"},
	{"sophos", Operator{ID: "sophos", Name: "SophosLabs",
		Page: "http://www.sophos.com/security/ip-reputation-policy.html"}, "the page"},
	{"spamrl", Operator{ID: "spamrl", Name: "SpamRL", Page: "https://www.spamrl.com/"},
		"the page"},
	{"spectrum", Operator{ID: "spectrum", Name: "Spectrum",
		Page: "https://www.spectrum.net/support/internet/understanding-email-error-codes"},
		"replies of Spectrum have the page"},
	{"symantec", Operator{ID: "symantec", Name: "Symantec",
		Page: "https://ipremoval.sms.symantec.com/"}, "replies of Symantec have the page"},
	{"telekom", Operator{ID: "telekom", Name: "T-Online's own list",
		Page: "https://postmaster.t-online.de/"},
		"the page; replies have tosa@, toda@ or tobr@rx.t-online.de"},
	{"trendmicro", Operator{ID: "trendmicro", Name: "Trend Micro",
		Page: "https://ers.trendmicro.com/reputations"},
		"helpcenter.mithi.com has the page; success.trendmicro.com/en-US/solution/KA-0001346"},
	{"unitedinternet", Operator{ID: "unitedinternet", Name: "GMX's and WEB.DE's own list",
		Page: "https://postmaster.gmx.com/en/contact"},
		"postmaster.gmx.com/en/error-messages, smtp.codes/unitedinternet"},
	{"vade", Operator{ID: "vade", Name: "Vade"},
		"postmaster-oxsus.vadesecure.com, postmaster-earthlink.vadesecure.com: codes ..._101"},
	{"verizon", Operator{ID: "verizon", Name: "Verizon's own list"},
		"verizon.com/support/.../blocked+email; its mail is AOL's now, the form is gone"},
	{"yahoo", Operator{ID: "yahoo", Name: "Yahoo's own list",
		Page: "https://senders.yahooinc.com/smtp-error-codes/"},
		"community.fortinet.com names the page; replies with [TSS04] and others"},
	{"yandex", Operator{ID: "yandex", Name: "Yandex's own list",
		Page: "https://yandex.com/support/mail/bounces/yandex/" +
			"message-rejected-under-suspicion-of-spam.html"}, "the page"},
}

// findOperator returns the operator that phrases call key, or an empty one.
func findOperator(key string) Operator {
	for _, row := range operators {
		if row.key == key {
			return row.operator
		}
	}
	return Operator{}
}
