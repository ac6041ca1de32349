-- What harvesters are told of articles.

-- Derived: one row for each article that was ever published, with the time from
-- which on harvesters see its present state. A deleted one is withdrawn and keeps
-- its row for ever.
CREATE TABLE harvest (
	article_id TEXT PRIMARY KEY,
	journal_id TEXT NOT NULL,
	section_id TEXT NOT NULL,             -- or empty
	lang       TEXT NOT NULL,             -- of the article, its primary subtag, or empty
	identifier TEXT NOT NULL,             -- that it had in an earlier repository, or empty
	state      TEXT NOT NULL,             -- of what the stamp was given for
	stamp      TEXT NOT NULL,             -- to the second
	deleted    BOOLEAN NOT NULL
);
CREATE INDEX harvest_stamp      ON harvest (stamp, article_id);
CREATE INDEX harvest_journal    ON harvest (journal_id, stamp, article_id);
CREATE INDEX harvest_walk       ON harvest (journal_id, article_id);
CREATE INDEX harvest_identifier ON harvest (identifier) WHERE identifier <> '';

-- The rows of articles that are there already are made by whoever serves next.
UPDATE follower SET seq = 0 WHERE name = 'browse';
