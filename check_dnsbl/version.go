package main

import (
	"fmt"
	"runtime/debug"
)

// version is the released version, such as 1.0.0. A release sets it by the linker's option
// -X main.version=1.0.0.
var version string

// programName returns the name and version of the program.
func programName() string { return "check_dnsbl " + buildVersion() }

// buildVersion returns the version that was set or else, of a plain go build, the commit.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	switch {
	case version != "":
		return version
	case !ok:
		return "unknown"
	}
	return versionOf(info)
}

// versionOf returns what the Go tools know of a build: the commit, and whether it was changed.
func versionOf(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	commit := settings["vcs.revision"]
	switch {
	case commit == "":
		return info.Main.Version
	case settings["vcs.modified"] == "true":
		return fmt.Sprintf("built from commit %.12s with changes", commit)
	}
	return fmt.Sprintf("built from commit %.12s", commit)
}
