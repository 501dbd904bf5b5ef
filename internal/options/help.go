package options

import "check_dnsbl/internal/usage"

// Page returns the text that -h, the man page and the completions are made from.
func Page() *usage.Page {
	return &usage.Page{
		Name:    "check_dnsbl",
		Summary: "ask DNS blocklists about a mail server, and prove each answer",
		About: `check_dnsbl asks DNS blocklists whether they list your mail server, and proves each
			answer: a list that did not answer, refuses your resolver, is dead or lists everything
			is named as failed, never taken for "clean" and never for a listing.`,
		Synopsis: "-H TARGET [-H TARGET ...] [options]",
		Groups:   groups(&Typed{}),
		Sections: pageSections(),
		Examples: pageExamples(),

		Diagnostics: pageDiagnostics(),
		SeeAlso: "nagios4(8), icinga2(8), nrpe(8), unbound(8); in /usr/share/doc/check-dnsbl: " +
			"README.md, docs with a runbook, and examples of configuration",
	}
}

// pageSections returns the parts of the man page that are about no single option.
func pageSections() []usage.Section {
	return []usage.Section{
		{Title: "exit status", Text: `0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (also help, version,
			--catalog and anything that is typed wrong)`},
		{Title: "environment", Text: `CHECK_DNSBL_KEY_SPAMHAUS, CHECK_DNSBL_KEY_ABUSIX,
			CHECK_DNSBL_KEY_SPAMRATS: your keys, as with --key, but not to be seen in the list of
			processes. MP_CONFIG_FILE, NAGIOS_CONFIG_PATH: where --extra-opts looks for a file
			first`},
		{Title: "files", Text: `Without @FILE --extra-opts reads the first of
			monitoring-plugins.ini,
			plugins.ini and nagios-plugins.ini that is where monitoring-plugins look for them, such
			as /etc/monitoring-plugins/monitoring-plugins.ini or /etc/nagios/plugins.ini.
			A file has the names of options without hyphens, and "=" even where there is no value.
			With a key in it the user that runs the check should own it, with mode 600:`,
			Sample: []string{"[check_dnsbl]", "key = spamhaus=KEY",
				"list = zen.spamhaus.org=127.0.0.[2..11]", "list = bl.spamcop.net", "verbose ="}},
		{Title: "coming from check_rbl", Text: `The options of check_rbl (-s ZONE, -n ADDR, -A and
			so on) and its files (--extra-opts=rbl@FILE) are understood; those without a meaning
			here are named in the output`},
	}
}

// pageExamples returns command lines for the end of the help. Their addresses and names are those
// that RFC 5737 and RFC 2606 reserve for documentation.
func pageExamples() []usage.Example {
	return []usage.Example{
		{Args: "-H 192.0.2.25", Text: "the recommended lists"},
		{Args: "-H mail.example.com -w 1 -c 2 -t 20", Text: "all addresses of a host"},
		{Args: "-H 192.0.2.25 --set all -x all.s5h.net",
			Text: "as many lists as there are, but one"},
		{Args: "-H mx:example.com -H spf:example.com -t 60",
			Text: "what takes the mail of a domain, and what may send it"},
		{Args: "-H domain:example.com", Text: "a domain, on domain lists"},
		{Args: "-H 192.0.2.25 -l bl.spamcop.net -l 'zen.spamhaus.org=127.0.0.[2..9]*2' -w 2",
			Text: "lists of your choice, with a filter and a weight"},
		{Args: "--bounce undelivered.eml",
			Text: "what a bounce is about: which address, which lists, how to get off"},
		{Args: "-H mail.example.com --fcrdns",
			Text: "also: does the server have the name that receivers want?"},
		{Args: "--self-test --set all -t 60", Text: "which lists work from here"},
		{Args: "--catalog zen.spamhaus.org",
			Text: "what is known of a list: its codes, how to get off, ..."},
		{Args: "-H 127.0.0.2", Text: "the test entry: every list that works lists it"},
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
