package dnsbl

// Ways are the ways in which a listing ends, for programs: List.Delisting has them in words.
type Ways uint8

const (
	Expires      Ways = 1 << iota // without a request, after a time or when its cause has ended
	SelfService                   // the user removes it on a page of the operator
	ByRequest                     // the operator decides on a request, by form or mail
	ByProvider                    // the owner of the network must request it
	NeverExpires                  // it stays until somebody has it removed
)

// Codes returns the ways as stable codes: "expires", "self_service".
func (w Ways) Codes() []string {
	var codes []string
	for i, code := range [...]string{
		"expires", "self_service", "by_request", "by_provider", "never_expires",
	} {
		if w&(1<<i) != 0 {
			codes = append(codes, code)
		}
	}
	return codes
}
