// Package acceptance has no code, only tests of the released program with what it works with: real
// DNS servers, monitors, and the packages. They run with CHECK_DNSBL_REAL=1, as .ci/run does; then
// everything that they need must be installed:
//
//   - lists_test.go, direct_test.go: rbldnsd and unbound serve lists, with transcripts in
//     testdata/real and testdata/real-direct
//   - resolver_test.go, forwarder_test.go, minimize_test.go: resolvers that people have, scripted
//     and real: overloaded, restarting, filtering, or strict
//   - nagios_test.go, icinga_test.go, cluster_test.go, nrpe_test.go: monitors run the examples
//   - json_test.go, perfdata_test.go: ajv and Monitoring::Plugin read the output
//   - package_test.go, build_test.go, install_test.go: the packages are built, read and installed
//
// The program is built once, in program_test.go.
package acceptance
