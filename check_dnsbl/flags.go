package main

import (
	"io"

	"check_dnsbl/internal/usage"

	"github.com/spf13/pflag"
)

// rawFlags are the options as typed.
type rawFlags struct {
	hosts, lists, sets, excluded, noTest, criticalOn []string
	resolvers, keys, bounces                         []string
	fileKeys                                         []string // keys of option files
	warning, critical, maxFailed                     string
	direct, rate, timeout, output                    string
	verbose                                          int
	selfTest, catalog, fcrdns, version, help         bool
}

// page returns the text that -h, the man page and the completions are made from.
func page() *usage.Page {
	return &usage.Page{
		Name:    "check_dnsbl",
		Summary: "ask DNS blocklists about a mail server, and prove each answer",
		About: `check_dnsbl asks DNS blocklists whether they list your mail server, and proves each
			answer: a list that did not answer, refuses your resolver, is dead or lists everything is
			named as failed, never taken for "clean" and never for a listing.`,
		Synopsis: "-H TARGET [-H TARGET ...] [options]",
		Groups:   groups(&rawFlags{}),
		Sections: pageSections(),
		Examples: pageExamples(),
		SeeAlso: "nagios4(8), icinga2(8), nrpe(8), unbound(8); README.md and examples of " +
			"configuration in /usr/share/doc/check-dnsbl",
	}
}

func pageSections() []usage.Section {
	return []usage.Section{
		{Title: "exit status", Text: `0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (also help, version,
			--catalog and anything that is typed wrong)`},
		{Title: "environment", Text: `CHECK_DNSBL_KEY_SPAMHAUS, CHECK_DNSBL_KEY_ABUSIX,
			CHECK_DNSBL_KEY_SPAMRATS: your keys, as with --key, but not to be seen in the list of
			processes. MP_CONFIG_FILE, NAGIOS_CONFIG_PATH: where --extra-opts looks for a file first`},
		{Title: "files", Text: `Without @FILE --extra-opts reads the first of monitoring-plugins.ini,
			plugins.ini and nagios-plugins.ini that is where monitoring-plugins look for them, such
			as /etc/monitoring-plugins/monitoring-plugins.ini or /etc/nagios/plugins.ini.
			A file has the names of options without hyphens, and "=" even where there is no value.
			With a key in it the user that runs the check should own it, with mode 600:`,
			Sample: []string{"[check_dnsbl]", "key = spamhaus=KEY",
				"list = zen.spamhaus.org=127.0.0.[2..11]", "list = bl.spamcop.net", "verbose ="}},
		{Title: "coming from check_rbl", Text: `The options of check_rbl (-s ZONE, -n ADDR, -A and so
			on) and its files (--extra-opts=rbl@FILE) are understood; those without a meaning here
			are named in the output`},
	}
}

func pageExamples() []usage.Example {
	return []usage.Example{
		{Args: "-H 192.0.2.25", Text: "the recommended lists"},
		{Args: "-H mail.example.com -w 1 -c 2 -t 20", Text: "all addresses of a host"},
		{Args: "-H 192.0.2.25 --set all -x all.s5h.net", Text: "as many lists as there are, but one"},
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

// groups returns the options by what they are for. Parsing them fills raw.
func groups(raw *rawFlags) []usage.Group {
	return []usage.Group{
		{Title: "what to check", Options: whatToCheck(raw)},
		{Title: "which lists to ask", Options: whichLists(raw)},
		{Title: "when to alert", Options: whenToAlert(raw)},
		{Title: "how to ask", Options: howToAsk(raw)},
		{Title: "what to print", Options: whatToPrint(raw)},
	}
}

// flags returns all options as one set.
func flags(raw *rawFlags) *pflag.FlagSet {
	all := pflag.NewFlagSet("check_dnsbl", pflag.ContinueOnError)
	all.SetOutput(io.Discard)
	all.Usage = func() {}
	for _, group := range groups(raw) {
		all.AddFlagSet(group.Options)
	}
	addRBL(all)
	return all
}

func whatToCheck(raw *rawFlags) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVarP(&raw.hosts, "hostname", "H", nil,
		"TARGET\tan address, a network (192.0.2.0/24, at most a /8 or an IPv6 /104), a host "+
			"name (all its addresses), mx:NAME (all addresses of a domain's mail servers), "+
			"spf:NAME (all that its SPF record lets send) or domain:NAME (the name itself, on "+
			"domain lists); repeatable; an argument without an option is a target too")
	fs.StringArrayVar(&raw.bounces, "bounce", nil,
		"FILE\ta bounce, or any text or log with the words of the refusal in it (- is "+
			"standard input): the address that was rejected is what to check, unless -H names "+
			"it, and the lists that are named in it are asked first, before the others")
	fs.BoolVar(&raw.fcrdns, "fcrdns", false,
		"also: do the addresses (at most 256) present themselves as receivers of mail want, "+
			"by a PTR record with one name that resolves to the address, is not generic (address "+
			"digits in it, words such as dynamic, pool, dsl) and, if a host was named or an mx: "+
			"of the same domain, is of its domain? A fault is a WARNING where all else is OK")
	fs.BoolVar(&raw.selfTest, "self-test", false,
		"instead of a target: are the lists that you ask healthy themselves? -w and -c are "+
			"for the number of unhealthy lists then (without -c there is no CRITICAL)")
	fs.BoolVar(&raw.catalog, "catalog", false,
		"what is known of each list, in a table, without asking anybody; arguments without "+
			"an option are zones then, and there is a page on each")
	return fs
}

func whichLists(raw *rawFlags) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVarP(&raw.lists, "list", "l", nil,
		"LIST\task this list: a zone, such as bl.spamcop.net, or an entry of Postfix's "+
			"postscreen_dnsbl_sites: zone[=filter][*weight], such as "+
			"zen.spamhaus.org=127.0.0.[2..11]*3; repeatable")
	fs.StringArrayVar(&raw.sets, "set", nil,
		"NAME\task this set of lists: recommended (the default without -l), major or all; "+
			"adds to -l; repeatable")
	fs.StringArrayVarP(&raw.excluded, "exclude", "x", nil,
		"ZONE\tleave this list out; repeatable")
	fs.StringArrayVar(&raw.keys, "key", nil,
		"OPERATOR=KEY\tyour key of spamhaus (DQS), abusix or spamrats: their keyed lists "+
			"take the place of the open ones; repeatable; better in a file (--extra-opts) or in "+
			"the environment, as CHECK_DNSBL_KEY_SPAMHAUS=KEY")
	fs.StringArrayVar(&raw.noTest, "no-test", nil,
		"ZONE\tthis list of yours has no test entries: believe its \"not listed\"; repeatable")
	return fs
}

