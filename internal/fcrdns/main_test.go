package fcrdns

import (
	"flag"
	"os"
	"testing"
)

// The tests mostly wait, so many of them may run at a time, whatever the number of processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
