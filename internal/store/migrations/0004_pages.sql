-- What a journal writes about itself. Every save is a row; the one with the
-- greatest n is what holds, and it may say that there is nothing any more.

CREATE TABLE webpage (
	journal_id TEXT NOT NULL REFERENCES journal (id),
	name       TEXT NOT NULL,
	lang       TEXT NOT NULL,
	n          BIGINT NOT NULL,
	title      TEXT NOT NULL,
	source     TEXT NOT NULL,     -- Markdown
	removed    BOOLEAN NOT NULL,
	actor      TEXT NOT NULL,
	created    TEXT NOT NULL,
	PRIMARY KEY (journal_id, name, lang, n)
);

CREATE TABLE announcement (
	journal_id TEXT NOT NULL REFERENCES journal (id),
	slug       TEXT NOT NULL,
	lang       TEXT NOT NULL,
	n          BIGINT NOT NULL,
	date       TEXT NOT NULL,
	title      TEXT NOT NULL,
	source     TEXT NOT NULL,     -- Markdown
	removed    BOOLEAN NOT NULL,
	actor      TEXT NOT NULL,
	created    TEXT NOT NULL,
	PRIMARY KEY (journal_id, slug, lang, n)
);
