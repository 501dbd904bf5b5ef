package bounce

import (
	"net/netip"
	"strings"

	"github.com/emersion/go-message"
)

// This file reads what admins subscribe to so that they learn of spam first: complaints of users.
// Feedback loops send them in the Abuse Reporting Format (ARF, RFC 5965), others as XARF, and
// SpamCop as plain mails. Each has the message complained about attached, which may name any
// address, so that only the field with the source counts.

// A document is the text of a mail, of a file that is not a mail, or of one of several complaints
// in a mail.
type document struct {
	text string
	form Form
}

// isComplaint reports whether the header is that of a complaint without a part of RFC 5965.
func isComplaint(h *message.Header) bool {
	from, subject := strings.ToLower(h.Get("From")), strings.ToLower(h.Get("Subject"))
	return h.Has("X-Arf") || h.Has("X-Xarf") ||
		strings.Contains(from, "@reports.spamcop.net") ||
		strings.HasPrefix(subject, "[spamcop (") ||
		strings.HasPrefix(subject, "complaint about message from ") // Microsoft's JMRP
}

// formOfAggregate returns the form of a report about the mail of a day, by the header of the mail,
// or "" of other mails. The two kinds have the same subject (RFC 7489 section 7.2.1.1, RFC 8460
// section 5.3).
func formOfAggregate(h *message.Header) Form {
	switch kind, params, _ := h.ContentType(); {
	case h.Has("TLS-Report-Domain"), isTLSReport(kind), params["report-type"] == "tlsrpt":
		return TLSReport
	case strings.HasPrefix(strings.ToLower(h.Get("Subject")), "report domain:"):
		return DMARCReport
	}
	return ""
}

// isTLSReport reports whether a part is the file of a TLS report (RFC 8460 section 6.4).
func isTLSReport(kind string) bool { return strings.HasPrefix(kind, "application/tlsrpt") }

// isDMARCFile reports whether a part is the file of an aggregate report, which has a name such as
// receiver.example!ours.example!1763596800!1763683199.xml.gz.
func isDMARCFile(kind string, e *message.Entity) bool {
	_, params, _ := e.Header.ContentDisposition()
	name := params["filename"]
	if _, params, _ = e.Header.ContentType(); name == "" {
		name = params["name"]
	}
	return strings.Count(name, "!") >= 3 &&
		(strings.HasSuffix(kind, "xml") || strings.Contains(kind, "zip"))
}

// formOfFeedback returns the form of a part of RFC 5965. DMARC uses it for failure reports (RFC
// 6591).
func formOfFeedback(text string) Form {
	switch kind := field(text, "feedback-type"); {
	case strings.HasPrefix(kind, "auth-failure"):
		return DMARCReport
	case strings.HasPrefix(kind, "not-spam"):
		return NotSpam
	}
	return Complaint
}

// finalForm returns the form of a document. Somebody may have pasted the fields of a complaint, or
// saved a report without the mail around it.
func (d *document) finalForm() Form {
	head := strings.ToLower(d.text[:min(len(d.text), 4096)])
	switch {
	case d.form != Mail && d.form != Text:
	case field(head, "feedback-type") != "":
		return formOfFeedback(head)
	case strings.Contains(head, "<policy_published>"):
		return DMARCReport
	case strings.Contains(head, `"xarf_version"`), field(head, "reported-from") != "":
		return Complaint
	}
	return d.form
}

// sourceOf returns the address of the mail that a complaint is about.
func sourceOf(text string) (netip.Addr, bool) {
	for _, name := range [...]string{
		"source-ip", "source", "source_identifier", // RFC 5965, XARF 0.1 and 4
	} {
		if addr, err := netip.ParseAddr(field(text, name)); err == nil {
			return addr.Unmap(), true
		}
	}
	for _, before := range [...]string{
		"[spamcop (", "complaint about message from ", "email from ",
	} {
		_, rest, _ := strings.Cut(strings.ToLower(text[:min(len(text), 4096)]), before)
		end := strings.IndexAny(rest+" ", " )\r\n")
		if addr, err := netip.ParseAddr(rest[:min(end, len(rest))]); err == nil {
			return addr.Unmap(), true
		}
	}
	return netip.Addr{}, false
}

// field returns the value of a field at the beginning of a line in lower case, or "". The fields of
// JSON have quotation marks and commas, which are left out.
func field(text, name string) string {
	const marks = " \t\r\n\"',{"
	for line := range strings.Lines(text) {
		key, value, found := strings.Cut(strings.TrimLeft(line, marks), ":")
		if found && len(key) <= len(name)+1 && strings.Trim(strings.ToLower(key), marks) == name {
			return strings.Trim(strings.ToLower(value), marks)
		}
	}
	return ""
}
