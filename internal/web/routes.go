package web

import (
	"net/http"
	"slices"
	"strings"

	"offprint/internal/locale"
	"offprint/internal/site"
)

// route is an address and the method that answers it. In a pattern, {name}
// stands for one part of the path; a pattern that ends in a slash has its
// addresses end in one, and the other form is led there.
type route struct {
	method  string
	pattern string
	name    string
	handle  func(*visit, http.ResponseWriter, *http.Request) error
}

// routes is the map of all addresses. Those of a journal follow its path, or
// stand at the root of its own host; a language of the interface other than
// the plain one stands before them: /rjr/ru/issues/.
func (s *Site) routes() (root, journal []route) {
	root = []route{
		{"GET", "/", "installation", s.installation},
		{"GET", "/accessibility", "accessibility", s.accessibility},
		{"GET", "/preferences", "preferences", s.preferences},
		{"POST", "/preferences", "preferences", s.savePreferences},
		{"GET", "/robots.txt", "robots", s.robots},
		{"GET", "/favicon.ico", "favicon", s.favicon},
		{"GET", "/healthz", "health", s.health},
		{"GET", "/readyz", "ready", s.ready},
	}
	journal = []route{
		{"GET", "/", "home", s.home},
		{"GET", "/issues/", "archive", s.archive},
		{"GET", "/issues/{issue}", "issue", s.issue},
		{"GET", "/issues/{issue}/usage.csv", "usage.csv", s.issueMonthsCSV},
		{"GET", "/issues/{issue}/most-read.csv", "most-read.csv", s.mostReadOfIssueCSV},
		{"GET", "/issues/{issue}/{file}", "cover", s.cover},
		{"GET", "/articles/{article}", "article", s.article},
		{"GET", "/articles/{article}/cite", "cite", s.cite},
		{"GET", "/articles/{article}/references", "references", s.references},
		{"GET", "/articles/{article}/compare", "compare", s.compare},
		{"GET", "/articles/{article}/linkset.json", "linkset", s.linkset},
		{"GET", "/articles/{article}/usage.csv", "usage.csv", s.articleMonthsCSV},
		{"GET", "/articles/{article}/{version}", "version", s.version},
		{"GET", "/articles/{article}/files/{file}", "file", s.file},
		{"GET", "/articles/{article}/files/{file}/{width}", "rendition", s.rendition},
		{"GET", "/articles/{article}/figures/{figure}", "figure", s.figure},
		{"GET", "/authors/", "authors", s.authors},
		{"GET", "/authors/{person}", "author", s.author},
		{"GET", "/authors/{person}/usage.csv", "usage.csv", s.authorMonthsCSV},
		{"GET", "/keywords/", "keywords", s.keywords},
		{"GET", "/keywords/{keyword}", "keyword", s.keyword},
		{"GET", "/sources/", "sources", s.sources},
		{"GET", "/sources/{source}", "source", s.source},
		{"GET", "/sections/", "sections", s.sectionList},
		{"GET", "/sections/{section}", "section", s.section},
		{"GET", "/about/", "about", s.about},
		{"GET", "/about/accessibility", "accessibility", s.accessibility},
		{"GET", "/about/statistics", "statistics", s.statistics},
		{"GET", "/about/statistics.csv", "statistics.csv", s.statisticsCSV},
		{"GET", "/about/readers.csv", "readers.csv", s.originsCSV},
		{"GET", "/about/usage.csv", "usage.csv", s.journalMonthsCSV},
		{"GET", "/about/most-read.csv", "most-read.csv", s.mostReadCSV},
		{"GET", "/about/{page}", "webpage", s.webpage},
		{"GET", "/news/", "announcements", s.announcements},
		{"GET", "/news/{slug}", "announcement", s.announcement},
		{"GET", "/preferences", "preferences", s.preferences},
		{"POST", "/preferences", "preferences", s.savePreferences},
	}
	journal = append(journal, s.deskRoutes()...)
	for _, r := range s.searchRoutes() {
		root, journal = append(root, r), append(journal, r)
	}
	for _, b := range s.Beside {
		r := route{b.Method, b.Pattern, b.Name, beside(b.Answer)}
		// They are asked first: none of them has a part that stands for anything
		// where ours has a word.
		if b.In&site.AtRoot != 0 {
			root = slices.Insert(root, 0, r)
		}
		if b.In&site.InJournal != 0 {
			journal = slices.Insert(journal, 0, r)
		}
	}
	return root, journal
}

