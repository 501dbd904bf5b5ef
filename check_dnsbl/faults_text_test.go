package main

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// tableOf writes what came of the cells, as documentation: a row for each behaviour.
func tableOf(chapters []chapter, cells []*cell) string {
	var out strings.Builder
	for _, there := range []bool{true, false} {
		title := "AN ADDRESS THAT THE LIST CARRIES"
		if !there {
			title = "AN ADDRESS THAT THE LIST DOES NOT CARRY"
		}
		fmt.Fprintf(&out, "\n%s\n%s\n", title, strings.TrimRight(tableLine("fault of", columns()), " "))
		for _, ch := range chapters {
			fmt.Fprintf(&out, "\n%s\n", ch.name)
			for i := range ch.behaviours {
				b := &ch.behaviours[i]
				out.WriteString(strings.TrimRight(tableLine("  "+b.name, rowOf(cells, b, there)), " ") + "\n")
			}
		}
	}
	return out.String()
}

func tableLine(name string, columns []string) string {
	line := fmt.Sprintf("%-48s", name)
	for _, column := range columns {
		line += fmt.Sprintf("%-15s", column)
	}
	return line
}

// rowOf returns the words of a row's cells.
func rowOf(cells []*cell, b *behaviour, there bool) []string {
	var row []string
	for _, faulty := range columns() {
		word := "-"
		for _, c := range cells {
			if c.behaviour == b && c.faulty == faulty && c.there == there {
				word = stateLetter(c.gotState) + " " + brief(c.got)
			}
		}
		row = append(row, word)
	}
	return row
}

func stateLetter(s nagiosplugin.Status) string { return s.String()[:1] }

// causeWords are the causes in a word or two, in the order of the legend.
func causeWords() [][2]string {
	return [][2]string{
		{"timeout", dnsbl.Timeout.Text()},
		{"unreachable", dnsbl.Unreachable.Text()},
		{"no server", dnsbl.NoNameServers.Text()},
		{"rcode", dnsbl.UnexpectedRcode.Text()},
		{"malformed", dnsbl.Malformed.Text()},
		{"no authority", dnsbl.Lame.Text()},
		{"referral", dnsbl.Referral.Text()},
		{"alias only", dnsbl.AliasOnly.Text()},
		{"truncated", dnsbl.Truncated.Text()},
		{"refuses us", dnsbl.RefusesResolver.Text()},
		{"refuses key", dnsbl.RefusesKey.Text()},
		{"outside", dnsbl.OutsideLoopback.Text()},
		{"lists all", dnsbl.ListsEverything.Text()},
		{"domain gone", dnsbl.DomainGone.Text()},
		{"no entry", dnsbl.NoTestEntry.Text()},
		{"stripped", dnsbl.EmptyTestEntry.Text()},
		{"undocumented", dnsbl.UndocumentedCode.Text()},
	}
}

func brief(verdict string) string {
	for _, pair := range causeWords() {
		if verdict == pair[1] {
			return pair[0]
		}
	}
	return verdict
}

func legend() string {
	text := `What check_dnsbl says of a list when the DNS misbehaves. TestFaultTable asks and compares; go test -update writes this file.

Columns: which questions the fault befalls, while the others are answered as they should be: Q the question proper, P the
positive test entry, which must be listed, N the negative ones, which must not. A cell is the state of a check that asks this
list alone (O OK, W WARNING, C CRITICAL, U UNKNOWN) and the verdict: listed; unconfirmed (listed, but the negative test
entry gave no clear answer); not listed; untested (not listed, and the user said that there is no test entry); or the cause of failure:
`
	for _, pair := range causeWords() {
		if pair[0] != pair[1] {
			text += fmt.Sprintf("  %-14s%s\n", pair[0], pair[1])
		}
	}
	return text
}
