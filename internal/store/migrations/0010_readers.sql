-- In which form articles were opened, and from where.

-- Of the investigations, those of pages and those of files. What was counted
-- before does not tell them apart: all are views.
ALTER TABLE usage_day ADD COLUMN views BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_day ADD COLUMN downloads BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_month ADD COLUMN views BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_month ADD COLUMN downloads BIGINT NOT NULL DEFAULT 0;
UPDATE usage_day SET views = investigations WHERE class = 'article';
UPDATE usage_month SET views = investigations WHERE class = 'article';

-- A journal's readers by country and institution, where the operator's list of
-- networks names them; an empty name is all others. Days are kept as long as their
-- log.
CREATE TABLE usage_origin_day (
	journal_id TEXT NOT NULL,
	day        TEXT NOT NULL,
	kind       TEXT NOT NULL,   -- country or institution
	name       TEXT NOT NULL,
	investigations BIGINT NOT NULL,
	requests       BIGINT NOT NULL,
	sessions       BIGINT NOT NULL,
	PRIMARY KEY (day, journal_id, kind, name)
);
CREATE TABLE usage_origin_month (
	journal_id TEXT NOT NULL,
	month      TEXT NOT NULL,
	kind       TEXT NOT NULL,
	name       TEXT NOT NULL,
	investigations BIGINT NOT NULL,
	requests       BIGINT NOT NULL,
	sessions       BIGINT NOT NULL,
	PRIMARY KEY (journal_id, kind, month, name)
);

-- The time that a count carried over is of, as far as its source says so.
ALTER TABLE carried_count ADD COLUMN since TEXT NOT NULL DEFAULT '';
ALTER TABLE carried_count ADD COLUMN until TEXT NOT NULL DEFAULT '';
