package httpx

import (
	"log/slog"
	"net/http"
	"time"
)

// NewServer is a server with a time-out on everything that a peer can make us
// wait for. Handlers of large files extend the write deadline as they go.
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    MaxHeader,
		ConnContext:       nameConnections,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// patient extends the write deadline whenever something was written, so that a
// large file reaches a slow reader, while one who reads nothing is cut off.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
	until   time.Time
}

// Patient makes w wait for slow readers of large files.
func Patient(w http.ResponseWriter) http.ResponseWriter {
	return &patient{ResponseWriter: w, control: http.NewResponseController(w)}
}

func (p *patient) Write(b []byte) (int, error) {
	if now := time.Now(); p.until.Sub(now) < 45*time.Second {
		p.until = now.Add(time.Minute)
		_ = p.control.SetWriteDeadline(p.until) // not every writer has one
	}
	return p.ResponseWriter.Write(b)
}

func (p *patient) Unwrap() http.ResponseWriter { return p.ResponseWriter }
