package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// by is an author with the forms of a name: "en=Pyotr Yolkin".
func by(orcid string, forms ...string) journal.Contributor {
	c := journal.Contributor{Role: "author", ORCID: orcid}
	for _, f := range forms {
		lang, literal, _ := strings.Cut(f, "=")
		c.Names = append(c.Names, journal.Name{Lang: lang, Literal: literal})
	}
	return c
}

// work is a record by some authors.
func work(title string, authors ...journal.Contributor) journal.Article {
	return journal.Article{Type: "research-article", Language: "en", Titles: []journal.Text{journal.T("en", title)}, Contributors: authors, Published: "2020"}
}

// authored writes articles named a, b, c … in turn, each in a transaction of
// its own, derives after each, and returns who wrote what: "pyotr-yolkin: a b".
func authored(t *testing.T, s *Store, j *journal.Journal, works ...journal.Article) []string {
	t.Helper()
	for i, w := range works {
		apply(t, s, write(j, string(rune('a'+i)), w))
		caughtUp(t, s)
	}
	return whoWroteWhat(t, s, j)
}

func caughtUp(t *testing.T, s *Store) {
	t.Helper()
	if err := s.CatchUp(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func whoWroteWhat(t *testing.T, s *Store, j *journal.Journal) (list []string) {
	t.Helper()
	people, err := s.Authors(context.Background(), j.ID, "", 1000, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range people {
		p, err := s.Author(context.Background(), j.ID, l.Slug)
		if err != nil {
			t.Fatal(err)
		}
		var slugs []string
		for _, line := range p.Lines {
			slugs = append(slugs, line.Slug)
		}
		slices.Sort(slugs)
		if len(slugs) != l.Articles {
			t.Errorf("%s is said to have %d articles and has %v", l.Slug, l.Articles, slugs)
		}
		list = append(list, l.Slug+": "+strings.Join(slugs, " "))
	}
	slices.Sort(list)
	return list
}

func TestWhoIsOnePerson(t *testing.T) {
	const orcid, another = "0000-0002-1825-0097", "0000-0001-5109-3700"
	for _, c := range []struct {
		name  string
		works []journal.Article
		want  []string
	}{
		{"the same full name, apart from case and space", []journal.Article{work("A", by("", "en=Pyotr Yolkin")), work("B", by("", "en=PYOTR  YOLKIN"))}, []string{"pyotr-yolkin: a b"}},
		{"a family name with all the same initials", []journal.Article{work("A", by("", "en=A. N. Panov")), work("B", by("", "en=A.N. PANOV")), work("C", by("", "en=Panov A. N.")), work("D", by("", "en=A. Panov")), work("E", by("", "en=A. M. Panov"))},
			[]string{"a-m-panov: e", "a-n-panov: a b c", "a-panov: d"}},
		{"initials in both languages of an article", []journal.Article{work("A", by("", "ru=А. Н. Панов", "en=A. N. Panov")), work("B", by("", "ru=Панов А.Н.")), work("C", by("", "en=Panov, A. N."))}, []string{"a-n-panov: a b c"}},
		{"initials beside a full name join nobody", []journal.Article{work("A", by("", "ru=А. Н. Панов", "en=Alexander Panov")), work("B", by("", "ru=А. Н. Панов", "en=Andrei Panov")), work("C", by("", "ru=А. Н. Панов"))},
			[]string{"a-n-panov: c", "alexander-panov: a", "andrei-panov: b"}},
		{"initials of two ORCID iDs stay two", []journal.Article{work("A", by(orcid, "en=A. N. Panov")), work("B", by(another, "en=A.N. Panov")), work("C", by("", "en=Panov A. N."))},
			[]string{"a-n-panov-2: b", "a-n-panov: a", "panov-a-n: c"}},
		{"initials go to the one iD that has them", []journal.Article{work("A", by("", "en=A. N. Panov")), work("B", by(orcid, "en=A.N. Panov"))}, []string{"a-n-panov: a b"}},
		{"two of the same initials in one article stay two", []journal.Article{work("A", by("", "en=A. N. Panov"), by("", "en=Panov A. N.")), work("B", by("", "en=A. N. Panov"))},
			[]string{"a-n-panov-2: b", "a-n-panov: a", "panov-a-n: a"}},
		{"one initial does not join", []journal.Article{work("A", by("", "en=P. Yolkin")), work("B", by("", "en=P. Yolkin"))}, []string{"p-yolkin-2: b", "p-yolkin: a"}},
		{"transliteration does not join", []journal.Article{work("A", by("", "ru=Пётр Ёлкин")), work("B", by("", "en=Pyotr Yolkin"))}, []string{"petr-yelkin: a", "pyotr-yolkin: b"}},
		{"an article that has both forms joins them", []journal.Article{work("A", by("", "ru=Пётр Ёлкин")), work("B", by("", "en=Pyotr Yolkin")), work("C", by("", "ru=Пётр Ёлкин", "en=Pyotr Yolkin"))}, []string{"petr-yelkin: a b c"}},
		{"one ORCID iD, other names", []journal.Article{work("A", by(orcid, "en=P. Yolkin")), work("B", by(orcid, "en=Pyotr Elkin"))}, []string{"p-yolkin: a b"}},
		{"a name alone goes to the one iD that has it", []journal.Article{work("A", by("", "en=Wei Wang")), work("B", by(orcid, "en=Wei Wang"))}, []string{"wei-wang: a b"}},
		{"two iDs of one name stay two", []journal.Article{work("A", by(orcid, "en=Wei Wang")), work("B", by(another, "en=Wei Wang")), work("C", by("", "en=Wei Wang"))},
			[]string{"wei-wang-2: b", "wei-wang-3: c", "wei-wang: a"}},
		{"two of one name in one article stay two", []journal.Article{work("A", by("", "en=Wei Wang"), by("", "en=Wei Wang")), work("B", by("", "en=Wei Wang"))},
			[]string{"wei-wang-2: a", "wei-wang-3: b", "wei-wang: a"}},
		{"names without Latin letters have an address", []journal.Article{work("A", by("", "ja=山田太郎", "en=Taro Yamada")), work("B", by("", "ja=山田太郎"))}, []string{"taro-yamada: a b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			forEachEngine(t, func(t *testing.T, p place) {
				s := p.open(t)
				j := addJournal(t, s, "rjr")
				got := authored(t, s, j, c.works...)
				slices.Sort(c.want)
				if !slices.Equal(got, c.want) {
					t.Errorf("got %q, want %q", got, c.want)
				}
				if err := s.RebuildBrowse(context.Background()); err != nil {
					t.Fatal(err)
				}
				if again := whoWroteWhat(t, s, j); !slices.Equal(again, got) {
					t.Errorf("made anew %q, was %q", again, got)
				}
				sound(t, s)
			})
		})
	}
}

func TestInitialsAreReadInEveryOrder(t *testing.T) {
	for want, names := range map[string][]journal.Name{
		"panov, a. n.": {{Literal: "A. N. Panov"}, {Literal: "A.N. Panov"}, {Literal: "Panov A. N."}, {Literal: "Panov, A.N."}, {Literal: "PANOV A.\u00a0N."},
			{Family: "Panov", Given: "A. N."}, {Family: "Panov", Given: "A.N.", Literal: "Panov A. N."}},
		"petrova-ivanova, yu. a.": {{Literal: "Yu. A. Petrova-Ivanova"}, {Family: "Petrova-Ivanova", Given: "Yu.A."}},
		"sartre, j. p.":           {{Literal: "J.-P. Sartre"}, {Family: "Sartre", Given: "J. P."}},
		"van der berg, h. k. l.":  {{Literal: "H. K. L. van der Berg"}, {Literal: "van der Berg H. K. L."}},
		"панов, а. н.":            {{Literal: "Панов А.Н."}, {Literal: "А. Н. Панов"}},
		"": {{Literal: "A. Panov"}, {Literal: "Panov A."}, {Literal: "Panov"}, {Literal: "A. N."}, {Literal: ""}, {Literal: "Anna N. Panov"}, {Literal: "A. Nikolai Panov"}, {Literal: "A. Panov N."},
			{Literal: "Panov AN"}, {Literal: "山田太郎"}, {Literal: "Editorial Board"}, {Family: "Panov", Given: "Anna"}, {Family: "A. N.", Given: "A. N."}},
	} {
		for _, n := range names {
			if got := initialsOf(n); got != want {
				t.Errorf("%+v: %q, want %q", n, got, want)
			}
		}
	}
}

func TestPeopleDoNotDependOnTheOrderOfArticles(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"Pyotr Yolkin", "Пётр Ёлкин", "Wei Wang", "W. Wang", "Taro Yamada", "山田太郎", "A. N. Panov", "Panov A.N.", "А. Н. Панов", "A. Panov", "Anna Panov"}
	ids := []string{"", "", "", "1", "2", "3"}
	for range 200 {
		var list []authorship
		for n := range 1 + r.IntN(12) {
			var authors []journal.Contributor
			for range 1 + r.IntN(3) {
				authors = append(authors, by(ids[r.IntN(len(ids))], "="+names[r.IntN(len(names))], "="+names[r.IntN(len(names))]))
			}
			w := work("W", authors...)
			list = append(list, authorsOf(strconv.Itoa(n), w.Contributors, w.Affiliations)...)
		}
		shape := func(list []authorship) (sets []string) {
			for _, g := range groupAuthors(list, nil) {
				var set []string
				for _, m := range g.members {
					set = append(set, spot(list[m].articleID, list[m].position))
				}
				slices.Sort(set)
				sets = append(sets, strings.Join(set, " "))
			}
			slices.Sort(sets)
			return sets
		}
		want := shape(list)
		mixed := slices.Clone(list)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := shape(mixed); !slices.Equal(got, want) {
			t.Fatalf("in another order %q, was %q", got, want)
		}
		for _, g := range groupAuthors(list, nil) {
			seen := map[string]bool{}
			for _, m := range g.members {
				if id := list[m].record.ORCID; id != "" {
					seen[id] = true
				}
			}
			if len(seen) > 1 {
				t.Fatalf("one person with the iDs %v", seen)
			}
		}
	}
}

