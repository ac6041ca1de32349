-- How many links in the references of an article answered or did not, how many of
-- these did not, how many could not be asked, and when the last of them was. It is counted with every round of asking.
CREATE TABLE reference_health (
	article_id TEXT PRIMARY KEY,
	journal_id TEXT NOT NULL,
	links      BIGINT NOT NULL,
	dead       BIGINT NOT NULL,
	refused    BIGINT NOT NULL,
	asked      TEXT NOT NULL,
	checked    TEXT NOT NULL
);
CREATE INDEX reference_health_dead ON reference_health (journal_id, dead, article_id);
