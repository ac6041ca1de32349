-- How many links in the references of an article were asked, and how many of them
-- did not answer. It is counted with every round of asking.
CREATE TABLE reference_health (
	article_id TEXT PRIMARY KEY,
	journal_id TEXT NOT NULL,
	links      BIGINT NOT NULL,
	dead       BIGINT NOT NULL,
	checked    TEXT NOT NULL
);
CREATE INDEX reference_health_dead ON reference_health (journal_id, dead, article_id);
