// Package browser tests the reader's pages in a browser, as people use them:
// with a small screen, with the keyboard alone, with other colours and wider
// letters, on paper, and without scripts.
//
//	go test ./internal/browser        # needs Chromium, axe-core, vnu and a Java runtime
//	go test -short ./internal/browser # skips all of it
//
// The tests serve the demonstration journal in process and walk all its
// addresses; scripts/install-test-tools installs what they need. Only tests
// stand in this package, and nothing imports it.
package browser
