package report

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

const (
	maxBounce    = 1000 // bytes of a line on a bounce
	maxInABounce = 8    // lists that a line names
)

// resolverRefused is what there is to say of a refusal because a list refused the resolver of the
// receiver.
const resolverRefused = "this is not a listing: a list refused the receiver's resolver. " +
	"Tell the receiver's postmaster"

// An unconfirmed refusal is one whose list gives no verdict on the address.
type unconfirmed struct {
	name   string // "Microsoft's own list (5.7.606)", "bl.example (left out by -x)"
	by     bool   // the name is who refused it, not why
	failed bool   // the list was queried and failed
}

// A BounceError is the error of a bounce without an address to check, with the advice what to name
// with -H.
type BounceError struct {
	Read    *bounce.Bounce
	Queried []string // the zones that it names and the check queries
}

func (e *BounceError) Error() string {
	return short(whatToName(e.Read, refusedBy(namesIn(e.Read)), e.Queried))
}

// BounceSummary returns what a bounce says in one line, for an error about something else.
func BounceSummary(b *bounce.Bounce) string { return short(summary(b)) }

// BounceGaps returns what is not checked because the bounce has more than one run reads.
func BounceGaps(b *bounce.Bounce, overridden bool) []dnsbl.Note {
	var gaps []dnsbl.Note
	if !overridden {
		gaps = addressGaps(b)
	}
	if b.MoreZones > 0 {
		const gap = "the bounce names %s. Name them with -l"
		gaps = append(gaps, incomplete(gap, plural(b.MoreZones, "more list")))
	}
	if b.MoreMails > 0 {
		const gap = "the file has %s. Put each in a file of its own"
		gaps = append(gaps, incomplete(gap, plural(b.MoreMails, "more mail")))
	}
	return gaps
}

// incomplete returns a gap because the bounce has more than one run reads.
func incomplete(format string, args ...any) dnsbl.Note {
	return dnsbl.Note{Code: dnsbl.BounceIncomplete, Text: fmt.Sprintf(format, args...)}
}

// addressGaps returns which addresses are not checked, if the user names none. An error says it if
// there is no address to check.
func addressGaps(b *bounce.Bounce) []dnsbl.Note {
	var gaps []dnsbl.Note
	if more := b.MoreRejected + b.MoreComplained; more > 0 {
		const gap = "the bounce names %s. Check them too: -H %s"
		names := strings.Join(texts(b.Further), ",")
		if left := more - len(b.Further); left > 0 {
			names += fmt.Sprintf(" and %d more", left)
		}
		gaps = append(gaps, incomplete(gap, plural(more, "more address"), names))
	}
	named := len(b.Rejected) + len(b.Complained)
	if named > 0 && b.Sourceless > 0 {
		const gap = "%s without a public address of the sender. Name your server with -H"
		noun := "complaint"
		if b.Form == bounce.NotSpam {
			noun = formNoun(b.Form)
		}
		gaps = append(gaps, incomplete(gap, plural(b.Sourceless, noun)))
	}
	names := namesIn(b)
	unclear := len(b.Ambiguous)+len(b.NotPublic)+len(names) > 0
	if named > 0 && len(b.Rejected) == 0 && unclear {
		gaps = append(gaps, dnsbl.Note{
			Code: dnsbl.BounceUnclear, Text: whatToName(b, refusedBy(names), b.Zones),
		})
	}
	return gaps
}

// Refuses reports whether a receiver refused what was checked because of a list that gives no
// verdict on it, so that the check cannot tell whether it is still refused. If the list failed and
// the state is UNKNOWN anyway, that says it all.
func (b *Bounce) Refuses(v *verdict.Verdict) bool {
	return slices.ContainsFunc(b.unconfirmed(v), func(u unconfirmed) bool {
		return !u.failed || v.State != nagiosplugin.UNKNOWN
	})
}

