package search

import "time"

// patience is a deadline that no test reaches.
const patience = time.Minute
