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

// A Bounce is what a bounce message says. Its lists have at most as many items as stated; the More fields count the rest.
type Bounce struct {
	Form            Form
	Rejected        []netip.Addr // the addresses that the receiver refused, at most 8
	Ambiguous       []netip.Addr // if Rejected is empty: addresses in refusals that may be ours or another server's, at most 8
	NotPublic       []netip.Addr // a refused address that is not on the public Internet (RFC 6890), at most 1
	Zones           []string     // lists that the bounce names, those named by zone first, at most 16
	Operators       []Operator   // operators of lists that nobody else can query, such as Cloudmark
	UnknownZones    []string     // zones that the bounce takes for lists and the caller does not know, "<key>." before those with a key, at most 3
	Reason          Reason       // what the refusal is about, if not a listing; "" if the bounce does not say
	ResolverRefused bool         // a list refused the receiver's resolver: that is no listing
	Inbound         bool         // this is the log of the server that refused
	InboundRefused  int          // how many addresses that server refused, if more than one; Rejected is empty then
	Truncated       bool         // the rest after MaxBytes was not read

	MoreRejected, MoreZones, MoreUnknownZones, MoreMails int
}

// An Operator runs a list that only its own mail servers query.
type Operator struct {
	ID   string // stable, such as "microsoft"
	Name string // of the list, such as "Microsoft's own block list"
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
	found.Form, found.Truncated, found.MoreMails = form, cut, more
	if form == Text {
		found.Form = formOf(all)
	}
	return found, nil
}
