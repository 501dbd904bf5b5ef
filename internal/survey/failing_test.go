package survey

import (
	"fmt"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"
)

// A list whose negative answers all fail does not take the time of a retry for each subject: as its
// test entry is listed, it is not given up.
func TestFailingListIsNotRetried(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		const subjects, others = 100, 40
		servFail := dnstest.IfAbsent(dnstest.Rcode(dns.RcodeServerFailure))
		lists, zones := []dnstest.List{{Zone: "a.example", Fault: servFail}}, []string{"a.example"}
		for i := range others {
			zones = append(zones, fmt.Sprintf("%d.example", i))
			lists = append(lists, dnstest.List{Zone: zones[i+1]})
		}
		server, client := surveyWorld(t, lists...)
		survey, taken := New(client, unknowns(zones...)), 0
		for range survey.Ask(t.Context(), network(subjects, &taken)) {
		}
		asked := 0
		for _, query := range server.Queries() {
			if strings.HasSuffix(query, ".a.example") {
				asked++
			}
		}
		if asked > 2*subjects { // three for each would be retries
			wrong("%d queries about %d subjects", asked, subjects)
		}
	})
}
