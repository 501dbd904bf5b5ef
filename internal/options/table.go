package options

import (
	"io"

	"check_dnsbl/internal/usage"

	"github.com/spf13/pflag"
)

// groups returns the options by what they are for, in the order in which the help shows them.
// Parsing them fills t. All values are strings, even numbers: what is wrong with one is for the
// program to say, in its own words.
//
// The text of an option that takes a value starts with a word for the value and a tab.
func groups(t *Typed) []usage.Group {
	return []usage.Group{
		{Title: "what to check", Options: whatToCheck(t)},
		{Title: "which lists to ask", Options: whichLists(t)},
		{Title: "when to alert", Options: whenToAlert(t)},
		{Title: "how to ask", Options: howToAsk(t)},
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

// whatToCheck returns the options that name targets, or something else to check in their place.
func whatToCheck(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVarP(&t.Hosts, "hostname", "H", nil,
		"TARGET\tan address, a network (192.0.2.0/24, at most a /8 or an IPv6 /104), a range "+
			"(192.0.2.1-192.0.2.9 or 192.0.2.1-9), a host name (all its addresses), mx:NAME "+
			"(all addresses of a domain's mail servers), spf:NAME (all that its SPF record lets "+
			"send) or domain:NAME (the name itself and its parents, on domain lists); "+
			"repeatable; an argument without an option is a target too")
	fs.StringArrayVar(&t.Bounces, "bounce", nil,
		"FILE\ta bounce, or any text or log with the words of the refusal in it (- is "+
			"standard input): the address that was rejected is what to check, unless -H names "+
			"it, and the lists that are named in it are asked first, before the others")
	fs.BoolVar(&t.FCrDNS, "fcrdns", false,
		"also: do the addresses (at most 256) present themselves as receivers of mail want, "+
			"by a PTR record with one name that resolves to the address, is not generic (address "+
			"digits in it, words such as dynamic, pool, vmi123456) and, if a host was named or an "+
			"mx: of the same domain, is of its domain? A fault is a WARNING where all else is OK")
	fs.BoolVar(&t.SelfTest, "self-test", false,
		"instead of a target: are the lists that you ask healthy themselves? -w and -c are "+
			"for the number of unhealthy lists then (without -c there is no CRITICAL)")
	fs.BoolVar(&t.Catalog, "catalog", false,
		"what is known of each list, in a table, without asking anybody; arguments without "+
			"an option are zones then, and there is a page on each")
	return fs
}

// whichLists returns the options that choose lists. Together they are a catalog.Request.
func whichLists(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVarP(&t.Lists, "list", "l", nil,
		"LIST\task this list: a zone, such as bl.spamcop.net, or an entry of Postfix's "+
			"postscreen_dnsbl_sites: zone[=filter][*weight], such as "+
			"zen.spamhaus.org=127.0.0.[2..11]*3; repeatable")
	fs.StringArrayVar(&t.Sets, "set", nil,
		"NAME\task this set of lists: recommended (the default without -l), major, minor or all; "+
			"adds to -l; repeatable")
	fs.StringArrayVarP(&t.Excluded, "exclude", "x", nil,
		"ZONE\tleave this list out; repeatable")
	fs.StringArrayVar(&t.Keys, "key", nil,
		"OPERATOR=KEY\tyour key of spamhaus (DQS), abusix or spamrats: their keyed lists "+
			"take the place of the open ones; repeatable; better in a file (--extra-opts) or in "+
			"the environment, as CHECK_DNSBL_KEY_SPAMHAUS=KEY")
	fs.StringArrayVar(&t.NoTest, "no-test", nil,
		"ZONE\tthis list of yours has no test entries: believe its \"not listed\"; repeatable")
	return fs
}

// whenToAlert returns the thresholds. Whether -w and -c were given matters, not only their values:
// without -c a listing on a major list is CRITICAL.
func whenToAlert(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringVarP(&t.Warning, "warning", "w", "1",
		"N|RANGE\tWARNING on N lists or more (default 1), or outside a Nagios range: 2: or "+
			"@3:5")
	fs.StringVarP(&t.Critical, "critical", "c", "3",
		"N|RANGE\tCRITICAL on N lists or more; without -c: on 3 or more, or on any major "+
			"list for abuse (not for mere policy). Given weights, their sum alone is what counts")
	fs.StringArrayVar(&t.CriticalOn, "critical-on", nil,
		"ZONE\tCRITICAL on this list, or on any major one (major); repeatable")
	fs.StringVar(&t.MaxFailed, "max-failed", "25",
		"PERCENT\tno OK but UNKNOWN if more than this part of the lists failed (default 25). "+
			"There is never an OK if a major list that is open to everyone failed; leave it out "+
			"with -x")
	return fs
}

// howToAsk returns the options on resolvers, rates and time.
func howToAsk(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringArrayVar(&t.Resolvers, "resolver", nil,
		"ADDR\task this resolver, ADDR, ADDR:PORT or [IPv6]:PORT; repeatable; default: those "+
			"of /etc/resolv.conf")
	fs.StringVar(&t.Direct, "direct", "auto",
		"WHEN\twhether lists are asked at their own name servers: auto (the default), those "+
			"that refuse the resolver or fail through it; always, all; never, none")
	fs.StringVar(&t.Rate, "rate", "",
		"N\tat most N questions a second to one list (default: as many as its operator "+
			"takes, where that is known)")
	fs.StringVarP(&t.Timeout, "timeout", "t", "10",
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

// whatToPrint returns the options on output, help and version among them.
func whatToPrint(t *Typed) *pflag.FlagSet {
	fs := new(pflag.FlagSet)
	fs.StringVarP(&t.Output, "output", "o", defaultFormat,
		"FORM\tnagios (the default), for monitors; table, for people; json, for programs: "+
			"all there is of each list. The exit status is the same")
	fs.CountVarP(&t.Verbose, "verbose", "v",
		"the verdict and time of every list; twice, -vv: every question to a list, and its "+
			"answer (all of it on a terminal; 4,096 bytes, which is what Nagios takes, elsewhere)")
	fs.BoolVarP(&t.Version, "version", "V", false,
		"the version of this program and the date of its catalog")
	fs.BoolVarP(&t.Help, "help", "h", false,
		"this page")
	return fs
}
