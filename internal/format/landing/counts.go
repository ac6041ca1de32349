package landing

import "strings"

// takeCounts reads a group of figures: a heading ("Просмотров:"), then pairs of
// a label with a colon and a number, on one line or two. It returns how many
// lines belong to the group. What is neither views of the page nor downloads
// of the text is counted by the site for itself.
func (p *page) takeCounts(lines []line) int {
	i := 1
	if len(lines) > 1 {
		if n, ok := number(lines[1].text); ok {
			p.addCount("views", n)
			i = 2
		}
	}
	for i < len(lines) {
		text := lines[i].text
		colon := strings.LastIndexAny(text, ":")
		if colon < 0 || len(text) > maxLabel {
			break
		}
		value, used := strings.TrimSpace(text[colon+1:]), 1
		if value == "" && i+1 < len(lines) {
			value, used = lines[i+1].text, 2
		}
		n, ok := number(value)
		if !ok {
			break
		}
		switch l, _ := lookup(labels.before, text[:colon]); l.field {
		case fViews, fThisPage:
			p.addCount("views", n)
		case fDownloads, fFullText:
			p.addCount("downloads", n)
		}
		p.furnish++
		i += used
	}
	return i
}

// frameLines reads what stands in the frame of the site: figures there are the
// article's; the rest goes on as lines without a label.
func (p *page) frameLines(lines []line) []line {
	var rest []line
	for i := 0; i < len(lines); i++ {
		l, _, value, ok := labelOf(lines[i].text)
		switch {
		case ok && l.field == fViews && value == "":
			i += p.takeCounts(lines[i:]) - 1
		case ok && (l.field == fViews || l.field == fDownloads):
			p.counted(l.field, value)
		default:
			rest = append(rest, lines[i])
		}
	}
	return rest
}
