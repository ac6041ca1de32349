package view

// Truth is what is known of how far an article can be relied upon. Nothing in
// it is concluded: what the record does not say is left out.
type Truth struct {
	// Standing is the gravest thing that is said of the article, or empty.
	Standing           Tone
	Received, Accepted Date
	// Reviews is how many documents of its review are published with it.
	Reviews int
	// Cited are the references, Resolved those of them with a DOI or an
	// address.
	Cited, Resolved int
}
