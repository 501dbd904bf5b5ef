package extraopts

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// maxFile is more bytes than any option file has.
const maxFile = 1 << 20

// OwnerAdvice is about who should be able to read an option file: it completes an error about one
// that the plugin cannot read, and a warning about one that everyone can.
const OwnerAdvice = "The user that runs the check, such as nagios, should own it, with mode 600 " +
	"(chown nagios, chmod 600)"

// read returns the text of f and sets WorldReadable. It reads regular files only: no time limit is
// known yet, as -t may be in the file, and a pipe or device may never end, or not even open.
func (f *File) read() (string, error) {
	info, err := os.Stat(f.Path)
	if err != nil {
		return "", f.unreadable(err)
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s: must be a regular file", f.Path)
	}
	f.WorldReadable = info.Mode()&0o004 != 0 && worldReachable(f.Path)
	file, err := os.Open(f.Path)
	if err != nil {
		return "", f.unreadable(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	switch {
	case err != nil:
		return "", f.unreadable(err)
	case len(text) > maxFile:
		return "", fmt.Errorf("%s: must be an option file, but has more than %d bytes",
			f.Path, maxFile)
	}
	return string(text), nil
}

// worldReachable reports whether everyone may pass through the directories that lead to a file. If
// that cannot be found out it reports true, as one warning too many does no harm.
func worldReachable(path string) bool {
	path, err := filepath.EvalSymlinks(path)
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return true
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err == nil && info.Mode()&0o001 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// unreadable returns the error for a file that cannot be read. Monitors run as a user of their own,
// so that a lack of permission is the common case and gets advice.
func (f *File) unreadable(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, fs.ErrPermission) {
		err = fmt.Errorf("%w. %s", err, OwnerAdvice)
	}
	return fmt.Errorf("cannot read %s: %w", f.Path, err)
}
