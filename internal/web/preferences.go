package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"offprint/internal/errs"
	"offprint/internal/view"
)

// preferences is the form of the choice between light and dark.
func (s *Site) preferences(v *visit, w http.ResponseWriter, r *http.Request) error {
	p := &view.Preferences{Base: v.newBase("")}
	p.NoIndex = true
	w.Header()["Cache-Control"] = []string{"private, no-store"}
	return s.write(w, r, http.StatusOK, v.lang, p)
}

// savePreferences keeps the choice in a cookie, the only one that readers get,
// and leads back to the page where it was made.
func (s *Site) savePreferences(v *visit, w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	theme := view.ParseTheme(r.PostForm.Get("theme"))
	c := &http.Cookie{Name: themeCookie, Value: theme.Value(), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.base.Scheme == "https"}
	if theme == view.System {
		c.MaxAge = -1
	} else {
		c.MaxAge = int((365 * 24 * time.Hour).Seconds())
	}
	http.SetCookie(w, c)
	w.Header()["Cache-Control"] = []string{"no-store"}
	http.Redirect(w, r, ownPath(r.PostForm.Get("return"), v.at("/")), http.StatusSeeOther)
	return nil
}

// readForm reads the form that a request brings.
func readForm(r *http.Request) error {
	err := r.ParseForm()
	var large *http.MaxBytesError
	if err == nil || errors.As(err, &large) {
		return err
	}
	return errs.Newf(errs.Invalid, "the form cannot be read")
}

// ownPath is the path if it leads to this site, else the other one: a form must
// not send readers elsewhere.
func ownPath(path, otherwise string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return otherwise
	}
	return u.String()
}
