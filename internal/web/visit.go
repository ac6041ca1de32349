package web

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"offprint/internal/errs"
	"offprint/internal/httpx"
	"offprint/internal/journal"
	"offprint/internal/locale"
	"offprint/internal/site"
	"offprint/internal/usage"
	"offprint/internal/view"
)

// visit is a request understood: which journal, in which language, what for.
type visit struct {
	site    *Site
	journal *journal.Journal // nil on pages of the installation
	lang    string           // language of the interface
	plain   string           // language of the plain addresses here
	origin  string           // https://host, of canonical addresses
	prefix  string           // "/rjr", or "" on the journal's own host
	rest    string           // the path behind prefix and language
	theme   view.Theme
	params  map[string]string
	route   string
	subject *usage.Subject // of the page that is drawn, nil where reading it does not count
}

// at is the address of a page of this visit's journal (or of the installation)
// in its language: at("/issues/") is /rjr/ru/issues/.
func (v *visit) at(rest string) string { return v.in(v.lang, rest) }

func (v *visit) in(lang, rest string) string {
	if lang != v.plain {
		return v.prefix + "/" + lang + rest
	}
	return v.prefix + rest
}

// plainAt is the address without language: of files and machine forms.
func (v *visit) plainAt(rest string) string { return v.prefix + rest }

// of is the address of a page of another journal, in the language of the
// visit where that is not its plain one.
func (v *visit) of(j *journal.Journal, rest string) string {
	origin, prefix := "", "/"+j.Path
	if j.Host != "" {
		origin, prefix = v.site.base.Scheme+"://"+j.Host, ""
	}
	if v.lang != site.PlainLanguage(j) {
		return origin + prefix + "/" + v.lang + rest
	}
	return origin + prefix + rest
}

func isLanguage(s string) bool {
	if len(s) != 2 && len(s) != 3 {
		return false
	}
	base, err := language.ParseBase(s)
	return err == nil && base.String() == s
}

// serve understands the address of a request and calls the method that the
// routes name for it.
func (s *Site) serve(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if strings.HasPrefix(path, "/assets/") {
		s.front.Handle("asset", s.asset)(w, r)
		return
	}
	if !utf8.ValidString(path) || strings.ContainsFunc(path, unicode.IsControl) {
		// No address of ours holds such a thing, and a header must not.
		s.front.Handle("not found", s.lost)(w, r)
		return
	}
	v, routes := s.understand(r)
	rt, params, allowed, slash := match(routes, r.Method, v.rest)
	if slash == "" && rt == nil && v.journal == nil {
		// The path of a journal may be written with capitals.
		if first, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); first != strings.ToLower(first) && s.directory.Load().byPath[strings.ToLower(first)] != nil {
			redirect(w, r, "/"+strings.ToLower(first)+"/"+rest)
			return
		}
	}
	switch {
	case slash != "":
		redirect(w, r, strings.TrimSuffix(path, v.rest)+slash)
		return
	case rt == nil && len(allowed) > 0:
		if slices.Contains(allowed, http.MethodGet) {
			allowed = append(allowed, http.MethodHead)
		}
		slices.Sort(allowed)
		w.Header().Set("Allow", strings.Join(slices.Compact(allowed), ", "))
		s.errorPage(w, r, http.StatusMethodNotAllowed, errs.Newf(errs.Invalid, "this address cannot be asked with %s", r.Method))
		return
	case rt == nil:
		s.front.Handle("not found", s.lost)(w, r)
		return
	}
	v.params, v.route = params, rt.name
	s.front.Handle(rt.name, func(w http.ResponseWriter, r *http.Request) error { return rt.handle(v, w, r) })(w, r)
}

// redirect leads to another path of this site for good, with the query kept.
func redirect(w http.ResponseWriter, r *http.Request, path string) {
	u := url.URL{Path: "/" + strings.TrimLeft(path, "/"), RawQuery: r.URL.RawQuery}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	http.Redirect(w, r, u.String(), http.StatusMovedPermanently)
}

// understand takes journal and language off the path.
func (s *Site) understand(r *http.Request) (*visit, []route) {
	dir := s.directory.Load()
	v := &visit{site: s, plain: "en", origin: s.base.Scheme + "://" + s.base.Host, rest: r.URL.Path, theme: themeOf(r)}
	routes := s.root
	var own *journal.Journal
	if len(dir.byHost) > 0 {
		own = dir.byHost[hostname(r.Host)]
	}
	if j := own; j != nil {
		v.journal, v.origin, routes = j, s.base.Scheme+"://"+j.Host, s.journal
		// Operators' addresses are the same on every host.
		if _, _, _, slash := match(s.root, r.Method, v.rest); slash == "" && (v.rest == "/healthz" || v.rest == "/readyz" || v.rest == "/robots.txt" || v.rest == "/favicon.ico") {
			routes = s.root
		}
	} else if first, rest := head(v.rest); first != "" && dir.byPath[first] != nil {
		v.journal, v.prefix, v.rest, routes = dir.byPath[first], "/"+first, rest, s.journal
		if v.journal.Host != "" {
			v.origin = s.base.Scheme + "://" + v.journal.Host
		}
	}
	if v.journal != nil {
		v.plain = dir.plain[v.journal.ID]
	}
	v.lang = v.plain
	if first, rest := head(v.rest); first != v.plain && rest != "" && locale.Supports(first) {
		v.lang, v.rest = first, rest
	}
	return v, routes
}

// head cuts the first part off a path. rest is empty when no slash follows.
func head(path string) (first, rest string) {
	first, _, found := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if !found {
		return first, ""
	}
	return first, path[1+len(first):]
}

func hostname(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 {
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
	}
	return strings.ToLower(host)
}

const themeCookie = "theme"

func themeOf(r *http.Request) view.Theme {
	if len(r.Header["Cookie"]) == 0 {
		return view.System
	}
	c, err := r.Cookie(themeCookie)
	if err != nil {
		return view.System
	}
	return view.ParseTheme(c.Value)
}

// key is the key of a page in the cache. Only the parts of the query that the
// page reads are part of it.
func (v *visit) key(r *http.Request, query string) httpx.Key {
	k := httpx.Key{Address: v.prefix + "/" + v.lang + v.rest, Variant: string(v.theme)}
	if query != "" {
		k.Address += "?" + query
	}
	if v.prefix == "" && v.journal != nil {
		k.Variant += "@" + v.journal.Path
	}
	return k
}
