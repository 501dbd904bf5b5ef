package main

import "runtime/debug"

// version is the released version, such as 1.0.0. A release sets it by the linker's option
// -X main.version=1.0.0.
var version string

// programName returns the name and version of the program.
func programName() string { return "check_dnsbl " + buildVersion() }

// buildVersion returns the version that was set, or what the Go tools know of the build.
func buildVersion() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "built from " + s.Value[:min(12, len(s.Value))]
		}
	}
	return info.Main.Version
}