// unconfirmed returns the refusals whose lists give no verdict on what was checked.
func (b *Bounce) unconfirmed(v *verdict.Verdict) []unconfirmed {
	if b == nil || !b.concerns(v) {
		return nil
	}
	var all []unconfirmed
	for _, op := range b.Read.Operators {
		all = append(all, unconfirmed{name: operatorName(op), by: true})
	}
	for i := range b.Named {
		n := &b.Named[i]
		if why := whyUnconfirmed(n, v); why != "" && !b.says(bounce.ResolverRefused) {
			all = append(all, unconfirmed{
				name:   fmt.Sprintf("%s (%s)", n.Zone, why),
				failed: n.List != nil && hasFailed(n.List, v),
			})
		}
	}
	for _, zone := range b.Read.UnknownZones {
		all = append(all, unconfirmed{name: zone})
	}
	if b.says(bounce.UnnamedList) {
		all = append(all, unconfirmed{name: "a list that the bounce does not name"})
	}
	return all
}

// concerns reports whether the bounce is about what was checked, and not about other addresses, or
// only about those that somebody complained about.
func (b *Bounce) concerns(v *verdict.Verdict) bool {
	if !b.Overridden && len(b.Read.Rejected) == 0 && len(b.Read.Complained) > 0 {
		return false
	}
	return !b.Overridden || len(b.Read.Rejected) == 0 ||
		v.Subjects == 1 && slices.Contains(b.Read.Rejected, v.Worst.Subject.Addr)
}

func (b *Bounce) says(reason bounce.Reason) bool {
	return slices.Contains(b.Read.Reasons, reason)
}

// whyUnconfirmed returns why a list that the bounce names does not decide whether the address is
// still refused, or "" if it does, as its listing is in the output or it does not list it any more.
func whyUnconfirmed(n *NamedList, v *verdict.Verdict) string {
	switch {
	case n.List == nil:
		return cmp.Or(n.NotQueried, "left out by -x")
	case n.List.Subjects&v.Worst.Subject.Kind() == 0:
		return "lists " + coveredText(n.List)
	case isCounted(n.List, v):
		return ""
	case slices.ContainsFunc(v.NotCounted, isGroupOf(n.List)):
		return "listed, not counted"
	case hasFailed(n.List, v):
		return "no verdict"
	}
	return ""
}

// isCounted reports whether a listing on a list is in the output among those that count or that the
// user knows of, or the user's filter or weight decides what its answer means.
func isCounted(l *dnsbl.List, v *verdict.Verdict) bool {
	chosen := func(c dnsbl.Choice) bool { return c.Filter != "" || c.Weight != 1 }
	lists := func(t *verdict.Tally) bool { return slices.ContainsFunc(t.Listed, isOf(l)) }
	return slices.ContainsFunc(l.Choices, chosen) ||
		slices.ContainsFunc(v.Listings, lists) || slices.ContainsFunc(v.Known, isGroupOf(l))
}

// hasFailed reports whether a list gave no verdict on a subject.
func hasFailed(l *dnsbl.List, v *verdict.Verdict) bool {
	return slices.ContainsFunc(failedGroups(v), isGroupOf(l))
}

func isGroupOf(l *dnsbl.List) func(verdict.Group) bool {
	return func(g verdict.Group) bool { return g.List == l }
}

