package httpx

import (
	"net/http"
	"strings"
)

// The values are slices made once: setting a header is then one assignment.
// Nobody may write into them.
var (
	policy = []string{strings.Join([]string{
		"default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "object-src 'none'",
		"base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
	}, "; ")}
	noSniff     = []string{"nosniff"}
	referrer    = []string{"strict-origin-when-cross-origin"}
	permissions = []string{"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"}
	sameOrigin  = []string{"same-origin"}
	crossOrigin = []string{"cross-origin"}

	revalidate = []string{"public, max-age=0, must-revalidate"}
	noStore    = []string{"no-store"}
)

// secure sets the headers that every response has (Content Security Policy
// Level 3; nothing of another host is ever loaded and no page runs a script
// that is not a file of the site). What is published is public: other sites
// may show a figure of it (Cross-Origin-Resource-Policy), but no window of
// theirs is kept in touch with ours (Cross-Origin-Opener-Policy).
func secure(h http.Header) {
	h["Content-Security-Policy"] = policy
	h["X-Content-Type-Options"] = noSniff
	h["Referrer-Policy"] = referrer
	h["Permissions-Policy"] = permissions
	h["Cross-Origin-Opener-Policy"] = sameOrigin
	h["Cross-Origin-Resource-Policy"] = crossOrigin
}

// Sandbox is the policy for a file that somebody else drew and that a browser
// shows as a document (SVG): it runs nothing and loads nothing.
const Sandbox = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
