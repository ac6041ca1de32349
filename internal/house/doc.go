// Package house holds the rules of the project's own code as tests: which
// package may import which, how long a file and a function may be, that every
// package says what it is, and that documents name what is there.
//
//	go test ./internal/house
//
// Each rule is written down for people in docs/architecture.md or
// docs/contributing.md. Where a document holds a table, the table itself is
// what the test reads, so that the two cannot differ.
//
// Terms. A tier is a row of the table of packages: a package imports only
// packages of lower tiers. A face is a package of the tier that answers people
// and machines over HTTP.
//
// The package has no code beside its tests. It must not know what the packages
// do.
package house
