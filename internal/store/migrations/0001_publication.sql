-- Times are UTC, RFC 3339. Ids are ULIDs made by the program. Columns that hold
-- structured values hold JSON.

CREATE TABLE journal (
	id      TEXT PRIMARY KEY,
	path    TEXT NOT NULL UNIQUE,
	host    TEXT UNIQUE,           -- lower case; NULL when it has none of its own
	record  TEXT NOT NULL,
	created TEXT NOT NULL,
	updated TEXT NOT NULL
);

CREATE TABLE issue (
	id         TEXT PRIMARY KEY,
	journal_id TEXT NOT NULL REFERENCES journal (id),
	slug       TEXT NOT NULL,
	year       BIGINT NOT NULL,
	volume     TEXT NOT NULL,
	number     TEXT NOT NULL,
	record     TEXT NOT NULL,      -- titles and date
	created    TEXT NOT NULL,
	UNIQUE (journal_id, slug),
	UNIQUE (journal_id, year, volume, number)
);

-- The current state of an article. What stands below the line is derived from
-- its newest version.
CREATE TABLE article (
	id              TEXT PRIMARY KEY,
	journal_id      TEXT NOT NULL REFERENCES journal (id),
	slug            TEXT NOT NULL,
	version         BIGINT NOT NULL,          -- the newest
	withdrawn       TEXT NOT NULL DEFAULT '', -- when, or empty
	created         TEXT NOT NULL,
	updated         TEXT NOT NULL,
	-- derived
	issue_id        TEXT REFERENCES issue (id),
	record_sha256   TEXT NOT NULL,
	line            TEXT NOT NULL,            -- what lists show
	folded          TEXT NOT NULL,            -- titles and names for plain matching
	published_order BIGINT NOT NULL,          -- yyyymmdd with zeros where not known
	page_order      BIGINT NOT NULL,
	UNIQUE (journal_id, slug)
);
CREATE INDEX article_walk   ON article (journal_id, id) WHERE withdrawn = '';
CREATE INDEX article_recent ON article (journal_id, published_order, id) WHERE withdrawn = '';
CREATE INDEX article_newest ON article (published_order, id) WHERE withdrawn = '';
CREATE INDEX article_issue  ON article (issue_id, page_order, id) WHERE withdrawn = '';

-- One version of an article, written once.
CREATE TABLE version (
	article_id TEXT NOT NULL REFERENCES article (id),
	n          BIGINT NOT NULL,
	record     TEXT NOT NULL,
	sha256     TEXT NOT NULL,     -- of record
	provenance TEXT NOT NULL,
	losses     TEXT NOT NULL,
	reason     TEXT NOT NULL,
	actor      TEXT NOT NULL,
	created    TEXT NOT NULL,
	PRIMARY KEY (article_id, n)
);

-- Full texts by the SHA-256 of their JSON.
CREATE TABLE document (
	sha256  TEXT PRIMARY KEY,
	body    TEXT NOT NULL,
	created TEXT NOT NULL
);

-- Every file that a version refers to.
CREATE TABLE file (
	sha256 TEXT PRIMARY KEY,
	size   BIGINT NOT NULL
);

-- By what an article is found again. The scope is the journal's id, or empty
-- for kinds that are unique in the whole installation.
CREATE TABLE identity (
	scope      TEXT NOT NULL,
	kind       TEXT NOT NULL,
	value      TEXT NOT NULL,
	article_id TEXT NOT NULL REFERENCES article (id),
	PRIMARY KEY (scope, kind, value)
);

-- Addresses of earlier sites, without scheme, host in lower case.
CREATE TABLE old_address (
	address    TEXT PRIMARY KEY,
	article_id TEXT NOT NULL REFERENCES article (id)
);

-- Usage figures carried over from earlier sites.
CREATE TABLE carried_count (
	article_id TEXT NOT NULL REFERENCES article (id),
	metric     TEXT NOT NULL,
	source     TEXT NOT NULL,
	value      BIGINT NOT NULL,
	position   BIGINT NOT NULL,
	PRIMARY KEY (article_id, metric, source)
);

-- The change feed, and the number of its last entry. The one row of feed is
-- locked from the moment a transaction appends until it ends, so numbers follow
-- the order of commits and have no gaps.
CREATE TABLE feed (
	id   BIGINT PRIMARY KEY,
	last BIGINT NOT NULL
);
INSERT INTO feed (id, last) VALUES (1, 0);

CREATE TABLE change (
	seq        BIGINT PRIMARY KEY,
	at         TEXT NOT NULL,
	kind       TEXT NOT NULL,
	id         TEXT NOT NULL,
	journal_id TEXT NOT NULL,
	issue_id   TEXT NOT NULL,
	action     TEXT NOT NULL
);

-- Who did what to what, and why.
CREATE TABLE event (
	id         TEXT PRIMARY KEY,
	at         TEXT NOT NULL,
	kind       TEXT NOT NULL,
	subject    TEXT NOT NULL,
	action     TEXT NOT NULL,
	actor      TEXT NOT NULL,
	note       TEXT NOT NULL
);
CREATE INDEX event_subject ON event (subject, id);
