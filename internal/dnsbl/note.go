package dnsbl

// A Note is a remark on a run besides its findings: something that was not checked, or that people
// should know.
type Note struct {
	Code NoteCode // for programs
	Text string   // for people, on one line; names in it may come from the DNS
}

// A NoteCode is a stable code for the topic of a note.
type NoteCode string

// Codes of gaps: something could not be checked, so that the state is never OK.
const (
	LookupFailed     NoteCode = "lookup_failed"      // a query about a host name got no answer
	NameNotFound     NoteCode = "name_not_found"     // or it has no such records
	NoMail           NoteCode = "no_mail"            // a null MX (RFC 7505)
	NotPublic        NoteCode = "not_public"         // a host has only special-purpose addresses
	BadRecord        NoteCode = "bad_record"         // an MX or SPF record that receivers ignore
	TooMany          NoteCode = "too_many"           // mail servers of one domain
	NotCovered       NoteCode = "not_covered"        // no queried list covers the target
	GaveUp           NoteCode = "gave_up"            // no list gave a verdict any more
	OutOfTime        NoteCode = "out_of_time"        // -t
	ReverseDNSFailed NoteCode = "reverse_dns_failed" // --fcrdns
	BounceIncomplete NoteCode = "bounce_incomplete"  // the bounce has more than one run reads
	BounceUnclear    NoteCode = "bounce_unclear"     // or no address that can be checked
	InternalError    NoteCode = "internal_error"
)

// Codes of everything else.
const (
	AboutBounce       NoteCode = "bounce"           // what the bounce says, and what to do about it
	Skipped           NoteCode = "skipped"          // a part of a target is left out on purpose
	FromNAT64         NoteCode = "nat64"            // the IPv4 network of a NAT64 form is checked
	SPFOpen           NoteCode = "spf_open"         // the SPF record lets anyone send
	SPFNothing        NoteCode = "spf_nothing"      // a term of the SPF record allows no address
	ListNotQueried    NoteCode = "list_not_queried" // a list that the user named
	ListMisspelt      NoteCode = "list_misspelt"    // a zone that is close to that of a known list
	FilterUnknown     NoteCode = "filter_unknown"   // no return code of the list matches it
	TwoKeys           NoteCode = "two_keys"         // for one list
	KeyExposed        NoteCode = "key_exposed"      // every user of this host can read it
	OptionIgnored     NoteCode = "option_ignored"   // of check_rbl
	KnownEnded        NoteCode = "known_ended"      // --known: its day is over
	KnownGone         NoteCode = "known_gone"       // --known: the listing is gone
	ResolverAssumed   NoteCode = "resolver_assumed" // resolv.conf has none
	AboutResolver     NoteCode = "resolver"         // what is wrong with it
	CatalogDate       NoteCode = "catalog_date"     // how old the facts about lists are
	RateLimited       NoteCode = "rate_limited"     // lists that were queried slowly
	ReverseDNSSkipped NoteCode = "reverse_dns_skipped"
	Interrupted       NoteCode = "interrupted" // by a signal
)

// Notes returns lines as notes with the same code.
func Notes(code NoteCode, lines ...string) []Note {
	var notes []Note
	for _, line := range lines {
		notes = append(notes, Note{code, line})
	}
	return notes
}

// Texts returns the texts of notes.
func Texts(notes []Note) []string {
	var lines []string
	for _, n := range notes {
		lines = append(lines, n.Text)
	}
	return lines
}
