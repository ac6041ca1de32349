-- By what a reference joins a source without a look at all that cite it.

-- Derived: how often everything was derived anew. A source is settled once in each
-- round.
ALTER TABLE follower ADD COLUMN round BIGINT NOT NULL DEFAULT 0;
UPDATE follower SET round = 1 WHERE name = 'references';

-- Derived: the reference that describes a source best, and whether it stands apart:
-- its references share no mark with those of others, name one DOI at most, and no
-- editor has joined it to another.
ALTER TABLE source ADD COLUMN best_article TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN best_position BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN weight BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN apart BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE source ADD COLUMN round BIGINT NOT NULL DEFAULT 0;

-- Not a partial index: neither engine uses one for a value that comes later.
DROP INDEX cited_reference_source;
CREATE INDEX cited_reference_source ON cited_reference (source_id, journal_id, article_id);
