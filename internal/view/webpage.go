package view

// Webpage is a page that the journal has written about itself.
type Webpage struct {
	Base
	Title Run
	// Body is the text, with the language that it is in.
	Body Run
	// Contents are the sections of the text, for long ones.
	Contents []Link
	// Written is the language of the text where it is not that of the
	// interface, BCP 47.
	Written string
	Saved   Date
}

func (*Webpage) template() string { return "webpage" }

// Accessibility says how far everybody can use the site.
type Accessibility struct {
	Base
	Checks []Check
	// Built is the day of the program.
	Built Date
	// Contact leads to whom a barrier is reported; without it the publisher's
	// name stands alone.
	Contact *Link
}

func (*Accessibility) template() string { return "accessibility" }

// Check is something that the tests of the program make sure of.
type Check struct {
	// Name is its word in the catalogues, "accessibility-check.…".
	Name string
	// Criteria are success criteria of WCAG 2.2: "1.4.3".
	Criteria []string
	// Tests are the names of the test functions.
	Tests []string
}

// Checks are all that the statement of accessibility claims. A test looks for
// each of the tests in the sources: a claim without a test is not made.
func Checks() []Check {
	return []Check{
		{"axe", []string{"1.1.1", "1.3.1", "2.4.4", "4.1.2"}, []string{"TestAxeFindsNothing"}},
		{"keyboard", []string{"2.1.1", "2.1.2", "2.4.3", "2.4.7"}, []string{"TestKeyboardReachesEverythingInOrder"}},
		{"contrast", []string{"1.4.3", "1.4.11"}, []string{"TestColoursCanBeReadInLightAndDark", "TestEveryAccentCanBeRead", "TestTokensThatCannotBeReadAreRefused"}},
		{"narrow", []string{"1.4.4", "1.4.10"}, []string{"TestNoPageScrollsSideways"}},
		{"spacing", []string{"1.4.12"}, []string{"TestWiderLettersLoseNothing"}},
		{"markup", []string{"1.3.1", "2.4.1", "2.4.2", "2.4.6", "3.1.1"}, []string{"TestFullPagesAreWellFormedInEveryLanguage", "TestEmptyPagesAreWellFormedInEveryLanguage", "TestPagesAreValidHTML", "TestSkipLinkLeadsPastTheMasthead"}},
		{"language", []string{"3.1.2"}, []string{"TestRunsSayTheirLanguageAndDirection"}},
		{"headings", []string{"1.3.1", "2.4.6"}, []string{"TestTitleIsTheFirstHeadingAndTheOthersBeginAtTwo"}},
		{"direction", []string{"1.3.2"}, []string{"TestSheetsKnowNoLeftAndRight", "TestPseudoLocaleShowsNoUntranslatedWord"}},
	}
}
