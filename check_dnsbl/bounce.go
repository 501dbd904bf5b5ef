package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"os"
	"slices"
	"strings"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"

	"github.com/spf13/pflag"
)

const (
	longestBounce = 1000 // the line on a bounce, in bytes
	mostNamed     = 8    // of the lists in it
)

// readBounce reads the bounce that --bounce names. The address that was rejected is the target, unless one is named; lists that are named
// in it are asked first.
func (o *options) readBounce(t *typed, flags *pflag.FlagSet, stdin io.Reader) error {
	if !flags.Changed("bounce") || t.test {
		return nil
	}
	if t.bounce == "" {
		return errors.New("--bounce: want a file, or - for standard input")
	}
	b, err := openBounce(t.bounce, stdin)
	if err != nil {
		return fmt.Errorf("--bounce: %w", err)
	}
	for _, zone := range b.Zones {
		if l, _ := catalog.Find(zone); l.Status != dnsbl.Retired && l.Kind != dnsbl.Score {
			o.named = append(o.named, zone)
		}
	}
	b.Rejected = slices.DeleteFunc(b.Rejected, func(addr netip.Addr) bool { // the Internet may not see it
		_, err := target.Parse(addr.String(), false)
		return err != nil
	})
	if len(t.hosts)+flags.NArg() > 0 {
		o.bounce = []string{bounceLine("bounce", &b, "; checked is what -H names")}
		return nil
	}
	if t.hosts = texts(b.Rejected); len(t.hosts) == 0 {
		return errors.New(bounceLine("--bounce "+t.bounce, &b, ": "+o.whatToName()))
	}
	o.bounce = []string{bounceLine("bounce", &b, "")}
	return nil
}

// whatToName says what to check where a bounce does not tell.
func (o *options) whatToName() string {
	for _, zone := range o.named {
		if l, _ := catalog.Find(zone); l.Subjects == dnsbl.Domain {
			return "name what was rejected with -H, the address such as -H 192.0.2.25 or the domain such as -H domain:example.com"
		}
	}
	return "name the address with -H, such as -H 192.0.2.25"
}

// openBounce reads the bounce that is in a file, or comes from standard input.
func openBounce(path string, stdin io.Reader) (bounce.Bounce, error) {
	from, name := stdin, "standard input"
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return bounce.Bounce{}, cannotRead(path, err)
		}
		defer file.Close()
		from, name = file, path
	}
	b, err := bounce.Read(from, catalog.All())
	if err != nil {
		return b, cannotRead(name, err)
	}
	return b, nil
}

// cannotRead says why a bounce cannot be read.
func cannotRead(name string, err error) error {
	if at := new(fs.PathError); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("cannot read %s: %w", name, err)
}

// bounceLine says in one line what was read. All that is foreign in it are zones that nobody knows.
func bounceLine(label string, b *bounce.Bounce, end string) string {
	who := "no rejected address in it"
	if addrs := texts(b.Rejected); len(addrs) == 1 {
		who = addrs[0] + " was rejected"
	} else if len(addrs) > 1 {
		who = strings.Join(addrs, ", ") + " were rejected"
	}
	var names []string
	for _, zone := range b.Zones {
		names = append(names, nameOf(zone))
	}
	for _, name := range b.Names {
		names = append(names, name+" (no list that can be asked)")
	}
	for _, zone := range b.Strangers {
		names = append(names, fmt.Sprintf("%[1]s (no list of the catalogue: -l %[1]s asks it)", zone))
	}
	if more := len(names) - mostNamed; more > 0 {
		names = append(names[:mostNamed], fmt.Sprintf("and %d more", more))
	}
	line := fmt.Sprintf("%s: %s: %s, it names %s", label, b.Form, who, strings.Join(names, ", "))
	if len(names) == 0 {
		line += "no list"
	}
	if b.Refusal {
		line += "; it has the words of a list that refuses the receiver's resolver, which is no listing: tell the receiver's postmaster"
	}
	if b.Cut {
		line += fmt.Sprintf("; only its first %d MB were read", bounce.MaxBytes>>20)
	}
	return report.Clean(catalog.Mask(line+end), longestBounce)
}

// nameOf names a list of the catalogue, and says what else must be known of one that is not asked.
func nameOf(zone string) string {
	l, _ := catalog.Find(zone)
	switch {
	case l.Status == dnsbl.Retired:
		return fmt.Sprintf("%s (%s, retired, %s)", l.Zone, l.Name, l.Fate)
	case l.Kind == dnsbl.Score:
		return fmt.Sprintf("%s of %s (a score, no list that counts: %s)", l.Name, l.Operator, l.URL)
	}
	return fmt.Sprintf("%s (%s)", l.Zone, l.Name)
}

func texts[T fmt.Stringer](all []T) []string {
	words := make([]string, len(all))
	for i := range all {
		words[i] = all[i].String()
	}
	return words
}

// askFirst puts lists before all others, and adds those that would not be asked else, as -l does.
func (o *options) askFirst(zones []string) error {
	for i, zone := range zones {
		zones[i] = o.canonical(zone)
		if o.list(zones[i]) == nil {
			if err := o.addNamed(zone); err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(o.lists, func(a, b dnsbl.List) int { return place(zones, a.Zone) - place(zones, b.Zone) })
	return nil
}

// afterwards says what came of the lists that a bounce names, on the one address that was checked: which do not list it now, as that is what one
// wants to know of an old bounce, and where to look oneself what those that gave no verdict say.
func (o *options) afterwards(v *verdict.Verdict) []string {
	if len(o.bounce) == 0 || v.Subjects != 1 {
		return nil
	}
	var clean, lines []string
	for _, zone := range o.named {
		l := o.list(zone)
		on := func(f dnsbl.Finding) bool { return f.List == l }
		switch {
		case l == nil || l.Subjects&v.Worst.Subject.Kind() == 0 || slices.ContainsFunc(v.Worst.Listed, on):
		case slices.ContainsFunc(v.Shown.Groups, func(g verdict.Group) bool { return g.List == l }):
		case slices.ContainsFunc(v.Worst.Failed, on) || slices.ContainsFunc(v.Worst.Excused, on):
			if pages := report.Pages(l, v.Worst.Subject); pages != "" {
				lines = append(lines, fmt.Sprintf("%s gave no verdict; look yourself: %s", zone, pages))
			}
		default:
			clean = append(clean, zone)
		}
	}
	if len(clean) > 0 {
		lines = append(lines, fmt.Sprintf("not on %s now: it has left since, or the receiver asked about another address, or keeps what it heard for a while", strings.Join(clean, ", ")))
	}
	return lines
}

// place returns where a zone stands in a list of them; behind them all if it does not.
func place(zones []string, zone string) int {
	if i := slices.Index(zones, zone); i >= 0 {
		return i
	}
	return len(zones)
}

// A typist is standard input. Who types there is told how to end it.
type typist struct {
	from, to *os.File
	told     bool
}

// Read implements io.Reader.
func (t *typist) Read(p []byte) (int, error) {
	if !t.told && terminalOf(t.from) != nil && terminalOf(t.to) != nil {
		fmt.Fprintln(t.to, "Paste the bounce, then press Enter and Ctrl-D.")
	}
	t.told = true
	return t.from.Read(p)
}
