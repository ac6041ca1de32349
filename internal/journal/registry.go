package journal

// Registry is what a journal is to registries and libraries: what they know it by,
// what it has agreed with them, and how its DOIs are made.
type Registry struct {
	// DOIPrefix is the prefix that the journal has from its agency: "10.31696".
	DOIPrefix string `json:"doi_prefix,omitempty"`
	// DOIPattern says how the suffix of a new DOI is made, see DOI; "" for none.
	DOIPattern string `json:"doi_pattern,omitempty"`
	// Depositor and DepositorEmail are who is told of a deposit's outcome;
	// Registrant is the organisation that owns the DOIs.
	Depositor      string `json:"depositor,omitempty"`
	DepositorEmail string `json:"depositor_email,omitempty"`
	Registrant     string `json:"registrant,omitempty"`
	// UpdatePolicy is the DOI of the journal's page on corrections and
	// retractions (Crossmark).
	UpdatePolicy string `json:"update_policy,omitempty"`
	// Archives are services that preserve the journal: CLOCKSS, Portico …
	Archives []string `json:"archives,omitempty"`
	// AcceptedLicence is the address of the licence of accepted manuscripts,
	// MiningLicence that for text and data mining, where they are not the
	// licence of the article.
	AcceptedLicence string `json:"accepted_licence,omitempty"`
	MiningLicence   string `json:"mining_licence,omitempty"`
	// Country of the publisher, ISO 3166-1 alpha-2.
	Country string `json:"country,omitempty"`
	// RSCITitle is the number of the journal in eLIBRARY.RU.
	RSCITitle string `json:"rsci_title,omitempty"`
	// JaLCSite is the number of the site under which the publisher registers DOIs
	// with JaLC.
	JaLCSite string `json:"jalc_site,omitempty"`
	// DOISequences are the last numbers that were given, by Sequence, and
	// DOIsReserved the DOIs that were given before an article had them.
	DOISequences map[string]int `json:"doi_sequences,omitempty"`
	DOIsReserved []string       `json:"dois_reserved,omitempty"`
	// OJSSection is the short name of the section that exports to OJS name.
	OJSSection string `json:"ojs_section,omitempty"`
}

// Registered is what the journal is to registries; never nil.
func (j *Journal) Registered() *Registry {
	if j.Registry == nil {
		return &Registry{}
	}
	return j.Registry
}

// Lack is something that a registry asks for and a record does not have. Its words
// stand in the catalogues of the interface under "lack." and Key.
type Lack struct {
	Key  string
	Args []any
	// Must: the registry takes no record without it, so that an export leaves the
	// article out. Otherwise it takes the record and makes less of it.
	Must bool
}

// Lacks collects what is missing.
type Lacks []Lack

// Must notes what a registry takes no record without, when it is missing.
func (l *Lacks) Must(missing bool, key string, args ...any) {
	if missing {
		*l = append(*l, Lack{Key: key, Args: args, Must: true})
	}
}

// Should notes what a registry makes less of a record without.
func (l *Lacks) Should(missing bool, key string, args ...any) {
	if missing {
		*l = append(*l, Lack{Key: key, Args: args})
	}
}

// Grave: something is missing that a registry takes no record without.
func (l Lacks) Grave() bool {
	for i := range l {
		if l[i].Must {
			return true
		}
	}
	return false
}