// bounceHeadline returns the headline of a check that a bounce led to, or "" if the bounce adds
// nothing to the usual one:
//
//	192.0.2.25 was refused by Microsoft's own list (5.7.606), not on any of 27 public lists
func bounceHeadline(b *Bounce, v *verdict.Verdict) string {
	if b == nil || len(v.Worst.Listed) > 0 || !b.concerns(v) {
		return ""
	}
	refusals := b.unconfirmed(v)
	if v.State == nagiosplugin.WARNING && len(refusals) > 0 {
		kind := "other"
		if refusals[0].by {
			kind = "public"
		}
		line := fmt.Sprintf("%s refused %s, %s",
			b.refusedSubject(v), refusedBy(refusals), absentFrom(v, kind))
		if len(v.Gaps) > 0 {
			line += ", check incomplete"
		}
		return line
	}
	if v.State != nagiosplugin.OK || v.Subjects > 1 {
		return ""
	}
	subject := v.Worst.Subject.String()
	zones := b.expired(v)
	if len(zones) > 0 && len(v.Known) == 0 && !b.says(bounce.ResolverRefused) {
		line := fmt.Sprintf("%s is not on %s any more", subject, text.Join(zones, maxWords))
		if n := v.Worst.Answered - len(zones); n > 0 {
			line += ", nor on " + plural(n, "other list")
		}
		return line + failedText(v)
	}
	about := "the bounce names no list"
	switch {
	case b.Read.Form == bounce.Complaint:
		about = "somebody complained about its mail"
	case b.Read.Form == bounce.NotSpam:
		about = "somebody marked its mail as not spam"
	case len(b.Read.Reasons) > 0:
		about = "the bounce is about " + b.Read.Reasons[0].About()
	case len(b.Named) > 0:
		return ""
	}
	return fmt.Sprintf("%s is %s, %s", subject, absentFrom(v, ""), about)
}

// refusedSubject returns what was refused, as the subject of a sentence. Addresses that somebody
// complained about were not.
func (b *Bounce) refusedSubject(v *verdict.Verdict) string {
	switch refused := len(b.Read.Rejected); {
	case b.Overridden || len(b.Read.Complained) == 0:
		if v.Subjects > 1 {
			return countSubjects(v, v.Subjects) + " were"
		}
		return v.Worst.Subject.String() + " was"
	case refused > 1:
		return plural(refused, "address") + " were"
	}
	return b.Read.Rejected[0].String() + " was"
}

// refusedBy names the first refusal and counts the others: "by Comcast (BL000000) and 1 more".
func refusedBy(refusals []unconfirmed) string {
	if len(refusals) == 0 {
		return ""
	}
	line := "because of " + refusals[0].name
	if refusals[0].by {
		line = "by " + refusals[0].name
	}
	if more := len(refusals) - 1; more > 0 {
		line += fmt.Sprintf(" and %d more", more)
	}
	return line
}

// absentFrom counts the lists that do not list the subject: "not on any of 27 public lists, 2
// failed".
func absentFrom(v *verdict.Verdict, kind string) string {
	if kind != "" {
		kind += " "
	}
	count := fmt.Sprintf("not on any of %d %slists", v.Worst.Answered, kind)
	switch v.Worst.Answered {
	case 0:
		count = fmt.Sprintf("no %slist gave a verdict", kind)
	case 1:
		count = fmt.Sprintf("not listed (1 %slist answered)", kind)
	}
	if n := len(v.Worst.Known); n > 0 {
		count = "on " + plural(n, "list") + " that you know of"
	}
	return count + failedText(v)
}

// alsoRefused returns the end of the headline about listings if a receiver refused the subject
// because of other lists too.
func (b *Bounce) alsoRefused(v *verdict.Verdict) string {
	if by := refusedBy(b.unconfirmed(v)); by != "" && v.Subjects == 1 {
		return ", and mail was refused " + by
	}
	return ""
}

// expired returns the zones of lists that the bounce names and that were proved not to list the
// subject.
func (b *Bounce) expired(v *verdict.Verdict) []string {
	var zones []string
	for i := range b.Named {
		n := &b.Named[i]
		if v.Subjects == 1 && whyUnconfirmed(n, v) == "" && !isCounted(n.List, v) {
			zones = append(zones, n.Zone)
		}
	}
	return zones
}

// lines returns the lines on the bounce after the verdict: what it says, what to do about it and,
// for a check of one subject, what became of the lists that it names. A bounce may be old.
func (b *Bounce) lines(v *verdict.Verdict) []string {
	if b == nil {
		return nil
	}
	first := summary(b.Read)
	if b.Overridden {
		first += ". Only the target of -H was checked"
	}
	lines := append([]string{first}, adviceLines(b.Read)...)
	if v.Subjects == 1 {
		lines = append(lines, b.namedLines(v)...)
	}
	for i, line := range lines {
		lines[i] = short(line)
	}
	return lines
}

