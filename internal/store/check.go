package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
)

// Finding is something that is wrong: where, what, and what to do about it.
type Finding struct {
	Where string `json:"where"`
	What  string `json:"what"`
	Do    string `json:"do"`
}

// What can be done about a damaged database.
const (
	doRestore = "restore a backup; the rows were changed by something else than Offprint, or the disk is damaged"
	doRebuild = "run offprint reindex, which makes the lists again from the records"
)

// Check verifies every row and reports what is wrong: JSON that does not decode,
// hashes that do not match, versions that are not 1, 2, 3 …, list columns that
// differ from their record, references to rows that do not exist, gaps in the
// change feed, and what the engine itself finds. It sees one state of the
// database and does not keep others from writing. The error is about the check.
func (s *Store) Check(ctx context.Context, report func(Finding)) (err error) {
	defer errs.Wrap(&err, "store.Check")
	return s.read(ctx, func(t *tx) error {
		c := &checker{tx: t, found: report, documents: map[string]string{}, files: map[string]string{}, dois: map[string]string{}}
		for _, pass := range []func() error{c.journals, c.issues, c.webpages, c.identities, c.versions, c.unversioned, c.documentRows, c.fileRows, c.feed} {
			if err := pass(); err != nil {
				return err
			}
		}
		return t.engine.integrity(t, report)
	})
}

// checker goes through the tables one after the other. What the records refer
// to is gathered and then looked for.
type checker struct {
	*tx
	found     func(Finding)
	documents map[string]string // hash → where it is referred to
	files     map[string]string
	dois      map[string]string // lower case → article id
}

func (c *checker) report(where, do, format string, args ...any) {
	c.found(Finding{Where: where, What: fmt.Sprintf(format, args...), Do: do})
}

func (c *checker) journals() error {
	return c.query(selectJournal, nil, func(scan func(...any) error) error {
		var row journalRow
		if err := scan(row.dest()...); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(row.record), new(journal.Journal)); err != nil {
			c.report("journal "+row.path, doRestore, "its record is not readable: %v", err)
		}
		return nil
	})
}

