package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// Table writes a verdict for people: what is listed, what failed, and how many lists are clean, in aligned columns.
func Table(w io.Writer, v *verdict.Verdict, run Run) error {
	s := newSheet(run)
	s.state(v.State, headline(v, maxFirst))
	if len(run.Bounce) > 0 {
		s.text.WriteByte('\n')
		s.lines(run.Bounce)
	}
	if len(run.Warnings) > 0 {
		s.title("WARNINGS", yellow)
		s.lines(run.Warnings)
	}
	s.listings(v, run)
	s.presence(v, run)
	blamed := blamed(v) && len(v.DirectOnly.Groups) == 0
	if !blamed {
		s.failed("FAILED", purple, v.Failed.Groups, v.Subjects)
		s.failed("FAILED, BUT NOT COUNTED", plain, v.Tolerated.Groups, v.Subjects)
	}
	if v.Answered {
		s.title(cleanText(v, run), plain)
	}
	rest := append(gapLines(v), resolverNotes(v)...)
	if !blamed {
		rest = slices.Concat(rest, shownLines(v), quietLines(v))
	}
	if rest = append(rest, run.Notes...); len(rest) > 0 {
		s.title("NOTES", bold)
		s.lines(rest)
	}
	s.every(v, run)
	if n := strings.Count(s.text.String(), "\n"); run.Height > 0 && n >= run.Height { // the first line is out of sight
		s.text.WriteByte('\n')
		s.state(v.State, headline(v, maxFirst))
	}
	_, err := io.WriteString(w, s.text.String())
	return err
}

// cleanText counts what is well.
func cleanText(v *verdict.Verdict, run Run) string {
	text := fmt.Sprintf("CLEAN: %d of %s", v.Worst.Clean, plural(v.Worst.Answered, "list"))
	if v.Subjects > 1 {
		text = fmt.Sprintf("ON NO LIST: %d of %s", v.Clean, subjects(v, v.Subjects))
	}
	text += fmt.Sprintf(", %.2f s", run.Took.Seconds())
	if run.Verbose == 0 {
		text += "; -v shows every list"
	}
	return text
}

// listings tells of what is listed: all there is to say of a few subjects, of many in a line each but for the worst.
func (s *sheet) listings(v *verdict.Verdict, run Run) {
	if len(v.Listings) == 0 {
		return
	}
	full := len(v.Listings)
	if full > verdict.MaxNamed && run.Verbose == 0 {
		full = 1
	}
	for _, t := range v.Listings[:full] {
		s.title(fmt.Sprintf("LISTED: %s, on %s", subjectText(t.Subject), plural(len(t.Listed), "list")), red)
		for i := range t.Listed {
			if i > 0 {
				s.text.WriteString("\n")
			}
			s.listing(&t.Listed[i], run)
		}
	}
	var others []cell
	for _, t := range v.Listings[full:] {
		lists := text.Join(listNames(t.Listed, v.Rules.Weighted), maxReason)
		others = append(others, cell{label: subjectText(t.Subject), text: lists, as: red})
	}
	if len(others) > 0 {
		s.title(fmt.Sprintf("LISTED TOO: %s; -v tells all of each", subjects(v, len(others))), red)
		s.rows(2, others)
	}
}

// listing tells all there is to say of one listing.
func (s *sheet) listing(f *dnsbl.Finding, run Run) {
	l := f.List
	what := []string{}
	if l.Name != "" {
		what = append(what, l.Name, string(l.Tier))
	}
	if grounds := groundsText(f); grounds != "" {
		what = append(what, grounds)
	}
	if f.Unconfirmed {
		what = append(what, unconfirmedText(f))
	}
	s.rows(2, []cell{{label: l.Zone, text: strings.Join(what, ", "), as: bold}})
	var known []cell
	for _, fact := range facts(f, run.Began) {
		known = append(known, cell{label: fact.label, text: fact.text, whole: fact.command})
	}
	s.rows(4, known)
}

// presence tells of the faults, and with -v of all names.
func (s *sheet) presence(v *verdict.Verdict, run Run) {
	lines := append(presenceLines(v, run.Verbose), everyPresence(v, run.Verbose)...)
	switch {
	case v.Faulty() > 0:
		s.title("REVERSE DNS", yellow)
	case len(lines) > 0:
		s.title("REVERSE DNS", bold)
	}
	s.lines(lines)
}

// failed names the lists that failed, with cause and cure.
func (s *sheet) failed(title string, as style, groups []verdict.Group, subjects int) {
	if len(groups) == 0 {
		return
	}
	s.title(fmt.Sprintf("%s: %s", title, plural(len(zonesOnce(groups)), "list")), as)
	var cells []cell
	for _, way := range failures(groups, subjects) {
		cells = append(cells, cell{label: way.lists[0], text: way.text})
		if others := way.lists[1:]; len(others) > 0 {
			cells = append(cells, cell{text: "likewise " + strings.Join(others, ", ")})
		}
	}
	s.rows(2, cells)
}

// every tells the verdict of every list on each subject of which all was kept.
func (s *sheet) every(v *verdict.Verdict, run Run) {
	for _, findings := range v.Every {
		s.title("EVERY LIST: "+subjectText(findings[0].Subject), bold)
		var cells []cell
		for i := range findings {
			f := &findings[i]
			c := cell{label: f.List.Zone, text: verdictText(f)}
			if f.Outcome == dnsbl.Listed {
				c.as = red
			}
			cells = append(append(cells, c), questions(f, run.Verbose)...)
		}
		s.rows(2, cells)
	}
	if n := len(v.Every); n > 0 && n < v.Subjects {
		s.lines([]string{fmt.Sprintf("-v shows no more than %d of %s", n, subjects(v, v.Subjects))})
	}
}

// questions are the rows on every question behind a finding, if these are wanted.
func questions(f *dnsbl.Finding, verbose int) []cell {
	if verbose < 2 {
		return nil
	}
	var cells []cell
	for _, line := range evidence(f) {
		cells = append(cells, cell{text: strings.TrimSpace(line), whole: true})
	}
	return cells
}

// HealthTable writes how the lists themselves are for people, those together that are alike.
func HealthTable(w io.Writer, h *verdict.Health, run Run) error {
	s := newSheet(run)
	s.state(h.State, healthLine(h, maxFirst))
	if notes := slices.Concat(run.Warnings, healthNotes(h), run.Notes); len(notes) > 0 {
		s.title("NOTES", bold)
		s.lines(notes)
	}
	ways, by := together(slices.Concat(h.Unhealthy, h.Tolerated, h.Untested, h.Healthy), health)
	for _, way := range ways {
		s.title(fmt.Sprintf("%s: %s", strings.ToUpper(way), plural(len(by[way]), "list")), healthStyle(way))
		var cells []cell
		for i := range by[way] {
			f := &by[way][i]
			cells = append(append(cells, cell{label: f.List.Zone, text: healthWhy(f, run.Verbose)}), questions(f, run.Verbose)...)
		}
		s.rows(2, cells)
	}
	_, err := io.WriteString(w, s.text.String())
	return err
}

func healthStyle(way string) style {
	if way == "healthy" {
		return styleOf(nagiosplugin.OK)
	}
	return bold
}