// namedLines returns what became of the lists that the bounce names, unless other lines say so.
func (b *Bounce) namedLines(v *verdict.Verdict) []string {
	var lines []string
	for i := range b.Named {
		n, subject := &b.Named[i], v.Worst.Subject
		line, l := "", n.List
		switch {
		case l == nil:
			l, line = notQueriedLine(n)
		case slices.ContainsFunc(v.NotCounted, isGroupOf(l)):
			line = fmt.Sprintf("%s lists %s, but is not counted", n.Zone, subject)
		case hasFailed(l, v):
			line = n.Zone + " gave no verdict"
		}
		pages := pagesText(l, subject)
		if l.Subjects&subject.Kind() == 0 || b.says(bounce.ResolverRefused) {
			pages = ""
		}
		switch {
		case line != "" && pages != "":
			lines = append(lines, line+". "+pages)
		case line != "" && n.List == nil:
			lines = append(lines, line)
		}
	}
	zones := strings.Join(b.expired(v), ", ")
	switch {
	case zones == "":
	case b.says(bounce.ResolverRefused):
		lines = append(lines, fmt.Sprintf("%s is not on %s", v.Worst.Subject, zones))
	case !b.concerns(v):
		lines = append(lines, fmt.Sprintf("%s is not on %s, which the bounce names",
			v.Worst.Subject, zones))
	default:
		const gone = "not on %s any more. The listing has expired, " +
			"or the receiver checked another address or still has it cached"
		lines = append(lines, fmt.Sprintf(gone, zones))
	}
	return lines
}

// notQueriedLine returns a list that is not queried, and the line that says so. The line is "" for
// a retired list, which has one in adviceLines.
func notQueriedLine(n *NamedList) (l *dnsbl.List, line string) {
	found, _ := catalog.Find(n.Zone)
	switch {
	case found.Status == dnsbl.Retired:
		return &found, ""
	case n.NotQueried == "":
		return &found, "not queried: " + n.Zone + ", which -x leaves out"
	case strings.Contains(n.Zone, dnsbl.KeyMark):
		return &found, n.Zone + " cannot be queried without a key"
	}
	return &found, fmt.Sprintf("not queried: %s (%s)", n.Zone, n.NotQueried)
}

// summary returns what a bounce says: which addresses were refused, and because of what.
func summary(b *bounce.Bounce) string {
	label := formNoun(b.Form) + ": "
	switch b.Form {
	case bounce.Complaint:
		return label + "somebody complained about mail from " + addrsText(b) +
			". This is not a bounce"
	case bounce.NotSpam:
		return label + "somebody marked mail from " + addrsText(b) +
			" as not spam. This is not a bounce"
	}
	line := label + refusedText(b)
	operators, zones := operatorNames(b), zoneNames(b)
	if len(operators) > 0 {
		line += " by " + strings.Join(operators, ", ")
	}
	if len(zones) > 0 {
		line += " because of " + strings.Join(zones, ", ")
	}
	if len(operators)+len(zones)+len(b.Reasons) == 0 {
		line += ". It names no list"
	}
	if len(b.Complained) > 0 {
		names := someAddrs(b.Complained, b.MoreComplained)
		line += ". Somebody complained about mail from " + names
	}
	if b.MoreUnknownZones > 0 {
		line += fmt.Sprintf(" (%d more that may be lists are left out)", b.MoreUnknownZones)
	}
	return line
}

// refusedText names the addresses that were refused, or whose mail was, if nothing of the address
// is wrong. In the log of the server that refused, the address is not the user's, and the text
// points that out.
func refusedText(b *bounce.Bounce) string {
	switch {
	case b.InboundRefused > 0:
		const inbound = "the server that wrote it refused %s"
		return fmt.Sprintf(inbound, plural(b.InboundRefused, "address"))
	case len(b.Rejected) == 0:
		return "mail was refused"
	case b.Inbound:
		return fmt.Sprintf("the server that wrote it refused %s", b.Rejected[0])
	case len(operatorNames(b))+len(zoneNames(b)) == 0 && len(b.Reasons) > 0 &&
		!slices.Contains(b.Reasons, bounce.UnnamedList):
		return "mail from " + addrsText(b) + " was refused"
	case len(b.Rejected) == 1:
		return addrsText(b) + " was refused"
	}
	return addrsText(b) + " were refused"
}