func TestEditorsWordOutlivesVersionsAndRebuilds(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		authored(t, s, j, work("A", by("", "en=P. Yolkin")), work("B", by("", "en=Pyotr Yolkin")), work("C", by("", "en=Pyotr Yolkin")))
		if err := s.JoinAuthors(ctx, j.ID, "pyotr-yolkin", "p-yolkin", "editor"); err != nil {
			t.Fatal(err)
		}
		own, err := s.SplitAuthor(ctx, j.ID, "pyotr-yolkin", "c", "editor")
		if err != nil || own != "pyotr-yolkin-2" {
			t.Fatalf("split: %q, %v", own, err)
		}
		want := []string{"pyotr-yolkin-2: c", "pyotr-yolkin: a b"}
		holds := func(when string) {
			t.Helper()
			if got := whoWroteWhat(t, s, j); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", when, got, want)
			}
			if moved, err := s.Author(ctx, j.ID, "p-yolkin"); err != nil || moved.Slug != "pyotr-yolkin" {
				t.Errorf("%s: the old address leads to %v, %v", when, moved, err)
			}
		}
		holds("at once")
		if err := s.RebuildBrowse(ctx); err != nil {
			t.Fatal(err)
		}
		holds("made anew")
		for i, slug := range []string{"a", "c"} {
			a, err := s.PublishedArticle(ctx, j.ID, slug)
			if err != nil {
				t.Fatal(err)
			}
			next := write(j, slug, a.Record)
			next.ArticleID, next.Base = a.ID, 1
			next.Record.Titles = []journal.Text{journal.T("en", "Another title "+strconv.Itoa(i))}
			apply(t, s, next)
		}
		caughtUp(t, s)
		holds("after new versions")
		events, err := s.Events(ctx, personID(t, s, j, "pyotr-yolkin"))
		if err != nil || len(events) != 2 || events[0].Action != Joined || events[1].Action != Split || events[0].Actor != "editor" {
			t.Errorf("events %+v, %v", events, err)
		}
		sound(t, s)
	})
}

