package survey

import (
	"fmt"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnstest"
)

// A list whose negative answers all fail does not take the time of a retry for each subject: as its
// test entry is listed, it is not given up.
func TestFailingListIsNotRetried(t *testing.T) {
	t.Parallel()
	const subjects, others = 100, 40
	servFail := dnstest.IfAbsent(dnstest.Rcode(dns.RcodeServerFailure))
	lists, zones := []dnstest.List{{Zone: "a.example", Fault: servFail}}, []string{"a.example"}
	for i := range others {
		zones = append(zones, fmt.Sprintf("%d.example", i))
		lists = append(lists, dnstest.List{Zone: zones[i+1]})
	}
	_, client := surveyWorld(t, lists...)
	survey, taken := New(client, unknowns(zones...)), 0
	begun := time.Now()
	for range survey.Ask(t.Context(), network(subjects, &taken)) {
	}
	if took := time.Since(begun); took > 30*time.Second { // retries for each subject take 100 s
		t.Errorf("took %v", took)
	}
}
