package oaipmh

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"time"
)

// Place is where a list goes on. It holds all that a list is asked with, so that
// a token means the same after a restart, on another node and next year.
type Place struct {
	Stamp string // of the last record, of a list with From
	ID    string // of the last record
	Done  int    // records before it
}

// written is a token as it is written: Scope keeps the tokens of two repositories
// apart.
type written struct {
	Verb   string `json:"v"`
	Scope  string `json:"r,omitempty"`
	Prefix string `json:"p"`
	Set    string `json:"s,omitempty"`
	From   string `json:"f,omitempty"`
	Until  string `json:"u,omitempty"`
	Stamp  string `json:"t,omitempty"`
	ID     string `json:"i"`
	Done   int    `json:"n"`
}

const (
	sumBytes = 6
	// mostToken bounds a token that is read.
	mostToken = 2000
)

// Token is the resumption token of a list that goes on at a place.
func (r *Request) Token(scope string, at Place) string {
	w := written{Verb: r.Verb, Scope: scope, Prefix: r.Prefix, Set: r.Set, From: stamp(r.From), Until: stamp(r.Until), Stamp: at.Stamp, ID: at.ID, Done: at.Done}
	b, err := json.Marshal(w)
	if err != nil {
		return "" // strings and a number always have a form
	}
	return base64.RawURLEncoding.EncodeToString(append(sum(b), b...))
}

// sum tells a token that was cut or changed from one that was given.
func sum(b []byte) []byte {
	s := sha256.Sum256(append([]byte("offprint oai "), b...))
	return s[:sumBytes]
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// resumed reads a request that has a token, which is exclusive: the verb is the
// only other argument (section 3.5).
func resumed(r *Request, token string, values url.Values, scope string) (*Request, *Fault) {
	if len(values) > 2 {
		return &Request{}, fault(BadArgument, "resumptionToken is given together with other arguments")
	}
	bad := fault(BadResumptionToken, "this token was not given for this list here: begin the list again")
	r.given = append(r.given, [2]string{"resumptionToken", token})
	if len(token) > mostToken {
		return r, bad
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) < sumBytes || string(sum(b[sumBytes:])) != string(b[:sumBytes]) {
		return r, bad
	}
	var w written
	if json.Unmarshal(b[sumBytes:], &w) != nil || w.Verb != r.Verb || w.Scope != scope || w.Done < 0 || w.ID == "" {
		return r, bad
	}
	var ok, fine bool
	r.From, ok = instant(w.From, false)
	r.Until, fine = instant(w.Until, false)
	if !ok || !fine || r.From.IsZero() != (w.Stamp == "") {
		return r, bad
	}
	r.Prefix, r.Set, r.Place = w.Prefix, w.Set, &Place{Stamp: w.Stamp, ID: w.ID, Done: w.Done}
	return r, nil
}
