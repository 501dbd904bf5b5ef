package authority

import (
	"fmt"
	"testing"
)

func TestDelegationsAreBounded(t *testing.T) {
	d := new(Finder).Zone("bl.example")
	for i := range 2 * maxDelegations {
		if got := d.delegation(fmt.Sprint(i)); (got != nil) != (i < maxDelegations) {
			t.Fatalf("delegation %d: %v", i, got)
		}
	}
	if d.delegation("0") == nil {
		t.Error("what is known is not any more")
	}
}
