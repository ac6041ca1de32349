-- Readers. Days are UTC, 2026-03-01; months 2026-03.

-- The key by which visitors of a day are told apart. It is overwritten and
-- removed when the day is over.
CREATE TABLE usage_key (
	day    TEXT PRIMARY KEY,
	secret BYTEA NOT NULL
);

-- How far the files are read into which nodes write what they answered.
CREATE TABLE usage_spool (
	name     TEXT PRIMARY KEY,
	position BIGINT NOT NULL,   -- bytes
	updated  TEXT NOT NULL
);

-- The log: blocks of events, compressed.
CREATE TABLE usage_block (
	day      TEXT NOT NULL,
	hour     BIGINT NOT NULL,
	spool    TEXT NOT NULL,
	position BIGINT NOT NULL,   -- in the spool, from which on it was read
	part     BIGINT NOT NULL,
	bytes    BYTEA NOT NULL,
	PRIMARY KEY (day, hour, spool, position, part)
);

-- The days of the log. One is to be counted when marked is greater than counted.
CREATE TABLE usage_log (
	day     TEXT PRIMARY KEY,
	marked  BIGINT NOT NULL,
	counted BIGINT NOT NULL,
	rules   TEXT NOT NULL,      -- version of the rules it was counted by
	events  BIGINT NOT NULL,
	gone    BOOLEAN NOT NULL    -- its blocks are no longer kept
);

-- What was not counted, and why.
CREATE TABLE usage_filtered (
	day    TEXT NOT NULL,
	reason TEXT NOT NULL,
	n      BIGINT NOT NULL,
	PRIMARY KEY (day, reason)
);

-- The counts. An item is an article, an issue or a journal, or the journal in
-- which something was searched.
CREATE TABLE usage_day (
	item       TEXT NOT NULL,
	day        TEXT NOT NULL,
	class      TEXT NOT NULL,
	method     BIGINT NOT NULL,
	journal_id TEXT NOT NULL,
	investigations        BIGINT NOT NULL,
	requests              BIGINT NOT NULL,
	unique_investigations BIGINT NOT NULL,
	unique_requests       BIGINT NOT NULL,
	PRIMARY KEY (item, class, day, method)
);
CREATE INDEX usage_day_day ON usage_day (day);

CREATE TABLE usage_month (
	item       TEXT NOT NULL,
	month      TEXT NOT NULL,
	class      TEXT NOT NULL,
	method     BIGINT NOT NULL,
	journal_id TEXT NOT NULL,
	investigations        BIGINT NOT NULL,
	requests              BIGINT NOT NULL,
	unique_investigations BIGINT NOT NULL,
	unique_requests       BIGINT NOT NULL,
	PRIMARY KEY (item, class, month, method)
);
CREATE INDEX usage_month_journal ON usage_month (journal_id, class, month);
