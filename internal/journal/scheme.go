package journal

import "strings"

// classifications are the codes of the Library of Congress's list of classification
// schemes (https://www.loc.gov/standards/sourcelist/classification.html) by the names
// that records have the schemes under.
var classifications = map[string]string{
	"acm": "acmccs", "acmccs": "acmccs", "bbk": "rubbk", "clc": "clc", "ddc": "ddc", "grnti": "rugasnti", "inspec": "inspec", "ipc": "ipc",
	"jel": "jelc", "jelc": "jelc", "lbc": "rubbk", "lcc": "lcc", "msc": "msc", "rubbk": "rubbk", "rugasnti": "rugasnti", "rvk": "rvk", "udc": "udc", "udk": "udc",
}

// otherSchemes are classifications and thesauri that the list has not.
var otherSchemes = map[string]bool{"lcsh": true, "mesh": true, "pacs": true, "vak": true}

// Classification is the code of the Library of Congress for the subject's scheme, empty
// where it is none of a known classification: JATS has a journal's own headings as
// subjects too, under any name.
func (s Subject) Classification() string { return classifications[strings.ToLower(s.Scheme)] }

// InScheme reports whether the subject is of a known classification or thesaurus.
func (s Subject) InScheme() bool {
	return s.Classification() != "" || otherSchemes[strings.ToLower(s.Scheme)]
}
