//go:build !linux

package search

func mapped() int { return 0 }

func unmapPages([]byte) {}
