// Package bounce finds in a bounce message which address was rejected, and by which lists. It does no I/O beyond its reader, and
// believes nothing that it reads: what comes out are addresses of the Internet and zones of lists that the caller knows.
package bounce

import (
	"bytes"
	"errors"
	"io"
	"net/netip"

	"check_dnsbl/internal/dnsbl"
)

const (
	// MaxBytes is how much of a bounce is read: mail systems return less than they take.
	MaxBytes = 10 << 20

	mostAddrs     = 8
	mostZones     = 16
	mostStrangers = 3
	mostCounted   = 100 // strangers
)

// A Bounce is what was read of one.
type Bounce struct {
	Form      Form
	Rejected  []netip.Addr // the addresses that were refused, at most 8: as the text says so, or else the one in its refusals
	Unsaid    []netip.Addr // those in refusals, if nothing says which of them was refused, or that the only one was; at most 8
	Private   []netip.Addr // what was refused, if the Internet does not see it; at most 1
	Zones     []string     // of the lists that the text names, those named by zone first; at most 16
	Names     []string     // what it names instead that is no list of the caller's, such as "Cloudmark"
	Strangers []string     // zones that it names as lists, but the caller does not know, <key> before those with a key; at most 3
	Why       Why          // what the refusal is about, as it says itself; "" if it does not
	Refusal   bool         // it has the words of a list that refused the receiver's resolver, which lists nobody
	Inbound   bool         // it is the log of the server that refused
	Strange   int          // how many addresses that server refused, if more than one: then none is Rejected
	Cut       bool         // there was more than MaxBytes, which was not read

	MoreRejected, MoreZones, MoreStrangers, MoreMails int // how many more there are
}

// Form says what a bounce looks like.
type Form string

const (
	Report Form = "a delivery report (RFC 3464)"
	Mail   Form = "a mail"
	Log    Form = "a log"
	Reply  Form = "an SMTP reply"
	Text   Form = "a text"
)

// Read finds in a bounce what it names of lists, and the address that was rejected. A mail is read as such, and anything else as text;
// of more than MaxBytes only the first are read. Its errors are those of the reader, and that there is nothing to read.
func Read(r io.Reader, lists []dnsbl.List) (Bounce, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Bounce{}, err
	}
	cut := len(data) > MaxBytes
	data = data[:min(len(data), MaxBytes)]
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return Bounce{}, errors.New("there is no text in it")
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return Bounce{}, errors.New("this is a file of Outlook's own form (.msg): save the mail as text or .eml, or paste its text")
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		return Bounce{}, errors.New("this is compressed (gzip): give what zcat makes of it to --bounce -")
	}
	text, form, more := readText(data)
	f, all := newFinder(lists), statements(text)
	f.read(all)
	found := f.bounce()
	found.Form, found.Cut, found.MoreMails = form, cut, more
	if form == Text {
		found.Form = formOf(all)
	}
	return found, nil
}
