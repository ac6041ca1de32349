package store

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offprint/internal/journal"
)

func TestFindMatchesEveryFoldedWord(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j, other := addJournal(t, s, "one"), addJournal(t, s, "two")
		rec := sample("100% «Ёжики» a_b!")
		rec.Subtitles = []journal.Text{journal.T("ru", "Подзаголовок")}
		apply(t, s, write(j, "a", rec), write(j, "b", sample("Другая, 100 раз aXb")), write(other, "c", sample("Ежики")))
		for _, c := range []struct {
			journal string
			words   []string
			want    []string
		}{
			{"", []string{"ЕЖИКИ"}, []string{"Ежики", "100% «Ёжики» a_b!"}},
			{j.ID, []string{"ёжики"}, []string{"100% «Ёжики» a_b!"}},
			{j.ID, []string{"ежики", "yolkin"}, []string{"100% «Ёжики» a_b!"}},
			{j.ID, []string{"ежики", "nobody"}, nil},
			{j.ID, []string{"100%"}, []string{"100% «Ёжики» a_b!"}},
			{j.ID, []string{"a_b"}, []string{"100% «Ёжики» a_b!"}},
			{j.ID, []string{"b!"}, []string{"100% «Ёжики» a_b!"}},
			{j.ID, []string{"подзаголовок"}, []string{"100% «Ёжики» a_b!"}},
			{j.ID, []string{"ed itor"}, []string{"Другая, 100 раз aXb", "100% «Ёжики» a_b!"}},
			{j.ID, []string{"\x00"}, []string{"Другая, 100 раз aXb", "100% «Ёжики» a_b!"}},
			{j.ID, nil, []string{"Другая, 100 раз aXb", "100% «Ёжики» a_b!"}},
			{"none", nil, nil},
		} {
			lines, total, err := s.Find(ctx, c.journal, c.words, 10, 0)
			if d := cmp.Diff(c.want, titles(lines)); d != "" || err != nil || total != len(c.want) {
				t.Errorf("%q: %v, total %d\n%s", c.words, err, total, d)
			}
		}
		lines, total, err := s.Find(ctx, "", []string{"елкин"}, 1, 1)
		if len(lines) != 1 || total != 3 || err != nil {
			t.Errorf("second page: %v of %d, %v", titles(lines), total, err)
		}
		if lines, total, _ := s.Find(ctx, "", []string{"елкин"}, 10, 5); len(lines) != 0 || total != 3 {
			t.Errorf("beyond the end: %v of %d", titles(lines), total)
		}
	})
}
