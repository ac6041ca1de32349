package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"offprint/internal/auth"
	"offprint/internal/deposit"
	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/store"
	"offprint/internal/view"
)

// Editors' pages stand below /desk/ of a journal. Who opens one gives the key that
// the operator gave out, once; from then on a cookie stands for it. Without a file of
// keys there are no such pages.

const (
	deskCookie = "desk"
	deskDays   = 30 // for which the cookie is kept
)

func (s *Site) deskRoutes() []route {
	return []route{
		{"GET", "/desk/", "desk", s.withKeys(s.editors(s.desk))},
		{"POST", "/desk/", "desk", s.withKeys(s.limited(s.enterDesk))},
		{"POST", "/desk/leave", "desk", s.withKeys(s.leaveDesk)},
		{"GET", "/desk/references", "desk", s.withKeys(s.editors(s.referenceHealth))},
	}
}

// withKeys is there only where keys were given out.
func (s *Site) withKeys(answer handler) handler {
	return func(v *visit, w http.ResponseWriter, r *http.Request) error {
		if s.Desk == nil {
			return errs.Newf(errs.NotFound, "there is no page %s", v.rest)
		}
		return answer(v, w, r)
	}
}

// editors shows a page to who has a key for the journal, to others the form for it.
func (s *Site) editors(show handler) handler {
	return func(v *visit, w http.ResponseWriter, r *http.Request) error {
		if s.deskKey(v, r) == nil {
			return s.askForKey(v, w, r, http.StatusForbidden, false)
		}
		w.Header()["Cache-Control"] = []string{"private, no-store"}
		return show(v, w, r)
	}
}

// deskKey is the key for the journal that the request comes with, or nil.
func (s *Site) deskKey(v *visit, r *http.Request) *auth.Key {
	for _, c := range r.CookiesNamed(deskCookie) {
		if key := s.Desk.BySession(deskCookie, c.Value); key != nil && key.For(v.journal.Path) {
			return key
		}
	}
	return nil
}

// desk leads editors to the first of their pages.
func (s *Site) desk(v *visit, w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, v.at("/desk/references"), http.StatusSeeOther)
	return nil
}

func (s *Site) askForKey(v *visit, w http.ResponseWriter, r *http.Request, status int, wrong bool) error {
	p := &view.DeskKey{Base: v.newBase(""), Action: v.at("/desk/"), Wrong: wrong}
	p.NoIndex = true
	w.Header()["Cache-Control"] = []string{"private, no-store"}
	return s.write(w, r, status, v.lang, p)
}

// enterDesk takes a key.
func (s *Site) enterDesk(v *visit, w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	key := s.Desk.Find(r.PostForm.Get("key"))
	if key == nil || !key.For(v.journal.Path) {
		return s.askForKey(v, w, r, http.StatusForbidden, true)
	}
	http.SetCookie(w, s.newDeskCookie(v, key.Session(deskCookie), deskDays*24*time.Hour))
	s.toDesk(v, w, r)
	return nil
}

// leaveDesk takes the cookie away.
func (s *Site) leaveDesk(v *visit, w http.ResponseWriter, r *http.Request) error {
	http.SetCookie(w, s.newDeskCookie(v, "", -time.Second))
	s.toDesk(v, w, r)
	return nil
}

func (s *Site) toDesk(v *visit, w http.ResponseWriter, r *http.Request) {
	w.Header()["Cache-Control"] = []string{"no-store"}
	http.Redirect(w, r, v.at("/desk/"), http.StatusSeeOther)
}

// newDeskCookie is for the pages of one journal: an editor may have several keys.
func (s *Site) newDeskCookie(v *visit, value string, kept time.Duration) *http.Cookie {
	return &http.Cookie{Name: deskCookie, Value: value, Path: v.prefix + "/", MaxAge: int(kept.Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.base.Scheme == "https"}
}

// referenceHealth tells which links in the references of a journal's articles do not
// answer.
func (s *Site) referenceHealth(v *visit, w http.ResponseWriter, r *http.Request) error {
	asked, ctx := askFor(r), r.Context()
	asked.letter, asked.all = "", r.URL.Query().Get("show") == "all"
	here := v.at("/desk/references")
	p := &view.ReferenceHealth{Base: v.newBase(""), All: asked.all, Other: askedFor{all: !asked.all}.at(here), Leave: v.at("/desk/leave")}
	p.NoIndex = true
	sum, err := s.Store.ReferenceHealthTotals(ctx, v.journal.ID)
	if err != nil {
		return err
	}
	p.Asked, p.Articles, p.Ailing = view.Date(sum.Asked), sum.Articles, sum.Ailing
	list, err := s.Store.ReferenceHealths(ctx, v.journal.ID, !asked.all, linesOnPage+1, (asked.page-1)*linesOnPage)
	if err != nil {
		return err
	}
	p.Previous, p.Next = asked.neighbours(here, len(list) > linesOnPage)
	if p.Lines, err = s.ailing(ctx, v, list[:min(len(list), linesOnPage)]); err != nil {
		return err
	}
	return s.write(w, r, http.StatusOK, v.lang, p)
}

// ailing are articles with the links that do not answer.
func (s *Site) ailing(ctx context.Context, v *visit, list []store.ReferenceHealth) ([]view.HealthLine, error) {
	ids, ailing := make([]string, len(list)), []string(nil)
	for i, h := range list {
		if ids[i] = h.ArticleID; h.Dead > 0 {
			ailing = append(ailing, h.ArticleID)
		}
	}
	lines, err := s.Store.Lines(ctx, ids)
	if err != nil {
		return nil, err
	}
	read, err := s.Store.ReadReferences(ctx, ailing)
	if err != nil {
		return nil, err
	}
	var addresses []string
	for _, refs := range read {
		for i := range refs {
			if refs[i].URL != "" {
				addresses = append(addresses, refs[i].URL)
			}
		}
	}
	known, err := s.Store.LinkHealths(ctx, addresses)
	if err != nil {
		return nil, err
	}
	var out []view.HealthLine
	for _, h := range list {
		l := lines[h.ArticleID]
		if l == nil {
			continue
		}
		line := view.HealthLine{Link: view.Link{Text: run(journal.In(l.Titles, v.lang)), URL: v.at("/articles/" + l.Slug)}, Links: h.Links, Dead: h.Dead, Refused: h.Refused}
		for i, ref := range read[h.ArticleID] {
			if state := known[ref.URL]; deposit.Dead(state.State) {
				line.DeadLinks = append(line.DeadLinks, newDeadLink(v, &ref, &state, line.URL+"#ref-"+strconv.Itoa(i+1)))
			}
		}
		out = append(out, line)
	}
	return out, nil
}

func newDeadLink(v *visit, ref *journal.Reference, h *store.LinkHealth, entry string) view.DeadLink {
	day, _, _ := strings.Cut(h.Since, "T")
	return view.DeadLink{
		Entry: view.Link{Text: view.Plain(printedLang(ref, v.lang), cut(ref.Printed.Plain, longestEntry)), URL: entry},
		URL:   safeURL(ref.URL), State: h.State, Status: h.Status, Since: view.Date(day),
	}
}
