-- What articles cite: references as they were read, and the works that they name.

-- The version of what derives, where there is one.
ALTER TABLE follower ADD COLUMN made_by BIGINT NOT NULL DEFAULT 0;
INSERT INTO follower (name, seq) VALUES ('references', 0);

-- Derived: the references of the newest version of an article. Position -1 is the
-- article itself, as others may cite it.
CREATE TABLE cited_reference (
	article_id TEXT NOT NULL,
	position   BIGINT NOT NULL,
	journal_id TEXT NOT NULL,
	record     TEXT NOT NULL,             -- all fields, those of the source and those read
	weight     BIGINT NOT NULL,           -- how well it describes the work
	places     TEXT NOT NULL,             -- where the text cites it
	source_id  TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (article_id, position)
);
CREATE INDEX cited_reference_source ON cited_reference (source_id, article_id) WHERE source_id <> '';

-- Derived: by what a reference may be known as the same work as another: a number
-- made of its DOI, of its printed text, of its fields. The kind ranks them.
CREATE TABLE source_mark (
	mark       TEXT NOT NULL,
	article_id TEXT NOT NULL,
	position   BIGINT NOT NULL,
	kind       BIGINT NOT NULL,
	PRIMARY KEY (mark, article_id, position)
);
CREATE INDEX source_mark_article ON source_mark (article_id, position);

-- A source is a work that is cited, and an address that stays: one of its marks.
-- The columns below the line are derived.
CREATE TABLE source (
	id         TEXT PRIMARY KEY,
	created    TEXT NOT NULL,
	-- derived
	joined     TEXT NOT NULL,             -- the source that this one is, or empty
	record     TEXT NOT NULL,             -- its best description
	articles   BIGINT NOT NULL,           -- that cite it
	article_id TEXT NOT NULL              -- the article here that it is, or empty
);
CREATE INDEX source_article ON source (article_id) WHERE article_id <> '';

-- Derived: the sources of a journal.
CREATE TABLE source_index (
	journal_id TEXT NOT NULL,
	source_id  TEXT NOT NULL,
	letter     TEXT NOT NULL,
	sort       BYTEA NOT NULL,
	articles   BIGINT NOT NULL,           -- of the journal that cite it
	PRIMARY KEY (journal_id, source_id)
);
CREATE INDEX source_index_letter ON source_index (journal_id, letter, sort, source_id);
CREATE INDEX source_index_source ON source_index (source_id);

-- The word of an editor: two sources are one, and the first address stays.
CREATE TABLE source_join (
	mark    TEXT NOT NULL,
	other   TEXT NOT NULL,
	actor   TEXT NOT NULL,
	created TEXT NOT NULL,
	PRIMARY KEY (mark, other)
);
CREATE INDEX source_join_other ON source_join (other);

-- The word of an editor: what has this mark in this article is another work.
CREATE TABLE source_split (
	article_id TEXT NOT NULL,
	mark       TEXT NOT NULL,
	actor      TEXT NOT NULL,
	created    TEXT NOT NULL,
	PRIMARY KEY (article_id, mark)
);