// addrsText names the addresses that a bounce is about.
func addrsText(b *bounce.Bounce) string {
	if len(b.Rejected) == 0 {
		return "your server"
	}
	return someAddrs(b.Rejected, b.MoreRejected)
}

// someAddrs names addresses, and counts those that are left out.
func someAddrs(addrs []netip.Addr, more int) string {
	names := strings.Join(texts(addrs), ", ")
	if more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	return names
}

// adviceLines returns what to do about what a bounce says, a line each.
func adviceLines(b *bounce.Bounce) []string {
	var lines []string
	for _, op := range b.Operators {
		line := operatorName(op) + " cannot be queried from outside. "
		if op.Page == "" {
			line += "Ask for removal as the bounce describes"
		} else {
			line += "Removal: " + op.Page
		}
		lines = append(lines, line)
	}
	for _, zone := range b.UnknownZones {
		line := zone + " is not in the catalog"
		if !strings.Contains(zone, dnsbl.KeyMark) && netspace.InDNS(zone) {
			line += ". To query it, use -l " + zone
		}
		lines = append(lines, line)
	}
	for _, zone := range b.Zones {
		if l, _ := catalog.Find(zone); l.Status == dnsbl.Retired {
			const retired = "%s is retired (%s). Tell the receiver's postmaster"
			lines = append(lines, fmt.Sprintf(retired, zone, l.Fate))
		}
	}
	for _, reason := range b.Reasons {
		switch {
		case reason == bounce.ResolverRefused && b.Inbound:
			lines = append(lines, "this is not a listing: a list refused the resolver of the "+
				"server that wrote the log. Give that server a resolver of its own")
		case reason == bounce.ResolverRefused:
			lines = append(lines, resolverRefused)
		default:
			line := "the " + formNoun(b.Form) + " is about " + reason.About()
			lines = append(lines, line+". "+reason.Fix())
		}
	}
	if b.Truncated {
		const first = "only the first %d MB of it were read"
		lines = append(lines, fmt.Sprintf(first, bounce.MaxBytes>>20))
	}
	return lines
}

// formNoun is the everyday word for a document in a form.
func formNoun(form bounce.Form) string {
	switch form {
	case bounce.Log:
		return "log"
	case bounce.Text:
		return "text"
	case bounce.Complaint:
		return "complaint"
	case bounce.DMARCReport:
		return "DMARC report"
	case bounce.TLSReport:
		return "TLS report"
	case bounce.NotSpam:
		return "not-spam report"
	}
	return "bounce"
}

