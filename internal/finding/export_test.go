package finding

import "time"

// SetPatience is how long f waits for a folder that another has open.
func (f *Finder) SetPatience(d time.Duration) { f.patience = d }
