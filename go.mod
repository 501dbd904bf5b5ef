module check_dnsbl

go 1.26.0

require (
	github.com/emersion/go-message v0.18.2
	github.com/miekg/dns v1.1.73
	github.com/olorin/nagiosplugin v1.2.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.2
	github.com/spf13/pflag v1.0.10
	go.uber.org/goleak v1.3.0
	golang.org/x/net v0.57.0
	golang.org/x/term v0.45.0
	golang.org/x/time v0.16.0
)

require (
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/sys v0.47.0 // indirect
	golang.org/x/text v0.40.0 // indirect
)
