package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/catalog"
)

// ReadBounce reads the bounce in the file at path, or from stdin if path is "-", until ctx is over:
// a pipe may never end, and a FIFO may not even open. The cause of ctx becomes the error.
func ReadBounce(ctx context.Context, path string, stdin io.Reader) (bounce.Bounce, error) {
	type result struct {
		b   bounce.Bounce
		err error
	}
	done := make(chan result, 1) // so that the reader can end after ctx
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				done <- result{err: fmt.Errorf("internal error: %v", reason)}
			}
		}()
		b, err := readBounce(path, stdin)
		done <- result{b, err}
	}()
	select {
	case r := <-done:
		return r.b, r.err
	case <-ctx.Done():
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return bounce.Bounce{}, unreadable(path, errors.New("interrupted before its end"))
	}
	return bounce.Bounce{}, unreadable(path, context.Cause(ctx))
}

func readBounce(path string, stdin io.Reader) (bounce.Bounce, error) {
	from := stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return bounce.Bounce{}, unreadable(path, err)
		}
		defer file.Close()
		from = file
	}
	b, err := bounce.Read(from, catalog.All())
	if err != nil {
		return b, unreadable(path, err)
	}
	return b, nil
}

// unreadable returns the error of a bounce that cannot be read, with the name of the file once.
func unreadable(path string, err error) error {
	if path == "-" {
		path = "standard input"
	}
	if at := new(fs.PathError); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("cannot read %s: %w", path, err)
}
