package store

import "strings"

// withoutReferences is the JSON of a record without the list of references. What
// is not such JSON comes back as it is, for the decoder to judge.
func withoutReferences(record string) []byte {
	const key = `"references":`
	depth, start := 0, -1
	for i := 0; i < len(record); i++ {
		switch c := record[i]; c {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 1 && start >= 0 && c == ']' {
				return cutMember(record, start, i+1)
			}
		case '"':
			if depth == 1 && start < 0 && strings.HasPrefix(record[i:], key) && i+len(key) < len(record) && record[i+len(key)] == '[' {
				start = i
				i += len(key) - 1
				continue
			}
			if i = endOfString(record, i); i < 0 {
				return []byte(record)
			}
		}
	}
	return []byte(record)
}

// endOfString is the place of the quotation mark that ends the string that begins at
// a place, -1 where there is none.
func endOfString(s string, i int) int {
	for i++; ; i++ {
		n := strings.IndexByte(s[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		// One that is escaped has an odd number of backslashes before it.
		slashes := 0
		for s[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
}

// cutMember cuts a member out of an object, with the comma before or behind it.
func cutMember(record string, start, end int) []byte {
	switch {
	case start > 0 && record[start-1] == ',':
		start--
	case end < len(record) && record[end] == ',':
		end++
	}
	out := make([]byte, 0, len(record)-(end-start))
	return append(append(out, record[:start]...), record[end:]...)
}
