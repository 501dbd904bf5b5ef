// Package extraopts reads option files as monitoring-plugins do.
//
// Plugins of that family take --extra-opts=[SECTION][@FILE]: the options in a section of a file are
// added to those of the command line. Without SECTION it is the one with the plugin's name, without
// FILE the first that exists of a number of well-known ones. Files look like this:
//
//	[check_dnsbl]
//	# a comment has a line of its own
//	list = zen.spamhaus.org=127.0.0.[2..11]
//	verbose =
//
// Read takes the --extra-opts out of a command line, locator.go finds the file of each, text.go
// reads it, and section.go the settings in it; file.go has the types. The package does not know any
// option but --extra-opts: which ones exist and what their values mean is for its caller.
package extraopts

import (
	"fmt"
	"strings"
)

// Read returns args without --extra-opts, and the files that these name. Its argument is optional
// and may be the next word, unless that begins with a hyphen. What follows "--" is left alone.
// Section is the default section; getenv returns a variable of the environment, as os.Getenv does.
// Errors name the file and the line, but never quote it: it may be a secret. With an
// error, the files before the one that cannot be read are returned.
func Read(args []string, section string, getenv func(string) string) ([]string, []File, error) {
	var rest []string
	var files []File
	for i := 0; i < len(args); i++ {
		locator, isOption := strings.CutPrefix(args[i], "--extra-opts=")
		switch {
		case isOption:
		case args[i] == "--":
			return append(rest, args[i:]...), files, nil
		case args[i] != "--extra-opts":
			rest = append(rest, args[i])
			continue
		case i+1 < len(args) && !strings.HasPrefix(args[i+1], "-"):
			i++
			locator = args[i]
		default:
			locator = ""
		}
		f, err := open(locator, section, getenv)
		if err != nil {
			return rest, files, fmt.Errorf("--extra-opts: %w", err)
		}
		files = append(files, f)
	}
	return rest, files, nil
}