func personID(t *testing.T, s *Store, j *journal.Journal, slug string) string {
	t.Helper()
	p, err := s.Author(context.Background(), j.ID, slug)
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func TestAddressOfAPersonLeadsOnWhenANameTurnsOutToBeTheirs(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		authored(t, s, j, work("A", by("", "en=Pyotr Yolkin")), work("B", by("", "en=Pyotr Elkin")), work("C", by("", "en=Pyotr Yolkin", "en=Pyotr Elkin")))
		for _, old := range []string{"pyotr-yolkin", "pyotr-elkin"} {
			if p, err := s.Author(ctx, j.ID, old); err != nil || p.Slug != "pyotr-yolkin" {
				t.Errorf("%s leads to %+v, %v", old, p, err)
			}
		}
	})
}

func TestPersonShowsFormsInstitutionsAndCoAuthors(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		old, now := work("A", by("", "ru=Пётр Ёлкин", "en=Pyotr Yolkin"), by("", "en=Ann Other")), work("B", by("0000-0002-1825-0097", "en=Pyotr Yolkin"), by("", "en=Ann Other"), by("", "en=Third Person"))
		old.Affiliations = []journal.Affiliation{{Names: []journal.Text{journal.T("en", "Old Institute")}}}
		old.Contributors[0].Affiliations, old.Published = []int{0}, "2011-05"
		now.Affiliations = []journal.Affiliation{{Names: []journal.Text{journal.T("en", "New Institute")}, City: "Kyoto"}}
		now.Contributors[0].Affiliations, now.Published = []int{0}, "2021"
		apply(t, s, write(j, "a", old), write(j, "b", now))
		caughtUp(t, s)
		got, err := s.Author(ctx, j.ID, "pyotr-yolkin")
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Names) != 2 || got.Name.Literal != "Pyotr Yolkin" || !slices.Equal(got.ORCIDs, []string{"0000-0002-1825-0097"}) {
			t.Errorf("names %+v, iDs %v", got.Names, got.ORCIDs)
		}
		if len(got.Affiliations) != 2 || got.Affiliations[0].Names[0].Plain != "New Institute" || got.Affiliations[0].From != 2021 || got.Affiliations[1].To != 2011 {
			t.Errorf("affiliations %+v", got.Affiliations)
		}
		if len(got.Lines) != 2 || got.Lines[0].Slug != "b" || !slices.Equal(got.Lines[0].AuthorSlugs, []string{"pyotr-yolkin", "ann-other", "third-person"}) {
			t.Errorf("articles %+v", got.Lines)
		}
		if len(got.CoAuthors) != 2 || got.CoAuthors[0].Slug != "ann-other" || got.CoAuthors[0].Together != 2 {
			t.Errorf("co-authors %+v", got.CoAuthors)
		}
	})
}

