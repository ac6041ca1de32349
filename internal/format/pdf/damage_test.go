package pdf

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestDamagedDocumentsNeverStopTheReader changes, cuts and doubles bytes of
// sound documents. Each comes back with a text or with an error, in time.
func TestDamagedDocumentsNeverStopTheReader(t *testing.T) {
	r := reader(t, Limits{Time: 20 * time.Second, Memory: 64 << 20})
	random := rand.New(rand.NewPCG(1, 2))
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	for name, data := range map[string][]byte{
		"columns": sample(t, "columns.pdf"), "sealed": sample(t, "sealed.pdf"),
		"packed": sample(t, "packed-script.pdf"), "plain": long(3),
	} {
		readable := 0
		for range rounds {
			bad := append([]byte{}, data...)
			for range 1 + random.IntN(30) {
				at := random.IntN(len(bad))
				switch random.IntN(4) {
				case 0:
					bad[at] = byte(random.Uint32())
				case 1:
					bad = append(bad[:at], bad[min(len(bad), at+1+random.IntN(50)):]...)
				case 2:
					bad[at] = "0123456789<>[]()/ R"[random.IntN(19)]
				default:
					to := min(len(bad), at+random.IntN(200))
					bad = append(bad[:to:to], append(append([]byte{}, bad[at:to]...), bad[to:]...)...)
				}
				if len(bad) < 10 {
					break
				}
			}
			start := time.Now()
			if f, err := r.Read(t.Context(), bad); err == nil {
				readable++
				_ = Document(f)
				_ = f.Text()
			}
			if took := time.Since(start); took > 3*time.Minute {
				t.Errorf("%s: %s", name, took)
			}
		}
		t.Logf("%s: %d of %d could be read", name, readable, rounds)
	}
}