func (c *checker) issues() error {
	err := c.query(`SELECT j.path, i.slug, i.record FROM issue i JOIN journal j ON j.id = i.journal_id`, nil, func(scan func(...any) error) error {
		var path, slug string
		var record []byte
		if err := scan(&path, &slug, &record); err != nil {
			return err
		}
		if err := json.Unmarshal(record, new(issueRecord)); err != nil {
			c.report("issue /"+path+"/issues/"+slug, doRestore, "its record is not readable: %v", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.query(`SELECT j.path, a.slug FROM article a JOIN issue i ON i.id = a.issue_id JOIN journal j ON j.id = a.journal_id WHERE i.journal_id <> a.journal_id`, nil,
		func(scan func(...any) error) error {
			var path, slug string
			err := scan(&path, &slug)
			c.report(articleAt(path, slug), doRestore, "it stands in an issue of another journal")
			return err
		})
}

func articleAt(path, slug string) string { return "article /" + path + "/articles/" + slug }

func (c *checker) identities() error {
	return c.query(`SELECT value, article_id FROM identity WHERE scope = '' AND kind = 'doi'`, nil, func(scan func(...any) error) error {
		var value, id string
		err := scan(&value, &id)
		c.dois[value] = id
		return err
	})
}

// checkedVersion is a version with the state of its article.
type checkedVersion struct {
	articleID, path, slug, journalID  string
	n, newest                         int
	record, sha, provenance, losses   string
	recordSHA                         string
	issueYear                         int
	issueID, issueVolume, issueNumber string
	have                              derived
	where                             string
	decoded                           journal.Article
	provenanceDecoded                 Provenance
}

func (c *checker) versions() error {
	last, n := "", 0
	return c.query(`SELECT v.article_id, j.path, a.slug, a.journal_id, v.n, a.version, v.record, v.sha256, v.provenance, v.losses, a.record_sha256,
	coalesce(i.id, ''), coalesce(i.year, 0), coalesce(i.volume, ''), coalesce(i.number, ''), a.line, a.published_order, a.page_order
FROM version v JOIN article a ON a.id = v.article_id JOIN journal j ON j.id = a.journal_id LEFT JOIN issue i ON i.id = a.issue_id
ORDER BY v.article_id, v.n`, nil, func(scan func(...any) error) error {
		var v checkedVersion
		err := scan(&v.articleID, &v.path, &v.slug, &v.journalID, &v.n, &v.newest, &v.record, &v.sha, &v.provenance, &v.losses, &v.recordSHA,
			&v.issueID, &v.issueYear, &v.issueVolume, &v.issueNumber, &v.have.line, &v.have.publishedOrder, &v.have.pageOrder)
		if err != nil {
			return err
		}
		v.where = fmt.Sprintf("%s version %d", articleAt(v.path, v.slug), v.n)
		if v.articleID != last {
			last, n = v.articleID, 0
		}
		if n++; v.n != n {
			c.report(v.where, doRestore, "version %d is missing before it", n)
			n = v.n
		}
		c.version(&v)
		return nil
	})
}

func (c *checker) version(v *checkedVersion) {
	if sumOf([]byte(v.record)) != v.sha {
		c.report(v.where, doRestore, "the record does not have the SHA-256 %s that was noted when it was written", v.sha)
	}
	if err := json.Unmarshal([]byte(v.losses), new([]journal.Loss)); err != nil {
		c.report(v.where, doRestore, "its losses are not readable: %v", err)
	}
	if err := json.Unmarshal([]byte(v.provenance), &v.provenanceDecoded); err != nil {
		c.report(v.where, doRestore, "its provenance is not readable: %v", err)
	} else if sha := v.provenanceDecoded.SourceSHA256; sha != "" {
		c.files[clean(sha)] = v.where
	}
	if err := json.Unmarshal([]byte(v.record), &v.decoded); err != nil {
		c.report(v.where, doRestore, "the record is not readable: %v", err)
		return
	}
	for _, d := range v.decoded.Documents {
		c.documents[d.SHA256] = v.where
	}
	for _, f := range v.decoded.Files {
		if sha := clean(f.SHA256); sha != "" {
			c.files[sha] = v.where
		}
	}
	if v.n == v.newest {
		c.newest(v)
	}
}

// newest compares the state of an article with its newest version.
func (c *checker) newest(v *checkedVersion) {
	want, err := derive(&v.decoded)
	if err != nil || want != v.have {
		c.report(v.where, doRebuild, "what lists and searches show of it is not what its record says")
	}
	if v.recordSHA != v.sha {
		c.report(v.where, doRebuild, "the article names another SHA-256 than its newest version")
	}
	k, err := issueKeyOf(v.journalID, v.decoded.Issue)
	if err != nil || (k == issueKey{}) != (v.issueID == "") || v.issueID != "" && (k.year != v.issueYear || k.volume != v.issueVolume || k.number != v.issueNumber) {
		c.report(v.where, doRestore, "it does not stand in the issue that its record names")
	}
	if doi := v.decoded.DOI; doi != "" {
		if id := c.dois[Identity{KindDOI, doi}.key("").value]; id != v.articleID {
			c.report(v.where, doRestore, "its DOI %s does not lead to it", doi)
		}
	}
}

func (c *checker) unversioned() error {
	return c.query(`SELECT j.path, a.slug, a.version FROM article a JOIN journal j ON j.id = a.journal_id
LEFT JOIN version v ON v.article_id = a.id AND v.n = a.version
WHERE v.n IS NULL OR EXISTS (SELECT 1 FROM version w WHERE w.article_id = a.id AND w.n > a.version)`, nil, func(scan func(...any) error) error {
		var path, slug string
		var n int
		err := scan(&path, &slug, &n)
		c.report(articleAt(path, slug), doRestore, "its newest version is said to be %d, and that is not so", n)
		return err
	})
}

func (c *checker) documentRows() error {
	err := c.query(`SELECT sha256, body FROM document`, nil, func(scan func(...any) error) error {
		var sha, body string
		if err := scan(&sha, &body); err != nil {
			return err
		}
		if sumOf([]byte(body)) != sha {
			c.report("full text "+sha, doRestore, "its text does not have this SHA-256")
		} else if err := json.Unmarshal([]byte(body), new(journal.Document)); err != nil {
			c.report("full text "+sha, doRestore, "it is not readable: %v", err)
		}
		delete(c.documents, sha)
		return nil
	})
	for sha, where := range c.documents {
		c.report(where, doRestore, "its full text %s is missing", sha)
	}
	return err
}

func (c *checker) fileRows() error {
	err := c.query(`SELECT sha256 FROM file`, nil, func(scan func(...any) error) error {
		var sha string
		err := scan(&sha)
		delete(c.files, sha)
		return err
	})
	for sha, where := range c.files {
		c.report(where, doRestore, "its file %s is not in the list of files", sha)
	}
	return err
}

func (c *checker) feed() error {
	var last, rows, first, newest int64
	err := c.row(`SELECT f.last, count(c.seq), coalesce(min(c.seq), 1), coalesce(max(c.seq), 0) FROM feed f LEFT JOIN change c ON 1 = 1 WHERE f.id = 1 GROUP BY f.last`, nil,
		&last, &rows, &first, &newest)
	if err != nil {
		return err
	}
	if last != rows || last != newest || first != 1 {
		c.report("change feed", doRestore, "it should count from 1 to %d without a gap, and has %d entries from %d to %d", last, rows, first, newest)
	}
	return c.query(`SELECT c.seq, c.kind, c.id FROM change c LEFT JOIN article a ON a.id = c.id LEFT JOIN issue i ON i.id = c.id LEFT JOIN journal j ON j.id = c.id
WHERE CASE c.kind WHEN 'article' THEN a.id WHEN 'issue' THEN i.id WHEN 'journal' THEN j.id WHEN 'browse' THEN coalesce(a.id, j.id) WHEN 'reference' THEN coalesce(a.id, j.id) END IS NULL`, nil, func(scan func(...any) error) error {
		var seq int64
		var kind, id string
		err := scan(&seq, &kind, &id)
		c.report(fmt.Sprintf("change %d", seq), doRestore, "it is about the %s %s, which does not exist", strings.TrimSpace(kind), id)
		return err
	})
}
