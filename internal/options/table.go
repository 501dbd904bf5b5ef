package options

import (
	"io"

	"check_dnsbl/internal/usage"

	"github.com/spf13/pflag"
)

// groups returns the options by what they are for, in the order in which the help shows them.
// Parsing them fills t. All values are strings, even numbers, so that the program finds the words
// for what is wrong with one.
//
// The text of an option that takes a value starts with a word for the value and a tab. Its first
// line is for -h, where it must fit into two lines; the others are for the manual.
func groups(t *Typed) []usage.Group {
	return []usage.Group{
		{Title: "what to check", Options: whatToCheck(t)},
		{Title: "which lists to query", Options: whichLists(t)},
		{Title: "when to alert", Options: whenToAlert(t)},
		{Title: "how to query", Options: howToQuery(t)},
		{Title: "what to print", Options: whatToPrint(t)},
	}
}

// Flags returns all options as one set, those of check_rbl included. Parsing it fills t. It prints
// nothing: errors and help go the way of all output.
func Flags(t *Typed) *pflag.FlagSet {
	all := pflag.NewFlagSet("check_dnsbl", pflag.ContinueOnError)
	all.SetOutput(io.Discard)
	all.Usage = func() {}
	for _, group := range groups(t) {
		all.AddFlagSet(group.Options)
	}
	addRBL(all)
	return all
}

// whatToCheck returns the options that name targets, or something else to check.
func whatToCheck(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVarP(&t.Hosts, "hostname", "H", nil,
		"TARGET\tan address, network, range, host name, mx:NAME, spf:NAME or domain:NAME; "+
			"more than one: a,b.\n"+
			"Repeatable. A network is 192.0.2.0/24, at most a /8 or an IPv6 /104. "+
			"A range is 192.0.2.1-192.0.2.9 or 192.0.2.1-9. "+
			"A host name stands for all its addresses in DNS; /etc/hosts and the search list "+
			"of resolv.conf are ignored. "+
			"mx:NAME stands for all addresses of a domain's mail servers, "+
			"spf:NAME for all addresses that may send by its SPF record, "+
			"domain:NAME for the name itself and its parents, on domain lists. "+
			"Arguments without an option are targets too.")
	fs.BoolVarP(&t.OnlyIPv4, "use-ipv4", "4", false,
		"of hosts, mx: and spf:, check only the IPv4 addresses")
	fs.BoolVarP(&t.OnlyIPv6, "use-ipv6", "6", false,
		"of hosts, mx: and spf:, check only the IPv6 addresses")
	fs.StringArrayVar(&t.Bounces, "bounce", nil,
		"FILE\tread a bounce, mail log or SMTP error from FILE (- for stdin) and check the "+
			"address it says was rejected.\n"+
			"The lists that it names are queried first. -H overrides the address.")
	fs.BoolVar(&t.FCrDNS, "fcrdns", false,
		"also check reverse DNS: one PTR name that resolves back, isn't generic and matches "+
			"the host's domain.\n"+
			"Up to 256 addresses. A generic name has the digits of the address or words such as "+
			"dynamic or pool in it. The domain must match if you name a host, or an mx: of the "+
			"same domain. Problems turn OK into WARNING.")
	fs.BoolVar(&t.SelfTest, "self-test", false,
		"check the lists themselves instead of a target; -w and -c count faulty lists.\n"+
			"Without -c there is no CRITICAL.")
	fs.BoolVar(&t.Catalog, "catalog", false,
		"show all known lists, those of -l and --set, or a page on each ZONE; sends no "+
			"queries.\n"+
			"Zones are arguments without an option: --catalog zen.spamhaus.org.")
	return fs
}