// whatToName returns the advice for a bounce without an address to check, usually what to name with
// -H. By names who refused it, or is "".
func whatToName(b *bounce.Bounce, by string, queried []string) string {
	const address = "Name it: -H YOUR-ADDRESS"
	refused, aside := "was refused", ""
	if by != "" {
		refused, aside = "was refused "+by, " (refused "+by+")"
	}
	switch {
	case b.Form == bounce.DMARCReport || b.Form == bounce.TLSReport:
		return "this is a " + formNoun(b.Form) + ", not a bounce. " +
			"To check an address, use -H YOUR-ADDRESS"
	case b.Form == bounce.Complaint && len(b.NotPublic) == 0:
		return "this complaint about mail does not name the address of your server. " + address
	case b.Form == bounce.NotSpam && len(b.NotPublic) == 0:
		return "this not-spam report does not name the address of your server. " + address
	case b.InboundRefused > 0 && slices.Contains(b.Reasons, bounce.ResolverRefused):
		const log = "a list%s refuses the resolver of the server that wrote this log, " +
			"so that the server refuses good mail. Give it a resolver of its own"
		return fmt.Sprintf(log, strings.Replace(aside, "refused because of ", "", 1))
	case b.InboundRefused > 0:
		const log = "this is the log of a server that refused %s, not a bounce of yours. " +
			"To check an address, use -H YOUR-ADDRESS"
		return fmt.Sprintf(log, plural(b.InboundRefused, "address"))
	case len(b.Ambiguous) == 1:
		const one = "it is not clear whether %s %s. Name the refused address with -H"
		return fmt.Sprintf(one, b.Ambiguous[0], refused)
	case len(b.Ambiguous) > 0:
		const several = "it is not clear which of %s %s. Name it with -H"
		return fmt.Sprintf(several, strings.Join(texts(b.Ambiguous), ", "), refused)
	case len(b.NotPublic) > 0:
		private := b.NotPublic[0]
		const inside = "%s is %s, so the Internet sees another one. " + address
		return fmt.Sprintf(inside, private, netspace.SpecialPurpose(private))
	case len(b.Reasons) > 0 && by == "":
		return noListText(b.Reasons[0])
	}
	for _, zone := range queried {
		if l, _ := catalog.Find(zone); l.Subjects == dnsbl.Domain {
			return "the bounce names no address or domain of yours" + aside +
				". Name it: -H YOUR-ADDRESS or -H domain:YOUR-DOMAIN"
		}
	}
	return "the bounce does not name the address of your server" + aside + ". " + address
}

// noListText returns the advice for a bounce that names neither an address nor a list.
func noListText(reason bounce.Reason) string {
	switch reason {
	case bounce.NoPTR:
		return "the bounce is about reverse DNS, not a list. " +
			"Run check_dnsbl -H YOUR-ADDRESS --fcrdns"
	case bounce.UnnamedList:
		return "the bounce names neither the list nor the address of your server. " +
			"Name the address: -H YOUR-ADDRESS"
	case bounce.ResolverRefused:
		return resolverRefused
	}
	return fmt.Sprintf("the bounce is about %s, not a list. %s", reason.About(), reason.Fix())
}

// namesIn returns who and what a bounce names, if nothing was queried yet.
func namesIn(b *bounce.Bounce) []unconfirmed {
	var all []unconfirmed
	for _, op := range b.Operators {
		all = append(all, unconfirmed{name: operatorName(op), by: true})
	}
	for _, zone := range slices.Concat(b.Zones, b.UnknownZones) {
		all = append(all, unconfirmed{name: zone})
	}
	return all
}

// operatorNames names the operators of a bounce.
func operatorNames(b *bounce.Bounce) []string {
	names := make([]string, len(b.Operators))
	for i, op := range b.Operators {
		names[i] = operatorName(op)
	}
	return names
}

// zoneNames names the lists of a bounce, the first few of many: lists of the catalog, then zones
// that may be lists.
func zoneNames(b *bounce.Bounce) []string {
	var names []string
	for _, zone := range b.Zones {
		names = append(names, catalogName(zone))
	}
	names = append(names, b.UnknownZones...)
	if more := len(names) - maxInABounce + b.MoreZones; more > 0 && len(names) >= maxInABounce {
		names = append(names[:maxInABounce], fmt.Sprintf("and %d more", more))
	}
	return names
}

// operatorName names an operator and the rule that refused: "Microsoft's own list (5.7.606)".
func operatorName(op bounce.Operator) string {
	if op.Code == "" {
		return op.Name
	}
	return fmt.Sprintf("%s (%s)", op.Name, op.Code)
}

// catalogName names a list of the catalog: "bl.spamcop.net (SpamCop Blocking List)".
func catalogName(zone string) string {
	l, _ := catalog.Find(zone)
	return fmt.Sprintf("%s (%s)", l.Zone, l.Name)
}

// short makes a line on a bounce fit to be shown. The zones that the catalog does not know are
// foreign text, which may hold a key.
func short(line string) string { return text.Short(catalog.Mask(line), maxBounce) }

// texts returns addresses as strings.
func texts(addrs []netip.Addr) []string {
	words := make([]string, len(addrs))
	for i, addr := range addrs {
		words[i] = addr.String()
	}
	return words
}