func whenToAlert(raw *rawFlags) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringVarP(&raw.warning, "warning", "w", "1",
		"N|RANGE\tWARNING on N lists or more (default 1), or outside a Nagios range: 2: or "+
			"@3:5")
	fs.StringVarP(&raw.critical, "critical", "c", "3",
		"N|RANGE\tCRITICAL on N lists or more; without -c: on 3 or more, or on any major "+
			"list for abuse (not for mere policy). Given weights, their sum alone is what counts")
	fs.StringArrayVar(&raw.criticalOn, "critical-on", nil,
		"ZONE\tCRITICAL on this list, or on any major one (major); repeatable")
	fs.StringVar(&raw.maxFailed, "max-failed", "25",
		"PERCENT\tno OK but UNKNOWN if more than this part of the lists failed (default 25). "+
			"There is never an OK if a major list that is open to everyone failed; leave it out "+
			"with -x")
	return fs
}

func howToAsk(raw *rawFlags) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVar(&raw.resolvers, "resolver", nil,
		"ADDR\task this resolver, ADDR, ADDR:PORT or [IPv6]:PORT; repeatable; default: those "+
			"of /etc/resolv.conf")
	fs.StringVar(&raw.direct, "direct", "auto",
		"WHEN\twhether lists are asked at their own name servers: auto (the default), those "+
			"that refuse the resolver or fail through it; always, all; never, none")
	fs.StringVar(&raw.rate, "rate", "",
		"N\tat most N questions a second to one list (default: as many as its operator "+
			"takes, where that is known)")
	fs.StringVarP(&raw.timeout, "timeout", "t", "10",
		"SECONDS\tend the whole run after that many (default 10); what was found by then is "+
			"reported")
	// See readCommandLine, which has replaced it.
	fs.StringArray("extra-opts", nil,
		"[SECTION][@FILE]\toptions from a file, as monitoring-plugins read them: lines "+
			"OPTION=VALUE below a [SECTION] (default check_dnsbl). The command line wins, lists "+
			"and targets add up; repeatable. Keys in a file that only the monitor can read are "+
			"seen by nobody else")
	return fs
}

func whatToPrint(raw *rawFlags) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringVarP(&raw.output, "output", "o", forNagios,
		"FORM\tnagios (the default), for monitors; table, for people; json, for programs: "+
			"all there is of each list. The exit status is the same")
	fs.CountVarP(&raw.verbose, "verbose", "v",
		"the verdict and time of every list; twice, -vv: every question to a list, and its "+
			"answer (all of it on a terminal; 4,096 bytes, which is what Nagios takes, elsewhere)")
	fs.BoolVarP(&raw.version, "version", "V", false,
		"the version of this program")
	fs.BoolVarP(&raw.help, "help", "h", false,
		"this page")
	return fs
}