// beside lets another face answer.
func beside(answer func(*site.Ask, http.ResponseWriter, *http.Request) error) func(*visit, http.ResponseWriter, *http.Request) error {
	return func(v *visit, w http.ResponseWriter, r *http.Request) error {
		return answer(&site.Ask{Journal: v.journal, Origin: v.origin, Prefix: v.prefix, Params: v.params}, w, r)
	}
}

// searchRoutes are the addresses of the search, in one journal and in all.
func (s *Site) searchRoutes() []route {
	out := []route{
		{"GET", "/search", "search", s.limited(s.search)},
		{"GET", "/search.json", "search.json", s.limited(s.searchJSON)},
		{"GET", "/suggest.json", "suggest.json", s.limitedSuggest(s.suggest)},
		{"GET", "/opensearch.xml", "opensearch", s.openSearch},
	}
	for _, f := range searchFeeds {
		out = append(out, route{"GET", "/search" + f.ending, "search" + f.ending, s.limited(s.searchFeed(f.ending, f.media, f.write))})
	}
	for i := range resultForms {
		f := &resultForms[i]
		out = append(out, route{"GET", "/search" + f.ending, "search" + f.ending, s.limited(s.exported(f))})
	}
	return out
}

// reserved are first parts of addresses that no journal may have, now or for
// what is planned.
var reserved = []string{"about", "accessibility", "admin", "api", "articles", "assets", "authors", "counter", "desk", "driver", "favicon", "feed", "files", "healthz", "issues",
	"journals", "keywords", "lang", "linkset", "login", "logout", "metrics", "news", "oai", "offprint", "openaire", "opensearch", "preferences", "r51", "readyz", "robots", "search", "sections",
	"sitemap", "sources", "static", "suggest", "users", "v", "well-known"}

// Reserved reports whether a journal may not have this path: names that the
// site uses itself, and two- and three-letter language codes.
func Reserved(path string) bool {
	return slices.Contains(reserved, path) || slices.Contains(locale.Supported(), path) || isLanguage(path)
}

// match finds the route of a path. dir reports that only the slash at its end
// is missing or too much.
func match(routes []route, method, path string) (r *route, params map[string]string, allowed []string, slash string) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for i := range routes {
		r := &routes[i]
		params, ok := fits(r.pattern, parts)
		if !ok {
			continue
		}
		if want := strings.HasSuffix(r.pattern, "/"); want != strings.HasSuffix(path, "/") {
			fixed := strings.TrimSuffix(path, "/")
			if want {
				fixed = path + "/"
			}
			return nil, nil, nil, fixed
		}
		if method == r.method || method == http.MethodHead && r.method == http.MethodGet {
			return r, params, nil, ""
		}
		allowed = append(allowed, r.method)
	}
	return nil, nil, allowed, ""
}

func fits(pattern string, parts []string) (map[string]string, bool) {
	var params map[string]string
	n := 0
	for want := range strings.SplitSeq(strings.Trim(pattern, "/"), "/") {
		if n >= len(parts) {
			return nil, false
		}
		part := parts[n]
		n++
		if name, ok := strings.CutPrefix(want, "{"); ok {
			if part == "" {
				return nil, false
			}
			if params == nil {
				params = map[string]string{}
			}
			params[strings.TrimSuffix(name, "}")] = part
		} else if part != want {
			return nil, false
		}
	}
	return params, n == len(parts)
}
