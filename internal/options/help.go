package options

import "check_dnsbl/internal/usage"

// Page returns the text that -h, the man page and the completions are made from.
func Page() *usage.Page {
	return &usage.Page{
		Name:    "check_dnsbl",
		Summary: "check whether DNS blocklists list a mail server",
		About: `Queries DNS blocklists about your mail server in parallel, and proves each answer. A
			list that is dead, silent or refuses your resolver is reported as failed, never as "not
			listed" and never as a listing.`,
		Forms: []usage.Example{
			{Args: "-H TARGET [options]", Text: "addresses, hosts, domains"},
			{Args: "--bounce FILE [options]", Text: "the address that was rejected"},
			{Args: "--self-test [options]", Text: "the lists themselves"},
			{Args: "--catalog [ZONE ...]", Text: "facts about lists"},
		},
		Groups:   groups(&Typed{}),
		Sections: pageSections(),
		Examples: pageExamples(),

		Diagnostics: pageDiagnostics(),
		SeeAlso: "nagios4(8), icinga2(8), nrpe(8), unbound(8); in /usr/share/doc/check-dnsbl: " +
			"README.md, docs with a runbook, and examples of configuration",
		Last: "More: man check_dnsbl; runbook and docs: /usr/share/doc/check-dnsbl/docs",
	}
}

// pageSections returns the parts of the man page that are not about a single option. Those that
// users look for at once are in -h too: the exit status, and where host names come from.
func pageSections() []usage.Section {
	return []usage.Section{
		{Title: "exit status", Help: true, Text: `0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN; also 3:
			-h, -V, --catalog, usage errors and output that cannot be written`},
		// Names are absolute, so that a check means the same wherever it runs.
		{Title: "host names", Help: true, Text: `are looked up in DNS only: /etc/hosts and the
			search list of resolv.conf are ignored`},
		{Title: "environment", Text: `CHECK_DNSBL_KEY_SPAMHAUS, CHECK_DNSBL_KEY_ABUSIX,
			CHECK_DNSBL_KEY_SPAMRATS: your keys, like --key but not visible in the list of
			processes. MP_CONFIG_FILE, NAGIOS_CONFIG_PATH: where --extra-opts looks for a file
			first. RES_OPTIONS: options of resolv.conf(5). NO_COLOR: a table without colors`},
		{Title: "files", Text: `/etc/resolv.conf: the resolvers, unless --resolver names others.
			Without @FILE, --extra-opts reads the first option file in the places that
			monitoring-plugins use, such as /etc/monitoring-plugins/monitoring-plugins.ini or
			/etc/nagios/plugins.ini.
			Write the names of options without hyphens, and "=" even if there is no value.
			A file with a key should belong to the user that runs the check, with mode 600:`,
			Sample: []string{"[check_dnsbl]", "key = spamhaus=KEY",
				"list = zen.spamhaus.org=127.0.0.[2..11]", "list = bl.spamcop.net", "verbose ="}},
		{Title: "coming from check_rbl", Text: `The options of check_rbl (-s ZONE, -n ADDR, -A and
			so on) and its files (--extra-opts=rbl@FILE) work here too. The output names those that
			are ignored`},
	}
}

// pageExamples returns command lines for the start of the help. Their addresses and names are those
// that RFC 5737 and RFC 2606 reserve for documentation.
func pageExamples() []usage.Example {
	return []usage.Example{
		{Args: "-H 192.0.2.25", Text: "one address, recommended lists"},
		{Args: "-H mail.example.com --fcrdns", Text: "a host's addresses, and reverse DNS"},
		{Args: "-H mx:example.com,spf:example.com -t 60",
			Text: "all mail servers of a domain"},
		{Args: "-H domain:example.com", Text: "a domain, on domain lists"},
		{Args: "-H 192.0.2.25 -w 1 -c 2 --set all -x all.s5h.net",
			Text: "thresholds; all lists but one"},
		{Args: "-l 'zen.spamhaus.org=127.0.0.[2..9]*2,bl.spamcop.net' -w 2 -H 192.0.2.25",
			Text: "own lists, with a filter and weight"},
		{Args: "-H 127.0.0.2 -o table", Text: "test entry: every list must list it"},
		{Args: "--bounce undelivered.eml", Text: "the list behind it, and delisting"},
		{Args: "--self-test --set all -t 60", Text: "which lists work from here"},
		{Args: "--catalog zen.spamhaus.org", Text: "what is known about a list"},
	}
}

// pageDiagnostics returns messages of the program for the man page, and what they mean.
func pageDiagnostics() []usage.Example {
	return []usage.Example{
		{Args: "UNKNOWN: resolver ADDR ...", Text: `All lists failed in the same way, so the
			resolver is at fault, and no list is blamed. The output has the fix.`},
		{Args: "failed: ZONE: ...", Text: `The list gave no answer that is proved. It counts
			towards --max-failed. The line has the cause and the fix. If the list stays dead, leave
			it out with -x.`},
		{Args: "unconfirmed", Text: `The list has the address, but did not answer for the test
			entry that it must not list. Check again before you ask for delisting.`},
		{Args: "not counted: ...", Text: `A list that is informational, for members only, a
			score, an allow list or part of another list. It never changes the state unless
			--critical-on names it.`},
	}
}