func TestWithdrawnArticleIsNobodys(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		authored(t, s, j, work("A", by("", "en=Pyotr Yolkin")), work("B", by("", "en=Ann Other")))
		a, err := s.PublishedArticle(ctx, j.ID, "a")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Withdraw(ctx, a.ID, "", "editor"); err != nil {
			t.Fatal(err)
		}
		caughtUp(t, s)
		if got := whoWroteWhat(t, s, j); !slices.Equal(got, []string{"ann-other: b"}) {
			t.Errorf("got %q", got)
		}
		if got, err := s.Author(ctx, j.ID, "pyotr-yolkin"); err != nil || len(got.Lines) != 0 {
			t.Errorf("the address of somebody without articles: %+v, %v", got, err)
		}
		if _, err := s.Author(ctx, j.ID, "nobody"); !errors.Is(err, errs.NotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestIndexOfAuthorsFollowsTheAlphabetOfTheJournal(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		var authors []journal.Contributor
		for _, n := range []string{"Zoë|Åkesson", "Anna|Zimmer", "émile|Étienne", "Anna|Evans", "Пётр|Ёлкин", "Анна|Ежова", "太郎|山田", "Анна|Жукова"} {
			given, family, _ := strings.Cut(n, "|")
			authors = append(authors, journal.Contributor{Role: "author", Names: []journal.Name{{Literal: given + " " + family, Family: family, Given: given}}})
		}
		apply(t, s, write(j, "a", work("A", authors...)))
		caughtUp(t, s)
		list, err := s.Authors(ctx, j.ID, "", 100, 0)
		var families, letters []string
		for _, l := range list {
			families, letters = append(families, l.Name.Family), append(letters, l.Letter)
		}
		if want := []string{"Åkesson", "Étienne", "Evans", "Zimmer", "Ежова", "Ёлкин", "Жукова", "山田"}; err != nil || !slices.Equal(families, want) {
			t.Errorf("%q, %v, want %q", families, err, want)
		}
		if want := []string{"A", "E", "E", "Z", "Е", "Е", "Ж", "#Hani"}; !slices.Equal(letters, want) {
			t.Errorf("letters %q, want %q", letters, want)
		}
		heads, err := s.AuthorLetters(ctx, j.ID)
		if err != nil || len(heads) != 6 || !slices.Contains(heads, Letter{"E", 2}) {
			t.Errorf("letters %v, %v", heads, err)
		}
		if part, err := s.Authors(ctx, j.ID, "Е", 1, 1); err != nil || len(part) != 1 || part[0].Name.Family != "Ёлкин" {
			t.Errorf("the second under Е: %v, %v", part, err)
		}
	})
}
