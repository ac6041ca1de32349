package store

import "bytes"

// withoutReferences is the JSON of a record without the list of references. What
// is not such JSON comes back as it is, for the decoder to judge.
func withoutReferences(record []byte) []byte {
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
			if depth == 1 && start < 0 && bytes.HasPrefix(record[i:], []byte(key)) && i+len(key) < len(record) && record[i+len(key)] == '[' {
				start = i
				i += len(key) - 1
				continue
			}
			if i = endOfString(record, i); i < 0 {
				return record
			}
		}
	}
	return record
}

// endOfString is the place of the quotation mark that ends a string, -1 where there
// is none.
func endOfString(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// cutMember cuts a member out of an object, with the comma before or behind it.
func cutMember(record []byte, start, end int) []byte {
	switch {
	case start > 0 && record[start-1] == ',':
		start--
	case end < len(record) && record[end] == ',':
		end++
	}
	out := make([]byte, 0, len(record)-(end-start))
	return append(append(out, record[:start]...), record[end:]...)
}
