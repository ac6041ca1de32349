package oaipmh

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Verbs of the protocol.
const (
	Identify            = "Identify"
	ListMetadataFormats = "ListMetadataFormats"
	ListSets            = "ListSets"
	ListIdentifiers     = "ListIdentifiers"
	ListRecords         = "ListRecords"
	GetRecord           = "GetRecord"
)

// Request is what a harvester asks for.
type Request struct {
	Verb       string
	Identifier string
	Prefix     string // of the format
	Set        string
	// From and Until are instants, both included, zero where not given: a day
	// given as until reaches to its last second.
	From, Until time.Time
	// Place is where a list goes on, nil at its beginning.
	Place *Place
	// given are the arguments as they came, in the order in which they are
	// repeated in the response.
	given [][2]string
}

// Fault is an error condition of the protocol (section 3.6).
type Fault struct {
	Code string
	Says string // for the person who reads the harvester's log
}

func (f *Fault) Error() string { return f.Code + ": " + f.Says }

// Codes of faults.
const (
	BadVerb                 = "badVerb"
	BadArgument             = "badArgument"
	BadResumptionToken      = "badResumptionToken"
	CannotDisseminateFormat = "cannotDisseminateFormat"
	IDDoesNotExist          = "idDoesNotExist"
	NoRecordsMatch          = "noRecordsMatch"
)

func fault(code, says string) *Fault { return &Fault{Code: code, Says: says} }

// arguments of a verb: required ones, optional ones.
var arguments = map[string][2][]string{
	Identify:            {},
	ListMetadataFormats: {nil, {"identifier"}},
	ListSets:            {nil, {"resumptionToken"}},
	ListIdentifiers:     {{"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}},
	ListRecords:         {{"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}},
	GetRecord:           {{"identifier", "metadataPrefix"}, nil},
}

// Parse reads the arguments of a request (section 3.2 and chapter 4). scope is
// which repository is asked: a token of another one is not accepted.
func Parse(values url.Values, scope string) (*Request, *Fault) {
	verbs := values["verb"]
	if len(verbs) != 1 {
		return &Request{}, fault(BadVerb, "say once what is asked: verb=Identify, ListMetadataFormats, ListSets, ListIdentifiers, ListRecords or GetRecord")
	}
	r := &Request{Verb: verbs[0]}
	known, ok := arguments[r.Verb]
	if !ok {
		return &Request{}, fault(BadVerb, "there is no such verb: use Identify, ListMetadataFormats, ListSets, ListIdentifiers, ListRecords or GetRecord")
	}
	r.given = append(r.given, [2]string{"verb", r.Verb})
	for name, list := range values {
		switch {
		case name == "verb":
		case !slices.Contains(known[0], name) && !slices.Contains(known[1], name):
			return &Request{}, fault(BadArgument, r.Verb+" does not have the argument "+printable(name))
		case len(list) != 1:
			return &Request{}, fault(BadArgument, name+" is given more than once")
		case list[0] == "":
			return &Request{}, fault(BadArgument, name+" is empty")
		}
	}
	if token := values.Get("resumptionToken"); token != "" {
		return resumed(r, token, values, scope)
	}
	for _, name := range known[0] {
		if values.Get(name) == "" {
			return &Request{}, fault(BadArgument, r.Verb+" needs the argument "+name)
		}
	}
	return r, r.read(values)
}

// read reads the arguments of a request without a token.
func (r *Request) read(values url.Values) *Fault {
	for _, name := range [...]string{"identifier", "metadataPrefix", "from", "until", "set"} {
		if v := values.Get(name); v != "" {
			r.given = append(r.given, [2]string{name, v})
		}
	}
	r.Identifier, r.Prefix, r.Set = values.Get("identifier"), values.Get("metadataPrefix"), values.Get("set")
	from, until := values.Get("from"), values.Get("until")
	if from != "" && until != "" && len(from) != len(until) {
		return r.refuse("from and until have different granularity: give both as days or both as seconds")
	}
	var ok bool
	if r.From, ok = instant(from, false); !ok {
		return r.refuse("from is no date: write 2024-03-31 or 2024-03-31T12:00:00Z")
	}
	if r.Until, ok = instant(until, true); !ok {
		return r.refuse("until is no date: write 2024-03-31 or 2024-03-31T12:00:00Z")
	}
	if from != "" && until != "" && r.Until.Before(r.From) {
		return r.refuse("until lies before from")
	}
	return nil
}

// refuse is a bad argument; the response then repeats no arguments.
func (r *Request) refuse(says string) *Fault {
	r.given = nil
	return fault(BadArgument, says)
}

// instant reads a UTCdatetime of either granularity (section 3.3). The year 0001
// is as early as a date can be.
func instant(s string, end bool) (time.Time, bool) {
	if s == "" {
		return time.Time{}, true
	}
	if t, err := time.Parse("2006-01-02", s); err == nil {
		if end {
			t = t.Add(24*time.Hour - time.Second)
		}
		return t, true
	}
	t, err := time.Parse("2006-01-02T15:04:05Z", s)
	return t, err == nil && len(s) == len("2006-01-02T15:04:05Z")
}

// printable is an argument's name as it may stand in a message.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == '\uFFFD' {
			return '?'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return s
}
