package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"check_dnsbl/internal/text"
)

// section is the one that is read of a file if no other is named.
const section = "check_dnsbl"

// maxFile is more than any file of options has, in bytes.
const maxFile = 1 << 20

// ownFile is what to do about a file that the wrong people can read, or the right ones cannot.
const ownFile = "the user that runs the check, such as nagios, should own it, with mode 600 (chown nagios, chmod 600)"

// An optionFile is a section of a file.
type optionFile struct {
	path, section string
	settings      []setting
	exposed       bool // everyone on the host can read it
}

// A setting is an option of a file as it would stand on the command line, such as "--list=bl.spamcop.net" or "-v".
type setting struct {
	line int
	arg  string
}

// args returns the options of a file.
func (f *optionFile) args() []string {
	args := make([]string, len(f.settings))
	for i, s := range f.settings {
		args[i] = s.arg
	}
	return args
}

// String names the section for those who look for it.
func (f *optionFile) String() string { return fmt.Sprintf("%s [%s]", f.path, f.section) }

// readLocator reads the section of a file that [SECTION][@FILE] names.
func readLocator(locator string, environ []string) (optionFile, error) {
	f := optionFile{section: section}
	name, path, named := strings.Cut(locator, "@")
	if name != "" {
		f.section = name
	}
	if f.path = path; !named {
		f.path = defaultFile(environ)
	}
	switch {
	case f.path == "" && named:
		return f, errors.New("want a file after the @")
	case f.path == "":
		return f, fmt.Errorf("no file for [%s] in the usual places, such as /etc/monitoring-plugins.ini: want [SECTION]@FILE", f.section)
	}
	text, err := f.read()
	if err != nil {
		return f, err
	}
	f.settings, err = parseSection(text, f.section)
	if err != nil {
		return f, fmt.Errorf("%s: %w", f.path, err)
	}
	return f, nil
}

// defaultFile returns the file of options that is found first, in the order of monitoring-plugins, or "".
func defaultFile(environ []string) string {
	if path := variable(environ, "MP_CONFIG_FILE"); path != "" {
		return path
	}
	var paths []string
	for dir := range strings.SplitSeq(variable(environ, "NAGIOS_CONFIG_PATH"), ":") {
		for _, name := range []string{"monitoring-plugins.ini", "plugins.ini", "nagios-plugins.ini"} {
			if dir != "" {
				paths = append(paths, dir+"/"+name)
			}
		}
	}
	paths = append(paths,
		"/usr/local/etc/monitoring-plugins/monitoring-plugins.ini", "/usr/local/etc/monitoring-plugins.ini",
		"/etc/monitoring-plugins/monitoring-plugins.ini", "/etc/monitoring-plugins.ini",
		"/etc/nagios/plugins.ini", "/usr/local/nagios/etc/plugins.ini", "/usr/local/etc/nagios/plugins.ini", "/etc/opt/nagios/plugins.ini",
		"/etc/nagios-plugins.ini", "/usr/local/etc/nagios-plugins.ini", "/etc/opt/nagios-plugins.ini")
	i := slices.IndexFunc(paths, func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	})
	if i < 0 {
		return ""
	}
	return paths[i]
}

// variable returns the value of an environment variable, or "".
func variable(environ []string, name string) string {
	for _, v := range environ {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

// open says whether everyone may pass through the directories that a file is in.
func open(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	for dir := filepath.Dir(real); err == nil; dir = filepath.Dir(dir) {
		info, failed := os.Stat(dir)
		switch {
		case failed == nil && info.Mode()&0o001 == 0:
			return false
		case dir == filepath.Dir(dir):
			return true
		}
	}
	return true // better one warning too many
}

// read returns the text of the file, and finds out who else may read it.
func (f *optionFile) read() (string, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return "", f.unreadable(err)
	}
	if !info.Mode().IsRegular() { // a pipe or device may never end, or not even open
		return "", fmt.Errorf("%s is no regular file", f.path)
	}
	f.exposed = info.Mode()&0o004 != 0 && open(f.path)
	file, err := os.Open(f.path)
	if err != nil {
		return "", f.unreadable(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	switch {
	case err != nil:
		return "", f.unreadable(err)
	case len(text) > maxFile:
		return "", fmt.Errorf("%s has more than %d bytes: this is no file of options", f.path, maxFile)
	}
	return string(text), nil
}

// unreadable says why the file cannot be read, and what to do where monitors run as a user of their own.
func (f *optionFile) unreadable(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, fs.ErrPermission) {
		err = fmt.Errorf("%w: %s", err, ownFile)
	}
	return fmt.Errorf("cannot read %s: %w", f.path, err)
}

// parseSection returns the options in a section of a file, as monitoring-plugins read it: a section may be in several parts; a
// comment has a line of its own; all that follows the first "=" is the value, but for the blanks around it. What stands in
// the sections of others is theirs. Errors tell the line, and nothing that stands there: it may be a key.
func parseSection(content, name string) ([]setting, error) {
	var settings []setting
	var sections []string
	n, inside := 0, false
	for line := range strings.Lines(strings.TrimPrefix(content, "\ufeff")) {
		line = strings.TrimSpace(line)
		n++
		switch {
		case line == "" || isComment(line):
		case line[0] == '[':
			header, rest, closed := strings.Cut(line[1:], "]")
			if rest = strings.TrimSpace(rest); !closed || rest != "" && !isComment(rest) {
				return nil, fmt.Errorf("line %d: want [SECTION]", n)
			}
			header = strings.TrimSpace(header)
			sections = append(sections, "["+header+"]")
			inside = header == name
		case len(sections) == 0:
			return nil, fmt.Errorf("line %d: want a [SECTION] before the first option", n)
		case inside:
			arg := settingArg(line)
			if arg == "" {
				return nil, fmt.Errorf("section [%s], line %d: want OPTION=VALUE, or OPTION= for one that takes no value, without hyphens before it", name, n)
			}
			settings = append(settings, setting{n, arg})
		}
	}
	switch {
	case len(settings) > 0:
		return settings, nil
	case slices.Contains(sections, "["+name+"]"):
		return nil, fmt.Errorf("section [%s] has no option", name)
	case len(sections) == 0:
		return nil, fmt.Errorf("no section [%s], nor any other", name)
	}
	return nil, fmt.Errorf("no section [%s], only %s", name, text.Some(sections))
}

// isComment says whether a line, or what is left of it, is a comment.
func isComment(text string) bool { return text[0] == '#' || text[0] == ';' }

// settingArg returns OPTION=VALUE as it would stand on the command line, or "".
func settingArg(line string) string {
	name, value, found := strings.Cut(line, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !found || name == "" || name[0] == '-' {
		return ""
	}
	arg := "--" + name
	if len(name) == 1 {
		arg = "-" + name
	}
	if value != "" {
		arg += "=" + value
	}
	return arg
}
