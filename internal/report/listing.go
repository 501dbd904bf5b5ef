package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// A fact is one thing that an admin wants to know of a listing.
type fact struct {
	label, text string
	command     bool // to be typed as it is
}

// facts are all there is to know of a listing, in the order in which it is needed. What is not known is left out.
func facts(f *dnsbl.Finding, began time.Time) []fact {
	l := f.List
	known := []fact{{label: "code", text: codes(f)}}
	add := func(label, text string) {
		if text != "" {
			known = append(known, fact{label: label, text: text})
		}
	}
	add("in plain words", byCode(f, "", plainOf))
	add("asked", pathText(f))
	for _, reason := range reasons(f) {
		add("reason", reason)
	}
	add("an entry covers", byCode(f, l.Scope, scopeOf))
	add("how to get off", byCode(f, l.Delisting, leavesOf))
	if l.PaidRemoval {
		add("removal for money", "the operator sells it: do not pay")
	}
	add("page", page(l.URL, f.Subject))
	add("removal", page(l.Removal, f.Subject))
	if until := keptUntil(f, began); !until.IsZero() {
		add("recheck", fmt.Sprintf("after %s: until then the resolver keeps this answer", clock(until, began)))
	}
	if command := dig(f); command != "" {
		known = append(known, fact{"see for yourself", command, true})
	}
	return known
}

// groundsText says for what sort of reason a list carries what it lists, "" where nothing is known of the list.
func groundsText(f *dnsbl.Finding) string {
	switch {
	case f.PolicyOnly():
		return "as a matter of policy, not for abuse"
	case f.List.Name == "":
		return ""
	}
	return "on evidence, not mere policy"
}

func unconfirmedText(f *dnsbl.Finding) string {
	return fmt.Sprintf("unconfirmed: its test entry that must not be listed gave no clear answer (%s)", causeText(f))
}

// pathText tells by which path a listing was found, where that was not just through the resolver.
func pathText(f *dnsbl.Finding) string {
	switch {
	case f.Direct && (f.Other == nil || f.Other.Outcome == dnsbl.Failed): // why is told of all such lists together
		return fmt.Sprintf("directly, its name server %s", f.Server.Addr())
	case f.Direct:
		return fmt.Sprintf("directly, its name server %s; through the resolver: %s", f.Server.Addr(), outcome(f.Other))
	case f.Other != nil && f.Other.Outcome != dnsbl.Failed:
		return "through the resolver; directly: " + outcome(f.Other)
	}
	return ""
}

func plainOf(c dnsbl.Code) string { return c.Plain }

func scopeOf(c dnsbl.Code) string { return c.Scope }

func leavesOf(c dnsbl.Code) string { return c.Delisting }

// byCode tells what the table says of the codes that make a listing, those together of which it says the same: "SBL, DROP: ranges too; CSS:
// a single address". Where it says nothing of any code of the list, it is the same for all of them.
func byCode(f *dnsbl.Finding, ofAll string, text func(dnsbl.Code) string) string {
	if !slices.ContainsFunc(f.List.Codes, func(c dnsbl.Code) bool { return text(c) != "" }) {
		return ofAll
	}
	said := func(meaning *string) string { return text(f.List.Row(*meaning)) }
	known := slices.DeleteFunc(meanings(f.Matched), func(meaning string) bool { return said(&meaning) == "" })
	texts, by := together(known, said)
	for i, text := range texts {
		texts[i] = strings.Join(by[text], ", ") + ": " + text
	}
	return strings.Join(texts, "; ")
}

// reasons are the operator's words on a listing, cleaned.
func reasons(f *dnsbl.Finding) []string {
	if f.Evidence == nil {
		return nil
	}
	words := f.Reasons()
	words = words[:min(verdict.MaxReasons, len(words))]
	for i, word := range words {
		words[i] = text.Short(f.List.Mask(word), maxReason)
	}
	return words
}

// pagesText tells where people can look up a subject on a list and ask for its removal, and how
// listings end; "" where nothing is known.
func pagesText(l *dnsbl.List, s dnsbl.Subject) string {
	var parts []string
	for _, p := range []fact{{label: "page", text: page(l.URL, s)}, {label: "removal", text: page(l.Removal, s)}, {label: "how to get off", text: l.Delisting}} {
		if p.text != "" {
			parts = append(parts, p.label+": "+p.text)
		}
	}
	return strings.Join(parts, "; ")
}

// page fills the subject into the address of a list's page.
func page(url string, s dnsbl.Subject) string {
	return strings.NewReplacer("{ip}", s.String(), "{domain}", s.String()).Replace(url)
}

// keptUntil returns until when the resolver gives the same answer again, whatever the list says by then: its TTL at least after the
// run began. It is zero where the list itself was asked, or where that is over.
func keptUntil(f *dnsbl.Finding, began time.Time) time.Time {
	if began.IsZero() || f.Direct || f.Evidence == nil || f.Evidence.Question.TTL <= 0 {
		return time.Time{}
	}
	return began.Add(f.Evidence.Question.TTL)
}

// clock writes a time of the day, with the day if it is another than that of now.
func clock(at, now time.Time) string {
	if at.YearDay() != now.YearDay() || at.Year() != now.Year() {
		return at.Format("2006-01-02 15:04:05 MST")
	}
	return at.Format("15:04:05 MST")
}

// dig is the command that puts the same question to the same server, with the mark of a masked key in place of one.
func dig(f *dnsbl.Finding) string {
	if f.Evidence == nil || !f.Server.IsValid() {
		return ""
	}
	name := f.List.Mask(f.Evidence.Question.Question.Name)
	if f.List.Key != "" {
		name = "'" + name + "'"
	}
	command := "dig +short "
	if f.Direct {
		command += "+norecurse "
	}
	command += fmt.Sprintf("%s @%s", name, f.Server.Addr())
	if port := f.Server.Port(); port != 53 {
		command += fmt.Sprintf(" -p %d", port)
	}
	return command
}
