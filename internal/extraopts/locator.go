package extraopts

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// open reads the section of the file that a locator "[SECTION][@FILE]" names.
func open(locator, section string, getenv func(string) string) (File, error) {
	f := File{Section: section}
	name, path, named := strings.Cut(locator, "@")
	if name != "" {
		f.Section = name
	}
	if f.Path = path; !named {
		f.Path = defaultFile(getenv)
	}
	switch {
	case f.Path == "" && named:
		return f, errors.New("must have a file after the @")
	case f.Path == "":
		return f, fmt.Errorf("no option file in the usual places, such as "+
			"/etc/monitoring-plugins.ini. Use --extra-opts=%s@FILE", f.Section)
	}
	text, err := f.read()
	if err != nil {
		return f, err
	}
	f.Settings, err = parseSection(text, f.Section)
	if err != nil {
		return f, fmt.Errorf("%s: %w", f.Path, err)
	}
	return f, nil
}

// defaultFile returns the first option file that exists, in the order of monitoring-plugins
// (lib/parse_ini.c), or "".
func defaultFile(getenv func(string) string) string {
	if path := getenv("MP_CONFIG_FILE"); path != "" {
		return path
	}
	var paths []string
	for dir := range strings.SplitSeq(getenv("NAGIOS_CONFIG_PATH"), ":") {
		names := []string{"monitoring-plugins.ini", "plugins.ini", "nagios-plugins.ini"}
		for _, name := range names {
			if dir != "" {
				paths = append(paths, dir+"/"+name)
			}
		}
	}
	paths = append(paths,
		"/usr/local/etc/monitoring-plugins/monitoring-plugins.ini",
		"/usr/local/etc/monitoring-plugins.ini",
		"/etc/monitoring-plugins/monitoring-plugins.ini",
		"/etc/monitoring-plugins.ini",
		"/etc/nagios/plugins.ini",
		"/usr/local/nagios/etc/plugins.ini",
		"/usr/local/etc/nagios/plugins.ini",
		"/etc/opt/nagios/plugins.ini",
		"/etc/nagios-plugins.ini",
		"/usr/local/etc/nagios-plugins.ini",
		"/etc/opt/nagios-plugins.ini")
	i := slices.IndexFunc(paths, func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	})
	if i < 0 {
		return ""
	}
	return paths[i]
}
