// Package bounce finds in a bounce message which address was rejected, and by which lists.
//
// A bounce is any text that quotes what a mail server said when it refused a message: a delivery
// report, a mail with one attached or pasted, a mailbox file, a log, the output of mailq, or the
// reply alone. Reading one takes these steps, each in a file of its own:
//
//   - mime.go: the form. A mail is taken apart, and the text of its parts is decoded. The message
//     that bounced is left out, as it may name any address and list.
//   - unfold.go: parts to lines, and lines to passages. Lines that were folded, or that belong to
//     one reply, are joined. Fields about other servers are left out.
//   - sentence.go: passages to sentences. A sentence knows whether it has a reply (reply.go), what
//     that is about, and which side wrote it.
//   - scan.go: sentences to mentions. Each address and host name is looked up or judged.
//   - mention.go: mentions to roles. The text around an address makes it that of the client that
//     was refused, of the receiver, or of neither.
//   - result.go: roles to a Bounce. The addresses that were said to be rejected count, or else the
//     only one in a refusal. If two come into question, none is guessed.
//
// What programs and operators write is in one table, phrases.go. To teach the package a new mail
// program, put a bounce of it into testdata and its phrases into the table. The sentences of a
// bounce look like this one, which Postfix writes:
//
//	<bob@receiver.example>: host mx.receiver.example[198.51.100.10] said: 554 5.7.1 Service
//	    unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org (in reply to RCPT TO)
//
// "said" makes 198.51.100.10 the receiver, "client host" makes 192.0.2.25 the rejected address, and
// the name of the zone is one of the lists of the caller.
//
// Nothing in a bounce is believed: the result has only addresses, the caller's own lists, and a few
// names of other zones. It does no I/O but for the reader that it is given.
package bounce

import (
	"bytes"
	"errors"
	"io"

	"check_dnsbl/internal/dnsbl"
)

// Read finds in a bounce which address was rejected and which lists it names. lists are those that
// the caller knows. An error is that of the reader, or says that there is no text and what to do.
func Read(r io.Reader, lists []dnsbl.List) (Bounce, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Bounce{}, err
	}
	truncated := len(data) > MaxBytes
	data = data[:min(len(data), MaxBytes)]
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return Bounce{}, errors.New("there is no text in it")
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return Bounce{}, errors.New("this is a file of Outlook's own form (.msg): " +
			"save the mail as text or .eml, or paste its text")
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		return Bounce{}, errors.New("this is compressed (gzip): " +
			"give what zcat makes of it to --bounce -")
	}
	b := read(data, lists, newPhrasebook())
	b.Truncated = truncated
	return b, nil
}

// read reads the bytes of a bounce.
func read(data []byte, lists []dnsbl.List, book *phrasebook) Bounce {
	text, form, more := textOf(data)
	var all []sentence
	for _, p := range passages(text, book) {
		all = append(all, newSentence(p, book))
	}
	sc := newScanner(lists, book)
	sc.scan(all)
	b := sc.result()
	b.Form, b.MoreMails = form, more
	if form == Text {
		b.Form = formOf(all)
	}
	return b
}
