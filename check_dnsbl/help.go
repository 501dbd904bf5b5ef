package main

// help is the page that -h prints.
const help = `check_dnsbl asks DNS blocklists whether they list your mail server, and proves each answer:
a list that did not answer, refuses your resolver, is dead or lists everything is named as failed,
never taken for "clean" and never for a listing.

usage: check_dnsbl -H TARGET [-H TARGET ...] [options]

what to check
  -H, --hostname TARGET    an address, a network (192.0.2.0/24, at most a /16 or an IPv6 /112), a host
                           name (all its addresses) or domain:NAME (the name itself, on domain lists);
                           repeatable; an argument without an option is a target too

      --self-test          instead of a target: are the lists that you ask healthy themselves? -w and -c are for
                           the number of unhealthy lists then (without -c there is no CRITICAL)

which lists to ask
  -l, --list LIST          a zone, such as bl.spamcop.net, or an entry of Postfix's postscreen_dnsbl_sites:
                           zone[=filter][*weight], such as zen.spamhaus.org=127.0.0.[2..11]*3; repeatable
      --set NAME           recommended (without -l), major or all; adds to -l; repeatable
  -x, --exclude ZONE       leave this list out; repeatable
      --key OPERATOR=KEY   your key of spamhaus (DQS), abusix or spamrats: their keyed lists take the place of the
                           open ones; repeatable; better in the environment, as CHECK_DNSBL_KEY_SPAMHAUS=KEY
      --no-test ZONE       this list of yours has no test entries: believe its "not listed"; repeatable

when to alert
  -w, --warning N|RANGE    WARNING on N lists or more (default 1), or outside a Nagios range: 2: or @3:5
  -c, --critical N|RANGE   CRITICAL on N lists or more; without -c: on 3 or more, or on any major list for
                           abuse (not for mere policy). Given weights, their sum alone is what counts
      --critical-on ZONE   CRITICAL on this list, or on any major one (major); repeatable
      --max-failed PERCENT no OK but UNKNOWN if more than this part of the lists failed (default 25).
                           There is never an OK if a major list failed; leave it out with -x

how to ask
      --resolver ADDR      ask this resolver, ADDR, ADDR:PORT or [IPv6]:PORT; repeatable;
                           default: those of /etc/resolv.conf
      --direct WHEN        auto (the default): a list that refuses the resolver, or fails through it, is asked at
                           its own name servers; always: all lists are; never: none is
  -t, --timeout SECONDS    for the whole run (default 10); what was found by then is reported

what to print
  -v, --verbose            -v: the verdict and time of every list; -vv: every question to a list, and its
                           answer
                           (all of it on a terminal; 4,096 bytes, which is what Nagios takes, elsewhere)
  -V, --version
  -h, --help

exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (also help, version and anything that is typed wrong)

examples
  check_dnsbl -H 192.0.2.25                               the recommended lists
  check_dnsbl -H mail.example.com -w 1 -c 2 -t 20         all addresses of a host
  check_dnsbl -H 192.0.2.25 --set all -x all.s5h.net      as many lists as there are, but one
  check_dnsbl -H domain:example.com                       a domain, on domain lists
  check_dnsbl -H 192.0.2.25 -l bl.spamcop.net -l 'zen.spamhaus.org=127.0.0.[2..9]*2' -w 2
  check_dnsbl --self-test --set all -t 60                 which lists work from here
  check_dnsbl -H 127.0.0.2                                the test entry: every list that works lists it
`
