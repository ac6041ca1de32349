package view

// DeskKey is the form by which an editor comes in.
type DeskKey struct {
	Base
	Action string
	// Wrong: the key that was given is none.
	Wrong bool
}

func (*DeskKey) template() string { return "desk-key" }

// ReferenceHealth tells editors which links in their references do not answer.
type ReferenceHealth struct {
	Base
	Other, Leave string // addresses of the other choice of articles and of the way out
	Asked        Date   // when the last of the links was asked, empty: never
	Articles     int    // with links in their references
	Ailing       int    // of them with dead ones
	All          bool   // those whose links all answer are among the lines
	Lines        []HealthLine
	// Previous and Next are addresses, empty where the list ends.
	Previous, Next string
}

func (*ReferenceHealth) template() string { return "desk-references" }

// HealthLine is an article with how many links in its references answered or did not,
// how many of these did not, and how many may not be asked.
type HealthLine struct {
	Link
	Links, Dead, Refused int
	DeadLinks            []DeadLink
}

// DeadLink is a link that does not answer. State is a catalogue name in the family
// "link-state".
type DeadLink struct {
	Entry  Link // in the list of references
	URL    string
	State  string
	Status int // of HTTP, 0 where nobody answered
	Since  Date
}