// whichLists returns the options that choose lists. Together they are a catalog.Request.
func whichLists(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVarP(&t.Lists, "list", "l", nil,
		"ZONE\tquery this list; also ZONE[=FILTER][*WEIGHT] as in Postfix; more than one: "+
			"a,b.\n"+
			"Repeatable. Filters and weights are those of postscreen_dnsbl_sites: "+
			"zen.spamhaus.org=127.0.0.[2..11]*3.")
	fs.StringArrayVar(&t.Sets, "set", nil,
		"NAME\tquery a set of lists: recommended (the default without -l), major, minor or all.\n"+
			"It adds to -l and is repeatable.")
	fs.StringArrayVarP(&t.Excluded, "exclude", "x", nil,
		"ZONE\tskip this list; more than one: a,b")
	fs.StringArrayVar(&t.Keys, "key", nil,
		"OPERATOR=KEY\tyour key for spamhaus (DQS), abusix or spamrats; safer in a file or "+
			"the environment.\n"+
			"Keyed lists replace the open ones. Repeatable. Other users of this host can read "+
			"arguments: use --extra-opts or CHECK_DNSBL_KEY_SPAMHAUS=KEY.")
	fs.StringArrayVar(&t.NoTest, "no-test", nil,
		"ZONE\ttrust \"not listed\" from ZONE, a private list without test entries")
	return fs
}

// whenToAlert returns the thresholds. Whether -w and -c were given matters, not only their values:
// without -c a listing on a major list is CRITICAL.
func whenToAlert(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringVarP(&t.Warning, "warning", "w", "1",
		"N|RANGE\tWARNING on N lists or more (default 1), or outside a Nagios range such as "+
			"2: or @3:5.\n"+
			"If lists have weights, their sum is compared.")
	fs.StringVarP(&t.Critical, "critical", "c", "3",
		"N|RANGE\tCRITICAL on N lists or more; the count alone decides. Without -c: 3, or any "+
			"major list for abuse.\n"+
			"With -c, --critical-on major keeps the rest of the default. "+
			"If lists have weights, their sum is compared.")
	fs.StringArrayVar(&t.CriticalOn, "critical-on", nil,
		"ZONE\tCRITICAL on this list; \"major\" means any major list; more than one: a,b")
	fs.StringArrayVar(&t.Known, "known", nil,
		"ZONE\tshow listings on this list, but don't count them; also ZONE[=CODES][@DATE]; "+
			"more than one: a,b.\n"+
			"Until the end of DATE they don't count. It is a day in local time, such as "+
			"2026-12-31; without it there is no end. "+
			"CODES are a filter as for -l: a listing with any other return code counts. "+
			"It holds for all targets, and comes before --critical-on.")
	fs.StringVar(&t.MaxFailed, "max-failed", "25",
		"PERCENT\tUNKNOWN instead of OK if more than this share of the lists failed "+
			"(default 25).\n"+
			"It is also UNKNOWN instead of OK if a major list that is open to everyone failed; "+
			"skip it with -x.")
	return fs
}

// howToQuery returns the options on resolvers, rates and time.
func howToQuery(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVar(&t.Resolvers, "resolver", nil,
		"ADDR\tuse this resolver instead of those in /etc/resolv.conf: ADDR, ADDR:PORT or "+
			"[IPv6]:PORT.\n"+
			"Repeatable.")
	fs.StringVar(&t.Direct, "direct", "auto",
		"WHEN\tquery lists at their own name servers: auto (default, if the resolver fails), "+
			"always or never")
	fs.StringVar(&t.Rate, "rate", "",
		"N\tat most N queries per second to each list (default: the operator's limit, if known)")
	fs.StringVarP(&t.Timeout, "timeout", "t", "10",
		"SECONDS\tend the whole run after SECONDS (default 10) and report what was found by "+
			"then")
	// See CommandLine.Read, which takes it out of the arguments.
	fs.StringArray("extra-opts", nil,
		"[SECTION][@FILE]\tread options from a file, as monitoring-plugins do.\n"+
			"A file has lines OPTION=VALUE below [SECTION] (default check_dnsbl). The command "+
			"line wins; lists and targets add up. Repeatable. A file that only the monitor can "+
			"read is a safe place for keys.")
	return fs
}

// whatToPrint returns the options on output, help and version among them.
func whatToPrint(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringVarP(&t.Output, "output", "o", defaultFormat,
		"FORM\tnagios (default, for monitors), table (for people) or json (for programs).\n"+
			"The exit status is the same. json has everything about each list.")
	fs.CountVarP(&t.Verbose, "verbose", "v",
		"show the verdict and time of every list; -vv also shows every query and answer.\n"+
			"Elsewhere than on a terminal, output ends at 4,096 bytes, the limit of Nagios.")
	fs.BoolVarP(&t.Version, "version", "V", false,
		"show the version and the date of the catalog")
	fs.BoolVarP(&t.Help, "help", "h", false,
		"show this help")
	return fs
}
