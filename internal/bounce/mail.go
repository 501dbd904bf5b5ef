package bounce

import (
	"bytes"
	"io"
	"iter"
	"strings"

	"github.com/emersion/go-message"
)

// What no bounce has more of.
const (
	mostDepth = 12    // parts within parts
	mostParts = 2_000 // of all depths
	mostMails = 100   // in one file
)

// A mail is what is read of the parts of one.
type mail struct {
	text   strings.Builder
	report bool // it is a delivery report, or has one in it
	parts  int
}

// readText returns the text of a bounce, without the message that bounced where the two can be told apart, and how many more mails there are in
// the file, which were not read.
func readText(data []byte) (text string, form Form, more int) {
	data = bytes.TrimLeft(utf8Of(data), " \t\r\n")
	if !bytes.HasPrefix(data, []byte("From ")) {
		text, form = readMail(data)
		return text, form, 0
	}
	var all strings.Builder
	for one := range mailsOf(data) { // as mbox files have it
		if more++; more > mostMails {
			continue
		}
		one, kind := readMail(one)
		all.WriteString(one + partEnd)
		if form == "" || kind == Report {
			form = kind
		}
	}
	return all.String(), form, max(0, more-mostMails)
}

// mailsOf returns the mails of an mbox, each without its first line.
func mailsOf(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for more := true; more; {
			_, data, _ = bytes.Cut(data, []byte("\n"))
			var one []byte
			if one, data, more = bytes.Cut(data, []byte("\n\nFrom ")); !yield(one) {
				return
			}
		}
	}
}

// readMail returns the text of one mail, or of what is none.
func readMail(data []byte) (string, Form) {
	e, err := message.Read(bytes.NewReader(data))
	if e == nil || err != nil && !readable(err) || !isMail(e) {
		return withoutMarks(string(data)), Text
	}
	var m mail
	m.read(e, 0, false)
	switch text := m.text.String(); {
	case strings.Trim(text, " \t\r\n"+partEnd) == "":
		return withoutMarks(string(data)), Mail
	case m.report:
		return text, Report
	default:
		return text, Mail
	}
}

// withoutMarks returns a text without what marks the end of a part.
func withoutMarks(text string) string { return strings.ReplaceAll(text, partEnd, " ") }

// readable says whether the parts of a mail can be read in spite of an error: charsets are our own affair.
func readable(err error) bool { return message.IsUnknownCharset(err) || message.IsUnknownEncoding(err) }

// isMail says whether what looks like a header is that of a mail.
func isMail(e *message.Entity) bool {
	for _, name := range [...]string{"From", "Received", "Return-Path", "Mime-Version", "Content-Type", "Message-Id"} {
		if e.Header.Has(name) {
			return true
		}
	}
	return false
}

// read adds the text of a part and the parts in it. Those of a report that hold the message that bounced are left out.
func (m *mail) read(e *message.Entity, depth int, inReport bool) {
	if m.parts++; m.parts > mostParts || depth > mostDepth {
		return
	}
	kind, params, _ := e.Header.ContentType()
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		m.readParts(e, depth, kind)
	case kind == "message/rfc822" || kind == "message/global":
		inner, err := message.Read(e.Body)
		if !inReport && inner != nil && (err == nil || readable(err)) {
			m.read(inner, depth+1, false)
		}
	case kind == "message/delivery-status" || kind == "message/global-delivery-status":
		m.report = true
		m.add(textOf(body(e), params["charset"]))
	case kind == "text/rfc822-headers":
	case kind == "text/html":
		m.add(withoutTags(textOf(body(e), params["charset"])))
	case kind == "" || strings.HasPrefix(kind, "text/"):
		m.add(textOf(body(e), params["charset"]))
	}
}

// readParts adds the parts of a multipart of a kind: those of a digest are mails unless they say what else (RFC 2046, 5.1.5).
func (m *mail) readParts(e *message.Entity, depth int, kind string) {
	for parts := e.MultipartReader(); m.parts <= mostParts; {
		part, err := parts.NextPart()
		if part == nil || err != nil && !readable(err) {
			return
		}
		if kind == "multipart/digest" && !part.Header.Has("Content-Type") {
			part.Header.Set("Content-Type", "message/rfc822")
		}
		m.read(part, depth+1, kind == "multipart/report")
	}
}

// body returns what can be read of a part: what is spoilt ends it.
func body(e *message.Entity) []byte {
	text, _ := io.ReadAll(io.LimitReader(e.Body, MaxBytes))
	return text
}

// add adds a text as a paragraph of its own.
func (m *mail) add(text string) {
	m.text.WriteString(withoutMarks(text))
	m.text.WriteString(partEnd)
}
