# The output of check_dnsbl -o json as metrics for Prometheus, in its text format:
#     check_dnsbl -H 192.0.2.25 -o json | jq -rf prometheus.jq
# A list that failed has no dnsbl_listed, neither 1 nor 0: it is a series of dnsbl_failed, with the cause.

def series($name; $labels; $value):
  "\($name){\($labels | to_entries | map("\(.key)=\(.value | tojson)") | join(","))} \($value)";

def findings($want):
  .results[]? | .subject as $subject | .findings[] | select((.outcome == "failed") == $want)
  | {labels: {subject: $subject, zone, tier, counted: (.counted | tostring)}, outcome, cause};

"# HELP dnsbl_listed Whether the list lists the address or domain.",
"# TYPE dnsbl_listed gauge",
(findings(false) | series("dnsbl_listed"; .labels; if .outcome == "listed" then 1 else 0 end)),
"# HELP dnsbl_failed Lists that gave no verdict on the address or domain.",
"# TYPE dnsbl_failed gauge",
(findings(true) | series("dnsbl_failed"; .labels + {cause}; 1)),
"# HELP dnsbl_exit_status The exit status of the check: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.",
"# TYPE dnsbl_exit_status gauge",
"dnsbl_exit_status \(.exit_status)"
