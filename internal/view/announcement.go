package view

// Announcement is one piece of news of a journal.
type Announcement struct {
	Base
	Title Run
	Date  Date
	Body  Run
	// Written is the language of the text where it is not that of the
	// interface, BCP 47.
	Written        string
	Previous, Next *Link // older, newer
}

func (*Announcement) template() string { return "announcement" }

// Announcements is the list of them, newest first.
type Announcements struct {
	Base
	News []NewsLine
}

func (*Announcements) template() string { return "announcements" }

// NewsLine is an announcement in a list.
type NewsLine struct {
	URL   string
	Title Run
	Date  Date
}

// Image is a picture of a journal or an issue.
type Image struct {
	URL           string
	Alt           Run
	Width, Height int // in CSS pixels
}
