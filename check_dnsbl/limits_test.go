package main

import (
	"bytes"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"check_dnsbl/internal/dnstest"
)

// The intervals in the README of the zones keep below the operators' limits, and not by more than
// rounding needs, except for the 15 minutes of the example. A check of one address sends a list two
// queries, a check of a network one more than it has addresses. Lists without such limits are
// probed instead.
func TestReadmeIntervals(t *testing.T) {
	one, many := float64(questionsAbout(t, "198.51.100.7")), float64(questionsAbout(t, "198.51.100.0/25")-128)/100+1
	text, err := os.ReadFile("../examples/icinga2-zones/README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^\| ([0-9,]+) \| (.*) \| (.*) \| (.*) \| (.*) \|$`).FindAllStringSubmatch(string(text), -1)
	if len(rows) < 5 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		addresses := number(t, row[1])
		for i, column := range []struct{ each, limit float64 }{{one, 100_000}, {many, 100_000}, {one, 300_000}, {many, 300_000}} {
			interval := minutes(t, row[2+i])
			asked := addresses * column.each * 24 * 60 / interval
			if asked >= column.limit || asked < 0.85*column.limit && interval > 15 {
				t.Errorf("%s addresses every %s: %.0f questions a day", row[1], row[2+i], asked)
			}
		}
	}
}

// questionsAbout returns how often a list is asked in a check of what is not listed.
func questionsAbout(t *testing.T, target string) int {
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{
		{Zone: "zen.spamhaus.org"}, {Zone: "bl.spamcop.net"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var out bytes.Buffer
	status := invoke(t.Context(), []string{target, "-l", "zen.spamhaus.org,bl.spamcop.net", "--resolver", server.Addr.String()}, nil, &out)
	if status != 0 {
		t.Errorf("%v: %s", status, out.String())
	}
	asked := 0
	for _, query := range server.Queries() {
		if strings.HasSuffix(query, ".zen.spamhaus.org") {
			asked++
		}
	}
	return asked
}

func minutes(t *testing.T, text string) float64 {
	amount, unit, _ := strings.Cut(text, " ")
	if unit == "h" {
		return 60 * number(t, amount)
	}
	return number(t, amount)
}

func number(t *testing.T, text string) float64 {
	n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
