package store

import (
	"context"
	"strings"
	"testing"

	"offprint/internal/article"
	"offprint/internal/journal"
)

// unguard takes the triggers away that make rows immutable.
func unguard(t *testing.T, s *Store) {
	t.Helper()
	var texts []string
	if s.Engine() == "sqlite" {
		texts = []string{`DROP TRIGGER version_no_update`, `DROP TRIGGER version_no_delete`, `DROP TRIGGER change_no_update`, `DROP TRIGGER change_no_delete`, `PRAGMA foreign_keys = 0`}
	} else {
		texts = []string{`DROP TRIGGER version_immutable ON version`, `DROP TRIGGER change_immutable ON change`}
	}
	for _, text := range texts {
		if err := raw(t, s, text); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCheckFindsWhatWasTamperedWith(t *testing.T) {
	for name, c := range map[string]struct{ text, where, what string }{
		"record changed":          {`UPDATE version SET record = replace(record, 'Вода', 'Мода') WHERE n = 2`, "/rjr/articles/a version 2", "SHA-256"},
		"old record changed":      {`UPDATE version SET record = replace(record, 'Земля', 'Зима') WHERE n = 1`, "version 1", "SHA-256"},
		"record cut":              {`UPDATE version SET record = '{' WHERE n = 1`, "version 1", "not readable"},
		"losses cut":              {`UPDATE version SET losses = '' WHERE n = 1`, "version 1", "losses"},
		"provenance cut":          {`UPDATE version SET provenance = '' WHERE n = 1`, "version 1", "provenance"},
		"first version lost":      {`DELETE FROM version WHERE n = 1`, "version 2", "version 1 is missing"},
		"newest version lost":     {`DELETE FROM version WHERE n = 2`, "/rjr/articles/a", "newest version"},
		"version behind":          {`UPDATE article SET version = 1`, "/rjr/articles/a", "newest version"},
		"list column":             {`UPDATE article SET published_order = 1`, "version 2", "lists"},
		"order":                   {`UPDATE article SET page_order = 7`, "version 2", "lists"},
		"hash in article":         {`UPDATE article SET record_sha256 = 'x'`, "version 2", "another SHA-256"},
		"out of issue":            {`UPDATE article SET issue_id = NULL`, "version 2", "issue that its record names"},
		"issue changed":           {`UPDATE issue SET year = 1999`, "version 2", "issue that its record names"},
		"issue elsewhere":         {`UPDATE issue SET journal_id = (SELECT id FROM journal WHERE path = 'two')`, "/rjr/articles/a", "another journal"},
		"issue record cut":        {`UPDATE issue SET record = ''`, "/rjr/issues/2020-v5-n2", "not readable"},
		"journal record cut":      {`UPDATE journal SET record = '[' WHERE path = 'two'`, "journal two", "not readable"},
		"DOI lost":                {`DELETE FROM identity WHERE kind = 'doi'`, "version 2", "DOI 10.1/A"},
		"full text changed":       {`UPDATE document SET body = replace(body, 'Text', 'Next')`, "full text", "SHA-256"},
		"full text lost":          {`DELETE FROM document`, "/rjr/articles/a", "full text"},
		"file lost from list":     {`DELETE FROM file WHERE size = 10`, "/rjr/articles/a", "list of files"},
		"source lost from list":   {`DELETE FROM file WHERE size = 0`, "/rjr/articles/a", "list of files"},
		"gap in the feed":         {`DELETE FROM change WHERE seq = 2`, "change feed", "without a gap"},
		"end of the feed":         {`DELETE FROM change WHERE seq = (SELECT last FROM feed)`, "change feed", "without a gap"},
		"feed ahead":              {`UPDATE feed SET last = last + 1`, "change feed", "without a gap"},
		"change about no journal": {`UPDATE change SET id = 'x' WHERE seq = 1`, "change 1", "does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			forEachEngine(t, func(t *testing.T, p place) {
				s := p.open(t)
				j := addJournal(t, s, "rjr")
				addJournal(t, s, "two")
				w := write(j, "a", sample("Земля"))
				w.Record.DOI = "10.1/A"
				w.Documents = []journal.Document{{Lang: "en", Body: []article.Node{article.Str("Text")}}}
				w.Record.Files = []journal.File{{Name: "a.pdf", SHA256: strings.Repeat("a", 64), Size: 10}}
				w.Provenance.SourceSHA256 = strings.Repeat("b", 64)
				done := apply(t, s, w)[0]
				w.ArticleID, w.Base, w.Record.Titles = done.ArticleID, 1, sample("Вода").Titles
				apply(t, s, w)
				sound(t, s)
				unguard(t, s)
				if err := raw(t, s, c.text); err != nil {
					t.Fatal(err)
				}
				found := findings(t, s)
				for _, f := range found {
					if strings.Contains(f.Where, c.where) && strings.Contains(f.What, c.what) && f.Do != "" {
						return
					}
				}
				t.Errorf("found %+v", found)
			})
		})
	}
}

func TestCheckFindsADamagedSQLiteFile(t *testing.T) {
	p := place{Config{DataDir: t.TempDir()}}
	s := p.open(t)
	j := addJournal(t, s, "rjr")
	apply(t, s, write(j, "a", sample("A")))
	unguard(t, s)
	if err := raw(t, s, `DELETE FROM article`); err != nil {
		t.Fatal(err)
	}
	found := findings(t, s)
	for _, f := range found {
		if strings.Contains(f.What, "foreign_key_check") {
			return
		}
	}
	t.Errorf("rows without their article: %+v", found)
}

func TestRebuildMakesListColumnsFromRecords(t *testing.T) {
	forEachEngine(t, func(t *testing.T, p place) {
		ctx, s := context.Background(), p.open(t)
		j := addJournal(t, s, "rjr")
		var writes []Write
		for range 450 {
			writes = append(writes, write(j, "", sample("Земля")))
		}
		apply(t, s, writes...)
		if n, err := s.Rebuild(ctx); n != 0 || err != nil {
			t.Errorf("%d of nothing were different, %v", n, err)
		}
		if err := raw(t, s, `UPDATE article SET line = '{}', published_order = 0 WHERE id IN (SELECT id FROM article ORDER BY id DESC LIMIT 300)`); err != nil {
			t.Fatal(err)
		}
		if err := raw(t, s, `UPDATE article SET record_sha256 = '' WHERE id IN (SELECT id FROM article ORDER BY id LIMIT 1)`); err != nil {
			t.Fatal(err)
		}
		before := last(t, s)
		if n, err := s.Rebuild(ctx); n != 301 || err != nil {
			t.Errorf("%d were different, %v", n, err)
		}
		if after := last(t, s); after != before+301 {
			t.Errorf("%d changes", after-before)
		}
		sound(t, s)
	})
}
