package view

// Near is a related article with the reason.
type Near struct {
	Line
	Sources  int // works that both cite
	Authors  int // that both have
	Keywords int // that both have
}
