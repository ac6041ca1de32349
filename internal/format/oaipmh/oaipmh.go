// Package oaipmh reads the requests and writes the responses of the Open Archives
// Initiative Protocol for Metadata Harvesting 2.0
// (http://www.openarchives.org/OAI/openarchivesprotocol.html).
//
// Terms of the protocol: a repository answers one base address; an item has an
// identifier and a datestamp; a record is the item in one metadata format; a set
// is a group of items; a list that does not fit one response goes on with a
// resumption token.
//
//	req, fault := oaipmh.Parse(query, "rjr")
//	out := oaipmh.NewResponse(w, "https://example.org/rjr/oai", req, time.Now())
//	if fault != nil {
//		out.Fault(fault)
//	} else {
//		out.Begin()
//		out.Record(oaipmh.Header{Identifier: "oai:example.org:rjr/panov-2020", …}, metadata, about)
//		out.End(token, done)
//	}
//	err := out.Close()
//
// The package knows no article and no store, and keeps nothing between requests.
package oaipmh

import (
	"io"
	"strconv"
	"time"

	"offprint/internal/format/xmltree"
)

// Namespace and Schema of responses.
const (
	Namespace = "http://www.openarchives.org/OAI/2.0/"
	Schema    = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
	// Media is the media type of a response.
	Media = "text/xml; charset=utf-8"
)

const instance = "http://www.w3.org/2001/XMLSchema-instance"

// Header is what is said of an item without its metadata.
type Header struct {
	Identifier string
	Stamp      string // UTC, to the second
	Sets       []string
	Deleted    bool
}

// Format is a metadata format that a repository offers.
type Format struct{ Prefix, Schema, Namespace string }

// Set is a set that a repository offers.
type Set struct{ Spec, Name string }

// Repository is what Identify says.
type Repository struct {
	Name   string
	Base   string
	Admins []string // e-mail addresses; the protocol demands one at least
	Begins time.Time
	Domain string // of the identifiers
	Sample string // an identifier
}

// Response writes one response, as far as it has got at any time: it may be of
// any length.
type Response struct {
	s   *xmltree.Stream
	out io.Writer
	req *Request
	// head is everything before the verb's own element.
	head []*xmltree.Element
}

// NewResponse begins the response to a request at a base address.
func NewResponse(w io.Writer, base string, r *Request, now time.Time) *Response {
	request := xmltree.Mixed("request", xmltree.Text(xmltree.Address(base)))
	for _, a := range r.given {
		request.Set(a[0], a[1])
	}
	root := xmltree.New("OAI-PMH", xmltree.Say("responseDate", stamp(now)), request).Set("xmlns", Namespace).
		Set("xmlns:xsi", instance).Set("xsi:schemaLocation", Namespace+" "+Schema)
	return &Response{out: w, req: r, head: []*xmltree.Element{root}}
}

// Fault is a response that says what is wrong with the request.
func (o *Response) Fault(f *Fault) error {
	if f.Code == BadVerb || f.Code == BadArgument {
		o.req.given = nil
	}
	o.s = xmltree.NewStream(o.out, o.head...)
	return o.s.Add(xmltree.Mixed("error", xmltree.Text(f.Says)).Set("code", f.Code))
}

// Begin opens the verb's element.
func (o *Response) Begin() {
	o.s = xmltree.NewStream(o.out, append(o.head, xmltree.New(o.req.Verb))...)
}

// Identify says what the repository is.
func (o *Response) Identify(r *Repository) error {
	elements := []*xmltree.Element{xmltree.Say("repositoryName", r.Name), xmltree.Say("baseURL", xmltree.Address(r.Base)), xmltree.Say("protocolVersion", "2.0")}
	for _, a := range r.Admins {
		elements = append(elements, xmltree.Say("adminEmail", a))
	}
	elements = append(elements, xmltree.Say("earliestDatestamp", stamp(r.Begins)), xmltree.Say("deletedRecord", "persistent"),
		xmltree.Say("granularity", "YYYY-MM-DDThh:mm:ssZ"), xmltree.Say("compression", "gzip"))
	const ns = "http://www.openarchives.org/OAI/2.0/oai-identifier"
	scheme := xmltree.New("oai-identifier", xmltree.Say("scheme", "oai"), xmltree.Say("repositoryIdentifier", r.Domain),
		xmltree.Say("delimiter", ":"), xmltree.Say("sampleIdentifier", r.Sample)).
		Set("xmlns", ns).Set("xsi:schemaLocation", ns+" http://www.openarchives.org/OAI/2.0/oai-identifier.xsd")
	return o.s.Add(append(elements, xmltree.New("description", scheme))...)
}

// Formats lists metadata formats.
func (o *Response) Formats(list []Format) error {
	for _, f := range list {
		err := o.s.Add(xmltree.New("metadataFormat", xmltree.Say("metadataPrefix", f.Prefix), xmltree.Say("schema", f.Schema), xmltree.Say("metadataNamespace", f.Namespace)))
		if err != nil {
			return err
		}
	}
	return nil
}

// Set is one set of a list.
func (o *Response) Set(s Set) error {
	return o.s.Add(xmltree.New("set", xmltree.Say("setSpec", s.Spec), xmltree.Say("setName", s.Name)))
}

// Header is one item of ListIdentifiers.
func (o *Response) Header(h Header) error { return o.s.Add(header(h)) }

// Record is one record; a deleted item has none but its header.
func (o *Response) Record(h Header, metadata, about *xmltree.Element) error {
	e := xmltree.New("record", header(h))
	if !h.Deleted {
		e.Add(xmltree.New("metadata", metadata), xmltree.Group("about", about))
	}
	return o.s.Add(e)
}

func header(h Header) *xmltree.Element {
	e := xmltree.New("header", xmltree.Say("identifier", h.Identifier), xmltree.Say("datestamp", h.Stamp))
	if h.Deleted {
		e.Set("status", "deleted")
	}
	for _, s := range h.Sets {
		e.Add(xmltree.Say("setSpec", s))
	}
	return e
}

// End ends a list: with the token of what follows, or an empty one where a list
// that did not fit one response is complete. before is how many items came in
// earlier responses.
func (o *Response) End(token string, before int) error {
	if token == "" && before == 0 {
		return nil
	}
	return o.s.Add(xmltree.Mixed("resumptionToken", xmltree.Text(token)).Set("cursor", strconv.Itoa(before)))
}

// Flush writes what there is of the response so far.
func (o *Response) Flush() error { return o.s.Flush() }

// Close ends the response.
func (o *Response) Close() error { return o.s.Close() }
