// Package bounce finds in a bounce message which address was rejected, and by which lists.
//
// A bounce is any text that quotes what a mail server said when it refused a message: a delivery
// report, a mail with one attached or pasted, a mailbox file, a log, the output of mailq, or the
// reply alone. Reading one takes these steps, each in its own file:
//
//   - mime.go: form and parts. A mail is split into its parts, and their text is decoded. The
//     message that bounced is left out, because it may name any address and list.
//   - complaint.go: complaints about mail (RFC 5965 and others) and DMARC reports, which are
//     not bounces. Only the source of a complaint counts, and the other steps are left out. A
//     mailbox may have both bounces and complaints.
//   - unfold.go: lines and passages. Lines that were folded, or that belong to one reply, are
//     joined. Fields about other servers are left out.
//   - sentence.go: sentences. A sentence is a passage and what is known about it as a whole: the
//     reply in it (reply.go), its reason, and which server refused the message.
//   - scan.go: mentions. Each address and each host name in a sentence is found, and host names
//     are compared with the zones and lookup pages of lists.
//   - mention.go: roles. The text around an address decides whether it is the address of the
//     client, which was refused, of the receiver, or neither.
//   - result.go: the Bounce. If the text names the rejected addresses, these count, or else
//     the only address in a refusal. If there are two, the package does not guess.
//
// All wording is in one table, phrases.go, and operators.go has the operators of private lists. The
// code only knows positions and formats. To teach the package a new mail program, put a bounce of
// it into testdata and its phrases into the table. An example, as Postfix writes it:
//
//	<bob@receiver.example>: host mx.receiver.example[198.51.100.10] said: 554 5.7.1 Service
//	    unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org (in reply to RCPT TO)
//
// The two lines are one sentence. In it, "said" makes 198.51.100.10 the receiver, "Client host"
// makes 192.0.2.25 the rejected address, and zen.spamhaus.org is the zone of a list.
//
// A bounce is foreign text. So the result has no text from it: only addresses, lists that the
// caller knows, and the names of a few unknown zones. The package opens no files and no sockets.
package bounce

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// Read reads at most MaxBytes of a bounce, and finds the rejected address and the names of lists. A
// list that is not in lists is an unknown zone. Besides errors of the reader, Read returns an error
// if there is no text to read, with the advice what to do about it.
func Read(r io.Reader, lists []dnsbl.List) (Bounce, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Bounce{}, err
	}
	truncated := len(data) > MaxBytes
	data = data[:min(len(data), MaxBytes)]
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return Bounce{}, errors.New("it is empty")
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return Bounce{}, errors.New("this is a file of Outlook's own form (.msg): " +
			"save the mail as text or .eml, or paste its text")
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		return Bounce{}, errors.New("this is compressed (gzip): " +
			"give what zcat makes of it to --bounce -")
	}
	b := read(data, lists, newPhrasebook(phrases[:]))
	b.Truncated = truncated
	return b, nil
}

// read reads the bytes of a bounce, in the steps that the package comment describes.
func read(data []byte, lists []dnsbl.List, book *phrasebook) Bounce {
	docs, more := documentsOf(data)
	var texts, complaints, notSpam []string
	var form Form
	for i := range docs {
		switch f := docs[i].finalForm(); f {
		case Complaint:
			complaints = append(complaints, docs[i].text)
		case NotSpam:
			notSpam = append(notSpam, docs[i].text)
		case DMARCReport, TLSReport: // about many addresses, most of them not the reader's
			if form == "" {
				form = f
			}
		default:
			if len(texts) == 0 || form != Report {
				form = f
			}
			texts = append(texts, docs[i].text)
		}
	}
	b := Bounce{Form: form}
	if len(texts) > 0 {
		b = readBounces(strings.Join(texts, partEnd), form, lists, book)
	}
	switch {
	case len(complaints) > 0:
		b.addComplaints(Complaint, complaints)
	case b.refusesNothing():
		b.addComplaints(NotSpam, notSpam)
	}
	b.MoreMails = more
	return b
}

// readBounces reads the text of bounces.
func readBounces(text string, form Form, lists []dnsbl.List, book *phrasebook) Bounce {
	parts := passages(text, book)
	all := make([]sentence, len(parts))
	for i, p := range parts {
		all[i] = newSentence(p, book)
	}
	sc := newScanner(lists, book)
	sc.scan(all)
	b := sc.result()
	b.Form = form
	if form == Text {
		b.Form = formOf(all)
	}
	if b.Form == Log && sc.direction == unknown && len(b.Rejected) >= manyStrangers {
		b.toStrangers()
	}
	return b
}
