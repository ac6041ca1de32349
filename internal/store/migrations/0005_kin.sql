-- Related articles stand in both directions, and an article has few: the primary
-- key finds and ends them all.
DROP INDEX kin_other;
DROP INDEX kin_best;

-- What an article cites is read from the index alone.
DROP INDEX cited_article;
CREATE INDEX cited_article ON cited (article_id, work);
